"""What files state differently, as a page to read and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cimforge.diagnostics.as_text import place, printable
from cimforge.ir.policies import Difference

if TYPE_CHECKING:
    from cimforge.diagnostics import Report

_LONGEST = 90
"""Characters of a value that are shown."""


def conflicts_text(differences: Sequence[Difference], report: Report) -> str:
    """Each difference: element, field and policy, then every value with the places that state it."""
    return "".join(f"{printable(line)}\n" for line in _lines(differences, report))


def conflicts_json(differences: Sequence[Difference]) -> str:
    """The same as one JSON object: ``conflicts``, each with its statements."""
    import msgspec

    from cimforge.ir.codec import IR_VERSION

    document = {"ir_version": IR_VERSION, "conflicts": differences}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _lines(differences: Sequence[Difference], report: Report) -> Iterator[str]:
    for difference in differences:
        yield f"{difference.name}  {difference.field}  ({difference.policy})"
        places: dict[str, list[str]] = {}
        for statement in difference.statements:
            places.setdefault(statement.value, []).append(place(report, statement.location))
        for value, stated in places.items():
            line = " ".join(value.split())
            shown = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
            yield f"    {shown}"
            yield from (f"        {where}" for where in stated)
        if difference.taken not in places:
            yield f"    together: {difference.taken}"
    counted = Counter(d.field for d in differences)
    total = ", ".join(f"{number} {field}" for field, number in sorted(counted.items()))
    yield f"{len(differences)} differences" + (f": {total}" if total else "")
