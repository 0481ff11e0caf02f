"""Choices as documents have them: one member for each alternative, called as its class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import AssociationEnd, Multiplicity, Property
from cimforge.ir.value import replace


def options(end: AssociationEnd, index: Index) -> tuple[AssociationEnd, ...]:
    """An end for each alternative of ``end``, optional, with an id of its own; none where it is no choice."""
    bounds = Multiplicity(lower=0, upper=end.multiplicity.upper)
    return tuple(
        replace(
            end,
            id=ElementId(f"{end.id}|{alternative}"),
            name=index.by_id[alternative].name,
            type=alternative,
            alternatives=(),
            multiplicity=bounds,
        )
        for alternative in end.alternatives
    )


def as_written(members: Iterable[Property], index: Index) -> Iterator[Property]:
    """``members`` with the options of each choice in its place."""
    for member in members:
        if isinstance(member, AssociationEnd) and member.alternatives:
            yield from options(member, index)
        else:
            yield member


def choice_by_option(index: Index) -> dict[ElementId, AssociationEnd]:
    """The end that each option of a choice is one of."""
    return {
        option.id: end
        for class_ in index.model.classes
        for end in class_.ends
        if end.alternatives
        for option in options(end, index)
    }
