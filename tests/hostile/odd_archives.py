"""Zip archives that no packer writes: put together byte by byte, so that they can lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

NOW = struct.pack("<2H", 0, 0x21)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A member, and what its header and the directory say of it where that is not the truth."""

    name: bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0
    local: dict[str, int | bytes] | None = None
    """What its own header says: ``name``, ``method``, ``crc``, ``packed``, ``size``, ``flags``."""
    central: dict[str, int | bytes] | None = None
    """What the directory says; also ``offset`` and ``mode``."""
    raw: bytes | None = None
    """Its packed bytes, if they are not those of ``data``."""
    extra: bytes = b""


def deflated(data: bytes) -> bytes:
    """A raw deflate stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def archive(*entries: Entry, count: int | None = None) -> bytes:
    """An archive of ``entries``; ``count`` is how many the end says there are."""
    body, directory = b"", b""
    for entry in entries:
        raw = entry.raw
        if raw is None:
            raw = deflated(entry.data) if entry.method == 8 else entry.data
        truth: dict[str, int | bytes] = {
            "name": entry.name,
            "flags": entry.flags,
            "method": entry.method,
            "crc": zlib.crc32(entry.data),
            "packed": len(raw),
            "size": len(entry.data),
            "offset": len(body),
            "mode": 0,
        }
        here, there = {**truth, **(entry.local or {})}, {**truth, **(entry.central or {})}
        body += b"PK\x03\x04" + struct.pack("<3H", 20, here["flags"], here["method"]) + NOW
        body += struct.pack("<3I", here["crc"], here["packed"], here["size"])
        body += struct.pack("<2H", len(bytes(here["name"])), 0) + bytes(here["name"]) + raw
        directory += b"PK\x01\x02" + struct.pack("<4H", 0x314, 20, there["flags"], there["method"]) + NOW
        directory += struct.pack("<3I", there["crc"], there["packed"], there["size"])
        directory += struct.pack("<5H", len(bytes(there["name"])), len(entry.extra), 0, 0, 0)
        directory += struct.pack("<2I", int(there["mode"]) << 16, there["offset"])
        directory += bytes(there["name"]) + entry.extra
    said = len(entries) if count is None else count
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, said, said, len(directory), len(body), 0)
    return body + directory + end


def overlapping(times: int, data: bytes) -> bytes:
    """One run of packed bytes, named ``times`` times over: each header lies in the bytes of the one before.

    A member begins with a stored block that holds the header of the next, as in the bombs of D. Fifield.
    """
    unpacked, packed = data, deflated(data)
    rows: list[tuple[bytes, bytes]] = []
    for i in reversed(range(times)):
        name = b"%05d.rdf" % i
        said = struct.pack("<3I2H", zlib.crc32(unpacked), len(packed), len(unpacked), len(name), 0)
        header = b"PK\x03\x04" + struct.pack("<3H", 20, 0, 8) + NOW + said + name
        rows.insert(0, (header, b"PK\x01\x02" + struct.pack("<4H", 0x314, 20, 0, 8) + NOW + said))
        packed = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + header + packed
        unpacked = header + unpacked
    body = packed[5:]
    central, at = b"", 0
    for header, row in rows:
        at = body.index(header, at)
        central += row + struct.pack("<3H2I", 0, 0, 0, 0, at) + header[30:]
    return (
        body + central + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, times, times, len(central), len(body), 0)
    )


def nested(levels: int, name: str, data: bytes) -> bytes:
    """``data`` in ``levels`` archives within each other."""
    inner = archive(Entry(name=name.encode(), data=data))
    for i in range(1, levels):
        inner = archive(Entry(name=b"level%d.zip" % i, data=inner))
    return inner
