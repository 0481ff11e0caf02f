"""Which members a class has in Python, its own and inherited, and in which order classes stand."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.ir.choices import as_written
from cimforge.ir.ids import ElementId
from cimforge.ir.index import own_properties
from cimforge.ir.model import AssociationEnd, Class, Property


class Inheritance:
    """The classes of one unit, bases first, and their members.

    A class has one base in Python, since two with slots cannot be joined: the members of further
    superclasses stand in the class again (CIM720). Ends that no profile states are no members.

    Args:
        unit: A message unit or a family.
        report: Takes CIM720.
    """

    def __init__(self, unit: Unit, report: Report) -> None:
        self.base: dict[ElementId, ElementId] = {}
        """The one base of each class that has any."""
        self.own: dict[ElementId, tuple[Property, ...]] = {c.id: c.attributes for c in unit.model.compounds}
        """What stands in the class itself."""
        self.all: dict[ElementId, tuple[Property, ...]] = dict(self.own)
        """What the class has, inherited members first."""
        self._report = report
        self._index = unit.index
        self._class_by_id = unit.index.class_by_id
        self.classes = self._bases_first(unit.model.classes)
        """Every class after its base, otherwise in model order."""

    def _bases_first(self, classes: tuple[Class, ...]) -> tuple[Class, ...]:
        ordered: list[Class] = []
        for start in classes:
            stack = [start]
            while stack:
                current = stack[-1]
                waiting = [b for b in current.bases if b in self._class_by_id and b not in self.all]
                if waiting:
                    stack.append(self._class_by_id[waiting[0]])
                    continue
                stack.pop()
                if current.id not in self.all:
                    self._settle(current)
                    ordered.append(current)
        return tuple(ordered)

    def _settle(self, class_: Class) -> None:
        bases = [b for b in class_.bases if b in self.all]
        inherited = self.all[bases[0]] if bases else ()
        own = tuple(
            p
            for p in as_written(own_properties(class_), self._index)
            if not isinstance(p, AssociationEnd) or p.navigable
        )
        if bases:
            self.base[class_.id] = bases[0]
        if len(bases) > 1:
            known = {p.id for p in (*inherited, *own)}
            repeated = {m.id: m for b in bases[1:] for m in self.all[b] if m.id not in known}
            own = (*repeated.values(), *own)
            self._report.add(
                "CIM720",
                at=class_.meta.location,
                element=class_.id,
                class_name=class_.name,
                base=self._class_by_id[bases[0]].name,
            )
        self.own[class_.id] = own
        self.all[class_.id] = (*inherited, *own)
