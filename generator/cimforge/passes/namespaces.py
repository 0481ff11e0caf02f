"""The namespace of each element: every source that states one, in the order in which they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.facts import (
    NOWHERE,
    ClassFact,
    ConnectorFact,
    EndFact,
    Facts,
    Location,
    MemberFact,
    Ref,
    SpaceFact,
)
from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct
from cimforge.passes.identifiers import namespace
from cimforge.passes.namespace_tags import (
    PREFIX_TAGS,
    URI_TAGS,
    Level,
    Prefixes,
    closed,
    level_of,
    level_of_end,
    path_of,
    tagged,
)

_STANDARD = re.compile(
    r"https?://(?:www\.)?(?:iec\.ch/TC57/|cim\.ucaiug\.io/)(?:(?:\d{4}/)?CIM(?:-schema-cim)?\d+|ns)[#/]\Z"
)
"""The CIM's own namespaces, of the IEC and of the UCAIug."""

Trace = dict[tuple[str, ElementId], tuple["Reason", ...]]
"""Every source for the namespace of an element, by the file that states the element, and its id."""

Rule = Literal["source", "stereotype", "tag", "prefix", "class", "default"]


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One source that states a namespace for an element."""

    rule: Rule
    namespace: str
    because: str
    """The source in words, such as ``tag nsuri of the package Grid``."""
    location: Location = NOWHERE
    """Where the source stands, or the row of the table that it was looked up in."""


class Spaces:
    """Decides the namespace of every element of some files.

    For a class or a member these count, the first that there is:

    1. a stereotype that a table of namespaces lists, of the element, its class, its packages from the inside
       out: first the table of the settings, then the ``.namespaces`` files (CIMTool lets these override
       every tag, and so do we);
    2. the tags ``nsuri`` or ``baseuri``, then ``nsprefix`` or ``baseprefix`` (looked up in the prefixes that
       the files declare), of the element, its class, its packages from the inside out (modelling guide
       rules 132 to 142; ``baseuri`` is CIMTool's);
    3. the default.

    An association's end counts stereotypes and tags of itself, then of its connector, then the
    classes at both ends: where one is the CIM's and the other an extension's, the extension's namespace
    holds for both ends; of two extensions each end takes its owner's, which is reported (CIM264).

    With ``trace`` every source of every element is recorded there, in order; the first decides.
    """

    def __init__(
        self,
        files: Sequence[Facts],
        default: str,
        table: Sequence[SpaceFact],
        report: Report,
        trace: Trace | None = None,
    ) -> None:
        self._packages = {p.id: p for f in files for p in f.packages}
        self._default = default
        self._table = {s.stereotype.casefold(): s for s in reversed(table)}
        self._report = report
        self._trace = trace
        self._recorded: dict[ElementId, tuple[Reason, ...]] = {}
        self._file = ""
        self._rows: dict[str, SpaceFact] = {}
        self._of_package: dict[str, Reason] = {}
        self._by_stereotype: set[ElementId] = set()
        self._prefixes = Prefixes(files, self._table, report)

    def enter(self, facts: Facts) -> None:
        """Decide for the elements of ``facts`` from here on, with the tables that go with it."""
        self._rows = {s.stereotype.casefold(): s for s in reversed(facts.spaces)} | self._table
        self._of_package = {}
        self._file = path_of(facts)

    def declared(self, facts: Facts) -> tuple[tuple[str, str], ...]:
        """The prefixes that ``facts`` binds, in its head and by tags, sorted."""
        return tuple(sorted({*facts.namespaces, *self._prefixes.declared(path_of(facts))}))

    def of_class(self, fact: ClassFact) -> str:
        """The namespace of a class."""
        if self._trace is not None or self._states(fact.stereotypes, fact.tags):
            return self._decided(fact.id, self._class_reasons(fact)).namespace
        home = fact.package.value if fact.package else ""
        reason = self._of_package.get(home)
        if reason is None:
            reason = self._of_package[home] = next(self._chain(list(self._package_levels(fact.package))))
        if reason.rule == "stereotype":
            self._by_stereotype.add(fact.id)
        return reason.namespace

    def of_member(self, fact: MemberFact, owner: ClassFact) -> str:
        """The namespace of an attribute or literal of ``owner``, whose URI is known."""
        if self._trace is None and not self._states(fact.stereotypes, fact.tags):
            return _of_class(owner.uri)
        return self._decided(fact.id, self._member_reasons(fact, owner)).namespace

    def of_end(self, end: EndFact, connector: ConnectorFact, owner: ClassFact, target: ClassFact) -> str:
        """The namespace of the property that leads from ``owner`` to ``target``, whose URIs are known."""
        plain = self._trace is None and not (end.tags or connector.tags)
        if plain and not (self._rows and (end.stereotypes or connector.stereotypes)):
            own = _of_class(owner.uri)
            if own == _of_class(target.uri):
                return own
        return self._decided(end.id, self._end_reasons(end, connector, owner, target)).namespace

    # -- The sources, in order ---------------------------------------------------------------------------

    def _decided(self, element: ElementId, reasons: Iterator[Reason]) -> Reason:
        """The first of ``reasons``; all are recorded where that is asked for."""
        first = next(reasons)
        if first.rule == "stereotype":
            self._by_stereotype.add(element)
        if self._trace is not None:
            self._recorded[element] = self._trace[self._file, element] = (first, *reasons)
        return first

    def _class_reasons(self, fact: ClassFact) -> Iterator[Reason]:
        yield from self._chain([level_of("class", fact), *self._package_levels(fact.package)])

    def _member_reasons(self, fact: MemberFact, owner: ClassFact) -> Iterator[Reason]:
        own, inherited = level_of("member", fact), self._inherited(owner)
        yield from self._stereotype_reasons(own)
        yield from (r for r in inherited if r.rule == "stereotype")
        yield from self._tag_reasons(own)
        yield from (r for r in inherited if r.rule != "stereotype")

    def _inherited(self, owner: ClassFact) -> tuple[Reason, ...]:
        """The sources for a class: all where they are recorded, else what was decided."""
        if owner.id in self._recorded:
            return self._recorded[owner.id]
        rule: Rule = "stereotype" if owner.id in self._by_stereotype else "class"
        return (Reason(rule=rule, namespace=namespace(owner.uri), because=f"the class {owner.name}"),)

    def _end_reasons(
        self, end: EndFact, connector: ConnectorFact, owner: ClassFact, target: ClassFact
    ) -> Iterator[Reason]:
        levels = [level_of_end(end, connector), level_of("association", connector)]
        yield from self._each(levels, self._stereotype_reasons)
        classes_first = owner.id in self._by_stereotype or target.id in self._by_stereotype
        if classes_first:
            yield from self._classes(end, connector, owner, target)
        yield from self._each(levels, self._tag_reasons)
        if not classes_first:
            yield from self._classes(end, connector, owner, target)

    def _classes(
        self, end: EndFact, connector: ConnectorFact, owner: ClassFact, target: ClassFact
    ) -> Iterator[Reason]:
        own, other = namespace(owner.uri), namespace(target.uri)
        mine, theirs = self._of_end_class(owner), self._of_end_class(target)
        if own == other:
            yield mine
            return
        if is_standard(own, self._default) and not is_standard(other, self._default):
            yield theirs
            yield mine
            return
        if not is_standard(own, self._default) and not is_standard(other, self._default):
            self._report.add(
                "CIM264",
                at=connector.location,
                element=end.id,
                name=f"{owner.name}.{end.role or target.name}",
                first=own,
                second=other,
            )
        yield mine
        yield theirs

    def _of_end_class(self, fact: ClassFact) -> Reason:
        own = self._inherited(fact)[0]
        why = f" ({own.because})" if self._trace is not None else ""
        return Reason(
            rule="class",
            namespace=namespace(fact.uri),
            because=f"the class {fact.name}{why}",
            location=own.location,
        )

    def _chain(self, levels: list[Level]) -> Iterator[Reason]:
        """Stereotypes from the inside out, then tags, then the default."""
        yield from self._each(levels, self._stereotype_reasons)
        yield from self._each(levels, self._tag_reasons)
        yield Reason(rule="default", namespace=self._default, because="the default namespace")

    @staticmethod
    def _each(levels: Iterable[Level], reasons: Callable[[Level], Iterator[Reason]]) -> Iterator[Reason]:
        for level in levels:
            yield from reasons(level)

    def _stereotype_reasons(self, level: Level) -> Iterator[Reason]:
        if not self._rows:
            return
        for stereotype in level.stereotypes:
            row = self._rows.get(stereotype.casefold())
            if row is not None:
                yield Reason(
                    rule="stereotype",
                    namespace=row.namespace,
                    because=f"stereotype «{stereotype}» of the {level.what} {level.name}",
                    location=row.location,
                )

    def _tag_reasons(self, level: Level) -> Iterator[Reason]:
        if not level.tags:
            return
        uri_stated = False
        for tag, value in tagged(level.tags, URI_TAGS):
            yield Reason(
                rule="tag",
                namespace=closed(value),
                because=f"tag {tag} of the {level.what} {level.name}",
                location=level.location,
            )
            uri_stated = True
        for tag, value in () if uri_stated else tagged(level.tags, PREFIX_TAGS):
            bound = self._prefixes.bound(value, self._rows)
            if bound is not None:
                yield Reason(
                    rule="prefix",
                    namespace=bound.namespace,
                    because=f"tag {tag} {value} of the {level.what} {level.name}",
                    location=bound.location,
                )

    def _package_levels(self, ref: Ref | None) -> Iterator[Level]:
        seen: set[str] = set()
        while ref is not None and ref.value not in seen:
            seen.add(ref.value)
            package = self._packages.get(ElementId(ref.value))
            if package is None:
                return
            yield level_of("package", package)
            ref = package.parent

    def _states(self, stereotypes: tuple[str, ...], tags: tuple[tuple[str, str], ...]) -> bool:
        """Whether an element has anything that could state a namespace."""
        return bool(tags) or bool(stereotypes and self._rows)


_of_class = lru_cache(maxsize=16384)(namespace)
"""The same for the URIs of classes, each of which is asked for by all of its members."""


def is_standard(space: str, default: str) -> bool:
    """Whether ``space`` is the CIM's, as against an extension's; what ``default`` names is the CIM's too."""
    return space == default or _STANDARD.match(space) is not None
