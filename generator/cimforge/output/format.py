"""black over emitted Python, for projects with a style of their own; the only user of black."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import replace
from cimforge.output.files import OutputFile

_STYLE_KEYS = ("line-length", "skip-string-normalization", "skip-magic-trailing-comma", "preview", "unstable")


def format_files(
    files: Sequence[OutputFile],
    out: Path,
    *,
    report: Report,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> tuple[OutputFile, ...] | None:
    """``files`` with every Python file in black's layout; None after CIM712.

    The style is that of the nearest ``pyproject.toml`` with a ``[tool.black]`` table, from ``out``
    upwards to the root of the repository. Two processes share the files.
    """
    style = json.dumps(_style(out))
    python = [file for file in files if file.path.endswith(".py")]
    texts: dict[str, str] = {}
    with ProcessPoolExecutor(max_workers=2) as pool:
        results = pool.map(_formatted, ((file.text, style) for file in python))
        for number, (file, (text, problem)) in enumerate(zip(python, results, strict=True), 1):
            progress("format", number, len(python))
            texts[file.path] = text
            if problem:
                report.add("CIM712", at=Location(file=file.path), path=file.path, problem=problem)
    if report.has_errors:
        return None
    return tuple(
        replace(file, data=texts[file.path].encode()) if file.path in texts else file for file in files
    )


def formatter_version(out: Path) -> str:
    """What stands in ``cimforge.lock`` for the formatter: black's version and the style in force."""
    from importlib.metadata import version

    return f"black {version('black')} {json.dumps(_style(out), sort_keys=True)}"


def _style(out: Path) -> dict[str, Any]:
    folder = out.absolute()
    for parent in (folder, *folder.parents):
        pyproject = parent / "pyproject.toml"
        if pyproject.is_file():
            try:
                tools = tomllib.loads(pyproject.read_text("utf-8")).get("tool", {})
            except (ValueError, RecursionError):
                tools = {}
            if "black" in tools:
                return {key: tools["black"][key] for key in _STYLE_KEYS if key in tools["black"]}
        if (parent / ".git").exists():
            break
    return {}


def _formatted(job: tuple[str, str]) -> tuple[str, str]:
    """(text in black's layout, empty), or (the text as it was, why black refused)."""
    import black
    from black.const import DEFAULT_LINE_LENGTH
    from black.mode import TargetVersion
    from black.parsing import ASTSafetyError, InvalidInput
    from black.report import NothingChanged

    text, style_text = job
    style = json.loads(style_text)
    mode = black.Mode(
        target_versions={TargetVersion.PY311},
        line_length=style.get("line-length", DEFAULT_LINE_LENGTH),
        string_normalization=not style.get("skip-string-normalization", False),
        magic_trailing_comma=not style.get("skip-magic-trailing-comma", False),
        preview=style.get("preview", False),
        unstable=style.get("unstable", False),
    )
    try:
        return black.format_file_contents(text, fast=False, mode=mode), ""
    except NothingChanged:
        return text, ""
    except (InvalidInput, ASTSafetyError) as error:
        return text, str(error).splitlines()[0]
