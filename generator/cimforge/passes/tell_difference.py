"""Differences between files as diagnostics."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.ir.policies import Difference, Field, Policy


def tell(difference: Difference, how: str, report: Report) -> None:
    """Report ``difference`` as its policy says; each value once, where it stands first.

    ``how`` says how the newest profile is known to be that; empty where it is not, or not asked for.
    """
    first, *others = difference.statements
    if difference.policy == "union":
        return
    if difference.policy == "newest":
        _tell_newest(difference, how, report)
        return
    code = _code(difference.field, difference.policy)
    told = {first.value}
    for other in others:
        if other.value in told:
            continue
        told.add(other.value)
        report.add(
            code,
            at=other.location,
            element=difference.element,
            related=(first.location,),
            name=difference.name,
            field=_WORDS.get(difference.field, difference.field),
            first="" if code == "CIM224" else _short(first.value),
            second="" if code == "CIM224" else _short(other.value),
            first_file=first.location.file,
        )


def _tell_newest(difference: Difference, how: str, report: Report) -> None:
    first = difference.statements[0]
    taken = next((s for s in difference.statements if s.value == difference.taken), first)
    report.add(
        "CIM281" if how else "CIM282",
        at=taken.location,
        element=difference.element,
        related=tuple(s.location for s in difference.statements if s is not taken),
        name=difference.name,
        field=_WORDS.get(difference.field, difference.field),
        taken=_short(difference.taken),
        others=", ".join(
            dict.fromkeys(_short(s.value) for s in difference.statements if s.value != difference.taken)
        ),
        **({"how": how} if how else {}),
    )


_WORDS = {"text": "description", "inverse": "inverse role"}


def _code(field: Field, policy: Policy) -> str:
    match policy, field:
        case "error", _:
            return "CIM221"
        case "warning", "multiplicity":
            return "CIM222"
        case "warning", _:
            return "CIM223"
        case _, "text":
            return "CIM224"
    return "CIM280"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
