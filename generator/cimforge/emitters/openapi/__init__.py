"""OpenAPI 3.1 documents: one per IRM group, with operations; one per family, schemas alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from cimforge.diagnostics import Report
from cimforge.emitters.openapi.document import document_data, family_document, group_document
from cimforge.emitters.openapi.endpoints import Endpoint, Event, endpoints, events
from cimforge.emitters.protocol import Request, Unit
from cimforge.ir.artifact import Artifact
from cimforge.ir.ids import ElementId

__all__ = [
    "Endpoint",
    "Event",
    "OpenApiEmitter",
    "endpoints",
    "events",
    "family_document",
    "group_document",
    "openapi_data",
]


class OpenApiEmitter:
    """One document per IRM group (``<GROUP>.json``), one per family (``<name>.json``)."""

    name = "openapi"

    def emit(self, request: Request, report: Report) -> Iterable[Artifact]:
        """Yield every document of ``request``; what a document cannot say goes to ``report``."""
        for code, units in _units_by_group(request).items():
            yield _artifact(f"{code}.json", openapi_data(request, code, report), units)
        for unit in request.units:
            if not (unit.spec and unit.spec.service):
                data = document_data(family_document(request, unit, report))
                yield _artifact(f"{unit.name}.json", data, (unit,))


def openapi_data(request: Request, group_code: str, report: Report | None = None) -> bytes:
    """The document of one group: what `OpenApiEmitter` writes, to the byte."""
    group = next((g for g in request.groups if g.code == group_code), None)
    units = _units_by_group(request)[group_code]
    return document_data(group_document(request, group, units, report))


def _units_by_group(request: Request) -> dict[str, tuple[Unit, ...]]:
    """Message units by the code of their group, in the registry's order."""
    found: dict[str, tuple[Unit, ...]] = {g.code: () for g in request.groups}
    for unit in request.units:
        if unit.spec and unit.spec.service:
            code = unit.spec.service.group
            found[code] = (*found.get(code, ()), unit)
    return {code: units for code, units in found.items() if units}


def _artifact(name: str, data: bytes, units: tuple[Unit, ...]) -> Artifact:
    elements: tuple[ElementId, ...] = tuple(c.id for u in units for c in u.model.classifiers)
    return Artifact(path=PurePosixPath(name), data=data, elements=elements)
