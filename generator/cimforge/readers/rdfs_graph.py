"""Statements of one file by subject, in the order of the file: what every RDF serialisation becomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
XSD = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE = RDF + "type"
XML_LITERAL = RDF + "XMLLiteral"

IRI = "iri"
BLANK = "blank"
PLAIN = ""
XML = "xml"
"""Kinds of object. A literal's kind is `PLAIN` (``xsd:string`` too), ``@`` and its language, ``^^`` and its
datatype, or `XML`, whose value is the text that its markup holds."""

Statement = tuple[str, str, str]
"""Predicate, object, kind of object."""


class Subject:
    """What one file says of one subject."""

    __slots__ = ("iri", "lines", "statements")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        """Absolute; a blank node's begins with ``_:``."""
        self.lines: list[int] = []
        """Where its descriptions begin, as far as known."""
        self.statements: list[Statement] = []

    @property
    def line(self) -> int | None:
        """Where its first description begins, if known."""
        return self.lines[0] if self.lines else None


Graph = dict[str, Subject]
"""Subjects by IRI, in order of appearance."""


def from_oxigraph(triples: Iterable[Quad | Triple]) -> Graph:
    """The graph that pyoxigraph streams, blank nodes numbered in order of appearance.

    Raises:
        SyntaxError: what pyoxigraph cannot read, with ``lineno``.
    """
    from pyoxigraph import BlankNode, Literal, NamedNode

    graph: Graph = {}
    numbers: dict[str, str] = {}

    def blank(label: str) -> str:
        return numbers.setdefault(label, f"_:b{len(numbers) + 1}")

    for triple in triples:
        subject, term = triple.subject, triple.object
        key = subject.value if isinstance(subject, NamedNode) else blank(str(subject))
        entry = graph.get(key)
        if entry is None:
            entry = graph[key] = Subject(key)
        if isinstance(term, NamedNode):
            value, kind = term.value, IRI
        elif isinstance(term, Literal):
            value, kind = literal(term.value, term.language, term.datatype.value)
        else:
            assert isinstance(term, BlankNode)
            value, kind = blank(str(term)), BLANK
        entry.statements.append((triple.predicate.value, value, kind))
    return graph


def literal(value: str, language: str | None, datatype: str) -> tuple[str, str]:
    """Value and kind of a literal."""
    if language:
        return value, "@" + language.lower()
    if datatype == XML_LITERAL:
        return markup_text(value), XML
    return value, PLAIN if datatype in ("", XSD + "string") else "^^" + datatype


def markup_text(value: str) -> str:
    """The text in the markup of an XML literal; ``value`` itself if it is no markup after all."""
    if "<" not in value and "&" not in value:
        return value
    from lxml import etree

    parser = etree.XMLParser(no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(f"<x>{value}</x>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return value
    return "".join(root.itertext())


def fragment(iri: str) -> str:
    """The local part of an IRI: after ``#``, else after the last ``/`` or ``:``."""
    if "#" in iri:
        return iri[iri.rfind("#") + 1 :]
    return iri[max(iri.rfind("/"), iri.rfind(":")) + 1 :]
