"""The intermediate model as canonical JSON, for readers in other languages and for review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Request, Unit
from cimforge.ir import codec
from cimforge.ir.artifact import Artifact


class IrEmitter:
    """The JSON of each unit's model, and its JSON Schema.

    A message unit gives ``<GROUP>/<Noun>.json``, a family ``<name>.json``; ``ir.schema.json`` stands
    beside them. `codec.decode` reads them back.
    """

    name = "ir"

    def emit(self, request: Request, report: Report) -> Iterable[Artifact]:
        """Yield one document per unit, then the schema."""
        for unit in request.units:
            yield Artifact(
                path=PurePosixPath(_group(unit), f"{unit.name}.json"),
                data=codec.encode(unit.model),
                elements=tuple(c.id for c in unit.model.classifiers),
            )
        yield from _schema()


def _group(unit: Unit) -> str:
    return unit.spec.service.group if unit.spec and unit.spec.service else ""


def _schema() -> Iterator[Artifact]:
    data = msgspec.json.format(msgspec.json.encode(codec.schema()), indent=2)
    yield Artifact(path=PurePosixPath("ir.schema.json"), data=data + b"\n")
