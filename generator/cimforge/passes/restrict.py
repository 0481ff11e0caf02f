"""One profile of a family as a model of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    EnumLiteral,
    Envelope,
    InProfile,
    Model,
    Multiplicity,
    Primitive,
    Profile,
    Root,
)
from cimforge.ir.value import replace
from cimforge.passes.normalize import normalize

_Member = TypeVar("_Member", Attribute, AssociationEnd)
_Type = Datatype | Compound | Enumeration | Primitive
ANY = Multiplicity(lower=0, upper=None)


def restrict(family: Model, profile: Profile) -> Model:
    """What ``profile`` says of ``family``: its elements, with its own bounds and its own used ends.

    A type that the profile uses and does not state is taken as the family has it.
    The result has an envelope named after the profile's keyword whose roots are its concrete classes,
    each 0..*: a dataset holds any number of objects of any of them, and refers between them.
    """
    classes = tuple(_class(c, use, profile.id) for c in family.classes if (use := _use(c, profile.id)))
    kept = {c.id for c in classes}
    classes = tuple(
        replace(
            c,
            bases=tuple(b for b in c.bases if b in kept),
            ends=tuple(e for e in c.ends if e.type in kept),
        )
        for c in classes
    )
    datatypes = [_datatype(d, profile.id) for d in family.datatypes if _use(d, profile.id)]
    compounds = [_compound(c, profile.id) for c in family.compounds if _use(c, profile.id)]
    enumerations = [_enumeration(e, profile.id) for e in family.enumerations if _use(e, profile.id)]
    primitives = [p for p in family.primitives if not p.meta.profiles or _use(p, profile.id)]
    kept_types: tuple[_Type, ...] = (*datatypes, *compounds, *enumerations, *primitives)
    needed_types = _needed(family, (*classes, *datatypes, *compounds), {t.id for t in kept_types})
    for needed in needed_types:
        match needed:
            case Datatype():
                datatypes.append(needed)
            case Compound():
                compounds.append(needed)
            case Enumeration():
                enumerations.append(needed)
            case Primitive():
                primitives.append(needed)
    restricted = replace(
        family,
        name=profile.keyword,
        version=profile.version,
        profiles=(profile,),
        classes=classes,
        enumerations=tuple(enumerations),
        primitives=tuple(primitives),
        datatypes=tuple(datatypes),
        compounds=tuple(compounds),
        envelope=dataset_envelope(profile.keyword, namespace_of(profile), profile.doc, classes),
    )
    return normalize(restricted) if needed_types else restricted


def _needed(
    family: Model, owners: Iterable[Class | Datatype | Compound], stated: set[ElementId]
) -> list[_Type]:
    """The types of members of ``owners`` that are not among ``stated``, whole; and theirs."""
    types: tuple[_Type, ...] = (
        *family.datatypes,
        *family.compounds,
        *family.enumerations,
        *family.primitives,
    )
    type_by_id = {t.id: t for t in types}
    found: dict[ElementId, _Type] = {}
    waiting = list(owners)
    while waiting:
        owner = waiting.pop()
        wanted = [a.type for a in owner.attributes]
        wanted += [owner.value] if isinstance(owner, Datatype) else []
        for id_ in wanted:
            if id_ not in stated and id_ not in found and id_ in type_by_id:
                found[id_] = needed = type_by_id[id_]
                if isinstance(needed, Datatype | Compound):
                    waiting.append(needed)
    return list(found.values())


def dataset_envelope(name: str, namespace: str, doc: str, classes: tuple[Class, ...]) -> Envelope:
    """The envelope of a dataset: every concrete class is a root, 0..*, by name."""
    concrete = sorted((c for c in classes if not c.is_abstract), key=lambda c: (c.name, c.id))
    return Envelope(
        name=name,
        namespace=namespace,
        doc=doc,
        roots=tuple(Root(class_=c.id, multiplicity=ANY) for c in concrete),
    )


def namespace_of(profile: Profile) -> str:
    """Target namespace of the profile's documents: its URI, ending in ``#`` (IEC 62361-100).

    Of a URI with a fragment, such as ``…#Ontology``, the fragment makes place.
    """
    uri = profile.uri or f"urn:cimforge:profile:{profile.keyword}"
    return uri.partition("#")[0] + "#"


def _use(
    element: Classifier | Attribute | AssociationEnd | EnumLiteral, profile: ElementId
) -> InProfile | None:
    for use in element.meta.profiles:
        if use.profile == profile:
            return use
    return None


def _members(members: tuple[_Member, ...], profile: ElementId) -> tuple[_Member, ...]:
    found: list[_Member] = []
    for member in members:
        use = _use(member, profile)
        if use is None:
            continue
        changes: dict[str, object] = {}
        if use.multiplicity is not None and use.multiplicity != member.multiplicity:
            changes["multiplicity"] = use.multiplicity
        if isinstance(member, AssociationEnd) and use.navigable not in (None, member.navigable):
            changes["navigable"] = use.navigable
        found.append(replace(member, **changes) if changes else member)
    return tuple(found)


def _class(class_: Class, use: InProfile, profile: ElementId) -> Class:
    return replace(
        class_,
        is_abstract=use.is_abstract,
        attributes=_members(class_.attributes, profile),
        ends=_members(class_.ends, profile),
    )


def _enumeration(enumeration: Enumeration, profile: ElementId) -> Enumeration:
    literals = tuple(v for v in enumeration.literals if _use(v, profile))
    return (
        enumeration if len(literals) == len(enumeration.literals) else replace(enumeration, literals=literals)
    )


def _datatype(datatype: Datatype, profile: ElementId) -> Datatype:
    return replace(datatype, attributes=_members(datatype.attributes, profile))


def _compound(compound: Compound, profile: ElementId) -> Compound:
    return replace(compound, attributes=_members(compound.attributes, profile))
