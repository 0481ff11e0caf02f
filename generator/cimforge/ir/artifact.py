"""What an emitter yields: a file in memory."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct


class Artifact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One output file.

    ``owner="user"`` marks a file that is written if missing and belongs to the user from then on: never
    rewritten, never removed.
    """

    path: PurePosixPath
    """Relative to the emitter's own folder."""
    data: bytes
    """UTF-8 with ``\\n`` line ends and one final newline."""
    elements: tuple[ElementId, ...] = ()
    owner: Literal["generator", "user"] = "generator"

    @property
    def text(self) -> str:
        """`data` as text."""
        return self.data.decode()
