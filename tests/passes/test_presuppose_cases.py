"""CIMTool profiles beside an information model, and without one: what is selected, and what is said of it.

Each folder of tests/cases/passes/presuppose holds a build's inputs: profiles, and perhaps model.ttl.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings.model import for_inputs

from tests.outline import outline

FOLDER = Path(__file__).parent.parent / "cases" / "passes" / "presuppose"
CASES = sorted(p for p in FOLDER.iterdir() if p.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    inputs = sorted(str(p) for p in case.glob("*") if p.suffix in (".ttl", ".xml"))
    report = Report()
    models = pipeline.inspect(for_inputs(inputs, out=Path("out")), report, "select")
    found = "".join(f"== {name}\n{outline(model)}" for name, model in (models or {}).items())
    lines = [
        f"{d.location.file}:{d.location.line or '-'} {d.code} {report.severity(d)}: {d.message}\n"
        for d in report.diagnostics
        if d.code != "CIM266"
    ]
    expect(case / "expected.txt", f"{found}== diagnostics\n{''.join(lines)}")
