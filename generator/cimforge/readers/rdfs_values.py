"""What is said of one subject, read as names, texts, values and references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.rdfs_graph import BLANK, IRI, PLAIN, SHAPES, Graph, Said, Subject, Term, fragment
from cimforge.readers.rdfs_terms import COMMENT, KNOWN, LABEL, LITERAL, MULTIPLICITY, STEREOTYPE
from cimforge.readers.source import RawSource


class Values:
    """The reading of statements in one file. Equal references and stereotypes are one object."""

    def __init__(self, source: RawSource, graph: Graph, report: Report) -> None:
        self._file = source.path
        self._subjects = graph.subjects
        self._report = report
        self._refs: dict[Term, Ref] = {}
        self._stereotypes: dict[tuple[Term, ...], tuple[str, ...]] = {}
        self._multiplicities: dict[Term, str] = {}
        self.notes: Counter[str] = Counter()
        """What was seen and has no place in facts."""
        self.used_blanks: set[str] = set()
        """Blank nodes whose content was read as a value."""

    def at(self, subject: Subject) -> Location:
        """The place of ``subject``."""
        lines = subject.lines
        return Location(file=self._file, line=lines[0] if lines else None, pointer=subject.iri)

    def add(self, code: str, subject: Subject, **facts: str | int) -> None:
        """Report ``code`` at ``subject``."""
        self._report.add(code, at=self.at(subject), element=ElementId(subject.iri), related=(), **facts)

    def one(self, subject: Subject, predicate: str) -> Term | None:
        """The one object of ``predicate``; of texts in several languages the English one, or the first.

        Two different objects are reported (CIM133), and the first is the result.
        """
        found = subject.said.get(predicate)
        if found is None:
            return None
        return found[0] if len(found) == 1 else self._chosen(subject, predicate, found)

    def _chosen(self, subject: Subject, predicate: str, found: Sequence[Term]) -> Term:
        distinct = list(dict.fromkeys(found))
        if predicate in (LABEL, COMMENT):
            best = min(distinct, key=lambda o: (not o[1].startswith("@en"), o[1].startswith("@")))
            for other in distinct:
                if other[1].startswith("@") and other[1] != best[1]:
                    self.notes[predicate + other[1]] += 1
            distinct = [best, *(o for o in distinct if o[1] == best[1] or not o[1].startswith("@"))]
            distinct = list({o[0]: o for o in distinct}.values())
        if len(distinct) > 1:
            first, second = (subject.line_of(predicate, found.index(term)) for term in distinct[:2])
            self._report.add(
                "CIM133",
                at=Location(file=self._file, line=second, pointer=subject.iri),
                element=ElementId(subject.iri),
                related=(Location(file=self._file, line=first, pointer=subject.iri),),
                name=fragment(subject.iri) or subject.iri,
                predicate=fragment(predicate),
                first=shown(distinct[0][0]),
                second=shown(distinct[1][0]),
            )
        return distinct[0]

    def name(self, subject: Subject, otherwise: str) -> str:
        """The label, without blanks around it; ``otherwise`` where there is none. Empty is CIM137."""
        name = self.text(subject, LABEL).strip() if LABEL in subject.said else otherwise
        if not name:
            self.add("CIM137", subject, iri=subject.iri)
        return name

    def text(self, subject: Subject, predicate: str) -> str:
        """A text; empty where there is none, or no literal."""
        terms = subject.said.get(predicate)
        if terms is None:
            return ""
        found = terms[0] if len(terms) == 1 else self._chosen(subject, predicate, terms)
        if found[1] in (IRI, BLANK):
            self.notes[predicate] += 1
            return ""
        return found[0]

    def value(self, subject: Subject, predicate: str) -> str | None:
        """A value written as a literal, as a resource (its last name), or as ``rdfs:Literal`` of a node."""
        if predicate not in subject.said:
            return None
        value, kind = self.one(subject, predicate) or ("", PLAIN)
        if kind == IRI:
            local = fragment(value)
            return local[local.rfind(".") + 1 :]
        if kind != BLANK:
            return value
        node = self._subjects.get(value)
        held = node.said.get(LITERAL) if node else None
        if not held:
            self.notes[predicate + " (blank node)"] += 1
            return None
        self.used_blanks.add(value)
        return held[0][0]

    def multiplicity(self, subject: Subject) -> str:
        """The text after ``M:``, of a resource or a literal; empty where there is none."""
        found = self.one(subject, MULTIPLICITY)
        if found is None:
            return ""
        text = self._multiplicities.get(found)
        if text is None:
            text = fragment(found[0]) if found[1] == IRI and "#" in found[0] else found[0]
            text = self._multiplicities[found] = text.strip().removeprefix("M:")
        return text

    def ref(self, subject: Subject, predicate: str) -> Ref | None:
        """The one reference; None where there is none, or a text in its place (CIM142)."""
        terms = subject.said.get(predicate)
        if terms is None:
            return None
        found = terms[0] if len(terms) == 1 else self._chosen(subject, predicate, terms)
        return self._refs.get(found) or self._ref(subject, predicate, found)

    def refs(self, subject: Subject, predicate: str) -> tuple[Ref, ...]:
        """All references, each once."""
        terms = subject.said.get(predicate)
        if terms is None:
            return ()
        refs = (self._ref(subject, predicate, term) for term in dict.fromkeys(terms))
        return tuple(r for r in refs if r is not None)

    def _ref(self, subject: Subject, predicate: str, term: Term) -> Ref | None:
        value, kind = term
        if kind == IRI:
            ref = self._refs[term] = Ref(by="uri", value=value)
            return ref
        if kind == BLANK:
            self.notes[predicate + " (blank node)"] += 1
        else:
            name = fragment(subject.iri)
            self.add("CIM142", subject, name=name, predicate=fragment(predicate), value=shown(value))
        return None

    def stereotypes(self, said: Said) -> tuple[str, ...]:
        """Texts as found, resources by their fragment; each once."""
        if STEREOTYPE not in said:
            return ()
        terms = tuple(said[STEREOTYPE])
        known = self._stereotypes.get(terms)
        if known is None:
            found = [(fragment(v) if kind == IRI else v).strip() for v, kind in terms if kind != BLANK]
            if len(found) < len(terms):
                self.notes[STEREOTYPE + " (blank node)"] += len(terms) - len(found)
            known = self._stereotypes[terms] = tuple(dict.fromkeys(s for s in found if s))
        return known

    def tags(self, said: Said) -> tuple[tuple[str, str], ...]:
        """Statements of other vocabularies, by predicate; those about blank nodes are counted."""
        if KNOWN.issuperset(said):
            return ()
        tags = []
        for predicate, terms in said.items():
            if predicate not in KNOWN and not predicate.startswith(SHAPES):
                for value, kind in terms:
                    if kind == BLANK:
                        self.notes[predicate + " (blank node)"] += 1
                    else:
                        tags.append((predicate, value))
        return tuple(tags)


def shown(value: str) -> str:
    """A value as a message shows it: the whole, if short."""
    line = " ".join(value.split())
    return line if len(line) <= 80 else line[:77] + "…"
