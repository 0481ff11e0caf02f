"""Classes and members of XMI 1.x as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cimforge.ir.facts import ClassFact, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.uml_profile import is_ontology
from cimforge.readers.xmi1_collect import Standing
from cimforge.readers.xmi1_names import local, referred
from cimforge.readers.xmi1_reading import Reading, Said, flag, initial_value, multiplicity

_EA_METACLASSES = frozenset({"Enumeration", "DataType", "PrimitiveType"})
_MEMBERS = frozenset({"Attribute", "EnumerationLiteral"})
_READ_ELSEWHERE = frozenset({"taggedValue", "stereotype", "generalization", "ownedElement", "connection"})


def class_fact(reading: Reading, standing: Standing) -> ClassFact:
    """A class of any kind, without its members.

    A generalization that it lists and the file does not hold is reported (CIM156), but not for an
    ontology class: it derives from a vocabulary that is no part of any profile.
    """
    found = reading.found
    said = reading.said(standing.element, standing.raw)
    if not is_ontology(said.stereotypes):
        _report_missing_generalizations(reading, said)
    kind = local(standing.element)
    ea_kind = said.tagged.ea.get("ea_stype", "")
    package = standing.package or standing.element.get("namespace", "")
    return ClassFact(
        id=found.ids[standing.raw],
        name=said.name,
        package=(
            Ref(by="id", value=reading.id_of(package)) if package and package not in found.models else None
        ),
        stereotypes=said.stereotypes,
        is_abstract=flag(standing.element, "isAbstract"),
        doc=said.tagged.doc,
        tags=said.tags,
        metaclass=ea_kind if kind == "Class" and ea_kind in _EA_METACLASSES else kind,
        location=said.location,
    )


def member_facts(reading: Reading, standing: Standing) -> Iterator[MemberFact]:
    """The attributes and literals of a class, in file order; what else stands among them is counted."""
    found = reading.found
    owner = Ref(by="id", value=found.ids[standing.raw])
    names: Counter[str] = Counter()
    position = 0
    for container in standing.element.iterchildren("*"):
        name = local(container)
        if name in _READ_ELSEWHERE or not name[:1].islower():
            continue
        for element in container.iterchildren("*"):
            kind = local(element)
            if kind not in _MEMBERS:
                found.notes[kind] += 1
            elif not element.get("xmi.idref"):
                said = reading.said(element, element.get("xmi.id", ""))
                names[said.name] += 1
                id_ = _member_id(reading, said, owner, names[said.name])
                if found.identify(element, id_):
                    yield _member(reading, said, kind, id_, owner, position)
                    position += 1


def _member(reading: Reading, said: Said, kind: str, id_: ElementId, owner: Ref, position: int) -> MemberFact:
    element = said.element
    type_ = None
    if kind == "Attribute":
        type_ = reading.type_of(element, said.own)
        if type_ is None and (label := said.tagged.ea.get("type")):
            type_ = Ref(by="name", value=label)
    return MemberFact(
        id=id_,
        owner=owner,
        name=said.name,
        type=type_,
        multiplicity=multiplicity(said),
        default=initial_value(said),
        is_constant="frozen" in (element.get("changeable"), element.get("changeability")),
        position=position,
        stereotypes=said.stereotypes,
        doc=said.tagged.doc,
        tags=said.tags,
        location=said.location,
    )


def _member_id(reading: Reading, said: Said, owner: Ref, count: int) -> ElementId:
    """The member's own id; EA's default export has it in a tagged value; else the owner's id and its name.

    ``count`` tells apart the members of one owner that share a name.
    """
    uuid = said.element.get("xmi.uuid") or said.tagged.ea.get("ea_guid", "")
    if said.raw or uuid:
        return element_id(reading.found.path, said.raw, uuid)
    return ElementId(f"{owner.value}.{said.name}" + (f"#{count}" if count > 1 else ""))


def _report_missing_generalizations(reading: Reading, said: Said) -> None:
    found, listed = reading.found, said.element.get("generalization", "").split()
    for raw in (*listed, *referred(said.own.get("generalization"))):
        if raw not in found.ids:
            found.report.add("CIM156", at=said.location, name=said.name, reference=raw)
