"""The model as JSON: it reads back as it was, and is what the published schema says."""

from __future__ import annotations

import json

from cimforge.diagnostics import Report
from cimforge.emitters.ir_json import IrEmitter
from cimforge.ir import codec
from jsonschema import Draft202012Validator

from tests import models
from tests.small_models import attribute, class_, compound, datatype, end, enumeration, model, request, unit


def test_every_unit_reads_back_and_is_valid() -> None:
    things = model(
        class_("Thing", attribute("size", "Size", default="1", is_fixed=True), end("Part", "Thing", "0..2")),
        compound("Place", attribute("room", doc="\u2028 \x1b \U0001f600")),
        datatype("Size", "Float", unit="m"),
        enumeration("Kind", "a", ""),
    )
    family = unit(things, family=True)
    message = models.unit(models.end_device_controls())
    found = {str(a.path): a.text for a in IrEmitter().emit(request(message, family), Report())}
    assert list(found) == ["EDO/EndDeviceControls.json", "Things.json", "ir.schema.json"]
    schema = json.loads(found.pop("ir.schema.json"))
    Draft202012Validator.check_schema(schema)
    for text, expected in zip(found.values(), (message.model, things), strict=True):
        assert text.endswith("}\n")
        assert codec.decode(text.encode()) == expected
        document = json.loads(text)
        assert document["ir_version"] == codec.IR_VERSION
        assert not list(Draft202012Validator(schema).iter_errors(document))
    del document["model"]["name"]
    assert list(Draft202012Validator(schema).iter_errors(document))
