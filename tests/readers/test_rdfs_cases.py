"""Folder cases of the RDFS, OWL and SHACL readers: one input, and what it says or what is wrong with it, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.readers.rdf_files import diagnostics, outline, read_file

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers"
FOLDERS = sorted(folder for kind in ("rdfs", "owl", "shacl") for folder in (CASES / kind).iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_case(folder: Path, expect: Callable[[Path, str], None]) -> None:
    [path] = folder.glob("input.*")
    facts, report = read_file(path)
    if (folder / "facts.txt").exists():
        assert facts is not None, diagnostics(report)
        expect(folder / "facts.txt", outline(facts))
    else:
        assert report.has_errors
    found = diagnostics(report)
    if found or (folder / "diagnostics.txt").exists():
        expect(folder / "diagnostics.txt", found)
