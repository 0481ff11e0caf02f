"""What is written at one element of XMI 1.x, read while the element is there and interpreted later.

Elements are freed as soon as they are read, and what they refer to may stand behind them: stereotypes, tag
definitions and placeholders at the end of the file. So references stay the ``xmi.id``s that are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cimforge.ir.facts import Location
from cimforge.readers.xmi1_names import LAST_WORDS, local, reference
from cimforge.readers.xmi1_tags import Tagged, TagReading
from cimforge.readers.xml_lines import LINES, line_of

if TYPE_CHECKING:
    from lxml import etree

CLASSES = frozenset({"Class", "AssociationClass", "Enumeration", "DataType", "Primitive", "Interface"})
_CLASSIFIERS = CLASSES | {"Classifier"}
_SIDES = ("child", "subtype", "parent", "supertype", "client", "supplier")


class Written:
    """An element, in the words of the file. What it does not say, the class says, which costs nothing."""

    def __init__(self, kind: str, raw: str, name: str, line: int | None) -> None:
        self.kind = kind
        """Last word of its name: ``Class``, ``AssociationEnd``."""
        self.raw = raw
        """Its ``xmi.id``."""
        self.name = name
        self.line = line
        self.tagged = Tagged()

    uuid: str = ""
    stereotype: str = ""
    """The attribute: a name, or ids."""
    stereotypes: tuple[tuple[str, str], ...] = ()
    """Each nested stereotype as the id that it refers to and the name that it has."""
    type: str = ""
    """The ``xmi.id`` of the type of an attribute, or of the class at an association end."""
    type_name: str = ""
    """The name of a type that is written in place, or EA's label of it."""
    multiplicity: str = ""
    default: str | None = None
    is_constant: bool = False
    is_abstract: bool | None = None
    navigable: bool | None = None
    aggregation: str = ""
    namespace: str = ""
    """The ``xmi.id`` of the package that a class names as its own."""
    sides: Mapping[str, tuple[str, ...]] = {}
    """The ids at each side of a link by the side's name, and the generalizations that a class lists."""

    @property
    def described(self) -> str:
        """Kind and name, for diagnostics."""
        return f"{self.kind} {self.name or '(unnamed)'}"

    def at(self, path: str) -> Location:
        """Where the element stands in the file ``path``."""
        return Location(file=path, line=self.line, pointer=self.raw or self.name)


Parts = list[tuple[str, "etree._Element"]]
"""Child elements with the last words of their names."""


class Writing:
    """Reads elements of one file."""

    def __init__(self, tags: TagReading, notes: Counter[str]) -> None:
        self.tags = tags
        self.notes = notes
        self._properties: dict[str, Callable[[Written, etree._Element], None]] = {
            "taggedValue": self._read_tags,
            "type": _read_type,
            "participant": _read_type,
            "multiplicity": _read_ranges,
            "initialValue": _read_initial_value,
            "stereotype": _read_stereotypes,
            "name": _read_name,
        }

    def start(self, element: etree._Element, kind: str) -> Written:
        """What the start tag of ``element`` says: of a frame, to which `part` adds."""
        get = element.get
        line = element.sourceline
        if line is None or line >= LINES:
            line = line_of(element)
        written = Written(kind, get("xmi.id") or "", get("name") or "", line)
        if uuid := get("xmi.uuid"):
            written.uuid = uuid
        if stereotype := get("stereotype"):
            written.stereotype = stereotype
        return written

    def part(self, written: Written, part: str, child: etree._Element) -> None:
        """Add what the property ``part`` says, where all elements have it; else count what it holds."""
        if (read := self._properties.get(part)) is not None:
            read(written, child)
        else:
            self.count(child)

    def count(self, container: etree._Element) -> None:
        """Note the elements in a property that nothing is made of; references are none."""
        for element in container:
            kind = local(element)
            if kind[:1].isupper() and not element.get("xmi.idref"):
                self.notes[kind] += 1

    def count_rest(self, rest: Parts) -> None:
        """Note the elements in those of ``rest`` that are properties."""
        for part, child in rest:
            if part[:1].islower():
                self.count(child)

    def read(self, element: etree._Element, kind: str) -> tuple[Written, Parts]:
        """What is written at ``element``, and those of its children that are no property of all elements."""
        written = self.start(element, kind)
        rest: Parts = []
        properties = self._properties
        for child in element:
            part = LAST_WORDS[child.tag]
            if (read := properties.get(part)) is not None:
                read(written, child)
            else:
                rest.append((part, child))
        return written, rest

    def _read_tags(self, written: Written, container: etree._Element) -> None:
        self.tags.read(container, written.tagged)

    def member(self, element: etree._Element, kind: str) -> Written:
        """An attribute or literal."""
        written, rest = self.read(element, kind)
        if kind == "Attribute":
            if not written.type:
                _type_by_attribute(written, element, rest)
            if not written.type_name and (label := written.tagged.ea.get("type")):
                written.type_name = label
        else:
            written.type = written.type_name = ""
        if not written.multiplicity:
            _multiplicity_by_attribute(written, element)
        changes = element.get("changeable")
        if changes == "frozen" or (changes is None and _stated(element, rest, "changeability") == "frozen"):
            written.is_constant = True
        self.count_rest(rest)
        return written

    def end(self, element: etree._Element) -> Written:
        """An association end."""
        written, rest = self.read(element, "AssociationEnd")
        if not written.type:
            _type_by_attribute(written, element, rest)
        if not written.multiplicity:
            _multiplicity_by_attribute(written, element)
        written.navigable = flag(element, rest, "isNavigable")
        written.aggregation = _stated(element, rest, "aggregation")
        self.count_rest(rest)
        return written

    def link(self, element: etree._Element, kind: str) -> Written:
        """A generalization or dependency of any kind, with its sides."""
        written, rest = self.read(element, kind)
        sides = {name: tuple(ids) for name in _SIDES if (ids := element.get(name, "").split())}
        for part, child in rest:
            sides.setdefault(part, referred(child))
        written.sides = sides
        self.count_rest(rest)
        return written


