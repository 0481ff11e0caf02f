"""The selections of a profile, resolved: what each takes, what it extends, what a name leads to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import Class, Classifier, Compound, Enumeration, Meta, Property
from cimforge.ir.profile import ProfileSpec, PropertyRule, Selection
from cimforge.ir.value import Struct, replace
from cimforge.passes.lookup import Ambiguous, Lookup, Missing, by_name, nearest
from cimforge.passes.references import MAX_INHERITANCE

Source = Class | Compound | Enumeration
Kept = tuple[PropertyRule, Property]


class Taken(Struct, frozen=True, kw_only=True):
    """One selection and the classifier of the information model that it takes."""

    name: str
    """Name in the profile."""
    table: Selection
    source: Source


class Tables:
    """The selections of ``spec`` by the names they have in the profile."""

    def __init__(self, base: Index, spec: ProfileSpec, report: Report) -> None:
        self.base = base
        self.spec = spec
        self.report = report
        self.lookup = Lookup(base, spec)
        self.by_name: dict[str, Taken] = {}
        self.by_source: dict[ElementId, list[Taken]] = {}
        for table in spec.selections:
            self._take(table)
        self.used: dict[ElementId, tuple[Classifier, Taken | None]] = {}
        """Everything that members lead to, by its id in the profile, in the order met."""
        self._kept: dict[str, tuple[Kept, ...]] = {}

    def classes(self) -> Iterable[tuple[Taken, Class]]:
        """Every selected class, in the order of the selections."""
        for taken in self.by_name.values():
            if isinstance(taken.source, Class):
                yield taken, taken.source

    def id(self, local: str) -> ElementId:
        """The profile's own id of what is called ``local`` in it."""
        return ElementId(f"{self.spec.namespace}{local}")

    def meta(self, source: Meta, id_: ElementId, table: Selection | PropertyRule | None = None) -> Meta:
        """What the profile says of the element ``id_`` beside its meaning: the model's word, and its own."""
        is_extension = self.lookup.extension is not None and source.uri.startswith(self.lookup.extension)
        note = table.note if table else ""
        stereotypes = table.stereotypes if table else ()
        return replace(
            source,
            doc="\n\n".join(t for t in (source.doc, note) if t),
            stereotypes=tuple(dict.fromkeys((*source.stereotypes, *stereotypes))),
            based_on=id_,
            is_anonymous=isinstance(table, Selection) and table.is_anonymous,
            extension=self.lookup.extension if self.lookup.extension and is_extension else "",
            profiles=(),
        )

    def unknown(self, at: Location, what: str, name: str, missing: Missing) -> None:
        """Report a name that nothing has (CIM321), with what is nearest."""
        hint = f"; nearest: {', '.join(missing.nearest)}" if missing.nearest else ""
        self.report.add("CIM321", at=at, what=what, name=name, hint=hint)

    def classifier(self, name: str, at: Location) -> Classifier | None:
        """The classifier of the information model called ``name``; None, reported, if none or several are."""
        match found := self.lookup.classifier(name):
            case Missing():
                self.unknown(at, "class", name, found)
            case Ambiguous():
                self.report.add("CIM325", at=at, name=name, candidates=", ".join(found.candidates))
            case _:
                return found
        return None

    def named(self, name: str) -> Taken | None:
        """The selection called ``name``, or the only one of the class called so; None if there is none."""
        if name in self.by_name:
            return self.by_name[name]
        same = [t for t in self.by_name.values() if t.table.class_ == name]
        return same[0] if len(same) == 1 else None

    def only(self, source: ElementId, what: str, at: Location) -> Taken | None:
        """The one selection of an element; None if there is none or, reported (CIM331), several."""
        taken = self.by_source.get(source, [])
        if len(taken) > 1:
            self.report.add(
                "CIM331",
                at=at,
                what=what,
                name=taken[0].source.name,
                candidates=", ".join(t.name for t in taken),
            )
        return taken[0] if len(taken) == 1 else None

    def is_ambiguous(self, source: ElementId) -> bool:
        """Whether an element is selected more than once."""
        return len(self.by_source.get(source, ())) > 1

    def use(self, source: Classifier, taken: Taken | None, at: Location) -> ElementId:
        """The profile's id of what a member leads to: a selection, or else the classifier itself.

        Reported (CIM330): the name is that of something else in the profile.
        """
        name = taken.name if taken else source.name
        id_ = self.id(name)
        known = self.used.setdefault(id_, (source, taken))
        other = self.by_name.get(name) if taken is None else None
        if known[0].id != source.id or (other is not None and other.source.id != source.id):
            first = other.source if other is not None else known[0]
            self._clash(name, first, source, at)
        return id_

    def kept(self, taken: Taken) -> tuple[Kept, ...]:
        """The members that a selection lists, each with its rule; one that nothing has is reported."""
        if taken.name not in self._kept:
            source = taken.source
            available: tuple[Property, ...] = ()
            if isinstance(source, Class):
                available = self.base.properties(source.id)
            elif isinstance(source, Compound):
                available = source.attributes
            self._kept[taken.name] = self.resolved(source.name, available, taken.table.properties)
        return self._kept[taken.name]

    def resolved(
        self, owner: str, available: tuple[Property, ...], rules: Iterable[PropertyRule]
    ) -> tuple[Kept, ...]:
        """The members of ``available`` that ``rules`` name."""
        members = by_name(available)
        kept: list[Kept] = []
        for rule in rules:
            match found := self.lookup.member(members, rule.property):
                case Missing():
                    self.unknown(rule.location, f"member of {owner}", rule.property, found)
                case _:
                    kept.append((rule, found))
        return tuple(kept)

    @cached_property
    def bases(self) -> dict[str, tuple[Taken, ...]]:
        """What each selected class extends: what it says, else the nearest superclasses that are selected.

        Reported: a name of no selection (CIM332), one of no superclass (CIM333), a superclass with
        several selections (CIM331), selections that extend each other (CIM334), or one another too
        deeply (CIM342): these then do not.
        """
        found = {t.name: self._bases(t, c) for t, c in self.classes()}
        depth: dict[str, int] = {}
        for start in found:
            stack, open_ = [start], {start}
            while stack:
                name = stack[-1]
                below = next((b.name for b in found[name] if b.name not in depth), None)
                if below is not None and below in open_:
                    self.report.add("CIM334", at=self.by_name[below].table.location, name=below)
                    found[name] = tuple(b for b in found[name] if b.name != below)
                elif below is not None:
                    stack.append(below)
                    open_.add(below)
                else:
                    open_.discard(stack.pop())
                    depth[name] = 1 + max((depth[b.name] for b in found[name]), default=-1)
                    if depth[name] > MAX_INHERITANCE:
                        at = self.by_name[name].table.location
                        self.report.add("CIM342", at=at, name=name, limit=MAX_INHERITANCE)
                        found[name], depth[name] = (), 0
        return found

    def above(self, taken: Taken) -> tuple[Taken, ...]:
        """Every selection that ``taken`` extends, directly or not, the nearest first."""
        found: dict[str, Taken] = {}
        level = list(self.bases.get(taken.name, ()))
        while level:
            found.update((t.name, t) for t in level if t.name not in found)
            level = [b for t in level for b in self.bases[t.name] if b.name not in found]
        return tuple(found.values())

    def _bases(self, taken: Taken, source: Class) -> tuple[Taken, ...]:
        at = taken.table.location
        if taken.table.bases is None:
            above = (self.only(i, f"a superclass of {taken.name}", at) for i in self._nearest(source))
            return tuple(t for t in above if t is not None)
        found: list[Taken] = []
        kinds = {source.id, *(c.id for c in self.base.ancestors(source.id))}
        for name in taken.table.bases:
            base = self.named(name)
            if base is None:
                self.no_selection(at, name)
            elif base.source.id not in kinds:
                self.report.add(
                    "CIM333",
                    at=at,
                    what=taken.name,
                    verb="extend",
                    target=name,
                    kind=source.name,
                    other=base.source.name,
                )
            else:
                found.append(base)
        return tuple(found)

    def no_selection(self, at: Location, name: str) -> None:
        """Report a name that no selection of the profile has (CIM332)."""
        near = nearest(name, self.by_name)
        hint = f"; nearest: {', '.join(near)}" if near else ""
        self.report.add("CIM332", at=at, name=name, hint=hint)

    def _nearest(self, source: Class) -> tuple[ElementId, ...]:
        """The nearest ancestors that are selected, along every line of inheritance."""
        found: list[ElementId] = []
        queue = list(source.bases)
        seen: set[ElementId] = set()
        while queue:
            current = queue.pop(0)
            if current in seen:
                continue
            seen.add(current)
            if current in self.by_source:
                found.append(current)
            else:
                queue.extend(self.base.class_by_id[current].bases)
        return tuple(found)

    def _take(self, table: Selection) -> None:
        found = self.classifier(table.class_, table.location)
        if found is None:
            return
        wrong = not isinstance(found, Class | Compound | Enumeration)
        if wrong or (isinstance(found, Enumeration) and table.properties):
            self.report.add("CIM324", at=table.location, name=table.class_)
            return
        if table.literals is not None and not isinstance(found, Enumeration):
            self.report.add("CIM335", at=table.location, name=table.class_)
            return
        assert isinstance(found, Class | Compound | Enumeration)
        taken = Taken(name=table.name or found.name, table=table, source=found)
        if taken.name in self.by_name:
            self._clash(taken.name, self.by_name[taken.name].source, found, table.location)
            return
        self.by_name[taken.name] = taken
        self.by_source.setdefault(found.id, []).append(taken)

    def _clash(self, name: str, one: Classifier, other: Classifier, at: Location) -> None:
        self.report.add(
            "CIM330",
            at=at,
            element=other.id,
            name=name,
            one=one.meta.uri or one.name,
            other=other.meta.uri or other.name,
        )
