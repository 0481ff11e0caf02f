"""Folder cases of the XMI 1.x reader: ``input.xmi``, and ``facts.json`` or ``diagnostics.txt`` or both."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge.ir.facts import SourceFile
from cimforge.readers.xmi1 import read_xmi1

from tests.readers.fact_files import CASES, Expect, by_line, check_case, read_case

FOLDER = CASES / "xmi1"


@pytest.mark.parametrize("folder", sorted(FOLDER.iterdir()), ids=lambda f: f.name)
def test_case(folder: Path, expect: Expect) -> None:
    facts, report = read_case(read_xmi1, folder)
    check_case(folder, facts, by_line(report), expect)


def test_places_are_those_of_the_file() -> None:
    """Line and ``xmi.id`` of an element, as an editor shows them."""
    folder = FOLDER / "ea_default_export"
    facts, _ = read_case(read_xmi1, folder)
    assert facts is not None
    text = (folder / "input.xmi").read_text(encoding="cp1252").splitlines()
    for fact in (*facts.packages, *facts.classes, *facts.members, *facts.connectors):
        assert fact.location.file == "input.xmi"
        assert fact.location.line is not None
        line = text[fact.location.line - 1]
        assert f'xmi.id="{fact.location.pointer}"' in line or f'name="{fact.location.pointer}"' in line


def test_the_source_says_who_wrote_it() -> None:
    facts, _ = read_case(read_xmi1, FOLDER / "ea_default_export")
    assert facts is not None
    (source,) = facts.sources
    assert source == SourceFile(
        path="input.xmi",
        format="xmi1",
        sha256=source.sha256,
        exporter="Enterprise Architect 2.5",
    )
    assert len(source.sha256) == 64
