"""The vocabulary that RDFS profiles are written in (IEC 61970-501, its draft edition 2, and usage)."""

from __future__ import annotations

from cimforge.readers.rdfs_graph import CIMS, OWL, RDF, RDF_TYPE, RDFS

LABEL, COMMENT, LITERAL = RDFS + "label", RDFS + "comment", RDFS + "Literal"
DOMAIN, RANGE, SUB_CLASS = RDFS + "domain", RDFS + "range", RDFS + "subClassOf"
STEREOTYPE, CATEGORY = CIMS + "stereotype", CIMS + "belongsToCategory"
DATA_TYPE, MULTIPLICITY = CIMS + "dataType", CIMS + "multiplicity"
FIXED, DEFAULT = CIMS + "isFixed", CIMS + "isDefault"
INVERSE, OWL_INVERSE, USED = CIMS + "inverseRoleName", OWL + "inverseOf", CIMS + "AssociationUsed"

KNOWN = frozenset(
    (
        *(RDF_TYPE, LABEL, COMMENT, DOMAIN, RANGE, SUB_CLASS, STEREOTYPE, CATEGORY, DATA_TYPE),
        *(MULTIPLICITY, FIXED, DEFAULT, INVERSE, OWL_INVERSE, USED),
    )
)
"""Predicates that have a place of their own in facts; others become tags."""

CLASSES = {RDFS + "Class": "Class", RDFS + "Datatype": "DataType", OWL + "Class": "Class"}
"""Types that make a class, and the metaclass each stands for."""
MISSPELT = RDFS + "Property"
"""No term of RDFS, but a public generator of CGMES vocabularies writes it for rdf:Property."""
PROPERTIES = frozenset((RDF + "Property", MISSPELT, OWL + "DatatypeProperty", OWL + "ObjectProperty"))
PACKAGE, ONTOLOGY = CIMS + "ClassCategory", OWL + "Ontology"

RDFS_CLASS = RDFS + "Class"
OWL_TYPES = frozenset(OWL + name for name in ("Class", "Restriction", "ObjectProperty", "DatatypeProperty"))
"""What tells an RDFS vocabulary from an OWL ontology."""
