"""One shape for all formats: URIs for facts, properties for associations, bases for generalizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, ConnectorFact, EndFact, Facts, MemberFact, Ref, SpaceFact
from cimforge.ir.ids import ElementId
from cimforge.ir.value import replace
from cimforge.passes.identifiers import MAX_IDENTIFIER, digest, ncname
from cimforge.passes.namespace_tags import path_of
from cimforge.passes.namespaces import Spaces, Trace

_ASSOCIATIONS = frozenset({"association", "aggregation", "composition", "associationclass"})
_MIXINS = frozenset({"cimextension", "mixin", "shadowextension"})
"""Stereotypes that mark a generalization as an extension's (modelling guide 6.1.2; «MixIn» is CIMTool's)."""


def identify(facts: Facts, default_namespace: str, report: Report) -> Facts:
    """``facts`` of one file that stands alone, as `identify_all` gives them."""
    return identify_all((facts,), default_namespace, report)[0]


def identify_all(
    files: Sequence[Facts],
    default_namespace: str,
    report: Report,
    *,
    table: Sequence[SpaceFact] = (),
    trace: Trace | None = None,
) -> tuple[Facts, ...]:
    """Each of ``files`` in the shape in which RDFS states it.

    - Every class and member has a URI: ``<namespace><Class>``, ``<namespace><Class>.<member>``; which
      namespace `Spaces` decides, from tags, tables of namespaces (``table`` is that of the settings) and
      ``default_namespace``. ``trace``, where given, receives every source for every element.
    - Every association is the two properties it stands for, each named by the role at its far end and
      each the inverse of the other. An end without a role is called after the class it leads to (CIM211).
      They follow the class's attributes by name, then id: UML puts them in no order, and every export
      lists associations in another.
    - The diamond of an aggregation stands at the whole's end, and belongs to the property that leads from
      the whole to its part (RDFS2020 «ofAggregate»).
    - Every generalization is a superclass of its source; one marked as an extension's is among the class's
      `mixins` too.
    - A class «owl» is the ontology header in UML clothes (RDFS2020 profiles in EA), which the reader states
      as the profile: it is no class of the model.
    - Connectors of other kinds stay connectors.
    - Prefixes that tags bind to namespaces are the file's, as those of its head.

    A connector may lead to a class of another of the files; a generalization then belongs to the child's
    file. Facts that bring URIs and no connectors (RDFS) are as they were.
    """
    if all(map(_is_complete, files)):
        return tuple(files)
    order = sorted(range(len(files)), key=lambda n: path_of(files[n]))
    shaped = [_without_headers(files[n]) for n in order]
    spaces = Spaces(shaped, default_namespace, table, report, trace)
    for number, facts in enumerate(shaped):
        if not _is_complete(facts):
            spaces.enter(facts)
            classes = tuple(
                c if c.uri else replace(c, uri=spaces.of_class(c) + _local(c.name, whole=True))
                for c in facts.classes
            )
            shaped[number] = replace(facts, classes=classes, namespaces=spaces.declared(facts))
    homes = _Homes(shaped)
    position: dict[ElementId, int] = defaultdict(int)
    for facts in shaped:
        for member in facts.members:
            owner = cast("ElementId", member.owner.value)
            if member.position >= position[owner]:
                position[owner] = member.position + 1
    properties: list[tuple[int, _Property]] = []
    for number, facts in enumerate(shaped):
        if _is_complete(facts):
            continue
        spaces.enter(facts)
        class_by_id = homes.seen_from(number)
        members: list[MemberFact] = []
        prefix, of = "", ("", "")
        for member in facts.members:
            home = class_by_id.get(cast("ElementId", member.owner.value))
            if home is not None and not member.uri:
                space = spaces.of_member(member, home)
                if of != (home.id, space):
                    of, prefix = (home.id, space), _prefix(space, home)
                member = replace(member, uri=prefix + _local(member.name))
            members.append(member)
        others: list[ConnectorFact] = []
        for connector in facts.connectors:
            kind = connector.kind.casefold()
            if kind == "generalization":
                homes.generalize(number, connector, report)
            elif kind in _ASSOCIATIONS:
                properties += ((number, p) for p in _properties(connector, class_by_id, spaces, report))
            else:
                others.append(connector)
        shaped[number] = replace(facts, members=tuple(members), connectors=tuple(others))
    added: dict[int, list[MemberFact]] = defaultdict(list)
    for number, each in sorted(properties, key=lambda p: (p[1].role, p[1].end.id)):
        added[number].append(each.fact(position[each.owner.id]))
        position[each.owner.id] += 1
    for number, ends in added.items():
        shaped[number] = replace(shaped[number], members=(*shaped[number].members, *ends))
    result = {place: homes.with_supers(number, shaped[number]) for number, place in enumerate(order)}
    return tuple(result[place] for place in range(len(files)))


class _Homes:
    """Which file each class is in, and what generalizations say of it: a file's own classes come first."""

    def __init__(self, files: Sequence[Facts]) -> None:
        self._own = [{c.id: c for c in f.classes} for f in files]
        self._file: dict[ElementId, int] = {}
        for number, classes in enumerate(self._own):
            for id_ in classes:
                self._file.setdefault(id_, number)
        self._supers: dict[tuple[int, ElementId], list[Ref]] = defaultdict(list)
        self._mixins: dict[tuple[int, ElementId], list[Ref]] = defaultdict(list)

    def seen_from(self, number: int) -> Mapping[ElementId, ClassFact]:
        """Every class by id, as file ``number`` means it."""
        if len(self._own) == 1:
            return self._own[0]
        return {id_: self._own[file][id_] for id_, file in self._file.items()} | self._own[number]

    def generalize(self, number: int, connector: ConnectorFact, report: Report) -> None:
        """Note what the generalization ``connector`` of file ``number`` says of its child."""
        child, parent = ElementId(connector.source.element.value), connector.target.element
        home = number if child in self._own[number] else self._file.get(child)
        if home is None:
            report.add(
                "CIM203",
                at=connector.location,
                element=connector.id,
                referrer="a generalization",
                role="child",
                target=child,
            )
            return
        self._supers[home, child].append(parent)
        if any(s.casefold() in _MIXINS for s in connector.stereotypes):
            self._mixins[home, child].append(parent)

    def with_supers(self, number: int, facts: Facts) -> Facts:
        """``facts`` of file ``number`` with the superclasses that generalizations of any file give."""
        wanted = {id_ for file, id_ in self._supers if file == number}
        if not wanted:
            return facts
        return replace(
            facts, classes=tuple(self._with(number, c) if c.id in wanted else c for c in facts.classes)
        )

    def _with(self, number: int, fact: ClassFact) -> ClassFact:
        supers = (*fact.supers, *self._supers[number, fact.id])
        return replace(fact, supers=supers, mixins=tuple(self._mixins.get((number, fact.id), ())))


