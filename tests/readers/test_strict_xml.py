"""Bytes that are no sound XML, and XML that means harm: one diagnostic each, with line and remedy."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml
from cimforge.readers.xml_stream import open_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.rdf_files import diagnostics, rdf_xml, read

LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))

REFUSED: dict[str, tuple[bytes, str, int, str]] = {
    # name: (document, code, line, words of the message)
    "external entity": (
        b'<!DOCTYPE a [\n<!ENTITY notes SYSTEM "file:///etc/hostname">]>\n<a>A&notes;B</a>',
        *("CIM116", 2, "`notes`"),
    ),
    "external entity, unused": (
        b'<!DOCTYPE a [\n\n<!ENTITY notes PUBLIC "x" "http://127.0.0.1:9/x">]>\n<a/>',
        *("CIM116", 3, "`notes`"),
    ),
    "external entity behind a comment and a value": (
        b'<!DOCTYPE a [<!-- <!ENTITY no SYSTEM "x"> -->\n<!ENTITY v "]>">\n<!ENTITY x SYSTEM "y">]>\n<a/>',
        *("CIM116", 3, "`x`"),
    ),
    "parameter entity": (
        b'<!DOCTYPE a [\n<!ENTITY % more SYSTEM "http://127.0.0.1:9/x">\n%more;\n]>\n<a/>',
        *("CIM116", 2, "`more`"),
    ),
    "parameter entity, unused": (
        b'<!DOCTYPE a [\n<!ENTITY % more SYSTEM "x">\n]>\n<a/>',
        *("CIM116", 2, "`more`"),
    ),
    "external entity in UTF-16": (
        '<!DOCTYPE a [\n<!ENTITY notes SYSTEM "x">]>\n<a/>'.encode("utf-16"),
        *("CIM116", 2, "`notes`"),
    ),
    "entity that nothing declares": (b"<a>\n&nbsp;</a>", "CIM117", 2, "nbsp"),
    "entity that an unread DTD may declare": (
        b'<!DOCTYPE a SYSTEM "UML_EA.DTD">\n<a>\nA&copy;B</a>',
        *("CIM117", 3, "copy"),
    ),
    "attribute of such an entity": (b'<!DOCTYPE a SYSTEM "x.dtd">\n<a b="&copy;"/>', "CIM117", 2, "copy"),
    "billion laughs": (
        b'<!DOCTYPE a [<!ENTITY a0 "lollollol">' + LAUGHS + b"]>\n<a>&a9;</a>",
        *("CIM118", 1, ""),
    ),
    "quadratic blow-up": (
        b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 100_000 + b'">]>\n<a>\n' + b"&x;" * 50_000 + b"</a>",
        *("CIM118", 1, ""),
    ),
    "entities in a circle": (
        b'<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]>\n<a>&x;</a>',
        *("CIM118", 1, ""),
    ),
    "a million nested elements": (b"<a>\n" * 1_000_000, "CIM119", 257, "256"),
    "12 MB of text": (b"<a>\n<b>" + b"x" * 12_000_000 + b"</b></a>", "CIM120", 2, "10,000,000"),
    "12 MB of an attribute": (b'<a>\n<b c="' + b"x" * 12_000_000 + b'"/></a>', "CIM120", 2, "10,000,000"),
    "12 MB of a comment": (b"<a>\n<!--" + b"x" * 12_000_000 + b"--></a>", "CIM120", 2, "10,000,000"),
    "a name of 100 kB": (b"<a>\n<b" + b"x" * 100_000 + b"/></a>", "CIM120", 2, "50,000"),
    "truncated": (b"<a>\n<b>x", "CIM115", 2, "Premature end"),
    "mismatched tags": (b"<a>\n<b>x</c></a>", "CIM115", 2, "mismatch"),
    "two roots": (b"<a/>\n<b/>", "CIM115", 2, "Extra content"),
    "attribute given twice": (b'<a>\n<b c="1" c="2"/></a>', "CIM115", 2, "redefined"),
    "undeclared prefix": (b"<a>\n<b:c/></a>", "CIM122", 2, "prefix b"),
    "undeclared prefix of an attribute": (b'<a>\n<b c:d="1"/></a>', "CIM122", 2, "prefix c"),
    "invalid UTF-8": (b"<a>\n<b>x\xe9y</b></a>", "CIM113", 2, "byte 9 of the file (0xE9)"),
    "windows-1252 bytes declared as UTF-8": (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<a>\xe9</a>',
        *("CIM113", 2, "is it windows-1252?"),
    ),
    "bytes that windows-1252 has not": (
        b'<?xml version="1.0" encoding="windows-1252"?>\n<a>\n\x81</a>',
        *("CIM113", 3, "0x81"),
    ),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "CIM114", 1, "klingon"),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?><a>+AOk-</a>', "CIM114", 1, "UTF-7"),
    "EBCDIC": (b'<?xml version="1.0" encoding="IBM037"?><a/>', "CIM114", 1, "IBM037"),
    "UTF-16 declared, but the bytes are not": (
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        *("CIM114", 1, "the bytes are not"),
    ),
    "UTF-32": ("<a/>".encode("utf-32"), "CIM114", 1, "UTF-32"),
    "NUL byte": (b"<a>\nx\0y</a>", "CIM121", 2, "NUL"),
    "NUL by reference": (b"<a>\nx&#x0;y</a>", "CIM121", 2, ""),
    "control character": (b"<a>\n\x01</a>", "CIM121", 2, ""),
    "noncharacter": ("<a>\n\uffff</a>".encode(), "CIM121", 2, ""),
}


Loader = Callable[[bytes], tuple[str | None, Report]]


def as_tree(data: bytes) -> tuple[str | None, Report]:
    """The text of the document by `parse_xml`; None if it is refused."""
    report = Report()
    tree = parse_xml(RawSource(path="input.xml", data=data), report)
    return None if tree is None else "".join(map(str, tree.getroot().itertext())), report


def as_stream(data: bytes) -> tuple[str | None, Report]:
    """The text of the document by `open_xml`, whose root is the one frame; None if it is refused."""
    report = Report()
    stream = open_xml(RawSource(path="input.xml", data=data), report)
    if stream is None:
        return None, report
    texts: list[str] = []
    for step, element in stream.walk(lambda element: False):
        if step == "whole":
            texts += [*map(str, element.itertext()), element.tail or ""]
        else:
            texts.append(element.text or "" if step == "close" else "")
    return "".join(texts) if stream.is_sound else None, report


loaders = pytest.mark.parametrize("parse", [as_tree, as_stream])


@loaders
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, parse: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    data, code, line, words = REFUSED[name]

    def connect(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", connect)
    start = time.process_time()
    tree, report = parse(data)
    assert time.process_time() - start < 5
    assert tree is None
    [found] = report.diagnostics
    assert (found.code, found.location.file, found.location.line) == (code, "input.xml", line)
    assert words in found.message
    assert found.rule.remedy
    assert report.has_unreadable


@loaders
def test_content_of_an_external_entity_is_never_read(parse: Loader, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    for declaration in ("ENTITY x", "ENTITY % x"):
        data = f'<!DOCTYPE a [<!{declaration} SYSTEM "{secret.as_uri()}">]>\n<a>&x;</a>'
        tree, report = parse(data.encode())
        assert tree is None
        assert "TOP-SECRET" not in diagnostics(report)


ACCEPTED = {
    "DOCTYPE with a DTD that is not there": (b'<!DOCTYPE a SYSTEM "UML_EA.DTD">\n<a>text</a>', "text"),
    "internal entity": (b'<!DOCTYPE a [<!ENTITY x "in &#38;amp; out">]><a>A &x; B</a>', "A in & out B"),
    "internal entity in single quotes": (b"<!DOCTYPE a [<!ENTITY x 'hi'>]><a>A&x;B</a>", "AhiB"),
    "internal entity of blanks": (b'<!DOCTYPE a [<!ENTITY x " ">]><a>&x;</a>', " "),
    "windows-1252": (b'<?xml version="1.0" encoding="windows-1252"?><a>\x80\xe9</a>', "€é"),
    "Windows-1252 in capitals": (b"<?xml version='1.0' encoding='WINDOWS-1252'?><a>\x80</a>", "€"),
    "ISO-8859-15": (b'<?xml version="1.0" encoding="ISO-8859-15"?><a>\xa4</a>', "€"),
    "US-ASCII": (b'<?xml version="1.0" encoding="US-ASCII"?><a>e&#8364;</a>', "e€"),
    "UTF-8 with a byte order mark": (b"\xef\xbb\xbf" + "<a>€</a>".encode(), "€"),
    "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?><a>é€</a>'.encode("utf-16"), "é€"),
    "UTF-16, big endian": (b"\xfe\xff" + "<a>é€</a>".encode("utf-16-be"), "é€"),
    "UTF-16 without a mark": ('<?xml version="1.0" encoding="UTF-16LE"?><a>é</a>'.encode("utf-16-le"), "é"),
    "XML 1.1": (b'<?xml version="1.1"?><a>x</a>', "x"),
    "text of blanks": (b"<a> </a>", " "),
    "blanks before a comment": (b"<a> <!-- c -->x</a>", " x"),
    "blanks before CDATA": (b"<a> <![CDATA[<]]></a>", " <"),
    "blanks before an instruction": (b"<a>\n<?p q?>x</a>", "\nx"),
    "blanks between comments": (b"<a><!-- c --> <!-- d -->x</a>", " x"),
    "DOCTYPE in a text": (b"<a><![CDATA[<!DOCTYPE a [<!ENTITY x SYSTEM 'y'>]>]]></a>", None),
}


@loaders
@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, parse: Loader) -> None:
    data, text = ACCEPTED[name]
    tree, report = parse(data)
    assert tree is not None, diagnostics(report)
    assert not report.diagnostics
    if text is not None:
        assert tree == text


@loaders
def test_xinclude_is_ignored_with_a_warning(parse: Loader) -> None:
    data = (
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude">\n<xi:include href="/etc/passwd" parse="text"/></a>'
    )
    tree, report = parse(data)
    assert tree is not None
    assert diagnostics(report) == "2 CIM123 warning: xi:include of `/etc/passwd` is ignored\n"
    assert not report.has_unreadable


@loaders
def test_300_000_attributes_are_read_or_refused_in_time(parse: Loader) -> None:
    start = time.process_time()
    tree, report = parse(b"<a " + b" ".join(b'a%d="1"' % i for i in range(300_000)) + b"/>")
    assert time.process_time() - start < 10
    assert tree is None
    [found] = report.diagnostics
    assert (found.code, found.location.line) == ("CIM124", 1)


def test_one_subject_described_20_000_times() -> None:
    node = "<rdf:Description rdf:about='#A'><rdfs:seeAlso rdf:resource='#{0}'/><cims:p{0}>x</cims:p{0}></rdf:Description>"
    data = rdf_xml("<rdfs:Class rdf:about='#A'/>" + "\n".join(map(node.format, range(20_000))))
    start = time.process_time()
    facts, report = read(data)
    assert time.process_time() - start < 5
    assert facts is not None
    assert len(facts.classes[0].tags) == 40_000
    assert [d.code for d in report.diagnostics] == ["CIM134"]


def test_17_mb_of_text_in_turtle() -> None:
    data = b'@prefix g: <http://g/> .\ng:a g:b "c" .\ng:d g:e "' + b"x" * 17_000_000 + b'" .'
    facts, report = read(data, "input.ttl")
    assert facts is None
    [found] = report.diagnostics
    assert (found.code, found.location.line) == ("CIM120", 3)
    assert "16,777,216" in found.message


@loaders
def test_a_line_beyond_65535_is_right(parse: Loader) -> None:
    _, report = parse(b"<a>" + b"\n" * 200_000 + b"<b></c></a>")
    assert report.diagnostics[0].location.line == 200_001


@pytest.mark.parametrize(
    "data",
    [
        b"<!--" * 200_000 + b"<!ENTITY",
        b"<!-- --> " * 100_000 + b"<x",
        b'<!DOCTYPE a [<!ENTITY x "' * 50_000,
        b"<!DOCTYPE a [" + b"<!ENTITY " * 100_000,
        b"a" + b"\n" * 1_000_000,
        b"<" * 1_000_000,
        b"<" + b"/" * 1_000_000,
        b"a prefix" + b" " * 1_000_000,
        b"[" * 1_000_000 + b" @prefix",
        b"@prefix a: <http://a/> .\n" + b"a:b a:c (" * 50_000,
        b"@prefix a: <http://a/> .\n" + b"a:b a:c [ a:d " * 100_000,
        b"@prefix a: <http://a/> .\n[[[" + b'a:b a:c """" ' * 100_000,
        b"<http://a/" + b"a" * 1_000_000,
        b"<?xml " + b"x " * 500_000,
    ],
    ids=lambda data: ascii(data[:20]),
)
def test_time_grows_with_length_alone(data: bytes) -> None:
    start = time.process_time()
    facts, report = read(data)
    assert time.process_time() - start < 5
    assert facts is None
    assert report.has_errors


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200) | st.binary(max_size=60).map(lambda b: b"<?xml version='1.0'?><a>" + b + b"</a>")
)
def test_no_bytes_make_it_raise(data: bytes) -> None:
    tree, report = as_tree(data)
    assert (tree is None) == report.has_errors
    streamed, streamed_report = as_stream(data)
    assert streamed == tree
    assert diagnostics(streamed_report) == diagnostics(report)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 1200), st.binary(min_size=1, max_size=3), st.booleans())
