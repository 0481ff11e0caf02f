"""TriX (triples in XML) to a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import BLANK, IRI, PLAIN, Graph, Subject, Term, literal
from cimforge.readers.rdfs_references import ABSOLUTE, IN_NO_IRI, LANG
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "{http://www.w3.org/2004/03/trix/trix-1/}"


class _Refused(Exception):
    """The document is no TriX; the report says why."""


def trix_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph that the document states; None after an error (CIM130, CIM132)."""
    try:
        return _Walk(source, report).graph(tree.getroot())
    except _Refused:
        return None


class _Walk:
    def __init__(self, source: RawSource, report: Report) -> None:
        self._source = source
        self._report = report
        self._blanks: dict[str, str] = {}
        self._unbased: tuple[str, int | None] | None = None

    def graph(self, root: etree._Element) -> Graph:
        subjects: dict[str, Subject] = {}
        named: set[str] = set()
        for graph in self._children(root, "graph"):
            children = self._children(graph, "uri", "id", "triple")
            names = [c.text or "" for c in children if c.tag != NAMESPACE + "triple"]
            triples = [c for c in children if c.tag == NAMESPACE + "triple"]
            if triples:
                named.update(names)
            for child in triples:
                terms = [
                    self._term(c) for c in self._children(child, "uri", "id", "plainLiteral", "typedLiteral")
                ]
                if len(terms) != 3 or terms[0][1] not in (IRI, BLANK) or terms[1][1] != IRI:
                    self._refuse(child, "a triple is a resource, a URI and a term")
                (key, _), (predicate, _), term = terms
                subject = subjects.get(key)
                if subject is None:
                    subject = subjects[key] = Subject(key)
                    subject.lines.append(child.sourceline or 0)
                subject.say(predicate, (term,))
        return Graph(subjects=subjects, unbased=self._unbased, graphs=len(named))

    def _children(self, element: etree._Element, *names: str) -> list[etree._Element]:
        for child in element:
            if str(child.tag).removeprefix(NAMESPACE) not in names:
                self._refuse(child, f"the element {str(child.tag).removeprefix(NAMESPACE)} has no place here")
        return list(element)

    def _term(self, element: etree._Element) -> Term:
        text = element.text or ""
        match str(element.tag).removeprefix(NAMESPACE):
            case "uri":
                return (self._iri(text.strip(), element), IRI)
            case "id":
                label = text.strip()
                return (self._blanks.setdefault(label, f"_:b{len(self._blanks) + 1}"), BLANK)
            case "typedLiteral":
                return literal(text, None, self._iri(element.get("datatype", ""), element))
        language = element.get(LANG)
        return (text, f"@{language.lower()}" if language else PLAIN)

    def _iri(self, value: str, element: etree._Element) -> str:
        bad = IN_NO_IRI.search(value)
        if bad is not None:
            at = Location(file=self._source.path, line=element.sourceline)
            self._report.add("CIM132", at=at, iri=value, character=ascii(bad[0])[1:-1])
            raise _Refused
        if self._unbased is None and not ABSOLUTE.match(value):
            self._unbased = (value, element.sourceline)
        return value

    def _refuse(self, element: etree._Element, reason: str) -> NoReturn:
        at = Location(file=self._source.path, line=element.sourceline)
        self._report.add("CIM130", at=at, format="TriX", reason=reason)
        raise _Refused
