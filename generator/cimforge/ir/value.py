"""What every value is made of: frozen, compared by content, changed only by making another."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace as _replace_struct

__all__ = ["Struct", "field", "replace"]

_Value = TypeVar("_Value")


def replace(value: _Value, /, **changes: Any) -> _Value:
    """A copy of ``value``, a struct or a frozen dataclass, with ``changes`` made to its fields."""
    if isinstance(value, Struct):
        return _replace_struct(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]  # the other kind of value
