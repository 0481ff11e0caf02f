"""XMI 1.x with parts missing, doubled or in the wrong place: facts or diagnostics, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge.readers.xmi1 import read_xmi1

from tests.readers.fact_files import CASES, check_damage, read_xml

WHOLE = [f for f in sorted((CASES / "xmi1").iterdir()) if (f / "facts.json").is_file()]


@pytest.mark.parametrize("folder", WHOLE, ids=lambda f: f.name)
def test_damage_is_no_fault_of_ours(folder: Path) -> None:
    check_damage(folder, read_xmi1)


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
    facts, report = read_xml(read_xmi1, text.encode())
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
    facts, _ = read_xml(read_xmi1, text.encode())
    assert facts is not None
    assert [m.position for m in facts.members] == list(range(count))
    assert len({m.id for m in facts.members}) == count


def test_nothing_is_kept_of_a_file_that_breaks_at_its_end() -> None:
    """What a stream has given before is dropped, and so is what there was to say about it."""
    text = (
        '<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content>\n'
        '<UML:Class xmi.id="c" name="C"/>\n<UML:Class xmi.id="c" name="D"/>\n</XMI.content>\n'
    )
    facts, report = read_xml(read_xmi1, text.encode())
    assert facts is None
    assert [(d.code, d.location.line) for d in report.diagnostics] == [("CIM115", 5)]
    facts, report = read_xml(read_xmi1, f"{text}</XMI>".encode())
    assert facts is not None
    assert [(d.code, d.location.line) for d in report.diagnostics] == [("CIM152", 3)]


def test_classes_in_classes_as_deep_as_the_loader_lets_through() -> None:
    depth = 123
    inner = ""
    for number in range(depth):
        owned = f"<UML:Namespace.ownedElement>{inner}</UML:Namespace.ownedElement>"
        inner = f'<UML:Class xmi.id="c{number}" name="C{number}">{owned}</UML:Class>'
    text = f'<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content>{inner}</XMI.content></XMI>'
    facts, report = read_xml(read_xmi1, text.encode())
    assert report.diagnostics == ()
    assert facts is not None
    assert [c.name for c in facts.classes] == [f"C{number}" for number in reversed(range(depth))]


def test_very_many_tags_of_one_element() -> None:
    """Linear, inside the element and apart from it, and with a definition that comes last."""
    count = 40_000
    inside = "".join(f'<UML:TaggedValue tag="t{i}" value="&lt;memo&gt;"/>' for i in range(count))
    late = f'<UML:TaggedValue type="d" dataValue="x"/>{inside}'
    apart = "".join(f'<UML:TaggedValue tag="a{i}" value="x" modelElement="c"/>' for i in range(count))
    text = (
        '<XMI xmi.version="1.2" xmlns:UML="omg.org/UML1.4"><XMI.content><UML:Class xmi.id="c" name="C">'
        f"<UML:ModelElement.taggedValue>{late}</UML:ModelElement.taggedValue></UML:Class>"
        f'{apart}<UML:TagDefinition xmi.id="d" name="last"/></XMI.content></XMI>'
    )
    facts, report = read_xml(read_xmi1, text.encode())
    assert facts is not None
    tags = facts.classes[0].tags
    assert len(tags) == 2 * count + 1
    assert tags[0] == ("last", "x")
    assert len(report.diagnostics) == count
