"""Schemas of hand-made models: what they say, that two processors read them, what they accept and refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xmlschema
from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Request
from cimforge.emitters.xsd import XsdEmitter
from cimforge.ir.model import Class, Compound, Datatype, Enumeration, Model
from cimforge.ir.value import replace
from lxml import etree

from tests import models
from tests.small_models import (
    ACME,
    NS,
    acme_spec,
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

XS = {"xs": "http://www.w3.org/2001/XMLSchema"}


def emitted(request_: Request, report: Report | None = None) -> dict[str, str]:
    """Text of every schema by path; each diagnostic must be expected where ``report`` is not given."""
    mine = report or Report()
    found = {str(a.path): a.text for a in XsdEmitter().emit(request_, mine)}
    if report is None:
        assert not mine.diagnostics
    return found


def tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


class Processors:
    """lxml and xmlschema on the same schema files; both must agree on every document."""

    def __init__(self, files: dict[str, str], main: str, folder: Path) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.lxml = etree.XMLSchema(etree.parse(str(folder / main)))
        self.xmlschema = xmlschema.XMLSchema(str(folder / main))

    def accepts(self, document: str) -> bool:
        first = self.lxml.validate(etree.fromstring(document))
        second = self.xmlschema.is_valid(document)
        assert first == second, f"lxml says {first}, xmlschema says {second}: {document}"
        return first


def processors(model_: Model, folder: Path, report: Report | None = None) -> Processors:
    return Processors(emitted(request(unit(model_)), report), "EDO/Things.xsd", folder)


def things(content: str, root: str = "Thing") -> str:
    return f'<Things xmlns="{NS}"><{root}>{content}</{root}></Things>'


# --- the sample of the design page -----------------------------------------------------------------


@pytest.fixture(scope="module")
def controls() -> dict[str, str]:
    return emitted(request(models.unit(models.end_device_controls())))


def test_design_sample_is_what_is_emitted(
    controls: dict[str, str], root: Path, expect: Callable[[Path, str], None]
) -> None:
    folder = root / "tests/cases/emitters/xsd/end_device_controls/expected"
    assert list(controls) == ["EDO/EndDeviceControls.xsd"]
    expect(folder / "EDO/EndDeviceControls.xsd", controls["EDO/EndDeviceControls.xsd"])


def test_design_page_message_is_valid(controls: dict[str, str], root: Path, tmp_path: Path) -> None:
    page = (root / "docs/design/output.md").read_text(encoding="utf-8")
    message = re.search(r"```xml\n(<EndDeviceControls .*?)```", page, re.DOTALL)
    assert message
    both = Processors(controls, "EDO/EndDeviceControls.xsd", tmp_path)
    assert both.accepts(message[1])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<mRID>6f7c…</mRID>", ""),
        ("<drProgramLevel>0</drProgramLevel>", "<drProgramLevel>zero</drProgramLevel>"),
        ("<drProgramLevel>0</drProgramLevel>", "<drProgramLevel/>"),
        ("<isVirtual>false</isVirtual>", "<isVirtual>False</isVirtual>"),
        ("<randomisation>none</randomisation>", "<randomisation>None</randomisation>"),
        ("<duration>15.0</duration>", "<duration>quarter</duration>"),
        ('ref="3.31.0.23"', ""),
        ('ref="3.31.0.23"', 'ref="1" href="2"'),
        ('ref="3.31.0.23"/>', 'ref="3.31.0.23">text</EndDeviceControlType>'),
        ('<EndDeviceControlType ref="3.31.0.23"/>', '<EndDeviceControlType ref="1"/>' * 2),
        ("<drProgramLevel>0</drProgramLevel>", "<drProgramLevel>0</drProgramLevel><unknown/>"),
        ("2026/EndDeviceControls#", "2025/EndDeviceControls#"),
    ],
)
def test_design_page_message_with_a_fault_is_refused(
    controls: dict[str, str], root: Path, tmp_path: Path, old: str, new: str
) -> None:
    page = (root / "docs/design/output.md").read_text(encoding="utf-8")
    message = re.search(r"```xml\n(<EndDeviceControls .*?)```", page, re.DOTALL)
    assert message
    assert old in message[1]
    both = Processors(controls, "EDO/EndDeviceControls.xsd", tmp_path)
    assert not both.accepts(message[1].replace(old, new))


def test_every_item_names_what_it_comes_from(controls: dict[str, str]) -> None:
    root = tree(controls["EDO/EndDeviceControls.xsd"])
    key = "{http://www.w3.org/ns/sawsdl}modelReference"
    bare = [
        (e.tag.rpartition("}")[2], e.get("name") or e.get("value"))
        for e in root.iter("{*}complexType", "{*}simpleType", "{*}element", "{*}enumeration")
        if key not in e.attrib
    ]
    # What no model element stands behind: the envelope, its type and root.
    assert bare == [
        ("element", "EndDeviceControls"),
        ("complexType", "EndDeviceControls"),
        ("element", "EndDeviceControl"),
    ]
    types = root.xpath("//xs:element[@name='EndDeviceControlType']/xs:complexType", namespaces=XS)
    assert [t.get(key) for t in types] == ["http://iec.ch/TC57/CIM100#EndDeviceControlType"]
    assert root.xpath("string(//xs:enumeration[@value='start']/@*[2])", namespaces=XS) == (
        "http://iec.ch/TC57/CIM100#RandomisedKind.start"
    )


# --- occurrence, inheritance, values ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("many", "attributes", "allowed", "refused"),
    [
        ("0..1", {"minOccurs": "0"}, [0, 1], [2]),
        ("1..1", {}, [1], [0, 2]),
        ("0..2", {"minOccurs": "0", "maxOccurs": "2"}, [0, 1, 2], [3]),
        ("2..*", {"minOccurs": "2", "maxOccurs": "unbounded"}, [2, 3, 9], [0, 1]),
        ("1..*", {"maxOccurs": "unbounded"}, [1, 5], [0]),
        ("0..*", {"minOccurs": "0", "maxOccurs": "unbounded"}, [0, 7], []),
        ("3..3", {"minOccurs": "3", "maxOccurs": "3"}, [3], [2, 4]),
    ],
)
def test_multiplicity(
    many: str, attributes: dict[str, str], allowed: list[int], refused: list[int], tmp_path: Path
) -> None:
    both = processors(model(class_("Thing", attribute("size", "Integer", many))), tmp_path)
    element = tree((tmp_path / "EDO/Things.xsd").read_text()).find(".//{*}element[@name='size']")
    assert element is not None
    assert {k: v for k, v in element.attrib.items() if k.endswith("Occurs")} == attributes
    assert all(both.accepts(things("<size>1</size>" * n)) for n in allowed)
    assert not any(both.accepts(things("<size>1</size>" * n)) for n in refused)


def test_a_member_that_never_occurs_is_left_out(tmp_path: Path) -> None:
    """libxml2 takes a sequence of nothing but maxOccurs="0" for one that allows everything."""
    both = processors(model(class_("Thing", attribute("size", many="0..0"))), tmp_path)
    assert both.accepts(things(""))
    assert not both.accepts(things("<size>1</size>"))


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("String", "any <text>".replace("<", "&lt;"), None),
        ("Boolean", "true", "yes"),
        ("Integer", "-12", "1.0"),
        ("Float", "-1.5e3", "1,5"),
        ("Decimal", "0.10", "1e3"),
        ("Date", "2024-02-29", "29.02.2024"),
        ("DateTime", "2024-02-29T10:00:00Z", "2024-02-29"),
        ("Time", "10:00:00", "10h"),
        ("Duration", "PT15M", "15 min"),
        ("MonthDay", "--02-29", "02-29"),
        ("URI", "http://example.org/#a", None),
    ],
)
def test_primitives(kind: str, good: str, bad: str | None, tmp_path: Path) -> None:
    both = processors(model(class_("Thing", attribute("value", kind, "1..1"))), tmp_path)
    assert both.accepts(things(f"<value>{good}</value>"))
    if bad is not None:
        assert not both.accepts(things(f"<value>{bad}</value>"))


def test_inheritance_is_extension_and_order_is_inherited_first(tmp_path: Path) -> None:
    both = processors(
        model(
            class_("Thing", attribute("zeta"), attribute("alpha"), bases=["Base"]),
            class_("Base", attribute("mRID", many="1..1"), abstract=True),
        ),
        tmp_path,
    )
    assert both.accepts(things("<mRID>1</mRID><zeta>z</zeta><alpha>a</alpha>"))
    assert not both.accepts(things("<mRID>1</mRID><alpha>a</alpha><zeta>z</zeta>"))
    assert not both.accepts(things("<zeta>z</zeta><mRID>1</mRID>"))
    base = tree((tmp_path / "EDO/Things.xsd").read_text()).find("{*}complexType[@name='Base']")
    assert base is not None
    assert base.get("abstract") == "true"


def test_an_abstract_target_stands_for_its_subclasses(tmp_path: Path) -> None:
    both = processors(
        model(
            class_("Thing", end("Part", "Part", by="value")),
            class_("Part", attribute("name"), abstract=True),
            class_("Wheel", attribute("spokes", "Integer"), bases=["Part"]),
        ),
        tmp_path,
    )
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    wheel = f'<Part {xsi} xmlns:t="{NS}" xsi:type="t:Wheel"><name>a</name><spokes>5</spokes></Part>'
    assert both.accepts(things(wheel))
    assert not both.accepts(things("<Part><name>a</name></Part>"))


def test_an_abstract_target_without_subclasses_is_used_as_it_is(tmp_path: Path) -> None:
    both = processors(
        model(
            class_("Thing", end("Part", "Part", by="value")), class_("Part", attribute("name"), abstract=True)
        ),
        tmp_path,
    )
    assert both.accepts(things("<Part><name>a</name></Part>"))


def test_redefinition_in_a_subclass_is_flattened_and_told(tmp_path: Path) -> None:
    """cos-element-consistent: lxml overlooks it, so xmlschema's verdict is what counts."""
    report = Report()
    both = processors(
        model(
            class_("Thing", attribute("size", "Integer"), attribute("own"), bases=["Middle"]),
            class_("Middle", attribute("colour"), bases=["Base"]),
            class_("Base", attribute("mRID", many="1..1"), attribute("size", "String")),
        ),
        tmp_path,
        report,
    )
    assert [(d.code, dict(d.facts)) for d in report.diagnostics] == [
        ("CIM731", {"name": "Thing", "member": "size", "ancestor": "Base"})
    ]
    assert both.accepts(things("<mRID>1</mRID><size>4</size><colour>red</colour><own>x</own>"))
    assert not both.accepts(things("<mRID>1</mRID><size>big</size>"))


