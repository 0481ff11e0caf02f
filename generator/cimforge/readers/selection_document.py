"""One selection file on its way to a `ProfileSpec`: its values, checked, and the line of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from cimforge.diagnostics import Report
from cimforge.diagnostics.toml_places import KeyPath, lines_by_key, parse_toml
from cimforge.ir.facts import Location
from cimforge.ir.model import Multiplicity
from cimforge.ir.value import Struct
from cimforge.readers.source import RawSource

LIMIT = 1_000_000
"""Bytes of one selection file."""

_MULTIPLICITY = re.compile(r"(\d{1,9})\.\.(\d{1,9}|\*)", re.ASCII)


class Field(Struct, frozen=True, kw_only=True):
    """One key that holds a text."""

    name: str
    pattern: str
    """Regular expression that the whole text matches."""
    expects: str
    """``pattern`` in words."""
    required: bool = False
    choices: tuple[str, ...] = ()
    """The only texts allowed; takes the place of ``pattern``."""
    default: str = ""


class Document:
    """The parsed file. Every problem goes to the report with its line and turns ``sound`` to False."""

    def __init__(self, source: RawSource, table: dict[str, Any], text: str, report: Report) -> None:
        self.path = source.path
        self.table = table
        self.sound = True
        self._lines = lines_by_key(text)
        self._report = report

    def at(self, path: KeyPath) -> Location:
        """The place of a key; that of the nearest table above where the key itself is not there."""
        above = path
        while above and above not in self._lines:
            above = above[:-1]
        return Location(file=self.path, line=self._lines.get(above, 1), pointer=dotted(path))

    def error(self, code: str, path: KeyPath, **facts: Any) -> None:
        """Report a problem at a key."""
        self.sound = False
        self._report.add(code, at=self.at(path), **facts)

    def wrong(self, path: KeyPath, value: object, expects: str) -> None:
        """Report a value of the wrong type or form (CIM303)."""
        self.error("CIM303", path, key=dotted(path), value=shown(value), expects=expects)

    def subtable(self, name: str) -> dict[str, Any] | None:
        """A table of the top level; None, and reported, where the key holds something else."""
        found = self.table.get(name, {})
        if isinstance(found, dict):
            return found
        self.wrong((name,), found, "a table")
        return None

    def refuse_unknown(self, found: Iterable[str], known: tuple[str, ...], path: KeyPath) -> None:
        """Report every key that is not among ``known`` (CIM302), with the nearest one that is."""
        for name in found:
            if name not in known:
                key = (*path, name)
                self.error("CIM302", key, key=dotted(key), near=nearest(name, known))

    def text(self, table: Mapping[str, Any], field: Field, path: KeyPath) -> str:
        """The text of a key; its default where it is absent or, reported, wrong."""
        key = (*path, field.name)
        if field.name not in table:
            if field.required:
                self.error("CIM304", path, key=dotted(key), expects=field.expects)
            return field.default
        value = table[field.name]
        if not isinstance(value, str):
            self.wrong(key, value, field.expects or "a text in quotes")
        elif field.choices:
            if value in field.choices:
                return value
            self.wrong(key, value, nearest(value, field.choices) + "one of " + ", ".join(field.choices))
        elif re.fullmatch(field.pattern, value):
            return value
        else:
            self.wrong(key, value, field.expects)
        return field.default

    def words(
        self, table: Mapping[str, Any], name: str, choices: tuple[str, ...], path: KeyPath
    ) -> list[str]:
        """The texts of a list, each one of ``choices`` and none twice; others are reported and left out."""
        key = (*path, name)
        found = table.get(name, [])
        if not isinstance(found, list):
            self.wrong(key, found, "a list of texts")
            return []
        words: list[str] = []
        for index, value in enumerate(found):
            if not isinstance(value, str) or value not in choices:
                hint = nearest(value, choices) if isinstance(value, str) else ""
                self.wrong((*key, index), value, hint + "one of " + ", ".join(choices))
            elif value in words:
                self.wrong((*key, index), value, "each item once")
            else:
                words.append(value)
        return words

    def multiplicity(self, value: object, path: KeyPath) -> Multiplicity | None:
        """The bounds that a text states; None, and reported (CIM305), where it states none."""
        expects = "two bounds such as 0..1, 1..1, 0..* or 1..*"
        if isinstance(value, str) and (found := _MULTIPLICITY.fullmatch(value)):
            lower = int(found[1])
            upper = None if found[2] == "*" else int(found[2])
            if upper == 0:
                expects = "an upper bound of at least 1; leave the line out to leave the member out"
            elif upper is not None and upper < lower:
                expects = "a lower bound that is not above the upper one"
            else:
                return Multiplicity(lower=lower, upper=upper)
        self.error("CIM305", path, key=dotted(path), value=shown(value), expects=expects)
        return None


def open_document(source: RawSource, report: Report) -> Document | None:
    """The parsed file; None, and reported (CIM301), if it is no TOML 1.0 in UTF-8."""

    def refuse(problem: str, line: int | None = None) -> None:
        report.add("CIM301", at=Location(file=source.path, line=line), problem=problem)

    if len(source.data) > LIMIT:
        refuse(f"it is larger than {LIMIT} bytes")
        return None
    try:
        text = source.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        refuse("it is not UTF-8 text", source.data.count(b"\n", 0, error.start) + 1)
        return None
    try:
        table = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
        line = int(place[1]) if place and place[1] else text.count("\n", 0, len(text.rstrip("\n"))) + 1
        refuse(message[: place.start()] if place else message, line)
        return None
    except RecursionError:
        refuse("its arrays or tables are nested too deeply")
        return None
    return Document(source, table, text, report)


def dotted(path: KeyPath) -> str:
    """A key path as TOML writes it: ``classes.EndDevice.mRID``, ``profile.requests[1]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            plain = re.fullmatch(r"[A-Za-z0-9_-]+", part)
            text += ("." if text else "") + (part if plain else f'"{printable(part)}"')
    return text


def shown(value: object) -> str:
    """A value as a diagnostic shows it: one line, at most 60 characters."""
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = f'"{printable(value)}"'
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            text = printable(str(value))
    return text if len(text) <= 60 else text[:57] + "..."


def printable(text: str) -> str:
    """``text`` with everything that is no visible character written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the known word nearest to ``name``; empty if none is near."""
    from difflib import get_close_matches

    by_fold = {k.lower(): k for k in known}
    found = get_close_matches(name.lower(), by_fold, n=1, cutoff=0.6)
    return f"did you mean `{by_fold[found[0]]}`? " if found else ""
