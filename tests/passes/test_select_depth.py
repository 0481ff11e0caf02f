"""Selections that extend one another: to a depth, and in time that grows with their number."""

from __future__ import annotations

from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.index import Index
from cimforge.passes.references import MAX_INHERITANCE
from cimforge.passes.select import select
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource

from tests.passes.test_link_cases import linked

MODEL = Path(__file__).parent.parent / "cases" / "passes" / "select" / "model.ttl"
HEADER = """\
[profile]
noun = "Assets"
namespace = "http://cimforge.example/2026/Assets#"
version = "1.0"
title = "Assets"
description = "Assets for a test."

[roots]
a0 = "0..*"
"""


def chained(count: int) -> Report:
    """What is reported of ``count`` tables of which each extends the one before."""
    text = HEADER
    for i in range(count):
        above = f'"a{i - 1}"' if i else ""
        text += f'[classes.a{i}]\nof = "Asset"\nextends = [{above}]\n'
    report = Report()
    base = Index(linked([MODEL], report))
    spec = read_selection(RawSource(path="Assets.toml", data=text.encode()), report)
    assert spec is not None
    select(base, spec, report)
    return report


def test_as_deep_as_a_model_may_be() -> None:
    assert chained(MAX_INHERITANCE + 1).diagnostics == ()


def test_deeper_is_refused() -> None:
    found = chained(3 * MAX_INHERITANCE).diagnostics
    assert {d.code for d in found} == {"CIM342"}
    assert found[0].message == f"a{MAX_INHERITANCE + 1} has more than 100 levels of tables above it"
