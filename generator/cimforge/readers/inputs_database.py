"""SQLite databases as input: whether the bytes of the file are all there is of it, and at rest."""

from __future__ import annotations

import os
from contextlib import closing
from urllib.parse import quote

SQLITE = b"SQLite format 3\0"
"""What a database begins with."""
JET = (b"Standard Jet DB", b"Standard ACE DB")
"""What stands in an Access database from its fifth byte."""

_HEADER = 100
_WRITE_AHEAD = 2
"""What byte 18 says where changes are kept in a file beside the database until they are merged."""


def is_behind(data: bytes) -> bool:
    """Whether ``data`` is a database whose changes may be in a file beside it."""
    return data.startswith(SQLITE) and data[18:19] == bytes([_WRITE_AHEAD])


def unfinished(path: str, data: bytes) -> str:
    """Why ``data``, just read from the database ``path``, is not what its author sees; ``""`` if it is.

    It is not if changes are kept in a file beside it (``-wal``), if a transaction was begun and not ended
    (``-journal``), if a program holds the database locked, or if it changed while it was read. Nothing is
    written, and no lock is left: a database in write-ahead mode, which SQLite could not open without making
    files beside it, is not opened.
    """
    if is_behind(data) and (size := _size(f"{path}-wal")):
        return f"changes of {size:,} bytes are in {os.path.basename(path)}-wal, not yet in the database"
    if _begins(f"{path}-journal", 1).strip(b"\0"):
        return f"a transaction was begun and not ended, as {os.path.basename(path)}-journal says"
    if not is_behind(data) and _is_locked(path):
        return "it is locked by a program that writes to it"
    if _begins(path, _HEADER) != data[:_HEADER]:
        return "it changed while it was read"
    return ""


def _is_locked(path: str) -> bool:
    import sqlite3

    with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=0)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            return "lock" in str(error)
        except sqlite3.DatabaseError:
            return False  # whatever else is wrong with it is for its reader to say
    return False


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _begins(path: str, count: int) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(count)
    except OSError:
        return b""
