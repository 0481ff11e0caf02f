"""A source before anything is known of it."""

from __future__ import annotations

import hashlib
from functools import cached_property

from cimforge.ir.value import Struct


class RawSource(Struct, frozen=True, kw_only=True, dict=True, gc=True):
    """The bytes of one input file and the name that diagnostics and the model know it by."""

    path: str
    """Relative to the input it came from, ``/`` separated: the same in every folder."""
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()