def _is_complete(facts: Facts) -> bool:
    """Whether the file names everything by its URI, as RDFS does."""
    return not facts.connectors and all(c.uri for c in facts.classes) and all(m.uri for m in facts.members)


def _without_headers(facts: Facts) -> Facts:
    headers = {c.id for c in facts.classes if any(s.casefold() == "owl" for s in c.stereotypes)}
    if not headers or _is_complete(facts):
        return facts
    return replace(
        facts,
        classes=tuple(c for c in facts.classes if c.id not in headers),
        members=tuple(m for m in facts.members if ElementId(m.owner.value) not in headers),
        connectors=tuple(
            c
            for c in facts.connectors
            if ElementId(c.source.element.value) not in headers
            and ElementId(c.target.element.value) not in headers
        ),
    )


class _Property(NamedTuple):
    """The property that leads through an association from the class at one end to the other end."""

    role: str
    owner: ClassFact
    connector: ConnectorFact
    near: EndFact
    end: EndFact
    uri: str

    def fact(self, position: int) -> MemberFact:
        """The property as a member of its owner."""
        connector, end = self.connector, self.end
        return MemberFact(
            id=end.id,
            owner=Ref(by="id", value=self.owner.id),
            name=self.role,
            uri=self.uri,
            range=end.element,
            multiplicity=end.multiplicity,
            position=position,
            inverse=Ref(by="id", value=self.near.id),
            used=_used(end, self.near),
            aggregation=self.near.aggregation,
            stereotypes=(*connector.stereotypes, *end.stereotypes),
            doc=end.doc or connector.doc,
            tags=(*connector.tags, *end.tags),
            location=connector.location,
        )


def _properties(
    connector: ConnectorFact, class_by_id: Mapping[ElementId, ClassFact], spaces: Spaces, report: Report
) -> tuple[_Property, ...]:
    """Both properties of an association; none, and CIM203, if an end is attached to no class."""
    source, target = connector.source, connector.target
    found: list[_Property] = []
    for near, end in ((source, target), (target, source)):
        owner = class_by_id.get(ElementId(near.element.value))
        far = class_by_id.get(ElementId(end.element.value))
        if owner is None or far is None:
            report.add(
                "CIM203",
                at=connector.location,
                element=connector.id,
                referrer=f"the association end {near.role or near.id}",
                role="class",
                target=(near if owner is None else end).element.value,
            )
            return ()
        role = end.role
        if not role:
            role = far.name
            report.add("CIM211", at=connector.location, element=end.id, class_name=owner.name, target=role)
        uri = _uri(spaces.of_end(end, connector, owner, far), owner, role)
        found.append(_Property(role, owner, connector, near, end, uri))
    return tuple(found)


def _used(end: EndFact, other: EndFact) -> str:
    """Navigability as RDFS profiles state it; nothing where both ends or none is navigable."""
    if end.navigable is None or other.navigable is None or end.navigable == other.navigable:
        return ""
    return "Yes" if end.navigable else "No"


def _uri(space: str, owner: ClassFact, name: str) -> str:
    return _prefix(space, owner) + _local(name)


def _prefix(space: str, owner: ClassFact) -> str:
    """What the URIs of members of ``owner`` in one namespace have in common."""
    return f"{space}{_local(owner.name, whole=True)}."


def _local(name: str, *, whole: bool = False) -> str:
    """The last part of a URI for ``name``: the name itself where it is an NCName.

    Any other gets a suffix made from the name, so that `a-b`, `a b` and `a_b` stay three, whatever else is
    in the model. The same goes for the name of a class (``whole``) with a dot in it, which would be read as
    that of a member.
    """
    if name.isascii() and name.isidentifier() and len(name) <= MAX_IDENTIFIER:
        return name
    clean = ncname(name.strip())
    if clean == name.strip() and not (whole and "." in clean):
        return clean
    return f"{clean.replace('.', '_') if whole else clean}_{digest(name.strip())}"
