"""The tables of an EA project kept in an Access database (``.eap``, ``.eapx``), read by mdbtools."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.qea_cells import TEXT_LIMIT, checked
from cimforge.readers.qea_schema import COUNTED, TABLES, Row, Table
from cimforge.readers.source import RawSource

_PROGRAMS = ("mdb-tables", "mdb-export")
SECONDS = 60
"""How long one table may take."""
OUTPUT_LIMIT = 200 * 1024 * 1024
"""Bytes that one table may be."""

_NAME = "project"
"""What the database is called in the folder that the programs run in: they know no other path."""
_OPTIONS = ("-b", "strip", "-d", ",", "-q", '"', "-R", "\n")
"""CSV with quotes doubled, a line feed behind each row, and nothing in place of binary objects."""
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MDBICONV": "UTF-8", "MDB_JET3_CHARSET": "CP1252"}
"""All that the programs are told of the world: text comes as UTF-8, numbers as in C."""


class _Unreadable(Exception):
    """What mdbtools could not read, and why."""


def access_tables(source: RawSource, report: Report) -> tuple[dict[str, list[Row]], dict[str, int]] | None:
    """The rows of each of `TABLES` in the order of its key, and how many rows each of `COUNTED` has.

    The database is written to a folder of its own, where ``mdb-tables`` and ``mdb-export`` read it, each
    within `SECONDS` and `OUTPUT_LIMIT`, without a shell. None, and an error, if they are not there (CIM180),
    give up or complain (CIM184), or if what they read is no project of EA's (CIM177 to CIM179).
    """
    at = Location(file=source.path)
    found = [shutil.which(program) for program in _PROGRAMS]
    if not all(found):
        report.add("CIM180", at=at)
        return None
    lister, exporter = (os.path.abspath(program or "") for program in found)
    with tempfile.TemporaryDirectory(prefix="cimforge-") as folder:
        (Path(folder) / _NAME).write_bytes(source.data)
        try:
            listed = _run([lister, "-1", _NAME], "its list of tables", folder).split("\n")
            present = {name.lower(): name for name in listed if name}
            missing = [t.name for t in TABLES if t.is_needed and t.name not in present]
            if missing:
                report.add("CIM177", at=at, what=f"it has no table {', '.join(missing)}")
                return None
            exported = {
                name: _rows(name, _run([exporter, *_OPTIONS, _NAME, present[name]], name, folder))
                for name in (*(t.name for t in TABLES), *COUNTED)
                if name in present
            }
        except _Unreadable as error:
            what, reason = error.args
            report.add("CIM184", at=at, what=what, reason=reason)
            return None
    rows: dict[str, list[Row]] = {}
    for table in TABLES:
        picked = _picked(table, exported.get(table.name, []), at, report)
        if picked is not None:
            rows[table.name] = picked
    counts = {name: len(exported[name]) - 1 for name in COUNTED if exported.get(name)}
    counts.update({f"{t.name} (no such table)": 1 for t in TABLES if t.name not in present})
    return (rows, counts) if len(rows) == len(TABLES) else None


def _run(argv: list[str], what: str, folder: str) -> str:
    """What the program printed, which must be UTF-8 and come without any complaint."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            argv, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=_ENVIRONMENT
        ) as process,
    ):
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS, stop)
        timer.start()
        try:
            printed = process.stdout.read(OUTPUT_LIMIT + 1)
            if len(printed) > OUTPUT_LIMIT:
                process.kill()
            status = process.wait()
        finally:
            timer.cancel()
        said.seek(0)
        complaint = " ".join(said.read(1000).decode("utf-8", "replace").split())
    if late.is_set():
        raise _Unreadable(what, f"it took longer than {SECONDS} seconds")
    if len(printed) > OUTPUT_LIMIT:
        raise _Unreadable(what, f"there is more of it than {OUTPUT_LIMIT:,} bytes")
    if status != 0 or complaint:
        raise _Unreadable(what, complaint[:200] or f"it ended with status {status}")
    try:
        return printed.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unreadable(what, f"it is no UTF-8 (byte {error.start})") from None


def _rows(table: str, text: str) -> list[list[str]]:
    """The rows of ``table``, its heading first."""
    limit = csv.field_size_limit(TEXT_LIMIT)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _Unreadable(table, str(error)) from None
    finally:
        csv.field_size_limit(limit)


def _picked(table: Table, exported: list[list[str]], at: Location, report: Report) -> list[Row] | None:
    """The columns of ``table``, with numbers read; None, and an error, if one is missing or odd."""
    if not exported:
        return []
    heading, *rows = exported
    place = {name.lower(): number for number, name in enumerate(heading)}
    missing = [c.name for c in table.columns if c.is_needed and c.name.lower() not in place]
    for column in missing:
        report.add("CIM178", at=Location(file=at.file, pointer=table.name), table=table.name, column=column)
    if missing:
        return None
    if any(len(row) != len(heading) for row in rows):
        report.add("CIM184", at=at, what=table.name, reason="a row has more or fewer cells than the heading")
        return None
    numbers = [place.get(c.name.lower()) for c in table.columns]
    cells: list[Row] = [tuple(None if n is None else row[n] for n in numbers) for row in rows]
    return checked(table, cells, at, report)
