"""A profile in as few words as say the same of an information model."""

from __future__ import annotations

import re

from cimforge.diagnostics import Report
from cimforge.ir.index import Index, all_members
from cimforge.ir.model import Attribute, Class, Classifier, Enumeration, Model, Property
from cimforge.ir.profile import ProfileSpec, PropertyRule, RootRule, Selection
from cimforge.ir.value import replace
from cimforge.passes.lookup import Lookup, by_name
from cimforge.passes.normalize import normalize
from cimforge.passes.select import select
from cimforge.passes.select_tables import Tables, Taken
from cimforge.readers.selection_values import CLASS_KEYS

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_NOT_NOUN = re.compile(r"[^A-Za-z0-9]+")


def completed(spec: ProfileSpec) -> ProfileSpec:
    """``spec`` with everything that a selection has to state.

    Where the source says nothing, the title is the name, the description the title, the version 1.0; a name
    is in upper camel case and a namespace ends in ``#``.
    """
    words = [w for w in _NOT_NOUN.split(spec.name) if w]
    noun = "".join(w[0].upper() + w[1:] for w in words)[:80]
    noun = noun if noun[:1].isalpha() else f"Profile{noun}"[:80]
    title = " ".join(spec.title.split()) or noun
    return replace(
        spec,
        name=noun,
        namespace=spec.namespace.rstrip("#/") + "#",
        version=spec.version or "1.0",
        title=title,
        doc=spec.doc if spec.doc.strip() else title,
    )


def shortened(spec: ProfileSpec, base: Index, *, is_whole: bool) -> ProfileSpec:
    """A profile that selects the same of ``base`` as ``spec``, names in place of URIs and without what goes
    without saying.

    With ``is_whole``, ``base`` is an information model and not what the profile presupposes of one: then
    bounds are those that hold, so that nothing is left to intersect.
    """
    shorter = _Shorter(spec, base, is_whole=is_whole).spec()
    wanted = _selected(spec, base)
    plain = replace(shorter, selections=tuple(map(_unordered, shorter.selections)))
    for candidate in (plain, shorter):
        if _selected(candidate, base) == wanted:
            return candidate
    return spec


def _selected(spec: ProfileSpec, base: Index) -> Model:
    return normalize(select(base, spec, Report()))


def _unordered(selection: Selection) -> Selection:
    return replace(selection, properties=tuple(replace(p, order=None) for p in selection.properties))


class _Shorter:
    def __init__(self, spec: ProfileSpec, base: Index, *, is_whole: bool) -> None:
        self.given = spec
        self.base = base
        self.is_whole = is_whole
        self.tables = Tables(base, spec, Report())
        self.lookup = Lookup(base, spec)
        inferred = replace(spec, selections=tuple(replace(s, bases=None) for s in spec.selections))
        report = Report()
        bases = Tables(base, inferred, report).bases
        self.inferred = {name: tuple(b.name for b in above) for name, above in bases.items()}
        self.unsure = {d.location for d in report.diagnostics}
        selected = _selected(spec, base)
        self.bounds = {
            (owner.name, member.meta.based_on): member.multiplicity for owner, member in all_members(selected)
        }

    def spec(self) -> ProfileSpec:
        """The whole."""
        spec = self.given
        selections = tuple(self._selection(s) for s in spec.selections)
        targets = {t for s in selections for p in s.properties for t in p.targets}
        return replace(
            spec,
            roots=tuple(self._root(r) for r in spec.roots),
            selections=tuple(s for s in selections if not self._is_idle(s) or s.class_ in targets),
            tightens="refuse" if self.is_whole else spec.tightens,
        )

    def _is_idle(self, selection: Selection) -> bool:
        """Whether a selection takes an enumeration as it comes along by itself."""
        idle = Selection(class_=selection.class_, location=selection.location)
        is_enumeration = isinstance(self.lookup.classifier(selection.class_), Enumeration)
        return self.is_whole and is_enumeration and selection == idle

    def _root(self, root: RootRule) -> RootRule:
        taken = self.tables.named(root.class_)
        return replace(root, class_=taken.name) if taken else root

    def _selection(self, table: Selection) -> Selection:
        found = self.lookup.classifier(table.class_)
        name = table.name or getattr(found, "name", table.class_)
        taken = self.tables.by_name.get(name)
        if taken is None:
            return table
        source = taken.source
        class_ = self._called(source)
        properties = self.tables.kept(taken)
        bases = table.bases if isinstance(source, Class) else None
        literals = table.literals
        if isinstance(source, Enumeration) and literals is not None:
            literals = self._literals(source, literals)
        is_abstract = table.is_abstract
        # What a profile presupposes is not all of a model: what goes without saying there may not here.
        if self.is_whole and isinstance(source, Class):
            above = tuple(b.name for b in self.tables.bases[name])
            bases = None if table.location not in self.unsure and self.inferred[name] == above else bases
            is_abstract = None if is_abstract == source.is_abstract else is_abstract
        return replace(
            table,
            class_=class_,
            name="" if class_ == name else name,
            properties=tuple(self._rule(taken, rule, found) for rule, found in properties),
            bases=bases,
            literals=literals,
            is_abstract=is_abstract,
        )

    def _called(self, source: Classifier) -> str:
        if len(self.base.by_name[source.name]) == 1 and _LOCAL.fullmatch(source.name):
            return source.name
        return source.meta.uri or source.name

    def _literals(self, source: Enumeration, literals: tuple[str, ...]) -> tuple[str, ...] | None:
        found = {literal.id for literal in source.literals} & {
            getattr(self.lookup.literal(source, name), "id", "") for name in literals
        }
        names = tuple(v.name for v in source.literals if v.id in found)
        return None if self.is_whole and len(names) == len(source.literals) else names

    def _rule(self, taken: Taken, rule: PropertyRule, found: Property) -> PropertyRule:
        available = by_name(self._available(taken))
        uri = found.meta.uri
        space = uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]
        fit = [] if found.name in CLASS_KEYS or not _LOCAL.fullmatch(found.name) else [found.name]
        fit += [space + found.name, uri, rule.property]
        name = next((n for n in fit if self.lookup.member(available, n) == found), rule.property)
        targets, bounds = rule.targets, rule.multiplicity
        if self.is_whole:
            same = self.tables.by_source.get(found.type, [])
            targets = () if [t.name for t in same] == list(targets) else targets
            bounds = self.bounds.get((taken.name, found.id), bounds)
            bounds = None if bounds == found.multiplicity else bounds
        said = None if self.is_whole and isinstance(found, Attribute) else rule.containment
        return replace(rule, property=name, targets=targets, multiplicity=bounds, containment=said)

    def _available(self, taken: Taken) -> tuple[Property, ...]:
        if isinstance(taken.source, Class):
            return self.base.properties(taken.source.id)
        return taken.source.attributes if not isinstance(taken.source, Enumeration) else ()
