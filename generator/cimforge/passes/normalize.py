"""Order where order means nothing."""

from __future__ import annotations

from typing import TypeVar

from cimforge.ir.model import Class, Compound, Datatype, Enumeration, Model, Package, Primitive
from cimforge.ir.value import replace

_Named = TypeVar("_Named", Class, Compound, Datatype, Enumeration, Primitive, Package)


def normalize(model: Model) -> Model:
    """``model`` with packages, classifiers, dependencies and constraints sorted by name, then id.

    Members and literals keep their declared order: it means something in XML and in enumerations.
    """
    return replace(
        model,
        packages=_sorted(model.packages),
        classes=_sorted(model.classes),
        enumerations=_sorted(model.enumerations),
        primitives=_sorted(model.primitives),
        datatypes=_sorted(model.datatypes),
        compounds=_sorted(model.compounds),
        dependencies=tuple(sorted(model.dependencies, key=lambda d: d.id)),
        constraints=tuple(sorted(model.constraints, key=lambda c: c.id)),
    )


def _sorted(elements: tuple[_Named, ...]) -> tuple[_Named, ...]:
    return tuple(sorted(elements, key=lambda e: (e.name, e.id)))
