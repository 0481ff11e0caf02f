"""Where an element comes from: its URI and why, and what each file says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, Ref, SpaceFact
from cimforge.ir.ids import ElementId
from cimforge.ir.policies import Difference, Field, Policy
from cimforge.ir.value import Struct
from cimforge.passes.absorb import absorb
from cimforge.passes.identifiers import namespace
from cimforge.passes.identify import identify_all
from cimforge.passes.merge import merge_and_compare
from cimforge.passes.namespaces import Reason, Trace
from cimforge.passes.references import References

_Element = ClassFact | MemberFact


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one file says of the element."""

    location: Location
    profile: ElementId | None = None
    id: ElementId
    uri: str
    type: str = ""
    multiplicity: str = ""
    default: str | None = None
    stereotypes: tuple[str, ...] = ()
    namespace: tuple[Reason, ...] = ()
    """Every source of the namespace as this file has it; the first decides."""


class Explanation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One element of the model, and everything that made it what it is."""

    name: str
    """``Class`` or ``Class.member``."""
    kind: str
    uri: str
    id: ElementId
    extends: str = ""
    """For a shadow class or a member of one: the class that it was merged into."""
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """What a name led to: one element, or several to choose from, or none and names like it."""

    explanation: Explanation | None = None
    candidates: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


def explain(
    files: Sequence[Facts],
    wanted: str,
    guid: str,
    *,
    default_namespace: str,
    table: Sequence[SpaceFact],
    policies: Mapping[Field, Policy],
) -> Found:
    """The element that ``wanted`` names: a URI, ``prefix:name``, ``Class``, ``Class.member``, a member's name
    alone, or an id.

    ``guid`` is the GUID in ``wanted``, if there is one. A name that a shadow class or a renamed element has
    in its file counts too. Everything is decided by the passes that a build runs; this one watches them.
    """
    trace: Trace = {}
    identified = identify_all(files, default_namespace, Report(), table=table, trace=trace)
    merged = merge_and_compare(identified, Report(), policies)
    absorbed = absorb(merged.facts, default_namespace, Report())
    elements = _Elements(identified, merged.facts, absorbed)
    prefix, colon, local = wanted.partition(":")
    ids = elements.called(wanted, guid)
    if not ids and colon:
        spaces = [space for bound, space in absorbed.namespaces if bound == prefix]
        ids = {i for space in spaces for i in elements.called(space + local, "")}
    if not ids:
        names = get_close_matches(wanted, elements.names, n=5) or get_close_matches(
            wanted.rpartition(".")[2], elements.names, n=5
        )
        return Found(nearest=tuple(dict.fromkeys(names)))
    if len(ids) > 1:
        return Found(candidates=tuple(sorted(elements.by_id[i].uri or i for i in ids)))
    (id_,) = ids
    differences = tuple(d for d in merged.differences if d.element in (id_, *elements.ids_of(id_)))
    return Found(explanation=elements.explanation(id_, trace, differences))


class _Elements:
    """The elements of some files, as each file states them and as they are in the end."""

    def __init__(self, identified: Sequence[Facts], merged: Facts, absorbed: Facts) -> None:
        self._references = References(absorbed, Report())
        before: list[_Element] = [*merged.classes, *merged.members]
        after: list[_Element] = [*absorbed.classes, *absorbed.members]
        self._absorbed = {e.id for e in before} - {e.id for e in after}
        self.by_id: dict[ElementId, _Element] = {e.id: e for e in (*before, *after)}
        self._id_by_uri = {e.uri: e.id for e in before}
        self._before = {e.id: e for e in before}
        self._statements: dict[ElementId, list[tuple[Facts, _Element]]] = {}
        self._alias: dict[ElementId, ElementId] = {}
        by_name: dict[str, set[ElementId]] = {}
        for element in after:
            by_name.setdefault(_local(element), set()).add(element.id)
        for facts in identified:
            elements: list[_Element] = [*facts.classes, *facts.members]
            for stated in elements:
                id_ = stated.id if stated.id in self._before else self._id_by_uri.get(stated.uri)
                if id_ is not None:
                    self._alias[stated.id] = id_
                    self._statements.setdefault(id_, []).append((facts, stated))
                    by_name.setdefault(_local(stated), set()).add(id_)
        self._by_name = by_name

    @property
    def names(self) -> list[str]:
        """Every name that an element has, sorted."""
        return sorted(self._by_name)

    def ids_of(self, id_: ElementId) -> Iterable[ElementId]:
        """The ids that files know the element by."""
        return (stated.id for _, stated in self._statements.get(id_, ()))

    def called(self, wanted: str, guid: str) -> set[ElementId]:
        """The ids of the elements that ``wanted`` may mean, read in the first way that leads anywhere."""
        by_uri = {e.id for e in self.by_id.values() if e.uri == wanted}
        if by_uri:
            return by_uri
        raw = {wanted, guid} - {""}
        raw |= {f"{r}-{side}" for r in raw for side in ("source", "target")}
        by_id = {id_ for id_ in self._statements if raw & {id_, *self.ids_of(id_)}}
        if by_id or wanted in self._by_name:
            return by_id or self._by_name[wanted]
        if "." in wanted:
            return set()
        return {i for name, ids in self._by_name.items() if name.endswith(f".{wanted}") for i in ids}

    def explanation(self, id_: ElementId, trace: Trace, differences: tuple[Difference, ...]) -> Explanation:
        """Everything about one element."""
        element = self.by_id[id_]
        extends = ""
        if id_ in self._absorbed:
            assert isinstance(element, ClassFact)
            extends = self._host(element)
        elif isinstance(element, MemberFact) and element.owner != (was := self._owner_before(id_)):
            extends = f"{self._name(element.owner)}, from {self._name(was)}"
        return Explanation(
            name=_local(element),
            kind=self._kind(element),
            uri=element.uri,
            id=id_,
            extends=extends,
            sources=tuple(self._source(f, s, trace) for f, s in self._statements.get(id_, ())),
            differences=differences,
        )

    def _source(self, facts: Facts, stated: _Element, trace: Trace) -> Source:
        known = Reason(
            rule="source", namespace=namespace(stated.uri), because="the URI as the file states it"
        )
        reasons = trace.get((facts.sources[0].path, stated.id), (known,))
        profile = facts.profiles[0].id if facts.profiles else None
        if isinstance(stated, ClassFact):
            return Source(
                location=stated.location,
                profile=profile,
                id=stated.id,
                uri=stated.uri,
                stereotypes=stated.stereotypes,
                namespace=reasons,
            )
        type_ = stated.type or stated.range
        return Source(
            location=stated.location,
            profile=profile,
            id=stated.id,
            uri=stated.uri,
            type=self._name(type_) if type_ else "",
            multiplicity=stated.multiplicity.removeprefix("M:"),
            default=stated.default,
            stereotypes=stated.stereotypes,
            namespace=reasons,
        )

    def _owner_before(self, id_: ElementId) -> Ref:
        before = self._before[id_]
        assert isinstance(before, MemberFact)
        return before.owner

    def _host(self, shadow: ClassFact) -> str:
        """The class that an absorbed one was merged into: where its members are, or what led to it."""
        for member in self._references.facts.members:
            before = self._before.get(member.id)
            if isinstance(before, MemberFact) and before.owner.value == shadow.id:
                return self._name(member.owner)
        children = (c for c in self._before.values() if isinstance(c, ClassFact))
        joined = [c.id for c in children if any(self._leads_to(r, shadow) for r in c.supers)]
        joined += [i for r in shadow.supers if (i := self._references.resolve(r)) is not None]
        return next((_local(self.by_id[i]) for i in joined if i not in self._absorbed), "a class")

    @staticmethod
    def _leads_to(ref: Ref, fact: ClassFact) -> bool:
        return ref.value in (fact.id, fact.uri)

    def _name(self, ref: Ref) -> str:
        id_ = self._alias.get(ElementId(ref.value), ElementId(ref.value))
        element = self.by_id.get(id_) or self.by_id.get(self._id_by_uri.get(ref.value, id_))
        if element is None:
            return ref.value[len(namespace(ref.value)) :]
        return _local(element)

    def _kind(self, element: _Element) -> str:
        if isinstance(element, ClassFact):
            return "shadow class" if element.id in self._absorbed else self._references.kinds[element.id]
        owner = self._references.resolve(element.owner)
        if owner is not None and self._references.kinds[owner] == "enumeration":
            return "literal"
        ref = element.type or element.range
        target = self._references.resolve(ref) if ref else None
        is_end = target is not None and self._references.kinds.get(target) == "class"
        return "association end" if is_end or element.inverse else "attribute"


def _local(element: _Element) -> str:
    return element.uri[len(namespace(element.uri)) :] or element.name
