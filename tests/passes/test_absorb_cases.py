"""Each folder of tests/cases/passes/absorb: UML as text in, the linked model with every URI out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.model import Class, Compound, Enumeration, Model
from cimforge.passes.absorb import absorb
from cimforge.passes.identify import identify_all
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.passes.normalize import normalize

from tests.outline import outline
from tests.uml_text import read_uml

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "absorb").iterdir())
DEFAULT = "http://iec.ch/TC57/CIM100#"


def linked(text: str, report: Report, *, turned: bool = False) -> Model:
    files = read_uml(text)[:: -1 if turned else 1]
    facts = merge(identify_all(files, DEFAULT, report), report)
    absorbed = absorb(facts, DEFAULT, report)
    assert absorb(absorbed, DEFAULT, Report()) == absorbed, "what is merged is done with"
    extensions = ("http://acme.example/#", "http://eu.example/#")
    return normalize(link(absorbed, report, name="case", extensions=extensions))


def uris(model: Model) -> list[str]:
    found = []
    for c in model.classifiers:
        found.append(c.meta.uri)
        match c:
            case Class():
                found += [m.meta.uri for m in (*c.attributes, *c.ends)]
            case Compound():
                found += [m.meta.uri for m in c.attributes]
            case Enumeration():
                found += [m.meta.uri for m in c.literals]
    return sorted(u for u in found if not u.startswith(DEFAULT))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    text = (case / "model.txt").read_text(encoding="utf-8")
    report = Report()
    model = linked(text, report)
    said = [
        f"{d.code} {report.severity(d)} {d.location.file}:{d.location.line}: {d.message}"
        for d in report.diagnostics
    ]
    expect(case / "expected.txt", outline(model) + "".join(f"{line}\n" for line in (*uris(model), *said)))

    turned = Report()
    assert linked(text, turned, turned=True) == model, "file order decides something"
    assert turned.diagnostics == report.diagnostics
