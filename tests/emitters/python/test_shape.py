"""The classes as their user finds them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest
from cimforge.ir.value import replace


def test_classes_are_true_dataclasses_with_slots(controls: Any) -> None:
    for name in controls.__all__:
        cls = getattr(controls, name)
        if name == "RandomisedKind":
            continue
        assert dataclasses.is_dataclass(cls)
        assert inspect.getdoc(cls)
        needed = {
            f.name: "x"
            for f in dataclasses.fields(cls)
            if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        }
        found = cls(**needed)
        assert not hasattr(found, "__dict__")
        with pytest.raises(AttributeError):
            found.noSuchMember = 1
        for field in dataclasses.fields(cls):
            if field.name not in needed:
                assert getattr(found, field.name) in (None, [])


def test_required_is_required_and_names_are_needed(controls: Any, exchange: Any) -> None:
    with pytest.raises(TypeError, match="mRID"):
        controls.EndDevice()
    with pytest.raises(TypeError):
        controls.EndDevice("x")
    parameters = inspect.signature(controls.EndDeviceControl).parameters
    assert [n for n, p in parameters.items() if p.default is inspect.Parameter.empty] == [
        "mRID",
        "EndDeviceControlType_",
    ]
    assert [f.name for f in dataclasses.fields(controls.EndDeviceControl)] == list(parameters)


def test_metadata_says_what_the_model_says(controls: Any) -> None:
    fields = {f.name: f.metadata for f in dataclasses.fields(controls.EndDeviceControl)}
    assert fields["EndDeviceControlType_"] == {
        "type": "Element",
        "name": "EndDeviceControlType",
        "required": True,
        "iri": "http://iec.ch/TC57/CIM100#EndDeviceControl.EndDeviceControlType",
        "multiplicity": "1..1",
    }
    assert fields["EndDevices"]["multiplicity"] == "0..*"
    duration, _ = dataclasses.fields(controls.EndDeviceTiming)
    assert duration.metadata["unit"] == "min"


def test_literals_have_wire_values_and_iris(controls: Any) -> None:
    assert [(x.value, x.iri) for x in controls.RandomisedKind] == [
        (name, f"http://iec.ch/TC57/CIM100#RandomisedKind.{name}") for name in ("none", "start", "end")
    ]


def test_objects_compare_copy_and_show_what_is_set(controls: Any, exchange: Any) -> None:
    device = controls.EndDevice(mRID="a", isVirtual=False)
    assert device == controls.EndDevice(mRID="a", isVirtual=False)
    assert device != controls.EndDevice(mRID="a")
    assert device != controls.EndDeviceControlType()
    assert copy.deepcopy(device) == device
    assert pickle.loads(pickle.dumps(device)) == device
    assert replace(device, mRID="b").isVirtual is False
    assert repr(controls.EndDevice(mRID="a")) == "EndDevice(mRID='a')"
    assert dataclasses.asdict(device) == {"mRID": "a", "isVirtual": False}
    with pytest.raises(TypeError):
        hash(device)
    assert exchange.Reference("x") == exchange.Reference(ref="x")


def test_no_two_objects_share_a_list(controls: Any, exchange: Any) -> None:
    one, two = (
        controls.EndDeviceControl(mRID=x, EndDeviceControlType_=exchange.Reference("1")) for x in "ab"
    )
    one.EndDevices.append(controls.EndDevice(mRID="d"))
    assert two.EndDevices == []
