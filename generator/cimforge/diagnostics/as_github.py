"""Diagnostics as GitHub workflow commands, which become annotations of a pull request."""

from __future__ import annotations

from cimforge.diagnostics.as_text import printable
from cimforge.diagnostics.diagnostic import Diagnostic, Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(report: Report) -> str:
    """One ``::error``, ``::warning`` or ``::notice`` line for each diagnostic that is not silenced."""
    return "".join(
        _line(report, diagnostic) for diagnostic in report.diagnostics if not report.is_suppressed(diagnostic)
    )


def _line(report: Report, diagnostic: Diagnostic) -> str:
    rule, location = diagnostic.rule, diagnostic.location
    path = report.paths.get(location.file, location.file)
    properties = {"file": path, "line": str(location.line or ""), "title": f"{rule.code} {rule.name}"}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    message = f"{printable(diagnostic.message)} ({printable(diagnostic.remedy)})"
    return f"::{_COMMANDS[report.severity(diagnostic)]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
