"""Broken messages raise one clear error with a place; none becomes another message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import small_models
from tests.emitters.python.emitting import emitted, imported, request, write
from tests.emitters.python.test_messages import small

XML = """<?xml version="1.0" encoding="UTF-8"?>
<EndDeviceControls xmlns="http://cimforge.example/2026/EndDeviceControls#">
  <EndDeviceControl>
    <mRID>6f7c</mRID>
    <drProgramLevel>12</drProgramLevel>
    <EndDevices>
      <mRID>1b2d</mRID>
    </EndDevices>
    <EndDevices>
      <mRID>\u00e9</mRID>
      <isVirtual>false</isVirtual>
    </EndDevices>
    <primaryDeviceTiming>
      <duration>15.0</duration>
      <randomisation>none</randomisation>
    </primaryDeviceTiming>
    <EndDeviceControlType ref="3.31"/>
  </EndDeviceControl>
</EndDeviceControls>
"""
CONTROL = ("EndDeviceControls", "EndDeviceControl[1]")
SECOND = (*CONTROL, "EndDevices[2]")

BROKEN_XML = {
    "truncated": (lambda t: t[: t.index("12</drProgramLevel>") + 2], "not well-formed", (), 5),
    "mistagged": (lambda t: t.replace("</drProgramLevel>", "</mRID>"), "not well-formed", (), 5),
    "empty": (lambda t: "", "not well-formed", (), None),
    "undeclared prefix": (lambda t: t.replace("<mRID>6f7c", "<x:mRID>6f7c"), "not well-formed", (), 4),
    "DOCTYPE": (lambda t: t.replace("?>", "?><!DOCTYPE EndDeviceControls>"), "DOCTYPE", (), 1),
    "entity": (
        lambda t: t.replace("?>", '?><!DOCTYPE x [<!ENTITY e "7">]>').replace(">12<", ">&e;<"),
        "DOCTYPE",
        (),
        1,
    ),
    "missing element": (lambda t: t.replace("<mRID>6f7c</mRID>", ""), "is missing", (*CONTROL, "mRID"), 3),
    "missing attribute": (
        lambda t: t.replace(' ref="3.31"', ""),
        "is missing",
        (*CONTROL, "EndDeviceControlType", "ref"),
        17,
    ),
    "missing list": (
        lambda t: t[: t.index("<EndDeviceControl>")] + "</EndDeviceControls>",
        "is missing",
        ("EndDeviceControls", "EndDeviceControl"),
        2,
    ),
    "repeated": (
        lambda t: t.replace("<isVirtual>", "<isVirtual>true</isVirtual><isVirtual>"),
        "more than once",
        (*SECOND, "isVirtual"),
        11,
    ),
    "unknown element": (lambda t: t.replace("isVirtual", "isReal"), "unknown element", SECOND, 11),
    "element of another namespace": (
        lambda t: t.replace("<isVirtual>", '<isVirtual xmlns="http://other.example">'),
        "unknown element {http://other.example}isVirtual",
        SECOND,
        11,
    ),
    "unknown attribute": (
        lambda t: t.replace("<isVirtual>", '<isVirtual a="1">'),
        "attributes",
        (*SECOND, "isVirtual"),
        11,
    ),
    "unknown attribute of a class": (
        lambda t: t.replace("<EndDeviceControl>", '<EndDeviceControl id="1">'),
        "unknown attribute id",
        CONTROL,
        3,
    ),
    "nil": (
        lambda t: t.replace(
            "<EndDeviceControl>",
            '<EndDeviceControl xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">',
        ),
        "nil",
        CONTROL,
        3,
    ),
    "text between elements": (lambda t: t.replace("<EndDevices>", "junk<EndDevices>", 1), "text", CONTROL, 5),
    "elements in text": (lambda t: t.replace(">6f7c<", "><b/><"), "has elements", (*CONTROL, "mRID"), 4),
    "bad integer": (lambda t: t.replace(">12<", ">1_2<"), "'1_2'", (*CONTROL, "drProgramLevel"), 5),
    "Arabic digits": (lambda t: t.replace(">12<", ">\u0661<"), "no integer", (*CONTROL, "drProgramLevel"), 5),
    "empty integer": (lambda t: t.replace(">12<", "><"), "no integer", (*CONTROL, "drProgramLevel"), 5),
    "bad boolean": (lambda t: t.replace(">false<", ">False<"), "no boolean", (*SECOND, "isVirtual"), 11),
    "bad float": (
        lambda t: t.replace(">15.0<", ">infinity<"),
        "no float",
        (*CONTROL, "primaryDeviceTiming", "duration"),
        14,
    ),
    "bad literal": (
        lambda t: t.replace(">none<", ">None<"),
        "no RandomisedKind",
        (*CONTROL, "primaryDeviceTiming", "randomisation"),
        15,
    ),
    "another document": (
        lambda t: t.replace("EndDeviceControls", "EndDeviceEvents"),
        "the document element is",
        ("EndDeviceEvents",),
        2,
    ),
}


def test_the_unbroken_message_is_read(controls: Any, exchange: Any) -> None:
    found = exchange.from_xml(controls.EndDeviceControls, XML.encode())
    assert found.EndDeviceControl_[0].EndDevices[1].mRID == "\u00e9"


@pytest.mark.parametrize("case", BROKEN_XML)
def test_broken_xml_is_refused_with_its_place(case: str, controls: Any, exchange: Any) -> None:
    change, reason, path, line = BROKEN_XML[case]
    data = change(XML).encode()
    assert data != XML.encode()
    with pytest.raises(exchange.InvalidMessage) as caught:
        exchange.from_xml(controls.EndDeviceControls, data)
    error = caught.value
    assert reason in str(error)
    assert (error.path if path else ()) == path
    if line:
        assert error.line == line


@pytest.mark.parametrize(
    "data",
    [
        XML.encode("latin-1"),
        XML.encode().replace(b"6f7c", b"6f\x007c"),
        XML.encode().replace(b"6f7c", b"&#0;"),
        XML.encode().replace(b'"UTF-8"', b'"UTF-7"'),
        XML.encode().replace(b'"UTF-8"', b'"no-such"'),
        b"\x1f\x8b\x08\x00",
        b"<a>" * 1000 + b"</a>" * 1000,
    ],
)
def test_bad_bytes_are_refused(data: bytes, controls: Any, exchange: Any) -> None:
    with pytest.raises(exchange.InvalidMessage):
        exchange.from_xml(controls.EndDeviceControls, data)


def test_no_cut_of_a_message_is_a_message(controls: Any, exchange: Any) -> None:
    data = XML.encode().rstrip()
    for end in range(0, len(data) - 1, 7):
        with pytest.raises(exchange.InvalidMessage):
            exchange.from_xml(controls.EndDeviceControls, data[:end])


JSON = (
    '{"EndDeviceControl": [{"mRID": "6f7c", "drProgramLevel": 12, "priceSignal": "0.10",'
    ' "EndDevices": [{"mRID": "1b2d"}, {"mRID": "x", "isVirtual": false}],'
    ' "primaryDeviceTiming": {"duration": 15.5, "randomisation": "none"},'
    ' "EndDeviceControlType": {"ref": "3.31"}}]}'
)
TYPE = (*CONTROL, "EndDeviceControlType")
DURATION = (*CONTROL, "primaryDeviceTiming", "duration")
BROKEN_JSON = {
    "truncated": (JSON[:-3], "not JSON", ()),
    "array": ("[]", "expected an object", ("EndDeviceControls",)),
    "empty object": ("{}", "is missing", ("EndDeviceControls", "EndDeviceControl")),
    "missing": (JSON.replace('"mRID": "6f7c", ', ""), "is missing", (*CONTROL, "mRID")),
    "null": (JSON.replace("12", "null"), "is null, expected an integer", (*CONTROL, "drProgramLevel")),
    "unknown key": (JSON.replace('"isVirtual"', '"isReal"'), "unknown key 'isReal'", SECOND),
    "repeated key": (JSON.replace('"drProgramLevel"', '"mRID"'), "more than once", ()),
    "text for an integer": (JSON.replace("12", '"12"'), "is a string", (*CONTROL, "drProgramLevel")),
    "fraction for an integer": (JSON.replace("12", "12.5"), "a number", (*CONTROL, "drProgramLevel")),
    "boolean for an integer": (JSON.replace("12", "true"), "a boolean", (*CONTROL, "drProgramLevel")),
    "number for a decimal": (JSON.replace('"0.10"', "0.10"), "a number", (*CONTROL, "priceSignal")),
    "bad decimal": (JSON.replace('"0.10"', '"1e3"'), "no decimal", (*CONTROL, "priceSignal")),
    "number for text": (JSON.replace('"6f7c"', "6"), "an integer", (*CONTROL, "mRID")),
    "text for a boolean": (JSON.replace("false", '"false"'), "a string", (*SECOND, "isVirtual")),
    "number for a boolean": (JSON.replace("false", "0"), "an integer", (*SECOND, "isVirtual")),
    "NaN": (JSON.replace("15.5", "NaN"), "NaN", ()),
    "too large": (JSON.replace("15.5", "1e400"), "no number", DURATION),
    "huge integer": (JSON.replace("15.5", "9" * 400), "no number", DURATION),
    "bad literal": (
        JSON.replace('"none"', '"None"'),
        "no RandomisedKind",
        (*CONTROL, "primaryDeviceTiming", "randomisation"),
    ),
    "object for a list": (
        JSON.replace('[{"mRID": "1b2d"}, {"mRID": "x", "isVirtual": false}]', '{"mRID": "1b2d"}'),
        "expected an array",
        (*CONTROL, "EndDevices"),
    ),
    "list for an object": (JSON.replace('{"ref": "3.31"}', '[{"ref": "3.31"}]'), "an array", TYPE),
    "text for an object": (JSON.replace('{"ref": "3.31"}', '"3.31"'), "a string", TYPE),
    "deep": ("[" * 100_000, "nested", ()),
}


def test_the_unbroken_json_is_read(controls: Any, exchange: Any) -> None:
    found = exchange.from_json(controls.EndDeviceControls, JSON)
    assert found.EndDeviceControl_[0].EndDevices[1].isVirtual is False
    # JSON Schema counts 12.0 among the integers.
    same = exchange.from_json(controls.EndDeviceControls, JSON.replace("12", "12.0"))
    assert same == found
    assert type(same.EndDeviceControl_[0].drProgramLevel) is int


@pytest.mark.parametrize("case", BROKEN_JSON)
def test_broken_json_is_refused_with_its_place(case: str, controls: Any, exchange: Any) -> None:
    text, reason, path = BROKEN_JSON[case]
    assert text != JSON
    with pytest.raises(exchange.InvalidMessage) as caught:
        exchange.from_json(controls.EndDeviceControls, text)
    assert reason in str(caught.value)
    assert caught.value.path == path


def test_bad_utf8_is_refused(controls: Any, exchange: Any) -> None:
    with pytest.raises(exchange.InvalidMessage, match="not UTF-8"):
        exchange.from_json(controls.EndDeviceControls, JSON.encode().replace(b"6f7c", b"\xe9"))


@pytest.mark.parametrize(
    ("member", "value", "path"),
    [
        ("mRID", None, (*CONTROL, "mRID")),
        ("mRID", 5, (*CONTROL, "mRID")),
        ("drProgramLevel", True, (*CONTROL, "drProgramLevel")),
        ("drProgramLevel", "1", (*CONTROL, "drProgramLevel")),
        ("priceSignal", 0.1, (*CONTROL, "priceSignal")),
        ("EndDevices", None, (*CONTROL, "EndDevices")),
        ("EndDevices", ["x"], (*CONTROL, "EndDevices[1]")),
        ("EndDeviceControlType_", "3.31", (*CONTROL, "EndDeviceControlType")),
    ],
)
def test_objects_that_break_the_profile_are_not_written(
    member: str, value: Any, path: tuple[str, ...], controls: Any, exchange: Any
) -> None:
    message = small(controls, exchange)
    setattr(message.EndDeviceControl_[0], member, value)
    for out in (exchange.to_xml, exchange.to_json):
        with pytest.raises(exchange.InvalidMessage) as caught:
            out(message)
        assert caught.value.path == path


def test_text_that_a_format_lacks_is_refused(controls: Any, exchange: Any) -> None:
    message = small(controls, exchange)
    message.EndDeviceControl_[0].mRID = "\x00"
    with pytest.raises(exchange.InvalidMessage, match=r"EndDeviceControl\[1\]/mRID"):
        exchange.to_xml(message)
    message.EndDeviceControl_[0].mRID = "\ud800"
    with pytest.raises(exchange.InvalidMessage):
        exchange.to_xml(message)
    with pytest.raises(exchange.InvalidMessage, match="Unicode"):
        exchange.to_json(message)


def test_an_object_inside_itself_is_refused(tmp_path: Path) -> None:
    nested = small_models.model(small_models.class_("Thing", small_models.end("part", "Thing", by="value")))
    write(tmp_path, emitted(request(small_models.unit(nested), name="nested")))
    with imported(tmp_path, "nested.edo.things", "nested") as (module, package):
        thing = module.Thing()
        thing.part = thing
        for out in (package.to_xml, package.to_json):
            with pytest.raises(package.InvalidMessage, match="nested deeper than 200"):
                out(module.Things(Thing_=[thing]))
