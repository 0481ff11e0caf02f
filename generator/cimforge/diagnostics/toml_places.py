"""TOML, and where each key of it stands: `tomllib` keeps no lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""(?P<string>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
      | (?P<comment>\#[^\n]*)
      | (?P<newline>\n)
      | (?P<mark>[\[\]{},=.])
      | (?P<bare>[^\s\[\]{},=.\#"']+)
      | [^\S\n]+""",
    re.VERBOSE | re.DOTALL,
)
KEY_LIMIT = 32
"""Parts of a key: `tomllib` takes memory that grows with their square, 40 GB for 100,000."""
_LONG_KEY = re.compile(
    r"""(?<![\w\-])(?:(?:[\w\-]++|"[^"\n]*"|'[^'\n]*')[ \t]*+\.[ \t]*+){""" + f"{KEY_LIMIT}}}",
    re.ASCII,
)

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def parse_toml(text: str) -> dict[str, Any]:
    """The document.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML 1.0.
        RecursionError: tables or arrays nest too deeply, or a key has more than `KEY_LIMIT` parts.
    """
    if _LONG_KEY.search(text):
        raise RecursionError
    return tomllib.loads(text)


def lines_by_key(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of each key, table and array item of ``text``, which `tomllib` has accepted.

    Items of arrays, arrays of tables included, stand under their index.
    """
    return _Scan(text).places


class _Scan:
    """One walk over the tokens of a valid TOML document."""

    def __init__(self, text: str) -> None:
        self.places: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}
        self._tokens = list(_tokens(text))
        self._at = 0
        table: KeyPath = ()
        while self._kind != "end":
            if self._kind == "newline":
                self._at += 1
            elif self._is_mark("["):
                table = self._header()
            else:
                self._key_value(table)

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _is_mark(self, mark: str) -> bool:
        return self._tokens[self._at][:2] == ("mark", mark)

    def _header(self) -> KeyPath:
        line = self._tokens[self._at][2]
        self._at += 1
        is_array = self._is_mark("[")
        self._at += is_array
        keys = self._dotted_key()
        self._at += 2 if is_array else 1
        path: KeyPath = ()
        for key in keys[:-1]:
            path = (*path, key)
            self.places.setdefault(path, line)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, keys[-1])
        self.places.setdefault(path, line)
        if is_array:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
            self.places[path] = line
        return path

    def _dotted_key(self) -> list[str]:
        keys: list[str] = []
        while self._kind in ("bare", "string") or self._is_mark("."):
            kind, text, _ = self._tokens[self._at]
            if kind == "bare":
                keys.append(text)
            elif kind == "string":
                keys.append(text[1:-1] if text[0] == "'" else _ESCAPE.sub(_unescape, text[1:-1]))
            self._at += 1
        return keys

    def _key_value(self, table: KeyPath) -> None:
        line = self._tokens[self._at][2]
        path = table
        for key in self._dotted_key():
            path = (*path, key)
            self.places.setdefault(path, line)
        self._at += 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._is_mark("["):
            self._at += 1
            index = 0
            while not self._is_mark("]"):
                if self._kind == "newline" or self._is_mark(","):
                    index += self._is_mark(",")
                    self._at += 1
                    continue
                self.places[(*path, index)] = self._tokens[self._at][2]
                self._value((*path, index))
            self._at += 1
        elif self._is_mark("{"):
            self._at += 1
            while not self._is_mark("}"):
                if self._kind == "newline" or self._is_mark(","):
                    self._at += 1
                    continue
                self._key_value(path)
            self._at += 1
        else:
            while self._kind not in ("newline", "end") and not any(map(self._is_mark, ",]}")):
                self._at += 1


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind and kind != "comment":
            yield kind, match.group(), line
        line += match.group().count("\n")
    yield "end", "", line


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else _ESCAPED.get(match.group(3), match.group(3))
