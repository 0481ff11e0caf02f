"""The last words of a build or a check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cimforge.diagnostics.as_text import printable
from cimforge.ir.value import replace
from cimforge.output.write import Written

if TYPE_CHECKING:
    from cimforge.output.check import Comparison

_STATE_WORDS = {"edited": "edited by hand"}


def closing(out: Path, summary: Sequence[tuple[str, str]], look_first: str, written: Written) -> str:
    """The closing table: what was read and emitted, what became of it on disk, where to look first."""
    rows = list(summary)
    rows.append(("output", f"{out.as_posix()}: {_became(written)}"))
    if look_first:
        rows.append(("look first", f"{out.as_posix()}/{look_first}"))
    width = max(len(label) for label, _ in rows)
    note = "the build before was killed half-way; it was completed first\n" if written.finished else ""
    return note + "".join(f"{printable(label):{width}}  {printable(text)}\n" for label, text in rows)


def as_if_unchanged(written: Written) -> Written:
    """What the same build says if it comes again: nothing left to write."""
    return replace(
        written, written=(), removed=(), finished=False, unchanged=written.unchanged + len(written.written)
    )


def states_text(comparison: Comparison, *, quiet: bool, limit: int) -> str:
    """Each file that differs with its state, the difference, and how many files are in which state."""
    from cimforge.output.check import STATES, diff_lines

    lines = [
        f"{_STATE_WORDS.get(file.state, file.state):14}  {printable(file.path)}"
        for file in comparison.files
        if file.state != "same"
    ]
    if not quiet:
        lines += map(printable, diff_lines(comparison, limit))
        counted = ((comparison.count(state), _STATE_WORDS.get(state, state)) for state in STATES)
        told = ", ".join(f"{number} {state}" for number, state in counted if number)
        lines.append(f"{len(comparison.files)} files: {told}")
        if comparison.interrupted:
            lines.append("not clean: a build was killed half-way")
        elif comparison.is_clean:
            lines.append("clean")
    return "".join(f"{line}\n" for line in lines)


def summary_line(written: Written | None, comparison: Comparison | None) -> str:
    """One JSON object: what became of the files, or their states; empty where nothing came of it."""
    if written is not None:
        row: dict[str, object] = {
            "type": "build",
            "written": len(written.written),
            "removed": len(written.removed),
            "unchanged": written.unchanged,
        }
        return json.dumps(row) + "\n"
    if comparison is None:
        return ""
    from cimforge.output.check import STATES

    files = (json.dumps({"type": "file", "path": f.path, "state": f.state}) for f in comparison.files)
    counts = {state: comparison.count(state) for state in STATES}
    end = json.dumps({"type": "check", "clean": comparison.is_clean, **counts})
    return "".join(f"{line}\n" for line in (*files, end))


def _became(written: Written) -> str:
    parts = (
        (len(written.written), "written"),
        (len(written.removed), "removed"),
        (written.unchanged, "unchanged"),
        (len(written.kept), "yours, kept"),
    )
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "nothing to write"
