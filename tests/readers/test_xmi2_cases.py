"""Folder cases of the XMI 2.x reader: ``input.*``, and ``facts.json`` or ``diagnostics.txt`` or both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, SourceFile
from cimforge.readers.source import RawSource
from cimforge.readers.xmi2 import read_xmi2
from cimforge.readers.xml_stream import open_xml

from tests.readers.test_xmi1_cases import plain

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers" / "xmi2"


def read(folder: Path) -> tuple[Facts | None, Report]:
    (file,) = folder.glob("input.*")
    report = Report()
    source = RawSource(path=file.name, data=file.read_bytes())
    stream = open_xml(source, report)
    assert stream is not None, [d.message for d in report.diagnostics]
    return read_xmi2(source, stream, report), report


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda f: f.name)
def test_case(folder: Path, expect: Callable[[Path, str], None]) -> None:
    facts, report = read(folder)
    lines = [
        f"{d.location.line or '-'} {d.code} {report.severity(d)}: {d.message}"
        + "".join(f"\n  see line {r.line}" for r in d.related)
        for d in report.diagnostics
    ]
    found = "".join(f"{line}\n" for line in lines)
    if found or (folder / "diagnostics.txt").is_file():
        expect(folder / "diagnostics.txt", found)
    if facts is None:
        assert not (folder / "facts.json").exists()
        return
    expect(folder / "facts.json", json.dumps(plain(facts), indent=1, ensure_ascii=False) + "\n")


def test_places_are_those_of_the_file() -> None:
    """Line and ``xmi:id`` of an element, as an editor shows them."""
    folder = CASES / "ea_export"
    facts, _ = read(folder)
    assert facts is not None
    text = (folder / "input.xmi").read_text(encoding="cp1252").splitlines()
    for fact in (*facts.packages, *facts.classes, *facts.members, *facts.connectors):
        assert fact.location.file == "input.xmi"
        assert fact.location.line is not None
        assert f'xmi:id="{fact.location.pointer}"' in text[fact.location.line - 1]


@pytest.mark.parametrize(
    ("case", "exporter"),
    [
        ("ea_export", "Enterprise Architect 6.5"),
        ("magicdraw", "MagicDraw UML 19.0"),
        ("papyrus_bare_model", ""),
    ],
)
def test_the_source_says_who_wrote_it(case: str, exporter: str) -> None:
    facts, _ = read(CASES / case)
    assert facts is not None
    (source,) = facts.sources
    assert source == SourceFile(path=source.path, format="xmi2", sha256=source.sha256, exporter=exporter)
    assert len(source.sha256) == 64
