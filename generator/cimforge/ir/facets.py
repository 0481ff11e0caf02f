"""What constraining facets mean together (XML Schema Part 2, 4.3): joined, compared, contradicting."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from cimforge.ir.model import NO_FACETS, Facets, PrimitiveKind

_TEXTS = frozenset((PrimitiveKind.STRING, PrimitiveKind.URI))
_ORDERED = frozenset(PrimitiveKind) - _TEXTS - {PrimitiveKind.BOOLEAN}

KINDS: dict[str, frozenset[PrimitiveKind]] = {
    "length": _TEXTS,
    "min_length": _TEXTS,
    "max_length": _TEXTS,
    "patterns": frozenset(PrimitiveKind),
    "allowed": frozenset(PrimitiveKind) - {PrimitiveKind.BOOLEAN},
    "min_inclusive": _ORDERED,
    "max_inclusive": _ORDERED,
    "min_exclusive": _ORDERED,
    "max_exclusive": _ORDERED,
    "total_digits": frozenset((PrimitiveKind.INTEGER, PrimitiveKind.DECIMAL)),
    "fraction_digits": frozenset((PrimitiveKind.INTEGER, PrimitiveKind.DECIMAL)),
}
"""The primitives that each facet applies to."""

_LOWER = ("min_inclusive", "min_exclusive")
_UPPER = ("max_inclusive", "max_exclusive")
_PAIRS = (
    ("min_length", "max_length", True),
    ("min_length", "length", True),
    ("length", "max_length", True),
    ("fraction_digits", "total_digits", True),
    ("min_inclusive", "max_inclusive", True),
    ("min_inclusive", "max_exclusive", False),
    ("min_exclusive", "max_inclusive", False),
    ("min_exclusive", "max_exclusive", False),
)
"""Facets that bound a value from both sides, and whether they may be equal."""


def stated(facets: Facets) -> tuple[str, ...]:
    """The facets that are stated, in the order of their fields."""
    return tuple(name for name in KINDS if getattr(facets, name))


def joined(one: Facets, other: Facets) -> Facets:
    """The facets of a value that holds to both.

    Where both give the values allowed, those that both allow stay, in the order of ``other``.
    Of an inclusive and an exclusive bound on one side the tighter one stays: a schema can say one of them.
    """
    if one == NO_FACETS or other == NO_FACETS:
        return one if other == NO_FACETS else other
    allowed = other.allowed or one.allowed
    if one.allowed and other.allowed:
        allowed = tuple(v for v in other.allowed if v in one.allowed)
    lowest = _most(one.min_inclusive, other.min_inclusive)
    above = _most(one.min_exclusive, other.min_exclusive)
    highest = _least(one.max_inclusive, other.max_inclusive)
    below = _least(one.max_exclusive, other.max_exclusive)
    return Facets(
        length=other.length or one.length,
        min_length=_most(one.min_length, other.min_length),
        max_length=_least(one.max_length, other.max_length),
        patterns=tuple(dict.fromkeys((*one.patterns, *other.patterns))),
        allowed=allowed,
        min_inclusive="" if above and lowest and not _below(above, lowest) else lowest,
        max_inclusive="" if below and highest and not _below(highest, below) else highest,
        min_exclusive="" if above and lowest and _below(above, lowest) else above,
        max_exclusive="" if below and highest and _below(highest, below) else below,
        total_digits=_least(one.total_digits, other.total_digits),
        fraction_digits=_least(one.fraction_digits, other.fraction_digits),
    )


def looser(wanted: Facets, base: Facets) -> tuple[str, ...]:
    """The facets of ``wanted`` that allow what ``base`` forbids, in the order of their fields.

    A facet that ``wanted`` does not state allows nothing: it stays as ``base`` has it.
    """
    found: list[str] = []
    for name in stated(wanted):
        value, limit = getattr(wanted, name), getattr(base, name)
        match name:
            case "patterns":
                continue
            case "allowed":
                is_looser = bool(limit) and not set(value) <= set(limit)
            case "length":
                is_looser = bool(limit) and not _meet(value, limit)
                is_looser |= bool(base.min_length) and _below(value, base.min_length)
                is_looser |= bool(base.max_length) and _below(base.max_length, value)
            case "min_length":
                is_looser = any(_below(value, x) for x in (limit, base.length) if x)
            case "max_length":
                is_looser = any(_below(x, value) for x in (limit, base.length) if x)
            case "min_inclusive" | "min_exclusive":
                is_looser = any(_below(value, x) for n in _LOWER if (x := getattr(base, n)))
                is_looser |= name == "min_inclusive" and _meet(base.min_exclusive, value)
            case "max_inclusive" | "max_exclusive":
                is_looser = any(_below(x, value) for n in _UPPER if (x := getattr(base, n)))
                is_looser |= name == "max_inclusive" and _meet(base.max_exclusive, value)
            case _:
                is_looser = bool(limit) and _below(limit, value)
        if is_looser:
            found.append(name)
    return tuple(found)


def contradiction(facets: Facets) -> str:
    """Two facets, in words, that no value holds to together; empty if there are none such."""
    for low, high, may_meet in _PAIRS:
        less, more = getattr(facets, low), getattr(facets, high)
        if less and more and (_below(more, less) or not (may_meet or _below(less, more))):
            return f"{low} {less} and {high} {more}"
    return ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _below(one: str, other: str) -> bool:
    """Whether ``one`` is less: as numbers, or else, as dates are written to be, as texts."""
    first, second = _number(one), _number(other)
    if first is None or second is None or first.is_nan() or second.is_nan():
        return one < other
    return first < second


def _meet(one: str, other: str) -> bool:
    return bool(one and other) and not (_below(one, other) or _below(other, one))


def _most(one: str, other: str) -> str:
    return (one if _below(other, one) else other) if one and other else one or other


def _least(one: str, other: str) -> str:
    return (one if _below(one, other) else other) if one and other else one or other
