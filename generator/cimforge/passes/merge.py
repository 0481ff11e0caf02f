"""Many files, one set of facts: the same element in several files is one element with several uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, PackageFact, ProfileFact, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.policies import DEFAULT_POLICIES, Difference, Field, Policy
from cimforge.ir.value import replace
from cimforge.passes.differences import Differences, StatingFile
from cimforge.passes.identifiers import namespace
from cimforge.passes.newest import newest
from cimforge.passes.reach import reached_uses

_Fact = TypeVar("_Fact", ClassFact, MemberFact)


class Merged(NamedTuple):
    """One `Facts` of all files, and everything that they state differently."""

    facts: Facts
    differences: tuple[Difference, ...]


def merge(
    facts: Sequence[Facts], report: Report, policies: Mapping[Field, Policy] = DEFAULT_POLICIES
) -> Facts:
    """One `Facts` of all, as `merge_and_compare` makes it."""
    return merge_and_compare(facts, report, policies).facts


def merge_and_compare(
    facts: Sequence[Facts], report: Report, policies: Mapping[Field, Policy] = DEFAULT_POLICIES
) -> Merged:
    """One `Facts` of all: each element once, with a `Use` for every profile that states it.

    Elements of different files are the same if they have the same id (an EA GUID; if their names or URIs
    differ the element was renamed, CIM283), else if they have the same URI. One that has a GUID in one file
    and only a URI in another is known by its GUID. An element that one file states twice is reported
    (CIM207) and kept once. Files are taken in order of their path, whatever order they came in.

    A class that a UML file refers to without stating it is in that file's profile, too (`reached_uses`).

    What files state differently is reported with both places, by field, as ``policies`` say (CIM221 to
    CIM224, CIM280 to CIM282). What counts is what the first file says that says anything; the newest profile
    where that is the policy. Every stereotype counts, and each profile keeps its own bounds.
    """
    ordered = sorted(facts, key=lambda f: tuple(s.path for s in f.sources))
    files = [StatingFile(f) for f in ordered]
    uris: dict[str, str] = {
        e.id: e.uri for f in ordered for es in (f.classes, f.members) for e in es if e.id != e.uri
    }
    differences = Differences(policies, uris, report)
    merging = _Merging(files, differences, report)
    classes = merging.merged([f.classes for f in ordered], _class_key, differences.class_values)
    stated = [merging.renamed_members(f.members, f.classes) for f in ordered]
    members = merging.merged(stated, _member_key, differences.member_values)
    alias = {old: merging.alias.get(new, new) for old, new in merging.alias.items()}
    if alias:
        classes = tuple(_class_realiased(c, alias) for c in classes)
        members = tuple(_member_realiased(m, alias) for m in members)
    if len(ordered) > 1:
        for id_, more in reached_uses(ordered, classes, alias).items():
            known = merging.uses.get(id_, ())
            here = {u.profile for u in known}
            merging.uses[id_] = (*known, *(u for u in more if u.profile not in here))
    return Merged(
        Facts(
            sources=tuple({s.path: s for f in ordered for s in f.sources}.values()),
            profiles=_unique_profiles(ordered, report),
            packages=_packages(ordered),
            classes=classes,
            members=members,
            connectors=tuple({c.id: c for f in ordered for c in f.connectors}.values()),
            shapes=tuple(s for f in ordered for s in f.shapes),
            uses=merging.uses,
            notes=_counted(ordered),
            namespaces=tuple(sorted({n for f in ordered for n in f.namespaces})),
        ),
        tuple(differences.found),
    )


class _Merging:
    """Merges one kind of facts after the other. `alias` leads from the ids of statements to their element's,
    `renamed` from the URIs that were given up to the one that counts."""

    def __init__(self, files: Sequence[StatingFile], differences: Differences, report: Report) -> None:
        self._files = files
        self._report = report
        self.alias: dict[ElementId, ElementId] = {}
        self.renamed: dict[str, str] = {}
        self.uses: dict[ElementId, tuple[Use, ...]] = {}

    def merged(
        self,
        facts: Sequence[tuple[_Fact, ...]],
        compared: Callable[[_Fact], object],
        values: Callable[[Sequence[_Fact], Sequence[StatingFile]], dict[str, Any]],
    ) -> tuple[_Fact, ...]:
        """Each element of ``facts``, a tuple a file, once; equal in ``compared`` means nothing to decide."""
        result: list[_Fact] = []
        profiles = [file.profile.id if file.profile else None for file in self._files]
        if len(facts) == 1 and _are_distinct(facts[0]):
            if (profile := profiles[0]) is not None:
                self.uses.update((f.id, (_use(profile, f),)) for f in facts[0])
            return facts[0]
        for stated in self._by_element(facts):
            number, fact = stated[0]
            if len(stated) == 1:
                result.append(fact)
                if (profile := profiles[number]) is not None:
                    self.uses[fact.id] = (_use(profile, fact),)
                continue
            statements = [s for _, s in stated]
            value = compared(fact)
            fact = self._named(stated)
            if any(compared(s) != value for s in statements[1:]):
                fact = replace(fact, **values(statements, [self._files[n] for n, _ in stated]))
            id_ = next((s.id for s in statements if s.id != s.uri), fact.id)
            if id_ != fact.id:
                fact = replace(fact, id=id_)
            self.alias.update((s.id, id_) for s in statements if s.id != id_)
            uses: list[Use] = []
            for number, statement in stated:
                if (profile := profiles[number]) is not None:
                    use = _use(profile, statement)
                    if not any(u.profile == profile and _says_the_same(u, use) for u in uses):
                        uses.append(use)
            if uses:
                self.uses[fact.id] = tuple(uses)
            result.append(fact)
        return tuple(result)

    def _by_element(self, facts: Sequence[tuple[_Fact, ...]]) -> list[list[tuple[int, _Fact]]]:
        """The statements about each element, each with the number of its file."""
        groups: dict[str, list[tuple[int, _Fact]]] = {}
        key_by_id: dict[ElementId, str] = {}
        for number, stated in enumerate(facts):
            for fact in stated:
                key = fact.uri or fact.id
                if fact.id != key:
                    key = key_by_id.setdefault(fact.id, key)
                group = groups.get(key)
                if group is None:
                    groups[key] = [(number, fact)]
                elif group[-1][0] == number:
                    self._report.add(
                        "CIM207",
                        at=fact.location,
                        element=fact.id,
                        related=(group[-1][1].location,),
                        name=fact.name or key,
                        uri=key,
                    )
                    self.alias[fact.id] = group[0][1].id
                else:
                    group.append((number, fact))
        return list(groups.values())

    def _named(self, stated: Sequence[tuple[int, _Fact]]) -> _Fact:
        """The first statement; where the element was renamed, by the name that counts (CIM283)."""
        first = stated[0][1]
        if all(fact.uri == first.uri for _, fact in stated):
            return first
        places, how = newest([self._files[number].profile for number, _ in stated])
        taken = stated[places[0]][1] if places else first
        other = next(fact for _, fact in stated if fact.uri != taken.uri)
        self._report.add(
            "CIM283",
            at=other.location,
            element=first.id,
            related=(taken.location,),
            taken=taken.uri,
            other=other.uri,
            why=how or "its file is the first in the order of paths",
        )
        for _, fact in stated:
            if fact.uri != taken.uri:
                self.renamed[fact.uri] = taken.uri
                self.alias[ElementId(fact.uri)] = first.id
        return replace(first, name=taken.name, uri=taken.uri)

    def renamed_members(
        self, members: tuple[MemberFact, ...], classes: tuple[ClassFact, ...]
    ) -> tuple[MemberFact, ...]:
        """``members`` of one file whose own classes are ``classes``, by the names that these have now."""
        new = {c.id: self.renamed[c.uri] for c in classes if c.uri in self.renamed}
        if not new:
            return members
        old = {c.id: c.uri for c in classes}
        return tuple(
            _in_renamed(m, old[owner], new[owner]) if (owner := ElementId(m.owner.value)) in new else m
            for m in members
        )


def _are_distinct(facts: Sequence[ClassFact | MemberFact]) -> bool:
    """Whether no two facts are of one element, as is almost always so in one file."""
    return len({f.id for f in facts}) == len({f.uri or f.id for f in facts}) == len(facts)


def _says_the_same(one: Use, other: Use) -> bool:
    """Whether two statements differ in nothing but their place."""
    return (one.multiplicity, one.stereotypes, one.is_abstract, one.used) == (
        *(other.multiplicity, other.stereotypes, other.is_abstract, other.used),
    )


def _in_renamed(member: MemberFact, old: str, new: str) -> MemberFact:
    """``member`` of a class whose URI was ``old`` and is ``new``; a namespace of its own stays."""
    space, old_space = namespace(member.uri), namespace(old)
    local = member.uri[len(space) :]
    if not local.startswith(f"{old[len(old_space):]}."):
        return member
    name = local[len(old) - len(old_space) :]
    kept = namespace(new) if space == old_space else space
    return replace(member, uri=f"{kept}{new[len(namespace(new)):]}{name}")


def _class_key(fact: ClassFact) -> object:
    return (fact.supers, fact.stereotypes, fact.doc, fact.is_abstract, fact.metaclass, fact.tags, fact.mixins)


def _member_key(fact: MemberFact) -> object:
    return (
        *(fact.type, fact.range, fact.multiplicity, fact.inverse, fact.default, fact.is_constant, fact.used),
        *(fact.doc, fact.stereotypes, fact.tags, fact.facets),
    )


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
