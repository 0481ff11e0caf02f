"""What a selection can say, in every output: valid messages pass all, invalid ones none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import black
import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.openapi import OpenApiEmitter
from cimforge.emitters.protocol import Request
from cimforge.emitters.python import PythonEmitter
from cimforge.emitters.xsd import XsdEmitter
from cimforge.irm import groups
from cimforge.readers.inputs import collect
from cimforge.readers.selection import read_selections
from cimforge.units import name_units, profile_units
from jsonschema import Draft202012Validator
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser

from tests.emitters.python.emitting import imported, write
from tests.passes.test_link_cases import linked

CASES = Path(__file__).parent.parent / "cases"
CASE = CASES / "emitters" / "selected"
NS = "http://cimforge.example/2026/Assets#"
XS = {"xs": "http://www.w3.org/2001/XMLSchema"}


@pytest.fixture(scope="module")
def asked() -> Request:
    report = Report()
    model = linked([CASES / "passes" / "select" / "model.ttl"], report)
    specs = read_selections(collect([str(CASE / "Assets.toml")], report), report)
    units = name_units(profile_units(model, specs, {}, report), report)
    assert [d.message for d in report.diagnostics] == []
    group = tuple(g for g in groups() if g.code == "AM")
    return Request(name="irm", version="1", units=units, groups=group, options={}, header="Header.")


def files(emitter: Any, asked: Request) -> dict[str, str]:
    report = Report()
    found = {str(a.path): a.text for a in emitter.emit(asked, report)}
    assert [d.message for d in report.diagnostics] == []
    return found


@pytest.fixture(scope="module")
def schema(asked: Request) -> etree._Element:
    return etree.fromstring(files(XsdEmitter(), asked)["AM/Assets.xsd"].encode())


@pytest.fixture(scope="module")
def folder(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("selected"), files(PythonEmitter(), asked))


@pytest.fixture(scope="module")
def package(folder: Path) -> Iterator[tuple[Any, Any]]:
    with imported(folder, "irm._runtime", "irm.am.assets") as (runtime, module):
        yield runtime, module


@pytest.fixture(scope="module")
def validator(asked: Request) -> Draft202012Validator:
    document = json.loads(files(OpenApiEmitter(), asked)["AM.json"])
    assert not any("AssetName" in key or "Spot" in key for key in document["components"]["schemas"])
    return Draft202012Validator(
        {"$ref": "#/components/schemas/Assets.Assets", "components": document["components"]}
    )


def asset(before: str = "", mrid: str = "00af", after: str = "") -> str:
    return f"<Asset>{before}<mRID>{mrid}</mRID>{after}</Asset>"


def meter(*content: str) -> str:
    return f"<Meter>{''.join(content)}</Meter>"


METER = meter("<form>abc</form>", '<Site ref="s1"/>')

VALID = {
    "nothing": "",
    "facets-at-their-bounds": asset(
        "<count>1</count>",
        after="<aV>1000</aV><formerKind>b</formerKind><kind>a</kind><name>tower</name>",
    ),
    "fewest": asset("<count>99</count>", after="<aV>0.5</aV>"),
    "inline-compound": asset(after="<status><value>new</value></status>"),
    "one-alternative": asset(after="<Spot><depth>1.5</depth></Spot>"),
    "the-other": asset(after="<Site><AssetName><name>any name</name></AssetName></Site>"),
    "several-of-a-choice": asset(
        after="<Site><gate>north</gate><AssetName><name>x</name></AssetName>"
        f"<AssetName><name>y</name></AssetName>{METER}</Site>"
    ),
    "reference-by-alternative": METER,
    "reference-by-the-other": meter("<form>abc</form>", '<Location ref="l1" referenceType="mRID"/>'),
}
INVALID = {
    "length": asset(mrid="00a"),
    "pattern": asset(mrid="00AF"),
    "both-patterns-1": meter("<form>abcd</form>", '<Site ref="s1"/>'),
    "both-patterns-2": meter("<form>ab1</form>", '<Site ref="s1"/>'),
    "allowed": asset(after="<name>wire</name>"),
    "min-inclusive": asset("<count>0</count>"),
    "total-digits": asset("<count>100</count>"),
    "min-exclusive": asset(after="<aV>0</aV>"),
    "max-inclusive": asset(after="<aV>1000.5</aV>"),
    "not-in-the-subset": asset(after="<kind>b</kind>"),
    "inline-compound-member": asset(after="<status/>"),
    "not-in-the-compound": asset(after="<status><remark>x</remark></status>"),
    "two-alternatives": asset(after="<Site>" f"{METER}</Site><Spot><depth>1</depth></Spot>"),
    "twice-the-same": asset(after="<Spot><depth>1</depth></Spot><Spot><depth>1</depth></Spot>"),
    "role-in-place-of-alternative": asset(after="<Location><depth>1</depth></Location>"),
    "inline-class-member": asset(after="<Spot/>"),
    "none-of-a-required-choice": asset(after="<Site><gate>north</gate></Site>"),
    "no-reference": meter("<form>abc</form>"),
    "two-references": meter("<form>abc</form>", '<Site ref="s1"/>', '<Location ref="l1"/>'),
    "member-of-the-other-table": asset(
        after="<Site><AssetName><name>x</name><mRID>00af</mRID></AssetName></Site>"
    ),
}


def document(content: str) -> bytes:
    return f'<Assets xmlns="{NS}">{content}</Assets>'.encode()


@pytest.mark.parametrize("case", VALID)
def test_valid(case: str, schema: Any, package: Any, validator: Draft202012Validator) -> None:
    runtime, module = package
    text = document(VALID[case])
    xsd = etree.XMLSchema(schema)
    xsd.assertValid(etree.fromstring(text))
    message = runtime.from_xml(module.Assets, text)
    written = runtime.to_xml(message)
    xsd.assertValid(etree.fromstring(written))
    assert runtime.from_xml(module.Assets, written) == message
    as_json = runtime.to_json(message)
    validator.validate(json.loads(as_json))
    assert runtime.from_json(module.Assets, as_json) == message
    assert XmlParser().from_bytes(text, module.Assets) == message


@pytest.mark.parametrize("case", INVALID)
def test_invalid(case: str, schema: Any, package: Any, validator: Draft202012Validator) -> None:
    runtime, module = package
    text = document(INVALID[case])
    assert not etree.XMLSchema(schema).validate(etree.fromstring(text))
    with pytest.raises(runtime.InvalidMessage):
        runtime.from_xml(module.Assets, text)
    try:
        message = XmlParser().from_bytes(text, module.Assets)
    except Exception:  # xsdata raises whatever its converters do
        return  # what xsdata does not read as an object of these classes, it cannot write either
    with pytest.raises(runtime.InvalidMessage):
        runtime.to_xml(message)
    with pytest.raises(runtime.InvalidMessage):
        runtime.to_json(message)


JSON_INVALID: dict[str, Any] = {
    "length": {"Asset": [{"mRID": "00a"}]},
    "pattern": {"Asset": [{"mRID": "00AF"}]},
    "second-pattern": {"Meter": [{"form": "ab", "Site": {"ref": "s"}}]},
    "allowed": {"Asset": [{"mRID": "00af", "name": "wire"}]},
    "min-inclusive": {"Asset": [{"mRID": "00af", "count": 0}]},
    "max-exclusive": {"Asset": [{"mRID": "00af", "count": 1000}]},
    "min-exclusive": {"Asset": [{"mRID": "00af", "aV": 0}]},
    "max-inclusive": {"Asset": [{"mRID": "00af", "aV": 1000.5}]},
    "subset": {"Asset": [{"mRID": "00af", "kind": "b"}]},
    "two-alternatives": {
        "Asset": [
            {"mRID": "00af", "Spot": {"depth": 1}, "Site": {"Meter": [{"form": "abc", "Site": {"ref": "s"}}]}}
        ]
    },
    "none-of-a-required-choice": {"Asset": [{"mRID": "00af", "Site": {}}]},
    "no-reference": {"Meter": [{"form": "abc"}]},
    "two-references": {"Meter": [{"form": "abc", "Site": {"ref": "s"}, "Location": {"ref": "l"}}]},
    "compound": {"Asset": [{"mRID": "00af", "status": {}}]},
}


@pytest.mark.parametrize("case", JSON_INVALID)
def test_invalid_json(case: str, package: Any, validator: Draft202012Validator) -> None:
    runtime, module = package
    assert not validator.is_valid(JSON_INVALID[case])
    with pytest.raises(runtime.InvalidMessage):
        runtime.from_json(module.Assets, json.dumps(JSON_INVALID[case]))


def test_the_sample_is_valid(
    asked: Request, package: Any, validator: Draft202012Validator, schema: Any
) -> None:
    runtime, module = package
    document = json.loads(files(OpenApiEmitter(), asked)["AM.json"])
    body = document["paths"]["/Assets"]["post"]["requestBody"]["content"]["application/json"]
    sample = body["examples"]["sample"]["value"]["Payload"]["Assets"]
    assert {"count", "mRID", "aV", "kind", "name", "Spot", "status"} < sample["Asset"][0].keys()
    validator.validate(sample)
    message = runtime.from_json(module.Assets, json.dumps(sample))
    etree.XMLSchema(schema).assertValid(etree.fromstring(runtime.to_xml(message)))


def test_a_message_names_what_is_wrong(package: Any) -> None:
    runtime, module = package
    for case, reason in (
        ("allowed", "Assets/Asset[1]/name (line 1): 'wire' breaks allowed ['pole', 'tower', 'mast']"),
        (
            "two-references",
            "Assets/Meter[1] (line 1): 2 of Site, Location stand for Location, at most 1 allowed",
        ),
    ):
        with pytest.raises(runtime.InvalidMessage) as raised:
            runtime.from_xml(module.Assets, document(INVALID[case]))
        assert str(raised.value) == reason


def test_the_schema_has_the_published_form(schema: Any) -> None:
    named = schema.xpath("xs:complexType/@name | xs:simpleType/@name", namespaces=XS)
    assert named == ["Assets", "Asset", "Location", "Meter", "Site", "Voltage", "AnyKind"]
    (choice,) = schema.xpath("xs:complexType[@name='Asset']//xs:choice", namespaces=XS)
    reference = "{http://www.w3.org/ns/sawsdl}modelReference"
    assert dict(choice.attrib) == {"minOccurs": "0", reference: "http://example.org/cim#Asset.Location"}
    assert [(e.get("name"), e.get("type"), e.get(reference)) for e in choice] == [
        ("Site", "m:Site", "http://example.org/cim#Site"),
        ("Spot", None, "http://example.org/cim#Spot"),
    ]
    site, location = schema.xpath("xs:complexType[@name='Meter']//xs:choice/xs:element", namespaces=XS)
    assert (
        site[0].get(reference) == "http://example.org/cim#Site"
    ), "the type of a reference says what is meant"
    assert [a.get("name") for a in location[0]] == ["ref", "referenceType"]
    first = schema.xpath("xs:complexType[@name='Asset']/xs:sequence/*[1]/@name", namespaces=XS)
    assert first == ["count"], "its place is stated"
    doc = schema.xpath("string(xs:complexType[@name='Asset']/xs:annotation/xs:documentation)", namespaces=XS)
    assert doc == "As this profile has it."


def test_the_classes_are_strict_and_black(folder: Path) -> None:
    text = (folder / "irm" / "am" / "assets.py").read_text("utf-8")
    assert black.format_str(text, mode=black.Mode()) == text
    for name in ("_tables", "_texts", "_xml", "_json"):
        runtime = (folder / "irm" / f"{name}.py").read_text("utf-8")
        assert black.format_str(runtime, mode=black.Mode()) == runtime
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / ".mypy"), "irm"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