def referred(container: etree._Element) -> tuple[str, ...]:
    """The ids that the children of ``container`` refer to."""
    return tuple(filter(None, map(reference, container)))


def flag(element: etree._Element, parts: Parts, name: str) -> bool | None:
    """The boolean property ``name``; None where it is absent or neither ``true`` nor ``false``."""
    return {"true": True, "false": False}.get(_stated(element, parts, name))


def name_of(element: etree._Element) -> str:
    """The name of an element of which nothing else is wanted."""
    name = element.get("name")
    return next((_text(c) for c in element if local(c) == "name"), "") if name is None else name


def _stated(element: etree._Element, parts: Parts, name: str) -> str:
    """The property ``name``, an attribute or, in verbose exports, a child; ``""`` where it is neither."""
    value = element.get(name)
    if value is None and parts:
        return next((_text(child) for part, child in parts if part == name), "")
    return value or ""


def _text(element: etree._Element) -> str:
    return element.get("xmi.value") or element.text or ""


def _type_by_attribute(written: Written, element: etree._Element, parts: Parts) -> None:
    """The type as an attribute (``type``, ``participant``) or a reference that stands by itself."""
    if raw := element.get("type") or element.get("participant"):
        written.type, written.type_name = raw, ""
    elif parts and not written.type_name:
        refs = (reference(child) for part, child in parts if part in _CLASSIFIERS)
        written.type = next(filter(None, refs), "")


def _read_type(written: Written, container: etree._Element) -> None:
    """The type that is a nested reference or, where it refers to nothing, has a name."""
    if written.type or written.type_name:
        return
    for child in container:
        if raw := child.get("xmi.idref") or reference(child):
            written.type = raw
            return
        if name := child.get("name"):
            written.type_name = name
            return


def _read_ranges(written: Written, container: etree._Element) -> None:
    """Bounds as found, ranges joined by commas; or a text that says them.

    Bounds that stand apart are joined by ``..`` and not read: ``0..n`` and ``0..-1`` stay what they are.
    """
    if written.multiplicity:
        return
    node = container
    while len(node) == 1:
        node = node[0]
    lower, upper = node.get("lower"), node.get("upper")
    if lower is not None or upper is not None:
        written.multiplicity = f"{lower or ''}..{upper or ''}"
        return
    ranges = [e for e in container.iter() if local(e) == "MultiplicityRange"]
    written.multiplicity = ",".join(f"{_bound(r, 'lower')}..{_bound(r, 'upper')}" for r in ranges)
    if not ranges:
        written.multiplicity = (container.text or "").strip()


def _bound(range_: etree._Element, name: str) -> str:
    return range_.get(name) or next((_text(c) for c in range_ if local(c) == name), "")


def _multiplicity_by_attribute(written: Written, element: etree._Element) -> None:
    """The bounds where there are no ranges: the ``multiplicity`` attribute, else EA's tagged values."""
    ea = written.tagged.ea
    if text := element.get("multiplicity"):
        written.multiplicity = text
    elif ea and ("lowerBound" in ea or "upperBound" in ea):
        written.multiplicity = f"{ea.get('lowerBound', '')}..{ea.get('upperBound', '')}"


def _read_initial_value(written: Written, container: etree._Element) -> None:
    """The text of an attribute's initial value, where there is one that is not empty."""
    for expression in container:
        text = expression.get("body")
        if text is None and len(expression):
            text = next((c.text for c in expression if local(c) == "body"), None)
        if text and written.default is None:
            written.default = text


def _read_stereotypes(written: Written, container: etree._Element) -> None:
    written.stereotypes += tuple((reference(each), name_of(each)) for each in container)


def _read_name(written: Written, child: etree._Element) -> None:
    written.name = written.name or _text(child)
