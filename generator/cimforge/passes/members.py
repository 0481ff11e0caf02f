"""The members of a classifier: attributes, association ends and literals, with exact bounds."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    NO_FACETS,
    AssociationEnd,
    Attribute,
    Datatype,
    EnumLiteral,
    InProfile,
    Meta,
    Multiplicity,
)
from cimforge.passes.facets import Facetted
from cimforge.passes.identifiers import namespace
from cimforge.passes.multiplicity import parse_multiplicity, widest
from cimforge.passes.origins import Origins
from cimforge.passes.references import References

_OPTIONAL = Multiplicity(lower=0, upper=1)
_MANY = Multiplicity(lower=0, upper=None)


class Members:
    """Makes the members of each classifier. `unstated` counts, by file, those without a multiplicity; `named`
    lists, by file, those whose type is a name only."""

    def __init__(self, references: References, origins: Origins, report: Report) -> None:
        self.references = references
        self.origins = origins
        self.facts: Facts = references.facts
        self.report = report
        self.facetted = Facetted(references, report)
        self.member_ids = {m.id for m in self.facts.members}
        self.unstated: dict[str, int] = defaultdict(int)
        self.named: dict[str, list[str]] = defaultdict(list)

    def properties(self, owner: ClassFact) -> tuple[tuple[Attribute, ...], tuple[AssociationEnd, ...]]:
        """Attributes and association ends of ``owner``; ``order`` is the source's."""
        attributes: list[Attribute] = []
        ends: list[AssociationEnd] = []
        seen: dict[tuple[str, str], MemberFact] = {}
        own = self._own(owner)
        has_twins = len({m.name for m in own}) < len(own)
        for order, member in enumerate(own):
            where = f"{owner.name}.{member.name}"
            if not member.name.strip():
                self.report.add(
                    "CIM210", at=member.location, element=member.id, kind=f"member of {owner.name}"
                )
                continue
            if has_twins:
                twin = seen.setdefault((namespace(member.uri), member.name), member)
                if twin is not member:
                    self.report.add(
                        "CIM213",
                        at=member.location,
                        element=member.id,
                        related=(twin.location,),
                        name=where,
                    )
                    continue
            ref = member.type or member.range
            if ref is None:
                self.report.add("CIM215", at=member.location, element=member.id, name=where)
                continue
            target, candidates = self.references.typed(ref, owner)
            if candidates:
                self._report_ambiguous(member, where, ref.value, candidates)
                continue
            if target is None:
                self.references.dangling(member.location, member.id, where, "type", ref.value)
                continue
            if ref.by == "name":
                self.named[member.location.file].append(f"{where} ({ref.value})")
            leads_to_class = self.references.kinds.get(target) == "class"
            if member.inverse is not None and not leads_to_class:
                self.references.wrong_kind(
                    member.location,
                    member.id,
                    f"what the association end {where} leads to",
                    "class",
                    self.references.kinds.get(target, "primitive"),
                )
                continue
            bounds, uses = self._bounds(member, _MANY if leads_to_class else _OPTIONAL, where)
            if not leads_to_class:
                attributes.append(
                    Attribute(
                        id=member.id,
                        name=member.name,
                        type=target,
                        multiplicity=bounds,
                        default=member.default,
                        is_fixed=member.is_constant,
                        facets=self.facetted.of_attribute(member, where, target),
                        order=order,
                        meta=self.origins.meta(member, uses),
                    )
                )
            elif member.type is not None and member.inverse is None and member.range is None:
                self.references.wrong_kind(
                    member.location, member.id, f"the type of {where}", "datatype", "class"
                )
            else:
                inverse = ElementId(member.inverse.value) if member.inverse else None
                ends.append(
                    AssociationEnd(
                        id=member.id,
                        name=member.name,
                        type=target,
                        multiplicity=bounds,
                        inverse=inverse,
                        aggregation=_aggregation(member),
                        navigable=member.used.casefold() != "no",
                        order=order,
                        meta=self.origins.meta(member, uses),
                    )
                )
        return tuple(attributes), tuple(ends)

    def _report_ambiguous(
        self, member: MemberFact, where: str, type_: str, candidates: tuple[ElementId, ...]
    ) -> None:
        facts = sorted((self.references.class_by_id[c] for c in candidates), key=lambda c: (c.uri, c.id))
        self.report.add(
            "CIM268",
            at=member.location,
            element=member.id,
            related=tuple(f.location for f in facts),
            name=where,
            type=type_,
            candidates=", ".join(f.uri or f.id for f in facts),
        )

    def _own(self, owner: ClassFact) -> list[MemberFact]:
        return sorted(self.references.members_by_owner.get(owner.id, ()), key=lambda m: m.position)

    def refuse_ends(self, owner: ClassFact, ends: tuple[AssociationEnd, ...]) -> None:
        """Report the ends of ``owner``, which is no class. What has an inverse is reported there."""
        for end in ends:
            if end.inverse is None or end.inverse not in self.member_ids:
                where = f"the owner of the association end {owner.name}.{end.name}"
                self.references.wrong_kind(
                    end.meta.location, end.id, where, "class", self.references.kinds[owner.id]
                )

    def literals(self, owner: ClassFact) -> tuple[EnumLiteral, ...]:
        """Literals of the enumeration ``owner``, in the source's order."""
        literals: list[EnumLiteral] = []
        seen: dict[str, Location] = {}
        for order, member in enumerate(self._own(owner)):
            if member.inverse is not None:
                if member.inverse.value not in self.member_ids:
                    where = f"the owner of the association end {owner.name}.{member.name}"
                    self.references.wrong_kind(member.location, member.id, where, "class", "enumeration")
                continue
            if not member.name.strip():
                self.report.add(
                    "CIM210", at=member.location, element=member.id, kind=f"literal of {owner.name}"
                )
                continue
            if member.name in seen:
                self.report.add(
                    "CIM213",
                    at=member.location,
                    element=member.id,
                    related=(seen[member.name],),
                    name=f"{owner.name}.{member.name}",
                )
                continue
            seen[member.name] = member.location
            literals.append(
                EnumLiteral(
                    id=member.id,
                    name=member.name,
                    value=member.default or "",
                    order=order,
                    meta=self.origins.meta(
                        member,
                        tuple(
                            self.origins.in_profile(u, None, is_abstract=False)
                            for u in self.facts.uses.get(member.id, ())
                        ),
                    ),
                )
            )
        return tuple(literals)

    def datatype(
        self, fact: ClassFact, package: ElementId | None, attributes: tuple[Attribute, ...], meta: Meta
    ) -> Datatype:
        """The CIMDatatype ``fact``: value, unit and multiplier (modelling guide rule 55)."""
        by_name = {a.name: a for a in attributes}
        value = by_name.get("value")
        value_type = value.type if value else None
        if value_type is None:
            self.report.add("CIM216", at=fact.location, element=fact.id, name=fact.name)
            value_type = self.references.implied_primitive(fact.name) or self.references.implied_primitive(
                "string"
            )
            assert value_type is not None
        elif self.references.kinds.get(value_type, "primitive") not in ("primitive", "enumeration"):
            self.references.wrong_kind(
                fact.location,
                fact.id,
                f"the value of {fact.name}",
                "primitive",
                self.references.kinds[value_type],
            )

        def fixed(*names: str) -> str:
            found = next((by_name[n] for n in names if n in by_name), None)
            return (found.default or "") if found else ""

        return Datatype(
            id=fact.id,
            name=fact.name,
            package=package,
            value=value_type,
            unit=fixed("unit", "units"),
            multiplier=fixed("multiplier"),
            denominator_unit=fixed("denominatorUnit"),
            denominator_multiplier=fixed("denominatorMultiplier"),
            facets=self.facetted.of_datatype(fact, value.facets if value else NO_FACETS),
            attributes=attributes,
            meta=meta,
        )

    def _bounds(
        self, member: MemberFact, default: Multiplicity, where: str
    ) -> tuple[Multiplicity, tuple[InProfile, ...]]:
        bounds = self._parsed(member.multiplicity, default, where, member.location, member.id)
        stated = self.facts.uses.get(member.id)
        if not stated:
            return bounds, ()
        if len(stated) == 1 and stated[0].multiplicity == member.multiplicity:
            return bounds, (self.origins.in_profile(stated[0], bounds, is_abstract=False),)
        uses: list[InProfile] = []
        total: Multiplicity | None = None
        for use in stated:
            own = (
                bounds
                if use.multiplicity == member.multiplicity
                else self._parsed(use.multiplicity, default, where, use.location, member.id)
            )
            total = own if total is None else widest(total, own)
            uses.append(self.origins.in_profile(use, own, is_abstract=False))
        return (bounds if member.is_settled else total or bounds), tuple(uses)

    def _parsed(
        self, text: str, default: Multiplicity, where: str, at: Location, element: ElementId
    ) -> Multiplicity:
        if not text:
            self.unstated[at.file] += 1
            return default
        bounds = parse_multiplicity(text)
        if bounds is None:
            self.report.add("CIM208", at=at, element=element, name=where, text=text)
            return default
        return bounds


def _aggregation(member: MemberFact) -> Literal["none", "shared", "composite"]:
    match member.aggregation.casefold():
        case "composite":
            return "composite"
        case "shared" | "aggregate":
            return "shared"
    marks = {s.casefold() for s in member.stereotypes}
    if "ofcomposite" in marks:
        return "composite"
    return "shared" if "ofaggregate" in marks else "none"
