"""References between facts: what each leads to, and of which kind that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, cast

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Meta, Primitive
from cimforge.passes.cycles import depths, first_cycle
from cimforge.passes.identifiers import namespace
from cimforge.passes.primitives import KIND_BY_NAME, NATIVE, VOCABULARIES, XSD

Kind = Literal["class", "enumeration", "primitive", "datatype", "compound"]

UML_FORMATS = frozenset({"xmi1", "xmi2", "qea"})
"""Formats of `SourceFile` that are UML."""

MAX_INHERITANCE = 100
"""Levels of superclasses a class may have: targets repeat inherited members, so cost grows with the square
of a chain's length and more. The deepest chain in the CIM has about ten classes."""

_ARTICLE = {
    "class": "a class",
    "enumeration": "an enumeration",
    "primitive": "a primitive",
    "datatype": "a datatype",
    "compound": "a compound",
}


class References:
    """The classifiers of some facts by id, URI and name, their kinds, and the members each owns.

    `implied` grows as references to datatypes that no file defines are resolved: XML Schema's, and the
    native types of modelling tools.
    """

    def __init__(self, facts: Facts, report: Report) -> None:
        self.facts = facts
        self.report = report
        self.class_by_id = {c.id: c for c in facts.classes}
        self.id_by_uri = {c.uri: c.id for c in facts.classes if c.uri}
        self.ids_by_name: dict[str, list[ElementId]] = defaultdict(list)
        for c in facts.classes:
            self.ids_by_name[c.name].append(c.id)
        self.implied: dict[ElementId, Primitive] = {}
        self.members_by_owner: dict[ElementId, list[MemberFact]] = defaultdict(list)
        self._own_members()
        self.kinds: dict[ElementId, Kind] = {
            c.id: kind_of(c, self.members_by_owner.get(c.id, ())) for c in facts.classes
        }

    def _own_members(self) -> None:
        for member in self.facts.members:
            owner = self.resolve(member.owner)
            if owner is None or owner not in self.class_by_id:
                self.dangling(
                    member.location, member.id, f"the member {member.name}", "class", member.owner.value
                )
                continue
            self.members_by_owner[owner].append(member)

    def resolve(self, ref: Ref) -> ElementId | None:
        """The classifier that ``ref`` leads to; None if none does, or if a name is not unambiguous."""
        if ref.by != "name":
            value = cast("ElementId", ref.value)
            if value in self.class_by_id:
                return value
            found = self.id_by_uri.get(ref.value)
            if found is not None:
                return found
            space = next((v for v in VOCABULARIES if value.startswith(v)), None)
            return self.implied_primitive(ref.value.removeprefix(space), space) if space else None
        found_ids = self.ids_by_name.get(ref.value, [])
        if len(found_ids) == 1:
            return found_ids[0]
        return None if found_ids else self.implied_primitive(ref.value)

    def typed(self, ref: Ref, owner: ClassFact) -> tuple[ElementId | None, tuple[ElementId, ...]]:
        """What the type ``ref`` of a member of ``owner`` leads to; or None, and what it might lead to.

        A type that is a name only (an attribute whose classifier the tool has not set) is the classifier of
        that name; of several, the one in the namespace of ``owner``; of none, for a native type of a
        modelling tool (``int``, ``double``) the model's own primitive that means it (``Integer``, ``Float``).
        Upper and lower case count, but for native types.
        """
        if ref.by != "name":
            return self.resolve(ref), ()
        found = self.ids_by_name.get(ref.value, [])
        if len(found) > 1:
            home = namespace(owner.uri)
            near = [id_ for id_ in found if namespace(self.class_by_id[id_].uri) == home]
            return (near[0], ()) if len(near) == 1 else (None, tuple(found))
        if not found and (own := NATIVE.get(ref.value.casefold())):
            primitives = [i for i in self.ids_by_name.get(own, ()) if self.kinds[i] == "primitive"]
            if len(primitives) == 1:
                return primitives[0], ()
        return self.resolve(ref), ()

    def implied_primitive(self, name: str, space: str = XSD) -> ElementId | None:
        """The primitive ``name`` of a vocabulary that no file defines; None if it is not known."""
        kind = KIND_BY_NAME.get(name.casefold())
        if kind is None:
            return None
        id_ = ElementId(f"{space}{name}")
        if id_ not in self.implied:
            self.implied[id_] = Primitive(id=id_, name=name, kind=kind, meta=Meta(uri=id_))
        return id_

    def bases(self) -> dict[ElementId, tuple[ElementId, ...]]:
        """The superclasses of each class that has any: no cycle, no chain above `MAX_INHERITANCE`."""
        bases: dict[ElementId, tuple[ElementId, ...]] = {}
        for fact in self.facts.classes:
            found: list[ElementId] = []
            for ref in fact.supers:
                base = self.resolve(ref)
                if base is None:
                    self.dangling(fact.location, fact.id, f"the class {fact.name}", "superclass", ref.value)
                elif (kind := self.kinds.get(base, "primitive")) != self.kinds[fact.id]:
                    self.wrong_kind(
                        fact.location, fact.id, f"the superclass of {fact.name}", self.kinds[fact.id], kind
                    )
                elif base not in found:
                    found.append(base)
            if found:
                bases[fact.id] = tuple(found)
        cycle = first_cycle(bases)
        while cycle:
            at = self.class_by_id[cycle[0]]
            self.report.add(
                "CIM206",
                at=at.location,
                element=at.id,
                related=tuple(self.class_by_id[i].location for i in cycle[1:]),
                cycle=" -> ".join(self.class_by_id[i].name for i in (*cycle, cycle[0])),
            )
            for i in cycle:
                bases.pop(i, None)
            cycle = first_cycle(bases)
        for id_, depth in depths(bases).items():
            if depth == MAX_INHERITANCE + 1:
                at = self.class_by_id[id_]
                self.report.add("CIM218", at=at.location, element=id_, name=at.name, limit=MAX_INHERITANCE)
        return bases

    def dangling(self, at: Location, element: ElementId, referrer: str, role: str, target: str) -> None:
        """Report a reference that leads nowhere (CIM203)."""
        self.report.add("CIM203", at=at, element=element, referrer=referrer, role=role, target=target)

    def wrong_kind(self, at: Location, element: ElementId, what: str, wanted: Kind, found: Kind) -> None:
        """Report a reference that leads to a kind which cannot stand there (CIM204)."""
        self.report.add(
            "CIM204", at=at, element=element, what=what, wanted=_ARTICLE[wanted], found=_ARTICLE[found]
        )


def kind_of(fact: ClassFact, members: Sequence[MemberFact]) -> Kind:
    """The kind of the classifier ``fact``, whose own members are ``members``."""
    marks = {s.casefold() for s in fact.stereotypes}
    if "enumeration" in marks or fact.metaclass == "Enumeration":
        return "enumeration"
    if "primitive" in marks or fact.metaclass in ("Primitive", "PrimitiveType"):
        return "primitive"
    if marks & {"cimdatatype", "datatype"}:
        return "datatype"
    if "compound" in marks:
        return "compound"
    if fact.metaclass == "DataType":
        if any(m.name == "value" for m in members):
            return "datatype"
        return "primitive" if fact.name.casefold() in KIND_BY_NAME else "compound"
    if members and all(_is_literal(m) for m in members):
        return "enumeration"
    return "class"


def _is_literal(member: MemberFact) -> bool:
    marks = {s.casefold() for s in member.stereotypes}
    return "enum" in marks or (member.type is None and member.range is None)
