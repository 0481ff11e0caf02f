"""What output is given: files in memory, and what they were made from."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Literal

from cimforge.ir.value import Struct


class OutputFile(Struct, frozen=True, kw_only=True, dict=True, gc=True):
    """One file of the output folder, before it is on disk.

    ``owner="user"`` marks a file that is written if missing and belongs to the user from then on:
    never rewritten, never compared, never removed.
    """

    path: str
    """Relative to the output folder, ``/`` separated: ``python/irm/edo/end_device_controls.py``."""
    data: bytes
    """The bytes on disk."""
    elements: tuple[str, ...] = ()
    """Ids of the model elements that the file was made from."""
    owner: Literal["generator", "user"] = "generator"

    @property
    def text(self) -> str:
        """`data` as text: all output is UTF-8, whatever the locale."""
        return self.data.decode()

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return sha256(self.data).hexdigest()


class LockInputs(Struct, frozen=True, kw_only=True):
    """Everything that decided an output, for ``cimforge.lock``."""

    tool: str
    """Version of cimforge."""
    ir_version: int
    settings: str
    """Hex digest of the settings that decide content."""
    templates: str
    """Hex digest of the templates."""
    sources: tuple[tuple[str, str], ...]
    """(path as diagnostics show it, sha256) of each input file."""
    formatter: str = ""
    """Name and version of the formatter; empty for none."""
