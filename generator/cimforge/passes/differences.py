"""What the statements of several files about one element differ in, and what counts of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, reduce
from typing import Any, NamedTuple, TypeVar

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, ProfileFact, Ref
from cimforge.ir.model import Multiplicity
from cimforge.ir.policies import Difference, Field, Policy, Statement
from cimforge.passes.identifiers import namespace
from cimforge.passes.multiplicity import parse_multiplicity, widest
from cimforge.passes.newest import newest
from cimforge.passes.references import Kind, kind_of
from cimforge.passes.tell_difference import tell

_OF_ONE_PROFILE = frozenset(
    {"attribute", "byreference", "concrete", "description", "ofaggregate", "ofcomposite"}
)
"""Stereotypes that say how one profile uses an element: profiles differ about them by design."""

_KINDS: Mapping[str, Kind] = {
    "enumeration": "enumeration",
    "primitive": "primitive",
    "cimdatatype": "datatype",
    "datatype": "datatype",
    "compound": "compound",
}

_NOT_COMPARED = _OF_ONE_PROFILE | set(_KINDS)

_ABSTRACT = {True: "abstract", False: "concrete"}

Fact = ClassFact | MemberFact
F = TypeVar("F", ClassFact, MemberFact)


class StatingFile:
    """What of a file its statements are judged by."""

    def __init__(self, facts: Facts) -> None:
        self.profile: ProfileFact | None = facts.profiles[0] if facts.profiles else None
        self._facts = facts

    def kind(self, fact: ClassFact) -> Kind:
        """The kind of one of the file's classes, as the file alone has it."""
        return kind_of(fact, self._members_by_owner.get(fact.id, ()))

    @cached_property
    def states_concrete(self) -> bool:
        """Whether the file marks concrete classes, so that one that it does not mark is abstract."""
        return any("concrete" in c.stereotypes for c in self._facts.classes)

    @cached_property
    def _members_by_owner(self) -> dict[str, list[MemberFact]]:
        found: dict[str, list[MemberFact]] = defaultdict(list)
        for member in self._facts.members:
            found[member.owner.value].append(member)
        return found


class Taken(NamedTuple):
    """Which statement counts."""

    place: int
    differ: bool
    is_newest: bool = False


