"""Messages out and in again: nothing is lost, nothing appears."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from xsdata.formats.dataclass.parsers import JsonParser, XmlParser
from xsdata.formats.dataclass.serializers import JsonSerializer, XmlSerializer

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=20,
) | st.sampled_from(["", " ", "<&>\"'", "a\nb\tc", "ä€😀", "]]>", "0", "false"])


def messages(module: Any, reference: Any) -> st.SearchStrategy[Any]:
    """Any message the profile allows."""
    device = st.builds(module.EndDevice, mRID=XML_TEXT, isVirtual=st.none() | st.booleans())
    timing = st.builds(
        module.EndDeviceTiming,
        duration=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        randomisation=st.none() | st.sampled_from(module.RandomisedKind),
    )
    control = st.builds(
        module.EndDeviceControl,
        mRID=XML_TEXT,
        drProgramLevel=st.none() | st.integers(),
        priceSignal=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
        EndDevices=st.lists(device, max_size=3),
        primaryDeviceTiming=st.none() | timing,
        EndDeviceControlType_=st.builds(reference, XML_TEXT, st.none() | XML_TEXT),
    )
    return st.builds(module.EndDeviceControls, EndDeviceControl_=st.lists(control, min_size=1, max_size=2))


@given(data=st.data())
@SETTINGS
def test_any_message_survives_xml_and_json(data: st.DataObject, controls: Any, exchange: Any) -> None:
    message = data.draw(messages(controls, exchange.Reference))
    document = exchange.to_xml(message)
    assert exchange.from_xml(controls.EndDeviceControls, document) == message
    assert exchange.from_xml(controls.EndDeviceControls, exchange.to_xml(message, pretty=True)) == message
    text = exchange.to_json(message)
    assert exchange.from_json(controls.EndDeviceControls, text) == message
    assert exchange.from_json(controls.EndDeviceControls, text.decode()) == message


@given(data=st.data())
@SETTINGS
def test_xsdata_reads_what_we_write_and_we_what_it_writes(
    data: st.DataObject, controls: Any, exchange: Any
) -> None:
    message = data.draw(messages(controls, exchange.Reference))
    kind = controls.EndDeviceControls
    assert XmlParser().from_bytes(exchange.to_xml(message), kind) == message
    assert exchange.from_xml(kind, XmlSerializer().render(message).encode()) == message
    assert JsonParser().from_bytes(exchange.to_json(message), kind) == message
    written = json.loads(JsonSerializer().render(message))
    assert json.loads(exchange.to_json(message)) == _without_nulls(written)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None and v != []}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def small(controls: Any, exchange: Any, **more: Any) -> Any:
    """A message of one control."""
    control = controls.EndDeviceControl(
        mRID="6f7c", EndDeviceControlType_=exchange.Reference("3.31.0.23"), **more
    )
    return controls.EndDeviceControls(EndDeviceControl_=[control])


def test_the_message_of_the_output_page(controls: Any, exchange: Any) -> None:
    message = small(
        controls,
        exchange,
        drProgramLevel=0,
        priceSignal=Decimal("0.10"),
        EndDevices=[controls.EndDevice(mRID="1b2d", isVirtual=False)],
        primaryDeviceTiming=controls.EndDeviceTiming(duration=15, randomisation=controls.RandomisedKind.none),
    )
    expected = etree.fromstring("""
        <EndDeviceControls xmlns="http://cimforge.example/2026/EndDeviceControls#"><EndDeviceControl
        ><mRID>6f7c</mRID><drProgramLevel>0</drProgramLevel><priceSignal>0.10</priceSignal><EndDevices
        ><mRID>1b2d</mRID><isVirtual>false</isVirtual></EndDevices><primaryDeviceTiming
        ><duration>15.0</duration><randomisation>none</randomisation></primaryDeviceTiming
        ><EndDeviceControlType ref="3.31.0.23"/></EndDeviceControl></EndDeviceControls>
        """.strip())
    found = etree.fromstring(exchange.to_xml(message))
    assert etree.tostring(found, method="c14n") == etree.tostring(expected, method="c14n")
    assert json.loads(exchange.to_json(message)) == {
        "EndDeviceControl": [
            {
                "mRID": "6f7c",
                "drProgramLevel": 0,
                "priceSignal": "0.10",
                "EndDevices": [{"mRID": "1b2d", "isVirtual": False}],
                "primaryDeviceTiming": {"duration": 15.0, "randomisation": "none"},
                "EndDeviceControlType": {"ref": "3.31.0.23"},
            }
        ]
    }


def test_unset_zero_false_and_empty_stay_apart(controls: Any, exchange: Any) -> None:
    for level, virtual in ((None, None), (0, False), (1, True)):
        device = controls.EndDevice(mRID="", isVirtual=virtual)
        message = small(controls, exchange, drProgramLevel=level, EndDevices=[device])
        for again in (
            exchange.from_xml(controls.EndDeviceControls, exchange.to_xml(message)),
            exchange.from_json(controls.EndDeviceControls, exchange.to_json(message)),
        ):
            control = again.EndDeviceControl_[0]
            assert control.drProgramLevel == level
            assert type(control.drProgramLevel) is type(level)
            assert control.EndDevices[0].isVirtual is virtual
            assert control.EndDevices[0].mRID == ""
            assert control.primaryDeviceTiming is None


def test_the_document_element_finds_its_class(controls: Any, exchange: Any) -> None:
    found = exchange.from_xml(None, exchange.to_xml(small(controls, exchange)))
    assert type(found) is controls.EndDeviceControls
    with pytest.raises(exchange.InvalidMessage, match="no document of this package"):
        exchange.from_xml(None, b"<Other/>")


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_special_numbers_are_xml_but_not_json(number: float, controls: Any, exchange: Any) -> None:
    message = small(controls, exchange, primaryDeviceTiming=controls.EndDeviceTiming(duration=number))
    again = exchange.from_xml(controls.EndDeviceControls, exchange.to_xml(message))
    found = again.EndDeviceControl_[0].primaryDeviceTiming.duration
    assert str(found) == str(number)
    with pytest.raises(exchange.InvalidMessage, match="primaryDeviceTiming/duration"):
        exchange.to_json(message)


def test_declared_encodings_and_byte_order_marks(controls: Any, exchange: Any) -> None:
    message = small(controls, exchange)
    text = exchange.to_xml(message).decode().partition("?>")[2]
    for encoding in ("utf-16", "windows-1252", "iso-8859-1", "utf-8"):
        data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
        assert exchange.from_xml(controls.EndDeviceControls, data) == message
