"""EA projects made to mislead: refused with table and row, or read right; and nothing written beside them."""

from __future__ import annotations

import gzip
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.hostile.refusals import place, refuse, unharmed
from tests.hostile.runs import cimforge
from tests.hostile.sketch import Kind, Sketch, qea, small
from tests.hostile.test_accepted import linked, meaning, read
from tests.hostile.write_qea import fill

SOUND = qea(small())


def changed(*statements: str) -> bytes:
    """The sound project after ``statements``."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.deserialize(SOUND)
        base.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            base.execute(statement)
        return base.serialize()


def other(*statements: str) -> bytes:
    """A database of something else."""
    with closing(sqlite3.connect(":memory:")) as base:
        for statement in statements:
            base.execute(statement)
        return base.serialize()


def spoiled(at: int, data: bytes) -> bytes:
    """The sound project with other bytes at ``at``; from the end if that is negative."""
    at %= len(SOUND)
    return SOUND[:at] + data + SOUND[at + len(data) :]


ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS ID, i AS Object_ID, 'x' AS Name FROM n"
)


@dataclass(frozen=True, kw_only=True)
class Bad:
    """A file that must be refused."""

    data: Callable[[], bytes]
    code: str
    says: tuple[str, ...] = ()
    at: str | None = None
    """The row, if one is to blame."""


def _cell(statement: str, code: str, *says: str, at: str | None = None) -> Bad:
    return Bad(data=lambda: changed(statement), code=code, says=says, at=at)


BAD: dict[str, Bad] = {
    "no database at all": Bad(data=lambda: b"SQLite format 4\0" + b"\0" * 5000, code="CIM111"),
    "an empty database": Bad(
        data=lambda: other("PRAGMA user_version = 1"), code="CIM177", says=("no tables",)
    ),
    "another database": Bad(
        data=lambda: other("CREATE TABLE track (id, artist)"), code="CIM177", says=("t_package", "t_object")
    ),
    "a header and zeros": Bad(data=lambda: SOUND[:100] + b"\0" * 20_000, code="CIM175"),
    "a header alone": Bad(data=lambda: SOUND[:100], code="CIM175"),
    "half of it": Bad(data=lambda: SOUND[: len(SOUND) // 2], code="CIM175"),
    "another page size": Bad(data=lambda: spoiled(16, b"\x02\x00"), code="CIM175"),
    "no page size": Bad(data=lambda: spoiled(16, b"\x00\x03"), code="CIM175"),
    "a page of noise": Bad(data=lambda: spoiled(4096, bytes(range(256)) * 16), code="CIM175"),
    "packed by gzip": Bad(data=lambda: gzip.compress(SOUND, mtime=0), code="CIM111", says=("gzip",)),
    "a missing column": _cell(
        'ALTER TABLE t_attribute DROP COLUMN "UpperBound"', "CIM178", "t_attribute", "UpperBound"
    ),
    "a missing table": _cell("DROP TABLE t_attribute", "CIM177", "t_attribute"),
    "a view over an endless query": Bad(
        data=lambda: changed("DROP TABLE t_attribute", f"CREATE VIEW t_attribute AS {ENDLESS}"),
        code="CIM177",
        says=("t_attribute is a view",),
    ),
    "a virtual table": Bad(
        data=lambda: changed("DROP TABLE t_attribute", "CREATE VIRTUAL TABLE t_attribute USING fts5(Name)"),
        code="CIM177",
        says=("t_attribute is a virtual table",),
    ),
    "a table that is another's pages": Bad(
        data=lambda: changed(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 't_object') "
            "WHERE name = 't_attribute'"
        ),
        code="CIM175",
    ),
    "a schema that is none": Bad(
        data=lambda: changed("UPDATE sqlite_master SET sql = 'CREATE x' WHERE name = 't_xref'"), code="CIM175"
    ),
    "a name that is NULL": _cell(
        "UPDATE t_object SET Name = NULL WHERE Object_ID = 1007",
        "CIM179",
        "t_object.Name",
        at="t_object/1007",
    ),
    "a name that is a BLOB": _cell(
        "UPDATE t_object SET Name = x'FF00' WHERE Object_ID = 1007",
        "CIM179",
        "t_object.Name",
        "BLOB",
        at="t_object/1007",
    ),
    "a name of bytes that are no UTF-8": _cell(
        "UPDATE t_object SET Name = CAST(x'4D65FF' AS TEXT) WHERE Object_ID = 1007",
        "CIM179",
        "t_object.Name",
        "UTF-8",
        at="t_object/1007",
    ),
    "a name that is empty": _cell("UPDATE t_object SET Name = '' WHERE Object_ID = 1007", "CIM210"),
    "an attribute's name that is NULL": _cell(
        "UPDATE t_attribute SET Name = NULL WHERE ID = 2", "CIM179", "t_attribute.Name", at="t_attribute/2"
    ),
    "a key that is text": _cell(
        "UPDATE t_attribute SET Object_ID = 'none' WHERE ID = 2",
        "CIM179",
        "t_attribute.Object_ID",
        "none",
        at="t_attribute/2",
    ),
    "a key that is half a number": _cell(
        "UPDATE t_connector SET Start_Object_ID = 1.5 WHERE Connector_ID = 2",
        "CIM179",
        "t_connector.Start_Object_ID",
        at="t_connector/2",
    ),
    "a key without end": _cell(
        "UPDATE t_connector SET Start_Object_ID = 9e999 WHERE Connector_ID = 2", "CIM179", at="t_connector/2"
    ),
    "a description that is a BLOB": _cell(
        "UPDATE t_object SET Note = zeroblob(100) WHERE Object_ID = 1007", "CIM179", at="t_object/1007"
    ),
    "a description of 50 MB": _cell(
        "UPDATE t_object SET Note = hex(zeroblob(25000000)) WHERE Object_ID = 1007",
        "CIM179",
        "10,000,000",
        at="t_object/1007",
    ),
    "a bound that is none": _cell(
        "UPDATE t_attribute SET UpperBound = 'many' WHERE ID = 2", "CIM208", at="t_attribute/2"
    ),
    "a type that is nowhere": _cell(
        "UPDATE t_attribute SET Classifier = '77', Type = 'Nowhere' WHERE ID = 2",
        "CIM203",
        at="t_attribute/2",
    ),
    "a superclass that is nowhere": _cell(
        "UPDATE t_connector SET End_Object_ID = 77 WHERE Connector_Type = 'Generalization'", "CIM203"
    ),
    "one GUID twice": Bad(
        data=lambda: qea(
            replace(small(), kinds=(*small().kinds, Kind(name="A", key="S"), Kind(name="B", key="S")))
        ),
        code="CIM181",
    ),
    "packages in a circle": _cell(
        "UPDATE t_package SET Parent_ID = 2 WHERE Package_ID = 2", "CIM206", "Grid"
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str, built_world: Path, tmp_path: Path) -> None:
    case = BAD[name]
    since = time.monotonic()
    errors = refuse(built_world, tmp_path / "model.qea", case.data())
    assert time.monotonic() - since < 20
    assert errors[0]["code"] == case.code, errors
    for word in case.says:
        assert word in errors[0]["message"]
    if case.at is not None:
        assert place(errors[0])[1] == case.at
    assert [p.name for p in tmp_path.iterdir()] == ["model.qea"]


HARMLESS: dict[str, tuple[str, ...]] = {
    "triggers": (
        "CREATE TRIGGER t AFTER INSERT ON t_object BEGIN DELETE FROM t_object; END",
        "CREATE TRIGGER u INSTEAD OF DELETE ON v BEGIN SELECT load_extension('x'); END",
    ),
    "an index that is expressions": ("CREATE INDEX i ON t_object (lower(Name) || 'x')",),
    "a view that never ends": (f"CREATE VIEW spare AS {ENDLESS}",),
    "columns and tables of others": (
        "ALTER TABLE t_object ADD COLUMN Extra TEXT DEFAULT 'x'",
        "CREATE TABLE t_sparx (x)",
        "CREATE TABLE 'odd name; DROP TABLE t_object' (\"x y\")",
    ),
    "numbers that are text": (
        "UPDATE t_attribute SET Object_ID = CAST(Object_ID AS TEXT)",
        "UPDATE t_attribute SET LowerBound = CAST(LowerBound AS INTEGER)",
    ),
    "a deleted index": ("DELETE FROM sqlite_sequence",),
    "a statistic": ("ANALYZE",),
    "a column that is computed at great length": (
        "UPDATE sqlite_master SET sql = replace(sql, 'StyleEx TEXT)', 'StyleEx TEXT, "
        "X AS (zeroblob(1000000000)))') WHERE name = 't_attribute'",
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_beside_the_point(name: str, tmp_path: Path) -> None:
    if name == "triggers":
        statements: tuple[str, ...] = ("CREATE VIEW v AS SELECT 1", *HARMLESS[name])
    else:
        statements = HARMLESS[name]
    assert linked(changed(*statements)) == linked(SOUND)


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
@pytest.mark.parametrize("size", [512, 65536])
def test_other_layouts_of_the_file(encoding: str, size: int) -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"PRAGMA encoding = '{encoding}'")
        base.execute(f"PRAGMA page_size = {size}")
        base.execute("PRAGMA auto_vacuum = FULL")
        fill(base, small())
        data = base.serialize()
    assert data[56:60] != SOUND[56:60]
    assert linked(data) == linked(SOUND)


def test_names_that_mean_something_to_sqlite(tmp_path: Path) -> None:
    """A file's name is no address: no parameter in it is followed, and nothing appears beside it."""
    wanted = None
    for name in (
        "plain.qea",
        "x?mode=rwc&cache=shared#.qea",
        "file:x.qea",
        ":memory:",
        "%2e%2e.qea",
        "a b'.qea",
    ):
        path = tmp_path / name
        path.write_bytes(SOUND)
        with unharmed(tmp_path):
            model = meaning(read(path))
        wanted = wanted or model
        assert model == wanted