class Differences:
    """Compares what files state of classes, or of members, decides by ``policies`` and reports.

    Two spellings of one thing are no difference: multiplicities are compared as bounds, texts without regard
    to blanks, references by the URI of what they lead to (``uri_by_id``). What a file does not state
    differs from nothing. `found` has every difference, those that policies keep silent included.
    """

    def __init__(
        self, policies: Mapping[Field, Policy], uri_by_id: Mapping[str, str], report: Report
    ) -> None:
        self._policies = policies
        self._uri_by_id = uri_by_id
        self._report = report
        self.found: list[Difference] = []

    def class_values(self, facts: Sequence[ClassFact], files: Sequence[StatingFile]) -> dict[str, Any]:
        """The fields of the class that ``facts`` speak of, each in its file, as they count for all."""
        supers = self._taken("superclass", facts, files, [self._supers(f) or None for f in facts], _names)
        kind = self._taken("kind", facts, files, self._kinds(facts, files), str)
        abstract = [_is_abstract(*each) for each in zip(facts, files, strict=True)]
        settled = self._taken("abstractness", facts, files, abstract, _ABSTRACT.__getitem__)
        values = self._common(facts, files)
        if kind.differ:
            own = facts[kind.place]
            marks = (m for m in values["stereotypes"] if m.casefold() not in _KINDS or m in own.stereotypes)
            values |= {"stereotypes": tuple(marks), "metaclass": own.metaclass}
        return {
            **values,
            "supers": self._with_extensions(facts[supers.place], facts),
            "mixins": tuple(dict.fromkeys(r for f in facts for r in f.mixins)),
            "is_abstract": (
                abstract[settled.place] if settled.is_newest else _all(f.is_abstract for f in facts)
            ),
            "is_settled": settled.is_newest,
            "package": next((f.package for f in facts if f.package), None),
        }

    def member_values(self, facts: Sequence[MemberFact], files: Sequence[StatingFile]) -> dict[str, Any]:
        """The fields of the member that ``facts`` speak of, each in its file, as they count for all."""
        refs = [f.type or f.range for f in facts]
        types = self._taken("type", facts, files, [r and self._uri(r) for r in refs], _name)
        bounds = [f.multiplicity and (parse_multiplicity(f.multiplicity) or f.multiplicity) for f in facts]
        counted = self._taken("multiplicity", facts, files, [b or None for b in bounds], str)
        inverses = [f.inverse and self._uri(f.inverse) for f in facts]
        inverse = self._taken("inverse", facts, files, inverses, _name)
        default = self._taken("default", facts, files, [f.default for f in facts], str)
        return {
            **self._common(facts, files),
            "type": facts[types.place].type,
            "range": facts[types.place].range,
            "multiplicity": facts[counted.place].multiplicity,
            "is_settled": counted.is_newest,
            "inverse": facts[inverse.place].inverse,
            "default": facts[default.place].default,
            "is_constant": any(f.is_constant for f in facts),
            "used": next((f.used for f in facts if f.used), ""),
            "facets": next((f.facets for f in facts if f.facets), ()),
        }

    def _common(self, facts: Sequence[F], files: Sequence[StatingFile]) -> dict[str, Any]:
        texts = [" ".join(f.doc.split()) or None for f in facts]
        text = self._taken("text", facts, files, texts, str)
        marks = [tuple(sorted(m for m in f.stereotypes if m.casefold() not in _NOT_COMPARED)) for f in facts]
        marked = self._taken("stereotypes", facts, files, marks, lambda m: ", ".join(m) or "none")
        among = [facts[marked.place]] if marked.is_newest else facts
        return {
            "doc": facts[text.place].doc,
            "stereotypes": tuple(dict.fromkeys(s for f in among for s in f.stereotypes)),
            "tags": next((f.tags for f in facts if f.tags), ()),
        }

    def _taken(
        self,
        field: Field,
        facts: Sequence[F],
        files: Sequence[StatingFile],
        values: Sequence[Any],
        shown: Callable[[Any], str],
    ) -> Taken:
        """Which statement counts for ``field``; None among ``values`` is no statement."""
        places = [i for i, value in enumerate(values) if value is not None]
        if not places:
            return Taken(0, differ=False)
        first = places[0]
        if all(values[i] == values[first] for i in places):
            return Taken(first, differ=False)
        policy = self._policies[field]
        taken, how = first, ""
        if policy == "newest":
            taken, how = self._newest(places, files, values)
        texts = {values[i]: shown(values[i]) for i in places}
        if len(set(texts.values())) < len(texts):
            texts = {value: _whole(value) for value in texts}
        difference = Difference(
            element=facts[0].id,
            name=_element_name(facts[0]),
            uri=facts[0].uri,
            field=field,
            statements=tuple(
                Statement(
                    value=texts[values[i]],
                    location=facts[i].location,
                    profile=profile.id if (profile := files[i].profile) else None,
                )
                for i in places
            ),
            policy=policy,
            taken=texts[values[taken]] if how else _together(field, values, texts[values[first]]),
        )
        self.found.append(difference)
        tell(difference, how, self._report)
        return Taken(taken, differ=True, is_newest=bool(how))

    def _newest(
        self, places: list[int], files: Sequence[StatingFile], values: Sequence[Any]
    ) -> tuple[int, str]:
        among, how = newest([files[i].profile for i in places])
        best = [places[i] for i in among]
        if best and all(values[i] == values[best[0]] for i in best):
            return best[0], how
        return places[0], ""

    def _uri(self, ref: Ref) -> str:
        return self._uri_by_id.get(ref.value, ref.value)

    def _supers(self, fact: ClassFact) -> frozenset[str]:
        """Superclasses by URI, without what only extends the class: a mark says so, or its own name."""
        return frozenset(
            uri
            for ref in fact.supers
            for uri in (self._uri(ref),)
            if ref not in fact.mixins and uri[len(namespace(uri)) :] != fact.name
        )

    def _with_extensions(self, taken: ClassFact, facts: Sequence[ClassFact]) -> tuple[Ref, ...]:
        """The superclasses of ``taken``, and what any of ``facts`` says that extends the class."""
        plain = self._supers(taken)
        found = {self._uri(r): r for r in taken.supers}
        for fact in facts:
            kept = self._supers(fact)
            for ref in fact.supers:
                if self._uri(ref) not in kept and self._uri(ref) not in plain:
                    found.setdefault(self._uri(ref), ref)
        return tuple(found.values())

    def _kinds(self, facts: Sequence[ClassFact], files: Sequence[StatingFile]) -> list[Kind]:
        marked = [_marked_kind(f) for f in facts]
        if len(set(marked)) == 1:
            return marked
        return [file.kind(fact) for fact, file in zip(facts, files, strict=True)]


def _marked_kind(fact: ClassFact) -> Kind:
    marks = [kind for s in fact.stereotypes if (kind := _KINDS.get(s.casefold()))]
    if marks:
        return marks[0]
    return _KINDS.get(fact.metaclass.casefold().removesuffix("type"), "class")


def _is_abstract(fact: ClassFact, file: StatingFile) -> bool | None:
    if _marked_kind(fact) != "class":
        return None
    if fact.is_abstract is not None:
        return fact.is_abstract
    return "concrete" not in fact.stereotypes if file.states_concrete else None


def _all(flags: Iterable[bool | None]) -> bool | None:
    stated = [flag for flag in flags if flag is not None]
    return all(stated) if stated else None


def _together(field: Field, values: Sequence[Any], first: str) -> str:
    """What counts where no statement alone does."""
    stated = [v for v in values if v is not None]
    match field:
        case "multiplicity":
            bounds = [v for v in stated if isinstance(v, Multiplicity)]
            return str(reduce(widest, bounds)) if bounds else first
        case "abstractness":
            return _ABSTRACT[all(stated)]
        case "stereotypes":
            return ", ".join(dict.fromkeys(mark for marks in stated for mark in marks))
    return first


def _element_name(fact: Fact) -> str:
    return fact.uri[len(namespace(fact.uri)) :] or fact.name


def _name(uri: str) -> str:
    return uri[len(namespace(uri)) :]


def _names(uris: Iterable[str]) -> str:
    return ", ".join(sorted(map(_name, uris)))


def _whole(value: Any) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
