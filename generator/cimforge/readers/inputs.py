"""From what the user named to bytes: files, folders, globs and zip archives."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.readers.inputs_database import SQLITE, is_behind, unfinished
from cimforge.readers.inputs_folder import below, matching
from cimforge.readers.source import RawSource

MODEL_ENDINGS = (
    *(".hext", ".jsonld", ".n3", ".nq", ".nt", ".owl", ".rdf", ".rdfs", ".trig", ".trix", ".ttl"),
    *(".eap", ".eapx", ".qea", ".qeax", ".uml", ".xmi", ".xml"),
)
"""What a folder or archive is searched for. A file that is named itself may end in anything."""

NAMESPACES = ".namespaces"
"""What tells a table of namespaces: its content, lines of ``name=value``, could be anybody's."""

_ENDINGS = (*MODEL_ENDINGS, NAMESPACES)

ARCHIVE_ENDING = ".zip"
ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""With what an archive begins; the second is that of an empty one."""

FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of one file, packed or not."""


_SOMETHING = re.compile(rb"[^ \t\r\n\0\xef\xbb\xbf]")
"""A byte that is neither blank nor part of a byte order mark."""


class Found(Struct, frozen=True, kw_only=True):
    """A file that some input leads to, not yet named."""

    relative: str
    """Relative to the input, ``/`` separated."""
    shown: str
    """As the user would write it."""
    parts: tuple[str, ...]
    """Its absolute path, archives on the way included."""
    own: int
    """How many of the last ``parts`` are in any case part of its name."""
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
    named = _told_apart(sorted(found.values(), key=lambda f: (f.relative, f.parts)))
    sources = []
    for path, item in named:
        report.paths[path] = item.shown
        if _SOMETHING.search(item.data):
            sources.append(RawSource(path=path, data=item.data))
        else:
            holds = "nothing but blanks" if item.data else "nothing"
            report.add("CIM110", at=Location(file=path), holds=holds)
    return tuple(sorted(sources, key=lambda s: s.path))


def _told_apart(items: Sequence[Found]) -> list[tuple[str, Found]]:
    """Each item with a path that no other item has."""
    open_items = list(items)
    named: dict[str, Found] = {}
    depth = 0
    while open_items:
        by_path: dict[str, list[Found]] = {}
        for item in open_items:
            taken = item.own + depth
            longer = "/".join(item.parts[-taken:]) if taken < len(item.parts) else item.shown
            by_path.setdefault(longer if depth else item.relative, []).append(item)
        open_items = []
        for path, same in by_path.items():
            if len(same) == 1 and path not in named:
                named[path] = same[0]
            else:
                open_items.extend(same)
        depth += 1
    return list(named.items())


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
    fixed, paths = matching(pattern, _unreadable(pattern, report))
    if not paths:
        report.add("CIM104", at=Location(file=pattern))
    for path in paths:
        yield from _file(path, path[fixed:], report)


def _folder(folder: str, report: Report) -> Iterator[Found]:
    taken, others = [], []
    known = len(report.diagnostics)
    for path in sorted(below(folder, _unreadable(folder, report))):
        if not path.lower().endswith((*_ENDINGS, ARCHIVE_ENDING)):
            others.append(os.path.relpath(path, folder).replace(os.sep, "/"))
        elif not _is_text(path):
            report.add("CIM106", at=Location(file=_printable(path)))
        else:
            taken.append(path)
    is_empty = True
    for path in taken:
        for found in _file(path, os.path.relpath(path, folder).replace(os.sep, "/"), report, named=False):
            is_empty = False
            yield found
    if is_empty and len(report.diagnostics) == known:
        endings = " ".join(MODEL_ENDINGS)
        report.add("CIM103", at=Location(file=folder), endings=endings, holds=_listed(others or taken))


def _unreadable(given: str, report: Report) -> Callable[[OSError], None]:
    told: set[str] = set()

    def tell(error: OSError) -> None:
        place = _printable(error.filename or given)
        if place not in told:
            told.add(place)
            report.add("CIM102", at=Location(file=place), reason=_reason(error))

    return tell


def _file(path: str, relative: str, report: Report, *, named: bool = True) -> Iterator[Found]:
    """The file, or the models in it if it is an archive; one that was ``named`` must hold some."""
    data = _bytes(path, report)
    if data is None:
        return
    if not data.startswith(ARCHIVE_STARTS):
        if data.startswith(SQLITE) and (reason := unfinished(path, data)):
            report.add("CIM176", at=Location(file=path), reason=reason)
            return
        yield _found(path, relative, data)
        return
    from cimforge.readers import inputs_zip

    prefix = relative[: relative.rfind("/") + 1]
    is_empty = True
    known = len(report.diagnostics)
    for member in inputs_zip.members(path, data, _ENDINGS, report):
        is_empty = False
        if is_behind(member.data) and f"{member.inside}-wal" in inputs_zip.names(data):
            reason = f"changes are in {member.inside}-wal, not yet in the database"
            report.add("CIM176", at=Location(file=f"{path}/{member.inside}"), reason=reason)
            continue
        yield _found(f"{path}/{member.inside}", prefix + member.relative, member.data)
    if named and is_empty and len(report.diagnostics) == known:
        holds = _listed(inputs_zip.names(data))
        report.add("CIM103", at=Location(file=path), endings=" ".join(MODEL_ENDINGS), holds=holds)


def _found(path: str, relative: str, data: bytes) -> Found:
    parts = os.path.abspath(path).replace(os.sep, "/").split("/")[1:]
    own = 0
    for part, known in zip(reversed(parts), reversed(relative.split("/")), strict=False):
        if part != known:
            break  # the name of an archive, which is no part of ``relative``
        own += 1
    return Found(
        relative=relative, shown=path, parts=tuple(parts), own=own, real=os.path.realpath(path), data=data
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
