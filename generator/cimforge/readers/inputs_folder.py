"""Files below a folder, and those that match a pattern. The search enters no links to folders."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Callable, Iterator, Sequence

Unreadable = Callable[[OSError], None]


def below(folder: str, unreadable: Unreadable) -> Iterator[str]:
    """Paths of the files below ``folder``, hidden files and folders left out, however deep folders lie.

    A folder that cannot be listed is told.
    """
    for place in folders_below(folder, unreadable):
        for entry in _entries(place, unreadable):
            if not entry.name.startswith(".") and not os.path.isdir(entry.path):
                yield entry.path


def matching(pattern: str, unreadable: Unreadable) -> tuple[int, list[str]]:
    """Length of the pattern's fixed part, and the sorted paths of the files that match.

    As `glob.glob` has it, but ``**`` enters no link to a folder: two such links in a circle would be
    followed along every path through them, for ever.
    """
    fixed, rest = "", pattern
    while rest:
        head, slash, tail = rest.partition("/")
        if glob.has_magic(head) or not slash:
            break
        fixed, rest = fixed + head + slash, tail
    parts = [p for p in rest.split("/") if p]
    kept = [p for i, p in enumerate(parts) if p != "**" or parts[i - 1 : i] != ["**"]]
    found = set(_matches(fixed, kept, unreadable))
    return len(fixed), sorted(p for p in found if not os.path.isdir(p))


def _matches(folder: str, parts: Sequence[str], unreadable: Unreadable) -> Iterator[str]:
    if not parts:
        return
    head, *tail = parts
    if head == "**":
        for place in folders_below(folder or ".", unreadable):
            inner = place if folder else place.removeprefix(".").removeprefix("/")
            yield from _matches(inner and os.path.join(inner, ""), tail or ["*"], unreadable)
    elif glob.has_magic(head):
        for entry in _entries(folder or ".", unreadable):
            if fnmatch.fnmatchcase(entry.name, head) and head.startswith(".") >= entry.name.startswith("."):
                path = folder + entry.name
                if not tail:
                    yield path
                elif os.path.isdir(path):
                    yield from _matches(f"{path}/", tail, unreadable)
    elif tail:
        yield from _matches(f"{folder}{head}/", tail, unreadable)
    elif os.path.lexists(folder + head):
        yield folder + head


def folders_below(folder: str, unreadable: Unreadable, depth: int | None = None) -> Iterator[str]:
    """``folder`` and the folders below it that are not hidden, parents first; at most ``depth`` levels down.

    Where there is a ``depth``, links to folders are entered, as a pattern of as many levels enters them.
    """
    waiting = [(folder, 0)]
    while waiting:
        place, level = waiting.pop()
        yield place
        if depth is not None and level >= depth:
            continue
        inner = [
            (e.path, level + 1)
            for e in _entries(place, unreadable)
            if not e.name.startswith(".")
            and (e.is_dir(follow_symlinks=False) if depth is None else os.path.isdir(e.path))
        ]
        waiting += reversed(inner)


def _entries(folder: str, unreadable: Unreadable) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        unreadable(error)
        return []
