"""The reader of XMI 1.1 to 1.3: UML 1.3 and 1.4 as Sparx EA, Rational Rose and others export it.

Elements are known by the last word of their names, whatever prefix and namespace the exporter chose.
"""

from __future__ import annotations

import re

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location, SourceFile
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml
from cimforge.readers.uml_profile import profile_fact
from cimforge.readers.xmi1_classes import class_fact, member_facts
from cimforge.readers.xmi1_collect import collect
from cimforge.readers.xmi1_collected import Collected
from cimforge.readers.xmi1_connectors import connector_facts
from cimforge.readers.xmi1_names import local
from cimforge.readers.xmi1_packages import package_facts
from cimforge.readers.xmi1_reading import Reading
from cimforge.readers.xml_stream import XmlStream

_SUPPORTED = re.compile(r"1\.[123]\Z")


def read_xmi1(source: RawSource, stream: XmlStream, report: Report) -> Facts | None:
    """What an XMI 1.x file says; None, and CIM150, if it is of another version, or if it is broken.

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

    ``stream`` is the opened file; the DTD it may name is not needed. Two elements with one id (CIM152), an
    association without two ends (CIM154) and a connector with a loose side (CIM155) are errors; of two
    elements with one id the first is stated, of a broken connector nothing.
    """
    root = stream.root
    version = root.get("xmi.version", "")
    if not _SUPPORTED.match(version):
        if parse_xml(source, report) is not None:
            at = Location(file=source.path, line=root.sourceline, pointer=local(root))
            report.add("CIM150", at=at, version=version or "not stated")
        return None
    found = collect(stream, source.path, report)
    if found is None:
        return None
    reading = Reading(found)
    packages = package_facts(reading)
    models = frozenset(m.key for m in found.models)
    classes = tuple(class_fact(reading, s, models) for s in found.classes)
    members = tuple(m for s in found.classes for m in member_facts(reading, s))
    class_names = {c.id: c.name for c in classes}
    connectors = tuple(c for s in found.connectors for c in connector_facts(reading, s, class_names))
    _report_repeats(found)
    if not classes:
        report.add("CIM151", at=Location(file=source.path))
    exporter = found.exporter
    return Facts(
        sources=(SourceFile(path=source.path, format="xmi1", sha256=source.sha256, exporter=exporter),),
        profiles=(profile_fact(source.path, packages, classes, members),) if classes else (),
        packages=packages,
        classes=classes,
        members=members,
        connectors=connectors,
        notes=_notes(found),
    )


def _report_repeats(found: Collected) -> None:
    for id_, first, second in found.repeats:
        found.report.add(
            "CIM152",
            at=found.at(second),
            element=id_,
            related=(found.at(first),),
            first=first.described,
            second=second.described,
            id=id_,
        )


def _notes(found: Collected) -> tuple[tuple[str, int], ...]:
    counted = found.notes
    if found.tags.bookkeeping:
        counted["TaggedValue of the exporter"] = found.tags.bookkeeping
    if found.tagged:
        counted["TaggedValue of what is not read"] = sum(map(len, found.tagged.values()))
    return tuple(sorted(counted.items()))
