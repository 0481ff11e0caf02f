"""RDFS profiles and vocabularies (IEC 61970-501, and the draft of its edition 2) to facts.

Read are RDF/XML and Turtle. rdflib is the oracle of the tests, not the reader: it needs forty times as
long for the same graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.ir.ids import ElementId
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

    from cimforge.readers.rdfs_graph import Subject


def read_rdf_xml(source: RawSource, tree: etree._ElementTree, report: Report) -> Facts | None:
    """What an RDF/XML document says; None after an error, which is in ``report``.

    ``tree`` is `strict_xml.parse_xml` of ``source``. Members are in document order.
    """
    from cimforge.readers.rdfs_facts import state
    from cimforge.readers.rdfs_xml import rdf_xml_graph

    graph = rdf_xml_graph(source, tree, report)
    if graph is None:
        return None
    namespaces = {prefix or "": uri for prefix, uri in tree.getroot().nsmap.items()}
    facts = state(source, graph, tuple(sorted(namespaces.items())), report)
    if facts is not None:
        for subject in graph.subjects.values():
            if len(subject.lines) > 1:
                _report_repeated(source, subject, report)
    return facts


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


def read_turtle(source: RawSource, report: Report) -> Facts | None:
    """What a Turtle or N-Triples document says; None after an error, which is in ``report``.

    Members are in order of appearance.
    """
    from cimforge.readers.rdfs_facts import state
    from cimforge.readers.rdfs_turtle import turtle_graph

    read = turtle_graph(source, report)
    if read is None:
        return None
    graph, namespaces = read
    return state(source, graph, namespaces, report)
