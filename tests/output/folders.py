"""Files to write, and folders as they are before and after."""

from __future__ import annotations

import os
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.output.files import LockInputs, OutputFile
from cimforge.output.write import Written, write

LOCK_INPUTS = LockInputs(
    tool="0.1.0", ir_version=1, settings="s", templates="t", sources=(("cim/Core.ttl", "ab"),)
)


def files(**text_by_name: str) -> tuple[OutputFile, ...]:
    """One file for each keyword: ``a__b="x"`` is the file ``a/b.txt`` with the text ``x``."""
    return tuple(
        OutputFile(path=name.replace("__", "/") + ".txt", data=f"{text}\n".encode(), elements=(f"#{name}",))
        for name, text in text_by_name.items()
    )


def put(out: Path, *wanted: OutputFile, force: bool = False, scope: tuple[str, ...] | None = None) -> Written:
    """Write, which must succeed."""
    report = Report()
    written = write(wanted, out, LOCK_INPUTS, force=force, report=report, scope=scope)
    assert written is not None, [d.message for d in report.diagnostics]
    return written


def refused(out: Path, *wanted: OutputFile, force: bool = False) -> list[str]:
    """Write, which must fail and change nothing; the codes of why."""
    report = Report()
    before = tree(out)
    assert write(wanted, out, LOCK_INPUTS, force=force, report=report) is None
    assert tree(out) == before
    return [d.code for d in report.diagnostics]


def tree(folder: Path) -> dict[str, tuple[str, bytes, int]]:
    """Everything below ``folder``: kind, bytes or target, and time of change, by path."""
    found: dict[str, tuple[str, bytes, int]] = {}
    if folder.is_file():
        return {"": ("file", folder.read_bytes(), folder.stat().st_mtime_ns)}
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            key = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[key] = ("link", os.readlink(path).encode(), 0)
            elif path.is_dir():
                found[key] = ("folder", b"", 0)
            else:
                found[key] = ("file", path.read_bytes(), path.stat().st_mtime_ns)
    return found


def names(folder: Path) -> set[str]:
    """The paths of all files and links below ``folder``."""
    return {path for path, (kind, _, _) in tree(folder).items() if kind != "folder"}
