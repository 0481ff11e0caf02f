"""First half of reading XMI 1.x: one walk that writes down what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.readers.ea import ROOT_CLASS
from cimforge.readers.xmi1_collected import Collected, Standing
from cimforge.readers.xmi1_names import local
from cimforge.readers.xmi1_written import CLASSES, Parts, Writing, Written, flag, name_of, referred
from cimforge.readers.xml_stream import XmlStream

if TYPE_CHECKING:
    from lxml import etree

ASSOCIATIONS = frozenset({"Association", "AssociationClass"})
LINKS = frozenset({"Generalization", "Dependency", "Abstraction", "Realization", "Usage", "Permission"})
_PACKAGES = frozenset({"Package", "Subsystem", "Model"})
_FRAMES = _PACKAGES | {"Collaboration", "ownedElement", "content", "extensions"}
_MEMBERS = frozenset({"Attribute", "EnumerationLiteral"})
_READ = frozenset({"connection", "ownedElement"})
"""What is read of a class or association beside the properties of all elements, and a class's members."""
_UNTYPED = frozenset({"", "<undefined>"})


def collect(stream: XmlStream, path: str, report: Report) -> Collected | None:
    """Everything under ``XMI.content``, in file order; None, reported, if the file is broken anywhere.

    Elements that only refer (``xmi.idref``) are passed over; kinds that no fact exists for are counted in
    ``notes``, and so are the exporter's own sections in ``XMI.extensions``.
    """
    found = Collected(path=path, report=report)
    walk = _Walk(found, Writing(found.tags, found.notes))
    for step, element in stream.walk(_is_frame):
        match step:
            case "open":
                walk.enter(element)
            case "close":
                walk.leave()
            case "whole":
                walk.take(element)
    return found if stream.is_sound else None


def _is_frame(element: etree._Element) -> bool:
    return local(element) in _FRAMES and not element.get("xmi.idref")


