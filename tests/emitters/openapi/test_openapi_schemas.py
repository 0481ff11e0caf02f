"""Schemas of hand-made models: what they say, and what they accept and refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.openapi import OpenApiEmitter, openapi_data
from cimforge.emitters.protocol import Request
from cimforge.ir.model import Class, InProfile, Model
from cimforge.ir.value import replace
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests import models
from tests.small_models import (
    ACME,
    CIM,
    acme_spec,
    attribute,
    bounds,
    class_,
    compound,
    datatype,
    end,
    enumeration,
    model,
    request,
    unit,
)

Json = dict[str, Any]


def emitted(request_: Request, report: Report | None = None) -> dict[str, Json]:
    """Every document by path; each diagnostic must be expected where ``report`` is not given."""
    mine = report or Report()
    found = {str(a.path): json.loads(a.text) for a in OpenApiEmitter().emit(request_, mine)}
    if report is None:
        assert not mine.diagnostics
    return found


def document(model_: Model, report: Report | None = None) -> Json:
    return emitted(request(unit(model_)), report)["EDO.json"]


def validator(document_: Json, key: str) -> Draft202012Validator:
    """A validator of the component schema ``key``, references resolved in the document."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{key}", "components": document_["components"]}
    )


def accepts(document_: Json, value: Any, key: str = "Things.Things") -> bool:
    return validator(document_, key).is_valid(value)


# --- the sample of the design page -----------------------------------------------------------------


@pytest.fixture(scope="module")
def controls() -> Json:
    return emitted(request(models.unit(models.end_device_controls())))["EDO.json"]


@pytest.fixture(scope="module")
def page_message(root: Path) -> Json:
    page = (root / "docs/design/output.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found
    message: Json = json.loads(found[1])
    return message


def test_design_sample_is_what_is_emitted(root: Path, expect: Callable[[Path, str], None]) -> None:
    folder = root / "tests/cases/emitters/openapi/end_device_controls/expected"
    one = request(models.unit(models.end_device_controls()))
    (artifact,) = OpenApiEmitter().emit(one, Report())
    assert str(artifact.path) == "EDO.json"
    assert artifact.data == openapi_data(one, "EDO")
    expect(folder / "EDO.json", artifact.text)


def test_design_page_message_is_valid(controls: Json, page_message: Json) -> None:
    assert accepts(controls, page_message, "EndDeviceControls.EndDeviceControls")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("mRID", None),
        ("mRID", ...),
        ("mRID", 7),
        ("drProgramLevel", "0"),
        ("drProgramLevel", 0.5),
        ("priceSignal", 0.1),
        ("priceSignal", "1e3"),
        ("priceSignal", "0,10"),
        ("EndDevices", {"mRID": "1"}),
        ("EndDevices", [{"isVirtual": False}]),
        ("EndDevices", [{"mRID": "1", "isVirtual": 0}]),
        ("EndDevices", [{"mRID": "1", "unknown": 0}]),
        ("primaryDeviceTiming", {"randomisation": "None"}),
        ("primaryDeviceTiming", {"duration": "15"}),
        ("EndDeviceControlType", ...),
        ("EndDeviceControlType", {}),
        ("EndDeviceControlType", "3.31.0.23"),
        ("EndDeviceControlType", [{"ref": "1"}]),
        ("unknown", 1),
    ],
)
def test_design_page_message_with_a_fault_is_refused(
    controls: Json, page_message: Json, member: str, value: Any
) -> None:
    control = dict(page_message["EndDeviceControl"][0])
    if value is ...:
        del control[member]
    else:
        control[member] = value
    assert not accepts(controls, {"EndDeviceControl": [control]}, "EndDeviceControls.EndDeviceControls")


def test_members_say_what_the_model_says(controls: Json) -> None:
    control = controls["components"]["schemas"]["EndDeviceControls.EndDeviceControl"]
    assert control["x-cim-iri"] == CIM + "EndDeviceControl"
    assert list(control["properties"]) == [
        *(
            "mRID",
            "drProgramLevel",
            "priceSignal",
            "EndDevices",
            "primaryDeviceTiming",
            "EndDeviceControlType",
        ),
    ]
    assert control["properties"]["mRID"] == {
        "type": "string",
        "description": "Master resource identifier, unique in all the exchange.",
        "x-cim-iri": CIM + "IdentifiedObject.mRID",
        "x-cim-multiplicity": "1..1",
    }
    timing = controls["components"]["schemas"]["EndDeviceControls.EndDeviceTiming"]["properties"]
    assert timing["duration"]["type"] == "number"
    assert timing["duration"]["x-cim-unit"] == "min"
    bare = [
        f"{key}.{name}"
        for key, schema in controls["components"]["schemas"].items()
        if key.startswith("EndDeviceControls.") and "x-cim-iri" in schema
        for name, part in schema.get("properties", {}).items()
        if "x-cim-iri" not in part
    ]
    assert not bare


