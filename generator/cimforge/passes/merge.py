"""Many files, one set of facts: the same element in several files is one element with several uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, PackageFact, ProfileFact, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.value import replace
from cimforge.passes.multiplicity import parse_multiplicity

_Fact = TypeVar("_Fact", ClassFact, MemberFact)

KIND_STEREOTYPES = frozenset({"enumeration", "primitive", "cimdatatype", "datatype", "compound"})


def merge(facts: Sequence[Facts], report: Report) -> Facts:
    """One `Facts` of all: each element once, with a `Use` for every file that states it.

    Elements are the same if they have the same URI in different files; an element that one file
    states twice is reported (CIM207) and kept once. Files are taken in order of their path, whatever
    order they came in. What files state differently is reported with both places: kind, superclass and
    type as errors (CIM221), multiplicity as a warning (CIM222: each profile keeps its own), default and
    inverse as warnings (CIM223), text as a note (CIM224).
    """
    ordered = sorted(facts, key=lambda f: tuple(s.path for s in f.sources))
    alias: dict[ElementId, ElementId] = {}
    uses: dict[ElementId, tuple[Use, ...]] = {}
    classes = _merged(ordered, [f.classes for f in ordered], alias, uses, report)
    members = _merged(ordered, [f.members for f in ordered], alias, uses, report)
    if alias:
        classes = tuple(_class_realiased(c, alias) for c in classes)
        members = tuple(_member_realiased(m, alias) for m in members)
    for class_ in classes:
        _compare_kinds(class_, uses.get(class_.id, ()), report)
    return Facts(
        sources=tuple({s.path: s for f in ordered for s in f.sources}.values()),
        profiles=_unique_profiles(ordered, report),
        packages=_packages(ordered),
        classes=classes,
        members=members,
        connectors=tuple(c for f in ordered for c in f.connectors),
        uses=uses,
        notes=_counted(ordered),
        namespaces=tuple(sorted({n for f in ordered for n in f.namespaces})),
    )


def _merged(
    files: Sequence[Facts],
    facts: Sequence[tuple[_Fact, ...]],
    alias: dict[ElementId, ElementId],
    all_uses: dict[ElementId, tuple[Use, ...]],
    report: Report,
) -> tuple[_Fact, ...]:
    first: dict[str, _Fact] = {}
    uses: dict[str, list[Use]] = {}
    for file, stated in zip(files, facts, strict=True):
        profile = file.profiles[0].id if file.profiles else None
        here: dict[str, _Fact] = {}
        for fact in stated:
            key = fact.uri or fact.id
            twin = here.get(key)
            if twin is not None:
                report.add(
                    "CIM207",
                    at=fact.location,
                    element=fact.id,
                    related=(twin.location,),
                    name=fact.name or key,
                    uri=key,
                )
                alias[fact.id] = first[key].id
                continue
            here[key] = fact
            earlier = first.get(key)
            if earlier is None:
                first[key] = fact
                uses[key] = []
            else:
                if earlier.id != fact.id:
                    alias[fact.id] = earlier.id
                first[key] = _joined(earlier, fact, uses[key], report)
            if profile is not None:
                uses[key].append(_use(profile, fact))
    all_uses.update((f.id, tuple(uses[k])) for k, f in first.items() if uses[k])
    return tuple(first.values())


def _use(profile: ElementId, fact: ClassFact | MemberFact) -> Use:
    if isinstance(fact, ClassFact):
        return Use(
            profile=profile,
            stereotypes=fact.stereotypes,
            is_abstract=fact.is_abstract,
            location=fact.location,
        )
    return Use(
        profile=profile,
        multiplicity=fact.multiplicity,
        stereotypes=fact.stereotypes,
        used=fact.used,
        location=fact.location,
    )


def _joined(earlier: _Fact, later: _Fact, uses: list[Use], report: Report) -> _Fact:
    """``earlier`` completed by what only ``later`` states; differences are reported."""
    if _means_the_same(earlier, later):
        return earlier
    if earlier.doc != later.doc and earlier.doc and later.doc and _folded(earlier.doc) != _folded(later.doc):
        _differs("CIM224", "description", earlier, later, "", "", report)
    if isinstance(earlier, ClassFact):
        assert isinstance(later, ClassFact)
        missing = tuple(s for s in later.supers if s not in earlier.supers)
        if missing and earlier.supers:
            _differs(
                "CIM221", "superclass", earlier, later, _refs(earlier.supers), _refs(later.supers), report
            )
        return replace(
            earlier,
            supers=earlier.supers or later.supers,
            doc=earlier.doc or later.doc,
            stereotypes=_union(earlier.stereotypes, later.stereotypes),
        )
    assert isinstance(later, MemberFact)
    for field in ("type", "range"):
        mine, theirs = getattr(earlier, field), getattr(later, field)
        if mine is not None and theirs is not None and mine != theirs:
            _differs("CIM221", "type", earlier, later, _refs((mine,)), _refs((theirs,)), report)
    if (
        earlier.multiplicity
        and later.multiplicity
        and not any(
            _same_bounds(m, later.multiplicity)
            for m in (earlier.multiplicity, *(u.multiplicity for u in uses))
        )
    ):
        _differs("CIM222", "multiplicity", earlier, later, earlier.multiplicity, later.multiplicity, report)
    if earlier.inverse is not None and later.inverse is not None and earlier.inverse != later.inverse:
        _differs("CIM223", "inverse role", earlier, later, earlier.inverse.value, later.inverse.value, report)
    if earlier.default is not None and later.default is not None and earlier.default != later.default:
        _differs("CIM223", "default", earlier, later, earlier.default, later.default, report)
    return replace(
        earlier,
        type=earlier.type or later.type,
        range=earlier.range or later.range,
        multiplicity=earlier.multiplicity or later.multiplicity,
        inverse=earlier.inverse or later.inverse,
        default=later.default if earlier.default is None else earlier.default,
        is_constant=earlier.is_constant or later.is_constant,
        used=earlier.used or later.used,
        doc=earlier.doc or later.doc,
        stereotypes=_union(earlier.stereotypes, later.stereotypes),
    )


def _means_the_same(earlier: _Fact, later: _Fact) -> bool:
    if earlier.doc != later.doc or earlier.stereotypes != later.stereotypes:
        return False
    if isinstance(earlier, ClassFact) and isinstance(later, ClassFact):
        return earlier.supers == later.supers
    assert isinstance(earlier, MemberFact)
    assert isinstance(later, MemberFact)
    return (
        earlier.multiplicity == later.multiplicity
        and earlier.type == later.type
        and earlier.range == later.range
        and earlier.inverse == later.inverse
        and earlier.used == later.used
        and earlier.default == later.default
        and earlier.is_constant == later.is_constant
    )


def _differs(
    code: str,
    field: str,
    earlier: ClassFact | MemberFact,
    later: ClassFact | MemberFact,
    first: str,
    second: str,
    report: Report,
) -> None:
    name = earlier.uri[earlier.uri.rfind("#") + 1 :] or earlier.name
    report.add(
        code,
        at=later.location,
        element=earlier.id,
        related=(earlier.location,),
        name=name,
        field=field,
        first=first,
        second=second,
        first_file=earlier.location.file,
    )


def _compare_kinds(class_: ClassFact, uses: tuple[Use, ...], report: Report) -> None:
    kinds = {k: u for u in uses for k in [frozenset(s.casefold() for s in u.stereotypes) & KIND_STEREOTYPES]}
    if len(kinds) > 1:
        (first, a), (second, b) = sorted(kinds.items(), key=lambda item: item[1].location.file)[:2]
        report.add(
            "CIM221",
            at=b.location,
            element=class_.id,
            related=(a.location,),
            name=class_.name,
            field="kind",
            first=", ".join(sorted(first)) or "class",
            second=", ".join(sorted(second)) or "class",
            first_file=a.location.file,
        )


def _same_bounds(first: str, second: str) -> bool:
    if first == second:
        return True
    bounds = parse_multiplicity(first)
    return bounds is not None and bounds == parse_multiplicity(second)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first if first == second else (*first, *(s for s in second if s not in first))


def _refs(refs: Iterable[Ref]) -> str:
    return ", ".join(r.value[r.value.rfind("#") + 1 :] for r in refs)


def _unique_profiles(files: Sequence[Facts], report: Report) -> tuple[ProfileFact, ...]:
    found: dict[ElementId, ProfileFact] = {}
    for profile in (p for f in files for p in f.profiles):
        twin = found.setdefault(profile.id, profile)
        if twin is not profile:
            report.add("CIM225", at=profile.location, related=(twin.location,), profile=profile.id)
    return tuple(found.values())


def _packages(files: Sequence[Facts]) -> tuple[PackageFact, ...]:
    found: dict[ElementId, PackageFact] = {}
    for package in (p for f in files for p in f.packages):
        found.setdefault(package.id, package)
    return tuple(found.values())


def _counted(files: Sequence[Facts]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for kind, count in (n for f in files for n in f.notes):
        total[kind] = total.get(kind, 0) + count
    return tuple(sorted(total.items()))


def _ref(ref: Ref | None, alias: dict[ElementId, ElementId]) -> Ref | None:
    if ref is None or ref.by == "name" or ElementId(ref.value) not in alias:
        return ref
    return Ref(by="id", value=alias[ElementId(ref.value)])


def _class_realiased(fact: ClassFact, alias: dict[ElementId, ElementId]) -> ClassFact:
    supers = tuple(r for r in (_ref(s, alias) for s in fact.supers) if r)
    mixins = tuple(r for r in (_ref(s, alias) for s in fact.mixins) if r)
    if supers == fact.supers and mixins == fact.mixins:
        return fact
    return replace(fact, supers=supers, mixins=mixins)


def _member_realiased(fact: MemberFact, alias: dict[ElementId, ElementId]) -> MemberFact:
    owner, type_ = _ref(fact.owner, alias), _ref(fact.type, alias)
    range_, inverse = _ref(fact.range, alias), _ref(fact.inverse, alias)
    assert owner is not None
    return replace(fact, owner=owner, type=type_, range=range_, inverse=inverse)
