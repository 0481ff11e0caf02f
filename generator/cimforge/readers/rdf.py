"""RDF files to facts: from a serialisation to a graph, and from the graph to the reader of its kind.

rdflib is the oracle of the tests, not the reader: it needs forty times as long for the same graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.ir.ids import ElementId
from cimforge.ir.profile import ProfileFile
from cimforge.ir.value import replace
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

    from cimforge.readers.rdfs_graph import Graph, Subject

Namespaces = tuple[tuple[str, str], ...]


def read_rdf_xml(source: RawSource, tree: etree._ElementTree, report: Report) -> Facts | ProfileFile | None:
    """What an RDF/XML document says; None after an error, which is in ``report``.

    ``tree`` is `strict_xml.parse_xml` of ``source``. Members are in document order.
    """
    from cimforge.readers.rdfs_xml import rdf_xml_graph

    graph = rdf_xml_graph(source, tree, report)
    if graph is None:
        return None
    namespaces = {prefix or "": uri for prefix, uri in tree.getroot().nsmap.items()}
    facts = _stated(source, graph, tuple(sorted(namespaces.items())), report)
    if isinstance(facts, Facts):
        for subject in graph.subjects.values():
            if len(subject.lines) > 1 and not subject.is_blank:
                _report_repeated(source, subject, report)
    return facts


def read_turtle(source: RawSource, report: Report) -> Facts | ProfileFile | None:
    """What a document in Turtle, N-Triples, N-Quads, TriG or N3 says; None after an error in ``report``.

    Members are in order of appearance.
    """
    from cimforge.readers.rdfs_turtle import turtle_graph

    read = turtle_graph(source, report)
    return None if read is None else _stated(source, *read, report)


def read_trix(source: RawSource, tree: etree._ElementTree, report: Report) -> Facts | ProfileFile | None:
    """What a TriX document says; None after an error, which is in ``report``."""
    from cimforge.readers.rdf_trix import trix_graph

    graph = trix_graph(source, tree, report)
    return None if graph is None else _stated(source, graph, (), report)


def read_json(source: RawSource, report: Report) -> Facts | ProfileFile | None:
    """What a JSON-LD or HexTuples document says; None after an error, or if it is other JSON (CIM111)."""
    from cimforge.readers.rdf_json import hextuples_graph, is_hextuples, is_jsonld, jsonld_graph

    data = source.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_hextuples(data):
        graph = hextuples_graph(source, report)
        return None if graph is None else _stated(source, graph, (), report)
    if is_jsonld(data):
        read = jsonld_graph(source, report)
        return None if read is None else _stated(source, *read, report)
    from cimforge.readers.sniff import EXPECTED

    found = "JSON, or something like it"
    report.add("CIM111", at=Location(file=source.path), found=found, expected=EXPECTED)
    return None


def _stated(
    source: RawSource, graph: Graph, namespaces: Namespaces, report: Report
) -> Facts | ProfileFile | None:
    """What the graph states, by the reader for its kind.

    Instance data is CIM111, references without a base are CIM131.
    """
    from cimforge.readers.rdf_kind import rdf_kind

    found = rdf_kind(graph)
    at = Location(file=source.path)
    if found.kind == "data":
        what = f"instance data (objects of type {found.data_type})"
        expected = "the definitions of classes and properties, not data made by them"
        report.add("CIM111", at=at, found=what, expected=expected)
        return None
    if found.kind == "cimtool":
        from cimforge.readers.cimtool import read_cimtool

        return read_cimtool(source, graph, report)
    if graph.unbased is not None:
        reference, line = graph.unbased
        report.add("CIM131", at=Location(file=source.path, line=line), reference=reference)
        return None
    if graph.graphs:
        report.add("CIM187", at=at, count=graph.graphs)
    if found.kind == "owl":
        from cimforge.readers.owl import owl_facts

        facts = owl_facts(source, graph, namespaces, report)
    else:
        from cimforge.readers.rdfs_facts import state

        facts = state(source, graph, namespaces, report)
        if found.kind == "shapes":
            facts = replace(facts, sources=tuple(replace(s, format="shacl") for s in facts.sources))
    return replace(facts, notes=tuple(sorted((*facts.notes, *graph.notes)))) if graph.notes else facts


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
