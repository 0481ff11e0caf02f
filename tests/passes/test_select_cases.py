"""Each folder of tests/cases/passes/select: a selection, and what it takes out of model.ttl."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.index import Index
from cimforge.passes.normalize import normalize
from cimforge.passes.select import select
from cimforge.readers.inputs import collect
from cimforge.readers.selection import read_selection

from tests.outline import outline
from tests.passes.test_link_cases import linked

FOLDER = Path(__file__).parent.parent / "cases" / "passes" / "select"
CASES = sorted(p for p in FOLDER.iterdir() if p.is_dir())


@pytest.fixture(scope="module")
def base() -> Index:
    report = Report()
    model = linked([FOLDER / "model.ttl"], report)
    assert not report.has_errors
    return Index(model)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, base: Index, expect: Callable[[Path, str], None]) -> None:
    report = Report()
    (source,) = collect([str(case / "Assets.toml")], report)
    spec = read_selection(source, report)
    assert spec is not None, [d.message for d in report.diagnostics]
    model = normalize(select(base, spec, report))
    lines = (case / "Assets.toml").read_text().splitlines()
    diagnostics = "".join(
        f"{d.code} at {lines[d.location.line - 1] if d.location.line else '?'}: {d.message}\n"
        for d in report.diagnostics
    )
    expect(case / "expected.txt", outline(model) + diagnostics)
    assert all(c.meta.based_on for c in model.classifiers)
    known = {c.id for c in model.classifiers}
    assert all(a.type in known for c in (*model.classes, *model.compounds) for a in c.attributes)
    assert all(e.type in known for c in model.classes for e in c.ends)
