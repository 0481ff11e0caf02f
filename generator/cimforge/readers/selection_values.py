"""The keys below ``[classes]`` and ``[enumerations]``: what each is called, and how its value is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cimforge.diagnostics.toml_places import KeyPath
from cimforge.ir.model import NO_FACETS, Facets
from cimforge.ir.value import Struct
from cimforge.readers.selection_document import Document
from cimforge.readers.selection_header import TEXT

_NAME = re.compile(r"(?:([A-Za-z][A-Za-z0-9-]*):)?([A-Za-z_][A-Za-z0-9_-]*)", re.ASCII)
_IRI = re.compile(r"(?:https?://|urn:[A-Za-z0-9-]{2,31}:)[^\x00-\x20\x7f-\x9f<>\"{}|\\^`\u2028\u2029]+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LONGEST = 1_000_000


class Names(Struct, frozen=True, kw_only=True):
    """The prefixes that names of one file may have."""

    extension: str
    """That of the declared extension; empty if there is none."""
    namespaces: Mapping[str, str]
    """Others, with the namespaces they stand for."""

    def is_extension(self, name: str) -> bool:
        """Whether ``name`` is one of the declared extension."""
        return bool(self.extension) and name.startswith(f"{self.extension}:")

    def resolved(self, document: Document, name: str, path: KeyPath) -> str:
        """``name``, with its namespace in place of a prefix that is not the extension's.

        Empty, and reported, where it is no name (CIM303) or its prefix is not declared (CIM311).
        """
        if _IRI.fullmatch(name):
            return name
        found = _NAME.fullmatch(name)
        if found is None:
            document.wrong(
                path, name, "the name of a class or member, with a prefix if it needs one, or its URI"
            )
            return ""
        prefix, local = found[1], found[2]
        if prefix and prefix in self.namespaces:
            return self.namespaces[prefix] + local
        if prefix and prefix != self.extension:
            document.error("CIM311", path, name=name, prefix=prefix)
            return ""
        return name


Reader = Callable[[Document, Names, object, KeyPath], Any]
"""Reads one value; None, and reported, where it is of the wrong type or form."""


def _flag(document: Document, names: Names, value: object, path: KeyPath) -> bool | None:
    if isinstance(value, bool):
        return value
    document.wrong(path, value, "true or false" + _member_hint(value))
    return None


def _text(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    if isinstance(value, str) and re.fullmatch(TEXT.pattern, value):
        return value
    document.wrong(path, value, TEXT.expects + _member_hint(value))
    return None


def _name(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    if isinstance(value, str):
        return names.resolved(document, value, path) or None
    document.wrong(path, value, "the name of a class" + _member_hint(value))
    return None


def _one_or_more(document: Document, names: Names, value: object, path: KeyPath) -> tuple[str, ...] | None:
    if value == []:
        document.wrong(path, value, "a name, or a list of names")
        return None
    return _names(document, names, [value] if isinstance(value, str) else value, path)


def _names(document: Document, names: Names, value: object, path: KeyPath) -> tuple[str, ...] | None:
    found = _words(document, names, value, path)
    if found is None:
        return None
    resolved = tuple(names.resolved(document, name, path) for name in found)
    return resolved if all(resolved) else None


def _words(document: Document, names: Names, value: object, path: KeyPath) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        document.wrong(path, value, "a list of texts" + _member_hint(value))
        return None
    if len(set(value)) < len(value):
        document.wrong(path, value, "each item once")
        return None
    return tuple(value)


def _patterns(document: Document, names: Names, value: object, path: KeyPath) -> tuple[str, ...] | None:
    return _words(document, names, [value] if isinstance(value, str) else value, path)


def _containment(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    for word in ("value", "reference"):
        if value == word:
            return word  # this very text: JSON leaves defaults out by identity
    document.wrong(path, value, "one of value, reference")
    return None


def _place(document: Document, names: Names, value: object, path: KeyPath) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LONGEST:
        return value
    document.wrong(path, value, "a place among the members of the class, from 1")
    return None


def _count(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LONGEST:
        return str(value)
    document.wrong(path, value, "a whole number that is not negative")
    return None


def _digits(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    if value == 0 and not isinstance(value, bool):
        document.wrong(path, value, "a whole number of at least 1")
        return None
    return _count(document, names, value, path)


def _bound(document: Document, names: Names, value: object, path: KeyPath) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = repr(value)
        if _NUMBER.fullmatch(text):
            return text
    elif isinstance(value, str) and value.strip() == value and value.isprintable() and value:
        return value
    document.wrong(path, value, 'a number, or a value in quotes such as "2026-01-01"')
    return None


def _multiplicity(document: Document, names: Names, value: object, path: KeyPath) -> Any:
    return document.multiplicity(value, path)


def _member_hint(value: object) -> str:
    """What else may be meant where a table's own key has a member's value."""
    is_member = isinstance(value, bool | dict) or (isinstance(value, str) and ".." in value)
    return '; a member of that name is written { multiplicity = "0..1" }' if is_member else ""


CLASS_KEYS: Mapping[str, Reader] = {
    "of": _name,
    "extends": _names,
    "inline": _flag,
    "abstract": _flag,
    "note": _text,
    "stereotypes": _words,
}
"""Keys of a table below ``[classes]`` that are no members."""

FACET_KEYS: Mapping[str, Reader] = {
    "length": _count,
    "min_length": _count,
    "max_length": _count,
    "pattern": _patterns,
    "allowed": _words,
    "min_inclusive": _bound,
    "max_inclusive": _bound,
    "min_exclusive": _bound,
    "max_exclusive": _bound,
    "total_digits": _digits,
    "fraction_digits": _count,
}
"""Facets of XML Schema; ``allowed`` is its ``enumeration``."""

MEMBER_KEYS: Mapping[str, Reader] = {
    "multiplicity": _multiplicity,
    "by": _containment,
    "to": _one_or_more,
    "order": _place,
    "note": _text,
    "stereotypes": _words,
    **FACET_KEYS,
}
"""Keys of a member that is written as a table."""

ENUMERATION_KEYS: Mapping[str, Reader] = {
    "of": _name,
    "values": _words,
    "inline": _flag,
    "note": _text,
    "stereotypes": _words,
}
"""Keys of a table below ``[enumerations]``."""


def read_keys(
    document: Document, names: Names, table: Mapping[Any, object], keys: Mapping[str, Reader], path: KeyPath
) -> dict[str, Any]:
    """The values of ``table`` by key. Unknown keys are reported (CIM302), as are wrong values (CIM303)."""
    document.refuse_unknown(map(str, table), tuple(keys), path)
    found = {
        key: keys[key](document, names, value, (*path, key)) for key, value in table.items() if key in keys
    }
    return {key: value for key, value in found.items() if value is not None}


def facets(found: Mapping[str, Any]) -> Facets:
    """The facets among the values of a member."""
    stated = {("patterns" if k == "pattern" else k): found[k] for k in FACET_KEYS if k in found}
    return Facets(**stated) if stated else NO_FACETS
