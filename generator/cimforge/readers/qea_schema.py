"""The tables of a Sparx EA project that say what a model means, the same in every database EA uses."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Kind = Literal["key", "number", "text"]
"""``key``: a whole number that every row has. ``number``: a whole number, 0 where there is none.
``text``: text, or NULL."""


Row = tuple[Any, ...]
"""The cells of one row in the order of its table's columns: whole numbers, and text or None."""


class Column(NamedTuple):
    """A column that is read."""

    name: str
    kind: Kind = "text"
    is_needed: bool = True
    """Whether a table without it is none of EA's; else it reads as NULL."""


class Table(NamedTuple):
    """A table that is read; its first column is the key by which diagnostics name a row."""

    name: str
    columns: tuple[Column, ...]
    is_needed: bool = True
    """Whether a project without it is none; else it reads as empty."""

    def place(self, column: str) -> int:
        """Where ``column`` stands in a row."""
        return next(at for at, found in enumerate(self.columns) if found.name == column)


def _table(name: str, columns: str, *, is_needed: bool = True) -> Table:
    """``columns``: names, ``!`` behind a key, ``#`` behind a number, ``?`` behind what may be missing."""
    found = []
    for word in columns.split():
        kind: Kind = "key" if "!" in word else "number" if "#" in word else "text"
        found.append(Column(word.rstrip("!#?"), kind, "?" not in word))
    return Table(name, tuple(found), is_needed)


PACKAGES = _table("t_package", "Package_ID! Name Parent_ID# Notes ea_guid")
OBJECTS = _table(
    "t_object",
    "Object_ID! Object_Type Name Note Package_ID# Stereotype Abstract PDATA1 ea_guid NType#? PDATA4?",
)
ATTRIBUTES = _table(
    "t_attribute",
    "ID! Object_ID# Name Stereotype LowerBound UpperBound Notes Pos# Const#? Classifier Default Type ea_guid",
)
CONNECTORS = _table(
    "t_connector",
    "Connector_ID! Name Direction Notes Connector_Type SourceCard DestCard SourceRole DestRole SourceRoleNote"
    " DestRoleNote SourceIsAggregate# DestIsAggregate# Start_Object_ID# End_Object_ID# Stereotype ea_guid"
    " SourceStereotype? DestStereotype?",
)
OBJECT_TAGS = _table("t_objectproperties", "PropertyID! Object_ID# Property Value Notes", is_needed=False)
ATTRIBUTE_TAGS = _table("t_attributetag", "PropertyID! ElementID# Property VALUE NOTES", is_needed=False)
CONNECTOR_TAGS = _table("t_connectortag", "PropertyID! ElementID# Property VALUE NOTES", is_needed=False)
END_TAGS = _table("t_taggedvalue", "PropertyID ElementID BaseClass TagValue Notes", is_needed=False)
REFERENCES = _table("t_xref", "XrefID Name Type Description Client", is_needed=False)

TABLES = (
    PACKAGES,
    OBJECTS,
    ATTRIBUTES,
    CONNECTORS,
    OBJECT_TAGS,
    ATTRIBUTE_TAGS,
    CONNECTOR_TAGS,
    END_TAGS,
    REFERENCES,
)

COUNTED = (
    "t_attributeconstraints",
    "t_connectorconstraint",
    "t_diagram",
    "t_objectconstraint",
    "t_objectrequires",
    "t_objectscenarios",
    "t_operation",
    "t_operationparams",
    "t_operationtag",
)
"""Tables that hold what an author wrote and that nothing is read from: their rows are counted."""
