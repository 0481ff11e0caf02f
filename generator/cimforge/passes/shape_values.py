"""What one shape says of the values of one member, against what the model says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, ShapeFact
from cimforge.ir.model import Multiplicity, PrimitiveKind
from cimforge.passes.primitives import KIND_BY_NAME
from cimforge.passes.references import kind_of

_SAME = {PrimitiveKind.DECIMAL: PrimitiveKind.FLOAT}
"""Kinds whose values are one another's: xsd:decimal and xsd:double both spell the CIM's Float and Decimal."""


def local_name(iri: str) -> str:
    """The part of an IRI behind its last ``#`` or ``/``."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


class ShapeValues:
    """Compares shapes with the types of members."""

    def __init__(self, facts: Facts, classes: Mapping[str, ClassFact]) -> None:
        self._classes = classes
        self._owned: dict[str, list[MemberFact]] = defaultdict(list)
        for member in facts.members:
            owner = classes.get(member.owner.value)
            if owner is not None:
                self._owned[owner.id].append(member)

    def stated(self, shape: ShapeFact) -> Multiplicity | None:
        """The bounds that the shape states; None where they are no numbers, or none."""
        lower, upper = shape.min_count or "0", shape.max_count
        if not lower.isdecimal() or not (upper.isdecimal() or not upper) or len(lower + upper) > 18:
            return None
        return Multiplicity(lower=int(lower), upper=int(upper) if upper else None)

    def bounds(self, shape: ShapeFact, model: Multiplicity) -> Multiplicity | None:
        """What ``model`` and the shape both allow; None if that is nothing, or only no value at all."""
        wanted = self.stated(shape)
        if wanted is None:
            return model
        lower = max(model.lower, wanted.lower)
        uppers = [u for u in (model.upper, wanted.upper) if u is not None]
        upper = min(uppers) if uppers else None
        return (
            None
            if upper is not None and (upper < lower or upper == 0)
            else Multiplicity(lower=lower, upper=upper)
        )

    def other_type(self, member: MemberFact, shape: ShapeFact) -> dict[str, str]:
        """What the shape says of the member's type, and the model, where they differ; else nothing."""
        type_ = member.type or member.range
        if type_ is None:
            return {}
        class_ = self._classes.get(type_.value)
        kind = None if class_ is None else kind_of(class_, self._owned.get(class_.id, ()))
        mine = self._primitive(type_.value)
        said = ""
        if shape.datatype is not None:
            wanted = KIND_BY_NAME.get(local_name(shape.datatype.value).casefold())
            is_text_of_literal = kind == "enumeration" and wanted == PrimitiveKind.STRING
            if not is_text_of_literal and (mine is None or not _are_same(wanted, mine)):
                said = local_name(shape.datatype.value)
        if shape.class_ is not None and not self._is_a(shape.class_.value, type_.value):
            said = local_name(shape.class_.value)
        is_object = kind in ("class", "compound", "enumeration")
        if (shape.node_kind == "Literal" and kind == "class") or (shape.node_kind == "IRI" and not is_object):
            said = f"sh:{shape.node_kind}"
        model = local_name(type_.value) if class_ is None else class_.name
        return {"model": model, "shape": said} if said else {}

    def facets(self, member: MemberFact, shape: ShapeFact, report: Report) -> tuple[tuple[str, str], ...]:
        """The facets of the shape, and its values as the facet ``enumeration``.

        Values of a member whose type is an enumeration are names of its literals: unknown ones are reported
        (CIM197), and a list that holds every literal limits nothing.
        """
        type_ = member.type or member.range
        class_ = self._classes.get(type_.value) if type_ else None
        owned = self._owned.get(class_.id, []) if class_ else []
        kind = None if class_ is None else kind_of(class_, owned)
        if class_ is None or kind != "enumeration":
            values = shape.allowed if kind != "class" else ()
            return (*shape.facets, *(("enumeration", v) for v in values))
        by_value = {literal.uri: literal.name for literal in owned} | {m.name: m.name for m in owned}
        found: list[str] = []
        for value in shape.allowed:
            if value in by_value:
                found.append(by_value[value])
            else:
                report.add(
                    "CIM197",
                    at=shape.location,
                    element=member.id,
                    related=(class_.location,),
                    name=local_name(member.uri),
                    value=value,
                    enumeration=class_.name,
                )
        if set(found) == {m.name for m in owned}:
            found = []
        return (*shape.facets, *(("enumeration", v) for v in found))

    def _primitive(self, iri: str) -> PrimitiveKind | None:
        """The kind of value that a type's instances are written as."""
        class_ = self._classes.get(iri)
        if class_ is None:
            return KIND_BY_NAME.get(local_name(iri).casefold())
        value = next((m for m in self._owned.get(class_.id, ()) if m.name == "value"), None)
        type_ = None if value is None else value.type or value.range
        if type_ is not None and type_.value != iri:
            return KIND_BY_NAME.get(local_name(self._named(type_.value)).casefold())
        return KIND_BY_NAME.get(class_.name.casefold())

    def _named(self, ref: str) -> str:
        class_ = self._classes.get(ref)
        return ref if class_ is None else class_.name

    def _is_a(self, wanted: str, type_: str) -> bool:
        mine, theirs = self._classes.get(type_), self._classes.get(wanted)
        return wanted == type_ or (mine is not None and mine is theirs)


def _are_same(wanted: PrimitiveKind | None, mine: PrimitiveKind) -> bool:
    return wanted is not None and _SAME.get(wanted, wanted) == _SAME.get(mine, mine)
