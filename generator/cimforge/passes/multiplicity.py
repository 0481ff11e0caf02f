"""Multiplicity texts of every format, to exact bounds."""

from __future__ import annotations

import re
from functools import lru_cache

from cimforge.ir.model import Multiplicity

MOST_DIGITS = 9
"""Digits of a bound."""

_BOUND = rf"[0-9]{{1,{MOST_DIGITS}}}"
_RANGE = re.compile(rf"\s*({_BOUND})\s*\.\.\s*({_BOUND}|[*nN]|-1)\s*\Z")
_SINGLE = re.compile(rf"\s*({_BOUND}|[*nN])\s*\Z")


@lru_cache(maxsize=4096)
def parse_multiplicity(text: str) -> Multiplicity | None:
    """Bounds of ``text``, or None if it states none that make sense.

    Accepted: ``0..1``, ``1``, ``0..*``, ``0..n``, ``0..-1`` (EA's unbounded), ``*``, ``n``, ``0..2``, each
    with ``M:`` before it (RDFS). Refused: an empty text, a lower bound above the upper, an upper
    bound of 0, anything else.
    """
    text = text.removeprefix("M:")
    if found := _RANGE.match(text):
        lower = int(found[1])
        upper = None if found[2] in ("*", "n", "N", "-1") else int(found[2])
    elif found := _SINGLE.match(text):
        if found[1] in ("*", "n", "N"):
            return Multiplicity(lower=0, upper=None)
        lower = upper = int(found[1])
    else:
        return None
    if upper is not None and (upper < lower or upper == 0):
        return None
    return Multiplicity(lower=lower, upper=upper)


def widest(first: Multiplicity, second: Multiplicity) -> Multiplicity:
    """The narrowest bounds that hold both."""
    upper = None if first.upper is None or second.upper is None else max(first.upper, second.upper)
    return Multiplicity(lower=min(first.lower, second.lower), upper=upper)


def common(first: Multiplicity, second: Multiplicity) -> Multiplicity | None:
    """The counts that both allow; None if there are none."""
    uppers = [m.upper for m in (first, second) if m.upper is not None]
    lower, upper = max(first.lower, second.lower), min(uppers, default=None)
    return None if upper is not None and lower > upper else Multiplicity(lower=lower, upper=upper)


def is_within(inner: Multiplicity, outer: Multiplicity) -> bool:
    """Whether every count that ``inner`` allows is allowed by ``outer``."""
    if inner.lower < outer.lower:
        return False
    return outer.upper is None or (inner.upper is not None and inner.upper <= outer.upper)
