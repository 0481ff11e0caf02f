"""What a file says. Readers state facts; they never interpret them.

Multiplicities stay the text that was found, stereotypes stay strings in the order found (a
resource stereotype such as ``http://iec.ch/TC57/NonStandard/UML#concrete`` is stated by its
fragment, ``concrete``), types stay references.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct, field


class Location(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in a source: file, line if the format has lines, and a pointer inside it."""

    file: str
    """`SourceFile.path` of the file."""
    line: int | None = None
    pointer: str = ""
    """A subject URI, an ``xmi.id``, a TOML key: what names the place when no line does."""


class Origin(Location, frozen=True, kw_only=True, omit_defaults=True, eq=False):
    """Where an element of a model comes from. All origins are equal: where a fact stands is no part of it."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return 0


NOWHERE = Location(file="")
"""The place of what no file says: settings defaults, the compiler itself."""

UNKNOWN_ORIGIN = Origin(file="")


class SourceFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One input file as it was read."""

    path: str
    """Relative to the input it came from, ``/`` separated: the same in every folder."""
    format: str
    """``rdfs``, ``owl``, ``xmi1``, ``xmi2``, ``qea``, ``cimtool``, ``catalog``, ``shacl``, ``profile`` or
    ``namespaces``."""
    sha256: str
    exporter: str = ""


class Ref(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reference as the source makes it."""

    by: Literal["id", "uri", "name"]
    value: str


class ProfileFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The profile that a file defines: an RDFS ontology header, a ``*Version`` class, or the file itself."""

    id: ElementId
    keyword: str = ""
    """Short name, such as ``EQ`` (``dcat:keyword``); empty if the file gives none."""
    uri: str = ""
    """Version IRI, else ontology IRI; empty if the file gives none."""
    version: str = ""
    title: str = ""
    doc: str = ""
    header: tuple[tuple[str, str], ...] = ()
    """Every header statement as (predicate URI, value), in file order."""
    location: Location


class Use(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One profile's own statement about an element that several profiles state (filled by merge)."""

    profile: ElementId
    multiplicity: str = ""
    stereotypes: tuple[str, ...] = ()
    is_abstract: bool | None = None
    used: str = ""
    location: Location


class PackageFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    parent: Ref | None = None
    uri: str = ""
    stereotypes: tuple[str, ...] = ()
    doc: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    location: Location


class ClassFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A class of any kind: which kind is for link to say."""

    id: ElementId
    name: str
    package: Ref | None = None
    uri: str = ""
    supers: tuple[Ref, ...] = ()
    stereotypes: tuple[str, ...] = ()
    is_abstract: bool | None = None
    """As the source flags it; None where it has no flag."""
    doc: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    metaclass: str = "Class"
    """UML metaclass as found: ``Class``, ``Enumeration``, ``DataType``."""
    is_settled: bool = False
    """``is_abstract`` counts for all profiles together, whatever each of them says (filled by merge)."""
    mixins: tuple[Ref, ...] = ()
    """Those of ``supers`` whose generalization is marked as an extension's, «CIMExtension», «MixIn» or
    «ShadowExtension» (filled by identify)."""
    location: Location


class MemberFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member of a class: an attribute, a literal, or (in RDFS) one end of an association."""

    id: ElementId
    owner: Ref
    name: str
    uri: str = ""
    type: Ref | None = None
    """Type of an attribute (``cims:dataType``, a UML attribute's type)."""
    range: Ref | None = None
    """``rdfs:range``, which RDFS uses for associations and for enumerated attributes."""
    multiplicity: str = ""
    default: str | None = None
    is_constant: bool = False
    position: int = 0
    """Order in the source among the members of its owner."""
    inverse: Ref | None = None
    used: str = ""
    """``cims:AssociationUsed`` as found: ``Yes``, ``No`` or empty."""
    aggregation: str = ""
    """UML aggregation of this end as found: ``none``, ``shared``, ``aggregate``, ``composite`` or empty."""
    stereotypes: tuple[str, ...] = ()
    doc: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    is_settled: bool = False
    """``multiplicity`` counts for all profiles together, whatever each of them says (filled by merge)."""
    facets: tuple[tuple[str, str], ...] = ()
    """XSD constraining facets of an attribute's values as (facet, value), a facet once per value; tagged
    values that state facets stay tags."""
    facets_location: Location | None = None
    """Where the facets are stated, if that is elsewhere: a shape, the first of several."""
    location: Location


class EndFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One end of a UML connector, attached to ``element``."""

    id: ElementId
    element: Ref
    role: str = ""
    multiplicity: str = ""
    navigable: bool | None = None
    aggregation: str = ""
    stereotypes: tuple[str, ...] = ()
    doc: str = ""
    tags: tuple[tuple[str, str], ...] = ()


class ConnectorFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A UML connector: ``Association``, ``Generalization`` (source is the child), ``Dependency`` …"""

    id: ElementId
    kind: str
    name: str = ""
    source: EndFact
    target: EndFact
    stereotypes: tuple[str, ...] = ()
    doc: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    location: Location


class ShapeFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one SHACL property shape demands of one member of one class."""

    id: ElementId
    """IRI of the shape, or what stands for it where it is a blank node."""
    target: Ref
    """``sh:targetClass`` of the node shape, or the class that is a node shape itself."""
    path: Ref
    """``sh:path``: the member."""
    min_count: str = ""
    max_count: str = ""
    datatype: Ref | None = None
    class_: Ref | None = None
    allowed: tuple[str, ...] = ()
    """``sh:in``, in order: lexical values, or IRIs of literals."""
    facets: tuple[tuple[str, str], ...] = ()
    """``sh:pattern``, ``sh:minLength`` and their like as (XSD facet, value)."""
    node_kind: str = ""
    """``Literal``, ``IRI``, ``BlankNode`` or two of them (``sh:nodeKind``)."""
    severity: str = ""
    """``Violation``, ``Warning``, ``Info``; empty is ``Violation``."""
    profile: str = ""
    """Keyword of the profile that the file says its shapes are for; empty if it says nothing."""
    doc: str = ""
    location: Location


class SpaceFact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a table of namespaces: elements of this stereotype are in this namespace."""

    stereotype: str
    """As written; letter case does not count."""
    namespace: str
    """Ends in ``#`` or ``/``."""
    location: Location


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that one file says, or, after merge, all that a set of files says."""

    sources: tuple[SourceFile, ...]
    profiles: tuple[ProfileFact, ...] = ()
    packages: tuple[PackageFact, ...] = ()
    classes: tuple[ClassFact, ...] = ()
    members: tuple[MemberFact, ...] = ()
    connectors: tuple[ConnectorFact, ...] = ()
    shapes: tuple[ShapeFact, ...] = ()
    namespaces: tuple[tuple[str, str], ...] = ()
    """(prefix, URI) pairs that the file declares."""
    spaces: tuple[SpaceFact, ...] = ()
    """Rows of the tables of namespaces (CIMTool's ``.namespaces``) that go with the file."""
    uses: Mapping[ElementId, tuple[Use, ...]] = field(default_factory=dict)
    """After merge: for each class and member what each profile that has it states of it."""
    notes: tuple[tuple[str, int], ...] = ()
    """What the reader saw and does not state, counted by kind, sorted."""
