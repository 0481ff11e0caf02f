"""A sketch as a Sparx EA project: the tables and columns that say what a model means."""

from __future__ import annotations

import sqlite3

from tests.hostile.model import Sketch, guid

TABLES = """
CREATE TABLE t_package (Package_ID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Name TEXT COLLATE NOCASE,
    Parent_ID INTEGER DEFAULT 0, Notes TEXT, ea_guid TEXT, Version TEXT, TPos INTEGER);
CREATE TABLE t_object (Object_ID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Object_Type TEXT COLLATE NOCASE,
    Name TEXT COLLATE NOCASE, Alias TEXT, Note TEXT, Package_ID INTEGER DEFAULT 0, Stereotype TEXT,
    NType INTEGER DEFAULT 0, Status TEXT, Abstract TEXT, PDATA1 TEXT, PDATA2 TEXT, PDATA3 TEXT, PDATA4 TEXT,
    PDATA5 TEXT, Scope TEXT, Classifier INTEGER, ea_guid TEXT, ParentID INTEGER, TPos INTEGER, StyleEx TEXT);
CREATE TABLE t_attribute (Object_ID INTEGER DEFAULT 0, Name TEXT COLLATE NOCASE, Scope TEXT, Stereotype TEXT,
    LowerBound TEXT, UpperBound TEXT, Notes TEXT, Derived TEXT, ID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    Pos INTEGER, Const INTEGER, Style TEXT, Classifier TEXT, 'Default' TEXT, Type TEXT, ea_guid TEXT,
    StyleEx TEXT);
CREATE TABLE t_attributetag (PropertyID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, ElementID INTEGER,
    Property TEXT, VALUE TEXT, NOTES TEXT, ea_guid TEXT);
CREATE TABLE t_connector (Connector_ID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Name TEXT, Direction TEXT,
    Notes TEXT, Connector_Type TEXT, SubType TEXT, SourceCard TEXT, DestCard TEXT, SourceRole TEXT,
    DestRole TEXT, SourceRoleNote TEXT, DestRoleNote TEXT, SourceIsAggregate INTEGER DEFAULT 0,
    DestIsAggregate INTEGER DEFAULT 0, Start_Object_ID INTEGER DEFAULT 0, End_Object_ID INTEGER DEFAULT 0,
    Stereotype TEXT, ea_guid TEXT, SourceStereotype TEXT, DestStereotype TEXT, SourceIsNavigable INTEGER,
    DestIsNavigable INTEGER, SourceStyle TEXT, DestStyle TEXT);
CREATE TABLE t_connectortag (PropertyID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, ElementID INTEGER,
    Property TEXT, VALUE TEXT, NOTES TEXT, ea_guid TEXT);
CREATE TABLE t_objectproperties (PropertyID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Object_ID INTEGER,
    Property TEXT, Value TEXT, Notes TEXT, ea_guid TEXT);
CREATE TABLE t_taggedvalue (PropertyID TEXT, ElementID TEXT, BaseClass TEXT, TagValue TEXT, Notes TEXT);
CREATE TABLE t_xref (XrefID TEXT NOT NULL PRIMARY KEY, Name TEXT, Type TEXT, Visibility TEXT, Partition TEXT,
    Description TEXT, Client TEXT, Supplier TEXT);
"""
NOWHERE = 999_000
"""Keys of rows that are not there start here."""


def qea(sketch: Sketch) -> bytes:
    """The bytes of the project's file."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("PRAGMA page_size = 1024")
        fill(base, sketch)
        return base.serialize()
    finally:
        base.close()


def braced(text: str) -> str:
    """A GUID as EA's tables have it."""
    return "{" + guid(text).replace("_", "-") + "}"


def fill(base: sqlite3.Connection, sketch: Sketch) -> None:
    """Write the sketch into an empty database."""
    base.executescript(TABLES)

    def put(table: str, **cells: object) -> None:
        names = ", ".join(f'"{name}"' for name in cells)
        marks = ", ".join("?" * len(cells))
        base.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))

    packages = sketch.packages or ("Grid",)
    numbers = {name: 2 + i for i, name in enumerate(packages)}
    put("t_package", Package_ID=1, Name="Model", Parent_ID=0, ea_guid=braced("root"))
    for i, name in enumerate(packages):
        above = numbers.get(sketch.parents.get(name, ""), 1)
        at = numbers[name] if packages.count(name) == 1 else 2 + i
        put("t_package", Package_ID=at, Name=name, Parent_ID=above, ea_guid=braced(f"package {i}"), TPos=i)
        put(
            "t_object",
            Object_ID=500_000 + i,
            Object_Type="Package",
            Name=name,
            Package_ID=above,
            PDATA1=str(at),
            ea_guid=braced(f"package {i}"),
        )
    put("t_objectproperties", Object_ID=500_000, Property="nsuri", Value=sketch.space, ea_guid=braced("tag"))
    kinds = [(name, None) for name in sketch.primitives] + list(sketch.keyed())
    keys: dict[str, int] = {}
    for i, (key, _) in enumerate(kinds):
        keys.setdefault(key, 1000 + i)

    def number(key: str) -> int:
        return keys.get(key, NOWHERE)

    row = 0
    for i, (key, kind) in enumerate(kinds):
        stereotype = kind.stereotype if kind else "Primitive"
        put(
            "t_object",
            Object_ID=1000 + i,
            Object_Type="Class",
            Name=kind.name if kind else key,
            Note=_note(kind.doc) if kind else None,
            Package_ID=numbers[kind.package if kind and kind.package else packages[0]],
            Stereotype=stereotype or None,
            Abstract="0",
            Scope="Public",
            ea_guid=braced(key),
        )
        if stereotype:
            put(
                "t_xref",
                XrefID=braced(f"{i} is {stereotype}"),
                Name="Stereotypes",
                Type="element property",
                Description=f"@STEREO;Name={stereotype};@ENDSTEREO;",
                Client=braced(key),
                Supplier="<none>",
            )
        for at, member in enumerate(kind.members if kind else ()):
            lower, _, upper = member.bounds.partition("..")
            row += 1
            put(
                "t_attribute",
                ID=row,
                Object_ID=1000 + i,
                Name=member.name,
                Stereotype="enum" if member.type is None else None,
                LowerBound=lower,
                UpperBound=upper or lower,
                Notes=_note(member.doc),
                Pos=at,
                Const=int(member.fixed),
                Classifier=str(number(member.type)) if member.type is not None else "0",
                Type=member.type,
                Default=member.default,
                ea_guid=braced(f"{key}.{member.key or at}"),
            )
        for above_key in kind.supers if kind else ():
            put(
                "t_connector",
                Connector_Type="Generalization",
                Direction="Source -> Destination",
                Start_Object_ID=1000 + i,
                End_Object_ID=number(above_key),
                ea_guid=braced(f"{key} is {above_key}"),
            )
    for i, link in enumerate(sketch.links):
        put(
            "t_connector",
            Connector_Type="Association",
            Direction="Source -> Destination",
            SourceCard=link.source_bounds,
            DestCard=link.target_bounds,
            SourceRole=link.source_role,
            DestRole=link.target_role,
            Start_Object_ID=number(link.source),
            End_Object_ID=number(link.target),
            ea_guid=braced(f"link {i}"),
        )
    base.commit()


def _note(text: str) -> str | None:
    return text.replace("\n", "\r\n") if text else None
