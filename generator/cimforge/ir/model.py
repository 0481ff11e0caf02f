"""What the sources mean: the one intermediate model.

A profile is a smaller `Model` (docs/adr/0001). References are ids, never objects; sequences are
tuples; `Meta.location` is left out of equality, so the same meaning read from two files is equal.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from cimforge.ir.facts import UNKNOWN_ORIGIN, Origin, SourceFile
from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct


class Multiplicity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """UML multiplicity bounds; ``upper`` is None where unbounded."""

    lower: int
    upper: int | None

    def __str__(self) -> str:
        """UML text: ``1..1``, ``0..*``, ``0..2``."""
        return f"{self.lower}..{'*' if self.upper is None else self.upper}"

    @property
    def is_list(self) -> bool:
        """More than one value may stand."""
        return self.upper is None or self.upper > 1

    @property
    def is_required(self) -> bool:
        """At least one value must stand."""
        return self.lower > 0


class Facets(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Constraining facets of a simple value (XML Schema Part 2, 4.3), each as the source spells it.

    An empty text, or an empty tuple, is a facet that is not stated.
    """

    length: str = ""
    min_length: str = ""
    max_length: str = ""
    patterns: tuple[str, ...] = ()
    """Regular expressions of XML Schema; a value matches every one."""
    allowed: tuple[str, ...] = ()
    """The only values allowed, in the source's order (``xs:enumeration``, ``sh:in``)."""
    min_inclusive: str = ""
    max_inclusive: str = ""
    min_exclusive: str = ""
    max_exclusive: str = ""
    total_digits: str = ""
    fraction_digits: str = ""


NO_FACETS = Facets()


class InProfile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How an element stands in one profile of a family."""

    profile: ElementId
    multiplicity: Multiplicity | None = None
    """None for elements that have none: classes, literals."""
    is_abstract: bool = False
    navigable: bool | None = None
    """For ends: whether this profile serialises this side (``cims:AssociationUsed``)."""
    is_description: bool = False
    """Stereotype «Description»: instances are written with ``rdf:about`` (IEC 61970-552)."""


class Meta(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every element carries beside its meaning."""

    uri: str = ""
    doc: str = ""
    stereotypes: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    deprecated: bool = False
    based_on: ElementId | None = None
    """For an element of a profile: the information model's element it restricts."""
    is_anonymous: bool = False
    """For a classifier of a profile: its type stands inline where it is used, without a name of its own."""
    extension: str = ""
    """Namespace of the declared extension that this element belongs to; empty for standard content."""
    profiles: tuple[InProfile, ...] = ()
    location: Origin = UNKNOWN_ORIGIN


class Profile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of the profiles that a model is made of (an RDFS file, a selection)."""

    id: ElementId
    keyword: str
    """Short, unique in its model, usable as a file name: ``EQ``, ``EndDeviceControls``."""
    uri: str
    version: str = ""
    title: str = ""
    doc: str = ""
    header: tuple[tuple[str, str], ...] = ()
    """Header statements (predicate URI, value), kept for every output that can carry them."""


class Package(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    parent: ElementId | None = None
    meta: Meta = Meta()


class Attribute(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    type: ElementId
    """A Primitive, Datatype, Enumeration or Compound."""
    multiplicity: Multiplicity
    default: str | None = None
    is_fixed: bool = False
    """``default`` is the only value allowed (``cims:isFixed``)."""
    facets: Facets = NO_FACETS
    order: int = 0
    meta: Meta = Meta()


class AssociationEnd(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The end of an association that its owning class sees: role name, and the class it leads to."""

    id: ElementId
    name: str
    type: ElementId
    multiplicity: Multiplicity
    inverse: ElementId | None = None
    aggregation: Literal["none", "shared", "composite"] = "none"
    navigable: bool = True
    """This side is the one that data states (``cims:AssociationUsed`` Yes, or chosen by a profile)."""
    containment: Literal["value", "reference"] = "reference"
    alternatives: tuple[ElementId, ...] = ()
    """A choice: where not empty, a value is an object of one of these classes, and documents name the member
    after that class (IEC 62361-100 as observed: ``xs:choice``). ``type`` is then the nearest class of the
    profile that all are kinds of, or the first of them where there is none."""
    order: int = 0
    meta: Meta = Meta()


