"""Folder cases of the XMI 1.x reader: ``input.xmi``, and ``facts.json`` or ``diagnostics.txt`` or both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Ref, SourceFile
from cimforge.readers.source import RawSource
from cimforge.readers.xmi1 import read_xmi1
from cimforge.readers.xml_stream import open_xml

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers" / "xmi1"


def plain(value: object) -> object:
    """Facts as JSON that a person can write: references in a word, without places and defaults."""
    if isinstance(value, Ref):
        return f"{value.by} {value.value}"
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if not isinstance(value, msgspec.Struct):
        return value
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(value):
        content = getattr(value, field.name)
        made = field.default_factory
        default = field.default if made is msgspec.NODEFAULT else made()
        if field.name not in ("location", "sources") and content != default:
            found[field.name] = plain(content)
    return found


def read(folder: Path) -> tuple[Facts | None, Report]:
    report = Report()
    source = RawSource(path="input.xmi", data=(folder / "input.xmi").read_bytes())
    stream = open_xml(source, report)
    assert stream is not None, [d.message for d in report.diagnostics]
    return read_xmi1(source, stream, report), report


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
    expect(
        folder / "facts.json",
        json.dumps(plain(facts), indent=1, ensure_ascii=False) + "\n",
    )


def test_places_are_those_of_the_file() -> None:
    """Line and ``xmi.id`` of an element, as an editor shows them."""
    folder = CASES / "ea_default_export"
    facts, _ = read(folder)
    assert facts is not None
    text = (folder / "input.xmi").read_text(encoding="cp1252").splitlines()
    for fact in (*facts.packages, *facts.classes, *facts.members, *facts.connectors):
        assert fact.location.file == "input.xmi"
        assert fact.location.line is not None
        line = text[fact.location.line - 1]
        assert f'xmi.id="{fact.location.pointer}"' in line or f'name="{fact.location.pointer}"' in line


def test_the_source_says_who_wrote_it() -> None:
    facts, _ = read(CASES / "ea_default_export")
    assert facts is not None
    (source,) = facts.sources
    assert source == SourceFile(
        path="input.xmi",
        format="xmi1",
        sha256=source.sha256,
        exporter="Enterprise Architect 2.5",
    )
    assert len(source.sha256) == 64