def test_a_class_that_is_only_referred_to_has_no_schema(controls: Json) -> None:
    assert "EndDeviceControls.EndDeviceControlType" not in controls["components"]["schemas"]
    control = controls["components"]["schemas"]["EndDeviceControls.EndDeviceControl"]
    assert control["properties"]["EndDeviceControlType"]["x-cim-target"] == CIM + "EndDeviceControlType"


# --- occurrence, inheritance, values ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("many", "good", "bad"),
    [
        ("0..1", [..., 1], [[1], None, []]),
        ("1..1", [1], [..., [1]]),
        ("0..2", [..., [], [1], [1, 2]], [1, [1, 2, 3]]),
        ("2..*", [[1, 2], [1] * 9], [..., [], [1]]),
        ("1..*", [[1], [1, 2]], [..., [], 1]),
        ("0..*", [..., [], [1]], [1, None]),
        ("3..3", [[1, 2, 3]], [[1, 2], [1, 2, 3, 4]]),
        ("0..0", [...], [1, [1], []]),
    ],
)
def test_multiplicity(many: str, good: list[Any], bad: list[Any]) -> None:
    found = document(model(class_("Thing", attribute("size", "Integer", many))))
    for value in (*good, *bad):
        thing = {} if value is ... else {"size": value}
        assert accepts(found, {"Thing": [thing]}) == (value in good), value


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("String", {"type": "string"}),
        ("Boolean", {"type": "boolean"}),
        ("Integer", {"type": "integer"}),
        ("Float", {"type": "number"}),
        ("Date", {"type": "string", "format": "date"}),
        ("DateTime", {"type": "string", "format": "date-time"}),
        ("Time", {"type": "string", "format": "time"}),
        ("Duration", {"type": "string", "format": "duration"}),
        ("MonthDay", {"type": "string"}),
        ("URI", {"type": "string", "format": "uri-reference"}),
    ],
)
def test_primitives(kind: str, expected: Json) -> None:
    found = document(model(class_("Thing", attribute("value", kind))))
    value = found["components"]["schemas"]["Things.Thing"]["properties"]["value"]
    assert {k: v for k, v in value.items() if not k.startswith("x-")} == expected


@pytest.mark.parametrize(
    ("text", "good"),
    [("0.10", True), ("-7", True), (".5", True), ("1.", True), ("+3.0", True), ("1e3", False), ("", False)]
    + [(t, False) for t in ("INF", "1,5", " 1", "٣")],
)
def test_decimals_are_strings_with_every_digit(text: str, good: bool) -> None:
    found = document(model(class_("Thing", attribute("price", "Decimal"))))
    assert accepts(found, {"Thing": [{"price": text}]}) == good


def test_inherited_members_are_flattened() -> None:
    found = document(
        model(
            class_("Thing", attribute("own"), bases=["Middle"]),
            class_("Middle", attribute("middle"), bases=["Base"]),
            class_("Base", attribute("mRID", many="1..1")),
        )
    )
    schema = found["components"]["schemas"]["Things.Thing"]
    assert list(schema["properties"]) == ["mRID", "middle", "own"]
    assert schema["required"] == ["mRID"]
    assert schema["additionalProperties"] is False
    assert not accepts(found, {"Thing": [{"own": "x"}]})


def test_an_abstract_target_stands_for_its_subclasses() -> None:
    found = document(
        model(
            class_("Thing", end("Part", "Part", by="value")),
            class_("Part", attribute("name"), abstract=True),
            class_("Wheel", attribute("spokes", "Integer"), bases=["Part"]),
            class_("Disc", attribute("solid", "Boolean", "1..1"), bases=["Wheel"]),
        )
    )
    part = found["components"]["schemas"]["Things.Thing"]["properties"]["Part"]
    assert [o["$ref"].rpartition(".")[2] for o in part["anyOf"]] == ["Wheel", "Disc"]
    assert accepts(found, {"Thing": [{"Part": {"name": "a", "spokes": 4}}]})
    assert accepts(found, {"Thing": [{"Part": {"spokes": 4, "solid": True}}]})
    assert not accepts(found, {"Thing": [{"Part": {"solid": 1}}]})


