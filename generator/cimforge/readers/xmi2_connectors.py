"""Associations, generalizations and dependencies of XMI 2.x as facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from cimforge.ir.facts import ConnectorFact, EndFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.xmi2_drafts import ConnectorDraft, MemberDraft, Said
from cimforge.readers.xmi2_kinds import ASSOCIATIONS

if TYPE_CHECKING:
    from cimforge.readers.xmi2_facts import Assembly

_NO_ENDS: dict[str, Said] = {}


def connector_facts(assembly: Assembly, draft: ConnectorDraft) -> Iterator[ConnectorFact]:
    """The connector, or several where one side of a dependency names several elements."""
    if draft.kind in ASSOCIATIONS:
        return _association(assembly, draft)
    return _link(assembly, draft)


def _association(assembly: Assembly, draft: ConnectorDraft) -> Iterator[ConnectorFact]:
    """An association of two ends (else CIM154), each attached to a class (else CIM155).

    An association class is a class and an association. What it says about itself is the class's; the
    association has the class's id with ``-association``.
    """
    raws = _sides(draft.ends)
    if raws is None:
        assembly.report.add(
            "CIM154",
            at=assembly.model.at(draft),
            element=draft.id,
            name=draft.name or draft.id,
            count=len(draft.ends),
        )
        return
    records = assembly.extension.ends.get(draft.raw, _NO_ENDS)
    members = [assembly.ends.get(raw) for raw in raws]
    ends: list[EndFact] = []
    for side, member, opposite in zip(("source", "target"), members, reversed(members), strict=True):
        record = records.get(side)
        class_ = None if member is None else assembly.ref(member.type)
        if class_ is None and record is not None:
            class_ = assembly.ref(record.type)
        if class_ is None:
            _report_open(assembly, draft, side)
            return
        ends.append(_end(assembly, draft, side, class_, member, opposite, record))
    is_class = draft.kind == "AssociationClass"
    said = Said() if is_class else assembly.said(draft)
    yield ConnectorFact(
        id=draft.id,
        kind=draft.kind,
        name=draft.name,
        source=ends[0],
        target=ends[1],
        stereotypes=said.stereotypes,
        doc=said.doc,
        tags=said.tags,
        location=assembly.model.at(draft),
    )


def _sides(ends: list[str]) -> tuple[str, str] | None:
    """Source and target of two ends, by the mark in EA's ids or else in the order listed."""
    if len(ends) != 2:
        return None
    first, second = ends
    if first.startswith("EAID_dst") or second.startswith("EAID_src"):
        return second, first
    return first, second


def _end(
    assembly: Assembly,
    draft: ConnectorDraft,
    side: str,
    class_: Ref,
    member: MemberDraft | None,
    opposite: MemberDraft | None,
    record: Said | None,
) -> EndFact:
    said = record or Said()
    if member is not None:
        said = assembly.said(member, record)
    navigable = said.navigable
    if navigable is None and member is not None:
        navigable = member.within != draft.raw or member.raw in draft.navigable
    return EndFact(
        id=ElementId(f"{draft.id}-{side}"),
        element=class_,
        role=member.name if member is not None else "",
        multiplicity=assembly.bounds(member, said) if member is not None else said.multiplicity,
        navigable=navigable,
        aggregation=said.aggregation or (opposite.aggregation if opposite is not None else ""),
        stereotypes=said.stereotypes,
        doc=said.doc,
        tags=said.tags,
    )


def _link(assembly: Assembly, draft: ConnectorDraft) -> Iterator[ConnectorFact]:
    """A generalization (source is the child) or a dependency (source is the client).

    One side may name several elements, which gives several connectors; both may not (CIM159).
    """
    sources, targets = draft.sources, draft.targets
    if not sources or not targets:
        _report_open(assembly, draft, "target" if sources else "source")
        return
    if len(sources) > 1 and len(targets) > 1:
        assembly.report.add(
            "CIM159",
            at=assembly.model.at(draft),
            element=draft.id,
            kind=draft.kind,
            name=draft.name or draft.id,
            sources=len(sources),
            targets=len(targets),
        )
        return
    said = assembly.said(draft)
    for number, (source, target) in enumerate(product(sources, targets)):
        source_ref, target_ref = assembly.ref(source), assembly.ref(target)
        if source_ref is None or target_ref is None:
            _report_open(assembly, draft, "target" if source_ref else "source")
            continue
        own = draft.id if number == 0 else ElementId(f"{draft.id}-{number + 1}")
        yield ConnectorFact(
            id=own,
            kind=draft.kind,
            name=draft.name,
            source=EndFact(id=ElementId(f"{own}-source"), element=source_ref),
            target=EndFact(id=ElementId(f"{own}-target"), element=target_ref),
            stereotypes=said.stereotypes,
            doc=said.doc,
            tags=said.tags,
            location=assembly.model.at(draft),
        )


def _report_open(assembly: Assembly, draft: ConnectorDraft, side: str) -> None:
    assembly.report.add(
        "CIM155",
        at=assembly.model.at(draft),
        element=draft.id,
        kind=draft.kind,
        name=draft.name or draft.id,
        side=side,
    )
