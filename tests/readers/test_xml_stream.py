"""What the streaming loader hands out, in which order, and that it is gone afterwards."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers import xml_stream
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml
from cimforge.readers.xml_lines import line_of
from cimforge.readers.xml_stream import open_xml
from lxml import etree

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers"

NESTED = """<a x="1">
 <f y="2"><b>B<i/></b>
  <f><b/><c>ü</c></f><!-- between -->
  <f/>
 </f>
 <b><f/></b>
</a>"""

STEPS = """open a x=1
open f y=2
whole b in f: B
open f
whole b in f
whole c in f: ü
close f
open f
close f
close f
whole b in a
close a
"""


def is_frame(element: etree._Element) -> bool:
    return element.tag == "f"


def steps(data: bytes) -> str:
    stream = open_xml(RawSource(path="input.xml", data=data), Report())
    assert stream is not None
    lines = []
    for step, element in stream.walk(is_frame):
        assert step != "close" or len(element) == 0, "what was handed out is still there"
        words = [step, element.tag]
        if step == "open":
            words += [f"{k}={v}" for k, v in element.items()]
        elif step == "whole":
            words.append(f"in {element.getparent().tag}")
        text = element.text.strip() if step == "whole" and element.text else ""
        lines.append(" ".join(words) + (f": {text}" if text else ""))
    assert stream.is_sound
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("size", [1, 2, 7, 32 * 1024])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "windows-1252", "iso-8859-15", "utf-16", "utf-16-be"]
)
def test_order_whatever_the_pieces_and_the_encoding(
    size: int, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_stream, "CHUNK", size)
    monkeypatch.setattr(xml_stream, "_FIRST_CHUNK", size)
    declared = "" if encoding.startswith("ut") else f'<?xml version="1.0" encoding="{encoding}"?>\n'
    assert steps((declared + NESTED).encode(encoding)) == STEPS


def test_a_document_with_entities_gives_the_same_steps() -> None:
    assert steps(('<!DOCTYPE a [<!ENTITY u "ü">]>' + NESTED.replace("ü", "&u;")).encode()) == STEPS


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        "<!-- <a> -->\n",
        "<?p <a>?><!-- - -->",
        '<?xml version="1.0" encoding="windows-1252"?>\n<!-- ü <!DOCTYPE a> -->',
    ],
)
def test_what_a_broken_entity_holds_is_never_handed_out(prolog: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """libxml2 frees it, which lxml does not know: whoever held it would write to memory that is another's."""
    faults: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", faults.append)
    data = (prolog + '<!DOCTYPE a [<!ENTITY x "<a><b>text</b><a/><c>">]><a>&x;<f/></a>').encode("cp1252")
    for _ in range(50):
        report = Report()
        assert open_xml(RawSource(path="input.xml", data=data), report) is None
        assert [d.code for d in report.diagnostics] == ["CIM115"]
        gc.collect()
    assert not faults


def test_the_root_is_known_before_anything_else_is_read() -> None:
    data = b'<!-- c --><?p?>\n<a b="c" xmlns:x="http://x/">' + b"<d>" * 200 + b" " * 5000
    stream = open_xml(RawSource(path="input.xml", data=data), Report())
    assert stream is not None
    assert (stream.root.tag, stream.root.get("b"), stream.root.nsmap) == ("a", "c", {"x": "http://x/"})
    assert line_of(stream.root) == 2


def test_what_is_referred_to_lives_on() -> None:
    stream = open_xml(RawSource(path="input.xml", data=NESTED.encode()), Report())
    assert stream is not None
    kept = [element for step, element in stream.walk(is_frame) if step == "whole"]
    assert [etree.tostring(e, with_tail=False, encoding="unicode") for e in kept] == [
        *("<b>B<i/></b>", "<b/>", "<c>ü</c>", "<b><f/></b>"),
    ]


def test_a_broken_end_is_reported_after_the_rest_was_handed_out() -> None:
    report = Report()
    stream = open_xml(RawSource(path="input.xml", data=NESTED.encode()[:-2]), report)
    assert stream is not None
    assert [e.tag for step, e in stream.walk(is_frame) if step == "whole"] == ["b", "b", "c"]
    assert not stream.is_sound
    assert [(d.code, d.location.line) for d in report.diagnostics] == [("CIM115", 7)]


def test_a_walk_that_is_left_can_be_taken_again() -> None:
    stream = open_xml(RawSource(path="input.xml", data=NESTED.encode()), Report())
    assert stream is not None
    assert next(stream.walk(is_frame))[0] == "open"
    assert not stream.is_sound
    assert len(list(stream.walk(is_frame))) == STEPS.count("\n")
    assert stream.is_sound


def test_lines_are_right_far_beyond_65535() -> None:
    body = '<f>\n<b\nx="1">\n\n<i/>\n</b>\n<b/>\n\n<b>text</b><b><i/>\n</b>\n</f>\n'
    data = ("<a>\n" + body * 10_000 + "</a>\n").encode()
    stream = open_xml(RawSource(path="input.xml", data=data), Report())
    assert stream is not None
    found = [(step, line_of(e)) for step, e in stream.walk(is_frame) if step != "close"]
    assert found[0] == ("open", 1)
    for number in range(10_000):
        start = 2 + body.count("\n") * number
        lines = [start, start + 2, start + 6, start + 8, start + 8]
        assert [line for _, line in found[1 + 5 * number : 6 + 5 * number]] == lines


def test_a_line_that_nothing_tells_is_that_of_an_element_around() -> None:
    data = (b"<a>" + b"\n" * 70_000 + b"<f>\n\n<b/>\n<b><i/></b></f></a>").replace(b"<b/>", b"<b></b>")
    stream = open_xml(RawSource(path="input.xml", data=data), Report())
    assert stream is not None
    assert [line_of(e) for step, e in stream.walk(is_frame) if step == "whole"] == [70_003, 70_001]


@pytest.mark.parametrize("path", sorted(CASES.rglob("input.x*")), ids=lambda p: f"{p.parent.name}")
def test_elements_and_lines_are_those_of_the_tree(path: Path) -> None:
    source = RawSource(path=path.name, data=path.read_bytes())
    tree = parse_xml(source, Report())
    stream = open_xml(source, Report())
    if tree is None:
        assert stream is None or not stream.is_sound
        return
    assert stream is not None
    wanted = [(e.tag, dict(e.attrib), e.sourceline) for e in tree.getroot().iter() if e is not tree.getroot()]
    found = []
    for step, element in stream.walk(lambda e: "Package" in str(e.tag) or "owned" in str(e.tag)):
        if step == "open" and element.getparent() is not None:
            found.append((element.tag, dict(element.attrib), line_of(element)))
        elif step == "whole":
            found += [(e.tag, dict(e.attrib), line_of(e)) for e in element.iter()]
    assert found == wanted