def test_fixed_values_are_constants() -> None:
    found = document(
        model(
            class_(
                "Thing",
                attribute("version", default="4.0", is_fixed=True),
                attribute("count", "Integer", default="7", is_fixed=True),
                attribute("kind", "Kind", default="good", is_fixed=True),
                attribute("start", "Integer", default="7"),
            ),
            enumeration("Kind", "good", "bad"),
        )
    )
    assert accepts(found, {"Thing": [{"version": "4.0", "count": 7, "kind": "good", "start": 8}]})
    assert not accepts(found, {"Thing": [{"version": "4.1"}]})
    assert not accepts(found, {"Thing": [{"count": 8}]})
    assert not accepts(found, {"Thing": [{"kind": "bad"}]})


def test_datatypes_keep_unit_multiplier_and_denominator() -> None:
    found = document(
        model(
            class_("Thing", attribute("power", "ActivePower"), attribute("kind", "Coded")),
            datatype("ActivePower", "Float", unit="W", multiplier="M", denominator_unit="s"),
            datatype("Coded", "Kind"),
            enumeration("Kind", "a", "b"),
        )
    )
    properties = found["components"]["schemas"]["Things.Thing"]["properties"]
    assert properties["power"] == {
        "type": "number",
        "x-cim-iri": CIM + "Thing.power",
        "x-cim-datatype": "ActivePower",
        "x-cim-unit": "W",
        "x-cim-multiplier": "M",
        "x-cim-denominator-unit": "s",
        "x-cim-multiplicity": "0..1",
    }
    assert accepts(found, {"Thing": [{"kind": "a"}]})
    assert not accepts(found, {"Thing": [{"kind": "c"}]})


def test_enumerations_keep_wire_values_texts_and_iris() -> None:
    found = document(
        model(
            class_("Thing", attribute("kind", "Kind", deprecated=True)),
            enumeration("Kind", "a-b", "None", "a", "a"),
        )
    )
    kind = found["components"]["schemas"]["Things.Kind"]
    assert kind["enum"] == ["a-b", "None", "a"]
    assert kind["x-cim-literal-iris"]["None"] == CIM + "Kind.literal1"
    assert found["components"]["schemas"]["Things.Thing"]["properties"]["kind"]["deprecated"] is True


# --- extensions and families -----------------------------------------------------------------------


def test_a_variant_has_schemas_but_no_operations() -> None:
    plain = model(class_("Thing", attribute("mRID", many="1..1")))
    more = model(class_("Thing", attribute("mRID", many="1..1"), attribute("grade", extension=ACME)))
    alone = emitted(request(unit(plain)))["EDO.json"]
    both = emitted(request(unit(plain), unit(more, acme_spec())))["EDO.json"]
    assert both["paths"] == alone["paths"]
    assert both["webhooks"] == alone["webhooks"]
    grade = both["components"]["schemas"]["Things.acme.Thing"]["properties"]["grade"]
    assert grade["x-cim-namespace"] == ACME
    assert grade["xml"] == {"namespace": ACME}
    assert accepts(both, {"Thing": [{"mRID": "1", "grade": "a"}]}, "Things.acme.Things")
    assert not accepts(both, {"Thing": [{"mRID": "1", "grade": "a"}]})
    link = both["components"]["schemas"]["ThingsPayload"]["x-cim-variants"]["acme"]
    assert link.rpartition("/")[2] in both["components"]["schemas"]
    validate(both)


def test_one_key_for_two_members_is_an_error() -> None:
    """XML tells acme:grade from grade by namespace; JSON cannot."""
    report = Report()
    inherited = model(
        class_("Thing", attribute("grade", extension=ACME), bases=["Base"]),
        class_("Base", attribute("grade")),
    )
    emitted(request(unit(inherited, acme_spec())), report)
    assert [d.code for d in report.diagnostics] == ["CIM738"]


def in_profiles(class_to_mark: Class) -> Class:
    """The class as profiles EQ and SSH have it, the attributes of EQ optional there and required in SSH."""
    eq = InProfile(profile=models.ElementId("eq"), multiplicity=bounds("0..1"))
    ssh = InProfile(profile=models.ElementId("ssh"), multiplicity=bounds("1..1"), navigable=False)
    return replace(
        class_to_mark,
        attributes=tuple(
            replace(a, meta=replace(a.meta, profiles=(eq, ssh))) for a in class_to_mark.attributes
        ),
        meta=replace(class_to_mark.meta, profiles=(eq,)),
    )


