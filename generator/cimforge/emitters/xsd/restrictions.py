"""Simple types that facets restrict."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.facets import Useless, tell, usable
from cimforge.emitters.xsd.xml import XS, is_legal, tag
from cimforge.ir.model import NO_FACETS, Attribute, Datatype, Facets, PrimitiveKind
from cimforge.ir.value import replace

_RESTRICTION = tag("restriction")
_SIMPLE_TYPE = tag("simpleType")
_sub = etree.SubElement

_NAMES = {
    "length": "length",
    "min_length": "minLength",
    "max_length": "maxLength",
    "min_exclusive": "minExclusive",
    "min_inclusive": "minInclusive",
    "max_inclusive": "maxInclusive",
    "max_exclusive": "maxExclusive",
    "total_digits": "totalDigits",
    "fraction_digits": "fractionDigits",
}


class Restrictions:
    """Writes facets; one that a schema cannot say is reported (CIM740)."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def usable(self, element: Attribute | Datatype, facets: Facets, kind: PrimitiveKind | None) -> Facets:
        """What of the facets of ``element`` a schema can say."""
        if facets == NO_FACETS:
            return facets
        found, useless = usable(facets, kind)
        patterns = tuple(p for p in found.patterns if _is_pattern(p))
        allowed = tuple(v for v in found.allowed if is_legal(v))
        no_pattern = [p for p in found.patterns if p not in patterns]
        not_legal = [v for v in found.allowed if v not in allowed]
        useless += tuple(
            Useless(facet="pattern", value=p, reason="it is no pattern of XML Schema") for p in no_pattern
        )
        useless += tuple(
            Useless(facet="allowed", value=v, reason="XML has no such characters") for v in not_legal
        )
        tell(self.report, element, useless, "the XML Schema")
        return replace(found, patterns=patterns, allowed=allowed)

    def restrict(self, type_: etree._Element, base: str, facets: Facets) -> None:
        """Make the empty simple type ``type_`` a restriction of ``base``.

        Patterns of one step are alternatives in XML Schema, so that each further one takes a step.
        """
        steps = facets.patterns[1:]
        restriction = _sub(type_, _RESTRICTION)
        for pattern in reversed(steps):
            _sub(restriction, tag("pattern"), {"value": pattern})
            inner = etree.Element(_SIMPLE_TYPE)
            restriction.insert(0, inner)
            restriction = _sub(inner, _RESTRICTION)
        restriction.set("base", base)
        for field, name in _NAMES.items():
            if value := getattr(facets, field):
                _sub(restriction, tag(name), {"value": value})
        for pattern in facets.patterns[:1]:
            _sub(restriction, tag("pattern"), {"value": pattern})
        for value in facets.allowed:
            _sub(restriction, tag("enumeration"), {"value": value})


@lru_cache(maxsize=1024)
def _is_pattern(text: str) -> bool:
    """Whether a schema with this pattern can be read."""
    if not is_legal(text):
        return False
    schema = etree.Element(tag("schema"), nsmap={"xs": XS})
    restriction = _sub(_sub(schema, _SIMPLE_TYPE, {"name": "t"}), _RESTRICTION, {"base": "xs:string"})
    _sub(restriction, tag("pattern"), {"value": text})
    try:
        etree.XMLSchema(schema)
    except etree.XMLSchemaParseError:
        return False
    return True
