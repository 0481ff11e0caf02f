"""Information models in OWL (draft of IEC 61970-501 ed. 2, CIMTool's schema export, plain OWL) to facts."""

from __future__ import annotations

import re

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, PackageFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.ir.value import replace
from cimforge.readers.identity import guid
from cimforge.readers.owl_graph import Owl
from cimforge.readers.rdfs_facts import state
from cimforge.readers.rdfs_graph import Graph
from cimforge.readers.source import RawSource

_END = re.compile(r"(.*)-([AB])\Z")
_SIDES = {"A": "target", "B": "source"}
"""CIMTool's two properties of an association: A is named by the role at the target, B by the other."""


def owl_facts(
    source: RawSource, graph: Graph, namespaces: tuple[tuple[str, str], ...], report: Report
) -> Facts:
    """The facts of one OWL file, as `rdfs_facts.state` finds them in the graph once it is in terms of RDFS.

    Elements that carry the id of a UML tool are known by it (an EA GUID in capitals), so that the same model
    exported as XMI is the same model; others by their IRI, and so are two that carry one id (CIM188).
    """
    owl = Owl(graph)
    facts = state(source, owl.rename(), namespaces, report)
    ids = _ids(facts, owl.ids, report)
    position = owl.literals
    notes = dict(facts.notes)
    for kind, count in owl.notes.items():
        notes[kind] = notes.get(kind, 0) + count
    return replace(
        facts,
        sources=tuple(replace(s, format="owl") for s in facts.sources),
        packages=tuple(_package(p, ids) for p in facts.packages),
        classes=tuple(_class(c, ids, owl) for c in facts.classes),
        members=tuple(
            replace(
                _member(m, ids),
                position=position.get(m.uri, m.position),
                facets=owl.facets.get(m.uri, ()),
            )
            for m in facts.members
        ),
        notes=tuple(sorted(notes.items())),
    )


def _ids(facts: Facts, stated: dict[str, str], report: Report) -> dict[str, ElementId]:
    """The id of each element that is not known by its IRI."""
    ids: dict[str, ElementId] = {}
    first: dict[ElementId, PackageFact | ClassFact | MemberFact] = {}
    elements: list[PackageFact | ClassFact | MemberFact] = [*facts.packages, *facts.classes, *facts.members]
    for fact in elements:
        raw = stated.get(fact.uri, "")
        end = _END.match(raw)
        found = guid(end[1] if end else raw)
        if not found:
            continue
        id_ = ElementId(f"{found}-{_SIDES[end[2]]}" if end else found)
        twin = first.get(id_)
        if twin is None:
            first[id_] = fact
            ids[fact.uri] = id_
        else:
            ids.pop(twin.uri, None)
            report.add(
                "CIM188",
                at=fact.location,
                element=fact.id,
                related=(twin.location,),
                second=fact.name,
                first=twin.name,
                id=raw,
            )
    return ids


def _id(id_: ElementId, ids: dict[str, ElementId]) -> ElementId:
    return ids.get(id_, id_)


def _ref(ref: Ref | None, ids: dict[str, ElementId]) -> Ref | None:
    return Ref(by="id", value=ids[ref.value]) if ref is not None and ref.value in ids else ref


def _package(fact: PackageFact, ids: dict[str, ElementId]) -> PackageFact:
    return replace(fact, id=_id(fact.id, ids), parent=_ref(fact.parent, ids))


def _class(fact: ClassFact, ids: dict[str, ElementId], owl: Owl) -> ClassFact:
    is_abstract = owl.abstract.get(fact.uri, False) if owl.abstract else None
    return replace(fact, id=_id(fact.id, ids), package=_ref(fact.package, ids), is_abstract=is_abstract)


def _member(fact: MemberFact, ids: dict[str, ElementId]) -> MemberFact:
    return replace(fact, id=_id(fact.id, ids), inverse=_ref(fact.inverse, ids))
