"""The ``[roots]`` and ``[classes]`` tables of a selection."""

from __future__ import annotations

import re
from typing import Literal

from cimforge.diagnostics.toml_places import KeyPath
from cimforge.ir.model import Multiplicity
from cimforge.ir.profile import PropertyRule, RootRule, Selection
from cimforge.readers.selection_document import Document

_NAME = re.compile(r"(?:([A-Za-z][A-Za-z0-9-]*):)?[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
RULE_KEYS = ("multiplicity", "by")


def roots(document: Document, prefix: str, selected: tuple[str, ...]) -> tuple[RootRule, ...]:
    """The classes that stand directly in a document, in file order; each has to be selected (CIM315)."""
    table = document.subtable("roots")
    if table is None:
        return ()
    if not table:
        document.error(
            "CIM304", ("roots",), key="roots", expects='at least one class, such as Asset = "1..*"'
        )
    found: list[RootRule] = []
    for name, value in table.items():
        path = ("roots", name)
        if not _is_name(document, name, path, prefix):
            continue
        bounds = document.multiplicity(value, path)
        if name not in selected:
            document.error("CIM315", path, name=name)
        elif bounds is not None:
            found.append(RootRule(class_=name, multiplicity=bounds, location=document.at(path)))
    return tuple(found)


def selections(document: Document, prefix: str, *, variant: bool = False) -> tuple[Selection, ...]:
    """The classes that the profile takes and their members, in file order.

    ``prefix`` is that of the declared extension, empty if there is none: other prefixes are refused
    (CIM311). A variant adds members of its extension only (CIM313), and only optional ones (CIM314),
    so that a document stays readable for those who do not know the extension.
    """
    table = document.subtable("classes")
    if table is None:
        return ()
    if not table and not variant:
        document.error("CIM304", ("classes",), key="classes", expects="a table for each class taken")
    if not table and variant:
        document.error("CIM304", ("classes",), key="classes", expects="what the extension adds")
    found: list[Selection] = []
    for name, members in table.items():
        path = ("classes", name)
        if not _is_name(document, name, path, prefix):
            continue
        if not isinstance(members, dict):
            document.wrong(path, members, "a table of members")
            continue
        rules = (
            _rule(document, member, value, (*path, member), prefix, variant and ":" not in name)
            for member, value in members.items()
        )
        kept = tuple(rule for rule in rules if rule is not None)
        found.append(Selection(class_=name, properties=kept, location=document.at(path)))
    return tuple(found)


def _rule(
    document: Document, name: str, value: object, path: KeyPath, prefix: str, is_added: bool
) -> PropertyRule | None:
    """One member that the profile keeps; ``is_added`` where a variant adds it to a standard class."""
    if not _is_name(document, name, path, prefix):
        return None
    if is_added and ":" not in name:
        document.error("CIM313", path, name=name, base="the profile it extends")
        return None
    bounds: Multiplicity | None = None
    containment: Literal["value", "reference"] | None = None
    match value:
        case True:
            pass
        case str():
            bounds = document.multiplicity(value, path)
        case {**entries} if entries:
            document.refuse_unknown(map(str, entries), RULE_KEYS, path)
            if "multiplicity" in entries:
                bounds = document.multiplicity(entries["multiplicity"], (*path, "multiplicity"))
            match entries.get("by"):
                case None:
                    pass
                case "value":
                    containment = "value"
                case "reference":
                    containment = "reference"
                case other:
                    document.wrong((*path, "by"), other, "one of value, reference")
        case _:
            expects = 'true, a multiplicity such as "1..1", or { multiplicity = "0..1", by = "reference" }'
            if value is False:
                expects += "; leave the line out to leave the member out"
            document.wrong(path, value, expects)
    if is_added and bounds is not None and bounds.is_required:
        document.error("CIM314", path, name=name, multiplicity=bounds)
    return PropertyRule(
        property=name,
        multiplicity=bounds,
        containment=containment,
        location=document.at(path),
    )


def _is_name(document: Document, name: str, path: KeyPath, prefix: str) -> bool:
    found = _NAME.fullmatch(name)
    if found is None:
        document.wrong(
            path, name, "the name of a class or member, with the prefix of an extension if it is one's"
        )
        return False
    if found[1] and found[1] != prefix:
        document.error("CIM311", path, name=name, prefix=found[1])
        return False
    return True
