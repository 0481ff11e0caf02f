"""Rules CIM3xx: profiles and selections."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule

RULES: tuple[Rule, ...] = ()