def test_what_another_program_does_meanwhile(built_world: Path, tmp_path: Path) -> None:
    """Locked, half-way through a transaction, with changes in a write-ahead file: is it open in EA?"""
    path = tmp_path / "model.qea"
    path.write_bytes(SOUND)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        [error] = refuse(built_world, path)
        assert error["code"] == "CIM176"
        assert "open in Enterprise Architect?" in error["message"]
        writer.execute("UPDATE t_object SET Name = 'Half' WHERE Object_ID = 1007")
        [error] = refuse(built_world, path)
        assert error["code"] == "CIM176"
        writer.execute("ROLLBACK")
    assert cimforge("inspect", path, "--counts").status == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE t_object SET Name = 'Newer' WHERE Object_ID = 1007")
        with unharmed(tmp_path):
            [error] = refuse(built_world, path)
        assert error["code"] == "CIM176"
        assert "-wal" in error["message"]
    with unharmed(tmp_path):
        assert "Newer" in {c["name"] for c in read(path)["classes"]}


def test_a_project_in_an_archive_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "model.QEA").write_bytes(SOUND)
    with zipfile.ZipFile(tmp_path / "m.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("deep/model.qea", SOUND)
    with unharmed(tmp_path):
        found = [meaning(read(tmp_path / name)) for name in ("folder", "m.zip")]
    (tmp_path / "plain.qea").write_bytes(SOUND)
    assert found == [meaning(read(tmp_path / "plain.qea"))] * 2


def test_packages_that_lie_deep() -> None:
    """2,000 packages within each other are no reason to recurse."""
    names = tuple(f"P{i}" for i in range(2000))
    parents = {name: above for above, name in pairwise(names)}
    sketch = Sketch(kinds=small().kinds, packages=names, parents=parents)
    model = linked(qea(sketch))
    assert len(model["model"]["packages"]) >= 2000
