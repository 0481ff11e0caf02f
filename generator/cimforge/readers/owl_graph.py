"""An OWL model in the terms of RDFS profiles: the same graph, its statements renamed.

Sources: OWL 2 Structural Specification; files by the committee draft of IEC 61970-501 ed. 2 (flags in the
profile's own namespace, ``skos:definition``, ``owl:oneOf``); CIMTool's schema export (``uml:`` terms).
"""

from __future__ import annotations

from collections import Counter, defaultdict

from cimforge.readers.owl_properties import Properties, Restrictions
from cimforge.readers.owl_terms import (
    ANNOTATION,
    DEFINITION,
    DEPRECATED,
    EQUIVALENT,
    FLAGS,
    NAMED_INDIVIDUAL,
    ON_PROPERTY,
    ONE_OF,
    THING,
    UML_SPACES,
    VALUE,
    blanks,
    taken,
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
    PACKAGE,
    PROPERTIES,
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
        self.abstract: dict[str, bool] = {}
        """Whether each class is abstract, in files that flag it."""
        self.ids: dict[str, str] = {}
        """The id that a UML tool gave each element, as found."""
        self._restrictions: Restrictions = defaultdict(list)
        self._properties = Properties(self._subjects, self._restrictions, self.notes)

    @property
    def facets(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Facets of the values of a property, by its IRI."""
        return self._properties.facets

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
                self._properties.rename(subject)
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
        values += taken(self._subjects, subject, ONE_OF)
        for node in blanks(self._subjects, subject, EQUIVALENT):
            if ONE_OF in node.said:
                values += taken(self._subjects, node, ONE_OF)
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


_IS_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"


def _texts(subject: Subject, predicate: str) -> list[str]:
    return [value for value, _ in subject.said.get(predicate, ())]


def _is_true(texts: list[str]) -> bool:
    return any(t.strip().casefold() in ("true", "1") for t in texts)
