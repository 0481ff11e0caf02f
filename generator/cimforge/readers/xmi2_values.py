"""Values in XMI 2.x: bounds, initial values, types and texts of an element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.ir.facts import Ref
from cimforge.readers.xmi2_drafts import Instance
from cimforge.readers.xmi2_names import Names, text_of

if TYPE_CHECKING:
    from lxml import etree

_LEFT_OUT = {
    "LiteralBoolean": "false",
    "LiteralInteger": "0",
    "LiteralReal": "0.0",
    "LiteralUnlimitedNatural": "0",
}
"""What a literal is worth whose ``value`` is left out: XMI does not write defaults of the metamodel."""

_GEN_MODEL = "http://www.eclipse.org/emf/2002/GenModel"


def bound(element: etree._Element, names: Names) -> str:
    """The text of ``lowerValue`` or ``upperValue``: ``0``, ``*``, ``-1``, ``n``, as it was found."""
    return value_text(element, names) or ""


def value_text(element: etree._Element, names: Names) -> str | None:
    """The text of a literal, an expression or an opaque expression; None where there is none."""
    for name in ("value", "body", "symbol"):
        if text := text_of(element, name):
            return text
    return _LEFT_OUT.get(names.kind(element))


def initial_value(element: etree._Element, names: Names) -> str | Instance | None:
    """An initial value: its text, or the element of the model that it is."""
    if names.kind(element) == "InstanceValue":
        match names.references(element, "instance")[:1]:
            case (str(raw),):
                return Instance(raw)
            case (Ref(by=_, value=value),):
                return value
    return value_text(element, names)


def type_of(element: etree._Element, names: Names) -> str | Ref | None:
    """The type of an attribute or end that a child element ``type`` states."""
    return names.reference(element) or element.get("name")


def comment(element: etree._Element, names: Names, about: str) -> str | None:
    """The text of an ``ownedComment`` about its owner, whose id is ``about``; None if it is about others."""
    annotated = names.references(element, "annotatedElement")
    if annotated and about not in annotated:
        return None
    return text_of(element, "body") or ""


def annotation(element: etree._Element) -> str | None:
    """The documentation in an EMF annotation; None if it holds something else."""
    if element.get("source") != _GEN_MODEL:
        return None
    for detail in element.iterchildren("details"):
        if detail.get("key") == "documentation":
            return text_of(detail, "value") or ""
    return None
