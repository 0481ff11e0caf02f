"""Associations, generalizations and dependencies of an EA project as facts."""

from __future__ import annotations

from cimforge.ir.facts import ConnectorFact, EndFact, Location
from cimforge.ir.ids import ElementId
from cimforge.readers.qea_classes import CLASSES
from cimforge.readers.qea_reading import Reading, text
from cimforge.readers.qea_schema import CONNECTORS, Row

_ASSOCIATIONS = frozenset({"Association", "Aggregation", "Composition"})
_LINKS = {
    "Abstraction": "Abstraction",
    "Dependency": "Dependency",
    "Generalization": "Generalization",
    "Realisation": "Realization",
    "Realization": "Realization",
    "Usage": "Usage",
}
"""EA's names of links, and UML's."""

_AGGREGATION = {0: "none", 1: "shared", 2: "composite"}
_NAVIGABLE = {
    "Source -> Destination": (False, True),
    "Destination -> Source": (True, False),
    "Bi-Directional": (True, True),
}


def connector_facts(reading: Reading) -> list[ConnectorFact]:
    """Every association, generalization and dependency between classes or packages, in the order of keys.

    Other connectors are counted, and so are those that lead to an object of a type that is not stated. One
    whose source or target does not exist is stated: the reference leads nowhere, which link reports.
    """
    rows: list[Row] = []
    for row in reading.rows[CONNECTORS.name]:
        kind = row[4] or "untyped"
        if kind not in _ASSOCIATIONS and kind not in _LINKS:
            reading.notes[f"{kind} in {CONNECTORS.name}"] += 1
        elif other := _unread(reading, row, kind):
            reading.notes[f"{kind} with {other} in {CONNECTORS.name}"] += 1
        else:
            rows.append(row)
    return [
        _connector(reading, id_, row)
        for id_, row in zip(reading.ids(CONNECTORS, rows), rows, strict=True)
        if id_
    ]


def _unread(reading: Reading, row: Row, kind: str) -> str:
    """The type of the object at one side that no fact stands for, or ``""``.

    Dependencies lead from package to package as well as from class to class.
    """
    for key in (row[13], row[14]):
        type_ = reading.object_types.get(key, "Class")
        if type_ not in CLASSES and (type_ != "Package" or kind in _ASSOCIATIONS):
            return type_
    return ""


def _connector(reading: Reading, id_: ElementId, row: Row) -> ConnectorFact:
    """One connector.

    An association class is a class and an association. What it says of itself is the class's; the
    association has the class's id with ``-association``, as in XMI.
    """
    (key, name, direction, notes, kind, source_card, target_card, source_role, target_role,
     source_note, target_note, source_whole, target_whole, start, end, stereotype, _,
     source_mark, target_mark) = row  # fmt: skip
    place = Location(file=reading.path, pointer=f"t_connector/{key}")
    if kind in _LINKS:
        return ConnectorFact(
            id=id_,
            kind=_LINKS[kind],
            name=name or "",
            source=EndFact(id=ElementId(f"{id_}-source"), element=reading.ref(start)),
            target=EndFact(id=ElementId(f"{id_}-target"), element=reading.ref(end)),
            stereotypes=reading.stereotypes(id_, stereotype),
            doc=text(notes),
            tags=reading.connector_tags.get(key, ()),
            location=place,
        )
    class_ = reading.association_classes.get(key)
    own = ElementId(f"{class_}-association") if class_ else id_
    navigable = _NAVIGABLE.get(direction, (False, False))
    return ConnectorFact(
        id=own,
        kind="AssociationClass" if class_ else kind,
        name=name or "",
        source=EndFact(
            id=ElementId(f"{own}-source"),
            element=reading.ref(start),
            role=source_role or "",
            multiplicity=source_card or "",
            navigable=navigable[0],
            aggregation=_AGGREGATION.get(source_whole, ""),
            stereotypes=reading.stereotypes(id_, source_mark, "source"),
            doc=text(source_note),
            tags=reading.end_tags.get((id_, "source"), ()),
        ),
        target=EndFact(
            id=ElementId(f"{own}-target"),
            element=reading.ref(end),
            role=target_role or "",
            multiplicity=target_card or "",
            navigable=navigable[1],
            aggregation=_AGGREGATION.get(target_whole, ""),
            stereotypes=reading.stereotypes(id_, target_mark, "target"),
            doc=text(target_note),
            tags=reading.end_tags.get((id_, "target"), ()),
        ),
        stereotypes=() if class_ else reading.stereotypes(id_, stereotype),
        doc="" if class_ else text(notes),
        tags=() if class_ else reading.connector_tags.get(key, ()),
        location=place,
    )
