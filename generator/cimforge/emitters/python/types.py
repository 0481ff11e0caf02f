"""How a property of the model is typed in Python, and what that type needs imported."""

from __future__ import annotations

import re
from typing import assert_never

from cimforge.emitters.protocol import Unit
from cimforge.emitters.quoting import string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Compound,
    Datatype,
    Enumeration,
    Primitive,
    PrimitiveKind,
    Property,
)
from cimforge.ir.value import Struct

_PYTHON = {
    PrimitiveKind.STRING: "str",
    PrimitiveKind.BOOLEAN: "bool",
    PrimitiveKind.INTEGER: "int",
    PrimitiveKind.FLOAT: "float",
    PrimitiveKind.DECIMAL: "Decimal",
    PrimitiveKind.DATE: "XmlDate",
    PrimitiveKind.DATE_TIME: "XmlDateTime",
    PrimitiveKind.TIME: "XmlTime",
    PrimitiveKind.DURATION: "XmlDuration",
    PrimitiveKind.MONTH_DAY: "XmlPeriod",
    PrimitiveKind.URI: "str",
}
DATATYPES = frozenset({"XmlDate", "XmlDateTime", "XmlTime", "XmlDuration", "XmlPeriod"})
"""Those of xsdata: every lexical form of XML Schema survives."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,400}\Z")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\Z")
_FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\Z")


class ValueType(Struct, frozen=True, kw_only=True):
    """The Python type of one value of a property."""

    annotation: str
    needs: Enumeration | Compound | Class | None = None
    """The classifier whose class must be importable at run time."""
    target: ElementId | None = None
    """For a reference, the class it leads to."""
    unit: str = ""
    multiplier: str = ""
    kind: PrimitiveKind | None = None


class Types:
    """The types of one unit's properties, each classifier's worked out once."""

    def __init__(self, unit: Unit) -> None:
        self._by_id = unit.index.by_id
        self._names = unit.names["python"].by_id
        self._known: dict[ElementId, ValueType] = {}

    def of(self, member: Property) -> ValueType:
        """The type of one value of ``member``."""
        if isinstance(member, AssociationEnd) and member.containment == "reference":
            return ValueType(annotation=f'Reference["{self._names[member.type]}"]', target=member.type)
        found = self._known.get(member.type)
        if found is None:
            found = self._known[member.type] = self._value(member.type)
        return found

    def _value(self, type_: ElementId) -> ValueType:
        classifier = self._by_id[type_]
        match classifier:
            case Primitive():
                return ValueType(annotation=_PYTHON[classifier.kind], kind=classifier.kind)
            case Datatype():
                value = self._value(classifier.value)
                return ValueType(
                    annotation=value.annotation,
                    needs=value.needs,
                    kind=value.kind,
                    unit=_per(classifier.unit, classifier.denominator_unit),
                    multiplier=_per(classifier.multiplier, classifier.denominator_multiplier),
                )
            case Enumeration() | Compound() | Class():
                return ValueType(annotation=self._names[type_], needs=classifier)
            case _:
                assert_never(classifier)

    def fixed(self, member: Attribute, value: ValueType) -> str | None:
        """The expression of ``member``'s fixed value.

        Empty where Python code cannot state it at import (dates); None where it is no value of the type.
        """
        text = member.default or ""
        if isinstance(value.needs, Enumeration):
            name = text.rpartition("#")[2].rpartition(".")[2] if "#" in text else text
            for literal in value.needs.literals:
                if literal.name in (text, name) or literal.meta.uri == text:
                    return f"{value.annotation}.{self._names[literal.id]}"
            return None
        match value.kind:
            case PrimitiveKind.STRING | PrimitiveKind.URI:
                return string_literal(text)
            case PrimitiveKind.BOOLEAN:
                return {"true": "True", "1": "True", "false": "False", "0": "False"}.get(text.strip().lower())
            case PrimitiveKind.INTEGER:
                return repr(int(text)) if _INTEGER.match(text.strip()) else None
            case PrimitiveKind.FLOAT:
                number = float(text) if _FLOAT.match(text.strip()) else float("inf")
                return repr(number) if abs(number) < float("inf") else None
            case PrimitiveKind.DECIMAL:
                return f"Decimal({string_literal(text.strip())})" if _DECIMAL.match(text.strip()) else None
            case None:
                return None
            case _:
                return ""


def _per(symbol: str, denominator: str) -> str:
    symbol = "" if symbol == "none" else symbol
    return f"{symbol or 1}/{denominator}" if denominator and denominator != "none" else symbol
