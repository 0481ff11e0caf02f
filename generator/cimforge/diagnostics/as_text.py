"""Diagnostics for people: rule, place, remedy, in the manner of rustc."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from cimforge.diagnostics.diagnostic import Diagnostic, Report
from cimforge.ir.facts import Location

_SHOWN_OF_A_RULE = {"error": 100, "warning": 10, "note": 10}
_COLOURS = {"error": "31", "warning": "33", "note": "36"}
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def as_text(
    report: Report, *, colour: bool = False, errors_only: bool = False, leave_out: Collection[str] = ()
) -> str:
    """Every diagnostic that settings do not silence, sorted by place; empty if there is none.

    A rule's remedy stands at its first diagnostic. Of one rule ten warnings (a hundred errors) are
    shown and the rest counted. Control and invisible characters, which a model may bring, are
    escaped. ``leave_out`` names codes to leave out.
    """
    return "".join(_blocks(report, colour, errors_only, leave_out))


def printable(text: str) -> str:
    """``text`` with control, bidirectional and invisible characters escaped: safe for a terminal."""
    return _UNPRINTABLE.sub(lambda match: ascii(match.group())[1:-1], text)


def place(report: Report, location: Location) -> str:
    """``path:line``, the path as the user gave it; empty where there is none."""
    path = report.paths.get(location.file, location.file)
    return f"{path}:{location.line}" if path and location.line else path


def _blocks(report: Report, colour: bool, errors_only: bool, leave_out: Collection[str]) -> Iterator[str]:
    count: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    silenced = 0
    said: set[tuple[str, str]] = set()
    for diagnostic in report.diagnostics:
        severity = report.severity(diagnostic)
        if diagnostic.code in leave_out or (errors_only and severity != "error"):
            continue
        if report.is_suppressed(diagnostic):
            silenced += 1
            continue
        count[diagnostic.code] += 1
        if count[diagnostic.code] > _SHOWN_OF_A_RULE[severity]:
            hidden[diagnostic.code] += 1
            continue
        help_ = (diagnostic.code, diagnostic.remedy)
        yield _block(report, diagnostic, severity, colour, helped=help_ not in said)
        said.add(help_)
    for code, number in sorted(hidden.items()):
        yield f"... and {number} more of {code}; --message-format json shows all\n"
    if silenced and not errors_only:
        yield f"{silenced} silenced by the settings\n"


def _block(report: Report, diagnostic: Diagnostic, severity: str, colour: bool, *, helped: bool) -> str:
    rule = diagnostic.rule
    head = f"{severity}[{rule.code} {rule.name}]"
    if colour:
        head = f"\x1b[1;{_COLOURS[severity]}m{head}\x1b[0m"
    lines = [f"{head}: {printable(diagnostic.message)}"]
    where = printable(place(report, diagnostic.location))
    pointer = printable(diagnostic.location.pointer)
    if where:
        lines.append(f"  --> {where}" + (f" ({pointer})" if pointer and not diagnostic.location.line else ""))
    elif pointer:
        lines.append(f"  --> {pointer}")
    lines += [f"  and {printable(place(report, other))}" for other in diagnostic.related]
    if helped:
        lines.append(f"  help: {printable(diagnostic.remedy)}")
    return "\n".join(lines) + "\n"
