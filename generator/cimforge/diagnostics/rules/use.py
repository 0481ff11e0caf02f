"""Rules CIM0xx: use and settings, and CIM900."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule

RULES: tuple[Rule, ...] = ()
