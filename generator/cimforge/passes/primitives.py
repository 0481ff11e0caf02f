"""What the names of primitives mean."""

from __future__ import annotations

from cimforge.ir.model import PrimitiveKind

XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARIES = (XSD, "https://schema.org/", "http://schema.org/")
"""Namespaces of datatypes that profiles use without defining them."""

_NAMES = {
    PrimitiveKind.STRING: "string char text uuid iri stringfixedlanguage stringiri normalizedstring token",
    PrimitiveKind.BOOLEAN: "boolean bool",
    PrimitiveKind.INTEGER: "integer int long short unsigned ulong byte counter"
    " nonnegativeinteger positiveinteger unsignedint unsignedlong",
    PrimitiveKind.FLOAT: "float double real simple_float",
    PrimitiveKind.DECIMAL: "decimal",
    PrimitiveKind.DATE: "date",
    PrimitiveKind.DATE_TIME: "datetime absolutedatetime datetimestamp",
    PrimitiveKind.TIME: "time",
    PrimitiveKind.DURATION: "duration",
    PrimitiveKind.MONTH_DAY: "monthday gmonthday",
    PrimitiveKind.URI: "uri url anyuri",
}

KIND_BY_NAME: dict[str, PrimitiveKind] = {
    name: kind for kind, names in _NAMES.items() for name in names.split()
}
"""Primitive kind by lower-cased type name: the CIM's own primitives, XSD's and EA's native types."""

NATIVE = {
    name: own
    for own, names in {
        "Boolean": "bool boolean",
        "Integer": "byte int integer long short ulong unsigned",
        "Float": "double float",
        "Decimal": "decimal",
        "String": "char string",
        "Date": "date",
        "DateTime": "datetime",
    }.items()
    for name in names.split()
}
"""The CIM's primitive for each native type that EA offers, by lower-cased name. ``double`` is binary, as
Float is; CIMTool takes Decimal, which is not."""
