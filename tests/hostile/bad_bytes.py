"""Files that are broken below the level of the model: bytes, XML, RDF syntax, other formats."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass
from shutil import which

from cimforge.ir.value import replace

from tests.hostile.sketch import ALL, ALL_XML, RDF, ROOTS, TEXT, TRIPLES, WRITERS, Format, Sketch, small

Make = Callable[[Format], bytes]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that must be refused."""

    name: str
    make: Make
    code: str
    at: bytes | None = b""
    """What stands in the line that the diagnostic names; empty for line 1; None where no line is known."""
    says: str = ""
    """Words of the message."""
    formats: tuple[Format, ...] = ALL


def sound(format_: Format) -> bytes:
    """A file with nothing wrong in it."""
    return WRITERS[format_](small())


def changed(old: bytes, new: bytes) -> Make:
    """The sound file with the first ``old`` replaced."""

    def make(format_: Format) -> bytes:
        data = sound(format_)
        assert old in data
        return data.replace(old, new, 1)

    return make


def marked(**new: bytes) -> Make:
    """The sound file with the word ``worth`` of a description replaced, by format."""
    return lambda format_: sound(format_).replace(b"worth", new.get(format_, new.get("any", b"")), 1)


def with_doctype(declarations: bytes, use: bytes = b"worth") -> Make:
    """An XML file with an internal DTD; its description then says ``use``."""

    def make(format_: Format) -> bytes:
        root = ROOTS[format_]
        data = sound(format_).replace(
            b"?>\n", b"?>\n<!DOCTYPE " + root + b" [\n" + declarations + b"\n]>\n", 1
        )
        return data.replace(b"worth", use, 1)

    return make


def recoded(encoding: str, declared: str | None = None, text: str = "wo\xe9th") -> Make:
    """An XML file in ``encoding`` that declares ``declared``."""

    def make(format_: Format) -> bytes:
        _, _, body = sound(format_).decode("cp1252").partition("?>")
        mark = f' encoding="{declared}"' if declared else ""
        return ('<?xml version="1.0"' + mark + "?>" + body.replace("worth", text, 1)).encode(encoding)

    return make


def laughs(levels: int = 9) -> bytes:
    """The billion laughs."""
    lines = [b'<!ENTITY l0 "ha">']
    lines += [b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, levels + 1)]
    return b"\n".join(lines)


def nested(depth: int) -> Make:
    """Elements within elements; in Turtle blank nodes within blank nodes, in JSON arrays within arrays."""

    def make(format_: Format) -> bytes:
        data = sound(format_)
        if format_ in ("ttl", "nt"):
            start = b"<http://example.org/x> <http://example.org/p> "
            return data + start + b"[ <http://example.org/p> " * depth + b"1 " + b"] " * depth + b".\n"
        if format_ == "jsonld":
            return data.replace(b"\n]\n", b",\n" + b"[" * depth + b"]" * depth + b"\n]\n")
        close = b"</%s>" % ROOTS[format_]
        tag = {"xmi": b"<UML:x>", "xmi2": b"<uml:x>", "catalog": b"<x>"}.get(format_, b"<rdfs:x>")
        return data.replace(close, tag * depth + b"\n" + tag.replace(b"<", b"</") * depth + close)

    return make


def _cut(format_: Format) -> bytes:
    data = sound(format_)
    return data[: data.index(b"counts") + 3]


_HTML = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body><p>Not found</body></html>\n"
_NOISE = random.Random(7).randbytes(5000).replace(b"\0", b"\1")
_ZEROS = b"\0" * 4096
_SQLITE = b"SQLite format 3\0" + _ZEROS
_JET = b"\0\1\0\0Standard Jet DB\0" + _ZEROS
_ECORE = (
    b'<?xml version="1.0"?>\n<ecore:EPackage xmi:version="2.0" xmlns:xmi="http://www.omg.org/XMI" '
    b'xmlns:ecore="http://www.eclipse.org/emf/2002/Ecore" name="cim"/>\n'
)
_XMI3 = (
    b'<?xml version="1.0"?>\n<xmi:XMI xmlns:xmi="http://schema.omg.org/spec/XMI/3.0" '
    b'xmlns:uml="http://schema.omg.org/spec/UML/2.1"><uml:Model name="M"/></xmi:XMI>\n'
)
_XSD = b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'


CLOSES = {
    **dict.fromkeys(("rdf", "owl", "cimtool"), b"</rdfs:label>"),
    "xmi": b"</UML:Class>",
    "xmi2": b"</packagedElement>",
    "catalog": b"</Root>",
}
"""End tags that stand in every file."""


