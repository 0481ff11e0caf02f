"""What stands in an object of a class: its base and own members, or all its members flattened.

XSD keeps single inheritance and flattens the rest, JSON Schema flattens everything; both start here.
"""

from __future__ import annotations

from collections.abc import Mapping

from cimforge.emitters.protocol import Unit
from cimforge.ir.choices import as_written, choice_by_option
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index, own_properties
from cimforge.ir.model import AssociationEnd, Class, Compound, Property
from cimforge.ir.value import Struct

WireKey = tuple[str, str]
"""Extension namespace (empty for standard content) and wire name: what tells two elements apart."""


class Redefinition(Struct, frozen=True, kw_only=True):
    """A member of a class that has the wire name of an inherited one."""

    member: Property
    inherited: Property
    ancestor: Class


class Content(Struct, frozen=True, kw_only=True):
    """The content of one class as a type with at most one base."""

    base: ElementId | None
    members: tuple[Property, ...]
    """In declared order; with inherited ones first where ``base`` could not carry them."""
    redefined: tuple[Redefinition, ...] = ()
    """In XML Schema no type may have a base that it redefines: then ``base`` is None, ``members`` is all."""
    folded: tuple[Class, ...] = ()
    """Direct superclasses beyond the first, whose members are among ``members``."""


def is_dataset(unit: Unit) -> bool:
    """Whether the unit is a family, a member of one, or a single dataset profile."""
    return unit.spec is None or unit.spec.kind == "dataset"


def is_stated(member: Property, *, dataset: bool) -> bool:
    """Whether data of the profile states ``member``.

    A dataset profile states only the end of an association that is marked as used
    (``cims:AssociationUsed``); a message profile states what it selects. A member of multiplicity 0..0
    is in no document.
    """
    if member.multiplicity.upper == 0:
        return False
    if not dataset or not isinstance(member, AssociationEnd):
        return True
    return member.navigable or any(p.navigable for p in member.meta.profiles)


class Contents:
    """The contents of every class of one unit."""

    def __init__(self, unit: Unit) -> None:
        self.index: Index = unit.index
        self.wire: Mapping[ElementId, str] = unit.names["xsd"].by_id
        dataset = is_dataset(unit)
        self._own: dict[ElementId, tuple[Property, ...]] = {
            c.id: tuple(p for p in as_written(own_properties(c), self.index) if is_stated(p, dataset=dataset))
            for c in unit.model.classes
        }
        self.choices: Mapping[ElementId, AssociationEnd] = choice_by_option(self.index)
        """The end that each option of a choice is one of; options stand in the place of their choice."""
        self._flat_by_id: dict[ElementId, dict[WireKey, Property]] = {}
        owners: dict[WireKey, int] = {}
        for members in self._own.values():
            for member in members:
                key = self.key(member)
                owners[key] = owners.get(key, 0) + 1
        self._shared = {key for key, count in owners.items() if count > 1}

    def key(self, member: Property) -> WireKey:
        """What tells ``member`` from the others in XML."""
        return member.meta.extension, self.wire[member.id]

    def own(self, class_id: ElementId) -> tuple[Property, ...]:
        """The class's own stated members, in declared order."""
        return self._own[class_id]

    def flat(self, class_id: ElementId) -> tuple[Property, ...]:
        """Every stated member of a class, inherited first; a redefinition stands in for what it redefines."""
        return tuple(self._flat(class_id).values())

    def _flat(self, class_id: ElementId) -> dict[WireKey, Property]:
        found = self._flat_by_id.get(class_id)
        if found is None:
            bases = [b for b in self.index.class_by_id[class_id].bases if b in self._own]
            if len(bases) == 1 and bases[0] in self._flat_by_id:
                found = dict(self._flat_by_id[bases[0]])
            else:
                found = {self.key(m): m for c in self.index.ancestors(class_id) for m in self._own[c.id]}
            for member in self._own[class_id]:
                found[self.key(member)] = member
            self._flat_by_id[class_id] = found
        return found

    def of(self, class_: Class) -> Content:
        """The content of ``class_``.

        Single inheritance stays. Of several superclasses the first stays, the members of the others
        are folded in. Where a member has the wire name of an inherited one, the class loses its base
        and holds all its members: no schema can say both (XML Schema 1.0, cos-element-consistent and
        cos-nonambig).
        """
        bases = [b for b in class_.bases if b in self.index.class_by_id]
        own = self._own[class_.id]
        first = bases[0] if bases else None
        if len(bases) <= 1 and not self._redefines(own, first):
            return Content(base=first, members=own)
        kept = (*self.index.ancestors(first), self.index.class_by_id[first]) if first is not None else ()
        kept_ids = {c.id for c in kept}
        rest = [c for c in self.index.ancestors(class_.id) if c.id not in kept_ids]
        owner_by_key = {self.key(m): (c, m) for c in kept for m in self._own[c.id]}
        members: dict[WireKey, tuple[Class, Property]] = {}
        redefined: list[Redefinition] = []
        stands_alone = False
        for owner in (*rest, class_):
            for member in self._own[owner.id]:
                key = self.key(member)
                previous = members.get(key) or owner_by_key.get(key)
                stands_alone |= key in owner_by_key
                if previous:
                    redefined.append(Redefinition(member=member, inherited=previous[1], ancestor=previous[0]))
                members[key] = owner, member
        return Content(
            base=None if stands_alone else first,
            members=self.flat(class_.id) if stands_alone else tuple(m for _, m in members.values()),
            redefined=tuple(redefined),
            folded=tuple(self.index.class_by_id[b] for b in bases[1:]),
        )

    def _redefines(self, own: tuple[Property, ...], base: ElementId | None) -> bool:
        """Whether two of ``own``, or one of them and one that ``base`` has, are one element."""
        keys = [self.key(m) for m in own]
        if self._shared.isdisjoint(keys):
            return False
        inherited = {} if base is None else self._flat(base)
        return len(set(keys)) < len(keys) or not inherited.keys().isdisjoint(keys)

    def concrete_below(self, class_id: ElementId) -> tuple[ElementId, ...]:
        """Every concrete subclass of a class at any depth, in breadth-first model order, each once."""
        found: dict[ElementId, None] = {}
        level = [class_id]
        seen = {class_id}
        while level:
            below = [s for c in level for s in self.index.subclasses.get(c, ())]
            level = []
            for sub in below:
                if sub not in seen:
                    seen.add(sub)
                    level.append(sub)
                    if not self.index.class_by_id[sub].is_abstract:
                        found[sub] = None
        return tuple(found)


def owned(compound: Compound) -> tuple[Property, ...]:
    """The members of a compound, in declared order."""
    return tuple(sorted(compound.attributes, key=lambda a: a.order))
