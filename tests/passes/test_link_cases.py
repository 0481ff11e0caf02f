"""Each folder of tests/cases/passes/link: Turtle files, or UML as text, in; an outline of the model and its
diagnostics out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir import codec
from cimforge.ir.facts import Facts
from cimforge.ir.model import Model
from cimforge.passes.identify import identify_all
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.passes.normalize import normalize
from cimforge.readers.inputs import collect
from cimforge.readers.sniff import read_source

from tests.outline import outline
from tests.uml_text import read_uml

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "link").iterdir())


def linked(paths: list[Path], report: Report) -> Model:
    facts: list[Facts | None] = []
    for path in paths:
        if path.name == "model.txt":
            facts += read_uml(path.read_text(encoding="utf-8"))
        else:
            facts += [read_source(s, report) for s in collect([str(path)], report)]
    shaped = identify_all([f for f in facts if f], "http://example.org/cim#", report)
    return normalize(link(merge(shaped, report), report, name="case"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    files = sorted([*case.glob("*.ttl"), *case.glob("model.txt")])
    report = Report()
    model = linked(files, report)
    diagnostics = "".join(
        f"{d.code} {report.severity(d)} {d.location.file}: {d.message}\n" for d in report.diagnostics
    )
    expect(case / "expected.txt", outline(model) + diagnostics)

    turned = Report()
    assert linked(files[::-1], turned) == model, "file order decides something"
    assert turned.diagnostics == report.diagnostics
    assert codec.decode(codec.encode(model)) == model
