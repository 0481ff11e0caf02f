"""The tables of an EA project kept in SQLite (``.qea``, ``.qeax``), read from bytes in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.qea_cells import TEXT_LIMIT, checked, report_cell
from cimforge.readers.qea_schema import COUNTED, TABLES, Row, Table
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    import sqlite3

_WRITE_AHEAD = b"\2\2"
"""Bytes 18 and 19 of a database whose newest content may stand in a file beside it."""

_STEPS = 1_000_000
"""Instructions of SQLite's machine between two looks at how many there were."""
STEP_LIMIT = 2_000
"""Looks before a table is given up. A file of the largest size that is read takes a few hundred."""

_COMPUTED = re.compile(r"\s*create\s+virtual\b", re.IGNORECASE)


def sqlite_tables(source: RawSource, report: Report) -> tuple[dict[str, list[Row]], dict[str, int]] | None:
    """The rows of each of `TABLES` in the order of its key, and how many rows each of `COUNTED` has.

    The bytes are opened in memory: nothing beside the input is read, locked or written, whatever its name.
    Only true tables are read (a view or virtual table may never end: CIM177), column by column (CIM178), and
    by the table itself, since an index may be damaged and leave rows out. None, and an error, if the database
    is damaged (CIM175), is no project of EA's, or holds a value of a type that its column cannot have
    (CIM179).
    """
    import sqlite3

    at = Location(file=source.path)
    data = source.data
    if data[18:20] == _WRITE_AHEAD:
        # What stood beside it, if anything, is for whoever read the file: here it is whole.
        data = data[:18] + b"\1\1" + data[20:]
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(data)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, TEXT_LIMIT)
            return _read(connection, at, report)
        except sqlite3.DataError:
            _report_length(connection, at, report)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
            said = " ".join(str(error).lower().split())
            report.add("CIM175", at=at, reason="a name in it is no UTF-8" if "decode" in said else said)
    return None


def _read(
    connection: sqlite3.Connection, at: Location, report: Report
) -> tuple[dict[str, list[Row]], dict[str, int]] | None:
    kinds = {
        str(name).lower(): "virtual table" if kind == "table" and _COMPUTED.match(str(sql)) else str(kind)
        for kind, name, sql in connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        )
    }
    if not _is_project(kinds, at, report):
        return None
    rows: dict[str, list[Row]] = {}
    is_sound = True
    for table in TABLES:
        found = _rows(connection, table, at, report) if table.name in kinds else []
        if found is None:
            is_sound = False
        else:
            rows[table.name] = found
    counts: dict[str, int] = {}
    for name in COUNTED:
        if kinds.get(name) == "table":
            ((counts[name],),) = connection.execute(f"SELECT count(*) FROM {name} NOT INDEXED")
    for table in TABLES:
        if table.name not in kinds:
            counts[f"{table.name} (no such table)"] = 1
    return (rows, counts) if is_sound else None


def _is_project(kinds: dict[str, str], at: Location, report: Report) -> bool:
    missing = [t.name for t in TABLES if t.is_needed and t.name not in kinds]
    if missing:
        what = f"it has no table {', '.join(missing)}" if kinds else "it has no tables"
        report.add("CIM177", at=at, what=what)
        return False
    odd = [t.name for t in TABLES if kinds.get(t.name, "table") != "table"]
    for name in odd:
        place = Location(file=at.file, pointer=name)
        report.add("CIM177", at=place, what=f"{name} is a {kinds[name]} in place of a table")
    return not odd


def _rows(connection: sqlite3.Connection, table: Table, at: Location, report: Report) -> list[Row] | None:
    import sqlite3

    place = Location(file=at.file, pointer=table.name)
    present = {
        str(name).lower()
        for (name,) in connection.execute(f"SELECT name FROM pragma_table_info('{table.name}')")
    }
    missing = [c for c in table.columns if c.is_needed and c.name.lower() not in present]
    if missing:
        for column in missing:
            report.add("CIM178", at=place, table=table.name, column=column.name)
        return None
    names = ", ".join(f'"{c.name}"' if c.name.lower() in present else "NULL" for c in table.columns)
    query = f"SELECT {names} FROM {table.name} NOT INDEXED"
    steps = _Steps()
    connection.set_progress_handler(steps, _STEPS)
    try:
        for (verdict,) in connection.execute(f"PRAGMA quick_check('{table.name}')"):
            if verdict != "ok":
                report.add("CIM175", at=place, reason=" ".join(str(verdict).split()).lower())
                return None
        rows = connection.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "decode" in str(error).lower():
            _report_text(connection, query, table, at, report)
        elif steps.count > STEP_LIMIT:
            report.add("CIM175", at=place, reason=f"reading {table.name} does not come to an end")
        else:
            raise
        return None
    finally:
        connection.set_progress_handler(None, 0)
    return checked(table, rows, at, report)


class _Steps:
    """Counts what SQLite does, and stops it when that is more than any honest file takes."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> bool:
        self.count += 1
        return self.count > STEP_LIMIT


def _report_text(
    connection: sqlite3.Connection, query: str, table: Table, at: Location, report: Report
) -> None:
    """Report each text of ``table`` that is no UTF-8 (CIM179)."""
    connection.text_factory = bytes
    try:
        for row in connection.execute(query).fetchall():
            for column, cell in zip(table.columns, _texts(connection, row), strict=True):
                if isinstance(cell, UnicodeDecodeError):
                    key = row[0].decode("utf-8", "replace") if isinstance(row[0], bytes) else row[0]
                    found = f"text that is no UTF-8 (byte {cell.object[cell.start]:#04x} at {cell.start})"
                    report_cell(table, column, key, found, at, report)
    finally:
        connection.text_factory = str


def _texts(connection: sqlite3.Connection, row: Row) -> Iterator[object]:
    for cell in row:
        if isinstance(cell, bytes):
            try:
                cell.decode("utf-8")
            except UnicodeDecodeError as error:
                yield error
                continue
        yield cell


def _report_length(connection: sqlite3.Connection, at: Location, report: Report) -> None:
    """Report each text that is longer than `TEXT_LIMIT` (CIM179)."""
    import sqlite3

    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000_000)
    for table in TABLES:
        for column in table.columns:
            if column.kind != "text":
                continue
            query = (
                f'SELECT "{table.columns[0].name}", length(CAST("{column.name}" AS BLOB)) FROM {table.name}'
                f' NOT INDEXED WHERE length("{column.name}") > ? OR length(CAST("{column.name}" AS BLOB)) > ?'
            )
            try:
                for key, length in connection.execute(query, (TEXT_LIMIT, TEXT_LIMIT)).fetchall():
                    found, wanted = f"{length:,} bytes", f"text of at most {TEXT_LIMIT:,} bytes"
                    report_cell(table, column, key, found, at, report, wanted=wanted)
            except sqlite3.DatabaseError:
                continue
    if not report.has_errors:
        report.add("CIM175", at=at, reason=f"a row is longer than {TEXT_LIMIT:,} bytes")
