"""First half of reading XMI 1.x: one walk that finds what stands where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.readers.ea import ROOT_CLASS
from cimforge.readers.identity import element_id
from cimforge.readers.xmi1_names import local, parts, referred

if TYPE_CHECKING:
    from lxml import etree

CLASSES = frozenset({"Class", "AssociationClass", "Enumeration", "DataType", "Primitive", "Interface"})
ASSOCIATIONS = frozenset({"Association", "AssociationClass"})
LINKS = frozenset({"Generalization", "Dependency", "Abstraction", "Realization", "Usage", "Permission"})
_PACKAGES = frozenset({"Package", "Subsystem"})
_UNTYPED = frozenset({"", "<undefined>"})


@dataclass(slots=True)
class Standing:
    """An element and the package and class that it stands in, as ``xmi.id``s."""

    element: etree._Element
    raw: str
    package: str = ""
    owner: str = ""


@dataclass(slots=True)
class Collected:
    """What a file holds, before any element is read in full."""

    path: str
    report: Report
    models: dict[str, etree._Element] = field(default_factory=dict)
    """The models around the packages, by ``xmi.id``: the frame of an export, no packages themselves."""
    packages: list[Standing] = field(default_factory=list)
    classes: list[Standing] = field(default_factory=list)
    connectors: list[Standing] = field(default_factory=list)
    roles: list[Standing] = field(default_factory=list)
    """``ClassifierRole``s, which may carry the tagged values of a package."""
    labels: dict[str, str] = field(default_factory=dict)
    """Placeholder datatypes by ``xmi.id``: nothing but the label of a type; ``""`` for no type at all."""
    stereotypes: dict[str, str] = field(default_factory=dict)
    """Names of stereotypes by ``xmi.id``."""
    extended: dict[str, list[str]] = field(default_factory=dict)
    """Stereotypes by the ``xmi.id`` of the element that they extend."""
    definitions: dict[str, str] = field(default_factory=dict)
    """UML 1.4: names of tag definitions by ``xmi.id``."""
    tagged: dict[str, list[etree._Element]] = field(default_factory=dict)
    """Tagged values that stand apart, by the ``xmi.id`` of the element that they are about."""
    ids: dict[str, ElementId] = field(default_factory=dict)
    """Ids by ``xmi.id``, of packages, classes and connectors."""
    places: dict[ElementId, etree._Element] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)

    def at(self, element: etree._Element) -> Location:
        """Where ``element`` stands."""
        pointer = element.get("xmi.id") or element.get("name") or ""
        return Location(file=self.path, line=element.sourceline, pointer=pointer)

    def identify(self, element: etree._Element, id_: ElementId) -> bool:
        """Whether ``element`` is the first to have ``id_``; a second one is reported (CIM152)."""
        first = self.places.setdefault(id_, element)
        if first is element:
            return True
        self.report.add(
            "CIM152",
            at=self.at(element),
            element=id_,
            related=(self.at(first),),
            first=_described(first),
            second=_described(element),
            id=id_,
        )
        return False

    def register(self, element: etree._Element, context: str) -> str:
        """The key by which references find ``element``: its ``xmi.id``; ``""`` if its id is taken."""
        uuid = element.get("xmi.uuid", "")
        raw = element.get("xmi.id") or uuid or f"{context}/{element.get('name', '')}"
        id_ = element_id(self.path, raw, uuid)
        if not self.identify(element, id_):
            return ""
        self.ids[raw] = id_
        return raw


def collect(content: etree._Element, path: str, report: Report) -> Collected:
    """Everything under ``XMI.content``, in file order.

    Elements that only refer (``xmi.idref``) are passed over; kinds that no fact exists for are counted in
    ``notes``. Two elements with one id are an error that names both places (CIM152).
    """
    found = Collected(path=path, report=report)
    walk: list[tuple[Iterator[etree._Element], Standing]] = []
    walk.append((content.iterchildren("*"), Standing(content, "")))
    while walk:
        children, inside = walk[-1]
        element = next(children, None)
        if element is None:
            walk.pop()
            continue
        kind = local(element)
        if kind[:1].islower():
            if kind == "ownedElement":
                walk.append((element.iterchildren("*"), inside))
        elif not element.get("xmi.idref"):
            entered = _take(found, element, kind, inside)
            if entered is not None:
                walk.append((element.iterchildren("*"), entered))
    return found


def _take(found: Collected, element: etree._Element, kind: str, inside: Standing) -> Standing | None:
    """Note ``element``; what its own children stand in, or None if they are of no interest here."""
    raw = element.get("xmi.id", "")
    match kind:
        case "Package" | "Subsystem":
            return _enter_package(found, element, inside)
        case "Model":
            if inside.package:
                return _enter_package(found, element, inside)
            found.models[raw] = element
            return Standing(element, raw)
        case "Collaboration":
            return Standing(element, raw, package=inside.package)
        case "ClassifierRole":
            found.roles.append(Standing(element, raw, package=inside.package))
        case "Stereotype":
            _take_stereotype(found, element)
        case "TagDefinition":
            found.definitions[raw] = element.get("name") or element.get("tagType") or ""
        case "TaggedValue":
            for target in element.get("modelElement", "").split():
                found.tagged.setdefault(target, []).append(element)
        case _ if kind in CLASSES:
            return _take_class(found, element, kind, inside)
        case _ if kind in ASSOCIATIONS or kind in LINKS:
            if key := found.register(element, inside.package):
                found.connectors.append(Standing(element, key, inside.package, inside.owner))
        case _:
            found.notes[kind] += 1
    return None


def _enter_package(found: Collected, element: etree._Element, inside: Standing) -> Standing | None:
    key = found.register(element, inside.package)
    if not key:
        return None
    found.packages.append(Standing(element, key, package=inside.package))
    return Standing(element, key, package=key)


def _take_class(found: Collected, element: etree._Element, kind: str, inside: Standing) -> Standing | None:
    raw = element.get("xmi.id", "")
    if raw == ROOT_CLASS:
        found.notes["EARootClass"] += 1
        return None
    if kind == "DataType" and _is_label(found, element, inside):
        name = element.get("name", "").strip()
        found.labels[raw] = "" if name in _UNTYPED else name
        return None
    key = found.register(element, inside.package)
    if not key:
        return None
    standing = Standing(element, key, package=inside.package, owner=key)
    found.classes.append(standing)
    if kind == "AssociationClass":
        found.connectors.append(standing)
    return standing


def _is_label(found: Collected, element: etree._Element, inside: Standing) -> bool:
    """Whether a datatype is nothing but the label of a type.

    EA writes labels as ``eaxmiid0``, ``eaxmiid1`` and so on. Rose writes them into the model itself, without
    the ``xmi.uuid`` that each of its real elements has.
    """
    if element.get("xmi.id", "").startswith("eaxmiid"):
        return True
    in_model = not inside.package and inside.element.get("xmi.uuid") is not None
    return in_model and element.get("xmi.uuid") is None and "feature" not in parts(element)


def _take_stereotype(found: Collected, element: etree._Element) -> None:
    name = element.get("name", "")
    found.stereotypes[element.get("xmi.id", "")] = name
    extends = (*element.get("extendedElement", "").split(), *referred(parts(element).get("extendedElement")))
    for target in extends:
        found.extended.setdefault(target, []).append(name)


def _described(element: etree._Element) -> str:
    return f"{local(element)} {element.get('name') or '(unnamed)'}"
