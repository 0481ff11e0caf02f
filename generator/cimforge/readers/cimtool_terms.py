"""The vocabulary that CIMTool writes profiles in: OWL, and its own terms for UML and messages."""

from __future__ import annotations

from cimforge.readers.rdfs_graph import OWL, RDF, RDF_TYPE, RDFS

UML = "http://langdale.com.au/2005/UML#"
MESSAGE = "http://langdale.com.au/2005/Message#"

OWL_CLASS, RESTRICTION, ONTOLOGY = OWL + "Class", OWL + "Restriction", OWL + "Ontology"
DATATYPE = RDFS + "Datatype"
LABEL, COMMENT, SUB_CLASS = RDFS + "label", RDFS + "comment", RDFS + "subClassOf"
ON_PROPERTY, ALL_VALUES, SOME_VALUES = OWL + "onProperty", OWL + "allValuesFrom", OWL + "someValuesFrom"
MIN, MAX, EXACT = OWL + "minCardinality", OWL + "maxCardinality", OWL + "cardinality"
UNION, ONE_OF, EQUIVALENT = OWL + "unionOf", OWL + "oneOf", OWL + "equivalentClass"
VERSION = OWL + "versionInfo"
FIRST, REST, NIL = RDF + "first", RDF + "rest", RDF + "nil"

STEREOTYPE, CLASS_MIN, CLASS_MAX = UML + "hasStereotype", UML + "hasMinCardinality", UML + "hasMaxCardinality"
ENVELOPE, REFERENCE, ABOUT = MESSAGE + "Message", MESSAGE + "Reference", MESSAGE + "about"

VOCABULARIES = (OWL, RDF, RDFS, UML, MESSAGE)
"""Namespaces whose classes are no classes of a profile or an information model."""

READ = frozenset(
    (
        *(RDF_TYPE, LABEL, COMMENT, SUB_CLASS, ON_PROPERTY, ALL_VALUES, SOME_VALUES, MIN, MAX, EXACT),
        *(UNION, ONE_OF, EQUIVALENT, VERSION, FIRST, REST, STEREOTYPE, CLASS_MIN, CLASS_MAX),
    )
)
"""Predicates that a profile is read from; others are counted."""

CONCRETE, BY_REFERENCE, ENUMERATION, COMPOUND = "concrete", "byreference", "enumeration", "compound"
"""Stereotypes with a meaning for documents: a root, a reference, and what kind the class of the model is."""
