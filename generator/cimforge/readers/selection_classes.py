"""The ``[roots]``, ``[classes]`` and ``[enumerations]`` tables of a selection."""

from __future__ import annotations

from typing import Any

from cimforge.diagnostics.toml_places import KeyPath
from cimforge.ir.profile import PropertyRule, RootRule, Selection
from cimforge.readers.selection_document import Document
from cimforge.readers.selection_values import (
    CLASS_KEYS,
    ENUMERATION_KEYS,
    MEMBER_KEYS,
    Names,
    facets,
    read_keys,
)


def called(selection: Selection) -> str:
    """What the rest of the file calls a selection: its own name, or that of its class."""
    return selection.name or selection.class_


def roots(document: Document, names: Names, selected: tuple[str, ...]) -> tuple[RootRule, ...]:
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
        resolved = names.resolved(document, name, path)
        if not resolved:
            continue
        bounds = document.multiplicity(value, path)
        if resolved not in selected:
            document.error("CIM315", path, name=name)
        elif bounds is not None:
            found.append(RootRule(class_=resolved, multiplicity=bounds, location=document.at(path)))
    return tuple(found)


def selections(document: Document, names: Names, *, variant: bool = False) -> tuple[Selection, ...]:
    """The classes that the profile takes and their members, in file order.

    Prefixes that the file does not declare are refused (CIM311). A variant adds members of its extension
    only (CIM313), and only optional ones (CIM314), so that a document stays readable for those who do not
    know the extension.
    """
    table = document.subtable("classes")
    if table is None:
        return ()
    if not table and not variant:
        document.error("CIM304", ("classes",), key="classes", expects="a table for each class taken")
    if not table and variant:
        document.error("CIM304", ("classes",), key="classes", expects="what the extension adds")
    found: list[Selection] = []
    for name, entries in table.items():
        path = ("classes", name)
        resolved = names.resolved(document, name, path)
        if not resolved:
            continue
        if not isinstance(entries, dict):
            document.wrong(path, entries, "a table of members")
            continue
        is_added = variant and not names.is_extension(name)
        own = {k: v for k, v in entries.items() if k in CLASS_KEYS and not isinstance(v, dict)}
        if own and is_added:
            for key in own:
                document.error("CIM313", (*path, key), name=key, base="the profile it extends")
        said = read_keys(document, names, own, CLASS_KEYS, path)
        rules = (
            _rule(document, names, member, value, (*path, member), is_added)
            for member, value in entries.items()
            if member not in own
        )
        found.append(
            Selection(
                class_=said.get("of", resolved),
                name=_own_name(document, name, path) if "of" in said else "",
                properties=tuple(rule for rule in rules if rule is not None),
                bases=said.get("extends"),
                is_abstract=said.get("abstract"),
                is_anonymous=said.get("inline", False),
                stereotypes=said.get("stereotypes", ()),
                note=said.get("note", ""),
                location=document.at(path),
            )
        )
    return tuple(found)


def enumerations(document: Document, names: Names) -> tuple[Selection, ...]:
    """The enumerations of which the profile takes some values, or under another name, in file order."""
    table = document.subtable("enumerations") or {}
    found: list[Selection] = []
    for name, entries in table.items():
        path = ("enumerations", name)
        resolved = names.resolved(document, name, path)
        if not resolved:
            continue
        if not isinstance(entries, dict) or not entries:
            document.wrong(path, entries, 'a table such as { values = ["a", "b"] }')
            continue
        said = read_keys(document, names, entries, ENUMERATION_KEYS, path)
        if said.get("values") == ():
            document.wrong((*path, "values"), [], "at least one value")
        found.append(
            Selection(
                class_=said.get("of", resolved),
                name=_own_name(document, name, path) if "of" in said else "",
                literals=said.get("values"),
                is_anonymous=said.get("inline", False),
                stereotypes=said.get("stereotypes", ()),
                note=said.get("note", ""),
                location=document.at(path),
            )
        )
    return tuple(found)


def _rule(
    document: Document, names: Names, name: str, value: object, path: KeyPath, is_added: bool
) -> PropertyRule | None:
    """One member that the profile keeps; ``is_added`` where a variant adds it to a standard class."""
    resolved = names.resolved(document, name, path)
    if not resolved:
        return None
    if is_added and not names.is_extension(name):
        document.error("CIM313", path, name=name, base="the profile it extends")
        return None
    said: dict[str, Any] = {}
    match value:
        case True:
            pass
        case str():
            said["multiplicity"] = document.multiplicity(value, path)
        case {**entries} if entries:
            said = read_keys(document, names, entries, MEMBER_KEYS, path)
        case _:
            expects = 'true, a multiplicity such as "1..1", or { multiplicity = "0..1", by = "reference" }'
            if value is False:
                expects += "; leave the line out to leave the member out"
            document.wrong(path, value, expects)
    bounds = said.get("multiplicity")
    if is_added and bounds is not None and bounds.is_required:
        document.error("CIM314", path, name=name, multiplicity=bounds)
    return PropertyRule(
        property=resolved,
        multiplicity=bounds,
        containment=said.get("by"),
        targets=said.get("to", ()),
        facets=facets(said),
        stereotypes=said.get("stereotypes", ()),
        note=said.get("note", ""),
        order=said.get("order"),
        location=document.at(path),
    )


def _own_name(document: Document, name: str, path: KeyPath) -> str:
    if ":" in name:
        document.wrong(path, name, "a name without a prefix, since `of` says what it takes")
    return name
