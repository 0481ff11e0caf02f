"""Zip archives as input: members read in memory, within limits; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from posixpath import normpath

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.value import Struct
from cimforge.readers.inputs import ARCHIVE_ENDING, ARCHIVE_STARTS

MEMBER_COUNT = 10_000
"""Members of an archive, those of the archives in it included."""
MEMBER_LIMIT = 200 * 1024 * 1024
"""Bytes of one member, unpacked."""
TOTAL_LIMIT = 500 * 1024 * 1024
"""Bytes of all members taken from one archive and those in it, unpacked."""
RATIO_LIMIT = 200
"""Unpacked to packed bytes, of a member and of all. Models reach 60; what is above is made to fill memory."""
RATIO_FREE = 1024 * 1024
"""Members and archives that unpack to less are not asked for their ratio."""
NESTING_LIMIT = 3
"""Archives within each other, the outermost counted."""

_LOCAL = struct.Struct("<4s5H3L2H")
_ELSEWHERE = 0xFFFFFFFF
"""In place of a size: it stands in an extra field (Zip64)."""


class Member(Struct, frozen=True, kw_only=True):
    """A file in an archive, or in an archive within it."""

    inside: str
    """Its path below the outermost archive, with the names of the archives between."""
    relative: str
    """Its path without the names of archives."""
    data: bytes


class _Room:
    """What one outermost archive may still take."""

    def __init__(self, packed: int) -> None:
        self.members = MEMBER_COUNT
        self.total = min(TOTAL_LIMIT, max(RATIO_FREE, RATIO_LIMIT * packed))
        self.is_passed = False


def members(path: str, data: bytes, endings: tuple[str, ...], report: Report) -> Iterator[Member]:
    """Each member whose name has one of ``endings``, in order of name; archives within are opened likewise.

    Hidden members (``.x``, ``__MACOSX``) are left out, as they are in folders. A member that would leave
    the folder it is unpacked to, a link, an encrypted or a damaged member is reported (CIM108) and left
    out; so is an archive that is damaged (CIM107), and all from where a limit is passed (CIM109). Sizes
    that the archive claims are not believed: what comes out is counted.
    """
    return _members(path, data, endings, report, _Room(len(data)), ())


def _members(
    path: str,
    data: bytes,
    endings: tuple[str, ...],
    report: Report,
    room: _Room,
    above: tuple[str, ...],
) -> Iterator[Member]:
    pointer = "/".join(above)
    at = Location(file=path, pointer=pointer)
    if len(above) >= NESTING_LIMIT:
        what = f"{above[-1]} lies in {len(above)} archives"
        report.add("CIM109", at=at, what=what, limit=f"{NESTING_LIMIT} archives within each other")
        return
    count = data.count(b"PK\x01\x02")  # before they are read: millions fit into a file
    if count > room.members:
        room.is_passed = True
        report.add("CIM109", at=at, what=f"it has {count:,} members", limit=f"{MEMBER_COUNT:,}")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        report.add("CIM107", at=at, reason="the name of a member is not valid UTF-8")
        return
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as error:
        report.add("CIM107", at=at, reason=str(error).lower() or "its directory is damaged")
        return
    infos = sorted(archive.infolist(), key=lambda i: (i.orig_filename, i.header_offset))
    room.members -= len(infos)
    shared = _overlapping(infos, archive.start_dir)
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if _is_hidden(name) or not name.lower().endswith((*endings, ARCHIVE_ENDING)):
            continue
        inside = "/".join((*above, name))
        allowed = min(MEMBER_LIMIT, room.total, max(RATIO_FREE, RATIO_LIMIT * info.compress_size))
        reason = _refusal(info)
        if not reason and normpath(name) in seen:
            reason = "the archive has two members of this name"
        if not reason and id(info) in shared:
            reason = "its bytes are another member's as well"
        seen.add(normpath(name))
        content, reason = (b"", reason) if reason else _content(info, data, allowed)
        if reason:
            report.add("CIM108", at=Location(file=path, pointer=inside), member=inside, reason=reason)
            continue
        if len(content) > allowed:
            room.is_passed = True
            report.add(
                "CIM109",
                at=Location(file=path, pointer=inside),
                what=f"member {inside} unpacks to more than {allowed:,} bytes",
                limit=f"{MEMBER_LIMIT:,} bytes a member, {TOTAL_LIMIT:,} bytes an archive, "
                f"{RATIO_LIMIT} times the packed size of each",
            )
            return
        room.total -= len(content)
        if not content.startswith(ARCHIVE_STARTS):
            yield Member(inside=inside, relative=name, data=content)
            continue
        folder = name[: name.rfind("/") + 1]
        for member in _members(path, content, endings, report, room, (*above, name)):
            yield Member(inside=member.inside, relative=folder + member.relative, data=member.data)
        if room.is_passed:
            return


def names(data: bytes) -> Sequence[str]:
    """Names of an archive's members, for a message; none if it cannot be read."""
    try:
        return [
            i.orig_filename
            for i in zipfile.ZipFile(io.BytesIO(data)).infolist()
            if not i.orig_filename.endswith("/")
        ]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error):
        return []


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(p.startswith(".") and p != "." and p != ".." for p in parts)


