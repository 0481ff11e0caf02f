"""What Sparx EA writes in the ``xmi:Extension`` at the end of XMI 2.x: texts, stereotypes, tags, diamonds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cimforge.readers.ea import stereotypes, tag_text
from cimforge.readers.xmi2_drafts import Said
from cimforge.readers.xmi2_names import Names

if TYPE_CHECKING:
    from lxml import etree

_CROSS_REFERENCE = re.compile(r"\$XREFPROP=(.*?)\$ENDXREF;", re.DOTALL)
_OF_SOURCE = "$TYP=connectorSrcEnd property$TYP"
_OF_TARGET = "$TYP=connectorDestEnd property$TYP"
_SIDES = {_OF_SOURCE: "source", _OF_TARGET: "target"}


_IDLE = frozenset({"model", "coords", "containment", "options", "style", "styleex", "constraints", "role"})
"""What is said about an attribute or an end and is no part of the model."""


@dataclass(slots=True)
class EaExtension:
    """The extension's records, by the ``xmi:id`` of what they are about."""

    names: Names
    said: dict[str, Said] = field(default_factory=dict)
    """Of packages, classes, attributes, literals and connectors."""
    ends: dict[str, dict[str, Said]] = field(default_factory=dict)
    """Of the ends of connectors: by connector, then ``source`` and ``target``."""
    labels: dict[str, str] = field(default_factory=dict)
    """Names of the placeholders for types that are no elements, such as ``EAJava_int``."""
    notes: Counter[str] = field(default_factory=Counter)

    def take(self, element: etree._Element) -> None:
        """Keep what one complete record says; of other parts of the extension, only how many there are."""
        match element.tag:
            case "element":
                self._element(element)
            case "connector":
                self._connector(element)
            case "primitivetypes":
                for type_ in element.iterdescendants("packagedElement"):
                    self.labels[type_.get(self.names.id, "")] = type_.get("name", "")
            case "profiles":
                self.notes["Profile"] += len(element)
            case "diagram":
                self.notes["Diagram"] += 1
            case _:
                pass

    def _element(self, element: etree._Element) -> None:
        said = Said(kind=self.names.kind(element))
        own, listed = "", ""
        for child in element:
            match child.tag:
                case "properties":
                    said.doc = child.get("documentation", "")
                    own = child.get("stereotype", "")
                    said.is_abstract = child.get("isAbstract") == "true"
                    said.kind = said.kind or child.get("sType", "")
                case "tags":
                    _tags(child, said)
                case "xrefs":
                    listed = child.get("value", "")
                case "attributes":
                    for attribute in child:
                        self._attribute(attribute)
        said.stereotypes = _stereotypes(listed, own)
        self.said[element.get(self.names.idref, "")] = said

    def _attribute(self, element: etree._Element) -> None:
        said = Said(kind="Attribute")
        own, listed = "", ""
        for child in element:
            tag = child.tag
            if tag in _IDLE:
                continue
            if tag == "documentation":
                said.doc = child.get("value", "")
            elif tag == "properties":
                said.type = child.get("type", "")
                said.is_constant = child.get("changeability") == "frozen"
            elif tag == "bounds":
                lower, upper = child.get("lower", ""), child.get("upper", "")
                said.multiplicity = f"{lower}..{upper}" if lower or upper else ""
            elif tag == "initial":
                said.initial = child.get("body", "")
            elif tag == "stereotype":
                own = child.get("stereotype", "")
            elif tag == "tags":
                _tags(child, said)
            elif tag == "xrefs":
                listed = child.get("value", "")
        if listed or own:
            said.stereotypes = _stereotypes(listed, own)
        self.said[element.get(self.names.idref, "")] = said

    def _connector(self, element: etree._Element) -> None:
        raw = element.get(self.names.idref, "")
        said = Said()
        own, listed = "", ""
        ends: dict[str, Said] = {}
        for child in element:
            match child.tag:
                case "source" | "target":
                    ends[child.tag] = self._end(child)
                case "properties":
                    own = child.get("stereotype", "")
                    said.kind = child.get("ea_type", "")
                case "documentation":
                    said.doc = child.get("value", "")
                case "tags":
                    _tags(child, said)
                case "xrefs":
                    listed = child.get("value", "")
        if _OF_SOURCE in listed or _OF_TARGET in listed:
            listed = self._without_ends(listed, ends)
        said.stereotypes = _stereotypes(listed, own)
        self.said[raw] = said
        self.ends[raw] = ends

    def _end(self, element: etree._Element) -> Said:
        said = Said(type=element.get(self.names.idref, ""))
        for child in element:
            tag = child.tag
            if tag in _IDLE:
                continue
            if tag == "type":
                said.multiplicity = child.get("multiplicity", "")
                said.aggregation = child.get("aggregation", "")
            elif tag == "modifiers":
                said.navigable = {"true": True, "false": False}.get(child.get("isNavigable", ""))
            elif tag == "documentation":
                said.doc = child.get("value", "")
            elif tag == "tags":
                _tags(child, said)
            elif tag == "xrefs" and (listed := child.get("value")):
                said.stereotypes = _stereotypes(listed, "")
        return said

    @staticmethod
    def _without_ends(listed: str, ends: dict[str, Said]) -> str:
        """The cross references of a connector itself; those of its ends go there."""
        kept = []
        for found in _CROSS_REFERENCE.finditer(listed):
            side = next((side for mark, side in _SIDES.items() if mark in found[0]), None)
            if side is None:
                kept.append(found[0])
            elif end := ends.get(side):
                end.stereotypes = tuple(dict.fromkeys((*end.stereotypes, *stereotypes(found[0]))))
        return "".join(kept)


def _stereotypes(listed: str, own: str) -> tuple[str, ...]:
    """All stereotypes that EA lists, then the first, which it repeats apart."""
    if not listed:
        return (own,) if own else ()
    return tuple(dict.fromkeys(s for s in (*stereotypes(listed), own) if s))


def _tags(container: etree._Element, said: Said) -> None:
    """The tagged values in ``container``; ``memos`` are those whose text is not in the file."""
    if not len(container):
        return
    tags, memos = [], []
    for tag in container:
        name = tag.get("name", "")
        text = tag_text(tag.get("value", ""))
        if text is None:
            memos.append(name)
        tags.append((name, text or ""))
    said.tags, said.memos = tuple(tags), tuple(memos)
