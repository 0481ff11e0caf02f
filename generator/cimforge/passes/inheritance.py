"""What a class with several superclasses inherits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cimforge.ir.ids import ElementId
from cimforge.ir.model import Class, Property
from cimforge.passes.identifiers import namespace


def ambiguities(classes: Mapping[ElementId, Class]) -> Iterator[tuple[Class, Property, Property]]:
    """Each class with two members of one name and namespace that come from superclasses beside each other.

    Where one of the two superclasses derives from the other, its member redefines the other's: no ambiguity.
    """
    for class_ in classes.values():
        if len(class_.bases) < 2:
            continue
        lines = {a: _above(a, classes) for a in _above(class_.id, classes) if a != class_.id}
        found: dict[tuple[str, str], list[tuple[ElementId, Property]]] = {}
        for ancestor in sorted(lines):
            owner = classes[ancestor]
            members: tuple[Property, ...] = (*owner.attributes, *owner.ends)
            for member in members:
                same = found.setdefault((namespace(member.meta.uri), member.name), [])
                for other, twin in same:
                    if ancestor not in lines[other] and other not in lines[ancestor]:
                        yield class_, twin, member
                same.append((ancestor, member))


def _above(start: ElementId, classes: Mapping[ElementId, Class]) -> set[ElementId]:
    """``start`` and all its superclasses."""
    found: set[ElementId] = set()
    stack = [start]
    while stack:
        current = stack.pop()
        if current not in found and current in classes:
            found.add(current)
            stack.extend(classes[current].bases)
    return found
