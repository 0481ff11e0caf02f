"""What an information model breaks in a profile that was made for another one."""

from __future__ import annotations

from collections.abc import Iterable

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index, all_members
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Multiplicity,
    Primitive,
    Property,
)
from cimforge.ir.profile import ProfileSpec, PropertyRule, Selection
from cimforge.passes.lookup import Ambiguous, Lookup, Missing, by_name
from cimforge.passes.multiplicity import common, is_within
from cimforge.passes.select import select
from cimforge.passes.select_tables import Tables


def find_breaks(spec: ProfileSpec, new: Index, old: Index | None, report: Report) -> None:
    """Report what ``new`` breaks in the profile ``spec`` (CIM372 to CIM379).

    Gone: a class, member or literal that the profile takes. Retyped: a member that leads elsewhere. Bounds
    that are narrower than the profile's. A superclass that is none any more. With ``old``, the information
    model that the profile was made for, elements that only changed their names are known by their ids, and
    what the profile left to the model is compared too. Whatever else keeps select from taking the profile
    out of ``new`` is reported as it says (CIM378), where none of these explains it.
    """
    found = Report()
    _Breaks(spec, new, old, found).find()
    if not found.diagnostics:
        selecting = Report()
        select(new, spec, selecting)
        for diagnostic in selecting.diagnostics:
            if diagnostic.rule.severity == "error":
                found.add("CIM378", at=diagnostic.location, name=spec.name, problem=diagnostic.message)
    for diagnostic in found.diagnostics:
        report.add(
            diagnostic.code,
            at=diagnostic.location,
            element=diagnostic.element,
            related=diagnostic.related,
            **dict(diagnostic.facts),
        )


