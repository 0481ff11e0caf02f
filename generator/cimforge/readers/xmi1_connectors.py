"""Associations, generalizations and dependencies of XMI 1.x as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from cimforge.ir.facts import ConnectorFact, EndFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.xmi1_collect import ASSOCIATIONS
from cimforge.readers.xmi1_collected import Standing
from cimforge.readers.xmi1_reading import Reading
from cimforge.readers.xmi1_written import Written


def connector_facts(
    reading: Reading, standing: Standing, class_names: Mapping[ElementId, str]
) -> Iterator[ConnectorFact]:
    """The connector, or several where a side of a dependency names several elements.

    ``class_names`` gives the names of classes by id; EA's older exports tell source from target by name.
    """
    if standing.written.kind in ASSOCIATIONS:
        yield from _association(reading, standing, class_names)
    else:
        yield from _link(reading, standing)


def _association(
    reading: Reading, standing: Standing, class_names: Mapping[ElementId, str]
) -> Iterator[ConnectorFact]:
    """An association of two ends (else CIM154), each attached to a class (else CIM155).

    An association class is a class and an association. What it says about itself is the class's; the
    association has the class's id with ``-association``.
    """
    found, written, ends = reading.found, standing.written, standing.ends
    id_, kind, location = found.ids[standing.key], written.kind, found.at(written)
    is_class = kind == "AssociationClass"
    if is_class:
        id_ = ElementId(f"{id_}-association")
    if len(ends) != 2:
        name = written.name or id_
        found.report.add("CIM154", at=location, element=id_, name=name, count=len(ends))
        return
    classes = [reading.type_of(e) for e in ends]
    if classes[0] is None or classes[1] is None:
        _report_open(reading, written, id_, "source" if classes[0] is None else "target")
        return
    tagged = reading.tagged(written, standing.key)
    pairs = list(zip(ends, (classes[0], classes[1]), strict=True))
    if _is_reversed(written, pairs, class_names):
        pairs.reverse()
    (source, source_class), (target, target_class) = pairs
    yield ConnectorFact(
        id=id_,
        kind=kind,
        name=written.name,
        source=_end(reading, source, source_class, ElementId(f"{id_}-source")),
        target=_end(reading, target, target_class, ElementId(f"{id_}-target")),
        stereotypes=() if is_class else reading.stereotypes(written, standing.key),
        doc="" if is_class else tagged.doc,
        tags=() if is_class else tuple(tagged.tags or ()),
        location=location,
    )


def _is_reversed(
    written: Written, ends: list[tuple[Written, Ref]], class_names: Mapping[ElementId, str]
) -> bool:
    """Whether the first end is the target.

    EA says so by the tagged value ``ea_end``, by the end's id (``EAID_src…``, ``EAID_dst…``) or by the
    names of the classes that it connects; otherwise the first end is the source.
    """
    marks = [_marked_side(e) for e, _ in ends]
    if any(marks):
        return marks[0] == "target" or marks[1] == "source"
    source = written.tagged.ea.get("ea_sourceName")
    if source is None:
        return False
    first, second = (class_names.get(ElementId(c.value), "") for _, c in ends)
    return first != source and second == source


def _marked_side(end: Written) -> str:
    if marked := end.tagged.ea.get("ea_end"):
        return marked
    if end.raw.startswith("EAID_src"):
        return "source"
    return "target" if end.raw.startswith("EAID_dst") else ""


def _end(reading: Reading, written: Written, class_: Ref, id_: ElementId) -> EndFact:
    tagged = reading.tagged(written, written.raw)
    return EndFact(
        id=id_,
        element=class_,
        role=written.name,
        multiplicity=written.multiplicity,
        navigable=written.navigable,
        aggregation=written.aggregation,
        stereotypes=reading.stereotypes(written, written.raw),
        doc=tagged.doc,
        tags=tuple(tagged.tags or ()),
    )


def _link(reading: Reading, standing: Standing) -> Iterator[ConnectorFact]:
    """A generalization (source is the child) or a dependency (source is the client).

    One side may name several elements, which gives several connectors; both may not (CIM159).
    """
    found, written, owner = reading.found, standing.written, standing.owner
    id_, kind, location = found.ids[standing.key], written.kind, found.at(written)
    if kind == "Generalization":
        sources = _side(written, "child", "subtype") or ((owner,) if owner else ())
        targets = _side(written, "parent", "supertype")
    else:
        sources, targets = _side(written, "client"), _side(written, "supplier")
    if not sources or not targets:
        _report_open(reading, written, id_, "target" if sources else "source")
        return
    if len(sources) > 1 and len(targets) > 1:
        found.report.add(
            "CIM159",
            at=location,
            element=id_,
            kind=kind,
            name=written.name or id_,
            sources=len(sources),
            targets=len(targets),
        )
        return
    tagged = reading.tagged(written, standing.key)
    stereotypes = reading.stereotypes(written, standing.key)
    for number, (source, target) in enumerate(product(sources, targets)):
        source_ref, target_ref = reading.ref(source), reading.ref(target)
        if source_ref is None or target_ref is None:
            _report_open(reading, written, id_, "target" if source_ref else "source")
            continue
        own = id_ if number == 0 else ElementId(f"{id_}-{number + 1}")
        yield ConnectorFact(
            id=own,
            kind=kind,
            name=written.name,
            source=EndFact(id=ElementId(f"{own}-source"), element=source_ref),
            target=EndFact(id=ElementId(f"{own}-target"), element=target_ref),
            stereotypes=stereotypes,
            doc=tagged.doc,
            tags=tuple(tagged.tags or ()),
            location=location,
        )


def _side(written: Written, *names: str) -> tuple[str, ...]:
    """The ids at one side of a link, under the first name that has any."""
    return next((ids for name in names if (ids := written.sides.get(name))), ())


def _report_open(reading: Reading, written: Written, id_: ElementId, side_: str) -> None:
    found, kind, name = reading.found, written.kind, written.name or id_
    found.report.add("CIM155", at=found.at(written), element=id_, kind=kind, name=name, side=side_)
