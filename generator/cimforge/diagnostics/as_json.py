"""Diagnostics for programs: one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from cimforge.diagnostics.diagnostic import Diagnostic, Report
from cimforge.ir.facts import Location


def as_json(report: Report) -> str:
    """One line for each diagnostic, silenced ones included (``suppressed`` then gives the reason)."""
    return "".join(
        json.dumps(_row(report, diagnostic), ensure_ascii=True) + "\n" for diagnostic in report.diagnostics
    )


def _row(report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
    rule = diagnostic.rule
    return {
        "type": "diagnostic",
        "code": rule.code,
        "name": rule.name,
        "severity": report.severity(diagnostic),
        "message": diagnostic.message,
        **_place(report, diagnostic.location),
        "element": diagnostic.element,
        "facts": dict(diagnostic.facts),
        "related": [_place(report, other) for other in diagnostic.related],
        "remedy": diagnostic.remedy,
        "suppressed": report.suppression_reason(diagnostic) if report.is_suppressed(diagnostic) else None,
    }


def _place(report: Report, location: Location) -> dict[str, Any]:
    return {
        "file": report.paths.get(location.file, location.file) or None,
        "line": location.line,
        "pointer": location.pointer or None,
    }
