"""Each folder of tests/cases/passes/explain: a model as text, with lines ``explain NAME``; what each is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, SpaceFact
from cimforge.ir.policies import DEFAULT_POLICIES
from cimforge.passes.absorb import absorb
from cimforge.passes.explain import Found, explain
from cimforge.passes.identify import identify_all
from cimforge.passes.merge import merge

from tests.uml_text import read_uml

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "explain").iterdir())
DEFAULT = "http://iec.ch/TC57/CIM100#"


def told(found: Found) -> Iterator[str]:
    if found.explanation is None:
        yield f"    candidates {list(found.candidates)} nearest {list(found.nearest)}"
        return
    e = found.explanation
    yield f"    {e.name} {e.kind} {e.uri} ({e.id})" + (f" extends {e.extends}" if e.extends else "")
    for s in e.sources:
        marks = "".join(f" «{m}»" for m in s.stereotypes)
        yield f"    {s.location.file}:{s.location.line} {s.profile} {s.type} {s.multiplicity}{marks} {s.uri}"
        yield from (f"        {r.rule} {r.namespace} {r.because}" for r in s.namespace)
    yield from (f"    differs: {d.field} {d.policy} {d.taken}" for d in e.differences)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    lines = (case / "model.txt").read_text(encoding="utf-8").splitlines()
    files = read_uml("\n".join("" if line.startswith("explain ") else line for line in lines))
    table: tuple[SpaceFact, ...] = tuple(
        s for f in files if f.sources[0].path == "settings" for s in f.spaces
    )
    models = [f for f in files if f.sources[0].path != "settings"]
    text = ""
    for wanted in (line.removeprefix("explain ") for line in lines if line.startswith("explain ")):
        found = explain(models, wanted, "", default_namespace=DEFAULT, table=table, policies=DEFAULT_POLICIES)
        text += f"{wanted}\n" + "".join(f"{line}\n" for line in told(found))
    expect(case / "expected.txt", text)
    _every_element_has_the_uri_that_a_build_gives_it(models, table)


def _every_element_has_the_uri_that_a_build_gives_it(
    models: list[Facts], table: tuple[SpaceFact, ...]
) -> None:
    report = Report()
    built = absorb(merge(identify_all(models, DEFAULT, report, table=table), report), DEFAULT, report)
    for element in (*built.classes, *built.members):
        found = explain(
            models, element.uri, "", default_namespace=DEFAULT, table=table, policies=DEFAULT_POLICIES
        )
        assert found.explanation is not None, element.uri
        assert (found.explanation.uri, found.explanation.id) == (element.uri, element.id)
        decisive = [s.namespace[0].namespace for s in found.explanation.sources]
        assert any(element.uri.startswith(space) for space in decisive)
