"""What a file of XMI 1.x holds, before any reference is followed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.xmi1_tags import TagReading, TagText
from cimforge.readers.xmi1_written import Written


@dataclass(slots=True)
class Standing:
    """An element, what it holds, and the package and class that it stands in, as ``xmi.id``s."""

    written: Written
    key: str
    """The id by which references lead to it."""
    package: str = ""
    owner: str = ""
    parts: list[Written] = field(default_factory=list)
    """Attributes and literals of a class."""
    ends: list[Written] = field(default_factory=list)
    """Ends of an association."""


@dataclass(slots=True)
class Collected:
    """What a file holds, before any reference is followed."""

    path: str
    report: Report
    tags: TagReading = field(default_factory=TagReading)
    exporter: str = ""
    """Name and version of the program that wrote the file."""
    models: list[Standing] = field(default_factory=list)
    """The models around the packages: the frame of an export, no packages themselves."""
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
    tagged: dict[str, list[TagText]] = field(default_factory=dict)
    """Tagged values that stand apart, by the ``xmi.id`` of the element that they are about."""
    ids: dict[str, ElementId] = field(default_factory=dict)
    """Ids by ``xmi.id``, of packages, classes and connectors."""
    places: dict[ElementId, Written] = field(default_factory=dict)
    repeats: list[tuple[ElementId, Written, Written]] = field(default_factory=list)
    """Ids that two elements have, with the first and the second of them."""
    notes: Counter[str] = field(default_factory=Counter)

    def at(self, written: Written) -> Location:
        """Where an element stands."""
        return written.at(self.path)

    def identify(self, written: Written, id_: ElementId) -> bool:
        """Whether ``written`` is the first to have ``id_``; any other is one of the `repeats`."""
        first = self.places.setdefault(id_, written)
        if first is not written:
            self.repeats.append((id_, first, written))
        return first is written

    def register(self, written: Written, context: str) -> str:
        """The key by which references find an element: its ``xmi.id``; ``""`` if its id is taken."""
        raw = written.raw or written.uuid or f"{context}/{written.name}"
        id_ = element_id(self.path, raw, written.uuid)
        if not self.identify(written, id_):
            return ""
        self.ids[raw] = id_
        return raw
