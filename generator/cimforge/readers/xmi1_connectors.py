"""Associations, generalizations and dependencies of XMI 1.x as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from cimforge.ir.facts import ConnectorFact, EndFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.xmi1_collect import ASSOCIATIONS, Standing
from cimforge.readers.xmi1_names import local
from cimforge.readers.xmi1_reading import Reading, Said, flag, multiplicity, side


def connector_facts(
    reading: Reading, standing: Standing, class_names: Mapping[ElementId, str]
) -> Iterator[ConnectorFact]:
    """The connector, or several where a side of a dependency names several elements.

    ``class_names`` gives the names of classes by id; EA's older exports tell source from target by name.
    """
    kind = local(standing.element)
    said = reading.said(standing.element, standing.raw)
    if kind in ASSOCIATIONS:
        yield from _association(reading, said, kind, class_names)
    else:
        yield from _link(reading, said, kind, standing.owner)


def _association(
    reading: Reading, said: Said, kind: str, class_names: Mapping[ElementId, str]
) -> Iterator[ConnectorFact]:
    """An association of two ends (else CIM154), each attached to a class (else CIM155).

    An association class is a class and an association. What it says about itself is the class's; the
    association has the class's id with ``-association``.
    """
    id_ = reading.found.ids[said.raw]
    is_class = kind == "AssociationClass"
    if is_class:
        id_ = ElementId(f"{id_}-association")
    container = said.own.get("connection")
    ends = [] if container is None else [e for e in container.iterchildren("*") if not e.get("xmi.idref")]
    if len(ends) != 2:
        name = said.name or id_
        reading.found.report.add("CIM154", at=said.location, element=id_, name=name, count=len(ends))
        return
    said_ends = [reading.said(e, e.get("xmi.id", "")) for e in ends]
    classes = [reading.type_of(e.element, e.own) for e in said_ends]
    if classes[0] is None or classes[1] is None:
        side_ = "source" if classes[0] is None else "target"
        _report_open(reading, said, kind, id_, side_)
        return
    pairs = list(zip(said_ends, (classes[0], classes[1]), strict=True))
    if _is_reversed(said, pairs, class_names):
        pairs.reverse()
    (source, source_class), (target, target_class) = pairs
    yield ConnectorFact(
        id=id_,
        kind=kind,
        name=said.name,
        source=_end(source, source_class, ElementId(f"{id_}-source")),
        target=_end(target, target_class, ElementId(f"{id_}-target")),
        stereotypes=() if is_class else said.stereotypes,
        doc="" if is_class else said.tagged.doc,
        tags=() if is_class else said.tags,
        location=said.location,
    )


def _is_reversed(said: Said, ends: list[tuple[Said, Ref]], class_names: Mapping[ElementId, str]) -> bool:
    """Whether the first end is the target.

    EA says so by the tagged value ``ea_end``, by the end's id (``EAID_src…``, ``EAID_dst…``) or by the
    names of the classes that it connects; otherwise the first end is the source.
    """
    marks = [_marked_side(e) for e, _ in ends]
    if any(marks):
        return marks[0] == "target" or marks[1] == "source"
    source = said.tagged.ea.get("ea_sourceName")
    if source is None:
        return False
    first, second = (class_names.get(ElementId(c.value), "") for _, c in ends)
    return first != source and second == source


def _marked_side(end: Said) -> str:
    if marked := end.tagged.ea.get("ea_end"):
        return marked
    if end.raw.startswith("EAID_src"):
        return "source"
    return "target" if end.raw.startswith("EAID_dst") else ""


def _end(said: Said, class_: Ref, id_: ElementId) -> EndFact:
    return EndFact(
        id=id_,
        element=class_,
        role=said.name,
        multiplicity=multiplicity(said),
        navigable=flag(said.element, "isNavigable"),
        aggregation=said.element.get("aggregation", ""),
        stereotypes=said.stereotypes,
        doc=said.tagged.doc,
        tags=said.tags,
    )


def _link(reading: Reading, said: Said, kind: str, owner: str) -> Iterator[ConnectorFact]:
    """A generalization (source is the child) or a dependency (source is the client).

    One side may name several elements, which gives several connectors; both may not (CIM159).
    """
    id_ = reading.found.ids[said.raw]
    if kind == "Generalization":
        sources = side(said, "child", "subtype") or ((owner,) if owner else ())
        targets = side(said, "parent", "supertype")
    else:
        sources, targets = side(said, "client"), side(said, "supplier")
    if not sources or not targets:
        _report_open(reading, said, kind, id_, "target" if sources else "source")
        return
    if len(sources) > 1 and len(targets) > 1:
        reading.found.report.add(
            "CIM159",
            at=said.location,
            element=id_,
            kind=kind,
            name=said.name or id_,
            sources=len(sources),
            targets=len(targets),
        )
        return
    for number, (source, target) in enumerate(product(sources, targets)):
        source_ref, target_ref = reading.ref(source), reading.ref(target)
        if source_ref is None or target_ref is None:
            _report_open(reading, said, kind, id_, "target" if source_ref else "source")
            continue
        own = id_ if number == 0 else ElementId(f"{id_}-{number + 1}")
        yield ConnectorFact(
            id=own,
            kind=kind,
            name=said.name,
            source=EndFact(id=ElementId(f"{own}-source"), element=source_ref),
            target=EndFact(id=ElementId(f"{own}-target"), element=target_ref),
            stereotypes=said.stereotypes,
            doc=said.tagged.doc,
            tags=said.tags,
            location=said.location,
        )


def _report_open(reading: Reading, said: Said, kind: str, id_: ElementId, side_: str) -> None:
    name = said.name or id_
    reading.found.report.add("CIM155", at=said.location, element=id_, kind=kind, name=name, side=side_)
