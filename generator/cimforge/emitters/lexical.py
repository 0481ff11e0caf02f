"""Whether a text is a value of a primitive (XML Schema 1.0 part 2), and that value as JSON."""

from __future__ import annotations

import math
import re

from cimforge.ir.model import PrimitiveKind

_ZONE = r"(Z|[+-](0\d|1[0-4]):[0-5]\d)?"
_DAY = r"(0[1-9]|[12]\d|3[01])"
_MONTH = r"(0[1-9]|1[0-2])"
_CLOCK = r"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?)"
_YEAR = r"-?([1-9]\d{3,}|0\d{3})"

MOST_DIGITS = 400
"""Digits of an integer constant; Python itself refuses to convert more than 4300."""

DECIMAL_PATTERN = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"

_PATTERNS = {
    PrimitiveKind.STRING: r"[\s\S]*\Z",
    PrimitiveKind.BOOLEAN: r"(true|false|0|1)\Z",
    PrimitiveKind.INTEGER: r"[+-]?[0-9]+\Z",
    PrimitiveKind.FLOAT: r"([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN)\Z",
    PrimitiveKind.DECIMAL: r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z",
    PrimitiveKind.DATE: rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}\Z",
    PrimitiveKind.DATE_TIME: rf"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}\Z",
    PrimitiveKind.TIME: rf"{_CLOCK}{_ZONE}\Z",
    PrimitiveKind.DURATION: r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\Z",
    PrimitiveKind.MONTH_DAY: rf"--{_MONTH}-{_DAY}{_ZONE}\Z",
    PrimitiveKind.URI: r"[^\s<>\"{}|\\^`]*\Z",
}
"""Lexical spaces. The days of a month are not counted: 31 February passes."""


def is_value(kind: PrimitiveKind, text: str) -> bool:
    """Whether ``text`` is in the lexical space of ``kind``."""
    return re.match(_PATTERNS[kind], text) is not None


def json_value(kind: PrimitiveKind, text: str) -> str | int | float | bool | None:
    """The JSON form of ``text``, a value of ``kind``; None for a number that readers of JSON do not take.

    That is a Float that is none or infinite, and an Integer of more digits than `MOST_DIGITS`.
    """
    match kind:
        case PrimitiveKind.BOOLEAN:
            return text in ("true", "1")
        case PrimitiveKind.INTEGER:
            return int(text) if len(text) <= MOST_DIGITS else None
        case PrimitiveKind.FLOAT:
            number = float(text)
            return number if math.isfinite(number) else None
        case _:
            return text