def test_two_superclasses_keep_every_member_once(tmp_path: Path) -> None:
    report = Report()
    both = processors(
        model(
            class_("Thing", attribute("own"), bases=["Left", "Right"]),
            class_("Left", attribute("left"), bases=["Top"]),
            class_("Right", attribute("right"), bases=["Top"]),
            class_("Top", attribute("mRID", many="1..1")),
        ),
        tmp_path,
        report,
    )
    assert [d.code for d in report.diagnostics] == ["CIM732"]
    assert report.diagnostics[0].message == (
        "Thing has several superclasses: schemas keep Left, the members of Right are folded into Thing"
    )
    assert both.accepts(things("<mRID>1</mRID><left>l</left><right>r</right><own>o</own>"))
    assert not both.accepts(things("<mRID>1</mRID><left>l</left><mRID>1</mRID>"))


def test_compound_datatype_enumeration(tmp_path: Path) -> None:
    both = processors(
        model(
            class_("Thing", attribute("address", "Address"), attribute("voltage", "Voltage")),
            compound("Address", attribute("town"), attribute("kind", "Kind", "0..2")),
            datatype("Voltage", "Float", unit="V"),
            datatype("CodedKind", "Kind"),
            enumeration("Kind", "a-b", "a b", "a", "a", "ä", '"', "<&>"),
        ),
        tmp_path,
    )
    assert both.accepts(things("<address><town>x</town><kind>a b</kind></address><voltage>1.5</voltage>"))
    assert both.accepts(things("<address><kind>&lt;&amp;></kind><kind>ä</kind></address>"))
    assert not both.accepts(things("<address><kind>b</kind></address>"))
    assert not both.accepts(things("<voltage>high</voltage>"))


