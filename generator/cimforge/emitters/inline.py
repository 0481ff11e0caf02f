"""Which anonymous types of a profile a schema can write where they are used."""

from __future__ import annotations

from cimforge.emitters.content import Contents, owned
from cimforge.emitters.protocol import Unit
from cimforge.ir.ids import ElementId
from cimforge.ir.model import AssociationEnd, Class, Compound, Enumeration, Property

MOST_COPIES = 100
"""Types within one inline type, itself included."""


def inline_types(unit: Unit, contents: Contents) -> frozenset[ElementId]:
    """The anonymous types that need no name.

    One needs a name after all if another type extends it, if it is abstract, a root of documents, holds
    itself, or would hold more than `MOST_COPIES` types that stand inline themselves.
    """
    model = unit.model
    named = {base for c in model.classes for base in c.bases}
    named.update(c.id for c in model.classes if c.is_abstract)
    if model.envelope:
        named.update(r.class_ for r in model.envelope.roots)
    wanted = {c.id: c for c in model.classifiers if c.meta.is_anonymous and c.id not in named}
    size: dict[ElementId, int] = {}
    for start in wanted:
        open_: list[ElementId] = []
        stack: list[tuple[ElementId, bool]] = [(start, False)]
        while stack:
            current, is_done = stack.pop()
            if is_done:
                open_.pop()
                held = _held(contents, wanted[current])
                size[current] = 1 + sum(size.get(t, 0) for t in held if t not in named)
                if size[current] > MOST_COPIES:
                    named.add(current)
            elif current in open_:
                named.add(current)
            elif current not in size:
                open_.append(current)
                stack.append((current, True))
                stack += [(t, False) for t in _held(contents, wanted[current]) if t in wanted]
    return frozenset(wanted) - named


def _held(contents: Contents, type_: object) -> list[ElementId]:
    """The types of what an object of ``type_`` holds, once for each member."""
    members: tuple[Property, ...] = ()
    if isinstance(type_, Class):
        members = contents.flat(type_.id)
    elif isinstance(type_, Compound):
        members = owned(type_)
    elif isinstance(type_, Enumeration):
        return []
    return [m.type for m in members if not isinstance(m, AssociationEnd) or m.containment == "value"]
