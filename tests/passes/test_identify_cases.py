"""Each folder of tests/cases/passes/identify: a model as text in, every URI with its reasons out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, SpaceFact
from cimforge.passes.identify import identify_all
from cimforge.passes.namespaces import Trace

from tests.uml_text import read_uml

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "identify").iterdir())
DEFAULT = "http://iec.ch/TC57/CIM100#"


def shaped(text: str, trace: Trace | None, report: Report) -> tuple[Facts, ...]:
    """The case's files; one called ``settings`` holds the table of the settings."""
    files = read_uml(text)
    table: tuple[SpaceFact, ...] = tuple(
        s for f in files if f.sources[0].path == "settings" for s in f.spaces
    )
    models = [f for f in files if f.sources[0].path != "settings"]
    return identify_all(models, DEFAULT, report, table=table, trace=trace)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    text = (case / "model.txt").read_text(encoding="utf-8")
    trace: Trace = {}
    report = Report()
    found = shaped(text, None, report)
    assert shaped(text, trace, Report()) == found, "what is decided depends on who watches"
    lines = []
    for facts in found:
        for element in (*facts.classes, *facts.members):
            lines.append(element.uri)
            lines += [
                f"    {r.rule}: {r.because} {r.namespace} {r.location.line or ''}".rstrip()
                for r in trace.get((facts.sources[0].path, element.id), ())
            ]
    lines += [
        f"{d.code} {report.severity(d)} {d.location.file}:{d.location.line}: {d.message}"
        for d in report.diagnostics
    ]
    expect(case / "expected.txt", "".join(f"{line}\n" for line in lines))
