"""The one XML loader: strict, offline, within limits. Every reader of XML goes through it.

lxml's default for entities (``internal``) is kept on purpose: ``resolve_entities=False`` would drop
the text of internal entities without a word. External entities are refused, never opened; a DOCTYPE
that only names an external DTD, as old EA exports do, is accepted and its DTD never loaded.
"""

from __future__ import annotations

import re

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.source import RawSource

ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
"""Encodings that are read, and Python's name of each. libxml2 takes more, UTF-7 among them."""

DEPTH_LIMIT = 256
TEXT_LIMIT = 10_000_000
"""libxml2's own limits: nested elements, and bytes of one text, attribute value or comment."""

ATTRIBUTE_LIMIT = 1000
"""Attributes of one element: lxml needs quadratic time to list them, a minute for 150,000."""

XINCLUDE = "http://www.w3.org/2001/XInclude"

_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
_EXTERNAL = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s%&;\"'<>]+)\s+(?:SYSTEM|PUBLIC)\b")
_POSITION = re.compile(r"( line \d+)?(, line \d+, column \d+)?( \(.*?, line \d+\))?\s*$")


def parse_xml(source: RawSource, report: Report, *, keep_blanks: bool = False) -> etree._ElementTree | None:
    """The document as a tree without comments and processing instructions; None after an error.

    Texts are exact, but blanks between elements may be gone unless ``keep_blanks``. ``sourceline`` of
    an element is its line in ``source``. Errors are CIM111 to CIM122 and CIM124; an ``xi:include`` is a
    warning (CIM123), and nothing is included.
    """
    data = source.data
    encoding = encoding_of(source, report)
    if encoding is None:
        return None
    has_doctype = encoding.startswith("utf-16") or b"<!DOCTYPE" in data
    # A table of ids takes a third of the time. Without it libxml2 would load an external DTD.
    parser = etree.XMLParser(
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=has_doctype,
        remove_blank_text=not keep_blanks and not blanks_count(data, encoding),
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        explain(source, encoding, error, report)
        return None
    tree = root.getroottree()
    dtd = tree.docinfo.internalDTD if has_doctype else None
    for entity in dtd.iterentities() if dtd is not None else ():
        if entity.system_url is not None:
            report_external(source, encoding, entity.name or "", report)
            return None
    if has_long_tag(data):
        for crowded in root.xpath(f"(//*[count(@*) > {ATTRIBUTE_LIMIT}])[1]"):
            at = Location(file=source.path, line=crowded.sourceline)
            report.add("CIM124", at=at, limit=ATTRIBUTE_LIMIT)
            return None
    for include in root.iter(f"{{{XINCLUDE}}}include"):
        report.add(
            "CIM123",
            at=Location(file=source.path, line=include.sourceline),
            href=include.get("href", ""),
        )
    return tree


def has_long_tag(data: bytes) -> bool:
    """Whether something between two ``<`` has the length and the equals signs of too many attributes.

    Every run of that length covers a whole window, in which no ``<`` is found.
    """
    window = ATTRIBUTE_LIMIT * len(b" a=''") // 2
    at = 0
    while at < len(data) - window:
        if data.find(b"<", at, at + window) >= 0:
            at += window
            continue
        end = data.find(b"<", at + window)
        end = len(data) if end < 0 else end
        if data.count(b"=", data.rfind(b"<", 0, at) + 1, end) > ATTRIBUTE_LIMIT:
            return True
        at = end
    return False


def encoding_of(source: RawSource, report: Report) -> str | None:
    """Python's name for the document's encoding; None, reported, if it is not one we read."""
    data = source.data
    at = Location(file=source.path, line=1)
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")):
        report.add("CIM114", at=at, encoding="UTF-32", allowed=_allowed())
        return None
    if data.startswith((b"\xff\xfe", b"<\0")):
        return "utf-16-le"
    if data.startswith((b"\xfe\xff", b"\0<")):
        return "utf-16-be"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    declared = _DECLARATION.match(data)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii", "replace")
    encoding = ENCODINGS.get(name.lower())
    if encoding is None:
        report.add("CIM114", at=at, encoding=name, allowed=_allowed())
        return None
    if encoding.startswith("utf-16"):
        report.add("CIM114", at=at, encoding=f"{name} (declared, but the bytes are not)", allowed=_allowed())
        return None
    return encoding


def _allowed() -> str:
    return "UTF-8, UTF-16, windows-1252, ISO-8859-1, ISO-8859-15, US-ASCII"


def blanks_count(data: bytes, encoding: str) -> bool:
    """Whether dropping blank text nodes could change a text.

    Reading without them takes half the time. libxml2 keeps blanks that are an element's whole text, but
    it also drops those between a start tag and a comment, a CDATA section or a processing instruction,
    where they may be the beginning of a text.
    """
    if encoding != "utf-8" and (encoding.startswith("utf-16") or b"rdf-syntax-ns" in data[:8192]):
        return True
    # One rare character is looked for at a time: `<` would stop the search at every tag.
    at = data.find(b"?", data.find(b"?>") + 2 if b"<?xml " in data[:9] else 0)
    while at != -1:
        if data[at - 1 : at] == b"<":
            return True
        at = data.find(b"?", at + 1)
    at = data.find(b"!")
    while at != -1:
        if data[at - 1 : at] == b"<":
            if not data.startswith(b"--", at + 1):
                return True
            before = data.rfind(b"<", 0, at - 1)
            tag = data[before : before + 60]
            if before >= 0 and not tag.startswith((b"</", b"<!", b"<?")) and b":RDF" not in tag:
                end = data.find(b">", before, at)
                if end == -1 or data[end - 1 : end] != b"/":
                    return True
        at = data.find(b"!", at + 1)
    return False


def explain(source: RawSource, encoding: str, error: etree.XMLSyntaxError, report: Report) -> None:
    """Say what libxml2's error means here, where it stands and what helps."""
    types = etree.ErrorTypes
    at = Location(file=source.path, line=error.lineno or None)
    reason = _POSITION.sub("", error.msg or "").rstrip()
    if (b"<!ENTITY" in source.data or encoding.startswith("utf-16")) and report_external(
        source, encoding, "", report
    ):
        return
    if "amplification" in reason or error.code == types.ERR_ENTITY_LOOP:
        report.add("CIM118", at=Location(file=source.path, line=_first_entity(source.data)))
    elif "Excessive depth" in reason:
        report.add("CIM119", at=at, limit=DEPTH_LIMIT)
    elif re.search(r"too (long|big)|limit exceeded", reason):
        report.add("CIM120", at=at, limit=f"{TEXT_LIMIT:,}")
    elif error.code in (types.ERR_UNDECLARED_ENTITY, types.WAR_UNDECLARED_ENTITY):
        report.add("CIM117", at=at, reason=reason)
    elif error.code == types.NS_ERR_UNDEFINED_NAMESPACE:
        report.add("CIM122", at=at, reason=reason)
    elif not invalid_bytes(source, encoding, report):
        nul = source.data.find(b"\0") if not encoding.startswith("utf-16") else -1
        if nul >= 0:
            line = source.data.count(b"\n", 0, nul) + 1
            report.add("CIM121", at=Location(file=source.path, line=line), reason="a NUL byte")
        elif re.search(r"xmlChar value|invalid Char|out of allowed range", reason):
            report.add("CIM121", at=at, reason=reason)
        else:
            report.add("CIM115", at=at, reason=reason)


def _first_entity(data: bytes) -> int | None:
    """Line of the first entity declaration: libxml2 counts the lines of an expansion within the entity."""
    place = data.find(b"<!ENTITY")
    return data.count(b"\n", 0, place) + 1 if place >= 0 else None


def invalid_bytes(source: RawSource, encoding: str, report: Report) -> bool:
    """Whether the bytes break ``encoding``; then the first that do are reported (CIM113)."""
    data = source.data
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        hint = ""
        if encoding in ("utf-8", "ascii"):
            try:
                data.decode("cp1252")
                hint = "; is it windows-1252?"
            except UnicodeDecodeError:
                pass
        report.add(
            "CIM113",
            at=Location(file=source.path, line=data.count(b"\n", 0, error.start) + 1),
            byte=f"{data[error.start]:02X}",
            offset=error.start + 1,
            encoding=encoding.upper(),
            hint=hint,
        )
        return True
    return False


def report_external(source: RawSource, encoding: str, name: str, report: Report) -> bool:
    """Report the declaration of external entity ``name``, or of the first if ``name`` is empty."""
    data = source.data
    if encoding.startswith("utf-16"):
        data = data.decode(encoding, "replace").encode("utf-8", "replace")
    data = _without_comments(data)
    for match in _EXTERNAL.finditer(data):
        found = match[2].decode("utf-8", "replace")
        if not name or found == name:
            line = data.count(b"\n", 0, match.start()) + 1
            report.add("CIM116", at=Location(file=source.path, line=line), entity=found)
            return True
    if name:
        report.add("CIM116", at=Location(file=source.path), entity=name)
    return bool(name)


def _without_comments(data: bytes) -> bytes:
    """``data`` with nothing but the line ends of its comments; in time that grows with its length alone."""
    kept = []
    end = 0
    while (start := data.find(b"<!--", end)) != -1:
        close = data.find(b"-->", start)
        if close == -1:
            break
        kept += [data[end:start], b"\n" * data.count(b"\n", start, close)]
        end = close + 3
    return b"".join((*kept, data[end:]))


def markup_text(value: str) -> str:
    """The text in a piece of markup; ``value`` itself if it is no markup after all."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(f"<x>{value}</x>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return value
    return "".join(map(str, root.itertext(etree.Element)))
