"""A build that must be refused, and what that means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hostile.runs import cimforge, world


@contextmanager
def unharmed(*folders: Path) -> Iterator[None]:
    """Everything below ``folders`` is afterwards as it was, times of change included."""
    before = [world(folder) for folder in folders]
    yield
    for folder, was in zip(folders, before, strict=True):
        now = world(folder)
        touched = sorted(p for p in was.keys() | now.keys() if was.get(p) != now.get(p))
        assert not touched, f"{folder} was touched"


def refuse(
    built_world: Path, path: Path, data: bytes | None = None, *more: str | Path
) -> list[dict[str, Any]]:
    """The errors with which a build of ``path`` into the output of ``built_world`` ends.

    Whatever is wrong: exit status 2; no traceback; every error names the file, and says a remedy; the
    previous output, everything beside it and everything beside the input is as it was.
    """
    if data is not None:
        path.write_bytes(data)
    arguments = ("build", path, *more, "--out", built_world / "out")
    beside = (path.parent,) if data is not None else ()
    with unharmed(built_world, *beside):
        as_json = cimforge(*arguments, "--message-format", "json")
        as_text = cimforge(*arguments)
    assert as_json.status == as_text.status == 2, (as_json, as_text)
    assert "Traceback" not in as_text.stderr
    assert as_text.stdout == ""
    assert as_json.stderr == ""
    errors = as_json.errors
    assert errors
    for finding in errors:
        assert finding["code"] != "CIM900"
        assert finding["file"], finding
        assert finding["line"] or finding["pointer"] or finding["code"] in NO_LINES, finding
        assert finding["remedy"].strip()
        assert str(path) in as_text.stderr
        assert f"help: {finding['remedy']}" in as_text.stderr
        if finding["line"]:
            assert f"{finding['file']}:{finding['line']}\n" in as_text.stderr
    return errors


def place(finding: dict[str, Any]) -> tuple[str, object]:
    """File and line of a finding or of what is related to it; in a database, file and row."""
    where = finding["line"] or finding["pointer"]
    assert where, finding
    return finding["file"], where


NO_LINES = {
    "CIM101",
    "CIM102",
    "CIM103",
    "CIM105",
    "CIM106",
    "CIM107",
    "CIM109",
    "CIM110",
    *("CIM175", "CIM176", "CIM177", "CIM180", "CIM184"),  # a database as a whole
    "CIM111",
    "CIM112",
    "CIM116",
    "CIM175",
    "CIM176",
    "CIM177",
}
"""Rules about a whole file; and of an entity in UTF-16, whose lines are not counted."""
