"""Diagnostics as SARIF 2.1.0 (OASIS), for code scanning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from cimforge import __version__
from cimforge.diagnostics.diagnostic import Diagnostic, Report
from cimforge.diagnostics.rule import spelled
from cimforge.diagnostics.rules import RULES
from cimforge.ir.facts import Location

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(report: Report, names: Mapping[str, str] | None = None) -> str:
    """One SARIF log with one run: every diagnostic, silenced ones with their reason.

    ``names`` gives the qualified name (``Package::Class.member``) of element ids; an element that
    it does not know stands under its id. Lines stand in regions only, never in fingerprints, so
    that an edit above a finding does not make it a new one.
    """
    diagnostics = report.diagnostics
    used = sorted({d.code for d in diagnostics})
    index_by_code: dict[str, int] = {code: index for index, code in enumerate(used)}
    run = {
        "tool": {
            "driver": {"name": "cimforge", "version": __version__, "rules": [_rule(code) for code in used]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, d, index_by_code, names or {}) for d in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.explain.split("\n\n", 1)[0].replace("\n", " ")},
        "fullDescription": {"text": rule.explain},
        "help": {"text": spelled(rule.remedy)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(
    report: Report, diagnostic: Diagnostic, index_by_code: Mapping[str, int], names: Mapping[str, str]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index_by_code[diagnostic.code],
        "level": report.severity(diagnostic),
        "message": {"text": diagnostic.message},
        "partialFingerprints": {"cimforge/v1": _fingerprint(diagnostic)},
    }
    location = _location(report, diagnostic.location)
    if diagnostic.element:
        name = names.get(diagnostic.element, diagnostic.element)
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    if location:
        result["locations"] = [location]
    related = [_location(report, other) for other in diagnostic.related]
    if related:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(related, 1)]
    if report.is_suppressed(diagnostic):
        reason = report.suppression_reason(diagnostic)
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _location(report: Report, location: Location) -> dict[str, Any]:
    path = report.paths.get(location.file, location.file)
    if not path:
        return {}
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path, safe="/")}}
    if location.line:
        physical["region"] = {"startLine": location.line}
    return {"physicalLocation": physical}


def _fingerprint(diagnostic: Diagnostic) -> str:
    """Digest of the code and the element; of the pointer and the facts too where no element is known."""
    parts = [diagnostic.code, diagnostic.element or ""]
    if not diagnostic.element:
        parts += [diagnostic.location.file, diagnostic.location.pointer]
        parts += [f"{key}={value}" for key, value in diagnostic.facts]
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
