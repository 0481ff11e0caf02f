"""What a file of XMI 1.x holds, before any reference is followed."""

from __future__ import annotations

from collections import Counter

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.xmi1_tags import TagReading, TagText
from cimforge.readers.xmi1_written import Written


class Standing:
    """An element, what it holds, and the package and class that it stands in, as ``xmi.id``s."""

    def __init__(self, written: Written, key: str, package: str = "", owner: str = "") -> None:
        self.written = written
        self.key = key
        """The id by which references lead to it."""
        self.package = package
        self.owner = owner
        self.parts: list[Written] = []
        """Attributes and literals of a class."""
        self.ends: list[Written] = []
        """Ends of an association."""


class Collected:
    """What a file holds, before any reference is followed."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self.tags = TagReading()
        self.exporter = ""
        """Name and version of the program that wrote the file."""
        self.models: list[Standing] = []
        """The models around the packages: the frame of an export, no packages themselves."""
        self.packages: list[Standing] = []
        self.classes: list[Standing] = []
        self.connectors: list[Standing] = []
        self.roles: list[Standing] = []
        """``ClassifierRole``s, which may carry the tagged values of a package."""
        self.labels: dict[str, str] = {}
        """Placeholder datatypes by ``xmi.id``: nothing but the label of a type; ``""`` for no type at all."""
        self.stereotypes: dict[str, str] = {}
        """Names of stereotypes by ``xmi.id``."""
        self.extended: dict[str, list[str]] = {}
        """Stereotypes by the ``xmi.id`` of the element that they extend."""
        self.tagged: dict[str, list[TagText]] = {}
        """Tagged values that stand apart, by the ``xmi.id`` of the element that they are about."""
        self.ids: dict[str, ElementId] = {}
        """Ids by ``xmi.id``, of packages, classes and connectors."""
        self.places: dict[ElementId, Written] = {}
        self.repeats: list[tuple[ElementId, Written, Written]] = []
        """Ids that two elements have, with the first and the second of them."""
        self.notes: Counter[str] = Counter()

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
