"""What an RDF file is, by what its graph states: the one place that tells kinds of RDF apart."""

from __future__ import annotations

from typing import Literal

from cimforge.ir.value import Struct
from cimforge.readers.owl_terms import UML_SPACES
from cimforge.readers.rdfs_graph import CIMS, OWL, RDF, RDFS, SHAPES, Graph
from cimforge.readers.rdfs_terms import OWL_TYPES, PACKAGE, PROPERTIES, RDFS_CLASS, SUB_CLASS

Kind = Literal["vocabulary", "owl", "cimtool", "shapes", "data", "none"]
"""``vocabulary``: RDFS, by IEC 61970-501 or plain. ``owl``: an information model in OWL. ``cimtool``: a
profile as CIMTool saves it. ``shapes``: SHACL alone. ``data``: objects of classes that others define.
``none``: RDF that states nothing of these."""

MESSAGE = "http://langdale.com.au/2005/Message#"
"""CIMTool's vocabulary of how classes stand in a message."""
UML = UML_SPACES[0]
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
    has_owl = has_cims = has_message = has_restriction = has_foreign_base = False
    defines_properties = defines_packages = has_shapes = False
    data_type = ""
    subjects = graph.subjects
    for subject in subjects.values():
        for type_ in subject.types:
            if type_ == RDFS_CLASS and not subject.is_blank:
                return RdfKind(kind="vocabulary")
            if type_ in OWL_TYPES:
                has_owl = True
                has_restriction = has_restriction or type_ == _RESTRICTION
            if type_ in PROPERTIES:
                defines_properties = defines_properties or not subject.is_blank
            elif type_ in _UML_PACKAGES:
                defines_packages = True
            elif type_.startswith(SHAPES):
                has_shapes = True
            elif not data_type and type_ != PACKAGE and not type_.startswith(_TRANSPARENT):
                data_type = type_
            has_message = has_message or type_.startswith(MESSAGE)
        for predicate in subject.said:
            has_cims = has_cims or predicate.startswith(CIMS)
            has_shapes = has_shapes or predicate.startswith(SHAPES)
            has_message = has_message or predicate.startswith(MESSAGE)
        for base, _ in subject.said.get(SUB_CLASS, ()):
            if base.startswith(MESSAGE):
                has_message = True
            elif not has_foreign_base and not subject.is_blank and base not in subjects:
                has_foreign_base = True
    if has_message:
        return RdfKind(kind="cimtool")
    if has_cims:
        return RdfKind(kind="vocabulary")
    if has_owl:
        restricts = has_restriction or has_foreign_base
        is_profile = restricts and not defines_properties and not defines_packages
        return RdfKind(kind="cimtool" if is_profile else "owl")
    if defines_properties:
        return RdfKind(kind="vocabulary")
    if has_shapes:
        return RdfKind(kind="shapes")
    return RdfKind(kind="data", data_type=data_type) if data_type else RdfKind(kind="none")
