"""From ``cimforge.toml`` to `Settings`: strict, and every problem at once."""

from __future__ import annotations

import keyword
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from cimforge.diagnostics import Report, Severity
from cimforge.diagnostics.rules import RULES
from cimforge.diagnostics.toml_places import KeyPath, lines_by_key, parse_toml
from cimforge.ir.facts import Location, SpaceFact
from cimforge.ir.policies import Field, Policy
from cimforge.settings.keys import (
    BUILD,
    EMITTER_TABLES,
    INPUT,
    MERGE,
    NAMESPACE,
    NAMESPACE_WORDS,
    NAMESPACES_TABLE,
    OUTPUT,
    SEVERITIES,
    SEVERITY_TABLE,
    SUPPRESS,
    TOP_LEVEL,
    VERSION,
    VERSION_KEY,
    Key,
    Table,
)
from cimforge.settings.model import Settings
from cimforge.settings.words import dotted, nearest, shown

_LIMIT = 1_000_000


def load_settings(path: Path, report: Report) -> Settings | None:
    """The settings that ``path`` states; None if it has any error, all of which are then in ``report``.

    Nothing is guessed: an unknown key, a value of another type, an unknown rule are errors with
    their line. Relative paths stay relative to the folder of ``path``.
    """
    text = _text(path, report)
    if text is None:
        return None
    try:
        document = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        message, line = _syntax_error(str(error))
        report.add("CIM002", at=Location(file=str(path), line=line), problem=message)
        return None
    except RecursionError:
        report.add(
            "CIM002", at=Location(file=str(path)), problem="its arrays or tables are nested too deeply"
        )
        return None
    return _Reading(str(path), document, lines_by_key(text), report).settings(path.parent)


def _text(path: Path, report: Report) -> str | None:
    at = Location(file=str(path))
    if not path.is_file():
        problem = "it is a folder" if path.is_dir() else "there is no such file"
        report.add("CIM001", at=at, problem=problem)
        return None
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except OSError as error:
        report.add("CIM001", at=at, problem=error.strerror or "it cannot be read")
        return None
    if len(data) > _LIMIT:
        report.add("CIM001", at=at, problem=f"it is larger than {_LIMIT} bytes")
        return None
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.add("CIM002", at=Location(file=str(path), line=line), problem="it is not UTF-8 text")
        return None


