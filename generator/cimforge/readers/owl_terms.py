"""What OWL models of the CIM are written in: OWL itself, UML in RDF, and the flags of IEC 61970-501 ed. 2."""

from __future__ import annotations

from collections.abc import Iterator

from cimforge.readers.rdfs_graph import BLANK, OWL, RDF, Subject, Term

UML_SPACES = ("http://langdale.com.au/2005/UML#", "http://iec.ch/TC57/NonStandard/UML#")
"""CIMTool's UML vocabulary, and the namespace in which others write the same terms."""

FUNCTIONAL, INVERSE_FUNCTIONAL = OWL + "FunctionalProperty", OWL + "InverseFunctionalProperty"
ANNOTATION, NAMED_INDIVIDUAL, THING = OWL + "AnnotationProperty", OWL + "NamedIndividual", OWL + "Thing"
ON_PROPERTY = OWL + "onProperty"
EQUIVALENT, ONE_OF, DEPRECATED = OWL + "equivalentClass", OWL + "oneOf", OWL + "deprecated"
ON_DATATYPE, WITH_RESTRICTIONS = OWL + "onDatatype", OWL + "withRestrictions"
FIRST, REST, NIL, VALUE = RDF + "first", RDF + "rest", RDF + "nil", RDF + "value"

MIN = (OWL + "minCardinality", OWL + "minQualifiedCardinality")
MAX = (OWL + "maxCardinality", OWL + "maxQualifiedCardinality")
EXACT = (OWL + "cardinality", OWL + "qualifiedCardinality")
FILLERS = (OWL + "onClass", OWL + "onDataRange", OWL + "allValuesFrom")
"""What a restriction says of the values: used where the property itself has no range."""

DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"

FLAGS = {
    "isPrimitive": "Primitive",
    "isCIMDatatype": "CIMDatatype",
    "isCompound": "Compound",
    "isEnumeration": "enumeration",
    "isDescription": "Description",
}
"""Flags of classes in files by the draft of edition 2, each in the profile's own namespace, and the
stereotype that edition 1 writes in their place."""


def blanks(subjects: dict[str, Subject], subject: Subject, predicate: str) -> list[Subject]:
    """The blank nodes among the objects."""
    terms = subject.said.get(predicate, ())
    return [s for v, kind in terms if kind == BLANK and (s := subjects.get(v)) is not None]


def taken(subjects: dict[str, Subject], subject: Subject, predicate: str) -> list[Term]:
    """The members of the RDF list that is the object; its cells are gone from ``subjects`` afterwards."""
    return list(_members(subjects, subject.said[predicate][0][0])) if predicate in subject.said else []


def _members(subjects: dict[str, Subject], cell: str) -> Iterator[Term]:
    while cell != NIL and (node := subjects.pop(cell, None)) is not None:
        yield from node.said.get(FIRST, ())[:1]
        cell = node.said.get(REST, ((NIL, ""),))[0][0]
