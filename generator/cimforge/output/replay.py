"""Nothing to do: decided from `os.stat` alone, before anything else is imported.

A build that ended clean leaves a record in the user's cache folder: the command line, everything
that it read (its own code, the templates, the settings, the sources, every file of the output)
with size, times and inode, and what it said. If the same command line comes again and nothing of
that has changed, the record is the result. Anything else is a full build; a lost record costs
time, never truth.
"""

from __future__ import annotations

import os
import sys
import time
import zlib

TYPE_CHECKING = False  # typing itself would cost a quarter of the time that this file has
if TYPE_CHECKING:
    from collections.abc import Collection

_MAGIC = "cimforge-replay-1"
_ABSENT = "-"
_TICK = 0.012
"""Seconds in which a second change of a file can bear the time of the first: the kernel's clock tick."""


def replay(arguments: list[str]) -> bool:
    """Whether ``arguments`` ask for a build that would change nothing; what it said is then said again."""
    if arguments[:1] != ["build"]:
        return False
    try:
        with open(_record(arguments), encoding="utf-8", errors="surrogateescape", newline="") as file:
            fields = file.read().split("\0")
    except OSError:
        return False
    key = _key(arguments)
    if fields[: len(key)] != key:
        return False
    out, err, *rest = fields[len(key) :] or ("", "", "")
    if len(rest) % 2 or any(_stamp(p) != stamp for p, stamp in zip(rest[::2], rest[1::2], strict=True)):
        return False
    sys.stdout.write(out)
    sys.stdout.flush()
    sys.stderr.write(err)
    return True


def remember(
    arguments: list[str], *, out: str, err: str, read: Collection[str], made: Collection[str], since: int
) -> None:
    """Record a clean build of ``arguments`` for `replay`: what it says, and every path it depends on.

    ``read`` are the paths that it read, ``made`` those that it wrote or found right. A path that is
    not there is recorded as absent; a folder stands for the names in it. Nothing is recorded if a
    path of ``read`` changed after ``since`` (nanoseconds of the system clock, taken before the first
    was read): what is there now need not be what was read.
    """
    time.sleep(_TICK)
    stamps = {path: _stamp(path) for path in sorted({*read, *made})}
    latest = max((_changed(path) for path in read), default=0)
    fields = [*_key(arguments), out, err, *(part for pair in stamps.items() for part in pair)]
    if latest >= since - int(_TICK * 1e9) or any("\0" in field for field in fields):
        return
    record = _record(arguments)
    fresh = f"{record}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(record), exist_ok=True)
        with open(fresh, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write("\0".join(fields))
        os.replace(fresh, record)
    except OSError:
        return


def _key(arguments: list[str]) -> list[str]:
    """What a record is good for: this command line, here, by this Python, to this kind of terminal."""
    return [
        _MAGIC,
        sys.version,
        sys.executable,
        os.path.abspath(__file__),
        os.getcwd(),
        str(sys.stderr.isatty()),
        os.environ.get("NO_COLOR", ""),
        os.environ.get("TERM", ""),
        str(len(arguments)),
        *arguments,
    ]


def _record(arguments: list[str]) -> str:
    cache = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.expanduser("~/.cache")
    number = zlib.crc32("\0".join(_key(arguments)).encode("utf-8", "surrogateescape"))
    return f"{cache}/cimforge/{number:08x}"


def _stamp(path: str) -> str:
    try:
        s = os.stat(path)
    except OSError:
        return _ABSENT
    return f"{s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino} {s.st_mode}"


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_ctime_ns
    except OSError:
        return 0
