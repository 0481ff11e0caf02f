"""Classes and members of XMI 1.x as facts."""

from __future__ import annotations

from collections.abc import Iterator

from cimforge.ir.facts import ClassFact, Location, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.uml_profile import is_ontology
from cimforge.readers.xmi1_collected import Standing
from cimforge.readers.xmi1_reading import Reading
from cimforge.readers.xmi1_written import Written

_EA_METACLASSES = frozenset({"Enumeration", "DataType", "PrimitiveType"})


def class_fact(reading: Reading, standing: Standing, models: frozenset[str]) -> ClassFact:
    """A class of any kind, without its members; ``models`` are the ids of what are no packages.

    A generalization that it lists and the file does not hold is reported (CIM156), but not for an
    ontology class: it derives from a vocabulary that is no part of any profile.
    """
    written = standing.written
    tagged = reading.tagged(written, standing.key)
    stereotypes = reading.stereotypes(written, standing.key)
    if not is_ontology(stereotypes):
        _report_missing_generalizations(reading, written)
    ea_kind = tagged.ea.get("ea_stype", "")
    package = standing.package or written.namespace
    return ClassFact(
        id=reading.found.ids[standing.key],
        name=written.name,
        package=Ref(by="id", value=reading.id_of(package)) if package and package not in models else None,
        stereotypes=stereotypes,
        is_abstract=written.is_abstract,
        doc=tagged.doc,
        tags=tuple(tagged.tags or ()),
        metaclass=ea_kind if written.kind == "Class" and ea_kind in _EA_METACLASSES else written.kind,
        location=reading.found.at(written),
    )


def member_facts(reading: Reading, standing: Standing) -> Iterator[MemberFact]:
    """The attributes and literals of a class, in file order."""
    found = reading.found
    path = found.path
    owner = Ref(by="id", value=found.ids[standing.key])
    names: dict[str, int] = {}
    position = 0
    for written in standing.parts:
        raw, name, tagged = written.raw, written.name, written.tagged
        if found.tagged or tagged.open or tagged.memos:
            tagged = reading.tagged(written, raw)
        uuid = written.uuid or tagged.ea.get("ea_guid", "")
        if raw or uuid:
            id_ = element_id(path, raw, uuid)
        else:
            # Nothing but the name: a number tells apart the members of one owner that share it.
            count = names[name] = names.get(name, 0) + 1
            id_ = ElementId(f"{owner.value}.{name}" + (f"#{count}" if count > 1 else ""))
        if found.identify(written, id_):
            yield MemberFact(
                id=id_,
                owner=owner,
                name=name,
                type=reading.type_of(written),
                multiplicity=written.multiplicity,
                default=written.default,
                is_constant=written.is_constant,
                position=position,
                stereotypes=reading.stereotypes(written, raw),
                doc=tagged.doc,
                tags=tuple(tagged.tags) if tagged.tags else (),
                location=Location(file=path, line=written.line, pointer=raw or name),
            )
            position += 1


def _report_missing_generalizations(reading: Reading, written: Written) -> None:
    found = reading.found
    for raw in written.sides.get("generalization", ()):
        if raw not in found.ids:
            found.report.add("CIM156", at=found.at(written), name=written.name, reference=raw)
