"""Mutations that keep much of a file's structure, so that what is behind the parser is reached as well."""

from __future__ import annotations

import random
import re
import sqlite3
import struct
from collections.abc import Callable

from tests.hostile.odd_archives import Entry, archive

Mutate = Callable[[bytes, random.Random], bytes]

ODD: tuple[bytes, ...] = (
    b"",
    b" ",
    b"0",
    b"-1",
    b"0..*",
    b"1..0",
    b"n",
    b"99999999999999999999",
    b"1e400",
    b"true",
    b"enumeration",
    b"Primitive",
    b"CIMDatatype",
    b"Compound",
    b"value",
    b"unit",
    b"..",
    b"../../x",
    b"/x",
    b"#",
    b"#x",
    b":",
    b"_:b",
    b"http://",
    b"http://[",
    b"http://e.x/\xc3\xa9#",
    b"urn:x",
    b"a b",
    b"\xc2\xa0",
    b"\xe2\x80\xae",
    b"&#x10FFFF;",
    b"&#xD800;",
    b"&lt;x>",
    b"{00000000-0000-0000-0000-000000000000}",
    b"EAID_00000000_0000_0000_0000_000000000000",
    b"@PROP=@NAME=x@ENDNAME;@TYPE=x@ENDTYPE;@VALU=x@ENDVALU;@PRMT=@ENDPRMT;@ENDPROP;",
)
"""Values that have a meaning somewhere, or look as if they had."""

_PIECES = re.compile(rb"<!--.*?-->|<[^>]*>|\"[^\"]*\"|[^<\"]+", re.DOTALL)
_WORDS = re.compile(rb"\"[^\"]*\"|'[^']*'|>[^<]+<|[A-Za-z_][\w.\-]*|\d+")


def marked_up(data: bytes, chance: random.Random) -> bytes:
    """XML, RDF in any spelling, TOML: pieces are dropped, doubled, moved; words take each other's place."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        roll = chance.random()
        if roll < 0.45:
            data = _word(data, chance)
        elif roll < 0.6:
            data = _lines(data, chance)
        elif roll < 0.85:
            data = _pieces(data, chance)
        else:
            data = anything(data, chance)
    return data


def _word(data: bytes, chance: random.Random) -> bytes:
    words = list(_WORDS.finditer(data))
    if not words:
        return data
    old = chance.choice(words)
    text = old[0]
    quote = text[:1] if text[:1] in (b'"', b"'", b">") else b""
    new = chance.choice(words)[0] if chance.random() < 0.5 else chance.choice(ODD)
    new = new.strip(b"\"'<>")
    if quote:
        new = quote + new + (b"<" if quote == b">" else quote)
    if chance.random() < 0.2:
        return data.replace(text, new)
    return data[: old.start()] + new + data[old.end() :]


def _pieces(data: bytes, chance: random.Random) -> bytes:
    return b"".join(_shuffled(_PIECES.findall(data), chance))


def _lines(data: bytes, chance: random.Random) -> bytes:
    return b"".join(_shuffled(data.splitlines(keepends=True), chance))


def _shuffled(rows: list[bytes], chance: random.Random) -> list[bytes]:
    """Some rows dropped, doubled, or moved."""
    if not rows:
        return rows
    at = chance.randrange(len(rows))
    end = min(len(rows), at + chance.choice((1, 1, 2, 5, 20)))
    cut, to = rows[at:end], chance.randrange(len(rows) + 1)
    match chance.randrange(4):
        case 0:
            return rows[:at] + rows[end:]
        case 1:
            return rows[:to] + cut * chance.choice((1, 1, 1, 40)) + rows[to:]
        case 2:
            rest = rows[:at] + rows[end:]
            return rest[:to] + cut + rest[to:]
    return rows[:at] + cut[::-1] + rows[end:]


def anything(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, dropped, doubled, put in."""
    if not data:
        return chance.choice(ODD)
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.choice((1, 1, 4, 64, 1000)))
    match chance.randrange(5):
        case 0:
            return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:at] + data[at:end] * 2 + data[end:]
        case 3:
            return data[:at] + chance.choice(ODD) + data[at:]
    return data[:at] + chance.randbytes(end - at) + data[end:]


def zipped(data: bytes, chance: random.Random) -> bytes:
    """Archives put together anew, with lies; or any bytes changed."""
    if chance.random() < 0.4:
        return anything(data, chance)
    entries = []
    for _ in range(chance.randrange(4)):
        name = chance.choice((b"a.rdf", b"b.ttl", b"c.zip", b"../a.rdf", b"a/b.rdf", b"\xe9.rdf", b"./a.rdf"))
        inner = (
            data if name.endswith(b".zip") and len(data) < 5000 else b"x" * chance.choice((0, 1, 99, 9999))
        )
        lie = {
            chance.choice(("packed", "size", "crc", "offset", "flags", "method", "mode")): chance.choice(
                (0, 1, 8, 99, 0xFFFF)
            )
        }
        local = {k: v for k, v in lie.items() if k not in ("offset", "mode")}
        entries.append(
            Entry(
                name=name,
                data=inner,
                method=chance.choice((8, 8, 0)),
                local=chance.choice((None, None, local)),
                central=chance.choice((None, None, lie)),
                extra=chance.choice((b"", b"", chance.randbytes(9), struct.pack("<2HQ", 1, 8, 1 << 40))),
            )
        )
    return archive(*entries, count=chance.choice((None, None, 0, 70)))


CELLS: tuple[object, ...] = (
    None,
    "",
    0,
    -1,
    1 << 62,
    1.5,
    float("inf"),
    b"\xff\0blob",
    "x" * 5000,
    *(v.decode() for v in ODD),
)


def database(data: bytes, chance: random.Random) -> bytes:
    """Cells, columns and tables of an SQLite file changed; sometimes its bytes."""
    if chance.random() < 0.25:
        return anything(data, chance)
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.deserialize(data)
        for _ in range(chance.choice((1, 1, 2, 5))):
            _change(base, chance)
        return base.serialize()
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        return anything(data, chance)
    finally:
        base.close()


def _change(base: sqlite3.Connection, chance: random.Random) -> None:
    tables = [r[0] for r in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    table = chance.choice(tables)
    columns = [r[1] for r in base.execute(f'PRAGMA table_info("{table}")')]
    column = chance.choice(columns)
    rows = [r[0] for r in base.execute(f'SELECT rowid FROM "{table}"')]
    roll = chance.random()
    if roll < 0.7 and rows:
        others = [r[0] for r in base.execute(f'SELECT "{column}" FROM "{table}"')]
        value = chance.choice(others) if chance.random() < 0.4 else chance.choice(CELLS)
        base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, chance.choice(rows)))
    elif roll < 0.8 and rows:
        base.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (chance.choice(rows),))
    elif roll < 0.88 and rows:
        base.execute(f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE rowid = ?', (chance.choice(rows),))
    elif roll < 0.93:
        base.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "{column}x"')
    elif roll < 0.96:
        base.execute(f'ALTER TABLE "{table}" RENAME TO "{table}x"')
        base.execute(f'CREATE VIEW "{table}" AS SELECT * FROM "{table}x"')
    else:
        base.execute(f'DROP TABLE "{table}"')
