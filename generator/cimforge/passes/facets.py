"""Facets as sources spell them, to facets that mean something (XML Schema Part 2, 4.3)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cimforge.diagnostics import Report
from cimforge.ir.facets import contradiction, joined
from cimforge.ir.facts import ClassFact, Location, MemberFact
from cimforge.ir.ids import ElementId
from cimforge.ir.model import NO_FACETS, Facets, PrimitiveKind
from cimforge.ir.value import replace
from cimforge.passes.primitives import KIND_BY_NAME
from cimforge.passes.references import References

FIELDS = {
    "length": "length",
    "minlength": "min_length",
    "maxlength": "max_length",
    "pattern": "patterns",
    "enumeration": "allowed",
    "mininclusive": "min_inclusive",
    "maxinclusive": "max_inclusive",
    "minexclusive": "min_exclusive",
    "maxexclusive": "max_exclusive",
    "totaldigits": "total_digits",
    "fractiondigits": "fraction_digits",
}
"""Fields of `Facets` by the name of the facet, whatever its letter case."""

_COUNTS = ("length", "min_length", "max_length", "total_digits", "fraction_digits")
_NUMBERS = frozenset((PrimitiveKind.INTEGER, PrimitiveKind.FLOAT, PrimitiveKind.DECIMAL))
_COUNT = re.compile(r"[0-9]{1,9}\Z")
_ESCAPES = re.compile(r"\\([iIcC])|\\[pP]\{[A-Za-z0-9\-]+\}|-\[(?:\\.|[^\]\\])*\](?=\])")


class Facetted:
    """Reads the facets of elements: those that sources state, and tagged values that have a facet's name.

    What is wrong with them is reported: values that a facet cannot have are left out (CIM195), and so are
    facets that exclude each other (CIM196).
    """

    def __init__(self, references: References, report: Report) -> None:
        self._references = references
        self._report = report

    def of_attribute(self, member: MemberFact, name: str, type_: ElementId) -> Facets:
        """Facets of an attribute."""
        if not member.tags and not member.facets:
            return NO_FACETS
        kind = self._value_kind(type_)
        elsewhere = member.facets_location
        return self.of(name, member.location, member.id, member.tags, member.facets, kind, elsewhere)

    def of_class(self, fact: ClassFact, kind: PrimitiveKind | None) -> Facets:
        """Facets of a primitive, or of a datatype itself."""
        return self.of(fact.name, fact.location, fact.id, fact.tags, (), kind) if fact.tags else NO_FACETS

    def of_datatype(self, fact: ClassFact, of_value: Facets) -> Facets:
        """Facets of a datatype's values: those of its attribute ``value``, and its own."""
        own = self.of_class(fact, self._value_kind(fact.id))
        both = joined(own, of_value)
        problem = contradiction(both)
        if problem:
            self._report.add(
                "CIM196",
                at=fact.location,
                element=fact.id,
                name=fact.name,
                problem=problem,
                source="datatype",
            )
            return of_value
        return both

    def _value_kind(self, type_: ElementId) -> PrimitiveKind | None:
        """The primitive that values of a type are; None if they are literals or of no known kind."""
        references = self._references
        implied = references.implied.get(type_)
        if implied is not None:
            return implied.kind
        fact = references.class_by_id[type_]
        if references.kinds[type_] == "primitive":
            return KIND_BY_NAME.get(fact.name.casefold())
        if references.kinds[type_] == "datatype":
            for member in references.members_by_owner.get(type_, ()):
                ref = member.type or member.range
                found = references.resolve(ref) if member.name == "value" and ref is not None else None
                if found is not None and references.kinds.get(found, "primitive") == "primitive":
                    return self._value_kind(found)
        return None

    def of(
        self,
        name: str,
        at: Location,
        element: ElementId,
        tags: Iterable[tuple[str, str]],
        stated: Iterable[tuple[str, str]] = (),
        kind: PrimitiveKind | None = None,
        elsewhere: Location | None = None,
    ) -> Facets:
        """The facets that ``tags`` and ``stated`` give an element whose values are of ``kind``.

        What is wrong with ``stated`` is reported at ``elsewhere``, if they are stated there.

        Of facets that exclude each other those of ``stated`` are left out, all where the tags alone do.
        """
        own = self._read(name, at, element, tags, kind)
        other = self._read(name, elsewhere or at, element, stated, kind)
        if own == NO_FACETS and other == NO_FACETS:
            return NO_FACETS
        for facets, source in ((own, "model"), (both := joined(own, other), "shape")):
            problem = contradiction(facets)
            if problem:
                place = at if facets is own else elsewhere or at
                self._report.add(
                    "CIM196", at=place, element=element, name=name, problem=problem, source=source
                )
                return NO_FACETS if facets is own else own
        return both

    def _read(
        self,
        name: str,
        at: Location,
        element: ElementId,
        pairs: Iterable[tuple[str, str]],
        kind: PrimitiveKind | None,
    ) -> Facets:
        found = NO_FACETS
        patterns: list[str] = []
        allowed: list[str] = []
        for facet, text in pairs:
            field = FIELDS.get(facet.casefold())
            value = text if field == "patterns" else text.strip()
            if field is None or not value:
                continue
            problem = _problem(field, value, kind)
            if problem:
                self._report.add(
                    "CIM195", at=at, element=element, name=name, facet=facet, value=value, problem=problem
                )
            elif field == "patterns":
                patterns.append(value)
            elif field == "allowed":
                allowed.append(value)
            else:
                found = joined(found, replace(NO_FACETS, **{field: value}))
        listed = Facets(patterns=tuple(dict.fromkeys(patterns)), allowed=tuple(dict.fromkeys(allowed)))
        return joined(found, listed)


def _problem(field: str, value: str, kind: PrimitiveKind | None) -> str:
    """What is wrong with the value of a facet, in words; empty if nothing is."""
    if field in _COUNTS:
        if not _COUNT.match(value):
            return "no whole number"
        return "no number of digits" if field == "total_digits" and int(value) == 0 else ""
    if field == "patterns":
        return "" if is_pattern(value) else "no regular expression of XML Schema"
    if field != "allowed" and kind in _NUMBERS:
        try:
            Decimal(value)
        except InvalidOperation:
            return "no number"
    return ""


@lru_cache(maxsize=1024)
def is_pattern(text: str) -> bool:
    r"""Whether ``text`` is a regular expression of XML Schema, as far as Python's can tell.

    Escapes that only XML Schema has (``\i``, ``\p{L}``, subtraction) are taken as letters.
    """
    if "(?" in text:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(_ESCAPES.sub(lambda m: "" if m[0].startswith("-[") else "w", text))
        except (re.error, OverflowError, RecursionError):
            return False
    return True
