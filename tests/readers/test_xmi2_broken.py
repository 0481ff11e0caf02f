"""XMI 2.x with parts missing, doubled or in the wrong place: facts or diagnostics, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge.readers.xmi2 import read_xmi2

from tests.readers.fact_files import CASES, check_damage, read_xml

WHOLE = [f for f in sorted((CASES / "xmi2").iterdir()) if (f / "facts.json").is_file()]

HEAD = (
    '<xmi:XMI xmlns:xmi="http://www.omg.org/spec/XMI/20131001" xmlns:uml="http://www.omg.org/spec/UML/20131001">'
    '<uml:Model xmi:id="m" name="M">'
)
TAIL = "</uml:Model></xmi:XMI>"


@pytest.mark.parametrize("folder", WHOLE, ids=lambda f: f.name)
def test_damage_is_no_fault_of_ours(folder: Path) -> None:
    check_damage(folder, read_xmi2)


def test_nesting_is_no_limit_of_ours() -> None:
    """As deep as the loader lets through: 256 elements."""
    depth = 252
    inner = '<packagedElement xmi:type="uml:Class" xmi:id="c" name="C"/>'
    for number in range(depth):
        inner = (
            f'<packagedElement xmi:type="uml:Package" xmi:id="p{number}" name="P{number}">{inner}'
            "</packagedElement>"
        )
    facts, report = read_xml(read_xmi2, (HEAD + inner + TAIL).encode())
    assert report.diagnostics == ()
    assert facts is not None
    assert len(facts.packages) == depth + 1
    (class_,) = facts.classes
    assert class_.package is not None
    assert class_.package.value == "input.xmi#p0"


def test_classes_nested_as_deep_as_that() -> None:
    depth = 252
    inner = ""
    for number in range(depth):
        inner = (
            f'<nestedClassifier xmi:type="uml:Class" xmi:id="c{number}" name="C">{inner}</nestedClassifier>'
        )
    facts, report = read_xml(
        read_xmi2, (HEAD + inner.replace("nestedClassifier", "packagedElement") + TAIL).encode()
    )
    assert report.diagnostics == ()
    assert facts is not None
    assert len(facts.classes) == depth


def test_one_class_with_very_many_attributes() -> None:
    """Linear: a quadratic reader would take minutes."""
    count = 50_000
    attributes = "".join(f'<ownedAttribute name="a{i % 100}"/>' for i in range(count))
    text = f'{HEAD}<packagedElement xmi:type="uml:Class" xmi:id="c" name="C">{attributes}</packagedElement>{TAIL}'
    facts, _ = read_xml(read_xmi2, text.encode())
    assert facts is not None
    assert [m.position for m in facts.members] == list(range(count))
    assert len({m.id for m in facts.members}) == count


def test_one_association_with_very_many_ends() -> None:
    count = 50_000
    ends = "".join(f'<ownedEnd xmi:id="e{i}" type="c"/>' for i in range(count))
    text = f'{HEAD}<packagedElement xmi:type="uml:Association" xmi:id="r" name="R">{ends}</packagedElement>{TAIL}'
    _, report = read_xml(read_xmi2, text.encode())
    assert {d.code for d in report.diagnostics} == {"CIM154", "CIM151"}


def test_a_file_that_breaks_at_its_end_says_nothing() -> None:
    """Everything before has been seen by then."""
    text = f'{HEAD}<packagedElement xmi:type="uml:Class" xmi:id="c" name="C"/></uml:Model></xmi:XMI'
    facts, report = read_xml(read_xmi2, text.encode())
    assert facts is None
    assert [d.code for d in report.diagnostics] == ["CIM115"]


def test_places_beyond_the_line_that_libxml2_counts_to() -> None:
    lines = 70_000
    text = (
        HEAD
        + "\n" * lines
        + '<packagedElement xmi:type="uml:Class" xmi:id="c" name="C">\n'
        + '<ownedAttribute xmi:id="a" name="a">\n<type xmi:idref="c"/>\n</ownedAttribute>\n'
        + "</packagedElement>\n"
        + TAIL
    )
    facts, _ = read_xml(read_xmi2, text.encode())
    assert facts is not None
    assert facts.classes[0].location.line == lines + 1
    assert facts.members[0].location.line == lines + 2
