"""The model as canonical JSON: the cache, the test fixture and the public ``ir`` output."""

from __future__ import annotations

from typing import Any

import msgspec

from cimforge.ir.model import Model

IR_VERSION = 1
"""Raised when a reader of the JSON would have to change."""


class ModelDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The JSON document: a version and the model."""

    ir_version: int
    model: Model


def encode(model: Model) -> bytes:
    """Canonical JSON of ``model``: fixed field order, two-space indentation, one final newline."""
    document = ModelDocument(ir_version=IR_VERSION, model=model)
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def decode(data: bytes) -> Model:
    """The model that `encode` wrote.

    Raises:
        msgspec.ValidationError: the JSON is no model, or of another ``ir_version``.
    """
    document = msgspec.json.decode(data, type=ModelDocument)
    if document.ir_version != IR_VERSION:
        raise msgspec.ValidationError(f"ir_version {document.ir_version}, expected {IR_VERSION}")
    return document.model


def schema() -> dict[str, Any]:
    """JSON Schema of the document, for readers in other languages."""
    return msgspec.json.schema(ModelDocument)
