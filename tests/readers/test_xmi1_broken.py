"""XMI 1.x with parts missing, doubled or in the wrong place: facts or diagnostics, never an exception."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts
from cimforge.readers.source import RawSource
from cimforge.readers.xmi1 import read_xmi1
from cimforge.readers.xml_stream import open_xml
from lxml import etree

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers" / "xmi1"
WHOLE = [f for f in sorted(CASES.iterdir()) if (f / "facts.json").is_file()]


def read(data: bytes) -> tuple[Facts | None, Report]:
    report = Report()
    source = RawSource(path="input.xmi", data=data)
    stream = open_xml(source, report)
    return (None if stream is None else read_xmi1(source, stream, report)), report


def damaged(root: etree._Element, chance: random.Random) -> bytes:
    root = copy.deepcopy(root)
    for _ in range(chance.randint(1, 4)):
        elements = list(root.iterdescendants("*"))
        if not elements:
            break
        element, other = chance.choice(elements), chance.choice(elements)
        names = list(element.attrib)
        match chance.randrange(6):
            case 0 if names:
                del element.attrib[chance.choice(names)]
            case 1 if names:
                element.set(
                    chance.choice(names), chance.choice(["", " ", "x y", "G.0", "n", "-1", "\N{BOM}"])
                )
            case 2:
                element.getparent().remove(element)
            case 3:
                element.addnext(copy.deepcopy(element))
            case 4 if other not in element.iterancestors():
                other.append(copy.deepcopy(element))
            case _:
                element.tag, other.tag = other.tag, element.tag
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


@pytest.mark.parametrize("folder", WHOLE, ids=lambda f: f.name)
def test_damage_is_no_fault_of_ours(folder: Path) -> None:
    root = etree.parse(folder / "input.xmi", etree.XMLParser(load_dtd=False, no_network=True)).getroot()
    for seed in range(60):
        facts, report = read(damaged(root, random.Random(f"{folder.name} {seed}")))
        assert all(d.message for d in report.diagnostics)
        if facts is None:
            assert report.has_unreadable
            continue
        for kind in (facts.packages, facts.classes, facts.members, facts.connectors):
            ids = [f.id for f in kind]
            assert len(set(ids)) == len(ids)


def test_nesting_is_no_limit_of_ours() -> None:
    """As deep as the loader lets through: 256 elements."""
    depth = 124
    inner = '<UML:Class xmi.id="c" name="C"/>'
    for number in range(depth):
        inner = (
            f'<UML:Package xmi.id="p{number}" name="P{number}"><UML:Namespace.ownedElement>{inner}'
            "</UML:Namespace.ownedElement></UML:Package>"
        )
    text = f'<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content>{inner}</XMI.content></XMI>'
    facts, report = read(text.encode())
    assert report.diagnostics == ()
    assert facts is not None
    assert len(facts.packages) == depth
    (class_,) = facts.classes
    assert class_.package is not None
    assert class_.package.value == "input.xmi#p0"


def test_one_class_with_very_many_attributes() -> None:
    """Linear: a quadratic reader would take minutes."""
    count = 50_000
    attributes = "".join(f'<UML:Attribute name="a{i % 100}"/>' for i in range(count))
    text = (
        '<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content><UML:Class xmi.id="c" name="C">'
        f"<UML:Classifier.feature>{attributes}</UML:Classifier.feature></UML:Class></XMI.content></XMI>"
    )
    facts, _ = read(text.encode())
    assert facts is not None
    assert [m.position for m in facts.members] == list(range(count))
    assert len({m.id for m in facts.members}) == count
