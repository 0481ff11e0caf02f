"""Databases that are damaged, hostile, in use or none: one clear diagnostic each, and nothing written."""

from __future__ import annotations

import io
import os
import random
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers import qea_sqlite
from cimforge.readers.inputs import collect
from cimforge.readers.inputs_database import unfinished
from cimforge.readers.sniff import read_source

from tests.readers.ea_project import SMALL, TABLES, on_disk, problems, project, read

MANY = SMALL + "".join(
    f"INSERT INTO t_attribute (ID, Object_ID, Name, Type, Notes, ea_guid) VALUES ({n}, 10, 'a{n}', 'String',"
    f" '{'long ' * 40}', '{{00000000-0000-0000-0000-{n:012}}}');"
    for n in range(1000, 1400)
)
"""Enough rows for a table of many pages."""


def renamed(script: str, table: str) -> bytes:
    """A project whose ``table`` is made anew by ``script``; the old one is ``old``."""
    return project(f"{SMALL} ALTER TABLE {table} RENAME TO old; {script}")


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS Object_ID FROM n"

REFUSED: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "nothing but a header": (
        lambda: b"SQLite format 3\0" + b"\0" * 4096,
        ["- CIM175: the database is damaged: file is not a database"],
    ),
    "no tables": (
        lambda: project("CREATE TABLE x (y); DROP TABLE x;", without=tuple(TABLES)),
        ["- CIM177: this database is no Enterprise Architect project: it has no tables"],
    ),
    "one table missing": (
        lambda: project("", without=("t_connector",)),
        ["- CIM177: this database is no Enterprise Architect project: it has no table t_connector"],
    ),
    "a table's name that is no UTF-8": (
        lambda: project("CREATE TABLE zzzz (y);").replace(b"zzzz", b"z\xedzz"),
        ["- CIM175: the database is damaged: a name in it is no UTF-8"],
    ),
    "a view over an endless query": (
        lambda: renamed(f"CREATE VIEW t_object AS {ENDLESS};", "t_object"),
        [
            "t_object CIM177: this database is no Enterprise Architect project: t_object is a view in place of "
            "a table"
        ],
    ),
    "a view in place of a table of tags": (
        lambda: renamed("CREATE VIEW t_xref AS SELECT 1;", "t_xref"),
        [
            "t_xref CIM177: this database is no Enterprise Architect project: t_xref is a view in place of a "
            "table"
        ],
    ),
    "a virtual table": (
        lambda: renamed("CREATE VIRTUAL TABLE t_xref USING fts5(Name);", "t_xref"),
        [
            "t_xref CIM177: this database is no Enterprise Architect project: t_xref is a virtual table in "
            "place of a table"
        ],
    ),
    "a missing column": (
        lambda: project(f"{SMALL} ALTER TABLE t_attribute DROP COLUMN LowerBound;"),
        ["t_attribute CIM178: the table t_attribute has no column LowerBound"],
    ),
    "a computed column": (
        lambda: project(
            f"{SMALL} ALTER TABLE t_object DROP COLUMN Note;"
            " ALTER TABLE t_object ADD COLUMN Note AS (hex(zeroblob(500000000)));"
        ),
        ["t_object CIM178: the table t_object has no column Note"],
    ),
    "a name that is a BLOB": (
        lambda: project(f"{SMALL} UPDATE t_object SET Name = x'0102' WHERE Object_ID = 10;"),
        ["t_object/10 CIM179: t_object.Name holds a BLOB where text is needed"],
    ),
    "a name that is NULL": (
        lambda: project(f"{SMALL} UPDATE t_object SET Name = NULL WHERE Object_ID = 10;"),
        ["t_object/10 CIM179: t_object.Name holds NULL where text is needed"],
    ),
    "a key that is text": (
        lambda: project(f"{SMALL} UPDATE t_attribute SET Object_ID = 'ten';"),
        ["t_attribute/100 CIM179: t_attribute.Object_ID holds the text “ten” where a whole number is needed"],
    ),
    "a position that is a fraction": (
        lambda: project(f"{SMALL} UPDATE t_attribute SET Pos = 1.5;"),
        ["t_attribute/100 CIM179: t_attribute.Pos holds the number 1.5 where a whole number is needed"],
    ),
    "two rows of one key": (
        lambda: renamed(
            "CREATE TABLE t_object AS SELECT * FROM old; INSERT INTO t_object SELECT * FROM old;", "t_object"
        ),
        [
            "t_object/1 CIM179: t_object.Object_ID holds 1 a second time where a key of its own is needed",
            "t_object/10 CIM179: t_object.Object_ID holds 10 a second time where a key of its own is needed",
        ],
    ),
    "text in windows-1252": (
        lambda: project(f"{SMALL} UPDATE t_attribute SET Notes = CAST(x'636166E9' AS TEXT);"),
        [
            "t_attribute/100 CIM179: t_attribute.Notes holds text that is no UTF-8 (byte 0xe9 at 3) where text "
            "is needed"
        ],
    ),
    "a note of 50 MB": (
        lambda: project(
            f"{SMALL} UPDATE t_object SET Note = printf('%.50000000c', 'x') WHERE Object_ID = 10;"
        ),
        [
            "t_object/10 CIM179: t_object.Note holds 50,000,000 bytes where text of at most 10,000,000 bytes is "
            "needed"
        ],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    make, expected = REFUSED[name]
    data = make()
    begun = time.process_time()
    _, report = read(data)
    assert problems(report) == expected
    assert report.has_unreadable
    assert time.process_time() - begun < 5


def test_a_truncated_database_is_damaged() -> None:
    data = project(MANY)
    for length in range(200, len(data), 4099):
        facts, report = read(data[:length])
        assert facts is None
        assert report.has_unreadable
        assert {d.code for d in report.diagnostics} <= {"CIM175", "CIM177"}


def test_a_corrupt_page_is_found_or_harmless() -> None:
    """Whatever byte is wrong: the same facts, other values, or a diagnostic; never fewer rows in silence."""
    data = project(MANY)
    sound, _ = read(data)
    assert sound is not None
    chance = random.Random(1)
    reported = 0
    for _ in range(150):
        broken = bytearray(data)
        page = chance.randrange(len(data) // 4096) * 4096
        for _ in range(4):
            broken[page + chance.randrange(12)] = chance.randrange(256)
        facts, report = read(bytes(broken))
        if facts is None:
            assert report.has_unreadable
            reported += 1
        else:
            assert (len(facts.classes), len(facts.members)) == (len(sound.classes), len(sound.members))
    assert reported > 50


def test_pages_that_lead_in_circles_come_to_an_end() -> None:
    """A tree whose branches all lead to one leaf has more rows than any file could hold."""
    data = bytearray(project(MANY))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(bytes(data))
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 't_attribute'")
    page = (root - 1) * 4096
    assert data[page] == 5, "an inner page"
    cells = int.from_bytes(data[page + 3 : page + 5], "big")
    pointers = [page + 12 + 2 * n for n in range(cells)]
    first = page + int.from_bytes(data[pointers[0] : pointers[0] + 2], "big")
    for pointer in pointers[1:]:
        cell = page + int.from_bytes(data[pointer : pointer + 2], "big")
        data[cell : cell + 4] = data[first : first + 4]
    _, report = read(bytes(data))
    assert [d.code for d in report.diagnostics] == ["CIM175"]
    assert report.diagnostics[0].location.pointer == "t_attribute"


def test_a_table_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qea_sqlite, "_STEPS", 100)
    monkeypatch.setattr(qea_sqlite, "STEP_LIMIT", 3)
    _, report = read(project(MANY))
    assert problems(report)[0].endswith("reading t_attribute does not come to an end")


def test_package_cycles_are_printed(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea", f"{SMALL} UPDATE t_package SET Parent_ID = 2 WHERE Package_ID = 1;")
    status, _, errors = run("build", str(path), "--out", str(tmp_path / "out"))
    assert status in (1, 2)
    assert "Model -> Grid -> Model" in errors or "Grid -> Model -> Grid" in errors
    assert "Traceback" not in errors


# -- In use --------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cimforge", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


@contextmanager
def other_program(path: Path, *statements: str) -> Iterator[None]:
    """Another process has the database open and has run ``statements``."""
    code = (
        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for s in sys.argv[2:]: c.execute(s).fetchall()\nprint('ready', flush=True)\nsys.stdin.read()\n"
    )
    argv = [sys.executable, "-c", code, str(path), *statements]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
        process.kill()


def collected(path: Path) -> tuple[int, list[str]]:
    report = Report()
    found = collect([str(path)], report)
    return len(found), [f"{d.code}: {d.message}" for d in report.diagnostics]


INSERT = "INSERT INTO t_package VALUES (9, 'New', 1, NULL, '{00000000-0000-0000-0000-000000000009}')"

MUCH = (
    "INSERT INTO t_package SELECT n.i + 100, hex(zeroblob(500)), 1, NULL, NULL FROM (WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) SELECT i FROM n) AS n"
)


def test_a_locked_database_is_in_use(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    with other_program(path, "BEGIN EXCLUSIVE"):
        assert collected(path) == (
            0,
            [
                "CIM176: the database is half-written: it is locked by a program that writes to it; is the "
                "project open in Enterprise Architect?"
            ],
        )
        status, _, errors = run("build", str(path), "--out", str(tmp_path / "out"))
        assert status == 2
        assert "is the project open in Enterprise Architect?" in errors
        assert not (tmp_path / "out").exists()
    assert collected(path) == (1, [])


def test_a_database_that_is_only_open_is_read(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    with other_program(path, "SELECT count(*) FROM t_object"):
        assert collected(path) == (1, [])


def test_a_transaction_that_was_not_ended_is_half_written(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    with other_program(path, "PRAGMA cache_size = 1", "BEGIN", MUCH):
        pass
    assert (tmp_path / "m.qea-journal").stat().st_size
    assert path.read_bytes() != project(), "it is half-written"
    before = sorted(os.listdir(tmp_path))
    count, (problem,) = collected(path)
    assert count == 0
    assert "as m.qea-journal says" in problem
    assert sorted(os.listdir(tmp_path)) == before


def test_changes_beside_the_database_are_not_left_out(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    with other_program(path, "PRAGMA journal_mode = WAL", INSERT):
        pass
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert set(before) == {"m.qea", "m.qea-shm", "m.qea-wal"}
    count, (problem,) = collected(path)
    assert count == 0
    assert "are in m.qea-wal, not yet in the database" in problem
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_write_ahead_mode_with_nothing_beside_is_read(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute(INSERT)
    data = path.read_bytes()
    assert data[18:20] == b"\2\2"
    assert os.listdir(tmp_path) == ["m.qea"]
    facts, report = read_whole(path)
    assert not report.diagnostics
    assert [p.name for p in facts.packages] == ["Grid", "New"]
    assert os.listdir(tmp_path) == ["m.qea"]
    assert path.read_bytes() == data


def test_a_database_that_changes_meanwhile_is_half_written(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    data = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(INSERT)
    assert unfinished(str(path), data) == "it changed while it was read"
    assert unfinished(str(path), path.read_bytes()) == ""


# -- Nothing is written --------------------------------------------------------------------------------


def read_whole(path: Path) -> tuple[object, Report]:
    report = Report()
    (source,) = collect([str(path)], report)
    return read_source(source, report), report


@pytest.mark.parametrize("name", ["x?mode=rwc#.qea", "a%20b.qea", "ü €.qea", "model", "-x.qea", "it's.qea"])
def test_names_are_names(tmp_path: Path, name: str) -> None:
    on_disk(tmp_path / name)
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
    facts, report = read_whole(tmp_path / name)
    assert facts is not None
    assert not report.diagnostics
    assert (
        {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}
        == before
        == {name: before[name]}
    )


def test_triggers_do_nothing(tmp_path: Path) -> None:
    path = on_disk(
        tmp_path / "m.qea",
        f"{SMALL} CREATE TRIGGER t AFTER UPDATE ON t_object BEGIN DELETE FROM t_attribute; END;",
    )
    facts, report = read_whole(path)
    assert not report.diagnostics
    assert len(facts.members) == 1
    assert os.listdir(tmp_path) == ["m.qea"]


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    path = on_disk(tmp_path / "m.qea")
    tmp_path.chmod(0o555)
    path.chmod(0o444)
    try:
        assert collected(path) == (1, [])
    finally:
        tmp_path.chmod(0o755)


def test_a_project_in_an_archive(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/m.qea", project())
    (tmp_path / "all.zip").write_bytes(packed.getvalue())
    report = Report()
    (source,) = collect([str(tmp_path / "all.zip")], report)
    assert source.path == "deep/m.qea"
    assert read_source(source, report) is not None
    assert not report.diagnostics


def test_an_archive_with_changes_beside_the_project(tmp_path: Path) -> None:
    data = bytearray(project())
    data[18:20] = b"\2\2"
    for name in ("m.qea-wal", "other.txt"):
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.writestr("m.qea", bytes(data))
            archive.writestr(name, b"changes")
        count, found = collected(tmp_path / "all.zip")
        assert count == (name == "other.txt")
        assert [p.partition(":")[0] for p in found] == ["CIM176"] * (1 - count)


def test_a_folder_is_searched_for_projects(tmp_path: Path) -> None:
    for name in ("a.qea", "b.QEAX", "c.eap", "d.eapx"):
        on_disk(tmp_path / name)
    report = Report()
    assert [s.path for s in collect([str(tmp_path)], report)] == ["a.qea", "b.QEAX", "c.eap", "d.eapx"]
