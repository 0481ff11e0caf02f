"""Statements of one file by subject, in the order of the file: what every RDF serialisation becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cimforge.ir.value import Struct

if TYPE_CHECKING:
    from pyoxigraph import Quad

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SHAPES = "http://www.w3.org/ns/shacl#"

RDF_TYPE = RDF + "type"
XML_LITERAL = RDF + "XMLLiteral"

IRI = "iri"
BLANK = "blank"
PLAIN = ""
XML = "xml"
"""Kinds of object. A literal's kind is `PLAIN` (``xsd:string`` too), ``@`` and its language, ``^^`` and its
datatype, or `XML`, whose value is the text that its markup holds."""

STAND_IN_ROOT = "http://base.invalid/"
STAND_IN = STAND_IN_ROOT + "none"
"""What relative references are resolved against in a file that declares no base, until that is reported."""

Term = tuple[str, str]
"""An object: its value and its kind."""
Said = dict[str, Sequence[Term]]
"""What is said of one subject: objects by predicate, each in the order of the file."""


class Subject:
    """One subject of a file."""

    __slots__ = ("_before", "iri", "lines", "said")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        """Absolute; a blank node's begins with ``_:``."""
        self.lines: list[int] = []
        """Where its descriptions begin, as far as known."""
        self.said: Said = {}
        self._before: tuple[dict[str, int], ...] = ()

    def begin(self, line: int) -> None:
        """Note that a description begins at ``line``; what is said next belongs to it."""
        if self.lines and len(self._before) < 100:
            lengths = {predicate: len(terms) for predicate, terms in self.said.items()}
            self._before = (*self._before, lengths)
        self.lines.append(line)

    def say(self, predicate: str, terms: tuple[Term, ...]) -> None:
        """Add statements, in time that does not grow with those already there."""
        known = self.said.get(predicate)
        if known is None:
            self.said[predicate] = terms
        elif isinstance(known, list):
            known.extend(terms)
        else:
            self.said[predicate] = [*known, *terms]

    def line_of(self, predicate: str, index: int) -> int | None:
        """Where the description begins that holds the object of ``predicate`` at ``index``, if known.

        In Turtle it is not known which statement stands in which description; then the objects are taken to
        stand in one each.
        """
        if self.lines and not self._before:
            return self.lines[min(index, len(self.lines) - 1)]
        description = sum(before.get(predicate, 0) <= index for before in self._before)
        return self.lines[description] if self.lines else None

    @property
    def line(self) -> int | None:
        """Where its first description begins, if known."""
        return self.lines[0] if self.lines else None

    @property
    def is_blank(self) -> bool:
        """Whether it has no IRI."""
        return self.iri.startswith("_:")

    @property
    def types(self) -> list[str]:
        """The IRIs of its types."""
        return [value for value, _ in self.said.get(RDF_TYPE, ())]

    def statements(self) -> Iterator[tuple[str, str, str]]:
        """Predicate, object and kind of every statement."""
        return ((p, value, kind) for p, terms in self.said.items() for value, kind in terms)


class Graph(Struct, frozen=True, kw_only=True):
    """All that a file states."""

    subjects: dict[str, Subject]
    """By IRI, in order of appearance."""
    unbased: tuple[str, int | None] | None = None
    """The first relative reference and its line, in a file without a base."""
    graphs: int = 0
    """How many named graphs hold its statements, which stand here together."""
    notes: tuple[tuple[str, int], ...] = ()
    """Statements that are not asserted, or not RDF 1.1, counted by kind."""


class Streamed(Struct, frozen=True, kw_only=True):
    """What came out of a stream of pyoxigraph."""

    subjects: dict[str, Subject]
    relative: str | None
    """The first reference that was resolved against `STAND_IN`."""
    graphs: int
    notes: tuple[tuple[str, int], ...]


def from_oxigraph(quads: Iterable[Quad], *, has_formulae: bool = False) -> Streamed:
    """The subjects that pyoxigraph streams, whatever graph their statements stand in.

    Blank nodes are numbered in order of appearance. Statements about statements (RDF 1.2) are counted, not
    kept; so are the formulae of N3 where ``has_formulae``.

    Raises:
        SyntaxError: what pyoxigraph cannot read, with ``lineno``.
        MemoryError: a text beyond pyoxigraph's limit.
    """
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

    graphs: set[str] = set()
    notes: Counter[str] = Counter()
    subjects: dict[str, Subject] = {}
    numbers: dict[str, str] = {}

    def blank(label: str) -> str:
        return numbers.setdefault(label, f"_:b{len(numbers) + 1}")

    terms: dict[str, tuple[Term, ...]] = {}
    relative: str | None = None
    subject = Subject("")
    for quad in quads:
        node, term, graph = quad.subject, quad.object, quad.graph_name
        if type(graph) is not DefaultGraph:
            if has_formulae:
                notes["statement in an N3 formula"] += 1
                continue
            graphs.add(str(graph))
        key = node.value if type(node) is NamedNode else blank(str(node))
        if key != subject.iri:
            known = subjects.get(key)
            if known is None:
                known = subjects[key] = Subject(key)
                if key.startswith(STAND_IN_ROOT):
                    relative = relative or key
            subject = known
        said = subject.said
        if type(term) is NamedNode:
            value = term.value
            found = terms.get(value)
            if found is None:
                found = terms[value] = ((value, IRI),)
                if value.startswith(STAND_IN_ROOT):
                    relative = relative or value
        elif type(term) is Literal:
            found = (literal(term.value, term.language, term.datatype.value),)
        elif type(term) is BlankNode:
            found = ((blank(str(term)), BLANK),)
        else:
            notes["statement about a statement"] += 1
            continue
        predicate = quad.predicate.value
        if predicate in said:
            subject.say(predicate, found)
        else:
            said[predicate] = found
    if relative is not None:
        relative = relative.removeprefix(STAND_IN).removeprefix(STAND_IN_ROOT)
    return Streamed(
        subjects=subjects, relative=relative, graphs=len(graphs), notes=tuple(sorted(notes.items()))
    )


def literal(value: str, language: str | None, datatype: str) -> Term:
    """Value and kind of a literal."""
    if language:
        return value, "@" + language.lower()
    if datatype == XML_LITERAL:
        if "<" in value or "&" in value:
            from cimforge.readers.strict_xml import markup_text

            value = markup_text(value)
        return value, XML
    return value, PLAIN if datatype in ("", XSD + "string") else "^^" + datatype


def fragment(iri: str) -> str:
    """The local part of an IRI: after ``#``, else after the last ``/`` or ``:``."""
    at = iri.rfind("#")
    return iri[at + 1 :] if at >= 0 else iri[max(iri.rfind("/"), iri.rfind(":")) + 1 :]
