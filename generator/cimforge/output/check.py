"""What a build would find changed, told without touching anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.output.commit import unfinished
from cimforge.output.files import LockInputs, OutputFile
from cimforge.output.manifest import MANIFEST, Entry, lock_file
from cimforge.output.paths import WORK_FOLDER, sound_paths
from cimforge.output.plan import Disk, Seen, carried, manifest_file, previous_manifest
from cimforge.output.write import sound_folder

State = Literal["same", "missing", "changed", "stale", "edited"]
STATES: tuple[State, ...] = ("same", "missing", "changed", "stale", "edited")


class FileState(Struct, frozen=True, kw_only=True):
    """One file of the output: on disk as against what a build would write."""

    path: str
    state: State
    """``changed``: as the last build left it, and a build now would write other bytes. ``stale``: the
    last build wrote it, a build now would remove it. ``edited``: neither the last build's bytes nor
    the new ones."""
    old: bytes | None = None
    new: bytes | None = None


class Comparison(Struct, frozen=True, kw_only=True):
    """The state of every file, sorted by path."""

    files: tuple[FileState, ...]
    interrupted: bool
    """A build was killed half-way; what is on disk belongs to two builds."""

    @property
    def is_clean(self) -> bool:
        """Nothing differs."""
        return not self.interrupted and all(file.state == "same" for file in self.files)

    def count(self, state: State) -> int:
        """How many files are in ``state``."""
        return sum(file.state == state for file in self.files)


def compare(
    files: Sequence[OutputFile],
    out: Path,
    lock_inputs: LockInputs,
    *,
    report: Report,
    scope: Sequence[str] | None = None,
) -> Comparison | None:
    """How ``out`` compares with what `write` would make of it; None if the manifest cannot be read.

    Every difference is a diagnostic too (CIM710, CIM711 for a build that was killed). Writes nothing.
    """
    everything = (*files, lock_file(lock_inputs))
    if not sound_paths(everything, report) or not sound_folder(out, report):
        return None
    try:
        previous = previous_manifest(out, report, force=False)
        if previous is None:
            return None
        states = tuple(_states(everything, out, previous, scope))
    except OSError as error:
        report.add("CIM713", at=Location(file=out.as_posix()), problem=(error.strerror or str(error)).lower())
        return None
    interrupted = unfinished(out, WORK_FOLDER)
    if interrupted:
        report.add("CIM711", at=Location(file=out.as_posix()))
    for file in states:
        if file.state != "same":
            at = Location(file=f"{out.as_posix()}/{file.path}")
            report.add("CIM710", at=at, path=file.path, state=_WORDS[file.state])
    return Comparison(files=states, interrupted=interrupted)


_WORDS = {
    "missing": "missing",
    "changed": "changed: the build would write other bytes",
    "stale": "stale: the build would remove it",
    "edited": "edited by hand",
}


def diff_lines(comparison: Comparison, limit: int) -> Iterator[str]:
    """A unified diff from what is on disk to what a build would write, without line ends.

    At most ``limit`` lines; the last then says how many there are in all.
    """
    total = 0
    for file in comparison.files:
        if file.state == "same":
            continue
        old, new = _lines(file.old), _lines(file.new)
        before = "/dev/null" if file.old is None else f"a/{file.path}"
        after = "/dev/null" if file.new is None else f"b/{file.path}"
        for line in unified_diff(old, new, before, after, lineterm=""):
            total += 1
            if total <= limit:
                yield line.removesuffix("\n")
    if total > limit:
        yield f"... {limit} of {total} lines of difference shown"


def _lines(data: bytes | None) -> list[str]:
    return [] if data is None else data.decode("utf-8", "backslashreplace").split("\n")


def _states(
    files: Sequence[OutputFile], out: Path, previous: dict[str, Entry], scope: Sequence[str] | None
) -> Iterator[FileState]:
    disk = Disk(out)
    others = carried(previous, scope)
    wanted = {file.path: file for file in (*files, manifest_file(files, others))}
    paths = sorted({*wanted, *(p for p, e in previous.items() if p not in others and e.owner == "generator")})
    for path in paths:
        seen = disk.see(path)
        file = wanted.get(path)
        if file is None:
            if seen.standing in ("file", "link"):
                state = _stale_or_edited(seen, previous[path])
                yield FileState(path=path, state=state, old=seen.data)
        elif seen.standing == "absent":
            yield FileState(path=path, state="missing", new=file.data)
        elif _is_right(file, seen):
            yield FileState(path=path, state="same")
        elif path == MANIFEST or (path in previous and previous[path].sha256 == seen.sha256):
            yield FileState(path=path, state="changed", old=seen.data, new=file.data)
        else:
            yield FileState(path=path, state="edited", old=seen.data, new=file.data)


def _is_right(file: OutputFile, seen: Seen) -> bool:
    if file.owner == "user":
        return seen.standing != "blocked"
    return seen.standing == "file" and seen.data == file.data


def _stale_or_edited(seen: Seen, entry: Entry) -> State:
    return "stale" if seen.sha256 == entry.sha256 else "edited"
