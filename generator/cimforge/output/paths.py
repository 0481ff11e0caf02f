"""Which paths may stand in an output folder, on any common file system."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.output.files import OutputFile
from cimforge.output.manifest import MANIFEST

WORK_FOLDER = ".cimforge"
"""Folder in the output folder that holds a build's lock, journal and staged files while it runs."""

_LONGEST = 100
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")]
)
_FORBIDDEN = frozenset('<>:"|?*\\')


def sound_paths(files: Sequence[OutputFile], report: Report) -> bool:
    """Whether every path can be written everywhere and no two clash; what is wrong is in ``report``."""
    sound = True
    owner_by_folded: dict[str, str] = {_folded(WORK_FOLDER): WORK_FOLDER, MANIFEST: MANIFEST}
    folders: dict[str, str] = {}
    for file in files:
        problem = path_problem(file.path)
        if problem:
            code = "CIM701" if problem == _OUTSIDE else "CIM706"
            report.add(code, at=Location(file=file.path), path=file.path, problem=problem)
            sound = False
            continue
        folded = _folded(file.path)
        if folded in owner_by_folded:
            report.add("CIM707", at=Location(file=file.path), path=file.path, other=owner_by_folded[folded])
            sound = False
        owner_by_folded[folded] = file.path
        parts = file.path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            spelling = folders.setdefault(_folded(folder), folder)
            if spelling != folder:
                report.add("CIM707", at=Location(file=folder), path=folder, other=spelling)
                sound = False
    for folded, folder in folders.items():
        if folded in owner_by_folded:
            report.add("CIM707", at=Location(file=folder), path=folder, other=owner_by_folded[folded])
            sound = False
    return sound


_OUTSIDE = "it leads out of the output folder"


def path_problem(path: str) -> str:
    """Why ``path`` cannot stand in an output folder; empty if it can."""
    if not path or path.startswith("/") or path.endswith("/"):
        return _OUTSIDE if path.startswith("/") else "it names no file"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return _OUTSIDE
        if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in part):
            return "it has control or invisible characters"
        if not _FORBIDDEN.isdisjoint(part):
            return 'it has one of the characters < > : " | ? * \\'
        if part.endswith((".", " ")) or part.startswith(" "):
            return "a part of it ends in a dot, or starts or ends with a blank"
        if part.split(".", 1)[0].lower() in _RESERVED:
            return "a part of it is a device name on Windows"
        if len(part.encode("utf-8")) > _LONGEST:
            return f"a part of it is longer than {_LONGEST} bytes"
    return ""


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())
