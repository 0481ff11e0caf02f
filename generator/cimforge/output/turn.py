"""One build at a time in one output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cimforge.output.paths import WORK_FOLDER

_LOCK = "lock"


@contextmanager
def turn(root: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """Hold the output folder ``root`` (made if it is not there) alone; gives its work folder.

    Calls ``waiting`` once if another build holds it, then waits for that build's end. The lock is
    the kernel's, so a killed build frees it. Neither lock nor work folder remain afterwards, and
    folders made here that stay empty are removed again.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    made: list[Path] = []
    work = root / WORK_FOLDER
    held = -1
    try:
        _make(root, made)
        while held < 0:
            held = _acquire(work, waiting)
        yield work
    finally:
        if held >= 0:
            with suppress(OSError):
                os.unlink(work / _LOCK)
                os.rmdir(work)
            os.close(held)
        else:
            with suppress(OSError):
                os.rmdir(work)
        with suppress(OSError):
            for folder in reversed(made):
                os.rmdir(folder)


def _make(root: Path, made: list[Path]) -> None:
    missing = []
    folder = root
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        with suppress(FileExistsError):
            folder.mkdir()
            made.append(folder)


def _acquire(work: Path, waiting: Callable[[], None]) -> int:
    """Descriptor of the locked file; -1 if the former holder removed the file meanwhile: try again."""
    os.makedirs(work, exist_ok=True)
    if os.path.islink(work):
        raise NotADirectoryError(0, f"{WORK_FOLDER} is a link")
    try:
        descriptor = os.open(work / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except FileNotFoundError:
        return -1
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink == 0:
            os.close(descriptor)
            return -1
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
