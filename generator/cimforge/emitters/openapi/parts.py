"""The small schemas that larger ones are made of, and the keys that they stand under."""

from __future__ import annotations

import re

from cimforge.emitters.lexical import DECIMAL_PATTERN
from cimforge.emitters.openapi.envelope import Json
from cimforge.ir.model import Multiplicity, PrimitiveKind

SCHEMA_BY_KIND: dict[PrimitiveKind, Json] = {
    PrimitiveKind.STRING: {"type": "string"},
    PrimitiveKind.BOOLEAN: {"type": "boolean"},
    PrimitiveKind.INTEGER: {"type": "integer"},
    PrimitiveKind.FLOAT: {"type": "number"},
    PrimitiveKind.DECIMAL: {"type": "string", "format": "decimal", "pattern": DECIMAL_PATTERN},
    PrimitiveKind.DATE: {"type": "string", "format": "date"},
    PrimitiveKind.DATE_TIME: {"type": "string", "format": "date-time"},
    PrimitiveKind.TIME: {"type": "string", "format": "time"},
    PrimitiveKind.DURATION: {"type": "string", "format": "duration"},
    PrimitiveKind.MONTH_DAY: {"type": "string"},
    PrimitiveKind.URI: {"type": "string", "format": "uri-reference"},
}
"""A value of each primitive, as xsdata writes it."""

_NOT_KEY = re.compile(r"[^A-Za-z0-9_.-]")


def component_key(*parts: str) -> str:
    """``parts`` joined by dots, as a key that OpenAPI allows."""
    return _NOT_KEY.sub("_", ".".join(parts))


def reference_schema() -> Json:
    """The schema of an end by reference, as XML carries it in attributes."""
    return {
        "type": "object",
        "description": "A reference to an object that stands elsewhere.",
        "properties": {
            "ref": {
                "type": "string",
                "description": "Identifier of the object, its mRID or its code.",
                "xml": {"attribute": True},
            },
            "referenceType": {
                "type": "string",
                "description": "Kind of the identifier.",
                "xml": {"attribute": True},
            },
        },
        "required": ["ref"],
        "additionalProperties": False,
    }


def occurring(value: Json, multiplicity: Multiplicity) -> Json:
    """``value`` itself for at most one, else an array with the bounds of ``multiplicity``."""
    if not multiplicity.is_list:
        return dict(value)
    return array_of(value, multiplicity)


def array_of(value: Json, multiplicity: Multiplicity) -> Json:
    """An array of ``value`` with the bounds of ``multiplicity``."""
    schema: Json = {"type": "array", "items": value}
    if multiplicity.lower:
        schema["minItems"] = multiplicity.lower
    if multiplicity.upper is not None:
        schema["maxItems"] = multiplicity.upper
    return schema
