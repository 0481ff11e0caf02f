"""From what the user named to bytes: files, folders, globs and zip archives."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.readers.source import RawSource

MODEL_ENDINGS = (".nt", ".owl", ".rdf", ".rdfs", ".ttl", ".xmi", ".xml")
"""What a folder or archive is searched for. A file that is named itself may end in anything."""

FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of one file, packed or not."""


class Found(Struct, frozen=True, kw_only=True):
    """A file that some input leads to, not yet named."""

    relative: str
    """Relative to the input, ``/`` separated."""
    shown: str
    """As the user would write it."""
    parents: tuple[str, ...]
    """Folders above ``relative``, outermost first: what tells files of equal name apart."""
    real: str
    """Where it truly lies; two inputs that lead to one place are one source."""
    data: bytes


def collect(inputs: Sequence[str], report: Report) -> tuple[RawSource, ...]:
    """The bytes of every model file that ``inputs`` lead to, sorted by path.

    A path is relative to its input: a named file's own name, below a folder or an archive the path in
    it, for a glob the path below its fixed part. Files of equal path are told apart by as many of
    their parent folders as it takes, so paths depend neither on the order of inputs nor on where the
    whole lies. ``report.paths`` maps each to the path as the user gave it. A file reached twice counts
    once. In folders and archives only `MODEL_ENDINGS` are taken, hidden entries and links to folders
    are not.

    What cannot be read is reported (CIM101 to CIM110) and left out.
    """
    found: dict[str, Found] = {}
    for given in inputs:
        for item in _expand(given, report):
            found.setdefault(item.real, item)
    named = _told_apart(sorted(found.values(), key=lambda f: (f.relative, f.parents)))
    sources = []
    for path, item in named:
        report.paths[path] = item.shown
        if item.data.strip(b" \t\r\n\0\xef\xbb\xbf"):
            sources.append(RawSource(path=path, data=item.data))
        else:
            holds = "nothing but blanks" if item.data else "nothing"
            report.add("CIM110", at=Location(file=path), holds=holds)
    return tuple(sorted(sources, key=lambda s: s.path))


def _told_apart(items: Sequence[Found]) -> list[tuple[str, Found]]:
    """Each item with a path that no other item has."""
    open_items = list(items)
    named: list[tuple[str, Found]] = []
    depth = 0
    while open_items:
        by_path: dict[str, list[Found]] = {}
        for item in open_items:
            above = item.parents[len(item.parents) - depth :] if depth else ()
            by_path.setdefault("/".join((*above, item.relative)), []).append(item)
        open_items = []
        for path, same in by_path.items():
            if len(same) == 1 or all(depth >= len(i.parents) for i in same):
                named.extend((path, i) for i in same)
            else:
                open_items.extend(same)
        depth += 1
    return named


def _expand(given: str, report: Report) -> Iterator[Found]:
    at = Location(file=given)
    if not _is_text(given):
        report.add("CIM106", at=Location(file=_printable(given)))
        return
    try:
        mode = os.stat(given).st_mode
    except (FileNotFoundError, NotADirectoryError):
        if os.path.islink(given):
            report.add(
                "CIM102", at=at, reason=f"it is a link to {_printable(os.readlink(given))}, which is missing"
            )
        elif glob.has_magic(given):
            yield from _matches(given, report)
        else:
            report.add("CIM101", at=at)
        return
    except (OSError, ValueError) as error:
        report.add("CIM102", at=at, reason=_reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(given, report)
    else:
        yield from _file(given, os.path.basename(given), report)


def _matches(pattern: str, report: Report) -> Iterator[Found]:
    fixed, rest = "", pattern
    while rest:
        head, slash, tail = rest.partition("/")
        if glob.has_magic(head) or not slash:
            break
        fixed, rest = fixed + head + slash, tail
    paths = [p for p in sorted(glob.glob(pattern, recursive=True)) if not os.path.isdir(p)]
    if not paths:
        report.add("CIM104", at=Location(file=pattern))
    for path in paths:
        yield from _file(path, path[len(fixed) :], report)


def _folder(folder: str, report: Report) -> Iterator[Found]:
    at = Location(file=folder)
    taken, others = [], []

    def unreadable(error: OSError) -> None:
        report.add("CIM102", at=Location(file=_printable(error.filename or folder)), reason=_reason(error))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            path = os.path.join(place, name)
            if name.startswith("."):
                continue
            if not name.lower().endswith(MODEL_ENDINGS):
                others.append(os.path.relpath(path, folder).replace(os.sep, "/"))
            elif not _is_text(path):
                report.add("CIM106", at=Location(file=_printable(path)))
            else:
                taken.append(path)
    if not taken:
        report.add("CIM103", at=at, endings=" ".join(MODEL_ENDINGS), holds=_listed(others))
    for path in taken:
        yield from _file(path, os.path.relpath(path, folder).replace(os.sep, "/"), report)


def _file(path: str, relative: str, report: Report) -> Iterator[Found]:
    data = _bytes(path, report)
    if data is None:
        return
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from cimforge.readers.inputs_zip import members

        for member, content in members(path, data, MODEL_ENDINGS, report):
            yield _found(f"{path}/{member}", _prefix(relative) + member, content)
        return
    yield _found(path, relative, data)


def _prefix(relative: str) -> str:
    """An archive's own folders, where it was met inside a folder or glob; its name is left out."""
    return relative[: relative.rfind("/") + 1]


def _found(path: str, relative: str, data: bytes) -> Found:
    parts = os.path.abspath(path).replace(os.sep, "/").split("/")
    below = relative.count("/") + 1
    return Found(
        relative=relative,
        shown=path,
        parents=tuple(p for p in parts[:-below] if p),
        real=os.path.realpath(path),
        data=data,
    )


def _bytes(path: str, report: Report) -> bytes | None:
    """The bytes of a regular file within the limit; None and a diagnostic otherwise."""
    at = Location(file=path)
    try:
        info = os.stat(path)
        if not stat.S_ISREG(info.st_mode):
            report.add("CIM102", at=at, reason="it is no regular file")
            return None
        if info.st_size <= FILE_LIMIT:
            with open(path, "rb") as file:
                data = file.read(info.st_size + 1)
                if len(data) > info.st_size:
                    data += file.read(FILE_LIMIT)  # it has grown meanwhile, or tells no size
            if len(data) <= FILE_LIMIT:
                return data
    except FileNotFoundError:
        missing = (
            f"it is a link to {_printable(os.readlink(path))}, which is missing"
            if os.path.islink(path)
            else "it is gone"
        )
        report.add("CIM102", at=at, reason=missing)
        return None
    except OSError as error:
        report.add("CIM102", at=at, reason=_reason(error))
        return None
    report.add("CIM105", at=at, size=f"{info.st_size:,}", limit=f"{FILE_LIMIT:,}")
    return None


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "it is empty"
    shown = ", ".join(_printable(n) for n in names[:3])
    return f"it holds {shown}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _reason(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) else None
    return (text or str(error) or type(error).__name__).lower()


def _is_text(path: str) -> bool:
    """Whether the name is valid Unicode (POSIX names are bytes, and need not be)."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