class _Walk:
    """Where a walk through the file has got to."""

    def __init__(self, found: Collected, writing: Writing) -> None:
        self.found = found
        self.writing = writing
        self._inside: list[Standing | None] = []
        """The packages and other frames around; None for what is passed over."""
        self._in_content = False
        self._in_extensions = False

    def enter(self, element: etree._Element) -> None:
        """A frame begins."""
        kind = local(element)
        above = self._inside[-1] if self._inside else None
        match kind:
            case "content" if len(self._inside) == 1:
                above = Standing(Written("content", "", "", None), "")
            case "extensions":
                self._in_extensions = len(self._inside) == 1
            case "ownedElement":
                pass
            case "Collaboration" if above is not None:
                above = Standing(self.writing.start(element, kind), "", package=above.package)
            case _ if above is not None:
                above = self._package(element, kind, above)
        self._inside.append(above)

    def _package(self, element: etree._Element, kind: str, above: Standing) -> Standing | None:
        found = self.found
        written = self.writing.start(element, kind)
        if kind == "Model" and not above.package:
            standing = Standing(written, written.raw)
            found.models.append(standing)
            return standing
        key = found.register(written, above.package)
        if not key:
            return None
        found.packages.append(Standing(written, key, package=above.package))
        return Standing(written, key, package=key)

    def leave(self) -> None:
        """The innermost frame ends."""
        self._inside.pop()
        if len(self._inside) == 1:
            self._in_extensions = False

    def take(self, element: etree._Element) -> None:
        """Something in the innermost frame, complete."""
        kind = local(element)
        if self._in_extensions:
            if kind[:1].isupper():
                self.found.notes[kind] += 1
            else:
                self.writing.count(element)
        elif len(self._inside) == 1 and kind == "header":
            self._header(element)
        elif (inside := self._inside[-1]) is not None:
            if kind[:1].islower():
                self.writing.part(inside.written, kind, element)
            else:
                self._element(element, kind, inside)

    def _header(self, header: etree._Element) -> None:
        texts = {local(e): (e.text or "").strip() for e in header.iter()}
        found = self.found
        found.exporter = " ".join(t for t in (texts.get("exporter"), texts.get("exporterVersion")) if t)
        found.tags.from_ea = "Enterprise Architect" in found.exporter

    def _element(self, element: etree._Element, kind: str, inside: Standing) -> None:
        """Write down ``element``, which is complete, and what it owns."""
        if element.get("xmi.idref"):
            return
        found = self.found
        if kind in CLASSES:
            self._class(element, kind, inside)
        elif kind == "Association":
            written, parts = self.writing.read(element, kind)
            if key := found.register(written, inside.package):
                standing = Standing(written, key, inside.package, inside.owner)
                standing.ends = self._ends(parts)
                found.connectors.append(standing)
            self.writing.count_rest([p for p in parts if p[0] not in _READ])
            self._owned(parts, inside)
        elif kind in LINKS:
            written = self.writing.link(element, kind)
            if key := found.register(written, inside.package):
                found.connectors.append(Standing(written, key, inside.package, inside.owner))
        elif kind == "Stereotype":
            self._stereotype(element)
        elif kind == "TagDefinition":
            name = name_of(element) or element.get("tagType") or ""
            found.tags.definitions[element.get("xmi.id", "")] = name
        elif kind == "TaggedValue":
            said = found.tags.said(element)
            for target in _about(element) or ("",):
                found.tagged.setdefault(target, []).append(said)
        elif kind == "ClassifierRole":
            written, parts = self.writing.read(element, kind)
            self.writing.count_rest(parts)
            found.roles.append(Standing(written, written.raw, package=inside.package))
        else:
            found.notes[kind] += 1

    def _class(self, element: etree._Element, kind: str, inside: Standing) -> None:
        found = self.found
        raw = element.get("xmi.id", "")
        if raw == ROOT_CLASS:
            found.notes["EARootClass"] += 1
            return
        written, parts = self.writing.read(element, kind)
        if kind == "DataType" and _is_label(written, parts, inside):
            name = written.name.strip()
            found.labels[raw] = "" if name in _UNTYPED else name
            return
        written.is_abstract = flag(element, parts, "isAbstract")
        written.namespace = element.get("namespace") or ""
        listed = tuple((element.get("generalization") or "").split())
        key = found.register(written, inside.package)
        if not key:
            return
        standing = Standing(written, key, inside.package, owner=key)
        found.classes.append(standing)
        if kind == "AssociationClass":
            found.connectors.append(standing)
            standing.ends = self._ends(parts)
        for part, container in parts:
            if part == "generalization":
                listed += referred(container)
            elif part[:1].islower() and part not in _READ:
                self._members(container, standing)
        if listed:
            written.sides = {"generalization": listed}
        self._owned(parts, standing)

    def _members(self, container: etree._Element, standing: Standing) -> None:
        for element in container:
            kind = local(element)
            if kind in _MEMBERS:
                written = self.writing.member(element, kind)
                if written.raw or written.name or not element.get("xmi.idref"):
                    standing.parts.append(written)
            elif kind[:1].isupper() and not element.get("xmi.idref"):
                self.found.notes[kind] += 1

    def _ends(self, parts: Parts) -> list[Written]:
        container = next((c for part, c in parts if part == "connection"), ())
        return [self.writing.end(e) for e in container if not e.get("xmi.idref")]

    def _owned(self, parts: Parts, inside: Standing) -> None:
        for part, child in parts:
            owned = child if part == "ownedElement" else (child,) if part[:1].isupper() else ()
            for element in owned:
                kind = local(element)
                if kind[:1].isupper():
                    self._element(element, kind, inside)

    def _stereotype(self, element: etree._Element) -> None:
        found = self.found
        name = name_of(element)
        found.stereotypes[element.get("xmi.id", "")] = name
        extends = tuple(element.get("extendedElement", "").split())
        for child in element:
            if local(child) == "extendedElement":
                extends += referred(child)
        for target in extends:
            found.extended.setdefault(target, []).append(name)


def _about(element: etree._Element) -> tuple[str, ...]:
    """The ids of the elements that a tagged value standing apart is about."""
    about = tuple(element.get("modelElement", "").split())
    for child in element:
        if local(child) == "modelElement":
            about += referred(child)
    return about


def _is_label(written: Written, parts: Parts, inside: Standing) -> bool:
    """Whether a datatype is nothing but the label of a type.

    EA writes labels as ``eaxmiid0``, ``eaxmiid1`` and so on. Rose writes them into the model itself, without
    the ``xmi.uuid`` that each of its real elements has.
    """
    if written.raw.startswith("eaxmiid"):
        return True
    in_model = not inside.package and bool(inside.written.uuid)
    return in_model and not written.uuid and all(part != "feature" for part, _ in parts)
