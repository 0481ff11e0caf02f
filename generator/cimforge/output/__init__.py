"""Output: the only code that touches the disk."""

from __future__ import annotations

from cimforge.output.files import LockInputs, OutputFile

__all__ = ["LockInputs", "OutputFile"]
