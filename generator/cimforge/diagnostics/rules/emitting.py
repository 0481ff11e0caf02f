"""Rules CIM720-799: emitting."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule

RULES: tuple[Rule, ...] = ()