def test_fixed_values(tmp_path: Path) -> None:
    report = Report()
    both = processors(
        model(
            class_(
                "Thing",
                attribute("version", default="4.0", is_fixed=True),
                attribute("kind", "Kind", default="good", is_fixed=True),
                attribute("level", "Integer", default="high", is_fixed=True),
                attribute("other", "Kind", default="worse", is_fixed=True),
                attribute("start", "Integer", default="7"),
            ),
            enumeration("Kind", "good", "bad"),
        ),
        tmp_path,
        report,
    )
    assert [(d.code, dict(d.facts)["name"]) for d in report.diagnostics] == [
        ("CIM734", "level"),
        ("CIM734", "other"),
    ]
    assert both.accepts(things("<version>4.0</version><kind>good</kind><level>3</level><start>8</start>"))
    assert not both.accepts(things("<version>4.1</version>"))
    assert not both.accepts(things("<kind>bad</kind>"))


# --- extensions ------------------------------------------------------------------------------------


def extended() -> Model:
    standard = {"extension": ACME}
    return model(
        class_(
            "Thing",
            attribute("mRID", many="1..1"),
            end("Parts", "Part", "0..*", by="value"),
            attribute("grade", "Grade", "0..2", **standard),
            attribute("mRID", "Integer", **standard),
            attribute("place", "Place", **standard),
            end("Owner", "Part", **standard),
        ),
        class_("Part", attribute("name")),
        class_(
            "Sensor",
            attribute("name"),
            attribute("range", "Float", **standard),
            attribute("note"),
            bases=["Part"],
            **standard,
        ),
        compound("Place", attribute("room")),
        enumeration("Grade", "a", "b", **standard),
    )


