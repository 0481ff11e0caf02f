"""What is no sound file is refused: one diagnostic, its place, its remedy, and nothing touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.bad_bytes import REFUSED, Refused, sound
from tests.hostile.refusals import refuse, unharmed
from tests.hostile.sketch import TEXT, Format

CASES = [pytest.param(case, f, id=f"{case.name}-{f}") for case in REFUSED for f in case.formats]


@pytest.mark.parametrize(("case", "format_"), CASES)
def test_refused(case: Refused, format_: Format, built_world: Path, tmp_path: Path) -> None:
    data = case.make(format_)
    assert data != sound(format_)
    [finding] = refuse(built_world, tmp_path / f"model.{format_}", data)
    assert finding["code"] == case.code, finding
    assert case.says in finding["message"]
    if case.at is not None:
        line = data[: data.index(case.at)].count(b"\n") + 1
        assert finding["line"] == line, finding
    elif case.code in ("CIM115", "CIM119", "CIM130"):
        assert 1 <= finding["line"] <= data.count(b"\n") + 1


@pytest.mark.parametrize("format_", TEXT)
def test_no_cut_is_taken_for_a_whole_file(format_: Format, built_world: Path, tmp_path: Path) -> None:
    """A file that ends early never builds, wherever the cut is (a Turtle statement may be the last one).

    Of databases `test_databases` has the cuts.
    """
    data = sound(format_)
    last = data.rindex({"ttl": b".", "nt": b".", "jsonld": b"]"}.get(format_, b">"))
    for cut in range(40, last, max(1, last // 60)):
        part = data[:cut]
        if format_ in ("ttl", "nt") and part.rstrip().endswith(b"."):
            continue
        for finding in refuse(built_world, tmp_path / f"model.{format_}", part):
            assert finding["line"] or finding["code"] == "CIM111", (cut, finding)


@pytest.mark.parametrize("what", ["folder", "folder without models", "missing", "dangling link", "device"])
def test_no_file(what: str, built_world: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.rdf"
    code = {"folder": "CIM103", "missing": "CIM101", "device": "CIM102", "dangling link": "CIM102"}.get(
        what, "CIM103"
    )
    if what.startswith("folder"):
        path.mkdir()
    if what == "folder without models":
        (path / "readme.md").write_text("no model\n")
    elif what == "dangling link":
        path.symlink_to(tmp_path / "nowhere")
    elif what == "device":
        path = Path("/dev/zero")
    with unharmed(built_world):
        [finding] = refuse(built_world, path)
    assert finding["code"] == code
    assert finding["file"] == str(path)
