"""What an EA project says of a row in other tables: tagged values and stereotypes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from operator import itemgetter
from typing import TypeVar

from cimforge.ir.facts import Location
from cimforge.readers.ea import MEMO, stereotypes, tag_text
from cimforge.readers.identity import element_id
from cimforge.readers.qea_reading import Reading, Tags, plain_guids, text
from cimforge.readers.qea_schema import (
    ATTRIBUTE_TAGS,
    ATTRIBUTES,
    CONNECTOR_TAGS,
    CONNECTORS,
    END_TAGS,
    OBJECT_TAGS,
    OBJECTS,
    REFERENCES,
    Row,
    Table,
)

_END_NOTES = "$ea_notes="
_ENDS = {"ASSOCIATION_SOURCE": "source", "ASSOCIATION_TARGET": "target"}
_MARKED = {"connectorSrcEnd property": "source", "connectorDestEnd property": "target"}

_Owner = TypeVar("_Owner")


def read_tags(reading: Reading) -> None:
    """Give ``reading`` the tagged values of objects, attributes, connectors and their ends.

    Tags are in the order of EA's exports: by name, those of an attribute or an end by id. A value
    ``<memo>`` has its text in the notes (else CIM158); other notes explain the tag and say nothing of the
    model. Tags of rows that do not exist are left out and reported (CIM182).
    """
    reading.object_tags = _of_rows(reading, OBJECT_TAGS, OBJECTS)
    reading.attribute_tags = _of_rows(reading, ATTRIBUTE_TAGS, ATTRIBUTES)
    reading.connector_tags = _of_rows(reading, CONNECTOR_TAGS, CONNECTORS)
    rows: list[Row] = []
    for row in reading.rows[END_TAGS.name]:
        _, _, base, name, _ = row
        if base in _ENDS and name is not None:
            rows.append(row)
        else:
            reading.notes[f"{base or 'unknown'} in {END_TAGS.name}"] += 1
    rows.sort(key=lambda row: row[0] or "")
    reading.end_tags = _grouped(
        reading,
        END_TAGS,
        rows,
        lambda row: (element_id(reading.path, row[1] or ""), _ENDS[row[2]]),
        lambda row: (row[3], *(row[4] or "").partition(_END_NOTES)[::2]),
    )


def read_stereotypes(reading: Reading) -> None:
    """Give ``reading`` the stereotypes in EA's cross references; other cross references are counted."""
    rows = []
    for row in reading.rows[REFERENCES.name]:
        if row[1] == "Stereotypes":
            rows.append(row)
        else:
            reading.notes[f"{row[1] or 'unnamed'} in {REFERENCES.name}"] += 1
    clients = [row[4] for row in rows]
    ids = plain_guids(clients)
    if ids is None:
        ids = [element_id(reading.path, client or "") for client in clients]
    known: dict[str | None, tuple[str, ...]] = {}
    for id_, (_, _, type_, description, _) in zip(ids, rows, strict=True):
        listed = known.get(description)
        if listed is None:
            listed = known[description] = tuple(dict.fromkeys(s for s in stereotypes(description or "") if s))
        key = (id_, _MARKED.get(type_, ""))
        reading.marked.add(id_)
        earlier = reading.marks.get(key)
        reading.marks[key] = tuple(dict.fromkeys((*earlier, *listed))) if earlier else listed


def report_strays(
    reading: Reading, table: Table, owners: Table, strays: Collection[Row], effect: str = "left out"
) -> None:
    """Report the rows of ``table`` that refer to no row of ``owners``, and what becomes of them (CIM182)."""
    if strays:
        at = reading.at(table, min(row[0] for row in strays))
        reading.report.add(
            "CIM182", at=at, count=len(strays), table=table.name, owners=owners.name, effect=effect
        )


def _of_rows(reading: Reading, table: Table, owners: Table) -> dict[int, Tags]:
    rows = list(reading.rows[table.name])
    if not rows:
        return {}
    existing = {row[0] for row in reading.rows[owners.name]}
    report_strays(reading, table, owners, [row for row in rows if row[1] not in existing])
    rows = [row for row in rows if row[1] in existing]
    if table is ATTRIBUTE_TAGS:
        rows.sort(key=itemgetter(0))
    else:
        rows.sort(key=lambda row: ((row[2] or "").lower(), row[0]))
    return _grouped(reading, table, rows, itemgetter(1), itemgetter(2, 3, 4))


def _grouped(
    reading: Reading,
    table: Table,
    rows: list[Row],
    owner: Callable[[Row], _Owner],
    said: Callable[[Row], tuple[str | None, ...]],
) -> dict[_Owner, Tags]:
    """The tags in ``rows`` by owner; ``said`` gives name, value and notes of one."""
    found: dict[_Owner, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        name, value, notes = said(row)
        value, name = text(value), name or ""
        if value == MEMO:
            value = text(notes)
            if not value:
                at = Location(file=reading.path, pointer=f"{table.name}/{row[0]}")
                reading.report.add("CIM158", at=at, tag=name, name=f"{table.name}/{row[0]}")
        found[owner(row)].append((name, tag_text(value) or ""))
    return {key: tuple(tags) for key, tags in found.items()}
