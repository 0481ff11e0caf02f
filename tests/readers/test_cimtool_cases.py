"""Folder cases of CIMTool's profiles: OWL and Catalog, and what they say or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.readers.profile_files import outline, read_profile
from tests.readers.rdf_files import diagnostics

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "readers"
CASES = [p for kind in ("cimtool", "catalog") for p in sorted((FOLDER / kind).iterdir())]


@pytest.mark.parametrize("folder", CASES, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_case(folder: Path, expect: Callable[[Path, str], None]) -> None:
    [path] = folder.glob("input.*")
    file, report = read_profile(path)
    if (folder / "profile.txt").exists() or file is not None:
        assert file is not None, diagnostics(report)
        expect(folder / "profile.txt", outline(file))
    else:
        assert report.has_errors
    found = diagnostics(report)
    if found or (folder / "diagnostics.txt").exists():
        expect(folder / "diagnostics.txt", found)
