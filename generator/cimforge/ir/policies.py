"""What becomes of an element that several files state differently: policies, and the differences found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct

Field = Literal[
    "multiplicity",
    "type",
    "superclass",
    "kind",
    "stereotypes",
    "text",
    "default",
    "inverse",
    "abstractness",
]
Policy = Literal["error", "warning", "note", "newest", "union"]
"""``error``, ``warning`` and ``note`` report a difference as such; ``newest`` takes what the newest profile
says, and notes it; ``union`` keeps all, and says nothing. Otherwise the widest multiplicity counts for a
family, concrete before abstract, every stereotype, and of all else what the first file by path says."""

POLICIES: Mapping[Field, tuple[Policy, ...]] = {
    "multiplicity": ("error", "warning", "note", "newest", "union"),
    "type": ("error", "warning", "note", "newest"),
    "superclass": ("error", "warning", "note", "newest"),
    "kind": ("error", "warning", "note", "newest"),
    "stereotypes": ("error", "warning", "note", "newest", "union"),
    "text": ("error", "warning", "note", "newest"),
    "default": ("error", "warning", "note", "newest"),
    "inverse": ("error", "warning", "note", "newest"),
    "abstractness": ("error", "warning", "note", "newest", "union"),
}
"""The policies that each field can have: ``union`` where there is one."""

DEFAULT_POLICIES: Mapping[Field, Policy] = {
    "multiplicity": "warning",
    "type": "error",
    "superclass": "error",
    "kind": "error",
    "stereotypes": "union",
    "text": "note",
    "default": "warning",
    "inverse": "warning",
    "abstractness": "union",
}
"""Real releases build with these: their profiles restrict one model, each with bounds of its own."""


class Statement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one file says."""

    value: str
    location: Location
    profile: ElementId | None = None


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of one element that files state differently."""

    element: ElementId
    name: str
    """``Class`` or ``Class.member``."""
    uri: str
    field: Field
    statements: tuple[Statement, ...]
    """Of every file that says anything about the field, in the order of their paths."""
    policy: Policy
    taken: str
    """What counts for all files together."""
