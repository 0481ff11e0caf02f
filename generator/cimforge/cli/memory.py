"""What a build depends on, for the record that lets the same build come for nothing."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cimforge.output.manifest import LOCK, MANIFEST
from cimforge.output.paths import WORK_FOLDER
from cimforge.readers.inputs import NAMESPACES
from cimforge.readers.inputs_folder import folders_below
from cimforge.resources import resource

if TYPE_CHECKING:
    from cimforge.diagnostics import Report
    from cimforge.output.files import OutputFile
    from cimforge.pipeline import Build
    from cimforge.settings import Settings

_PACKAGE = Path(__file__).resolve().parent.parent


def paths_read(settings: Settings, settings_path: Path | None, build: Build, report: Report) -> set[str]:
    """Every file and folder that ``build`` was made from: what it read, and where it looked.

    The tool itself is among them: its code, its templates, the folder that its libraries stand in.
    """
    paths = {os.path.dirname(os.path.dirname(click.__file__))}
    paths.update(_files_below(_PACKAGE, ".py"))
    paths.update(_files_below(resource("templates"), ".jinja"))
    if settings_path is not None:
        paths.update((os.fspath(settings_path), "cimforge.toml"))
    for source in build.sources:
        path = report.paths.get(source.path, source.path)
        paths.add(os.path.splitext(path)[0] + NAMESPACES)
        while path and not os.path.lexists(path):
            path = os.path.dirname(path)
        paths.add(path or ".")
    patterns = settings.inputs or [
        settings.pattern(pattern) for pattern in (*settings.model, *settings.extensions, *settings.profiles)
    ]
    patterns = (*patterns, *(settings.pattern(pattern) for pattern in settings.namespace_files))
    for pattern in patterns:
        paths.update(_folders_searched(pattern))
    if settings.format == "black":
        folder = settings.out.absolute()
        paths.update(os.fspath(parent / "pyproject.toml") for parent in (folder, *folder.parents))
    return paths


def paths_made(settings: Settings, files: tuple[OutputFile, ...]) -> set[str]:
    """Every file of the output, and the work folder, which is there only if a build was killed."""
    out = os.fspath(settings.out)
    return {f"{out}/{name}" for name in (MANIFEST, LOCK, WORK_FOLDER, *(file.path for file in files))}


def _files_below(folder: Path, ending: str) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.endswith(ending))


def _folders_searched(pattern: str) -> Iterator[str]:
    """The folders in which a new file could match ``pattern``."""
    fixed, depth = pattern, None
    while glob.has_magic(fixed):
        fixed = os.path.dirname(fixed)
    if fixed != pattern:
        rest = pattern[len(fixed) :].strip("/")
        depth = None if "**" in rest else rest.count("/")
    fixed = fixed or "."
    if not os.path.isdir(fixed):
        return
    yield from folders_below(fixed, lambda error: None, depth)
