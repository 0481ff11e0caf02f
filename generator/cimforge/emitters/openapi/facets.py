"""Facets as keywords of JSON Schema, and choices as rules about keys."""

from __future__ import annotations

from collections.abc import Iterable

from cimforge.emitters.facets import COUNTS
from cimforge.emitters.lexical import json_value
from cimforge.emitters.openapi.envelope import Json
from cimforge.emitters.patterns import as_regex
from cimforge.ir.facets import stated
from cimforge.ir.model import Facets, Multiplicity, PrimitiveKind

_NUMBERS = frozenset((PrimitiveKind.INTEGER, PrimitiveKind.FLOAT))
_TEXTS = frozenset((PrimitiveKind.STRING, PrimitiveKind.URI))
_BOUNDS = {
    "min_inclusive": "minimum",
    "max_inclusive": "maximum",
    "min_exclusive": "exclusiveMinimum",
    "max_exclusive": "exclusiveMaximum",
}


def restrict(schema: Json, facets: Facets, kind: PrimitiveKind) -> tuple[str, ...]:
    """Add ``facets`` to the schema of a value of ``kind``; the patterns that no expression can say.

    What has no keyword (bounds of what JSON writes as text, digits) stands under ``x-cim-facets``.
    """
    beside: Json = {}
    lost: list[str] = []
    for name in stated(facets):
        value = getattr(facets, name)
        if name == "patterns" and kind not in _NUMBERS:
            expressions = [(p, as_regex(p)) for p in value]
            lost = [p for p, e in expressions if e is None]
            _match(schema, [f"^(?:{e})$" for _, e in expressions if e is not None])
        elif name == "allowed" and kind in _TEXTS:
            schema["enum"] = list(value)
        elif name == "allowed" and kind in _NUMBERS:
            schema["enum"] = list(dict.fromkeys(json_value(kind, v) for v in value))
        elif name == "length":
            schema["minLength"] = schema["maxLength"] = int(value)
        elif name in ("min_length", "max_length"):
            schema[{"min_length": "minLength", "max_length": "maxLength"}[name]] = int(value)
        elif name in _BOUNDS and kind in _NUMBERS and json_value(kind, value) is not None:
            schema[_BOUNDS[name]] = json_value(kind, value)
        else:
            value = int(value) if name in COUNTS else value
            beside[name] = list(value) if isinstance(value, tuple) else value
    if beside:
        schema["x-cim-facets"] = beside
    return tuple(lost)


def _match(schema: Json, expressions: list[str]) -> None:
    """Let a text match every one of ``expressions``; a schema has one ``pattern``."""
    rest = expressions
    if expressions and "pattern" not in schema:
        schema["pattern"], *rest = expressions
    if rest:
        schema["allOf"] = [{"pattern": e} for e in rest]


def one_of(schema: Json, choices: Iterable[tuple[Multiplicity, list[str]]]) -> None:
    """Let of the keys of each choice only so many stand as its bounds say.

    Of lists JSON Schema can say that one must stand, not how many items they have together.
    """
    rules: list[Json] = []
    for bounds, keys in choices:
        stands: list[Json] = [{"required": [k]} for k in keys]
        if bounds.is_list:
            if bounds.is_required:
                rules.append({"anyOf": stands})
        elif bounds.is_required:
            rules.append({"oneOf": stands})
        else:
            rules.append({"oneOf": [*stands, {"not": {"anyOf": stands}}]})
    if len(rules) == 1:
        schema.update(rules[0])
    elif rules:
        schema["allOf"] = rules
