"""What every value is made of: frozen, compared by content, changed only by making another."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from msgspec import field
from msgspec.structs import replace as _replace_struct

__all__ = ["Struct", "field", "only_values", "replace"]

_Value = TypeVar("_Value")


class Struct(msgspec.Struct, gc=False, frozen=True):
    """A value. It holds values and never what holds it, so the garbage collector need not look at it."""


@contextmanager
def only_values() -> Iterator[None]:
    """While values are made by the ten thousand, and nothing that refers to itself, no garbage is looked for.

    The collector would go through all that is there again and again, and find nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def replace(value: _Value, /, **changes: Any) -> _Value:
    """A copy of ``value``, a struct or a frozen dataclass, with ``changes`` made to its fields."""
    if isinstance(value, msgspec.Struct):
        return _replace_struct(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]  # the other kind of value
