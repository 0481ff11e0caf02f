"""What a file is, by its content; and the reader for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.ir.profile import ProfileFile
from cimforge.readers.inputs_database import JET, SQLITE
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

EXPECTED = (
    "RDFS, OWL or a CIMTool profile in any serialisation of RDF, a CIMTool Catalog, UML as XMI "
    "or an EA project (.qea, .eap)"
)

CATALOG = "{http://langdale.com.au/2005/Message#}Catalog"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
TRIX = "{http://www.w3.org/2004/03/trix/trix-1/}TriX"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "data packed by gzip (it looks like gzip)"),
    (b"PK\x03\x04", "a zip archive inside another input"),
    (b"BZh", "data packed by bzip2"),
    (b"\xfd7zXZ", "data packed by xz"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office or OLE document"),
    (b"\x89PNG", "a picture"),
    (b"\x7fELF", "a program"),
)

_ROOTS: dict[str, str] = {
    "{http://www.w3.org/2001/XMLSchema}schema": "an XML Schema (XSD)",
    "{http://schemas.xmlsoap.org/wsdl/}definitions": "a WSDL description",
    "{http://www.w3.org/1999/xhtml}html": "an HTML page",
    "{http://schemas.xmlsoap.org/soap/envelope/}Envelope": "a SOAP message",
    "{http://www.w3.org/1999/XSL/Transform}stylesheet": "an XSLT stylesheet",
}

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_IRI_FIRST = re.compile(rb"<([A-Za-z][A-Za-z0-9+.\-]*:)?[^\s<>:]*[/#][^\s<>]*>\s|<urn:[^\s<>]*>\s")
_JSON = re.compile(rb"\[?\s*\{\s*[\"}]|\[\s*[\"\[\d]|[\[{]\s*\Z")
_TURTLE = re.compile(
    rb"^[ \t]*(@prefix|@base|prefix[ \t]+[\w.\-]*:|base[ \t]*<|graph[ \t]+[<\w:]|_:\S+\s|\w[\w.\-]*:\S+\s)",
    re.IGNORECASE | re.MULTILINE,
)


def is_selection(source: RawSource) -> bool:
    """Whether a profile is one of ours: TOML, which begins like no RDF and no XML."""
    text = source.data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    return not text.startswith((b"<", b"@prefix", b"@base", b"PREFIX", b"{", b"\xff\xfe", b"\xfe\xff"))


def read_source(source: RawSource, report: Report) -> Facts | ProfileFile | None:
    """What ``source`` says; None, with an error that says what it is, if it is no model that we read.

    The file's name plays no part. Formats known but not read are CIM112, anything else CIM111.
    """
    at = Location(file=source.path)
    data = source.data
    foreign = next((what for magic, what in _MAGIC if data.startswith(magic)), "")
    if foreign:
        report.add("CIM111", at=at, found=foreign, expected=EXPECTED)
        return None
    if data.startswith(SQLITE) or data[4:19] in JET:
        from cimforge.readers.qea import read_qea

        return read_qea(source, report)
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if not text:
        report.add("CIM110", at=at, holds="nothing but blanks" if data else "nothing")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        if data[:64].lstrip(b"\xff\xfe\0 \t\r\n").startswith(b"<"):
            return _read_xml(source, report)
        report.add("CIM111", at=at, found="UTF-16 text that is no XML", expected=EXPECTED)
        return None
    if _HTML.match(_after_comments(text)):
        report.add("CIM111", at=at, found="an HTML page", expected=EXPECTED)
        return None
    if text.startswith(b"<") and not _IRI_FIRST.match(text[:2048]):
        return _read_xml(source, report)
    if _JSON.match(text):
        from cimforge.readers.rdf import read_json

        return read_json(source, report)
    if text.startswith(b"<") or _looks_like_turtle(text):
        from cimforge.readers.rdf import read_turtle

        return read_turtle(source, report)
    report.add("CIM111", at=at, found=_text_or_binary(data), expected=EXPECTED)
    return None


def _after_comments(text: bytes) -> bytes:
    """The beginning of ``text`` behind comments that stand before anything else."""
    at = 0
    while text.startswith(b"<!--", at):
        end = text.find(b"-->", at)
        if end == -1:
            break
        at = end + 3
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip())
    return text[at : at + 30]


def _looks_like_turtle(text: bytes) -> bool:
    head = text[:65536]
    return b"\0" not in head and (head.startswith(b"#") or _TURTLE.search(head) is not None)


def _text_or_binary(data: bytes) -> str:
    head = data[:65536]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return "binary data" if b"\0" in head or odd * 20 > len(head) else "text in no format that we know"


def _read_xml(source: RawSource, report: Report) -> Facts | ProfileFile | None:
    from cimforge.readers.strict_xml import parse_xml
    from cimforge.readers.xml_stream import open_xml

    stream = open_xml(source, report)
    if stream is None:
        return None
    if _is_xmi2(stream.root):
        from cimforge.readers.xmi2 import read_xmi2

        return read_xmi2(source, stream, report)
    if str(stream.root.tag).rpartition("}")[2] == "XMI":
        from cimforge.readers.xmi1 import read_xmi1

        return read_xmi1(source, stream, report)
    tree = parse_xml(source, report)
    return None if tree is None else _read_tree(source, tree, report)


def _is_xmi2(root: etree._Element) -> bool:
    """Whether a document is XMI, and not XMI 1.x: by its root, or by a namespace that the root declares."""
    tag = str(root.tag)
    if tag in (RDF, TRIX, CATALOG) or tag in _ROOTS or root.get("xmi.version") is not None:
        return False
    return tag.endswith("}XMI") or any("/XMI" in uri or "/UML" in uri for uri in root.nsmap.values())


def _read_tree(source: RawSource, tree: etree._ElementTree, report: Report) -> Facts | ProfileFile | None:
    root = tree.getroot()
    at = Location(file=source.path, line=root.sourceline)
    tag = str(root.tag)
    if tag == RDF:
        from cimforge.readers.rdf import read_rdf_xml

        return read_rdf_xml(source, tree, report)
    if tag == TRIX:
        from cimforge.readers.rdf import read_trix

        return read_trix(source, tree, report)
    if tag == CATALOG:
        from cimforge.readers.catalog import read_catalog

        return read_catalog(source, root, report)
    local = tag[tag.rfind("}") + 1 :]
    found = _ROOTS.get(tag, f"an XML document with the root element <{local}>")
    report.add("CIM111", at=at, found=found, expected=EXPECTED)
    return None
