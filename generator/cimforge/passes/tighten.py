"""Shapes tighten members: what SHACL demands beside a profile becomes part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, ShapeFact, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Multiplicity
from cimforge.ir.value import replace
from cimforge.passes.multiplicity import parse_multiplicity, widest
from cimforge.passes.references import MAX_INHERITANCE
from cimforge.passes.shape_values import ShapeValues, local_name


class _Case(NamedTuple):
    """One thing that shapes of a file have in common, by its first."""

    shape: ShapeFact
    element: ElementId | None
    related: tuple[Location, ...]
    facts: dict[str, str]


class _Counted:
    """Findings that many shapes of a file may share: each code once a file, with the number and the first."""

    def __init__(self) -> None:
        self._cases: dict[tuple[str, str], dict[tuple[str, str], _Case]] = defaultdict(dict)

    def add(self, code: str, at: ShapeFact, member: MemberFact | None = None, /, **facts: str) -> None:
        related = () if member is None else (member.location,)
        element = None if member is None else member.id
        case = _Case(at, element, related, facts)
        self._cases[code, at.location.file].setdefault((at.id, at.target.value), case)

    def report(self, report: Report) -> None:
        for (code, _), cases in sorted(self._cases.items()):
            first = min(
                cases.values(), key=lambda c: (c.shape.location.line or 0, c.shape.id, c.shape.target.value)
            )
            report.add(
                code,
                at=first.shape.location,
                element=first.element,
                related=first.related,
                count=len(cases),
                **first.facts,
            )


def tighten(facts: Facts, report: Report) -> Facts:
    """``facts`` (merged) with their members as the shapes among them demand, and without the shapes.

    - The multiplicity is what model and shapes both allow. A shape that leaves nothing is reported with both
      places and left out (CIM189); one that allows more changes nothing (CIM190).
    - A shape is for a class and all that derive from it. A member that several concrete classes inherit takes
      what all of them allow; where the shapes of some cannot be kept so, it is noted (CIM193).
    - Facets go to the member, values of ``sh:in`` as the facet ``enumeration``, of literals by their names.
    - Types are compared, not changed (CIM191). Shapes for what is not in the model are counted (CIM192), and
      so are those whose violation is no error (CIM194).
    - Shapes of a file that names a profile by its keyword change that profile's use of the member alone.

    The order of files and of shapes does not matter.
    """
    if not facts.shapes:
        return facts
    return _Tightening(facts, report).facts()


class _Tightening:
    def __init__(self, facts: Facts, report: Report) -> None:
        self._facts = facts
        self._report = report
        self._counted = _Counted()
        self._classes: dict[str, ClassFact] = {}
        for class_ in facts.classes:
            self._classes[class_.id] = class_
            self._classes.setdefault(class_.uri, class_)
        self._members: dict[str, MemberFact] = {}
        for member in facts.members:
            self._members.setdefault(member.uri, member)
        self._derived: dict[ElementId, list[ClassFact]] = defaultdict(list)
        for class_ in facts.classes:
            for base in dict.fromkeys(c.id for r in class_.supers if (c := self._classes.get(r.value))):
                self._derived[base].append(class_)
        self._known: dict[ElementId, dict[ElementId, ClassFact]] = {}
        self._marks_concrete = any("concrete" in c.stereotypes for c in facts.classes)
        self._values = ShapeValues(facts, self._classes)
        targets = (self._classes.get(s.target.value) for s in facts.shapes)
        self._targets = {c.id for c in targets if c is not None}
        self._contradictions: set[tuple[ElementId, ElementId, Location]] = set()
        self._profiles = {p.keyword: p.id for p in facts.profiles if p.keyword}

    def facts(self) -> Facts:
        """The facts, tightened."""
        by_member: dict[ElementId, list[ShapeFact]] = defaultdict(list)
        for shape in sorted(self._facts.shapes, key=lambda s: (s.location.file, s.id, s.target.value)):
            member = self._members.get(shape.path.value)
            target = self._classes.get(shape.target.value)
            owner = None if member is None else self._classes.get(member.owner.value)
            if member is None or target is None or owner is None or not self._are_kin(target, owner):
                name = local_name(shape.path.value)
                self._counted.add("CIM192", shape, None, name=name, target=shape.target.value)
            elif shape.severity not in ("", "Violation"):
                self._counted.add("CIM194", shape, member, name=local_name(member.uri), shape=shape.severity)
            else:
                by_member[member.id].append(shape)
        changed: dict[ElementId, MemberFact] = {}
        uses = dict(self._facts.uses)
        for member in self._facts.members:
            shapes = by_member.get(member.id)
            if shapes:
                changed[member.id], uses[member.id] = self._tightened(member, shapes)
                if not uses[member.id]:
                    del uses[member.id]
        self._counted.report(self._report)
        return replace(
            self._facts,
            members=tuple(changed.get(m.id, m) for m in self._facts.members),
            uses=uses,
            shapes=(),
        )

    def _below(self, class_: ClassFact) -> dict[ElementId, ClassFact]:
        """The class itself and all that derive from it, as far down as a model may go (CIM218)."""
        found = self._known.get(class_.id)
        if found is None:
            found = self._known[class_.id] = {class_.id: class_}
            level = [class_]
            for _ in range(MAX_INHERITANCE):
                level = [c for each in level for c in self._derived.get(each.id, ()) if c.id not in found]
                found.update((c.id, c) for c in level)
        return found

    def _are_kin(self, target: ClassFact, owner: ClassFact) -> bool:
        return target.id in self._below(owner) or owner.id in self._below(target)

    def _carriers(self, owner: ClassFact) -> list[ClassFact]:
        """The classes whose objects have the members of ``owner``; itself where none is concrete.

        Where no file says what is concrete, it is what nothing derives from, and what has shapes of its own.
        """
        below = self._below(owner).values()
        if self._marks_concrete:
            found = [c for c in below if "concrete" in c.stereotypes]
        else:
            found = [c for c in below if not c.is_abstract and (c.id in self._targets or self._is_leaf(c))]
        return found or [owner]

    def _is_leaf(self, class_: ClassFact) -> bool:
        return class_.id not in self._derived

    def _tightened(self, member: MemberFact, shapes: list[ShapeFact]) -> tuple[MemberFact, tuple[Use, ...]]:
        owner = self._classes[member.owner.value]
        carriers = self._carriers(owner)
        for shape in shapes:
            self._check_counts(member, shape)
            said = self._values.other_type(member, shape)
            if said:
                self._counted.add("CIM191", shape, member, name=local_name(member.uri), **said)
        uses = tuple(
            replace(
                use,
                multiplicity=self._bounds(
                    member, use.multiplicity, use.location, carriers, self._of_profile(shapes, use.profile)
                ),
            )
            for use in self._facts.uses.get(member.id, ())
        )
        if uses:
            named = {u.multiplicity for u in uses}
            multiplicity = uses[0].multiplicity if len(named) > 1 else named.pop()
        else:
            multiplicity = self._bounds(member, member.multiplicity, member.location, carriers, shapes)
        applied = [self._of_profile(shapes, u.profile) for u in uses] or [shapes]
        facets = self._facets(member, carriers, applied)
        stating = next((s.location for s in shapes if s.facets or s.allowed), None)
        found = replace(
            member,
            multiplicity=multiplicity,
            facets=(*member.facets, *facets),
            facets_location=stating if facets else member.facets_location,
        )
        return found, uses

    def _check_counts(self, member: MemberFact, shape: ShapeFact) -> None:
        if (shape.min_count or shape.max_count) and self._values.stated(shape) is None:
            facet, value = ("minCount", shape.min_count) if shape.min_count else ("maxCount", shape.max_count)
            self._report.add(
                "CIM195",
                at=shape.location,
                element=member.id,
                name=local_name(member.uri),
                facet=f"sh:{facet}",
                value=value,
                problem="no whole number",
            )

    def _of_profile(self, shapes: list[ShapeFact], profile: ElementId) -> list[ShapeFact]:
        return [s for s in shapes if self._profiles.get(s.profile, profile) == profile]

    def _bounds(
        self,
        member: MemberFact,
        text: str,
        at: Location,
        carriers: list[ClassFact],
        shapes: list[ShapeFact],
    ) -> str:
        """The bounds of a member, or of one profile's use of it."""
        base = parse_multiplicity(text) if text else None
        counting = [s for s in shapes if s.min_count or s.max_count]
        if not counting or (text and base is None):
            return text
        total: Multiplicity | None = None
        for carrier in carriers:
            bounds = base
            for shape in counting:
                if self._reaches(shape, carrier):
                    bounds = self._met(member, bounds, at, shape)
            if bounds is None:
                self._note_partial(member, counting)
                return text
            total = bounds if total is None else widest(total, bounds)
        assert total is not None
        for shape in counting:
            met = self._values.bounds(shape, total)
            if met is not None and met != total:
                self._counted.add(
                    "CIM193",
                    shape,
                    member,
                    name=local_name(member.uri),
                    target=local_name(shape.target.value),
                )
        return text if total == base else str(total)

    def _reaches(self, shape: ShapeFact, carrier: ClassFact) -> bool:
        return carrier.id in self._below(self._classes[shape.target.value])

    def _note_partial(self, member: MemberFact, shapes: Iterable[ShapeFact]) -> None:
        for shape in shapes:
            self._counted.add(
                "CIM193", shape, member, name=local_name(member.uri), target=local_name(shape.target.value)
            )

    def _met(
        self, member: MemberFact, bounds: Multiplicity | None, at: Location, shape: ShapeFact
    ) -> Multiplicity | None:
        """``bounds`` and the shape's together; those of the other where one has none, or nothing is left."""
        wanted = self._values.stated(shape)
        name = local_name(member.uri)
        if wanted is None:
            return bounds
        if bounds is None:
            return wanted
        met = self._values.bounds(shape, bounds)
        if met is None and (shape.id, member.id, at) in self._contradictions:
            return bounds
        if met is None:
            self._contradictions.add((shape.id, member.id, at))
            self._report.add(
                "CIM189",
                at=shape.location,
                element=member.id,
                related=(at,),
                name=name,
                shape=str(wanted),
                model=str(bounds),
            )
            return bounds
        is_wider = bool(shape.min_count) and wanted.lower < bounds.lower
        is_wider |= wanted.upper is not None and bounds.upper is not None and wanted.upper > bounds.upper
        if is_wider:
            self._counted.add("CIM190", shape, member, name=name, shape=str(wanted), model=str(bounds))
        return met

    def _facets(
        self, member: MemberFact, carriers: list[ClassFact], applied: list[list[ShapeFact]]
    ) -> tuple[tuple[str, str], ...]:
        """The facets that shapes demand of every carrier in every profile, each once."""
        stating = list(dict.fromkeys(s for shapes in applied for s in shapes if s.facets or s.allowed))
        demanded = {s: self._values.facets(member, s, self._report) for s in stating}
        common: dict[tuple[str, str], None] | None = None
        for shapes in applied:
            for carrier in carriers:
                reached = [s for s in shapes if s in demanded and self._reaches(s, carrier)]
                mine = dict.fromkeys(f for s in reached for f in demanded[s])
                common = mine if common is None else {f: None for f in common if f in mine}
        found = tuple(common or ())
        self._note_partial(member, [s for s in stating if any(f not in found for f in demanded[s])])
        return found
