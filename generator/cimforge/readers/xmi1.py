"""The reader of XMI 1.1 to 1.3: UML 1.3 and 1.4 as Sparx EA, Rational Rose and others export it.

Elements are known by the last word of their names, whatever prefix and namespace the exporter chose.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location, SourceFile
from cimforge.readers.source import RawSource
from cimforge.readers.uml_profile import profile_fact
from cimforge.readers.xmi1_classes import class_fact, member_facts
from cimforge.readers.xmi1_collect import Collected, collect
from cimforge.readers.xmi1_connectors import connector_facts
from cimforge.readers.xmi1_names import local
from cimforge.readers.xmi1_packages import package_facts
from cimforge.readers.xmi1_reading import Reading
from cimforge.readers.xmi1_tags import TagReading

if TYPE_CHECKING:
    from lxml import etree

_SUPPORTED = re.compile(r"1\.[123]\Z")


def read_xmi1(source: RawSource, tree: etree._ElementTree[etree._Element], report: Report) -> Facts | None:
    """What an XMI 1.x file says; None, and CIM150, if it is of another version.

    - Packages, classes of every metaclass, their attributes and literals, associations, generalizations
      and dependencies are stated in file order; everything else is counted in `Facts.notes`.
    - Nothing is interpreted: bounds and kinds stay text, stereotypes strings, types references. A
      reference to an element, of this file or another, is by id; one to an exporter's placeholder is by
      its label.
    - Ids are those of `identity.element_id`: a GUID wherever the file has one, so that other formats of
      the same model give the same. An association's ends have its id with ``-source`` and ``-target``.
    - EA's own bookkeeping among the tagged values (places on diagrams, dates, code generation) is
      counted, not stated.
    - A file with classes is one profile: see `uml_profile.profile_fact`.

    ``tree`` is the parsed file; the DTD it may name is not needed. Two elements with one id (CIM152), an
    association without two ends (CIM154) and a connector with a loose side (CIM155) are errors; of two
    elements with one id the first is stated, of a broken connector nothing.
    """
    root = tree.getroot()
    version = root.get("xmi.version", "")
    if not _SUPPORTED.match(version):
        at = Location(file=source.path, line=root.sourceline, pointer=local(root))
        report.add("CIM150", at=at, version=version or "not stated")
        return None
    sections = {local(section): section for section in root.iterchildren("*")}
    exporter = _exporter(sections.get("header"))
    content = sections.get("content")
    found = collect(content, source.path, report) if content is not None else Collected(source.path, report)
    reading = Reading(found, TagReading("Enterprise Architect" in exporter, found.definitions))

    packages = package_facts(reading)
    classes = tuple(class_fact(reading, s) for s in found.classes)
    members = tuple(m for s in found.classes for m in member_facts(reading, s))
    class_names = {c.id: c.name for c in classes}
    connectors = tuple(c for s in found.connectors for c in connector_facts(reading, s, class_names))
    if not classes:
        report.add("CIM151", at=Location(file=source.path))
    return Facts(
        sources=(SourceFile(path=source.path, format="xmi1", sha256=source.sha256, exporter=exporter),),
        profiles=(profile_fact(source.path, packages, classes, members),) if classes else (),
        packages=packages,
        classes=classes,
        members=members,
        connectors=connectors,
        notes=_notes(found.notes, reading.tag_reading.bookkeeping, sections.get("extensions")),
    )


def _exporter(header: etree._Element | None) -> str:
    """Name and version of the program that wrote the file."""
    if header is None:
        return ""
    texts = {local(e): (e.text or "").strip() for e in header.iter("*")}
    return " ".join(t for t in (texts.get("exporter", ""), texts.get("exporterVersion", "")) if t)


def _notes(
    notes: Counter[str], bookkeeping: int, extensions: etree._Element | None
) -> tuple[tuple[str, int], ...]:
    counted = Counter(notes)
    if bookkeeping:
        counted["TaggedValue of the exporter"] = bookkeeping
    if extensions is not None:
        counted.update(k for k in map(local, extensions.iterchildren("*")) if k[:1].isupper())
    return tuple(sorted(counted.items()))
