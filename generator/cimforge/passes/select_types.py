"""What the attributes of a profile pull in: compounds, enumerations, primitives and datatypes."""

from __future__ import annotations

from typing import assert_never

from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    Attribute,
    Class,
    Compound,
    Datatype,
    Enumeration,
    EnumLiteral,
    Meta,
    Primitive,
)
from cimforge.ir.profile import PropertyRule
from cimforge.ir.value import Struct, replace
from cimforge.passes.lookup import Missing
from cimforge.passes.select_members import Members
from cimforge.passes.select_tables import Kept, Tables, Taken


class Types(Struct, frozen=True, kw_only=True):
    """The types of a profile, each kind sorted by id."""

    compounds: tuple[Compound, ...]
    enumerations: tuple[Enumeration, ...]
    primitives: tuple[Primitive, ...]
    datatypes: tuple[Datatype, ...]


def used_types(tables: Tables, members: Members) -> Types:
    """Every type that the members met so far lead to, and those that these lead to in turn.

    A compound or enumeration comes as its selection restricts it, or whole. Reported (CIM328): a
    selection of either that nothing uses.
    """
    compounds: dict[ElementId, Compound] = {}
    simple: dict[ElementId, Enumeration | Primitive | Datatype] = {}
    done: set[ElementId] = set()
    while waiting := [i for i in tables.used if i not in done]:
        done.update(waiting)
        for id_ in waiting:
            source, taken = tables.used[id_]
            match source:
                case Compound():
                    compounds[id_] = _compound(tables, members, id_, source, taken)
                case Enumeration():
                    simple[id_] = _enumeration(tables, id_, source, taken)
                case Primitive():
                    simple[id_] = replace(
                        source, id=id_, package=None, meta=tables.meta(source.meta, source.id)
                    )
                case Datatype():
                    simple[id_] = _datatype(tables, id_, source)
                case Class():
                    pass
                case _:
                    assert_never(source)
    for taken in tables.by_name.values():
        if not isinstance(taken.source, Class) and tables.id(taken.name) not in tables.used:
            name = taken.table.name or taken.table.class_
            tables.report.add("CIM328", at=taken.table.location, name=name)
    ordered = [simple[i] for i in sorted(simple)]
    return Types(
        compounds=tuple(compounds[i] for i in sorted(compounds)),
        enumerations=tuple(t for t in ordered if isinstance(t, Enumeration)),
        primitives=tuple(t for t in ordered if isinstance(t, Primitive)),
        datatypes=tuple(t for t in ordered if isinstance(t, Datatype)),
    )


def _compound(
    tables: Tables, members: Members, id_: ElementId, source: Compound, taken: Taken | None
) -> Compound:
    if taken:
        listed = tables.kept(taken)
    else:
        listed = tuple(_whole(a) for a in source.attributes if _is_admitted(tables, a.meta))
    name = taken.name if taken else source.name
    kept = members.kept(name, source.name, listed)
    return Compound(
        id=id_,
        name=name,
        attributes=tuple(p for p in kept if isinstance(p, Attribute)),
        meta=tables.meta(source.meta, source.id, taken.table if taken else None),
    )


def _whole(attribute: Attribute) -> Kept:
    return PropertyRule(property=attribute.name, location=attribute.meta.location), attribute


def _enumeration(tables: Tables, id_: ElementId, source: Enumeration, taken: Taken | None) -> Enumeration:
    name = taken.name if taken else source.name
    literals: list[EnumLiteral] = [v for v in source.literals if _is_admitted(tables, v.meta)]
    if taken and taken.table.literals is not None:
        chosen: set[ElementId] = set()
        for wanted in taken.table.literals:
            match found := tables.lookup.literal(source, wanted):
                case Missing():
                    tables.unknown(taken.table.location, f"literal of {source.name}", wanted, found)
                case _:
                    chosen.add(found.id)
        literals = [v for v in source.literals if v.id in chosen]
    return replace(
        source,
        id=id_,
        name=name,
        package=None,
        literals=tuple(
            replace(v, id=tables.id(f"{name}.{v.name}"), meta=tables.meta(v.meta, v.id)) for v in literals
        ),
        meta=tables.meta(source.meta, source.id, taken.table if taken else None),
    )


def _datatype(tables: Tables, id_: ElementId, source: Datatype) -> Datatype:
    at = source.meta.location
    value = tables.base.by_id[source.value]
    return replace(
        source,
        id=id_,
        package=None,
        value=tables.use(value, tables.only(value.id, source.name, at), at),
        attributes=(),
        meta=tables.meta(source.meta, source.id),
    )


def _is_admitted(tables: Tables, meta: Meta) -> bool:
    return not meta.extension or meta.extension == tables.lookup.extension
