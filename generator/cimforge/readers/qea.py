"""The reader of Sparx EA project files: SQLite (``.qea``, ``.qeax``) and Access (``.eap``, ``.eapx``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location, SourceFile
from cimforge.readers.inputs_database import SQLITE
from cimforge.readers.qea_classes import class_facts, member_facts, package_facts, without_roots
from cimforge.readers.qea_connectors import connector_facts
from cimforge.readers.qea_reading import Reading
from cimforge.readers.qea_schema import Row
from cimforge.readers.qea_tags import read_stereotypes, read_tags
from cimforge.readers.source import RawSource
from cimforge.readers.uml_profile import profile_fact


def read_qea(source: RawSource, report: Report) -> Facts | None:
    """What an EA project says; None, and an error, if its database cannot be read.

    - Packages, classes of every metaclass, attributes, literals, associations, generalizations and
      dependencies are stated in the order of their keys, attributes in the order that EA shows them;
      everything else is counted in `Facts.notes`.
    - Nothing is interpreted: bounds and kinds stay text, stereotypes strings, types references.
    - Ids are GUIDs, and notes and tags read as EA exports them, so that an XMI export of the model states the
      same. The root that every project has is left out (`qea_classes.without_roots`).
    - Places are rows: ``t_attribute/1234`` is the attribute whose key is 1234.
    - A project with classes is one profile: see `uml_profile.profile_fact`.

    A name that is NULL (CIM179) and two rows of one GUID (CIM181) are errors; the first of the two is stated.
    """
    if source.data.startswith(SQLITE):
        from cimforge.readers.qea_sqlite import sqlite_tables as tables
    else:
        from cimforge.readers.qea_access import access_tables as tables
    found = tables(source, report)
    return None if found is None else _facts(source, *found, report)


def _facts(
    source: RawSource, rows: Mapping[str, Sequence[Row]], counts: Mapping[str, int], report: Report
) -> Facts:
    reading = Reading(path=source.path, rows=rows, report=report)
    reading.notes = Counter({name: count for name, count in counts.items() if count})
    read_tags(reading)
    read_stereotypes(reading)
    packages = package_facts(reading)
    classes = class_facts(reading)
    members = member_facts(reading)
    connectors = connector_facts(reading)
    stated = without_roots(reading, packages, classes)
    if not classes:
        report.add("CIM183", at=Location(file=source.path))
    return Facts(
        sources=(
            SourceFile(path=source.path, format="qea", sha256=source.sha256, exporter="Enterprise Architect"),
        ),
        profiles=(profile_fact(source.path, stated, classes, members),) if classes else (),
        packages=stated,
        classes=tuple(classes),
        members=tuple(members),
        connectors=tuple(connectors),
        notes=tuple(sorted(reading.notes.items())),
    )
