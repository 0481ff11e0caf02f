"""The register of rules, by band: every code, its severity and every word said about it.

A number is never reused; a retired rule keeps its row and names its successor.
"""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.diagnostics.rules import (
    cimtool,
    emitting,
    linking,
    meaning,
    migrating,
    naming,
    output,
    owl,
    profile,
    qea,
    reading,
    selecting,
    use,
    xmi,
    xmi2,
)

BANDS = (
    *(use, reading, xmi, xmi2, qea, owl, linking, meaning),
    *(profile, selecting, cimtool, migrating, naming, emitting, output),
)

RULES: dict[str, Rule] = {rule.code: rule for band in BANDS for rule in band.RULES}
