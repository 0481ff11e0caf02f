"""Look-ups over a model: computed, never stored in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cimforge.ir.ids import ElementId
from cimforge.ir.model import AssociationEnd, Attribute, Class, Classifier, Compound, Model, Property


class Index:
    """Look-ups over one `Model`. Every map is computed at its first use and read-only after."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @cached_property
    def by_id(self) -> dict[ElementId, Classifier]:
        """Every classifier by id."""
        return {c.id: c for c in self.model.classifiers}

    @cached_property
    def class_by_id(self) -> dict[ElementId, Class]:
        """Every class by id."""
        return {c.id: c for c in self.model.classes}

    @cached_property
    def by_name(self) -> dict[str, tuple[Classifier, ...]]:
        """Classifiers by name: several where namespaces or packages share one."""
        found: dict[str, tuple[Classifier, ...]] = {}
        for c in self.model.classifiers:
            found[c.name] = (*found.get(c.name, ()), c)
        return found

    @cached_property
    def subclasses(self) -> dict[ElementId, tuple[ElementId, ...]]:
        """Direct subclasses of each class that has any, in model order."""
        found: dict[ElementId, list[ElementId]] = {}
        for c in self.model.classes:
            for base in c.bases:
                found.setdefault(base, []).append(c.id)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def end_by_id(self) -> dict[ElementId, tuple[Class, AssociationEnd]]:
        """Every association end by id, with the class that owns it."""
        return {e.id: (c, e) for c in self.model.classes for e in c.ends}

    @cached_property
    def attribute_by_id(self) -> dict[ElementId, tuple[Class | Compound, Attribute]]:
        """Every attribute of a class or compound by id, with its owner."""
        owners: tuple[Class | Compound, ...] = (*self.model.classes, *self.model.compounds)
        return {a.id: (c, a) for c in owners for a in c.attributes}

    def ancestors(self, class_id: ElementId) -> tuple[Class, ...]:
        """All superclasses, root first, each once; the class itself is not among them."""
        seen: set[ElementId] = {class_id}
        out: list[Class] = []
        # Depth first without recursion: an inheritance chain may be thousands long.
        stack: list[tuple[ElementId, bool]] = [(class_id, False)]
        while stack:
            current, done = stack.pop()
            if done:
                if current != class_id:
                    out.append(self.class_by_id[current])
                continue
            stack.append((current, True))
            owner = self.class_by_id.get(current)
            for base in reversed(owner.bases if owner else ()):
                if base not in seen and base in self.class_by_id:
                    seen.add(base)
                    stack.append((base, False))
        return tuple(out)

    def properties(self, class_id: ElementId) -> tuple[Property, ...]:
        """All properties of a class: inherited first, each class's own in declared order."""
        chain = (*self.ancestors(class_id), self.class_by_id[class_id])
        return tuple(p for c in chain for p in own_properties(c))


def all_members(model: Model) -> Iterator[tuple[Class | Compound, Property]]:
    """Every member of every class and compound with its owner, in model order."""
    for class_ in model.classes:
        for attribute in class_.attributes:
            yield class_, attribute
        for end in class_.ends:
            yield class_, end
    for compound in model.compounds:
        for attribute in compound.attributes:
            yield compound, attribute


def own_properties(class_: Class) -> tuple[Property, ...]:
    """The class's own attributes and ends in declared order."""
    return tuple(sorted((*class_.attributes, *class_.ends), key=lambda p: p.order))
