"""What an RDF file is, by what its graph states: the one place that tells kinds of RDF apart."""

from __future__ import annotations

from typing import Literal

from cimforge.ir.value import Struct
from cimforge.readers.owl_terms import UML_SPACES
from cimforge.readers.rdfs_graph import CIMS, OWL, RDF, RDF_TYPE, RDFS, SHAPES, Graph
from cimforge.readers.rdfs_terms import OWL_TYPES, PACKAGE, PROPERTIES, RDFS_CLASS, SUB_CLASS

Kind = Literal["vocabulary", "owl", "cimtool", "shapes", "data", "none"]
"""``vocabulary``: RDFS, by IEC 61970-501 or plain. ``owl``: an information model in OWL. ``cimtool``: a
profile as CIMTool saves it. ``shapes``: SHACL alone. ``data``: objects of classes that others define.
``none``: RDF that states nothing of these."""

MESSAGE = "http://langdale.com.au/2005/Message#"
"""CIMTool's vocabulary of how classes stand in a message."""
_UML_PACKAGES = tuple(f"{space}Package" for space in UML_SPACES)

_RESTRICTION = OWL + "Restriction"
_TRANSPARENT = (SHAPES, RDF, RDFS, OWL, *UML_SPACES, MESSAGE)
"""Vocabularies whose types make no data."""


class RdfKind(Struct, frozen=True, kw_only=True):
    """The kind of a file, and for ``data`` the first type that no schema vocabulary has."""

    kind: Kind
    data_type: str = ""


def rdf_kind(graph: Graph) -> RdfKind:
    """What the file is.

    Whatever has a named ``rdfs:Class`` or a term of IEC 61970-501 is a vocabulary; a file may hold shapes
    beside it. Of the others that use OWL, a CIMTool profile is told from a schema by any of these:

    - it uses CIMTool's message vocabulary (``msg:Reference``, ``msg:Message``, ``msg:Flag`` …), or
    - it defines no property and no package, but restricts some (``owl:Restriction``), or has a named class
      under a class that it does not describe. A schema restricts properties of its own.
    """
    types: dict[str, None] = {}
    types_of_named: set[str] = set()
    predicates: set[str] = set()
    bases: set[str] = set()
    has_foreign_base = False
    subjects = graph.subjects
    for subject in subjects.values():
        said = subject.said
        predicates.update(said)
        is_named = not subject.iri.startswith("_:")
        for type_, _ in said.get(RDF_TYPE, ()):
            types[type_] = None
            if is_named:
                types_of_named.add(type_)
        if SUB_CLASS in said:
            for base, _ in said[SUB_CLASS]:
                bases.add(base)
                if is_named and base not in subjects and not base.startswith((OWL, RDFS)):
                    has_foreign_base = True
    if RDFS_CLASS in types_of_named:
        return RdfKind(kind="vocabulary")
    if any(iri.startswith(MESSAGE) for iri in (*types, *predicates, *bases)):
        return RdfKind(kind="cimtool")
    if any(predicate.startswith(CIMS) for predicate in predicates):
        return RdfKind(kind="vocabulary")
    defines_properties = not PROPERTIES.isdisjoint(types_of_named)
    if not OWL_TYPES.isdisjoint(types):
        restricts = _RESTRICTION in types or has_foreign_base
        defines = defines_properties or not types.keys().isdisjoint(_UML_PACKAGES)
        return RdfKind(kind="cimtool" if restricts and not defines else "owl")
    if defines_properties:
        return RdfKind(kind="vocabulary")
    if any(iri.startswith(SHAPES) for iri in (*types, *predicates)):
        return RdfKind(kind="shapes")
    known = (PACKAGE, *PROPERTIES, *_UML_PACKAGES)
    data_type = next((t for t in types if t not in known and not t.startswith(_TRANSPARENT)), "")
    return RdfKind(kind="data", data_type=data_type) if data_type else RdfKind(kind="none")
