"""What profiles take for granted, in place of the information model that is not at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, PackageFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.ir.profile import ProfileFile
from cimforge.ir.value import replace
from cimforge.passes.multiplicity import parse_multiplicity, widest
from cimforge.passes.primitives import XSD
from cimforge.passes.references import MAX_INHERITANCE

_COMPOUND, _DATATYPE = "Compound", "CIMDatatype"
_TEXT = Ref(by="uri", value=f"{XSD}string")


def presuppose(profiles: Sequence[ProfileFile], report: Report) -> Facts:
    """One `Facts` that holds all that ``profiles`` presuppose, fit to be linked.

    Profiles state parts of one model, so that no difference is a conflict: superclasses and stereotypes add
    up, bounds are the widest, of texts and types the first in the order of the files' paths stands.

    - Superclasses that follow from profiles and go in a circle are reported and cut (CIM364); those that
      follow from others are left out.
    - A class that no profile selects, and of which nothing but the name is known, is the one class of that
      name that one does select; datatypes of one name are one (CIM368).
    - What a compound leads to is a compound or an enumeration: compounds take no part in associations
      (modelling guide rule 46).
    - A member whose type no profile states is a text (CIM365).
    - An enumeration that profiles take whole has no literals (CIM357).
    """
    selected = {s.class_ for p in profiles for s in p.spec.selections}
    ordered = sorted((p.presupposed for p in profiles), key=lambda f: tuple(s.path for s in f.sources))
    classes: dict[ElementId, ClassFact] = {}
    members: dict[ElementId, MemberFact] = {}
    packages: dict[ElementId, PackageFact] = {}
    notes: dict[str, int] = {}
    for file in ordered:
        for class_ in file.classes:
            known = classes.get(class_.id)
            classes[class_.id] = _joined(known, class_) if known else class_
        for member in file.members:
            earlier = members.get(member.id)
            members[member.id] = _completed(earlier, member) if earlier else member
        for package in file.packages:
            packages.setdefault(package.id, package)
        for kind, count in file.notes:
            notes[kind] = notes.get(kind, 0) + count
    _join_stale(classes, members, selected, report)
    _spread_compounds(classes, members)
    supers = _acyclic(classes, report)
    return Facts(
        sources=tuple(s for f in ordered for s in f.sources),
        packages=tuple(packages.values()),
        classes=tuple(
            replace(c, supers=tuple(Ref(by="uri", value=i) for i in supers.get(c.id, ())))
            for c in classes.values()
        ),
        members=_typed(classes, members, report),
        namespaces=tuple(sorted({n for f in ordered for n in f.namespaces})),
        notes=tuple(sorted(notes.items())),
    )


def _joined(known: ClassFact, other: ClassFact) -> ClassFact:
    return replace(
        known,
        package=known.package or other.package,
        supers=tuple(dict.fromkeys((*known.supers, *other.supers))),
        stereotypes=tuple(dict.fromkeys((*known.stereotypes, *other.stereotypes))),
        doc=known.doc or other.doc,
    )


def _completed(known: MemberFact, other: MemberFact) -> MemberFact:
    is_typed = known.type is not None or known.range is not None
    first, second = parse_multiplicity(known.multiplicity), parse_multiplicity(other.multiplicity)
    both = str(widest(first, second)) if first and second else ""
    return replace(
        known,
        type=known.type if is_typed else other.type,
        range=known.range if is_typed else other.range,
        multiplicity=both or known.multiplicity or other.multiplicity,
        doc=known.doc or other.doc,
    )


def _join_stale(
    classes: dict[ElementId, ClassFact],
    members: dict[ElementId, MemberFact],
    selected: set[str],
    report: Report,
) -> None:
    """Lead members from classes of which only the name is known to those of that name that are selected.

    Datatypes of one name are one, in the namespace of most classes.
    """
    spaces = Counter(uri[: uri.rfind("#") + 1] for uri in selected)
    bases = {r.value for c in classes.values() for r in c.supers}
    owners = {m.owner.value for m in members.values()}
    same_name: dict[str, list[ClassFact]] = {}
    for class_ in classes.values():
        same_name.setdefault(class_.name, []).append(class_)
    instead: dict[str, ElementId] = {}
    for same in same_name.values():
        chosen = [c for c in same if c.id in selected]
        datatypes = [c for c in same if _DATATYPE in c.stereotypes]
        stale: list[ClassFact] = []
        if len(chosen) == 1:
            known = bases | owners
            stale = [c for c in same if c.id not in selected and c.id not in known and not c.supers]
        elif len(datatypes) > 1:
            chosen = [max(datatypes, key=lambda c: (spaces[c.uri[: c.uri.rfind("#") + 1]], c.id))]
            stale = [c for c in datatypes if c is not chosen[0]]
        for class_ in stale:
            kept = chosen[0].id
            report.add("CIM368", at=class_.location, element=class_.id, stale=class_.id, uri=kept)
            instead[class_.id] = kept
            classes[kept] = _joined(classes[kept], class_)
            del classes[class_.id]
    for id_, member in list(members.items()) if instead else ():
        if member.owner.value in instead:
            moved = instead[member.owner.value]
            del members[id_]
            id_ = ElementId(f"{moved}.{member.name}")
            member = members.get(id_) or replace(member, id=id_, uri=id_, owner=Ref(by="uri", value=moved))
        members[id_] = replace(member, type=_led(member.type, instead), range=_led(member.range, instead))


def _led(ref: Ref | None, instead: dict[str, ElementId]) -> Ref | None:
    return Ref(by="uri", value=instead[ref.value]) if ref is not None and ref.value in instead else ref


def _spread_compounds(classes: dict[ElementId, ClassFact], members: dict[ElementId, MemberFact]) -> None:
    """Mark every class of unknown kind that a compound leads to, directly or not, as a compound."""
    leads_to: dict[str, list[ElementId]] = {}
    for member in members.values():
        if member.range is not None and member.range.value in classes:
            leads_to.setdefault(member.owner.value, []).append(ElementId(member.range.value))
    waiting = [c.id for c in classes.values() if _COMPOUND in c.stereotypes]
    while waiting:
        for id_ in leads_to.pop(waiting.pop(), ()):
            if not classes[id_].stereotypes:
                classes[id_] = replace(classes[id_], stereotypes=(_COMPOUND,))
                waiting.append(id_)


def _acyclic(classes: dict[ElementId, ClassFact], report: Report) -> dict[ElementId, tuple[ElementId, ...]]:
    """The superclasses of each class: no circle, and none that another superclass has, too."""
    supers = {
        c.id: [ElementId(r.value) for r in c.supers if r.value != c.id and r.value in classes]
        for c in classes.values()
        if c.supers
    }
    settled: set[ElementId] = set()
    for start in sorted(supers):
        way: dict[ElementId, list[ElementId]] = {start: list(supers[start])} if start not in settled else {}
        while way:
            sub, open_ = next(reversed(way.items()))
            if not open_:
                settled.add(sub)
                del way[sub]
                continue
            base = open_.pop()
            if base in way:
                report.add(
                    "CIM364",
                    at=classes[sub].location,
                    element=sub,
                    sub=classes[sub].name,
                    base=classes[base].name,
                )
                supers[sub].remove(base)
            elif base not in settled:
                way[base] = list(supers.get(base, ()))
    return {
        sub: tuple(b for b in bases if not _is_implied(b, bases, supers)) for sub, bases in supers.items()
    }


def _is_implied(base: ElementId, bases: list[ElementId], supers: dict[ElementId, list[ElementId]]) -> bool:
    """Whether another of ``bases`` has ``base`` above it, `MAX_INHERITANCE` levels up at most."""
    level = {b for b in bases if b != base}
    seen: set[ElementId] = set()
    for _ in range(MAX_INHERITANCE):
        level = {s for b in level for s in supers.get(b, ())} - seen
        if base in level or not level:
            break
        seen |= level
    return base in level


def _typed(
    classes: dict[ElementId, ClassFact], members: dict[ElementId, MemberFact], report: Report
) -> tuple[MemberFact, ...]:
    """The members, each with a type; literals have none, and belong to enumerations."""
    enumerations = {c.id for c in classes.values() if "enumeration" in c.stereotypes}
    listed = {m.owner.value for m in members.values()}
    for id_ in sorted(enumerations - listed):
        report.add("CIM357", at=classes[id_].location, element=id_, name=classes[id_].name)
    found: list[MemberFact] = []
    for member in members.values():
        if member.type is None and member.range is None and member.owner.value not in enumerations:
            owner = classes[ElementId(member.owner.value)].name
            report.add("CIM365", at=member.location, element=member.id, name=f"{owner}.{member.name}")
            member = replace(member, type=_TEXT)
        found.append(member)
    return tuple(found)
