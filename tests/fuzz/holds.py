"""What holds of any bytes at all: the one property that every target checks."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
from cimforge.diagnostics import Report
from cimforge.diagnostics.as_text import as_text
from cimforge.diagnostics.rules import RULES
from cimforge.ir.codec import decode, encode
from cimforge.ir.facts import Facts
from cimforge.ir.index import Index
from cimforge.ir.profile import ProfileFile
from cimforge.passes.identify import identify
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.passes.normalize import normalize
from cimforge.passes.presuppose import presuppose
from cimforge.passes.select import select
from cimforge.passes.tighten import tighten
from cimforge.readers.inputs_zip import members
from cimforge.readers.selection import read_selection
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

SECONDS = 20
"""Time that one input may take, read twice and linked twice, on a slow and busy machine."""

PATH = "model"
NAMESPACE = "http://example.org/fuzz#"


class Broken(AssertionError):
    """The property does not hold."""


def model(data: bytes) -> None:
    """Any bytes are read, or refused with a place; what is read is linked, or refused likewise."""
    _twice(data, _read_and_link)


def selection(data: bytes) -> None:
    """Any bytes are a profile's selection, or refused with a place."""
    _twice(data, lambda d, report: read_selection(RawSource(path=PATH, data=d), report))


def archive(data: bytes) -> None:
    """Any archive gives members, or is refused; names lead nowhere."""

    def read(data: bytes, report: Report) -> object:
        found = list(members(PATH, data, (".rdf", ".ttl"), report))
        for member in found:
            if member.inside.startswith("/") or ".." in member.inside.split("/"):
                raise Broken(f"{member.inside!r} leads out")
        return [(m.inside, m.relative, m.data) for m in found]

    _twice(data, read, may_be_nothing=True)


def _read_and_link(data: bytes, report: Report) -> Facts | ProfileFile | None:
    found = read_source(RawSource(path=PATH, data=data), report)
    if found is None:
        return None
    msgspec.json.encode(found)
    if report.has_errors:
        return found
    if isinstance(found, ProfileFile):
        linked = normalize(link(presuppose([found], report), report))
        if not report.has_errors:
            linked = normalize(select(Index(linked), found.spec, report))
    else:
        merged = tighten(merge([identify(found, NAMESPACE, report)], report), report)
        linked = normalize(link(merged, report))
    if not report.has_errors:
        written = encode(linked)
        if encode(decode(written)) != written:
            raise Broken("the model differs once it was written and read")
    return found


def _twice(data: bytes, read: Callable[[bytes, Report], object], *, may_be_nothing: bool = False) -> None:
    since = time.process_time()
    found = []
    for _ in range(2):
        report = Report()
        value = read(data, report)
        if value is None and not report.has_errors and not may_be_nothing:
            raise Broken("nothing came of it, and nothing was said")
        found.append((value, [_said(report)], as_text(report)))
    if found[0] != found[1]:
        raise Broken("two runs differ")
    if time.process_time() - since > SECONDS:
        raise Broken(f"it took more than {SECONDS} s")


def _said(report: Report) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for d in report.diagnostics:
        if d.code not in RULES or d.code.startswith("CIM9"):
            raise Broken(f"{d.code} is no finding about a file")
        if d.location.file != PATH and report.severity(d) == "error":
            raise Broken(f"{d.code} names no file: {d.message}")
        if not d.remedy.strip() or ("{" in d.rule.message and d.message == d.rule.message):
            raise Broken(f"{d.code} says no remedy, or its own pattern: {d.message}")
        for text in (d.message, d.location.pointer):
            text.encode()
        rows.append((d.code, d.location, d.message, d.related))
    return rows
