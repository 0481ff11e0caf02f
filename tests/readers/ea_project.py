"""EA projects made on the spot: the tables that matter, as columns without types, filled by SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

TABLES = {
    "t_package": "Package_ID INTEGER PRIMARY KEY, Name TEXT, Parent_ID INTEGER DEFAULT 0, Notes TEXT, ea_guid TEXT",
    "t_object": "Object_ID INTEGER PRIMARY KEY, Object_Type TEXT, Name TEXT, Note TEXT, Package_ID INTEGER DEFAULT 0,"
    " Stereotype TEXT, NType INTEGER DEFAULT 0, Abstract TEXT DEFAULT '0', PDATA1 TEXT, PDATA4 TEXT, ea_guid TEXT",
    "t_attribute": "ID INTEGER PRIMARY KEY, Object_ID INTEGER DEFAULT 0, Name TEXT, Stereotype TEXT,"
    " LowerBound TEXT DEFAULT '1', UpperBound TEXT DEFAULT '1', Notes TEXT, Pos INTEGER DEFAULT 0,"
    " Const INTEGER DEFAULT 0, Classifier TEXT DEFAULT '0', \"Default\" TEXT, Type TEXT, ea_guid TEXT",
    "t_attributetag": "PropertyID INTEGER PRIMARY KEY, ElementID INTEGER, Property TEXT, VALUE TEXT, NOTES TEXT",
    "t_connector": "Connector_ID INTEGER PRIMARY KEY, Name TEXT, Direction TEXT DEFAULT 'Unspecified', Notes TEXT,"
    " Connector_Type TEXT, SourceCard TEXT, DestCard TEXT, SourceRole TEXT, DestRole TEXT, SourceRoleNote TEXT,"
    " DestRoleNote TEXT, SourceIsAggregate INTEGER DEFAULT 0, DestIsAggregate INTEGER DEFAULT 0,"
    " Start_Object_ID INTEGER DEFAULT 0, End_Object_ID INTEGER DEFAULT 0, Stereotype TEXT, ea_guid TEXT,"
    " SourceStereotype TEXT, DestStereotype TEXT",
    "t_connectortag": "PropertyID INTEGER PRIMARY KEY, ElementID INTEGER, Property TEXT, VALUE TEXT, NOTES TEXT",
    "t_objectproperties": "PropertyID INTEGER PRIMARY KEY, Object_ID INTEGER, Property TEXT, Value TEXT, Notes TEXT",
    "t_taggedvalue": "PropertyID TEXT PRIMARY KEY, ElementID TEXT, BaseClass TEXT, TagValue TEXT, Notes TEXT",
    "t_xref": "XrefID TEXT PRIMARY KEY, Name TEXT, Type TEXT, Description TEXT, Client TEXT",
    "t_operation": "OperationID INTEGER PRIMARY KEY, Object_ID INTEGER, Name TEXT",
    "t_diagram": "Diagram_ID INTEGER PRIMARY KEY, Name TEXT",
}
"""Columns by table; of EA's, which has more, those that are read and some that are counted."""

SMALL = """
INSERT INTO t_package VALUES (1, 'Model', 0, NULL, '{00000000-0000-0000-0000-000000000001}');
INSERT INTO t_package VALUES (2, 'Grid', 1, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, PDATA1)
 VALUES (1, 'Package', 'Grid', 1, '{00000000-0000-0000-0000-000000000002}', '2');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid)
 VALUES (10, 'Class', 'Switch', 2, '{00000000-0000-0000-0000-000000000010}');
INSERT INTO t_attribute (ID, Object_ID, Name, Type, ea_guid)
 VALUES (100, 10, 'open', 'Boolean', '{00000000-0000-0000-0000-000000000100}');
"""
"""A project of one class with one attribute."""


def project(script: str = SMALL, *, without: tuple[str, ...] = ()) -> bytes:
    """The bytes of a project that ``script`` fills, lacking the tables ``without``."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, columns in TABLES.items():
            if name not in without:
                connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executescript(script)
        connection.commit()
        return connection.serialize()


def on_disk(path: Path, script: str = SMALL) -> Path:
    """The same as a file."""
    path.write_bytes(project(script))
    return path


def read(data: bytes, path: str = "input.qea") -> tuple[Facts | None, Report]:
    """What the reader makes of ``data``."""
    report = Report()
    return read_source(RawSource(path=path, data=data), report), report


def problems(report: Report) -> list[str]:
    """The diagnostics, a line each: the row, the code and what is said."""
    return [f"{d.location.pointer or '-'} {d.code}: {d.message}" for d in report.diagnostics]