def _same(data: bytes) -> Make:
    return lambda format_: data


REFUSED: tuple[Refused, ...] = (
    # entities
    Refused(
        name="external entity, file",
        make=with_doctype(b'<!ENTITY secret SYSTEM "file:///etc/passwd">', b"&secret;"),
        code="CIM116",
        at=b"<!ENTITY secret",
        says="secret",
        formats=ALL_XML,
    ),
    Refused(
        name="external entity, http",
        make=with_doctype(b'<!ENTITY remote SYSTEM "http://127.0.0.1:9/x">', b"&remote;"),
        code="CIM116",
        at=b"<!ENTITY remote",
        says="remote",
        formats=ALL_XML,
    ),
    Refused(
        name="external entity, declared and not used",
        make=with_doctype(b'<!ENTITY idle PUBLIC "-//X" "http://127.0.0.1:9/x">'),
        code="CIM116",
        at=b"<!ENTITY idle",
        says="idle",
        formats=ALL_XML,
    ),
    Refused(
        name="external parameter entity",
        make=with_doctype(b'<!ENTITY % pull SYSTEM "http://127.0.0.1:9/x.dtd">\n%pull;'),
        code="CIM116",
        at=b"<!ENTITY % pull",
        says="pull",
        formats=ALL_XML,
    ),
    Refused(
        name="external entity in UTF-16",
        make=lambda f: with_doctype(b'<!ENTITY secret SYSTEM "file:///etc/passwd">', b"&secret;")(f)
        .replace(b' encoding="UTF-8"', b"")
        .replace(b' encoding="windows-1252"', b"")
        .decode()
        .encode("utf-16"),
        code="CIM116",
        at=None,
        says="secret",
        formats=ALL_XML,
    ),
    Refused(
        name="entity that is declared nowhere",
        make=marked(any=b"&nbsp;"),
        code="CIM117",
        at=b"&nbsp;",
        says="nbsp",
        formats=ALL_XML,
    ),
    Refused(
        name="entity that holds itself",
        make=with_doctype(b'<!ENTITY a "&b;">\n<!ENTITY b "&a;">', b"&a;"),
        code="CIM118",
        at=b"<!ENTITY a",
        formats=ALL_XML,
    ),
    # structure
    Refused(name="truncated", make=_cut, code="CIM115", at=None, formats=ALL_XML),
    Refused(name="truncated", make=_cut, code="CIM130", at=None, formats=TRIPLES),
    Refused(
        name="end tag of another name",
        make=lambda f: sound(f).replace(CLOSES[f], b"</x>", 1),
        code="CIM115",
        at=b"</x>",
        formats=ALL_XML,
    ),
    Refused(
        name="undeclared prefix",
        make=lambda f: sound(f).replace(b"</%s>" % ROOTS[f], b"<eu:x/>\n</%s>" % ROOTS[f]),
        code="CIM122",
        at=b"<eu:x/>",
        says="eu",
        formats=ALL_XML,
    ),
    Refused(
        name="undeclared prefix",
        make=lambda f: sound(f) + b"eu:x a eu:y .\n",
        code="CIM130",
        at=b"eu:x a",
        says="eu:",
        formats=("ttl",),
    ),
    Refused(name="nested 300 deep", make=nested(300), code="CIM119", at=None, says="256", formats=TEXT),
    Refused(
        name="text between properties",
        make=lambda f: sound(f).replace(b"    <rdfs:label>", b"    stray <rdfs:label>", 1),
        code="CIM130",
        at=None,
        formats=("rdf",),
    ),
    # characters and encodings
    Refused(
        name="invalid UTF-8",
        make=lambda f: sound(f).replace(b"windows-1252", b"UTF-8").replace(b"worth", b"wo\xc3\x28th", 1),
        code="CIM113",
        at=b"wo\xc3",
        says="0xC3",
        formats=TEXT,
    ),
    Refused(
        name="windows-1252 that says UTF-8",
        make=recoded("cp1252", "UTF-8"),
        code="CIM113",
        at=b"wo\xe9th",
        says="is it windows-1252?",
        formats=ALL_XML,
    ),
    Refused(
        name="windows-1252 that says nothing",
        make=recoded("cp1252"),
        code="CIM113",
        at=b"wo\xe9th",
        says="is it windows-1252?",
        formats=ALL_XML,
    ),
    Refused(
        name="windows-1252",
        make=marked(any=b"wo\xe9th"),
        code="CIM113",
        at=b"wo\xe9th",
        says="0xE9",
        formats=("ttl",),
    ),
    Refused(name="UTF-7", make=recoded("utf-7", "UTF-7"), code="CIM114", says="UTF-7", formats=ALL_XML),
    Refused(name="UTF-32", make=recoded("utf-32"), code="CIM114", says="UTF-32", formats=ALL_XML),
    Refused(name="EBCDIC", make=recoded("cp1252", "cp037"), code="CIM114", says="cp037", formats=ALL_XML),
    Refused(
        name="unknown encoding",
        make=recoded("cp1252", "x-klingon"),
        code="CIM114",
        says="x-klingon",
        formats=ALL_XML,
    ),
    Refused(
        name="UTF-16 declared, bytes of another",
        make=recoded("utf-8", "UTF-16"),
        code="CIM114",
        says="UTF-16",
        formats=ALL_XML,
    ),
    Refused(name="NUL byte", make=marked(any=b"wo\0lth"), code="CIM121", at=b"wo\0", formats=ALL_XML),
    Refused(
        name="NUL byte",
        make=lambda f: sound(f) + b"\0",
        code="CIM111",
        at=None,
        says="binary",
        formats=("ttl",),
    ),
    Refused(
        name="NUL by number", make=marked(any=b"wo&#x0;lth"), code="CIM121", at=b"wo&#x0;", formats=ALL_XML
    ),
    Refused(
        name="control by number",
        make=marked(any=b"wo&#27;lth"),
        code="CIM121",
        at=b"wo&#27;",
        formats=ALL_XML,
    ),
    # something else
    Refused(
        name="gzip",
        make=lambda f: gzip.compress(sound(f), mtime=0),
        code="CIM111",
        at=None,
        says="looks like gzip",
    ),
    Refused(name="empty", make=_same(b""), code="CIM110", at=None, says="nothing"),
    Refused(name="blanks", make=_same(b" \r\n\t\n"), code="CIM110", at=None, says="nothing but blanks"),
    Refused(name="a byte order mark", make=_same(b"\xef\xbb\xbf\n"), code="CIM110", at=None),
    Refused(name="zeros", make=_same(_ZEROS), code="CIM110", at=None),
    Refused(name="random bytes", make=_same(_NOISE), code="CIM111", at=None, says="expected RDFS"),
    Refused(name="an HTML page", make=_same(_HTML), code="CIM111", at=None, says="an HTML page"),
    Refused(name="an XSD", make=_same(_XSD), code="CIM111", says="an XML Schema"),
    Refused(name="JSON", make=_same(b'{"a": 1}'), code="CIM111", at=None, says="JSON"),
    Refused(
        name="prose",
        make=_same(b"Dear all,\nplease find\n"),
        code="CIM111",
        at=None,
        says="text in no format",
    ),
    Refused(name="a .qea project", make=_same(_SQLITE), code="CIM175", at=None, says="not a database"),
    Refused(
        name="an .eap project",
        make=_same(_JET),
        code="CIM184" if which("mdb-export") else "CIM180",
        at=None,
        says="mdbtools",
    ),
    Refused(name="Ecore", make=_same(_ECORE), code="CIM165", at=b"<ecore:EPackage", says="EPackage"),
    Refused(name="XMI 3", make=_same(_XMI3), code="CIM150", at=b"<xmi:XMI", says="XMI/3.0"),
    Refused(
        name="XMI 1.0",
        make=lambda f: sound("xmi").replace(b'xmi.version="1.1"', b'xmi.version="1.0"'),
        code="CIM150",
        at=b"<XMI ",
        formats=("xmi",),
    ),
    Refused(
        name="an identifier that is no IRI",
        make=lambda f: sound(f).replace(b"hostile#Meter.m0", b"hostile#Me{ter", 1),
        code="CIM132",
        at=b"Me{ter",
        formats=("rdf",),
    ),
    Refused(
        name="an identifier that is no IRI",
        make=lambda f: sound(f).replace(
            b"<http://example.org/hostile#Meter.m0>", b"<http://example.org/hostile#Me ter>"
        ),
        code="CIM130",
        at=b"Me ter",
        formats=("ttl",),
    ),
    Refused(
        name="references without a base",
        make=lambda f: sound(f)
        .replace(b' xml:base="http://example.org/hostile"', b"")
        .replace(b'"http://example.org/hostile#', b'"#')
        .replace(b"<http://example.org/hostile#", b"<#"),
        code="CIM131",
        at=b"#Package_0",
        formats=RDF,
    ),
)
"""Every file that must be refused for what its bytes are."""

XINCLUDE = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'


def with_doc(doc: str) -> Sketch:
    """The small model whose first class is described by ``doc``."""
    sketch = small()
    return replace(sketch, kinds=(replace(sketch.kinds[0], doc=doc), *sketch.kinds[1:]))
