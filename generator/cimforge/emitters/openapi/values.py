"""JSON Schemas of single values of attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from cimforge.diagnostics import Report
from cimforge.emitters.facets import Useless, kind_of, of_value, tell, usable
from cimforge.emitters.lexical import is_value, json_value
from cimforge.emitters.openapi.envelope import Json
from cimforge.emitters.openapi.facets import restrict
from cimforge.emitters.openapi.parts import SCHEMA_BY_KIND
from cimforge.emitters.protocol import Unit
from cimforge.ir.model import (
    NO_FACETS,
    Attribute,
    Class,
    Compound,
    Datatype,
    Enumeration,
    Primitive,
)


class Values:
    """The schemas of attributes' values; ``of_type`` gives that of a type, or a reference to it."""

    def __init__(
        self, unit: Unit, of_type: Callable[[Class | Compound | Enumeration], Json], report: Report
    ) -> None:
        self.unit = unit
        self.of_type = of_type
        self.report = report
        self.wire = unit.names["xsd"].by_id

    def of(self, attribute: Attribute) -> Json:
        """The schema of one value of an attribute; a fixed value is ``const``."""
        type_ = self.unit.index.by_id[attribute.type]
        if isinstance(type_, Datatype):
            type_ = self.unit.index.by_id[type_.value]
        fixed = attribute.default if attribute.is_fixed else None
        match type_:
            case Primitive():
                schema = dict(SCHEMA_BY_KIND[type_.kind])
                if fixed is not None and is_value(type_.kind, fixed):
                    value = json_value(type_.kind, fixed)
                    if value is not None:
                        schema["const"] = value
                else:
                    self._restrict(schema, attribute)
                return schema
            case Enumeration():
                schema = self.of_type(type_)
                if fixed is not None and any(self.wire[x.id] == fixed for x in type_.literals):
                    schema["const"] = fixed
                return schema
            case Class() | Compound():
                return self.of_type(type_)
            case Datatype():
                return {"type": "string"}
            case _:
                assert_never(type_)

    def _restrict(self, schema: Json, attribute: Attribute) -> None:
        """Add the facets of the attribute and of its type; what JSON Schema cannot say is reported."""
        facets = of_value(self.unit.index, attribute)
        if facets == NO_FACETS:
            return
        kind = kind_of(self.unit.index, attribute.type)
        found, useless = usable(facets, kind)
        if kind is not None:
            reason = "no regular expression of JSON Schema says the same"
            lost = restrict(schema, found, kind)
            useless += tuple(Useless(facet="pattern", value=p, reason=reason) for p in lost)
        tell(self.report, attribute, useless, "the JSON form")
