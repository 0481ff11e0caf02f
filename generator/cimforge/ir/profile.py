"""A selection: which part of an information model a message profile takes, and how tightly."""

from __future__ import annotations

from typing import Literal

from cimforge.ir.facts import Location
from cimforge.ir.model import Multiplicity
from cimforge.ir.service import Service
from cimforge.ir.value import Struct


class PropertyRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attribute or end that the profile keeps, by its name in the information model."""

    property: str
    """The CIM name as the model spells it: ``mRID``, ``EndDevices``; ``acme:grade`` for an extension's."""
    multiplicity: Multiplicity | None = None
    """None keeps the information model's bounds."""
    containment: Literal["value", "reference"] | None = None
    """For ends; None means by value where the end's class is selected, by reference where it is not."""
    location: Location


class Selection(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One class of the information model, and what of it the profile keeps, inherited members included."""

    class_: str
    """Class name in the information model; ``acme:Name`` for a class of a declared extension."""
    properties: tuple[PropertyRule, ...]
    location: Location


class RootRule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    class_: str
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
    location: Location