def test_an_extension_stands_in_its_own_namespace(tmp_path: Path) -> None:
    report = Report()
    # ``note`` and ``name``: a class of the extension that takes over standard members.
    changed = extended()
    sensor = changed.classes[2]
    own = tuple(a for a in sensor.attributes if a.name != "name")
    changed = replace(changed, classes=(*changed.classes[:2], replace(sensor, attributes=own)))
    one = unit(changed, acme_spec())
    files = emitted(request(one), report)
    assert not report.diagnostics
    assert sorted(files) == ["EDO/Things.acme-ext.xsd", "EDO/Things.acme.xsd"]
    both = Processors(files, "EDO/Things.acme.xsd", tmp_path)
    key = one.names["xsd"].by_id[changed.classes[0].attributes[2].id]
    head = (
        f'<Things xmlns="{NS}" xmlns:a="{ACME}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Thing>'
    )
    tail = "</Thing></Things>"
    assert both.accepts(f"{head}<mRID>1</mRID>{tail}")
    assert both.accepts(
        f"{head}<mRID>1</mRID><a:grade>a</a:grade><a:grade>b</a:grade><a:{key}>5</a:{key}>{tail}"
    )
    assert both.accepts(f"{head}<mRID>1</mRID><a:place><room>1</room></a:place><a:Owner ref='x'/>{tail}")
    assert not both.accepts(f"{head}<mRID>1</mRID><grade>a</grade>{tail}")
    assert not both.accepts(f"{head}<mRID>1</mRID><a:grade>c</a:grade>{tail}")
    assert not both.accepts(f"{head}<mRID>1</mRID>{'<a:grade>a</a:grade>' * 3}{tail}")
    wheel = '<Parts xsi:type="a:Sensor"><name>n</name><a:range>1.5</a:range><note>x</note></Parts>'
    assert both.accepts(f"{head}<mRID>1</mRID>{wheel}{tail}")
    assert not both.accepts(
        f"{head}<mRID>1</mRID>{wheel.replace('<note>', '<a:note>').replace('</note>', '</a:note>')}{tail}"
    )


