"""Diagnostics on their way out: which stream, which form, which exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping

from cimforge.diagnostics import Report


def colour() -> bool:
    """Whether stderr is a terminal that wants colours (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def messages(
    report: Report,
    message_format: str,
    *,
    quiet: bool = False,
    leave_out: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """What to print of ``report``: (to stdout, to stderr)."""
    match message_format:
        case "json":
            from cimforge.diagnostics.as_json import as_json

            return as_json(report), ""
        case "sarif":
            from cimforge.diagnostics.as_sarif import as_sarif

            return as_sarif(report, names), ""
        case "github":
            from cimforge.diagnostics.as_github import as_github

            return as_github(report), ""
        case _:
            from cimforge.diagnostics.as_text import as_text

            return "", as_text(report, colour=colour(), errors_only=quiet, leave_out=leave_out)


def print_messages(report: Report, message_format: str = "text", *, quiet: bool = False) -> None:
    """Print ``report`` where its form belongs."""
    out, err = messages(report, message_format, quiet=quiet)
    sys.stdout.write(out)
    sys.stderr.write(err)


def status(report: Report) -> int:
    """Exit status: 2 for wrong use or unreadable input, 1 for other errors, 0 else."""
    return 2 if report.has_unreadable else 1 if report.has_errors else 0
