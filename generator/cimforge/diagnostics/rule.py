"""One row of the register of rules."""

from __future__ import annotations

from string import Formatter
from typing import Literal

from cimforge.ir.ids import Code
from cimforge.ir.value import Struct

Severity = Literal["error", "warning", "note"]


class Rule(Struct, frozen=True, kw_only=True):
    """What a diagnostic code means.

    ``message`` and ``remedy`` are `str.format` templates over the diagnostic's facts. ``explain`` is what
    ``cimforge explain`` prints: what, why, an example, the remedy. ``unreadable`` marks errors of
    use or input (exit status 2) as against findings (exit status 1).
    """

    code: Code
    name: str
    severity: Severity
    message: str
    remedy: str
    explain: str
    since: str = "0.1.0"
    unreadable: bool = False
    replaced_by: str = ""


def spelled(template: str) -> str:
    """A message or remedy without a diagnostic at hand: each fact stands as ``<its name>``."""
    parts = Formatter().parse(template)
    return "".join(text + (f"<{name}>" if name else "") for text, name, _, _ in parts)
