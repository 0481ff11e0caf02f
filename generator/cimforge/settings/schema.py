"""The JSON Schema of ``cimforge.toml``, for editors: ``generator/cimforge/cimforge.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from cimforge.settings.keys import (
    NAMESPACE,
    NAMESPACES_DOC,
    NAMESPACES_TABLE,
    SEVERITIES,
    SEVERITY_DOC,
    SEVERITY_TABLE,
    TABLES,
    VERSION,
    VERSION_KEY,
    Key,
    Table,
)


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) that accepts what `load_settings` accepts, as far as a schema can say."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cimforge.toml",
        "description": "Settings of a cimforge build.",
        "type": "object",
        "additionalProperties": False,
        "required": [VERSION_KEY.name, "input"],
        "properties": {
            VERSION_KEY.name: {"const": VERSION, "description": VERSION_KEY.doc},
            **{table.name: _table(table) for table in TABLES},
            NAMESPACES_TABLE: {
                "description": NAMESPACES_DOC,
                "type": "object",
                "additionalProperties": {"type": "string", "pattern": f"^(?:{NAMESPACE})$"},
            },
            SEVERITY_TABLE: {
                "description": SEVERITY_DOC,
                "type": "object",
                "additionalProperties": {"enum": list(SEVERITIES)},
            },
        },
    }


def schema_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _table(table: Table) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _key(key) for key in table.keys},
    }
    required = [key.name for key in table.keys if key.required]
    if required:
        shape["required"] = required
    if table.repeated:
        return {"description": table.doc, "type": "array", "items": shape}
    return {"description": table.doc, **shape}


def _key(key: Key) -> dict[str, Any]:
    value: dict[str, Any] = {"type": "integer" if key.type == "integer" else "string"}
    if key.choices:
        value["enum"] = list(key.choices)
    if key.pattern and not key.pattern.startswith("(?"):
        value["pattern"] = f"^(?:{key.pattern})$"
    if key.type == "strings":
        value = {"type": "array", "items": value, "uniqueItems": True}
        if key.filled:
            value["minItems"] = 1
    if key.default is not None:
        value["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    return {"description": key.doc, **value}
