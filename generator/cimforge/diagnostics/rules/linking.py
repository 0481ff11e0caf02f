"""Rules CIM2xx: merging and linking."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule

RULES: tuple[Rule, ...] = ()
