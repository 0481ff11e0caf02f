"""The statements of a CIMTool profile, read as what OWL means by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.readers.cimtool_terms import (
    COMMENT,
    FIRST,
    LABEL,
    NIL,
    ON_PROPERTY,
    READ,
    REST,
    RESTRICTION,
    STEREOTYPE,
    SUB_CLASS,
    VOCABULARIES,
)
from cimforge.readers.presumed import local_name
from cimforge.readers.rdfs_graph import BLANK, IRI, STAND_IN, Graph, Subject, Term
from cimforge.readers.source import RawSource

MOST_DIGITS = 9
"""Digits of a cardinality."""


class Statements:
    """Access to one graph that remembers what was read, so that the rest can be counted."""

    def __init__(self, source: RawSource, graph: Graph, report: Report) -> None:
        self._file = source.path
        self.subjects = graph.subjects
        self._report = report
        self._read: dict[str, None] = {}
        self.notes: Counter[str] = Counter()

    def subject(self, key: str) -> Subject | None:
        """What is said of ``key``; it then counts as read."""
        self._read[key] = None
        return self.subjects.get(key)

    def at(self, subject: Subject, pointer: str = "") -> Location:
        """The place of ``subject``, pointing to ``pointer`` or, if it has one, to its IRI."""
        iri = pointer or ("" if subject.is_blank else subject.iri)
        return Location(file=self._file, line=subject.line, pointer=iri.removeprefix(STAND_IN))

    def add(self, code: str, subject: Subject, **facts: str | int) -> None:
        """Report ``code`` at ``subject``."""
        element = None if subject.is_blank else ElementId(subject.iri)
        self._report.add(code, at=self.at(subject), element=element, related=(), **facts)

    def nodes(self, subject: Subject, predicate: str) -> tuple[str, ...]:
        """The resources that are objects of ``predicate``, each once, in the order of the file."""
        found = subject.said.get(predicate)
        if found is None:
            return ()
        if len(found) == 1 and found[0][1] in (IRI, BLANK):
            return (found[0][0],)
        literals = [t for t in found if t[1] not in (IRI, BLANK)]
        if literals:
            self.notes[f"{predicate} with a text"] += len(literals)
        return tuple(dict.fromkeys(value for value, kind in found if kind in (IRI, BLANK)))

    def text(self, subject: Subject, predicate: str) -> str:
        """The text of ``predicate``: of several the English one, or that without a language, or the first."""
        if predicate not in subject.said:
            return ""
        found = [t for t in subject.said[predicate] if t[1] not in (IRI, BLANK)]
        if not found:
            return ""
        best = min(found, key=_language_rank)
        if len(found) > 1:
            self.notes[f"{predicate} beside another"] += len(found) - 1
        return best[0].strip()

    def label(self, subject: Subject) -> str:
        """Its label, else the last part of its IRI; empty for a blank node without label."""
        return self.text(subject, LABEL) or ("" if subject.is_blank else local_name(subject.iri))

    def note(self, subject: Subject) -> str:
        """Its comment, with plain line ends."""
        return self.text(subject, COMMENT).replace("\r\n", "\n").replace("\r", "\n")

    def stereotypes(self, subject: Subject) -> tuple[str, ...]:
        """The stereotypes, each by the last part of its IRI or by its text."""
        found = subject.said.get(STEREOTYPE)
        if found is None:
            return ()
        if len(found) == 1 and found[0][1] == IRI:
            return (local_name(found[0][0]),)
        names = [
            local_name(value) if kind == IRI else value.strip() for value, kind in found if kind != BLANK
        ]
        return tuple(sorted(dict.fromkeys(n for n in names if n), key=lambda n: (n.casefold(), n)))

    def items(self, subject: Subject, predicate: str) -> tuple[str, ...]:
        """The members of the lists that ``predicate`` leads to.

        A list that does not end in ``rdf:nil``, or goes in a circle, is reported (CIM351); what was found of
        it stands. A cell without ``rdf:first`` is no member: CIMTool leaves such where it took one out.
        """
        found: dict[str, None] = {}
        for head in self.nodes(subject, predicate):
            seen: set[str] = set()
            cell = head
            while cell != NIL:
                here = self.subject(cell)
                following = self.nodes(here, REST) if here is not None else ()
                if here is None or cell in seen or len(following) != 1:
                    what = "goes in a circle" if cell in seen else "does not end in rdf:nil"
                    name = self.label(subject) or "an anonymous class"
                    self.add("CIM351", here or subject, list=f"{local_name(predicate)} of {name}", what=what)
                    if here is not None and cell not in seen:
                        found.update(dict.fromkeys(self.nodes(here, FIRST)))
                    break
                seen.add(cell)
                found.update(dict.fromkeys(self.nodes(here, FIRST)))
                cell = following[0]
        return tuple(found)

    def cardinality(self, subject: Subject, predicate: str, name: str) -> int | None:
        """The number that ``predicate`` states of ``name``; None if none, or, reported, none that is one.

        Of several numbers the first stands: CIMTool writes one a restriction.
        """
        for value, kind in subject.said.get(predicate, ()):
            text = value.strip()
            if kind in (IRI, BLANK) or not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
                self.add("CIM353", subject, name=name, predicate=local_name(predicate), text=value)
                return None
            return int(text)
        return None

    def restrictions(self, subject: Subject, name: str) -> Iterator[tuple[str, Subject]]:
        """The property and the node of every restriction on ``subject``.

        One that names no property is reported (CIM352) and left out; superclasses that are no restriction
        and of which nothing else is said are counted.
        """
        for key in self.nodes(subject, SUB_CLASS):
            if not key.startswith("_:"):
                continue
            node = self.subject(key)
            if node is None or not node.said:
                self.notes["rdfs:subClassOf a node of which nothing is said"] += 1
                continue
            properties = self.nodes(node, ON_PROPERTY)
            if len(properties) == 1 and not properties[0].startswith("_:"):
                yield properties[0], node
            elif RESTRICTION in node.types or ON_PROPERTY in node.said:
                self.add("CIM352", node, name=name)
            else:
                self.notes["rdfs:subClassOf an anonymous class"] += 1

    def count_the_rest(self) -> None:
        """Count what was not read: predicates of what was, and subjects, by type, that nothing led to."""
        for key, subject in self.subjects.items():
            if key in self._read:
                for predicate, terms in subject.said.items():
                    if predicate not in READ:
                        self.notes[predicate] += len(terms)
            elif key.startswith(VOCABULARIES):
                continue  # CIMTool declares owl:Thing and msg:Message
            elif REST in subject.said or FIRST in subject.said:
                self.notes["rdf:List that nothing leads to"] += 1
            else:
                types = subject.types
                untyped = "untyped node" if subject.is_blank else "untyped resource"
                what = types[0] if types else untyped
                self.notes[f"{what} that nothing leads to" if subject.is_blank else what] += 1


def _language_rank(term: Term) -> tuple[bool, bool]:
    return not term[1].startswith("@en"), term[1].startswith("@")
