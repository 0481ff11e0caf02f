"""What one element of XMI 1.x says about itself: its tags, stereotypes, type, bounds and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cimforge.ir.facts import Location, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.xmi1_collect import CLASSES, Collected
from cimforge.readers.xmi1_names import local, parts, reference, referred
from cimforge.readers.xmi1_tags import Tagged, TagReading

if TYPE_CHECKING:
    from lxml import etree

_TYPE_PARTS = ("type", "participant")
_CLASSIFIERS = CLASSES | {"Classifier"}


@dataclass(slots=True)
class Said:
    """One element and what it says in ways that all kinds of elements share."""

    element: etree._Element
    own: Mapping[str, etree._Element]
    """Child elements by the last word of their names."""
    raw: str
    tagged: Tagged
    stereotypes: tuple[str, ...]
    location: Location

    @property
    def name(self) -> str:
        """The name as found; empty where there is none."""
        return self.element.get("name", "")

    @property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """The tags that belong to the model."""
        return tuple(self.tagged.tags)


@dataclass(slots=True)
class Reading:
    """One file being read: what was found in it, and how its tagged values are read."""

    found: Collected
    tag_reading: TagReading

    def said(self, element: etree._Element, raw: str) -> Said:
        """What ``element`` says; ``raw`` is the id by which other elements refer to it."""
        own = parts(element)
        tagged = self.tagged(element, own.get("taggedValue"), raw)
        return Said(
            element=element,
            own=own,
            raw=raw,
            tagged=tagged,
            stereotypes=self._stereotypes(element, own.get("stereotype"), raw, tagged),
            location=self.found.at(element),
        )

    def tagged(self, element: etree._Element, container: etree._Element | None, raw: str) -> Tagged:
        """The tagged values of ``element``: those in ``container``, then those elsewhere that name it.

        A value whose text the exporter left out is reported (CIM158).
        """
        tagged = self.tag_reading.read(container)
        for apart in self.found.tagged.get(raw, ()):
            tagged.add(*self.tag_reading.pair(apart))
        for tag in tagged.memos:
            name = element.get("name") or local(element)
            self.found.report.add("CIM158", at=self.found.at(element), tag=tag, name=name)
        return tagged

    def type_of(self, element: etree._Element, own: Mapping[str, etree._Element]) -> Ref | None:
        """The type of an attribute, or the class at an association end; None where the file states none.

        It is an attribute (``type``, ``participant``), a nested reference in a property of that name, or a
        nested reference by itself. A reference to a placeholder is its label: a reference by name.
        """
        if raw := element.get("type") or element.get("participant"):
            return self.ref(raw)
        for part in _TYPE_PARTS:
            if (container := own.get(part)) is not None:
                for child in container:
                    if raw := reference(child):
                        return self.ref(raw)
                    if name := child.get("name"):
                        return Ref(by="name", value=name)
        for child in own.values():
            if local(child) in _CLASSIFIERS and (raw := reference(child)):
                return self.ref(raw)
        return None

    def ref(self, raw: str) -> Ref | None:
        """What the ``xmi.id`` ``raw`` leads to: an element by id, or, for a placeholder, a label."""
        label = self.found.labels.get(raw)
        if label is not None:
            return Ref(by="name", value=label) if label else None
        return Ref(by="id", value=self.id_of(raw))

    def id_of(self, raw: str) -> ElementId:
        """The id that ``raw`` stands for, whether or not the file holds such an element."""
        return self.found.ids.get(raw) or element_id(self.found.path, raw)

    def _stereotypes(
        self, element: etree._Element, container: etree._Element | None, raw: str, tagged: Tagged
    ) -> tuple[str, ...]:
        """Every stereotype once, in the order found.

        The shapes are: a ``stereotype`` attribute (a name, or ids), a nested ``Stereotype`` (named or by
        reference), EA's tagged values, and stereotypes elsewhere that list what they extend. A reference to a
        stereotype that is not in the file is reported (CIM157).
        """
        known = self.found.stereotypes
        stated: list[str] = []
        if text := element.get("stereotype"):
            ids = text.split()
            stated.extend([known[i] for i in ids] if all(i in known for i in ids) else [text])
        for child in () if container is None else container.iterchildren("*"):
            at = reference(child)
            if at in known:
                stated.append(known[at])
            elif name := child.get("name"):
                stated.append(name)
            elif at:
                name = element.get("name") or local(element)
                self.found.report.add("CIM157", at=self.found.at(element), name=name, reference=at)
        stated.extend(tagged.stereotypes)
        stated.extend(self.found.extended.get(raw, ()))
        return tuple(dict.fromkeys(s for s in stated if s)) if stated else ()


def multiplicity(said: Said) -> str:
    """Bounds as found: the ranges, else the ``multiplicity`` attribute, else EA's bounds, else ``""``.

    Bounds that stand apart are joined by ``..`` and not read: ``0..n`` and ``0..-1`` stay what they are.
    """
    if (container := said.own.get("multiplicity")) is not None:
        ranges = [
            f"{r.get('lower', '')}..{r.get('upper', '')}" for r in container.iter("{*}MultiplicityRange")
        ]
        if ranges:
            return ",".join(ranges)
    ea = said.tagged.ea
    text = said.element.get("multiplicity", "")
    if not text and ("lowerBound" in ea or "upperBound" in ea):
        return f"{ea.get('lowerBound', '')}..{ea.get('upperBound', '')}"
    return text


def initial_value(said: Said) -> str | None:
    """The text of an attribute's initial value; None where there is none or it is empty."""
    if (container := said.own.get("initialValue")) is None:
        return None
    for expression in container:
        text = expression.get("body")
        if text is None:
            text = next((c.text for c in expression.iterchildren("*") if local(c) == "body"), None)
        if text:
            return text
    return None


def side(said: Said, *names: str) -> tuple[str, ...]:
    """The ids at one side of a link, by attribute or nested reference, under the first name that has any."""
    for name in names:
        raws = tuple(said.element.get(name, "").split()) or referred(said.own.get(name))
        if raws:
            return raws
    return ()


def flag(element: etree._Element, name: str) -> bool | None:
    """The boolean attribute ``name``; None where it is absent or neither ``true`` nor ``false``."""
    return {"true": True, "false": False}.get(element.get(name, ""))
