"""XML Schemas of profiles (IEC 62361-100)."""

from __future__ import annotations

from collections.abc import Iterable

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Request
from cimforge.ir.artifact import Artifact


class XsdEmitter:
    """One schema per profile, and one more for each extension namespace that a profile admits.

    A message unit gives ``<GROUP>/<Noun>.xsd``, a family one ``<keyword>.xsd`` for each member.
    """

    name = "xsd"

    def emit(self, request: Request, report: Report) -> Iterable[Artifact]:
        """Yield every schema of ``request``; what a schema cannot say goes to ``report`` (CIM73x)."""
        from cimforge.emitters.xsd.schema import schema_documents  # lxml only where schemas are built

        for unit in request.units:
            if unit.spec is None:
                for member in unit.members:
                    profile = member.model.profiles[0].keyword if member.model.profiles else member.name
                    yield from schema_documents(member, profile, "", request.header, report)
            else:
                group = unit.spec.service.group if unit.spec.service else ""
                yield from schema_documents(unit, unit.name, group, request.header, report)
