"""EA projects in Access databases, read by mdbtools: here by stand-ins that read SQLite behind a Jet header."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from cimforge.ir.facts import Facts
from cimforge.ir.value import replace
from cimforge.readers import qea_access

from tests.readers.ea_project import SMALL, problems, project, read

JET = b"\0\1\0\0Standard Jet DB\0"
ACE = b"\0\1\0\0Standard ACE DB\0"

OPEN = f"""\
#!{sys.executable}
import csv, os, sqlite3, sys, time
assert set(os.environ) - {{"LC_CTYPE"}} == {{"LC_ALL", "MDBICONV", "MDB_JET3_CHARSET"}}, os.environ
connection = sqlite3.connect(":memory:")
"""
TABLES = """\
option, path = sys.argv[1:]
assert option == "-1"
connection.deserialize(open(path, "rb").read()[20:])
for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
    print(name)
"""
EXPORT = """\
*options, path, table = sys.argv[1:]
assert options == ["-b", "strip", "-d", ",", "-q", '"', "-R", "\\n"], options
connection.deserialize(open(path, "rb").read()[20:])
cursor = connection.execute(f"SELECT * FROM {table}")
sys.stdout.reconfigure(encoding="utf-8", newline="")
writer = csv.writer(sys.stdout, lineterminator="\\n")
writer.writerow([column[0] for column in cursor.description])
writer.writerows(cursor)
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with stand-ins, the only one that programs are looked for in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("MDBOPTS", "use_index")
    monkeypatch.setenv("LANG", "de_DE.ISO-8859-1")
    put(folder, "mdb-tables", TABLES)
    put(folder, "mdb-export", EXPORT)
    return folder


def put(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(OPEN + script, encoding="utf-8")
    path.chmod(0o755)


def without_places(facts: Facts | None) -> Facts:
    assert facts is not None
    return replace(facts, sources=())


@pytest.mark.parametrize("header", [JET, ACE])
def test_the_same_tables_say_the_same(tools: Path, header: bytes) -> None:
    script = SMALL + (
        "UPDATE t_attribute SET Notes = 'a \"quoted\", text' || char(13, 10) || 'of two lines: ä€';"
        "INSERT INTO t_operation VALUES (1, 10, 'open'), (2, 10, 'close');"
    )
    facts, report = read(header + project(script), "model.qea")
    assert not report.diagnostics
    assert without_places(facts) == without_places(read(project(script), "model.qea")[0])
    assert dict(without_places(facts).notes)["t_operation"] == 2


def test_a_whole_model_is_the_same(tools: Path, corpus: Path) -> None:
    data = (corpus / "synthetic/cim17_metering.qea").read_bytes()
    facts, report = read(JET + data, "model.qea")
    assert not report.diagnostics
    assert without_places(facts) == without_places(read(data, "model.qea")[0])


def test_order_is_that_of_keys(tools: Path) -> None:
    put(tools, "mdb-export", EXPORT.replace("{table}", "{table} ORDER BY 1 DESC"))
    more = "INSERT INTO t_object (Object_ID, Object_Type, Name, ea_guid) VALUES (9, 'Class', 'First', 'x');"
    assert without_places(read(JET + project(SMALL + more))[0]) == without_places(
        read(project(SMALL + more))[0]
    )


@pytest.mark.parametrize("missing", ["mdb-tables", "mdb-export"])
def test_without_mdbtools_the_way_out_is_named(tools: Path, missing: str) -> None:
    (tools / missing).unlink()
    facts, report = read(JET + project())
    assert facts is None
    assert problems(report) == [
        "- CIM180: this is an Access database (an EA .eap or .eapx project), and mdbtools is not there to read it"
    ]
    assert "apt install mdbtools" in report.diagnostics[0].remedy
    assert ".qea" in report.diagnostics[0].remedy
    assert report.has_unreadable


FAULTS = {
    "a status": ("mdb-export", "sys.exit(3)", "t_package: it ended with status 3"),
    "a complaint": (
        "mdb-export",
        EXPORT + "print('Error:', path, 'page 7 is bad', file=sys.stderr)",
        "t_package: Error: project page 7 is bad",
    ),
    "no list": ("mdb-tables", "sys.exit(1)", "its list of tables: it ended with status 1"),
    "no UTF-8": (
        "mdb-export",
        "sys.stdout.buffer.write(b'Name\\n\\xe9\\n')",
        "t_package: it is no UTF-8 (byte 5)",
    ),
    "too much": (
        "mdb-export",
        "while True: print('x' * 9999)",
        "t_package: there is more of it than 100,000 bytes",
    ),
    "no end": ("mdb-export", "time.sleep(600)", "t_package: it took longer than 1 seconds"),
    "a row cut short": (
        "mdb-export",
        EXPORT.replace("writer.writerows(cursor)", "writer.writerows(row[:3] for row in cursor)"),
        "t_package: a row has more or fewer cells than the heading",
    ),
    "an open quote": ("mdb-export", EXPORT + "print('\"open')", "t_package: unexpected end of data"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_mdbtools_cannot_do_is_told(tools: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(qea_access, "SECONDS", 1)
    monkeypatch.setattr(qea_access, "OUTPUT_LIMIT", 100_000)
    tool, script, message = FAULTS[name]
    put(tools, tool, script)
    begun = time.monotonic()
    facts, report = read(JET + project())
    assert facts is None
    assert f"- CIM184: mdbtools could not read {message}" in problems(report)
    assert report.has_unreadable
    assert time.monotonic() - begun < 30


def test_what_is_no_project_is_none(tools: Path) -> None:
    data = project("CREATE TABLE x (y);", without=("t_object",))
    assert problems(read(JET + data)[1]) == [
        "- CIM177: this database is no Enterprise Architect project: it has no table t_object"
    ]
    data = project(f"{SMALL} ALTER TABLE t_attribute DROP COLUMN Type;")
    assert problems(read(JET + data)[1]) == ["t_attribute CIM178: the table t_attribute has no column Type"]
    data = project(f"{SMALL} UPDATE t_attribute SET Object_ID = 'ten';")
    assert problems(read(JET + data)[1]) == [
        "t_attribute/100 CIM179: t_attribute.Object_ID holds the text “ten” where a whole number is needed"
    ]


def test_nothing_is_left_behind(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    read(JET + project())
    put(tools, "mdb-export", "sys.exit(3)")
    read(JET + project())
    assert os.listdir(scratch) == []


@pytest.mark.skipif(shutil.which("mdb-export") is None, reason="mdbtools is not here")
def test_mdbtools_itself_refuses_what_is_none() -> None:
    for data in (JET + b"\0" * 8192, ACE + b"\0" * 100, JET + project()):
        facts, report = read(data)
        assert facts is None
        assert {d.code for d in report.diagnostics} <= {"CIM177", "CIM184"}
        assert report.has_unreadable