class Class(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    package: ElementId | None = None
    bases: tuple[ElementId, ...] = ()
    is_abstract: bool = False
    attributes: tuple[Attribute, ...] = ()
    ends: tuple[AssociationEnd, ...] = ()
    meta: Meta = Meta()


class EnumLiteral(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    """The wire value, as the model spells it."""
    value: str = ""
    """Code of a code list («enumeration» with initial values); empty otherwise."""
    order: int = 0
    meta: Meta = Meta()


class Enumeration(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    package: ElementId | None = None
    literals: tuple[EnumLiteral, ...] = ()
    meta: Meta = Meta()


class PrimitiveKind(StrEnum):
    """Lexical space of a Primitive; the value is the XSD built-in type's local name (IEC 62361-100)."""

    STRING = "string"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    DURATION = "duration"
    MONTH_DAY = "gMonthDay"
    URI = "anyURI"


class Primitive(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    name: str
    package: ElementId | None = None
    kind: PrimitiveKind = PrimitiveKind.STRING
    facets: Facets = NO_FACETS
    meta: Meta = Meta()


class Datatype(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A CIMDatatype: a primitive value with its unit and multiplier."""

    id: ElementId
    name: str
    package: ElementId | None = None
    value: ElementId
    """The Primitive (or Enumeration) of ``value``."""
    unit: str = ""
    """Fixed unit symbol such as ``W``; empty where the model leaves it open."""
    multiplier: str = ""
    denominator_unit: str = ""
    denominator_multiplier: str = ""
    facets: Facets = NO_FACETS
    """Facets of ``value``."""
    attributes: tuple[Attribute, ...] = ()
    """value, unit, multiplier and the rest as the model states them."""
    meta: Meta = Meta()


class Compound(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A structured value, always embedded, never referenced."""

    id: ElementId
    name: str
    package: ElementId | None = None
    attributes: tuple[Attribute, ...] = ()
    meta: Meta = Meta()


class Dependency(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    client: ElementId
    supplier: ElementId
    stereotype: str = ""
    meta: Meta = Meta()


class Constraint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: ElementId
    element: ElementId
    language: str
    text: str
    meta: Meta = Meta()


class Root(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A class whose objects stand directly in a document of the profile."""

    class_: ElementId
    multiplicity: Multiplicity


class Envelope(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The document element of a profile: named after the profile, it holds the roots in order."""

    name: str
    namespace: str
    """Target namespace of the documents, ends in ``#`` (IEC 62361-100)."""
    roots: tuple[Root, ...]
    doc: str = ""


Classifier = Class | Enumeration | Primitive | Datatype | Compound
Property = Attribute | AssociationEnd


class Model(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An information model, a family of profiles, or one profile."""

    name: str
    version: str = ""
    sources: tuple[SourceFile, ...] = ()
    profiles: tuple[Profile, ...] = ()
    packages: tuple[Package, ...] = ()
    classes: tuple[Class, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    primitives: tuple[Primitive, ...] = ()
    datatypes: tuple[Datatype, ...] = ()
    compounds: tuple[Compound, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    envelope: Envelope | None = None
    """Set where the model is one profile with documents of its own."""
    namespaces: tuple[tuple[str, str], ...] = ()
    """(prefix, namespace URI) pairs of the sources and extensions, sorted by prefix."""

    @property
    def classifiers(self) -> tuple[Classifier, ...]:
        """Every classifier, by kind, each kind in model order."""
        return self.classes + self.enumerations + self.primitives + self.datatypes + self.compounds
