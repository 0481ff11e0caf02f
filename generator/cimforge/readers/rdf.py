"""RDF files to facts: from a serialisation to a graph, and from the graph to the reader of its kind.

rdflib is the oracle of the tests, not the reader: it needs forty times as long for the same graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.ir.ids import ElementId
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

    from cimforge.readers.rdfs_graph import Graph, Subject

Namespaces = tuple[tuple[str, str], ...]


def read_rdf_xml(source: RawSource, tree: etree._ElementTree, report: Report) -> Facts | None:
    """What an RDF/XML document says; None after an error, which is in ``report``.

    ``tree`` is `strict_xml.parse_xml` of ``source``. Members are in document order.
    """
    from cimforge.readers.rdfs_xml import rdf_xml_graph

    graph = rdf_xml_graph(source, tree, report)
    if graph is None:
        return None
    namespaces = {prefix or "": uri for prefix, uri in tree.getroot().nsmap.items()}
    facts = _stated(source, graph, tuple(sorted(namespaces.items())), report)
    if facts is not None:
        for subject in graph.subjects.values():
            if len(subject.lines) > 1 and not subject.is_blank:
                _report_repeated(source, subject, report)
    return facts


def read_turtle(source: RawSource, report: Report) -> Facts | None:
    """What a Turtle or N-Triples document says; None after an error, which is in ``report``.

    Members are in order of appearance.
    """
    from cimforge.readers.rdfs_turtle import turtle_graph

    read = turtle_graph(source, report)
    if read is None:
        return None
    graph, namespaces = read
    return _stated(source, graph, namespaces, report)


def _stated(source: RawSource, graph: Graph, namespaces: Namespaces, report: Report) -> Facts | None:
    """What the graph states, by the reader for its kind.

    Instance data is CIM111, a CIMTool profile CIM112, references without a base are CIM131.
    """
    from cimforge.readers.rdf_kind import rdf_kind

    found = rdf_kind(graph)
    at = Location(file=source.path)
    if found.kind == "data":
        what = f"instance data (objects of type {found.data_type})"
        expected = "the definitions of classes and properties, not data made by them"
        report.add("CIM111", at=at, found=what, expected=expected)
        return None
    if found.kind in ("cimtool", "owl"):
        report.add("CIM112", at=at, found="OWL (a CIMTool profile or schema)", instead="RDFS or XMI 1.1")
        return None
    if graph.unbased is not None:
        reference, line = graph.unbased
        report.add("CIM131", at=Location(file=source.path, line=line), reference=reference)
        return None
    from cimforge.readers.rdfs_facts import state

    return state(source, graph, namespaces, report)


def _report_repeated(source: RawSource, subject: Subject, report: Report) -> None:
    first, *others = (Location(file=source.path, line=n, pointer=subject.iri) for n in subject.lines)
    report.add(
        "CIM134",
        at=first,
        element=ElementId(subject.iri),
        related=tuple(others),
        name=subject.iri[subject.iri.rfind("#") + 1 :],
        count=len(subject.lines),
    )
