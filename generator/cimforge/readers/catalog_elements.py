"""The elements of a Catalog: their attributes and texts, and what of them nobody read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.model import Multiplicity
from cimforge.readers.cimtool_terms import MESSAGE
from cimforge.readers.presumed import local_name
from cimforge.readers.rdfs_references import IN_NO_IRI

if TYPE_CHECKING:
    from lxml import etree

_SPACE = f"{{{MESSAGE}}}"
READ = frozenset(
    (
        *(
            "baseURI",
            "name",
            "baseClass",
            "baseProperty",
            "baseResource",
            "basePackage",
            "dataType",
            "xstype",
        ),
        *("type", "minOccurs", "maxOccurs", "package", "packageURI", "inheritanceBaseClass", "label"),
    )
)
"""Attributes that a profile is read from, or that repeat what others say; the rest is counted."""

_IRIS = frozenset(
    ("baseURI", "baseClass", "baseProperty", "baseResource", "basePackage", "packageURI", "dataType")
)

_UNBOUNDED = ("unbounded", "n", "*")


class Elements:
    """Access to the elements of one document."""

    def __init__(self, path: str, report: Report) -> None:
        self._path = path
        self._report = report
        self._unknown: dict[str, list[Location]] = {}
        self.notes: Counter[str] = Counter()

    def at(self, element: etree._Element) -> Location:
        """The place of an element."""
        return Location(file=self._path, line=element.sourceline, pointer=element.get("name", ""))

    def tag(self, element: etree._Element) -> str:
        """Its name, without the Catalog's namespace."""
        return str(element.tag).removeprefix(_SPACE)

    def children(self, element: etree._Element, tag: str = "") -> Iterator[etree._Element]:
        """Its child elements of the Catalog's namespace, of one name or of all."""
        yield from element.iterchildren(_SPACE + (tag or "*"))

    def value(self, element: etree._Element, attribute: str) -> str | None:
        """The value of an attribute that must be there; None, reported (CIM367), if it is not."""
        found = element.get(attribute, "").strip()
        if found:
            return found
        name = element.get("name", "")
        self._report.add(
            "CIM367",
            at=self.at(element),
            tag=self.tag(element),
            attribute=attribute,
            name=f" ({name})" if name else "",
        )
        return None

    def bounds(self, element: etree._Element, name: str, *, default: str) -> Multiplicity | None:
        """``minOccurs`` and ``maxOccurs``; None, reported, where they are no bounds (CIM353, CIM354)."""
        lower, _, upper = default.partition("..")
        texts = (element.get("minOccurs", lower), element.get("maxOccurs", upper))
        counts: list[int | None] = []
        for attribute, text in zip(("minOccurs", "maxOccurs"), texts, strict=True):
            if attribute == "maxOccurs" and text in _UNBOUNDED:
                counts.append(None)
            elif text.isascii() and text.isdigit() and len(text) < 10:
                counts.append(int(text))
            else:
                self._report.add("CIM353", at=self.at(element), name=name, predicate=attribute, text=text)
                return None
        least, most = counts
        assert least is not None
        if most is not None and most < max(least, 1):
            self._report.add("CIM354", at=self.at(element), name=name, lower=least, upper=most)
            return None
        return Multiplicity(lower=least, upper=most)

    def texts(self, element: etree._Element, tag: str) -> str:
        """The paragraphs of one kind (``Comment``, ``Note``), as one text."""
        parts = ["".join(map(str, child.itertext())).strip() for child in self.children(element, tag)]
        return "\n".join(p for p in parts if p)

    def stereotypes(self, element: etree._Element) -> tuple[str, ...]:
        """Its stereotypes, each by the last part of its IRI."""
        texts = ["".join(map(str, e.itertext())).strip() for e in self.children(element, "Stereotype")]
        names = dict.fromkeys(local_name(t) for t in texts if t)
        return tuple(sorted(names, key=lambda n: (n.casefold(), n)))

    def count(self, element: etree._Element, *tags: str) -> None:
        """Count children that say what the profile says elsewhere."""
        for tag in tags:
            for _child in self.children(element, tag):
                self.notes[f"<{tag}>"] += 1

    def finish(self, element: etree._Element, read: tuple[str, ...]) -> None:
        """Note the children that are none of ``read``."""
        for child in self.children(element):
            tag = self.tag(child)
            if tag not in read and f"<{tag}>" not in self.notes:
                self._unknown.setdefault(tag, []).append(self.at(child))

    def settle_iris(self, root: etree._Element) -> None:
        """Write blanks in the IRIs below ``root`` as ``%20``, as RDF reads them (CIM185).

        What holds a character that no IRI has is reported (CIM132), a blank in ``baseURI`` among it.
        """
        blanks: dict[str, Location] = {}
        for element in root.iter("*"):
            for key in sorted(_IRIS.intersection(map(str, element.attrib))):
                iri = element.get(key, "").strip()
                bad = IN_NO_IRI.search(iri if key == "baseURI" else iri.replace(" ", ""))
                if bad:
                    character = ascii(bad[0])[1:-1]
                    self._report.add("CIM132", at=self.at(element), iri=iri, character=character)
                elif " " in iri:
                    blanks.setdefault(iri, self.at(element))
                    element.set(key, iri.replace(" ", "%20"))
        if blanks:
            first, place = next(iter(blanks.items()))
            self._report.add("CIM185", at=place, count=len(blanks), first=first)

    def report_unread(self, root: etree._Element) -> None:
        """Report each kind of element that is not read (CIM366); count attributes, and what others added."""
        for element in root.iter("*"):
            tag = str(element.tag)
            if not tag.startswith(_SPACE):
                self.notes[f"element {tag}"] += 1
            self.notes.update(f"attribute {key!s}" for key in element.attrib if key not in READ)
        for tag, places in self._unknown.items():
            self._report.add("CIM366", at=places[0], tag=tag, count=len(places))