def test_a_family_is_schemas_that_know_their_profiles() -> None:
    thing = in_profiles(
        class_("Thing", attribute("mRID"), end("Used", "Reference"), end("Unused", "Thing", navigable=False))
    )
    content = replace(
        model(thing, class_("Reference", attribute("name")), many="0..*"),
        profiles=tuple(
            models.Profile(id=models.ElementId(k.lower()), keyword=k, uri=f"http://x/{k}")
            for k in ("EQ", "SSH")
        ),
    )
    member = replace(unit(replace(content, profiles=content.profiles[:1]), family=True), name="EQ")
    family = replace(unit(content, family=True), name="cim100", members=(member,))
    found = emitted(request(family, groups=()))
    assert list(found) == ["cim100.json"]
    schemas = found["cim100.json"]["components"]["schemas"]
    assert found["cim100.json"]["paths"] == {}
    assert schemas["Thing"]["x-cim-profiles"] == ["EQ"]
    assert schemas["Thing"]["properties"]["mRID"]["x-cim-profiles"] == {"EQ": "0..1", "SSH": "1..1"}
    assert list(schemas["Thing"]["properties"]) == ["mRID", "Used"]
    # A class may be called Reference; the schema of references then makes way.
    assert list(schemas["Reference"]["properties"]) == ["name"]
    assert accepts(found["cim100.json"], {"Thing": [{"Used": {"ref": "#_1"}}]}, "EQ.Dataset")
    assert not accepts(found["cim100.json"], {"Thing": [{"Used": {"name": "x"}}]}, "EQ.Dataset")
    validate(found["cim100.json"])


# --- hostile input ---------------------------------------------------------------------------------

NASTY = [
    *(
        "class",
        "None",
        "$ref",
        "__proto__",
        "a-b",
        "a/b",
        "a~1b",
        "a b",
        "1st",
        "",
        "../../x",
        "ﬁeld",
        "日本",
    ),
    *("x" * 300, '"},{"', "a\nb", "{b}c", "{{ 7*7 }}", "\u202ea", "\U0001f600", "*/ alert(1) /*"),
]


def test_names_of_any_kind_give_a_legal_document() -> None:
    found = document(
        model(
            class_("Thing", *(attribute(n) for n in NASTY), end("All", "Part", "0..*", by="value")),
            class_("Part", *(attribute(f"k{i}", f"{n}Kind{i}") for i, n in enumerate(NASTY))),
            *(enumeration(f"{n}Kind{i}", n or "empty") for i, n in enumerate(NASTY)),
        )
    )
    validate(found)
    enums = [s["enum"] for s in found["components"]["schemas"].values() if s.get("enum") and "x-cim-iri" in s]
    assert sorted(enums) == sorted([n or "empty"] for n in NASTY)
    assert len(found["components"]["schemas"]["Things.Thing"]["properties"]) == len(NASTY) + 1


@pytest.mark.parametrize("text", [*NASTY, "\x00\x1b[0m", "line\r\n\tend", "</script>", "\ufeff"])
def test_texts_survive(text: str) -> None:
    found = document(
        model(class_("Thing", attribute("mRID", doc=text), doc=text), compound("C", attribute("x", doc=text)))
    )
    schema = found["components"]["schemas"]["Things.Thing"]
    assert schema.get("description", "") == text
    assert schema["properties"]["mRID"].get("description", "") == text


def test_a_lone_surrogate_does_not_stop_the_build() -> None:
    found = document(model(class_("Thing", attribute("mRID", doc="a\ud800b"))))
    schema = found["components"]["schemas"]["Things.Thing"]
    assert schema["properties"]["mRID"]["description"] == "a\ufffdb"


def test_large_models_do_not_recurse() -> None:
    ring = [class_(f"C{i}", end("Next", f"C{(i + 1) % 2000}", "0..1", by="value")) for i in range(2000)]
    assert len(document(model(*ring))["components"]["schemas"]) > 2000
    chain = [class_(f"C{i}", end("Next", f"C{i + 1}", "1..1", by="value")) for i in range(2000)]
    deep = document(model(*chain, class_("C2000", attribute("x"))))
    assert "examples" not in deep["paths"]["/Things"]["post"]["requestBody"]["content"]["application/json"]
    wide = [class_(f"C{i}", *(end(n, f"C{i + 1}", "2..*", by="value") for n in "abcd")) for i in range(25)]
    assert document(model(*wide, class_("C25", attribute("x"))))


def test_content_without_end_is_told() -> None:
    report = Report()
    plan = class_("Plan", end("Steps", "Step", "1..*", by="value"))
    found = document(model(plan, class_("Step", end("Plan", "Plan", "1..1", by="value"))), report)
    assert [(d.code, dict(d.facts)) for d in report.diagnostics] == [
        ("CIM735", {"name": "Plan", "path": "Plan > Step > Plan"})
    ]
    validate(found)
