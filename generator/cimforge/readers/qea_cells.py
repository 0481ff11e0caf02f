"""What may stand in the cells of a project's tables: whole numbers, text, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from msgspec import ValidationError, convert

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.qea_schema import TABLES, Column, Row, Table

TEXT_LIMIT = 10_000_000
"""Bytes of one text: as many as a text in XML may have."""
_SHOWN = 20
"""How many rows of one column are reported; where there are more, the fault is not in the rows."""


def checked(table: Table, rows: Sequence[Row], at: Location, report: Report) -> list[Row] | None:
    """``rows`` in the order of their keys, with nothing in them but what `qea_schema.Kind` allows.

    Numbers that stand as text are read as numbers, numbers in a text column as text: which of the two a
    database keeps is its own affair. None, and CIM179, if a value is odd or two rows have one key.
    """
    try:
        # All cells in one call; only where one is odd are they looked at one by one.
        found = list(convert(rows, _TYPES[table.name]))
    except ValidationError:
        read = _converted(table, rows, at, report)
        if read is None:
            return None
        found = read
    found.sort(key=itemgetter(0) if table.columns[0].kind == "key" else lambda row: row[0] or "")
    key = table.columns[0]
    if key.kind == "key" and len({row[0] for row in found}) < len(found):
        for one, other in pairwise(found):
            if one[0] == other[0]:
                said, wanted = f"{one[0]} a second time", "a key of its own"
                report_cell(table, key, one[0], said, at, report, wanted=wanted)
        return None
    return found


def _converted(table: Table, rows: Sequence[Row], at: Location, report: Report) -> list[Row] | None:
    columns = list(zip(*rows, strict=True))
    is_sound = True
    for number, column in enumerate(table.columns):
        read = _text if column.kind == "text" else _key if column.kind == "key" else _number
        cells = [read(cell) for cell in columns[number]]
        columns[number] = tuple(cells)
        for fault in [n for n, cell in enumerate(cells) if cell is _FAULT][:_SHOWN]:
            is_sound = False
            report_cell(table, column, rows[fault][0], _described(rows[fault][number]), at, report)
    return list(zip(*columns, strict=True)) if is_sound else None


def _row_type(table: Table) -> Any:
    cells = tuple(str | None if column.kind == "text" else int for column in table.columns)
    return list[tuple.__class_getitem__(cells)]  # type: ignore[misc]  # a type that is made at run time


_TYPES = {table.name: _row_type(table) for table in TABLES}


def report_cell(
    table: Table,
    column: Column,
    key: object,
    found: str,
    at: Location,
    report: Report,
    *,
    wanted: str = "",
) -> None:
    """Report what stands in one cell and cannot (CIM179)."""
    wanted = wanted or ("text" if column.kind == "text" else "a whole number")
    row = f"{table.name}/{key}" if isinstance(key, int | str) else table.name
    report.add(
        "CIM179",
        at=Location(file=at.file, pointer=row),
        table=table.name,
        column=column.name,
        wanted=wanted,
        found=found,
    )


_FAULT = object()


def _text(cell: object) -> object:
    if cell is None or isinstance(cell, str):
        return cell
    return str(cell) if isinstance(cell, int) else _FAULT


def _number(cell: object) -> object:
    return 0 if cell is None or cell == "" else _key(cell)


def _key(cell: object) -> object:
    if isinstance(cell, int):
        return cell
    if isinstance(cell, str) and cell.strip().removeprefix("-").isdecimal() and len(cell) < 20:
        return int(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return _FAULT


def _described(cell: object) -> str:
    match cell:
        case None:
            return "NULL"
        case bytes():
            return "a BLOB"
        case str():
            text = " ".join(cell.split())
            return f"the text “{text if len(text) <= 40 else text[:39] + '…'}”"
    return f"the number {cell}"
