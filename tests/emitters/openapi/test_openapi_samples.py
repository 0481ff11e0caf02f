"""Operations, webhooks, errors and samples: every sample is valid as JSON and as XML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.openapi import OpenApiEmitter
from cimforge.emitters.protocol import Unit
from cimforge.emitters.xsd import XsdEmitter
from cimforge.ir.model import Model
from cimforge.ir.value import replace
from cimforge.irm.errors import ERROR_TEXT_BY_CODE
from jsonschema import Draft202012Validator
from lxml import etree
from openapi_spec_validator import validate

from tests import models
from tests.small_models import (
    NS,
    attribute,
    class_,
    compound,
    datatype,
    end,
    enumeration,
    model,
    request,
    spec,
    unit,
)

Json = dict[str, Any]
MESSAGE = "http://iec.ch/TC57/2011/schema/message"


def varied() -> Model:
    """Every primitive, every multiplicity, values, references, subclasses, compounds, a circle."""
    kinds = [p.name for p in models.PRIMITIVES.values()]
    return model(
        class_(
            "Thing",
            *(attribute(f"one{k}", k, "1..1") for k in kinds),
            *(attribute(f"many{k}", k, "2..3") for k in kinds),
            attribute("kind", "Kind", "1..1"),
            attribute("level", "Level", "0..1"),
            attribute("fixed", "Integer", default="7", is_fixed=True),
            attribute("place", "Place", "1..2"),
            end("Owner", "Other", "1..*"),
            end("Part", "Part", "1..1", by="value"),
            end("Parts", "Part", "0..*", by="value"),
            end("Again", "Thing", "0..1", by="value"),
            bases=["Base"],
        ),
        class_("Base", attribute("mRID", many="1..1")),
        class_("Other", attribute("mRID")),
        class_("Part", attribute("name"), abstract=True),
        class_("Wheel", attribute("spokes", "Integer", "1..1"), bases=["Part"]),
        compound("Place", attribute("room"), attribute("zone", "Zone")),
        compound("Zone", attribute("text", many="1..1")),
        enumeration("Kind", "a & b", "<c>"),
        datatype("Level", "Decimal", unit="V"),
    )


UNITS = {
    "controls": models.unit(models.end_device_controls()),
    "varied": unit(varied()),
}


def documents(one: Unit) -> tuple[Json, etree.XMLSchema]:
    report = Report()
    (openapi,) = OpenApiEmitter().emit(request(one), report)
    (xsd,) = XsdEmitter().emit(request(one), report)
    assert not report.diagnostics
    return json.loads(openapi.text), etree.XMLSchema(etree.fromstring(xsd.text.encode()))


def contents(document: Json) -> Iterator[tuple[str, Json]]:
    """Every ``content`` of the document, with what it belongs to."""
    items = {**document["paths"], **document.get("webhooks", {})}
    for path, item in items.items():
        for method, operation in item.items():
            yield f"{method} {path}", operation["requestBody"]["content"]
            for status, response in operation["responses"].items():
                if "content" in response:
                    yield f"{method} {path} {status}", response["content"]
    for name, response in document["components"]["responses"].items():
        yield name, response["content"]


@pytest.mark.parametrize("name", UNITS)
def test_every_json_sample_is_valid(name: str) -> None:
    document, _ = documents(UNITS[name])
    count = 0
    for where, content in contents(document):
        schema = {**content["application/json"]["schema"], "components": document["components"]}
        for sample in content["application/json"]["examples"].values():
            errors = [e.message for e in Draft202012Validator(schema).iter_errors(sample["value"])]
            assert not errors, (where, errors)
            count += 1
    # A request and a reply for each operation, the same for each event, and every error response.
    operations = sum(len(item) for item in document["paths"].values()) + len(document["webhooks"])
    assert count == 2 * operations + len(document["components"]["responses"])


@pytest.mark.parametrize("name", UNITS)
def test_every_xml_sample_is_valid(name: str, corpus: Path) -> None:
    """The envelope by a published message schema of edition 1, the payload by our own."""
    document, schema = documents(UNITS[name])
    envelope = etree.XMLSchema(etree.parse(str(corpus / "golden/es-cim/Part100_XSDs/Message.xsd")))
    payloads = 0
    for where, content in contents(document):
        for sample in content["application/xml"]["examples"].values():
            root = etree.fromstring(sample["value"])
            assert envelope.validate(root), (where, envelope.error_log)
            for payload in root.iterfind(f".//{{{MESSAGE}}}Payload//*"):
                if payload.getparent().tag.startswith(f"{{{MESSAGE}}}") and MESSAGE not in payload.tag:
                    assert schema.validate(etree.ElementTree(payload)), (where, schema.error_log)
                    payloads += 1
    assert payloads > 5


def test_json_and_xml_samples_say_the_same() -> None:
    document, _ = documents(UNITS["varied"])
    content = document["paths"]["/Things"]["post"]["requestBody"]["content"]
    thing = content["application/json"]["examples"]["sample"]["value"]["Payload"]["Things"]["Thing"][0]
    root = etree.fromstring(content["application/xml"]["examples"]["sample"]["value"])
    element = root.find(f".//{{{NS}}}Thing")
    assert element is not None
    names = [etree.QName(child).localname for child in element]
    assert list(dict.fromkeys(names)) == list(thing)
    assert {n: names.count(n) for n in thing} == {
        n: len(v) if isinstance(v, list) else 1 for n, v in thing.items()
    }
    assert element.findtext(f"{{{NS}}}kind") == thing["kind"] == "a & b"
    assert element.findtext(f"{{{NS}}}fixed") == "7"


def test_verbs_become_operations() -> None:
    document, _ = documents(UNITS["varied"])
    found = {
        (method, path): (operation["operationId"], operation["x-cim-verb"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    assert found == {
        ("post", "/Things"): ("createThings", "create"),
        ("put", "/Things"): ("changeThings", "change"),
        ("post", "/Things/delete"): ("deleteThings", "delete"),
        ("post", "/Things/query"): ("getThings", "get"),
        ("post", "/Things/cancel"): ("cancelThings", "cancel"),
        ("post", "/Things/close"): ("closeThings", "close"),
        ("post", "/Things/execute"): ("executeThings", "execute"),
    }
    assert list(document["webhooks"]) == [
        *(
            "createdThings",
            "changedThings",
            "canceledThings",
            "closedThings",
            "deletedThings",
            "executedThings",
        )
    ]


def test_only_the_verbs_of_the_service_are_offered() -> None:
    service = replace(spec().service, requests=("get",), events=())  # type: ignore[type-var]  # it has one
    one = unit(model(class_("Thing", attribute("mRID"))), spec(service=service))
    document = json.loads(next(iter(OpenApiEmitter().emit(request(one), Report()))).text)
    assert list(document["paths"]) == ["/Things/query"]
    assert "webhooks" not in document
    assert "ThingsRequestMessage" not in document["components"]["schemas"]
    validate(document)


def test_error_responses_carry_known_codes() -> None:
    document, _ = documents(UNITS["controls"])
    responses = document["components"]["responses"]
    codes = {code: text for r in responses.values() for code, text in r["x-cim-error-codes"].items()}
    assert set(codes) <= set(ERROR_TEXT_BY_CODE)
    for response in responses.values():
        sample = response["content"]["application/json"]["examples"]["sample"]["value"]
        assert sample["Reply"]["Result"] == "FAILED"
        assert sample["Reply"]["Error"][0]["code"] in response["x-cim-error-codes"]
    for item in document["paths"].values():
        for operation in item.values():
            assert {"200", "400", "401", "403", "404", "422", "501"} <= set(operation["responses"])
    security = {
        name: {c for c in responses[name]["x-cim-error-codes"] if c.startswith("7.")}
        for name in ("Unauthorized", "Forbidden")
    }
    assert security == {"Unauthorized": {"7.1", "7.2", "7.4"}, "Forbidden": {"7.3", "7.5", "7.6", "7.7"}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Payload": ...}, "Payload"),
        ({"Header": ...}, "Header"),
        ({"Header": {"Verb": "create"}}, "Noun"),
        ({"Header": {"Verb": "make", "Noun": "Things"}}, "make"),
        ({"Payload": {}}, "non-empty"),
        ({"Payload": {"Thing": []}}, "Thing"),
        ({"Reply": {"Result": "OK"}}, "Reply"),
        ({"Request": {"Option": [{"value": "x"}]}}, "name"),
        ({"Request": {"ID": [{"value": "x", "kind": "guid"}]}}, "guid"),
    ],
)
def test_a_wrong_request_is_refused(change: Json, message: str) -> None:
    document, _ = documents(UNITS["varied"])
    content = document["paths"]["/Things"]["post"]["requestBody"]["content"]["application/json"]
    value = {**content["examples"]["sample"]["value"], **change}
    value = {k: v for k, v in value.items() if v is not ...}
    schema = {**content["schema"], "components": document["components"]}
    errors = [e.message for e in Draft202012Validator(schema).iter_errors(value)]
    assert len(errors) == 1
    assert message in errors[0]


def test_foreign_elements_of_the_header_have_a_prefix() -> None:
    document, _ = documents(UNITS["controls"])
    schema = {"$ref": "#/components/schemas/Header", "components": document["components"]}
    header = {"Verb": "get", "Noun": "EndDeviceControls"}
    assert Draft202012Validator(schema).is_valid({**header, "acme:Trace": {"any": [1]}})
    assert not Draft202012Validator(schema).is_valid({**header, "Trace": "1"})


def test_nothing_claims_to_be_the_standard() -> None:
    document, _ = documents(UNITS["controls"])
    info = document["info"]
    assert info["title"] == "EDO End Device Operation (project interface)"
    assert "not profiles of the IEC" in info["description"]
    assert info["x-irm-group"]["clause"] == "4.3.5"
    assert info["x-irm-group"]["profiles"] == [
        {
            "noun": "EndDeviceControls",
            "namespace": models.NAMESPACE,
            "version": "1.0",
            "authority": "project",
            "confidence": "inferred",
            "alignsWith": "IEC 61968-9",
        }
    ]


def test_two_nouns_of_one_name_are_an_error() -> None:
    report = Report()
    one = UNITS["controls"]
    list(OpenApiEmitter().emit(request(one, one), report))
    assert {d.code for d in report.diagnostics} == {"CIM738"}


@pytest.mark.parametrize("name", UNITS)
def test_openapi_spec_validator_accepts(name: str) -> None:
    document, _ = documents(UNITS[name])
    validate(document)
