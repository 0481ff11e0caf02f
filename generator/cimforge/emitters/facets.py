"""Facets as outputs can carry them: those that a value of the type can have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cimforge.diagnostics import Report
from cimforge.emitters.lexical import is_value
from cimforge.emitters.patterns import as_regex
from cimforge.ir.facets import KINDS, contradiction, joined, looser, stated
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import NO_FACETS, Attribute, Datatype, Facets, Primitive, PrimitiveKind
from cimforge.ir.value import Struct, replace

_COUNT = re.compile(r"[0-9]{1,9}\Z")
COUNTS = frozenset(("length", "min_length", "max_length", "total_digits", "fraction_digits"))
"""Facets that are whole numbers."""
_LISTS = frozenset(("patterns", "allowed"))


class Useless(Struct, frozen=True, kw_only=True):
    """A facet that cannot be carried."""

    facet: str
    value: str
    reason: str


def kind_of(index: Index, type_: ElementId) -> PrimitiveKind | None:
    """The primitive that a simple type's values are; None for enumerations and compounds."""
    found = index.by_id[type_]
    if isinstance(found, Datatype):
        found = index.by_id[found.value]
    return found.kind if isinstance(found, Primitive) else None


def of_value(index: Index, attribute: Attribute) -> Facets:
    """Every facet that a value of ``attribute`` has to hold to: those of its type, too."""
    type_ = index.by_id[attribute.type]
    facets = attribute.facets
    if isinstance(type_, Datatype):
        facets, type_ = joined(type_.facets, facets), index.by_id[type_.value]
    return joined(type_.facets, facets) if isinstance(type_, Primitive) else facets


def usable(facets: Facets, kind: PrimitiveKind | None) -> tuple[Facets, tuple[Useless, ...]]:
    """What of ``facets`` means something for values of ``kind``, and what does not.

    Facets that contradict each other are left out together.
    """
    if facets == NO_FACETS:
        return facets, ()
    useless: list[Useless] = []
    changes: dict[str, object] = {}

    def refuse(facet: str, value: str, reason: str) -> None:
        useless.append(Useless(facet=facet, value=value, reason=reason))

    for name in stated(facets):
        value = getattr(facets, name)
        if kind is None or kind not in KINDS[name]:
            refuse(name, ", ".join(value) if name in _LISTS else value, "the type has no such facet")
            changes[name] = () if name in _LISTS else ""
        elif name == "allowed":
            kept = tuple(dict.fromkeys(v for v in value if is_value(kind, v)))
            for text in value:
                if text not in kept:
                    refuse(name, text, f"it is no value of the type {kind.value}")
            changes[name] = kept
        elif name in COUNTS:
            if not _COUNT.match(value) or (name == "total_digits" and not int(value)):
                refuse(name, value, "it is no count")
                changes[name] = ""
        elif name != "patterns" and not is_value(kind, value):
            refuse(name, value, f"it is no value of the type {kind.value}")
            changes[name] = ""
    found = joined(replace(facets, **changes), Facets(patterns=()))
    # An inclusive and an exclusive bound on one side cannot both be said.
    found = joined(
        replace(found, min_exclusive="", max_exclusive=""),
        Facets(min_exclusive=found.min_exclusive, max_exclusive=found.max_exclusive),
    )
    if problem := contradiction(found):
        for name in re.findall(r"[a-z]+_[a-z]+|length", problem):
            refuse(name, getattr(found, name), "no value holds to " + problem)
            found = replace(found, **{name: ""})
    return found, tuple(useless)


def holds(facets: Facets, kind: PrimitiveKind, text: str) -> bool:
    """Whether ``text``, a value of ``kind``, surely holds to ``facets``."""
    lengths = Facets(length=str(len(text)), min_length=facets.min_length, max_length=facets.max_length)
    number = re.fullmatch(r"[+-]?0*([0-9]*)(?:\.([0-9]*?)0*)?", text)
    whole, fraction = (len(number[1]), len(number[2] or "")) if number else (0, 0)
    patterns = [as_regex(p) for p in facets.patterns]
    return (
        all(p is not None and re.fullmatch(p, text) for p in patterns)
        and (not facets.allowed or text in facets.allowed)
        and (kind not in KINDS["length"] or not facets.length or int(facets.length) == len(text))
        and (kind not in KINDS["length"] or not contradiction(lengths))
        and not looser(Facets(min_inclusive=text), replace(NO_FACETS, min_inclusive=facets.min_inclusive))
        and not looser(Facets(min_inclusive=text), replace(NO_FACETS, min_exclusive=facets.min_exclusive))
        and not looser(Facets(max_inclusive=text), replace(NO_FACETS, max_inclusive=facets.max_inclusive))
        and not looser(Facets(max_inclusive=text), replace(NO_FACETS, max_exclusive=facets.max_exclusive))
        and (not facets.total_digits or whole + fraction <= int(facets.total_digits))
        and (not facets.fraction_digits or fraction <= int(facets.fraction_digits))
    )


def tell(report: Report, element: Attribute | Datatype, useless: Iterable[Useless], document: str) -> None:
    """Report each facet of ``element`` that ``document`` does not carry (CIM740)."""
    for facet in useless:
        report.add(
            "CIM740",
            at=element.meta.location,
            element=element.id,
            name=element.name,
            facet=facet.facet,
            value=ascii(facet.value[:60]),
            document=document,
            reason=facet.reason,
        )
