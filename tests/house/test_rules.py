"""The register of rules: every code once, every word there."""

from __future__ import annotations

import re
import string
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from cimforge.diagnostics.rule import Rule
from cimforge.diagnostics.rules import BANDS, RULES

ROWS = [rule for band in BANDS for rule in band.RULES]

RANGES = {
    "use": (*range(1, 50), 900),
    "reading": range(101, 150),
    "xmi": range(150, 165),
    "xmi2": range(165, 175),
    "qea": range(175, 185),
    "owl": range(185, 200),
    "linking": range(200, 260),
    "meaning": range(260, 300),
    "profile": range(300, 320),
    "selecting": range(320, 350),
    "cimtool": range(350, 370),
    "migrating": range(370, 400),
    "naming": range(600, 700),
    "output": range(701, 720),
    "emitting": range(720, 800),
}


def test_codes_and_names_are_unique() -> None:
    for values in ([rule.code for rule in ROWS], [rule.name for rule in ROWS]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_codes_stand_in_their_band() -> None:
    for band in BANDS:
        name = band.__name__.rpartition(".")[2]
        for rule in band.RULES:
            assert int(rule.code[3:]) in RANGES[name], (name, rule.code)


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.code)
def test_every_rule_says_all_it_has_to(rule: Rule) -> None:
    assert re.fullmatch(r"CIM\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.severity in ("error", "warning", "note")
    assert rule.remedy
    assert not rule.message.endswith(".")
    assert "\n" not in rule.message + rule.remedy
    assert "Example" in rule.explain, "what, why, an example, the remedy"
    assert max(map(len, rule.explain.splitlines())) <= 130
    assert not rule.unreadable or rule.severity == "error"
    assert not rule.replaced_by or rule.replaced_by in RULES
    facts = {name for _, name, _, _ in Formatter().parse(rule.message) if name}
    assert {name for _, name, _, _ in Formatter().parse(rule.remedy) if name} <= facts | {"instead"}


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.code)
def test_every_message_takes_its_facts(rule: Rule) -> None:
    fields = [
        name for _, name, spec, conversion in string.Formatter().parse(rule.message) if name is not None
    ]
    assert all(re.fullmatch(r"[a-z_]+", name) for name in fields), "facts are plain names"
    filled = rule.message.format_map({name: f"<{name}>" for name in fields})
    assert all(f"<{name}>" in filled for name in fields)


def test_every_rule_is_used_and_every_code_used_is_a_rule(root: Path) -> None:
    package = root / "generator" / "cimforge"
    sources = [p for p in package.rglob("*.py") if "rules" not in p.parts]
    used = {code for p in sources for code in re.findall(r"\bCIM\d{3}\b", p.read_text(encoding="utf-8"))}
    assert used - set(RULES) <= {"CIM100", "CIM203"}, "codes that no rule has (CIM100 is a namespace)"
    unused = {rule.code for rule in ROWS if not rule.replaced_by} - used
    assert unused == set()