def test_a_damaged_vocabulary_is_reported_or_read_but_never_raises(at: int, noise: bytes, cut: bool) -> None:
    whole = rdf_xml(
        "<rdfs:Class rdf:about='#A'><rdfs:label>A &amp; B</rdfs:label></rdfs:Class>\n"
        "<rdf:Property rdf:ID='A.b'><rdfs:domain rdf:resource='#A'/>"
        "<cims:isFixed rdfs:Literal='k'/></rdf:Property>"
    )
    facts, report = read(whole[:at] if cut else whole[:at] + noise + whole[at + len(noise) :])
    assert facts is not None or report.has_errors


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("gzip", gzip.compress(rdf_xml("")), "CIM111", "looks like gzip"),
        ("empty", b"", "CIM110", "nothing"),
        ("blanks", b" \n\t", "CIM110", "blanks"),
        ("random bytes", bytes(range(1, 256)) * 3, "CIM111", "binary"),
        ("NUL bytes", b"\0" * 100, "CIM111", "binary"),
        ("HTML page", b"<!DOCTYPE html>\n<html><body><br></body></html>", "CIM111", "an HTML page"),
        ("HTML behind comments", b"<!-- a -->\n<!-- b -->\n<HTML><p>", "CIM111", "an HTML page"),
        ("Turtle in UTF-16", "@prefix a: <http://a/> .".encode("utf-16"), "CIM111", "UTF-16"),
        ("XHTML page", b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "CIM111", "HTML"),
        ("XSD", b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', "CIM111", "XSD"),
        ("JSON", b'{"a": 1}', "CIM111", "JSON"),
        ("JSON list", b'[\n{"a": 1}]', "CIM111", "JSON"),
        ("PDF", b"%PDF-1.7 ...", "CIM111", "PDF"),
        ("SQLite", b"SQLite format 3\0" + b"\0" * 100, "CIM175", "the database is damaged"),
        ("empty XMI", b'<xmi:XMI xmlns:xmi="http://schema.omg.org/spec/XMI/2.1"/>', "CIM165", "no UML"),
        ("XMI of no version", b"<XMI/>", "CIM150", "not stated"),
        ("prose", b"Dear colleague,\nthe model is attached.", "CIM111", "no format that we know"),
        ("other XML", b"<project><name/></project>", "CIM111", "<project>"),
        ("XML cut off in its first tag", b"<rdf:RDF xmlns:rdf='http://www.w3", "CIM115", ""),
    ],
)
def test_what_is_no_model_is_named(name: str, data: bytes, code: str, words: str) -> None:
    facts, report = read(data)
    assert facts is None
    [found] = report.diagnostics
    assert found.code == code
    assert words in found.message
    assert report.has_unreadable
    assert "\0" not in found.message


def test_every_file_of_the_corpus_is_read_or_named(corpus: Path) -> None:
    """Nothing raises, and what gives no facts gives an error."""
    for path in sorted(corpus.rglob("*")):
        if path.is_file() and path.stat().st_size < 3_000_000:
            facts, report = read(path.read_bytes(), path.name)
            assert facts is not None or report.has_unreadable, path
