"""Patterns of XML Schema in the tongue of Python and ECMAScript."""

from __future__ import annotations

import re

_SIMPLE_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^")
_CLASSES = {"d": r"\d", "D": r"\D", "s": " \\t\\n\\r", "i": "A-Za-z_:", "c": "A-Za-z0-9_:.-"}
_QUANTIFIER = re.compile(r"[?*+]|\{[0-9]+(,[0-9]*)?\}")


def as_regex(pattern: str) -> str | None:
    """An XML Schema pattern as a regular expression of Python and ECMAScript alike, without anchors.

    None where it says what these cannot: Unicode categories and blocks, a class minus a class, the
    complements of name characters, or is no pattern at all. ``\\i`` and ``\\c`` stand for ASCII names.
    """
    out: list[str] = []
    at, depth, may_repeat = 0, 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            escaped = _escape(pattern[at + 1 : at + 2], in_class=False)
            if escaped is None:
                return None
            out.append(escaped)
            at, may_repeat = at + 2, True
        elif char == "[":
            found = _char_class(pattern, at)
            if found is None:
                return None
            text, at = found
            out.append(text)
            may_repeat = True
        elif quantifier := _QUANTIFIER.match(pattern, at):
            if not may_repeat:
                return None
            out.append(quantifier[0])
            at, may_repeat = quantifier.end(), False
        elif char == "(":
            out.append("(?:")
            at, depth, may_repeat = at + 1, depth + 1, False
        elif char == ")":
            depth -= 1
            if depth < 0:
                return None
            out.append(")")
            at, may_repeat = at + 1, True
        elif char == "|":
            out.append("|")
            at, may_repeat = at + 1, False
        elif char in "{}]":
            return None
        else:
            out.append({".": r"[^\n\r]", "^": r"\^", "$": r"\$", "/": r"\/"}.get(char, char))
            at, may_repeat = at + 1, True
    if depth:
        return None
    text = "".join(out)
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return None
    return text


def _escape(char: str, *, in_class: bool) -> str | None:
    if char in _CLASSES:
        return _CLASSES[char] if in_class or char in "dD" else f"[{_CLASSES[char]}]"
    if char == "S" and not in_class:
        return r"[^ \t\n\r]"
    if char == "-" and not in_class:
        return "-"
    return f"\\{char}" if char and char in _SIMPLE_ESCAPES else None


def _char_class(pattern: str, at: int) -> tuple[str, int] | None:
    """The class that begins at ``at``, and where it ends."""
    out = ["["]
    at += 1
    if pattern[at : at + 1] == "^":
        out.append("^")
        at += 1
    start = len(out)
    while at < len(pattern) and pattern[at] != "]":
        char = pattern[at]
        if char == "[" or (char == "-" and pattern[at + 1 : at + 2] == "["):
            return None
        if char == "\\":
            escaped = _escape(pattern[at + 1 : at + 2], in_class=True)
            if escaped is None:
                return None
            out.append(escaped)
            at += 2
        else:
            if char in "&~|" and pattern[at + 1 : at + 2] == char:
                return None  # Python keeps these for operations on sets
            out.append(f"\\{char}" if char in "^|" else char)
            at += 1
    if at >= len(pattern) or len(out) == start:
        return None
    out.append("]")
    return "".join(out), at + 1
