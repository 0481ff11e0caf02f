"""Properties of an OWL model in the terms of RDFS profiles: bounds, ranges, and what restricts values."""

from __future__ import annotations

from collections import Counter

from cimforge.readers.owl_terms import (
    EXACT,
    FILLERS,
    FUNCTIONAL,
    INVERSE_FUNCTIONAL,
    MAX,
    MIN,
    ON_DATATYPE,
    ON_PROPERTY,
    ONE_OF,
    UML_SPACES,
    WITH_RESTRICTIONS,
    blanks,
    taken,
)
from cimforge.readers.rdfs_graph import BLANK, IRI, PLAIN, RDF_TYPE, XSD, Subject, fragment
from cimforge.readers.rdfs_terms import DOMAIN, MULTIPLICITY, OWL_INVERSE, PROPERTIES, RANGE

Restrictions = dict[str, list[tuple[str, Subject]]]
"""By property: each class that restricts it, and the ``owl:Restriction``."""


class Properties:
    """The renaming of the properties of one graph; `facets` and `notes` grow with it."""

    def __init__(self, subjects: dict[str, Subject], restrictions: Restrictions, notes: Counter[str]) -> None:
        self._subjects = subjects
        self._restrictions = restrictions
        self.notes = notes
        self.facets: dict[str, tuple[tuple[str, str], ...]] = {}
        """Facets of the values of a property, by its IRI."""

    def rename(self, subject: Subject) -> None:
        """State bounds and range of a property as RDFS profiles do.

        Bounds are those of the restrictions that the class of the property makes, else of ``uml:`` terms; a
        functional property, or one whose inverse is inverse-functional, has at most one value.
        """
        said = subject.said
        restrictions = self._restrictions.get(subject.iri, [])
        if DOMAIN not in said and len({owner for owner, _ in restrictions}) == 1:
            said[DOMAIN] = ((restrictions[0][0], IRI),)
        domain = said.get(DOMAIN, ((("", IRI)),))[0][0]
        lower, upper = self._stated(subject, "hasMinCardinality"), self._stated(subject, "hasMaxCardinality")
        for owner, node in restrictions:
            if owner != domain:
                self.notes["owl:Restriction of a property of another class"] += 1
                continue
            exact = _number(node, EXACT)
            lower = exact or _number(node, MIN) or lower
            upper = exact or _number(node, MAX) or upper
            fillers = [p for p in FILLERS if p in node.said]
            if fillers and RANGE not in said:
                said[RANGE] = node.said[fillers[0]]
            for predicate in node.said:
                if predicate not in (RDF_TYPE, ON_PROPERTY, *EXACT, *MIN, *MAX, *fillers[:1]):
                    self.notes[f"owl:Restriction with {fragment(predicate)}"] += 1
        if not upper and self._is_functional(subject):
            upper = "1"
        if MULTIPLICITY not in said and (lower or upper):
            said[MULTIPLICITY] = ((f"{lower or 0}..{upper or '*'}", PLAIN),)
        for type_ in subject.types:
            if type_ not in PROPERTIES and type_ not in (FUNCTIONAL, INVERSE_FUNCTIONAL):
                self.notes[f"{RDF_TYPE} {type_}"] += 1
        self._rename_range(subject)

    def _is_functional(self, subject: Subject) -> bool:
        if FUNCTIONAL in subject.types:
            return True
        mates = (self._subjects.get(v) for v, _ in subject.said.get(OWL_INVERSE, ()))
        return any(mate is not None and INVERSE_FUNCTIONAL in mate.types for mate in mates)

    def _rename_range(self, subject: Subject) -> None:
        """A data range written in place: its base type, and what it restricts of it."""
        for node in blanks(self._subjects, subject, RANGE):
            base = node.said.get(ON_DATATYPE)
            facets: list[tuple[str, str]] = []
            for cell, _ in taken(self._subjects, node, WITH_RESTRICTIONS):
                facet = self._subjects.pop(cell, None)
                facets += [(fragment(p), v) for p, v, _ in facet.statements()] if facet else []
            values = [v for v, kind in taken(self._subjects, node, ONE_OF) if kind not in (IRI, BLANK)]
            facets += [("enumeration", v) for v in values]
            if base or values:
                subject.said[RANGE] = base or ((XSD + "string", IRI),)
                self.facets[subject.iri] = tuple(facets)
                self._subjects.pop(node.iri, None)

    def _stated(self, subject: Subject, term: str) -> str:
        found = [subject.said.pop(space + term) for space in UML_SPACES if space + term in subject.said]
        return found[0][0][0].strip() if found else ""


def _number(node: Subject, predicates: tuple[str, ...]) -> str:
    return next((node.said[p][0][0].strip() for p in predicates if p in node.said), "")
