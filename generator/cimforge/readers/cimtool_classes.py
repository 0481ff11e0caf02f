"""The named classes of a CIMTool profile: their names, what they are based on and what they extend."""

from __future__ import annotations

import itertools

from cimforge.ir.value import Struct
from cimforge.readers.cimtool_graph import Statements
from cimforge.readers.cimtool_terms import ENVELOPE, OWL_CLASS, SUB_CLASS, VOCABULARIES
from cimforge.readers.rdfs_graph import Subject


class NamedClass(Struct, frozen=True, kw_only=True):
    """One profile class that has an IRI."""

    subject: Subject
    name: str
    """Its label, else the last part of its IRI: unique in the profile."""
    base: str
    """URI of the class of the information model."""
    supers: tuple[str, ...]
    """IRIs of the profile classes that it extends, sorted."""


class NamedClasses:
    """All of them by IRI, and the envelopes beside them.

    A class is the profile's if the file says that it is a class; what its superclasses name beyond those is
    the information model. Reported and left out: a class whose name another has (CIM355), one without a class
    of the information model (CIM358). A circle of superclasses is reported (CIM356) and cut; several classes
    of the information model are reported (CIM359), and the one of its own name stands, else the first.
    """

    def __init__(self, graph: Statements) -> None:
        self._graph = graph
        self.envelopes: list[Subject] = []
        """Subclasses of ``msg:Message``."""
        declared = {s.iri: s for s in graph.subjects.values() if _is_declared(s)}
        self._supers = {iri: self._local(s, declared) for iri, s in declared.items()}
        self._cut_circles(declared)
        self.by_iri: dict[str, NamedClass] = {}
        self.by_name: dict[str, NamedClass] = {}
        for iri in sorted(declared):
            subject = declared[iri]
            graph.subject(iri)
            if ENVELOPE in graph.nodes(subject, SUB_CLASS):
                self.envelopes.append(subject)
                continue
            named = self._named(subject)
            if named is None:
                continue
            twin = self.by_name.setdefault(named.name, named)
            if twin is not named:
                graph.add("CIM355", subject, name=named.name, first=twin.subject.iri)
                continue
            self.by_iri[iri] = named

    def _named(self, subject: Subject) -> NamedClass | None:
        name = self._graph.label(subject)
        bases = self.bases(subject)
        base = self.chosen_base(subject, name, bases)
        if base:
            supers = tuple(sorted(self._supers[subject.iri]))
            return NamedClass(subject=subject, name=name, base=base, supers=supers)
        if not self._supers[subject.iri] and len(subject.said) == 1:
            self._graph.notes["owl:Class of which nothing more is said"] += 1
        else:
            self._graph.add("CIM358", subject, name=name)
        return None

    def bases(self, subject: Subject) -> tuple[str, ...]:
        """The superclasses of a class, named or not, that the file does not describe as classes."""
        return tuple(
            iri
            for iri in self._graph.nodes(subject, SUB_CLASS)
            if not iri.startswith("_:") and iri not in self._supers and not iri.startswith(VOCABULARIES)
        )

    def chosen_base(self, subject: Subject, name: str, bases: tuple[str, ...]) -> str:
        """The one of ``bases`` that ``subject`` is based on; empty if there is none."""
        if len(bases) < 2:
            return bases[0] if bases else ""
        chosen = min(bases, key=lambda uri: (not uri.endswith(f"#{name}"), uri))
        self._graph.add("CIM359", subject, name=name, chosen=chosen, bases=", ".join(sorted(bases)))
        return chosen

    def _local(self, subject: Subject, declared: dict[str, Subject]) -> list[str]:
        """The profile classes that ``subject`` extends; CIMTool may leave one that extends itself."""
        found = [iri for iri in self._graph.nodes(subject, SUB_CLASS) if iri in declared]
        if subject.iri in found:
            self._graph.notes["rdfs:subClassOf the class itself"] += 1
            found.remove(subject.iri)
        return found

    def _cut_circles(self, declared: dict[str, Subject]) -> None:
        """Report every circle of superclasses (CIM356), and take its steps out."""
        open_ = {
            iri: [s for s in supers if s in self._supers] for iri, supers in self._supers.items() if supers
        }
        users: dict[str, list[str]] = {}
        for iri, supers in open_.items():
            for base in supers:
                users.setdefault(base, []).append(iri)
        done = [iri for iri in self._supers if iri not in open_]
        while True:
            while done:
                settled = done.pop()
                for user in users.get(settled, ()):
                    if user in open_ and settled in open_[user]:
                        open_[user].remove(settled)
                        if not open_[user]:
                            del open_[user]
                            done.append(user)
            if not open_:
                return
            chain = [min(open_)]
            while chain.count(chain[-1]) == 1:
                chain.append(min(open_[chain[-1]]))
            circle = chain[chain.index(chain[-1]) :]
            names = " -> ".join(self._graph.label(declared[iri]) for iri in circle)
            self._graph.add("CIM356", declared[circle[0]], cycle=names)
            for iri, base in itertools.pairwise(circle):
                self._supers[iri].remove(base)
                open_[iri].remove(base)
                if not open_[iri]:
                    del open_[iri]
                    done.append(iri)


def _is_declared(subject: Subject) -> bool:
    if subject.is_blank or subject.iri.startswith(VOCABULARIES):
        return False
    types = subject.types
    return OWL_CLASS in types or (not types and SUB_CLASS in subject.said)
