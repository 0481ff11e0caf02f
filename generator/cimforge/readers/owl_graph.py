"""An OWL model in the terms of RDFS profiles: the same graph, its statements renamed.

Sources: OWL 2 Structural Specification; files by the committee draft of IEC 61970-501 ed. 2 (flags in the
profile's own namespace, ``skos:definition``, ``owl:oneOf``); CIMTool's schema export (``uml:`` terms).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from cimforge.readers.owl_terms import (
    ANNOTATION,
    DEFINITION,
    DEPRECATED,
    EQUIVALENT,
    EXACT,
    FILLERS,
    FIRST,
    FLAGS,
    FUNCTIONAL,
    INVERSE_FUNCTIONAL,
    MAX,
    MIN,
    NAMED_INDIVIDUAL,
    NIL,
    ON_DATATYPE,
    ON_PROPERTY,
    ONE_OF,
    REST,
    THING,
    UML_SPACES,
    VALUE,
    WITH_RESTRICTIONS,
)
from cimforge.readers.rdfs_graph import BLANK, IRI, OWL, PLAIN, RDF_TYPE, XSD, Graph, Subject, Term, fragment
from cimforge.readers.rdfs_terms import (
    CATEGORY,
    CLASSES,
    COMMENT,
    DATA_TYPE,
    DEFAULT,
    DOMAIN,
    FIXED,
    LABEL,
    MULTIPLICITY,
    OWL_INVERSE,
    PACKAGE,
    PROPERTIES,
    RANGE,
    STEREOTYPE,
    SUB_CLASS,
)

_PROPERTY = min(PROPERTIES)


class Owl:
    """The renaming of one graph; what RDFS cannot say is afterwards in the attributes."""

    def __init__(self, graph: Graph) -> None:
        self._subjects = graph.subjects
        self.notes: Counter[str] = Counter()
        """What was seen and has no place in the model."""
        self.literals: dict[str, int] = {}
        """The place of each literal in its ``owl:oneOf``."""
        self.facets: dict[str, tuple[tuple[str, str], ...]] = {}
        """Facets of the values of a property, by its IRI."""
        self.abstract: dict[str, bool] = {}
        """Whether each class is abstract, in files that flag it."""
        self.ids: dict[str, str] = {}
        """The id that a UML tool gave each element, as found."""
        self._restrictions: dict[str, list[tuple[str, Subject]]] = defaultdict(list)

    def rename(self) -> Graph:
        """The graph in terms of RDFS, without the subjects that only serve OWL."""
        for subject in list(self._subjects.values()):
            if self._is_vocabulary(subject):
                del self._subjects[subject.iri]
                self.notes["term of a modelling vocabulary"] += 1
                continue
            self._rename_uml(subject)
            self._rename_flags(subject)
            if DEFINITION in subject.said and COMMENT not in subject.said:
                subject.said[COMMENT] = subject.said.pop(DEFINITION)
            if _is_true(_texts(subject, DEPRECATED)):
                del subject.said[DEPRECATED]
                subject.say(STEREOTYPE, (("deprecated", PLAIN),))
        for subject in list(self._subjects.values()):
            if any(t in CLASSES for t in subject.types) and not subject.is_blank:
                self._rename_class(subject)
        for subject in list(self._subjects.values()):
            if not PROPERTIES.isdisjoint(subject.types):
                self._rename_property(subject)
        return Graph(subjects=self._subjects)

    def _is_vocabulary(self, subject: Subject) -> bool:
        return subject.iri.startswith((*UML_SPACES, OWL)) or ANNOTATION in subject.types

    def _rename_uml(self, subject: Subject) -> None:
        said = subject.said
        for space in UML_SPACES:
            types = [(PACKAGE if v == f"{space}Package" else v, k) for v, k in said.get(RDF_TYPE, ())]
            if types:
                said[RDF_TYPE] = types
            for term, standard in (("hasStereotype", STEREOTYPE), ("hasInitialValue", DEFAULT)):
                if space + term in said:
                    subject.say(standard, tuple(said.pop(space + term)))
            if space + "id" in said:
                self.ids[subject.iri] = said.pop(space + "id")[0][0]
        is_named = PACKAGE in subject.types or any(t in CLASSES for t in subject.types)
        homes = said.get(_IS_DEFINED_BY, ())
        if homes and all(self._is_package(v) for v, _ in homes):
            del said[_IS_DEFINED_BY]
            if is_named:
                said[CATEGORY] = homes
            else:
                self.notes["package of a member"] += 1

    def _is_package(self, iri: str) -> bool:
        home = self._subjects.get(iri)
        spaces = tuple(f"{space}Package" for space in UML_SPACES)
        return home is not None and any(t == PACKAGE or t in spaces for t in home.types)

    def _rename_flags(self, subject: Subject) -> None:
        """Flags of IEC 61970-501 ed. 2: terms of any namespace, known by their local names."""
        said = subject.said
        for predicate in list(said):
            local = fragment(predicate)
            texts = _texts(subject, predicate)
            if local in FLAGS:
                del said[predicate]
                if _is_true(texts):
                    subject.say(STEREOTYPE, ((FLAGS[local], PLAIN),))
            elif local == "isAbstract":
                del said[predicate]
                self.abstract[subject.iri] = _is_true(texts)
            elif local == "isFixed" and VALUE in said and _is_true(texts):
                del said[predicate]
                said[FIXED] = said.pop(VALUE)
            elif local == "Package" and texts and texts[0]:
                del said[predicate]
                iri = predicate[: -len(local)] + texts[0]
                said[CATEGORY] = ((iri, IRI),)
                if iri not in self._subjects:
                    self._subjects[iri] = home = Subject(iri)
                    home.said[RDF_TYPE] = ((PACKAGE, IRI),)

    def _rename_class(self, subject: Subject) -> None:
        said = subject.said
        supers = []
        for term in said.get(SUB_CLASS, ()):
            node = self._subjects.get(term[0]) if term[1] == BLANK else None
            if node is not None and ON_PROPERTY in node.said:
                self._restrictions[node.said[ON_PROPERTY][0][0]].append((subject.iri, node))
                del self._subjects[node.iri]
            elif term[0] != THING:
                supers.append(term)
        values: list[Term] = []
        values += self._list(subject, ONE_OF)
        for node in self._blanks(subject, EQUIVALENT):
            if ONE_OF in node.said:
                values += self._list(node, ONE_OF)
                del self._subjects[node.iri]
                said[EQUIVALENT] = [t for t in said[EQUIVALENT] if t[0] != node.iri]
        if values:
            self._rename_enumeration(subject, values)
            supers = [t for t in supers if fragment(t[0]) != "Enumeration"]
        if supers:
            said[SUB_CLASS] = supers
        else:
            said.pop(SUB_CLASS, None)
        self._rename_datatype(subject)

    def _rename_enumeration(self, subject: Subject, values: list[Term]) -> None:
        subject.said.pop(ONE_OF, None)
        if not any(s.casefold() == "enumeration" for s in _texts(subject, STEREOTYPE)):
            subject.say(STEREOTYPE, (("enumeration", PLAIN),))
        for position, (value, kind) in enumerate(values):
            if kind != IRI:
                self.notes["owl:oneOf (value that is no individual)"] += 1
                continue
            individual = self._subjects.setdefault(value, Subject(value))
            types = [t for t in individual.said.get(RDF_TYPE, ()) if t[0] not in (NAMED_INDIVIDUAL, THING)]
            if (subject.iri, IRI) not in types:
                types.append((subject.iri, IRI))
            individual.said[RDF_TYPE] = types
            self.literals.setdefault(value, position)

    def _rename_datatype(self, subject: Subject) -> None:
        """Value type, unit and multiplier of a datatype as the members that they are in a profile."""
        said = subject.said
        stated: list[tuple[str, Term, str]] = []
        if "DataType" in {CLASSES.get(t) for t in subject.types}:
            base = next((t for t in said.get(EQUIVALENT, ()) if t[1] == IRI), None)
            if base is not None:
                del said[EQUIVALENT]
                stated.append(("value", base, ""))
        home = subject.iri[: -len(fragment(subject.iri))]
        for name, kind in (("unit", "UnitSymbol"), ("multiplier", "UnitMultiplier")):
            for space in UML_SPACES:
                found = said.pop(f"{space}has{'Units' if name == 'unit' else 'Multiplier'}", None)
                if found:
                    known = self._subjects.get(home + kind)
                    type_ = (home + kind if known is not None else XSD + "string", IRI)
                    stated.append((name, type_, found[0][0]))
        for name, type_, fixed in stated:
            iri = f"{subject.iri}.{name}"
            if iri in self._subjects:
                continue
            member = self._subjects[iri] = Subject(iri)
            member.lines = subject.lines[:1]
            member.said = {
                RDF_TYPE: ((_PROPERTY, IRI),),
                LABEL: ((name, PLAIN),),
                DOMAIN: ((subject.iri, IRI),),
                DATA_TYPE: (type_,),
            }
            if fixed:
                member.said[FIXED] = ((fixed, PLAIN),)

    def _rename_property(self, subject: Subject) -> None:
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
        for node in self._blanks(subject, RANGE):
            base = node.said.get(ON_DATATYPE)
            facets: list[tuple[str, str]] = []
            for cell, _ in self._list(node, WITH_RESTRICTIONS):
                facet = self._subjects.pop(cell, None)
                facets += [(fragment(p), v) for p, v, _ in facet.statements()] if facet else []
            values = [v for v, kind in self._list(node, ONE_OF) if kind not in (IRI, BLANK)]
            facets += [("enumeration", v) for v in values]
            if base or values:
                subject.said[RANGE] = base or ((XSD + "string", IRI),)
                self.facets[subject.iri] = tuple(facets)
                self._subjects.pop(node.iri, None)

    def _stated(self, subject: Subject, term: str) -> str:
        found = [subject.said.pop(space + term) for space in UML_SPACES if space + term in subject.said]
        return found[0][0][0].strip() if found else ""

    def _blanks(self, subject: Subject, predicate: str) -> list[Subject]:
        terms = subject.said.get(predicate, ())
        return [s for v, kind in terms if kind == BLANK and (s := self._subjects.get(v)) is not None]

    def _list(self, subject: Subject, predicate: str) -> list[Term]:
        """The members of the RDF list that is the object, whose cells are then gone."""
        return list(self._members(subject.said[predicate][0][0])) if predicate in subject.said else []

    def _members(self, cell: str) -> Iterator[Term]:
        while cell != NIL and (node := self._subjects.pop(cell, None)) is not None:
            yield from node.said.get(FIRST, ())[:1]
            cell = node.said.get(REST, ((NIL, IRI),))[0][0]


_IS_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"


def _texts(subject: Subject, predicate: str) -> list[str]:
    return [value for value, _ in subject.said.get(predicate, ())]


def _is_true(texts: list[str]) -> bool:
    return any(t.strip().casefold() in ("true", "1") for t in texts)


def _number(node: Subject, predicates: tuple[str, ...]) -> str:
    return next((node.said[p][0][0].strip() for p in predicates if p in node.said), "")