def _syntax_error(message: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(.*?)\s*\(at line (\d+), column \d+\)", message, re.DOTALL)
    return (found.group(1), int(found.group(2))) if found else (message, None)


class _Reading:
    """One document on its way to settings; ``report`` tells whether it got there."""

    def __init__(
        self, file: str, document: dict[str, Any], lines: Mapping[KeyPath, int], report: Report
    ) -> None:
        self._file = file
        self._document = document
        self._lines = lines
        self._report = report
        self._sound = True

    def settings(self, base: Path) -> Settings | None:
        """The settings, or None after an error."""
        self._unknown_keys(self._document, TOP_LEVEL, ())
        self._version()
        build = self._table(BUILD)
        source = self._table(INPUT)
        policies = self._table(MERGE)
        output = self._table(OUTPUT)
        options = {table.name: self._table(table) for table in EMITTER_TABLES}
        if keyword.iskeyword(build["name"]):
            self._error(
                "CIM004",
                ("build", "name"),
                key="build.name",
                value=build["name"],
                expects=BUILD.keys[0].expects,
            )
        namespaces = self._namespaces()
        severities = self._severities()
        suppressed = self._suppressed()
        if not self._sound:
            return None
        return Settings(
            base=base,
            name=build["name"],
            release=build["release"],
            model=source["model"],
            extensions=source["extensions"],
            profiles=source["profiles"],
            namespace=source["namespace"],
            namespaces=namespaces,
            namespace_files=source["namespaces"],
            policies=cast("Mapping[Field, Policy]", policies),
            out=_tidy(base / output["dir"]),
            emit=output["emit"],
            options=options,
            severities=severities,
            suppressed=suppressed,
            format=output["format"],
        )

    def _version(self) -> None:
        version = self._value(self._document, VERSION_KEY, ())
        if isinstance(version, int) and version != VERSION:
            self._error("CIM006", ("version",), found=str(version), known=str(VERSION))

    def _table(self, table: Table) -> dict[str, Any]:
        found = self._document.get(table.name, {})
        return self._keys(found, table, (table.name,))

    def _keys(self, found: object, table: Table, path: KeyPath) -> dict[str, Any]:
        if not isinstance(found, dict):
            self._error("CIM004", path, key=dotted(path), value=shown(found), expects="a table")
            found = {key.name: key.default or () for key in table.keys}
        self._unknown_keys(found, tuple(key.name for key in table.keys), path)
        return {key.name: self._value(found, key, path) for key in table.keys}

    def _unknown_keys(self, found: Mapping[str, object], known: tuple[str, ...], path: KeyPath) -> None:
        for name in found:
            if name not in known:
                near = nearest(name, known)
                self._error("CIM003", (*path, name), key=dotted((*path, name)), near=near)

    def _value(self, table: Mapping[str, Any], key: Key, path: KeyPath) -> Any:
        """The value of ``key``, its default where it is absent or wrong."""
        at = (*path, key.name)
        if key.name not in table:
            if key.required:
                self._error("CIM005", path, key=dotted(at))
            return key.default
        value = table[key.name]
        match key.type:
            case "integer":
                if type(value) is int:
                    return value
                self._error("CIM004", at, key=dotted(at), value=shown(value), expects="a whole number")
                return key.default
            case "string":
                return value if self._is_text(value, key, at) else key.default
            case "strings":
                return self._strings(value, key, at)

    def _strings(self, value: object, key: Key, at: KeyPath) -> Any:
        if not isinstance(value, list):
            self._error("CIM004", at, key=dotted(at), value=shown(value), expects="a list of texts")
            return key.default
        if not value and key.filled:
            self._error("CIM004", at, key=dotted(at), value="[]", expects="at least one item")
            return key.default
        sound = [self._is_text(item, key, (*at, index)) for index, item in enumerate(value)]
        if not all(sound):
            return key.default
        return tuple(dict.fromkeys(value))

    def _is_text(self, value: object, key: Key, at: KeyPath) -> bool:
        name = dotted(at)
        if not isinstance(value, str):
            self._error("CIM004", at, key=name, value=shown(value), expects="a text in quotes")
        elif key.choices and value not in key.choices:
            expects = nearest(value, key.choices) + f"one of {', '.join(key.choices)}"
            self._error("CIM004", at, key=name, value=shown(value), expects=expects)
        elif key.refuses(value):
            self._error("CIM004", at, key=name, value=shown(value), expects=key.expects)
        else:
            return True
        return False

    def _namespaces(self) -> tuple[SpaceFact, ...]:
        found = self._document.get(NAMESPACES_TABLE, {})
        if not isinstance(found, dict):
            self._error(
                "CIM004", (NAMESPACES_TABLE,), key=NAMESPACES_TABLE, value=shown(found), expects="a table"
            )
            return ()
        rows: dict[str, SpaceFact] = {}
        for name, value in found.items():
            at = (NAMESPACES_TABLE, name)
            if not isinstance(value, str) or re.fullmatch(NAMESPACE, value) is None:
                self._error("CIM004", at, key=dotted(at), value=shown(value), expects=NAMESPACE_WORDS)
                continue
            row = SpaceFact(stereotype=name, namespace=value, location=self._place(at))
            twin = rows.setdefault(name.casefold(), row)
            if twin is not row:
                expects = (
                    f"each stereotype once, whatever its letter case (there is {twin.stereotype} already)"
                )
                self._error("CIM004", at, key=dotted(at), value=shown(value), expects=expects)
        return tuple(rows.values())

    def _severities(self) -> dict[str, Severity]:
        found = self._document.get(SEVERITY_TABLE, {})
        if not isinstance(found, dict):
            self._error(
                "CIM004", (SEVERITY_TABLE,), key=SEVERITY_TABLE, value=shown(found), expects="a table"
            )
            return {}
        severities: dict[str, Severity] = {}
        for name, value in found.items():
            at = (SEVERITY_TABLE, name)
            code = self._rule_code(name, at)
            if value not in SEVERITIES:
                expects = nearest(str(value), SEVERITIES) + f"one of {', '.join(SEVERITIES)}"
                self._error("CIM004", at, key=dotted(at), value=shown(value), expects=expects)
            elif code and RULES[code].severity == "error" and value != "error":
                self._error("CIM008", at, rule=name, wish=f"a {value}")
            elif code:
                severities[code] = cast("Severity", value)
        return severities

    def _suppressed(self) -> dict[str, str]:
        found = self._document.get(SUPPRESS.name, [])
        if not isinstance(found, list):
            expects = "tables headed [[suppress]]"
            self._error("CIM004", (SUPPRESS.name,), key=SUPPRESS.name, value=shown(found), expects=expects)
            return {}
        suppressed: dict[str, str] = {}
        for index, entry in enumerate(found):
            at: KeyPath = (SUPPRESS.name, index)
            values = self._keys(entry, SUPPRESS, at)
            rule, reason = values["rule"], values["reason"]
            if not isinstance(rule, str):
                continue
            code = self._rule_code(rule, (*at, "rule"))
            if code and RULES[code].severity == "error":
                self._error("CIM008", (*at, "rule"), rule=rule, wish="silent")
            elif code and isinstance(reason, str):
                suppressed[code] = reason
        return suppressed

    def _rule_code(self, name: str, at: KeyPath) -> str:
        """Code of the rule called ``name`` (or of that code); empty, and reported, if there is none."""
        if name in RULES:
            return name
        for code, rule in RULES.items():
            if rule.name == name:
                return code
        self._error("CIM007", at, rule=name, near=nearest(name, [r.name for r in RULES.values()]))
        return ""

    def _error(self, code: str, at: KeyPath, **facts: str) -> None:
        self._sound = False
        self._report.add(code, at=self._place(at), element=None, related=(), **facts)

    def _place(self, at: KeyPath) -> Location:
        line = next((self._lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in self._lines), None)
        return Location(file=self._file, line=line, pointer=dotted(at))


def _tidy(folder: Path) -> Path:
    """``folder`` without ``a/..``, unless a link makes that another folder."""
    tidy = os.path.normpath(folder)
    return Path(tidy) if os.path.realpath(tidy) == os.path.realpath(folder) else folder
