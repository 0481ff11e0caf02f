"""A selection: which part of an information model a message profile takes, and how tightly."""

from __future__ import annotations

from typing import Literal

from cimforge.ir.facts import Facts, Location
from cimforge.ir.model import NO_FACETS, Facets, Multiplicity
from cimforge.ir.service import Service
from cimforge.ir.value import Struct


class PropertyRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attribute or end that the profile keeps, by its name in the information model."""

    property: str
    """The CIM name as the model spells it: ``mRID``, ``EndDevices``; ``acme:grade`` for an extension's; or,
    where a profile that names members by it was read, the member's URI."""
    multiplicity: Multiplicity | None = None
    """None keeps the information model's bounds."""
    containment: Literal["value", "reference"] | None = None
    """For ends; None means by value where the end's class is selected, by reference where it is not. Of an
    attribute it is refused where bounds are (`ProfileSpec.tightens`), and means nothing elsewhere."""
    targets: tuple[str, ...] = ()
    """`Selection.name` of what the member leads to, where the model's own type does not say which one: one
    name, or several for a choice. Empty: the one selection of the member's type."""
    facets: Facets = NO_FACETS
    """Added to those of the information model."""
    stereotypes: tuple[str, ...] = ()
    """Stereotypes that the profile adds."""
    note: str = ""
    """Documentation that the profile adds to the information model's."""
    order: int | None = None
    """Place among the members that the class itself lists, from 1; None leaves it to the rule of select."""
    location: Location


class Selection(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One class of the information model, and what of it the profile keeps, inherited members included."""

    class_: str
    """Class name in the information model; ``acme:Name`` for a class of a declared extension; or its URI."""
    properties: tuple[PropertyRule, ...] = ()
    name: str = ""
    """Name in the profile, unique there; empty for the class's own. One class may stand several times."""
    bases: tuple[str, ...] | None = None
    """Names of the selections that this one extends; None: the nearest superclasses that are selected."""
    literals: tuple[str, ...] | None = None
    """For an enumeration: the literals kept, by name or URI; None keeps all."""
    is_abstract: bool | None = None
    """None: as the information model has it."""
    is_anonymous: bool = False
    """Its type stands inline where it is used."""
    stereotypes: tuple[str, ...] = ()
    """Stereotypes that the profile adds."""
    note: str = ""
    """Documentation that the profile adds to the information model's."""
    location: Location


class RootRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    class_: str
    """`Selection.name` where the selection has one, else `Selection.class_`."""
    multiplicity: Multiplicity
    location: Location


class ExtensionRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The extension namespace that a profile variant admits."""

    prefix: str
    namespace: str
    owner: str
    version: str
    use_case: str
    doc: str


class ProfileSpec(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A profile as its TOML file states it."""

    name: str
    """The noun, and the name of the document element."""
    variant: str = ""
    """Empty for the standard profile; an extension's prefix for a variant that extends one."""
    namespace: str
    version: str
    title: str
    doc: str
    service: Service | None
    kind: Literal["message", "dataset"] = "message"
    dataset: str = ""
    """For a dataset: path of its RDFS file, as the inputs are known by."""
    roots: tuple[RootRule, ...] = ()
    selections: tuple[Selection, ...] = ()
    extension: ExtensionRule | None = None
    tightens: Literal["refuse", "narrow", "intersect"] = "refuse"
    """What becomes of bounds wider than the information model's. ``refuse``: an error (CIM322), for they were
    written by hand against that model. ``narrow``: the intersection stands, and each is reported.
    ``intersect``: likewise, but a lower bound of 0 and a missing upper bound say nothing (OWL restrictions
    state what a profile adds) and are not reported. An empty intersection is always an error."""
    location: Location


class ProfileFile(Struct, frozen=True, kw_only=True):
    """What a profile in a format of other tools says (CIMTool's OWL and Catalog)."""

    spec: ProfileSpec
    presupposed: Facts
    """The part of the information model that the profile takes for granted, as far as the profile states it:
    what stands in for the information model where none is at hand."""