class _Breaks:
    def __init__(self, spec: ProfileSpec, new: Index, old: Index | None, report: Report) -> None:
        self.spec = spec
        self.new = new
        self.report = report
        self.lookup = Lookup(new, spec)
        self.old = old
        self.old_lookup = Lookup(old, spec) if old else None
        self.member_by_id = {m.id: (owner, m) for owner, m in all_members(new.model)}
        self.old_bases = Tables(old, spec, Report()).bases if old else {}
        self.sources: dict[str, Classifier] = {}
        """What each table takes of the new model, by its name in the profile."""

    def find(self) -> None:
        """Report everything."""
        taken: list[tuple[Selection, Classifier, Classifier | None]] = []
        for table in self.spec.selections:
            was = self._was(table.class_)
            found = self._classifier(table, was)
            if found is not None:
                taken.append((table, found, was))
                self.sources[table.name or (was or found).name] = found
                self.sources[table.class_] = found
        for table, found, was in taken:
            if isinstance(found, Enumeration):
                self._literals(table, found, was)
            elif isinstance(found, Class | Compound):
                self._members(table, found, was)
            if isinstance(found, Class):
                self._superclasses(table, found)

    def _was(self, name: str) -> Classifier | None:
        found = self.old_lookup.classifier(name) if self.old_lookup else None
        return None if found is None or isinstance(found, Missing | Ambiguous) else found

    def _classifier(self, table: Selection, was: Classifier | None) -> Classifier | None:
        """What a table takes of the new model; what it was renamed to, reported, where that is known."""
        match found := self.lookup.classifier(table.class_):
            case Missing():
                pass
            case Ambiguous():
                return None
            case _:
                return found
        same = self.new.by_id.get(was.id) if was else None
        if same is not None:
            if not self._is_moved(table.class_, same.name, same.meta.uri, table.location):
                hint = f"; it is called {same.name} now"
                self.report.add("CIM372", at=table.location, name=table.class_, hint=hint, element=same.id)
            return same
        moved = self.new.by_name.get(_local(table.class_), ())
        if len(moved) == 1 and self._is_moved(table.class_, moved[0].name, moved[0].meta.uri, table.location):
            return moved[0]
        self.report.add("CIM372", at=table.location, name=table.class_, hint=_nearest(found.nearest))
        return None

    def _is_moved(self, name: str, local: str, uri: str, at: Location) -> bool:
        """Whether ``name`` is a URI of which only the namespace is another now: reported once (CIM379)."""
        old = _space(name)
        if not old or not uri or _local(name) != local:
            return False
        self.report.add("CIM379", at=self.spec.location, old=old, new=_space(uri))
        return True

    # -- members --------------------------------------------------------------------------------------

    def _members(self, table: Selection, owner: Class | Compound, was: Classifier | None) -> None:
        available = self._available(self.new, owner)
        before = self._available(self.old, was) if self.old and was else ()
        members, members_before = by_name(available), by_name(before)
        for rule in table.properties:
            old = self.old_lookup.member(members_before, rule.property) if self.old_lookup else None
            old = None if isinstance(old, Missing) else old
            name = f"{owner.name}.{(old.name if old else _local(rule.property))}"
            match found := self.lookup.member(members, rule.property):
                case Missing():
                    here = self._elsewhere(owner, available, rule, old, name, found)
                    if here is None:
                        continue
                    self._compare(name, rule, here, old)
                case _:
                    self._compare(name, rule, found, old)

    def _available(self, index: Index | None, owner: Classifier | None) -> tuple[Property, ...]:
        if index is None or owner is None:
            return ()
        if isinstance(owner, Class):
            return index.properties(owner.id)
        return owner.attributes if isinstance(owner, Compound) else ()

    def _elsewhere(
        self,
        owner: Class | Compound,
        available: tuple[Property, ...],
        rule: PropertyRule,
        old: Property | None,
        name: str,
        missing: Missing,
    ) -> Property | None:
        """The member under its new name, or none: where it stands now, or what is called nearly so."""
        if old is not None and old.id in self.member_by_id:
            home, same = self.member_by_id[old.id]
            if same in available:
                if not self._is_moved(rule.property, same.name, same.meta.uri, rule.location):
                    hint = f"; it is called {same.name} now"
                    self.report.add("CIM373", at=rule.location, name=name, hint=hint, element=same.id)
                return same
            hint = f"; it stands at {home.name}.{same.name} now"
            self.report.add("CIM373", at=rule.location, name=name, hint=hint, element=same.id)
            return None
        moved = [p for p in available if p.name == _local(rule.property)]
        if moved and self._is_moved(rule.property, moved[-1].name, moved[-1].meta.uri, rule.location):
            return moved[-1]
        self.report.add("CIM373", at=rule.location, name=name, hint=_nearest(missing.nearest))
        return None

    def _compare(self, name: str, rule: PropertyRule, new: Property, old: Property | None) -> None:
        self._bounds(name, rule, new, old)
        now = self.new.by_id[new.type]
        for target in rule.targets:
            source = self.sources.get(target)
            if source is not None and now.id not in self._kinds(source):
                self._retyped(name, rule, new, f"leads to {now.name} now; {target} is no kind of that")
                return
        # CIMTool calls values of enumerations «byreference», too.
        is_end = rule.containment == "reference" and self.spec.tightens == "refuse"
        if is_end and isinstance(new, Attribute):
            self._retyped(name, rule, new, "is an attribute now, and was an association end")
            return
        if old is None or self.old is None:
            return
        was = self.old.by_id[old.type]
        if isinstance(old, AssociationEnd) != isinstance(new, AssociationEnd):
            is_now = "an attribute" if isinstance(new, Attribute) else "an association end"
            self._retyped(name, rule, new, f"is {is_now} now")
        elif was.id != now.id and was.name != now.name:
            self._retyped(name, rule, new, f"is of the type {now.name} now, and was {was.name}")
        elif _values(self.old, was) != _values(self.new, now):
            values = (_values(self.new, now), _values(self.old, was))
            self._retyped(name, rule, new, f"has values of the kind {values[0]} now, and had {values[1]}")

    def _retyped(self, name: str, rule: PropertyRule, new: Property, problem: str) -> None:
        self.report.add(
            "CIM375",
            at=rule.location,
            element=new.id,
            related=(new.meta.location,),
            name=name,
            problem=problem,
        )

    def _kinds(self, source: Classifier) -> set[ElementId]:
        above = self.new.ancestors(source.id) if isinstance(source, Class) else ()
        return {source.id, *(c.id for c in above)}

    def _bounds(self, name: str, rule: PropertyRule, new: Property, old: Property | None) -> None:
        """Report bounds of the model that leave out what the profile allows (CIM376)."""
        wanted = rule.multiplicity
        if self.spec.tightens != "refuse" and wanted is not None:
            # Bounds were those that the model allowed, too; what was not said was the model's to say.
            stated = old.multiplicity if old else new.multiplicity
            upper = stated.upper if wanted.upper is None else wanted.upper
            said = Multiplicity(lower=wanted.lower or stated.lower, upper=upper)
            wanted = common(said, stated) if old else said
        wanted = wanted or (old.multiplicity if old else None)
        if wanted is not None and not is_within(wanted, new.multiplicity):
            self.report.add(
                "CIM376",
                at=rule.location,
                element=new.id,
                related=(new.meta.location,),
                name=name,
                wanted=wanted,
                stated=new.multiplicity,
            )

    # -- literals and superclasses --------------------------------------------------------------------

    def _literals(self, table: Selection, now: Enumeration, was: Classifier | None) -> None:
        by_id = {v.id: v for v in now.literals}
        for name in table.literals or ():
            match found := self.lookup.literal(now, name):
                case Missing():
                    old = None
                    if self.old_lookup and isinstance(was, Enumeration):
                        known = self.old_lookup.literal(was, name)
                        old = None if isinstance(known, Missing) else by_id.get(known.id)
                    hint = f"; it is called {old.name} now" if old else _nearest(found.nearest)
                    if not old and (same := [v for v in now.literals if v.name == _local(name)]):
                        self._is_moved(name, same[0].name, same[0].meta.uri, table.location)
                        continue
                    self.report.add("CIM374", at=table.location, name=f"{now.name}.{_local(name)}", hint=hint)
                case _:
                    pass

    def _superclasses(self, table: Selection, now: Class) -> None:
        name = table.name or now.name
        if table.bases is None:
            extended = [b.name for b in self.old_bases.get(name, ())]
        else:
            extended = list(table.bases)
        kinds = self._kinds(now)
        for base in extended:
            source = self.sources.get(base)
            if source is not None and source.id not in kinds:
                self.report.add("CIM377", at=table.location, element=now.id, name=now.name, base=source.name)


def _values(index: Index, type_: Classifier) -> str:
    """The kind of a simple type's values; empty for other types."""
    found = index.by_id[type_.value] if isinstance(type_, Datatype) else type_
    if isinstance(found, Primitive):
        return found.kind.value
    return found.name if isinstance(type_, Datatype) else ""


def _local(name: str) -> str:
    """``EndDevice`` of a class's URI, ``mRID`` of a member's, ``a`` of a literal's."""
    return name.rpartition("#")[2].rpartition("/")[2].rpartition(":")[2].rpartition(".")[2]


def _space(name: str) -> str:
    """The namespace of a URI; empty for a name."""
    return name[: max(name.rfind("#"), name.rfind("/")) + 1]


def _nearest(names: Iterable[str]) -> str:
    found = ", ".join(names)
    return f"; nearest: {found}" if found else ""