def test_the_standard_schema_does_not_know_of_its_variant() -> None:
    plain = model(class_("Thing", attribute("mRID", many="1..1")))
    more = model(class_("Thing", attribute("mRID", many="1..1"), attribute("grade", extension=ACME)))
    alone = emitted(request(unit(plain)))
    together = emitted(request(unit(plain), unit(more, acme_spec())))
    assert together["EDO/Things.xsd"] == alone["EDO/Things.xsd"]


def test_one_extension_name_with_two_types_is_an_error() -> None:
    report = Report()
    emitted(
        request(
            unit(
                model(
                    class_("Thing", attribute("grade", "String", extension=ACME), end("P", "Part")),
                    class_("Part", attribute("grade", "Integer", extension=ACME)),
                ),
                acme_spec(),
            )
        ),
        report,
    )
    assert [d.code for d in report.diagnostics] == ["CIM733"]
    assert report.has_errors


@pytest.mark.parametrize("prefix", ["m", "xs", "xml", "a:b", "1x", 'x"y', ""])
def test_any_prefix_gives_a_legal_schema(prefix: str, tmp_path: Path) -> None:
    rule = replace(acme_spec().extension, prefix=prefix)  # type: ignore[type-var]  # it has one
    files = emitted(
        request(
            unit(
                model(class_("Thing", attribute("mRID"), attribute("grade", extension=ACME))),
                spec(variant="acme", extension=rule),
            )
        )
    )
    both = Processors(files, "EDO/Things.acme.xsd", tmp_path)
    assert both.accepts(
        f'<Things xmlns="{NS}" xmlns:q="{ACME}"><Thing><mRID>1</mRID><q:grade>a</q:grade></Thing></Things>'
    )


# --- families --------------------------------------------------------------------------------------


def test_a_family_has_a_schema_per_member_with_its_used_ends_only(tmp_path: Path) -> None:
    content = model(
        class_("Thing", attribute("mRID"), end("Used", "Thing"), end("Unused", "Thing", navigable=False)),
        many="0..*",
    )
    member = unit(content, family=True)
    family = replace(unit(content, family=True), name="cim100", members=(member,))
    files = emitted(request(family, groups=()))
    both = Processors(files, "Things.xsd", tmp_path)
    assert list(files) == ["Things.xsd"]
    assert both.accepts(things('<mRID>1</mRID><Used ref="#a"/>'))
    assert not both.accepts(things('<mRID>1</mRID><Unused ref="#a"/>'))


# --- hostile input ---------------------------------------------------------------------------------

NASTY_TEXTS = [
    "]]> <!-- --> <?pi?> &amp; &lt; <b>&nbsp;",
    "-- header -- end -",
    '"""; import os; """ \\N{BULLET} {{ 7*7 }} ${x} <%= 1 %>',
    "line one\nline two\r\n\ttabbed\u2028\u00a0",
    "\U0001f600 \u202e reversed \ufeff",
    "   ",
]


@pytest.mark.parametrize("text", NASTY_TEXTS)
def test_texts_survive(text: str, tmp_path: Path) -> None:
    content = model(
        class_("Thing", attribute("mRID", doc=text), doc=text), enumeration("Kind", text, doc=text)
    )
    processors(content, tmp_path)
    root = etree.parse(str(tmp_path / "EDO/Things.xsd")).getroot()
    docs = [e.text for e in root.findall(".//{*}complexType[@name='Thing']//{*}documentation")]
    assert docs == ([text, text] if text.strip() else [])
    assert [e.get("value") for e in root.iter("{*}enumeration")] == [text]


