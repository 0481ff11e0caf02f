"""What a build would change on disk: decided in full before anything is touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.output.files import OutputFile
from cimforge.output.manifest import MANIFEST, Entry, UnreadableManifest, decode, encode, entries_of
from cimforge.output.paths import path_problem

Standing = Literal["absent", "file", "link", "folder", "other", "blocked"]


class Seen(Struct, frozen=True, kw_only=True):
    """What stands at a path of the output folder."""

    standing: Standing
    """``blocked``: a parent is a link or no folder."""
    data: bytes = b""

    @property
    def sha256(self) -> str | None:
        """Digest of a regular file; None for anything else."""
        return sha256(self.data).hexdigest() if self.standing == "file" else None


class Change(Struct, frozen=True, kw_only=True):
    """One file to write (``data``) or to remove (``data`` is None)."""

    path: str
    data: bytes | None
    old: str | None
    """Digest of the regular file that stands there now; None where there is none."""
    new: str | None
    """Digest of ``data``."""


class Plan(Struct, frozen=True, kw_only=True):
    """Every change of one build; the manifest is the last of them."""

    changes: tuple[Change, ...]
    unchanged: int
    """How many files have the right bytes already."""
    kept: tuple[str, ...]
    """Files of the user that are there, and stay as they are."""


class Disk:
    """The output folder as it is now; links are seen, never followed."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._folders: dict[str, bool] = {"": True}

    def see(self, path: str) -> Seen:
        """What stands at ``path``.

        Raises:
            OSError: it stands there and cannot be read.
        """
        if not self._is_plain(path.rpartition("/")[0]):
            return Seen(standing="blocked")
        full = f"{self._root}/{path}"
        try:
            mode = os.lstat(full).st_mode
        except FileNotFoundError:
            return Seen(standing="absent")
        if stat.S_ISREG(mode):
            with open(full, "rb") as file:
                return Seen(standing="file", data=file.read())
        kind: Standing = "link" if stat.S_ISLNK(mode) else "folder" if stat.S_ISDIR(mode) else "other"
        return Seen(standing=kind)

    def _is_plain(self, folder: str) -> bool:
        """Whether ``folder`` is absent or a real folder, and so are its parents."""
        if folder not in self._folders:
            plain = self._is_plain(folder.rpartition("/")[0])
            if plain:
                try:
                    plain = stat.S_ISDIR(os.lstat(f"{self._root}/{folder}").st_mode)
                except FileNotFoundError:
                    plain = True
            self._folders[folder] = plain
        return self._folders[folder]


def previous_manifest(root: Path, report: Report, *, force: bool) -> dict[str, Entry] | None:
    """The entries of the manifest on disk: none if it is not there (or unreadable, under ``force``).

    None after CIM709. An entry whose path could lead out of the folder makes the whole unreadable.
    """
    seen = Disk(root).see(MANIFEST)
    if seen.standing == "absent":
        return {}
    try:
        if seen.standing != "file":
            raise UnreadableManifest("it is no regular file")
        entries = decode(seen.data)
        if any(path_problem(path) for path in entries):
            raise UnreadableManifest("it names a path outside the output folder")
    except UnreadableManifest as error:
        if force:
            return {}
        report.add("CIM709", at=shown(root, MANIFEST), problem=str(error))
        return None
    return entries


def carried(previous: Mapping[str, Entry], scope: Sequence[str] | None) -> dict[str, Entry]:
    """The entries that a build of the emitters ``scope`` leaves as they are; none for a whole build."""
    if scope is None:
        return {}
    return {path: e for path, e in previous.items() if "/" in path and path.split("/", 1)[0] not in scope}


def manifest_file(files: Iterable[OutputFile], kept: Mapping[str, Entry]) -> OutputFile:
    """The manifest of ``files`` and of the entries carried over."""
    return OutputFile(path=MANIFEST, data=encode({**kept, **entries_of(files)}).encode())


def plan(
    files: Sequence[OutputFile],
    root: Path,
    previous: Mapping[str, Entry],
    *,
    scope: Sequence[str] | None,
    force: bool,
    report: Report,
) -> Plan | None:
    """What has to change so that ``root`` holds ``files``; None, and nothing to do, after an error.

    Errors: a file edited by hand (CIM703), a foreign file in the way (CIM704), a link or folder in
    the way (CIM705). ``force`` overwrites all but folders and whatever lies behind a linked folder.
    """
    disk = Disk(root)
    changes: list[Change] = []
    kept: list[str] = []
    unchanged = 0
    sound = True
    for file in files:
        seen = disk.see(file.path)
        if file.owner == "user" and seen.standing not in ("absent", "blocked"):
            kept.append(file.path)
        elif seen.standing == "file" and seen.data == file.data:
            unchanged += 1
        elif _may_replace(file.path, seen, previous, force=force, report=report, root=root):
            changes.append(Change(path=file.path, data=file.data, old=seen.sha256, new=file.sha256))
        else:
            sound = False
    others = carried(previous, scope)
    wanted = {file.path for file in files} | others.keys()
    for path, entry in previous.items():
        if path in wanted or entry.owner == "user":
            continue
        seen = disk.see(path)
        if seen.standing in ("absent", "folder", "blocked", "other"):
            continue
        if _may_replace(path, seen, previous, force=force, report=report, root=root):
            changes.append(Change(path=path, data=None, old=seen.sha256, new=None))
        else:
            sound = False
    manifest = manifest_file(files, others)
    seen = disk.see(MANIFEST)
    if seen.standing in ("folder", "other"):
        report.add("CIM705", at=shown(root, MANIFEST), path=MANIFEST, what=_WORDS[seen.standing])
        sound = False
    elif seen.data != manifest.data:
        change = Change(path=MANIFEST, data=manifest.data, old=seen.sha256, new=manifest.sha256)
        changes.append(change)
    else:
        unchanged += 1
    if not sound:
        return None
    return Plan(changes=tuple(changes), unchanged=unchanged, kept=tuple(kept))


_WORDS = {
    "link": "a link",
    "folder": "a folder",
    "other": "no regular file",
    "blocked": "in a folder that is a link or a file",
}


def _may_replace(
    path: str, seen: Seen, previous: Mapping[str, Entry], *, force: bool, report: Report, root: Path
) -> bool:
    """Whether what stands at ``path`` may be replaced or removed; the reason why not is in ``report``."""
    standing = seen.standing
    if standing == "absent" or (force and standing in ("file", "link")):
        return True
    if standing != "file":
        report.add("CIM705", at=shown(root, path), path=path, what=_WORDS[standing])
        return False
    entry = previous.get(path)
    if entry is None or entry.owner == "user":
        report.add("CIM704", at=shown(root, path), path=path)
        return False
    if entry.sha256 != seen.sha256:
        report.add("CIM703", at=shown(root, path), path=path)
        return False
    return True


def shown(root: Path, path: str) -> Location:
    """The place of an output file, as the user knows the output folder."""
    return Location(file=f"{root.as_posix()}/{path}")
