"""Tagged values about namespaces: what they state, which prefixes they declare, what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import (
    ClassFact,
    ConnectorFact,
    EndFact,
    Facts,
    Location,
    MemberFact,
    PackageFact,
    SpaceFact,
)
from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct

URI_TAGS = ("nsuri", "baseuri")
"""The modelling guide's (rules 132 to 142), then CIMTool's."""
PREFIX_TAGS = ("nsprefix", "baseprefix")

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`\x7f]*\Z")
"""An absolute IRI (RFC 3987), by the characters that it cannot hold."""

_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_HEAD = "head"
"""Pointer of what the head of a file binds."""

Tags = tuple[tuple[str, str], ...]


class Level(Struct, frozen=True, kw_only=True):
    """One element that may state a namespace, for itself or for what it contains."""

    what: str
    name: str
    id: ElementId
    stereotypes: tuple[str, ...]
    tags: Tags
    location: Location


class Prefixes:
    """The prefixes that the packages, elements and headers of some files bind to namespaces.

    A tag for a namespace beside a tag for a prefix binds the prefix. Of two namespaces that tags bind one
    prefix to the first is taken (CIM263); what the head of a file binds counts where no tag does. Reported
    too: a namespace that is none (CIM217), two namespaces on one element (CIM261), a prefix that nothing
    binds (CIM262), a tag that a table of namespaces overrules on the element itself (CIM265).
    """

    def __init__(self, files: Sequence[Facts], table: Mapping[str, SpaceFact], report: Report) -> None:
        self._report = report
        self._bound: dict[str, SpaceFact] = {}
        refused: set[str] = set()
        levels = [(facts, list(_tagged_levels(facts))) for facts in files]
        for _, stating in levels:
            for level in stating:
                self._declare(level, refused)
        for facts in files:
            at = Location(file=path_of(facts), pointer=_HEAD)
            for prefix, space in facts.namespaces:
                row = SpaceFact(stereotype=prefix, namespace=closed(space), location=at)
                self._bound.setdefault(prefix.casefold(), row)
        for facts, stating in levels:
            rows = {s.stereotype.casefold(): s for s in reversed(facts.spaces)} | dict(table)
            for level in stating:
                self._check(level, rows)

    def bound(self, prefix: str, rows: Mapping[str, SpaceFact]) -> SpaceFact | None:
        """What binds ``prefix``: the files, else the table of namespaces ``rows``."""
        return self._bound.get(prefix.casefold()) or rows.get(prefix.casefold())

    def declared(self, file: str) -> tuple[tuple[str, str], ...]:
        """The bindings that tags of the file ``file`` make, as (prefix, URI): what can be a prefix in XML."""
        return tuple(
            (row.stereotype, row.namespace)
            for row in self._bound.values()
            if row.location.file == file and row.location.pointer != _HEAD and _PREFIX.match(row.stereotype)
        )

    def _declare(self, level: Level, refused: set[str]) -> None:
        stated = [(tag, closed(value)) for tag, value in tagged(level.tags, URI_TAGS)]
        for _, space in stated:
            if space not in refused and not _IRI.match(space):
                refused.add(space)
                self._report.add("CIM217", at=level.location, element=level.id, namespace=space)
        if not stated:
            return
        first = stated[0]
        other = next((f"{tag} {space}" for tag, space in stated if space != first[1]), "")
        if other:
            self._report.add(
                "CIM261",
                at=level.location,
                element=level.id,
                name=f"the {level.what} {level.name}",
                first=" ".join(first),
                second=other,
            )
        for _, prefix in tagged(level.tags, PREFIX_TAGS):
            row = SpaceFact(stereotype=prefix, namespace=first[1], location=level.location)
            bound = self._bound.setdefault(prefix.casefold(), row)
            if bound.namespace != row.namespace:
                self._report.add(
                    "CIM263",
                    at=level.location,
                    element=level.id,
                    related=(bound.location,),
                    prefix=prefix,
                    first=bound.namespace,
                    second=row.namespace,
                )

    def _check(self, level: Level, rows: Mapping[str, SpaceFact]) -> None:
        stated = next(tagged(level.tags, URI_TAGS), None)
        if stated is None:
            for tag, prefix in tagged(level.tags, PREFIX_TAGS):
                if self.bound(prefix, rows) is None:
                    self._report.add(
                        "CIM262",
                        at=level.location,
                        element=level.id,
                        name=f"the {level.what} {level.name}",
                        tag=tag,
                        prefix=prefix,
                    )
            return
        for stereotype in level.stereotypes:
            row = rows.get(stereotype.casefold())
            if row is not None and row.namespace != closed(stated[1]):
                self._report.add(
                    "CIM265",
                    at=level.location,
                    element=level.id,
                    related=(row.location,),
                    name=f"the {level.what} {level.name}",
                    stereotype=stereotype,
                    namespace=row.namespace,
                    tag=f"{stated[0]} {closed(stated[1])}",
                )
                return


def level_of(what: str, fact: PackageFact | ClassFact | MemberFact | ConnectorFact) -> Level:
    """What ``fact`` brings to a decision."""
    return Level(
        what=what,
        name=fact.name or fact.id,
        id=fact.id,
        stereotypes=fact.stereotypes,
        tags=fact.tags,
        location=fact.location,
    )


def level_of_end(end: EndFact, connector: ConnectorFact) -> Level:
    """What one end of ``connector`` brings to a decision."""
    return Level(
        what="association end",
        name=end.role or end.id,
        id=end.id,
        stereotypes=end.stereotypes,
        tags=end.tags,
        location=connector.location,
    )


def tagged(tags: Tags, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Tags of the names ``wanted`` that say anything, in the order of these names."""
    for name in wanted:
        for tag, value in tags:
            if value and tag.casefold() == name:
                yield name, value


def path_of(facts: Facts) -> str:
    """The path of the file that ``facts`` are of."""
    return facts.sources[0].path if facts.sources else ""


def closed(space: str) -> str:
    """``space`` with a ``#`` at its end where it has neither that nor ``/`` there."""
    return space if space[-1] in "#/" else space + "#"


def _tagged_levels(facts: Facts) -> Iterator[Level]:
    yield from (level_of("package", p) for p in facts.packages if p.tags)
    yield from (level_of("class", c) for c in facts.classes if c.tags)
    yield from (level_of("member", m) for m in facts.members if m.tags)
    for connector in facts.connectors:
        if connector.tags:
            yield level_of("association", connector)
        for end in (connector.source, connector.target):
            if end.tags:
                yield level_of_end(end, connector)
