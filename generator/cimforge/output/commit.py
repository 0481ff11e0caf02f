"""All or nothing: staged files, a journal, and a swap that a kill cannot leave looking whole.

Foreign and user files live in the same tree, so the folder cannot be swapped as one. Instead:

1. every new file is written to ``.cimforge/new/``, inside the output folder and so on its file system;
2. ``.cimforge/journal.json`` names every change with the digests before and after; synced, then
   renamed into place: from here on the output counts as unfinished;
3. each old file is kept as a hard link in ``.cimforge/old/`` and each new one renamed over it, the
   manifest last; an error on the way puts every old file back;
4. the journal is removed: the output counts as finished.

A kill before 2 leaves the old output, a kill after 3 the new one. In between, `check` sees the
journal and says so, and the next build finishes the job from the journal.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cimforge.output.paths import path_problem
from cimforge.output.plan import Change, Disk

JOURNAL = "journal.json"
_NEW = "new"
_OLD = "old"


def commit(root: Path, work: Path, changes: tuple[Change, ...]) -> None:
    """Make every change, in order, or none. The caller holds the folder's turn.

    Raises:
        OSError: nothing was changed: a full or read-only disk, a file in use.
    """
    clear(work)
    try:
        _stage(work, changes)
        _swap(root, work, changes)
    finally:
        if not (work / JOURNAL).exists():
            clear(work)
    _drop_empty_folders(root, changes)


def unfinished(root: Path, work_folder: str) -> bool:
    """Whether a build of ``root`` was killed between its first and its last change."""
    return os.path.lexists(root / work_folder / JOURNAL)


def finish(root: Path, work: Path) -> bool:
    """Finish the changes of a killed build; whether there were any. The caller holds the turn.

    A file that changed since is left as it is: neither the old nor the new bytes, so somebody's.
    """
    journal = work / JOURNAL
    found = os.path.lexists(journal)
    if found:
        disk = Disk(root)
        for number, (path, old, new) in enumerate(_read_journal(journal)):
            current = disk.see(path)
            staged = work / _NEW / str(number)
            if current.standing not in ("absent", "file") or current.sha256 not in (old, None):
                continue
            if new is None:
                if current.standing == "file":
                    os.unlink(root / path)
            elif _digest(staged) == new:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(staged, root / path)
        with suppress(FileNotFoundError):
            os.unlink(journal)
    clear(work)
    return found


def clear(work: Path) -> None:
    """Remove what builds staged; the journal, if there is one, goes first."""
    for name in (JOURNAL, JOURNAL + ".new"):
        with suppress(FileNotFoundError):
            os.unlink(work / name)
    for name in (_NEW, _OLD):
        shutil.rmtree(work / name, ignore_errors=True)


def _stage(work: Path, changes: tuple[Change, ...]) -> None:
    os.mkdir(work / _NEW)
    os.mkdir(work / _OLD)
    rows = []
    for number, change in enumerate(changes):
        if change.data is not None:
            with open(work / _NEW / str(number), "xb") as file:
                file.write(change.data)
        rows.append((change.path, change.old, change.new))
    with open(work / (JOURNAL + ".new"), "x", encoding="utf-8") as journal:
        json.dump({"journal_version": 1, "changes": rows}, journal)
        journal.flush()
        os.fsync(journal.fileno())


def _swap(root: Path, work: Path, changes: tuple[Change, ...]) -> None:
    done: list[tuple[int, str]] = []
    folders: list[Path] = []
    os.rename(work / (JOURNAL + ".new"), work / JOURNAL)
    try:
        for number, change in enumerate(changes):
            target = root / change.path
            _make_folders(target.parent, folders)
            _keep(target, work / _OLD / str(number))
            done.append((number, change.path))
            if change.data is None:
                os.unlink(target)
            else:
                os.replace(work / _NEW / str(number), target)
    except BaseException:
        _undo(root, work, done, folders)
        os.unlink(work / JOURNAL)
        raise
    os.unlink(work / JOURNAL)


def _undo(root: Path, work: Path, done: list[tuple[int, str]], folders: list[Path]) -> None:
    for number, path in reversed(done):
        old = work / _OLD / str(number)
        if os.path.lexists(old):
            os.replace(old, root / path)
        else:
            with suppress(FileNotFoundError):
                os.unlink(root / path)
    for folder in reversed(folders):
        with suppress(OSError):
            os.rmdir(folder)


def _keep(target: Path, kept: Path) -> None:
    """Keep what stands at ``target`` a second time at ``kept``; nothing if nothing is there."""
    try:
        os.link(target, kept, follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copy2(target, kept, follow_symlinks=False)


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        folder.mkdir()
        made.append(folder)


def _drop_empty_folders(root: Path, changes: tuple[Change, ...]) -> None:
    folders = {parent for c in changes if c.data is None for parent in (root / c.path).parents}
    for folder in sorted(folders, key=lambda f: len(f.parts), reverse=True):
        if root in folder.parents:
            with suppress(OSError):
                os.rmdir(folder)


def _read_journal(journal: Path) -> list[tuple[str, str | None, str | None]]:
    """The journal's rows; none if it is no journal of ours, or names a path outside the folder."""
    try:
        document = json.loads(journal.read_bytes())
        rows = [(str(path), old, new) for path, old, new in document["changes"]]
    except (ValueError, KeyError, TypeError, OSError):
        return []
    return [] if any(path_problem(path) for path, _, _ in rows) else rows


def _digest(file: Path) -> str | None:
    if file.is_symlink() or not file.is_file():
        return None
    return sha256(file.read_bytes()).hexdigest()
