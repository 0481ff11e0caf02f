"""Rules CIM101-149: reading files, RDFS."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule

RULES: tuple[Rule, ...] = ()
