"""From files in memory to the output folder: all or nothing, and only what differs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.output.commit import commit, finish
from cimforge.output.files import LockInputs, OutputFile
from cimforge.output.manifest import lock_file
from cimforge.output.paths import WORK_FOLDER, sound_paths
from cimforge.output.plan import Plan, plan, previous_manifest
from cimforge.output.turn import turn


class Written(Struct, frozen=True, kw_only=True):
    """What a build did to the output folder."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    """The user's own files, left as they are."""
    finished: bool = False
    """The build before was killed half-way; its changes were completed first."""


def write(
    files: Sequence[OutputFile],
    out: Path,
    lock_inputs: LockInputs,
    *,
    force: bool,
    report: Report,
    scope: Sequence[str] | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Written | None:
    """The folder ``out`` holds ``files``, ``cimforge.lock`` and ``manifest.json``; None if it could not.

    Files with the right bytes are not touched. Files of the previous manifest that are not among
    ``files`` are removed, with the folders that this empties; with ``scope`` (names of emitters)
    only theirs. Foreign files and files of the user are never touched. After None, ``out`` is as it
    was, and ``report`` says why: CIM701 to CIM709.

    Two builds of one folder follow each other; ``waiting`` is called before the wait.
    """
    everything = (*files, lock_file(lock_inputs))
    if not sound_paths(everything, report) or not sound_folder(out, report):
        return None
    try:
        planned = _plan(everything, out, scope, force, Report())
        if planned and not planned.changes and not os.path.lexists(out / WORK_FOLDER):
            return Written(unchanged=planned.unchanged, kept=planned.kept)
        with turn(out, waiting) as work:
            finished = finish(out, work)
            planned = _plan(everything, out, scope, force, report)
            if planned is None:
                return None
            if planned.changes:
                commit(out, work, planned.changes)
    except OSError as error:
        report.add("CIM708", at=Location(file=out.as_posix()), problem=_problem(error))
        return None
    return Written(
        written=tuple(c.path for c in planned.changes if c.data is not None),
        removed=tuple(c.path for c in planned.changes if c.data is None),
        unchanged=planned.unchanged,
        kept=planned.kept,
        finished=finished,
    )


def sound_folder(out: Path, report: Report) -> bool:
    """Whether ``out`` is a folder or can become one; CIM702 if not."""
    for folder in (out, *out.parents):
        if folder.is_dir():
            return True
        if os.path.lexists(folder):
            what = "a link that leads nowhere" if folder.is_symlink() else "a file"
            report.add("CIM702", at=Location(file=folder.as_posix()), path=folder.as_posix(), what=what)
            return False
    return True


def _plan(
    files: Sequence[OutputFile], out: Path, scope: Sequence[str] | None, force: bool, report: Report
) -> Plan | None:
    previous = previous_manifest(out, report, force=force)
    if previous is None:
        return None
    return plan(files, out, previous, scope=scope, force=force, report=report)


def _problem(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()