def _overlapping(infos: Sequence[zipfile.ZipInfo], end: int) -> set[int]:
    """Members (by `id`) whose bytes run into those of the next member or the directory.

    A bomb packs one run of bytes and names it many times; an honest packer never does.
    """
    found = set()
    for info in sorted(infos, key=lambda i: i.header_offset, reverse=True):
        if info.header_offset + _LOCAL.size + info.compress_size > end:
            found.add(id(info))
        end = min(end, info.header_offset)
    return found


def _content(info: zipfile.ZipInfo, data: bytes, allowed: int) -> tuple[bytes, str]:
    """The member's bytes, or ``allowed`` and one more of them; and why it is not to be read, if so.

    Its own header must agree with the archive's directory: else another tool would read another file.
    """
    start = info.header_offset
    local = data[start : start + _LOCAL.size] if start >= 0 else b""
    if len(local) < _LOCAL.size or not local.startswith(ARCHIVE_STARTS[0]):
        return b"", "it is not where the archive's directory says"
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(local)
    start += _LOCAL.size
    name = data[start : start + name_length]
    start += name_length + extra_length
    known = [(packed, info.compress_size), (size, info.file_size), (crc, info.CRC)]
    is_told_later = flags & 0x8
    if (
        method != info.compress_type
        or name not in (_bytes(info.orig_filename, "utf-8"), _bytes(info.orig_filename, "cp437"))
        or (not is_told_later and any(a not in (b, _ELSEWHERE) for a, b in known))
    ):
        return b"", "its header and the archive's directory disagree"
    raw = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        content = bytes(raw[: allowed + 1])
    else:
        inflate = zlib.decompressobj(-15)
        try:
            content = inflate.decompress(raw, allowed + 1)
        except zlib.error:
            return b"", "it is damaged"
        if len(content) <= allowed and (not inflate.eof or inflate.unused_data):
            return b"", "it is damaged: its bytes end too early or too late"
    if len(content) <= allowed and (len(content) != info.file_size or zlib.crc32(content) != info.CRC):
        return b"", "it is damaged: it is not what the archive's directory says"
    return content, ""


def _bytes(name: str, encoding: str) -> bytes | None:
    try:
        return name.encode(encoding)
    except UnicodeEncodeError:
        return None


def _refusal(info: zipfile.ZipInfo) -> str:
    """Why a member is not to be read, by what the directory says of it; empty if it may be."""
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or "\\" in name:
        return "its name holds a character that no member's name may hold"
    if name.startswith("/") or ":" in parts[0]:
        return "its name is an absolute path"
    if ".." in parts:
        return "its name leads out of the archive"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "it is a link or a device, no file"
    if info.flag_bits & 0x1:
        return "it is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed by a method other than deflate"
    return ""