@pytest.mark.parametrize("text", ["\x00", "a\x1b[0mb", "\ufffe", "\ud800", "\x7f\x0b"])
def test_what_xml_cannot_carry_is_replaced_and_told(text: str, tmp_path: Path) -> None:
    report = Report()
    content = model(class_("Thing", attribute("mRID", doc=text)), enumeration("Kind", text))
    processors(content, tmp_path, report)
    assert {d.code for d in report.diagnostics} == {"CIM730"}
    assert not report.has_errors


NASTY_NAMES = [
    *("class", "None", "Optional", "__init__", "mro", "xml", "xmlns", "a-b", "a.b", "a b", "1st", ""),
    *(
        "../../x",
        "/abs",
        "con",
        "ﬁeld",
        "a\u202eb",
        "a\u200bb",
        "naïve",
        "日本",
        "x" * 300,
        '"><x y="',
        "a\nb",
        "{b}c",
    ),
]


def test_names_of_any_kind_give_a_legal_schema(tmp_path: Path) -> None:
    classifiers: list[Class | Compound | Datatype | Enumeration] = [
        class_(
            "Thing", *(attribute(n) for n in NASTY_NAMES), *(end(f"E{n}", n or "empty") for n in NASTY_NAMES)
        )
    ]
    for i, name in enumerate(NASTY_NAMES):
        classifiers.append(replace(class_(name or "empty", attribute("mRID")), name=name))
        classifiers.append(enumeration(f"{name}Kind{i}", name))
        classifiers.append(datatype(f"{name}Type{i}", "Float"))
    processors(model(*classifiers), tmp_path)


@pytest.mark.parametrize(
    "namespace", ['http://x/"><script>#', "a b#", "http://x/{v}#", "http://x/\x00#", "http://é/#"]
)
def test_a_namespace_that_is_no_uri_is_an_error(namespace: str) -> None:
    report = Report()
    content = model(class_("Thing", attribute("mRID")))
    envelope = replace(content.envelope, namespace=namespace)  # type: ignore[type-var]  # it has one
    assert not emitted(request(unit(replace(content, envelope=envelope))), report)
    assert not emitted(
        request(unit(model(class_("Thing", attribute("mRID", extension=namespace))), acme_spec())), report
    )
    assert [d.code for d in report.diagnostics] == ["CIM739", "CIM739"]


def test_a_profile_without_namespace_is_an_error() -> None:
    report = Report()
    content = model(class_("Thing", attribute("mRID")))
    envelope = replace(content.envelope, namespace="")  # type: ignore[type-var]  # it has one
    assert not emitted(request(unit(replace(content, envelope=envelope))), report)
    assert [d.code for d in report.diagnostics] == ["CIM736"]


def test_an_empty_enumeration_is_told(tmp_path: Path) -> None:
    report = Report()
    both = processors(
        model(class_("Thing", attribute("kind", "Kind")), enumeration("Kind")), tmp_path, report
    )
    assert [d.code for d in report.diagnostics] == ["CIM737"]
    assert both.accepts(things("<kind>any</kind>"))


def test_a_chain_of_2000_classes_and_a_ring() -> None:
    chain = [
        class_(f"C{i}", attribute(f"a{i}"), bases=[f"C{i + 1}"] if i < 1999 else []) for i in range(2000)
    ]
    text = emitted(request(unit(model(*chain))))["EDO/Things.xsd"]
    assert text.count("<xs:extension ") == 1999
    ring = [class_(f"C{i}", end("Next", f"C{(i + 1) % 500}", "1..1", by="value")) for i in range(500)]
    assert emitted(request(unit(model(*ring))))["EDO/Things.xsd"].count("<xs:complexType ") == 501
