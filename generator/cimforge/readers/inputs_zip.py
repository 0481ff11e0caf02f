"""Zip archives as input: members read in memory, within limits; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location

MEMBER_COUNT = 10_000
MEMBER_LIMIT = 200 * 1024 * 1024
"""Bytes of one member, unpacked."""
TOTAL_LIMIT = 500 * 1024 * 1024
"""Bytes of all members taken from one archive, unpacked."""
RATIO_LIMIT = 200
"""Unpacked to packed bytes of one member. Model files reach 60; what is above is made to fill memory."""
RATIO_FREE = 1024 * 1024
"""Members smaller than this are not asked for their ratio."""


def members(path: str, data: bytes, endings: tuple[str, ...], report: Report) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each member whose name has one of ``endings``, in order of name.

    A member that would leave the folder it is unpacked to, a link, an encrypted or a damaged member is
    reported (CIM108) and left out; so is the whole archive if it is damaged (CIM107) or passes a limit
    (CIM109). Sizes that the archive claims are not believed: what comes out is counted.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        report.add("CIM107", at=Location(file=path), reason=str(error).lower() or "its directory is damaged")
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda i: i.filename)
        if len(infos) > MEMBER_COUNT:
            what = f"it has {len(infos):,} members"
            report.add("CIM109", at=Location(file=path), what=what, limit=f"{MEMBER_COUNT:,}")
            return
        taken = [i for i in infos if not i.is_dir() and i.filename.lower().endswith(endings)]
        total = 0
        seen: set[str] = set()
        for info in taken:
            at = Location(file=path, pointer=info.filename)
            reason = _refusal(info)
            if not reason and info.filename in seen:
                reason = "the archive has two members of this name"
            seen.add(info.filename)
            if reason:
                report.add("CIM108", at=at, member=info.filename, reason=reason)
                continue
            limit = _allowed(info, total)
            try:
                with archive.open(info) as member:
                    content = member.read(limit + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                report.add(
                    "CIM108", at=at, member=info.filename, reason=str(error).lower() or "it is damaged"
                )
                continue
            if len(content) > limit:
                report.add(
                    "CIM109",
                    at=at,
                    what=f"member {info.filename} unpacks to more than {limit:,} bytes",
                    limit=f"{MEMBER_LIMIT:,} bytes a member, {TOTAL_LIMIT:,} bytes an archive, "
                    f"{RATIO_LIMIT} times its packed size",
                )
                return
            total += len(content)
            yield info.filename, content
    if not taken:
        report.add(
            "CIM103",
            at=Location(file=path),
            endings=" ".join(endings),
            holds=f"it holds {infos[0].filename}" if infos else "it is empty",
        )


def _allowed(info: zipfile.ZipInfo, total: int) -> int:
    return min(MEMBER_LIMIT, TOTAL_LIMIT - total, max(RATIO_FREE, RATIO_LIMIT * info.compress_size))


def _refusal(info: zipfile.ZipInfo) -> str:
    """Why this member is not to be read; empty if it may be."""
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or "\\" in name:
        return "its name holds a character that no member's name may hold"
    if name.startswith("/") or ":" in parts[0]:
        return "its name is an absolute path"
    if ".." in parts:
        return "its name leads out of the archive"
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is a link or a device, no file"
    if info.flag_bits & 0x1:
        return "it is encrypted"
    return ""
