"""The members of a selected class or compound: bounds, facets, what they lead to, and their order."""

from __future__ import annotations

from collections.abc import Iterable

from cimforge.ir.facets import KINDS, contradiction, joined, looser, stated
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    NO_FACETS,
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Facets,
    Multiplicity,
    Primitive,
    Property,
)
from cimforge.ir.profile import PropertyRule
from cimforge.ir.value import replace
from cimforge.passes.multiplicity import common, is_within
from cimforge.passes.select_tables import Kept, Tables, Taken

_CALLED = {"patterns": "pattern"}
"""Facets that profiles call otherwise than the model."""

Target = tuple[Classifier, Taken | None]
"""What a member leads to: a classifier of the information model, as a selection has it or bare."""


class Members:
    """Turns what the tables list into members of the profile; every problem is reported."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.spec = tables.spec
        self.report = tables.report

    def of_class(self, taken: Taken, source: Class) -> tuple[Property, ...]:
        """The members of a class that it does not inherit within the profile (CIM326: but lists)."""
        inherited = [kept for base in self.tables.above(taken) for kept in self.tables.kept(base)]
        ids = {found.id for _, found in inherited}
        listed: list[Kept] = []
        for rule, found in self.tables.kept(taken):
            if found.id in ids:
                self.report.add("CIM326", at=rule.location, class_name=taken.name, name=rule.property)
            else:
                listed.append((rule, found))
        return self.kept(taken.name, source.name, listed)

    def kept(self, name: str, source: str, listed: Iterable[Kept]) -> tuple[Property, ...]:
        """The members ``listed`` of what the profile calls ``name`` and the model ``source``, in order."""
        kept: list[tuple[Property, int | None]] = []
        taken_ids: set[ElementId] = set()
        for rule, found in listed:
            id_ = self.tables.id(f"{name}.{found.name}")
            if id_ in taken_ids:
                id_ = self.tables.id(f"{name}.{rule.property}")
            taken_ids.add(id_)
            member = self._member(f"{source}.{found.name}", id_, rule, found)
            if member is not None:
                kept.append((member, rule.order))
        return self._ordered(kept)

    def _member(self, name: str, id_: ElementId, rule: PropertyRule, found: Property) -> Property | None:
        bounds = self._bounds(name, rule, found)
        if bounds is None:
            return None
        meta = self.tables.meta(found.meta, found.id, rule)
        if meta.extension and bounds.is_required:
            self.report.add("CIM329", at=rule.location, element=found.id, name=name, bounds=bounds)
            return None
        if isinstance(found, Attribute):
            facets = self._facets(name, rule, found)
            type_ = self._attribute_type(name, rule, found)
            if type_ is None:
                return None
            return replace(found, id=id_, type=type_, multiplicity=bounds, facets=facets, meta=meta)
        if rule.facets != NO_FACETS:
            self._no_facet(name, rule, stated(rule.facets)[0], "an association end")
        return self._end(name, rule, found, replace(found, id=id_, multiplicity=bounds, meta=meta))

    def _bounds(self, name: str, rule: PropertyRule, found: Property) -> Multiplicity | None:
        """The bounds in the profile, as `ProfileSpec.tightens` says; None, reported, if there are none."""
        wanted, stated = rule.multiplicity, found.multiplicity
        if wanted is None or is_within(wanted, stated):
            return wanted or stated
        bounds = None if self.spec.tightens == "refuse" else common(wanted, stated)
        if bounds is not None and self.spec.tightens == "intersect":
            # In OWL a lower bound of 0 and a missing upper one are no statements.
            wanted = Multiplicity(
                lower=wanted.lower or stated.lower,
                upper=stated.upper if wanted.upper is None else wanted.upper,
            )
            if is_within(wanted, stated):
                return bounds
        nothing_left = "CIM322" if self.spec.tightens == "refuse" else "CIM369"
        self.report.add(
            nothing_left if bounds is None else "CIM340",
            at=rule.location,
            element=found.id,
            related=(found.meta.location,),
            name=name,
            wanted=wanted,
            stated=stated,
        )
        return bounds

    # -- attributes -----------------------------------------------------------------------------------

    def _attribute_type(self, name: str, rule: PropertyRule, found: Attribute) -> ElementId | None:
        if rule.containment is not None and self.spec.tightens == "refuse":
            # CIMTool marks values of enumerations «byreference», for RDF refers to them.
            self.report.add("CIM327", at=rule.location, name=name)
        if len(rule.targets) > 1:
            self.report.add("CIM336", at=rule.location, name=name)
            return None
        source = self.tables.base.by_id[found.type]
        targets = self._targets(name, rule, source, may_be_bare=False)
        return None if targets is None else self.tables.use(*targets[0], rule.location)

    def _facets(self, name: str, rule: PropertyRule, found: Attribute) -> Facets:
        """The model's facets with the profile's; reported: looser ones (CIM337) and useless ones (CIM338)."""
        wanted = rule.facets
        if wanted == NO_FACETS:
            return found.facets
        by_id = self.tables.base.by_id
        type_ = by_id[found.type]
        base = found.facets
        if isinstance(type_, Datatype):
            base, type_ = joined(type_.facets, base), by_id[type_.value]
        if not isinstance(type_, Primitive):
            self._no_facet(name, rule, stated(wanted)[0], f"of the type {type_.name}")
            return found.facets
        for facet in stated(wanted):
            if type_.kind not in KINDS[facet]:
                self._no_facet(name, rule, facet, f"of the type {type_.name}")
                return found.facets
        base = joined(type_.facets, base)
        for facet in looser(wanted, base):
            self.report.add(
                "CIM337",
                at=rule.location,
                element=found.id,
                related=(found.meta.location,),
                name=name,
                facet=facet,
                wanted=_shown(getattr(wanted, facet)),
            )
        if problem := contradiction(joined(base, wanted)):
            self.report.add("CIM339", at=rule.location, element=found.id, name=name, problem=problem)
        return joined(found.facets, wanted)

    def _no_facet(self, name: str, rule: PropertyRule, facet: str, kind: str) -> None:
        self.report.add("CIM338", at=rule.location, name=name, facet=_CALLED.get(facet, facet), kind=kind)

    # -- ends -----------------------------------------------------------------------------------------

    def _end(
        self, name: str, rule: PropertyRule, found: AssociationEnd, kept: AssociationEnd
    ) -> AssociationEnd | None:
        source = self.tables.base.class_by_id[found.type]
        targets = self._targets(name, rule, source, may_be_bare=rule.containment != "value")
        if targets is None:
            return None
        is_selected = all(taken is not None for _, taken in targets)
        containment = rule.containment or ("value" if is_selected else "reference")
        if containment == "value" and not is_selected:
            self.report.add("CIM323", at=rule.location, what=f"{name}, by value,", name=source.name)
            return None
        ids = tuple(self.tables.use(*target, rule.location) for target in targets)
        return replace(
            kept,
            type=ids[0] if len(ids) == 1 else self._shared(targets, ids, rule.location),
            alternatives=ids if len(ids) > 1 else (),
            inverse=None,
            navigable=True,
            containment=containment,
        )

    def _shared(self, targets: list[Target], ids: tuple[ElementId, ...], at: Location) -> ElementId:
        """The nearest selection that all alternatives are or extend; the first of them without one."""
        first = targets[0][1]
        if first is None:
            return ids[0]
        lines = [{t.name, *(a.name for a in self.tables.above(t))} for _, t in targets if t is not None]
        for candidate in (first, *self.tables.above(first)):
            if len(lines) == len(targets) and all(candidate.name in line for line in lines):
                return self.tables.use(candidate.source, candidate, at)
        return ids[0]

    def _targets(
        self, name: str, rule: PropertyRule, source: Classifier, *, may_be_bare: bool
    ) -> list[Target] | None:
        """What a member leads to, by its rule or its type; None, and reported, where that cannot be said."""
        at = rule.location
        if not rule.targets:
            if self.tables.is_ambiguous(source.id):
                self.tables.only(source.id, name, at)
                return None
            return [(source, self.tables.only(source.id, name, at))]
        found: list[Target] = []
        for target in rule.targets:
            taken = self.tables.named(target)
            leads_to: Classifier | None = taken.source if taken else None
            if taken is None and may_be_bare:
                leads_to = self.tables.classifier(target, at)
            elif taken is None:
                self.tables.no_selection(at, target)
            if leads_to is None:
                return None
            if not self._is_kind(leads_to, source):
                self.report.add(
                    "CIM333",
                    at=at,
                    what=name,
                    verb="lead to",
                    target=target,
                    kind=leads_to.name,
                    other=source.name,
                )
                return None
            found.append((leads_to, taken))
        return found

    def _is_kind(self, classifier: Classifier, of: Classifier) -> bool:
        if classifier.id == of.id:
            return True
        return isinstance(classifier, Class) and of.id in {
            c.id for c in self.tables.base.ancestors(classifier.id)
        }

    # -- order ----------------------------------------------------------------------------------------

    def _ordered(self, kept: list[tuple[Property, int | None]]) -> tuple[Property, ...]:
        """The members as documents have them: each at the place its rule states, the rest around them."""
        extension = self.tables.lookup.extension
        used = self.tables.used

        def rank(p: Property) -> tuple[bool, bool, bool, str, str]:
            is_complex = isinstance(p, AssociationEnd) or isinstance(used[p.type][0], Compound)
            is_extension = extension is not None and p.meta.uri.startswith(extension)
            return (is_extension, is_complex, p.name != "mRID", p.name.casefold(), p.name)

        members = sorted((p for p, order in kept if order is None), key=rank)
        last = 0
        for order, member in sorted(
            ((n, p) for p, n in kept if n is not None), key=lambda x: (x[0], rank(x[1]))
        ):
            place = max(order - 1, last)
            members.insert(place, member)
            last = min(place, len(members) - 1) + 1
        return tuple(replace(p, order=i) for i, p in enumerate(members))


def _shown(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
