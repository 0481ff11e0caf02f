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
