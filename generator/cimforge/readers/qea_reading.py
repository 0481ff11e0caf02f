"""One EA project being read: ids, references, and what is said of a row in other tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.qea_schema import Row, Table

Tags = tuple[tuple[str, str], ...]

_HEX = b"0123456789ABCDEF"
_FRAME = b"{----}\n"
"""What is left of a GUID in braces and a line feed without the GUID's digits."""


@dataclass(slots=True)
class Reading:
    """The rows of one project by table, and what is known of them so far."""

    path: str
    rows: Mapping[str, Sequence[Row]]
    report: Report
    notes: Counter[str] = field(default_factory=Counter)
    taken: list[tuple[Table, list[ElementId], Sequence[Row]]] = field(default_factory=list)
    """Ids that have been given, and the rows that they were given to."""
    package_ids: dict[int, ElementId] = field(default_factory=dict)
    """By ``Package_ID``."""
    roots: set[str] = field(default_factory=set)
    """Ids of root nodes: packages at the top that EA has no object for."""
    object_ids: dict[int, ElementId] = field(default_factory=dict)
    """Ids of classes and packages by ``Object_ID``: of other objects nothing is stated."""
    object_types: dict[int, str] = field(default_factory=dict)
    """Types of all objects by ``Object_ID``."""
    association_classes: dict[int, ElementId] = field(default_factory=dict)
    """Ids of association classes by the key of their association."""
    object_tags: dict[int, Tags] = field(default_factory=dict)
    attribute_tags: dict[int, Tags] = field(default_factory=dict)
    connector_tags: dict[int, Tags] = field(default_factory=dict)
    end_tags: dict[tuple[str, str], Tags] = field(default_factory=dict)
    """By the connector's id and ``source`` or ``target``."""
    marks: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Stereotypes in EA's cross references by id and ``source``, ``target`` or ``""``: the element itself."""
    marked: set[str] = field(default_factory=set)
    """Ids that cross references give stereotypes."""

    def at(self, table: Table, key: object) -> Location:
        """The row ``key`` of ``table`` as a place."""
        return Location(file=self.path, pointer=f"{table.name}/{key}")

    def ids(self, table: Table, rows: Sequence[Row]) -> list[ElementId]:
        """The id of each row: its GUID, or, where it has none, its place in this file.

        A row whose GUID an earlier row, of any table, has already is reported (CIM181); its id is empty.
        """
        guid = table.place("ea_guid")
        guids = [row[guid] for row in rows]
        found = plain_guids(guids)
        if found is None:
            found = [
                element_id(self.path, (guid or "").strip() or f"{table.name}/{row[0]}")
                for guid, row in zip(guids, rows, strict=True)
            ]
        own = set(found)
        if len(own) < len(found) or not all(own.isdisjoint(ids) for _, ids, _ in self.taken):
            self._report_twins(table, rows, found)
        self.taken.append((table, found, rows))
        return found

    def _report_twins(self, table: Table, rows: Sequence[Row], found: list[ElementId]) -> None:
        first = {
            id_: f"{earlier.name}/{row[0]}"
            for earlier, ids, of_them in self.taken
            for id_, row in zip(ids, of_them, strict=True)
        }
        for at, (id_, row) in enumerate(zip(found, rows, strict=True)):
            here = f"{table.name}/{row[0]}"
            if (there := first.setdefault(id_, here)) != here:
                place = Location(file=self.path, pointer=there)
                self.report.add(
                    "CIM181",
                    at=self.at(table, row[0]),
                    element=id_,
                    related=(place,),
                    first=there,
                    second=here,
                    guid=id_,
                )
                found[at] = ElementId("")

    def name(self, table: Table, key: object, name: str | None) -> str:
        """``name``; where it is NULL, CIM179 and ``""``."""
        if name is None:
            at = self.at(table, key)
            self.report.add("CIM179", at=at, table=table.name, column="Name", wanted="text", found="NULL")
        return name or ""

    def ref(self, key: int) -> Ref:
        """What ``Object_ID`` ``key`` leads to, whether or not there is such a row."""
        return Ref(by="id", value=self.object_ids.get(key) or f"{self.path}#t_object/{key}")

    def stereotypes(self, id_: ElementId, column: str | None, side: str = "") -> tuple[str, ...]:
        """Every stereotype once: the one that EA keeps in a column, and all in its cross reference."""
        if id_ not in self.marked:
            return (column,) if column else ()
        listed = self.marks.get((id_, side), ())
        if not column or listed == (column,):
            return listed
        return tuple(dict.fromkeys((column, *listed)))


def plain_guids(guids: Sequence[str | None]) -> list[ElementId] | None:
    """The ids that ``guids`` stand for, if each is a GUID in braces; else None.

    It is `identity.element_id` of each, at the cost of one for all.
    """
    count = len(guids)
    try:
        lines = "\n".join([*guids, ""]).upper()  # type: ignore[list-item]  # None is the error that is caught
        octets = lines.encode("ascii")
    except (TypeError, UnicodeEncodeError):
        return None
    # Each line has only these seven characters that are no digit of a GUID, and they stand where they should.
    is_framed = octets.translate(None, _HEX) == _FRAME * count and all(
        octets[at::39] == mark * count
        for at, mark in ((0, b"{"), (9, b"-"), (14, b"-"), (19, b"-"), (24, b"-"), (37, b"}"), (38, b"\n"))
    )
    if not is_framed or len(octets) != 39 * count:
        return None
    return cast("list[ElementId]", lines[1:-2].split("}\n{") if count else [])


def text(cell: str | None) -> str:
    """Notes as EA exports them: line ends are line feeds, everything else is as it stands."""
    if not cell:
        return ""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
