"""A profile out of an information model: what a selection keeps, and how tightly.

Longer than most files and still one thing: one walk from the selection's tables to classes, members and
the types these pull in, which share what was found so far.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Envelope,
    Meta,
    Model,
    Primitive,
    Profile,
    Property,
    Root,
)
from cimforge.ir.profile import ProfileSpec, PropertyRule, Selection
from cimforge.ir.value import replace
from cimforge.passes.multiplicity import is_within
from cimforge.passes.restrict import dataset_envelope

BY_REFERENCE = "byReference"
"""Stereotype of a class that a profile only refers to: it has a type but no content in documents."""


def select(base: Index, spec: ProfileSpec, report: Report) -> Model:
    """The profile that ``spec`` takes out of ``base``: a smaller model with an envelope.

    - A class keeps the members that its table lists, inherited ones included. A superclass is kept
      only if it has a table of its own; then what it lists is inherited and not repeated. Otherwise
      its members are flattened into the subclass (IEC 62361-100 as observed; domain rule 3).
    - Bounds may be tightened, never widened (CIM322; modelling guide rules 216 to 224).
    - A member of an extension is optional (CIM329): a message without it stays valid for everyone.
    - An end by value leads to a class with a table (CIM323). One by reference may lead to any class;
      a class without a table then stands in the profile as a bare name («byReference»).
    - Enumerations, primitives and datatypes come along with the attributes that use them; a compound
      comes whole, or as its own table restricts it.
    - Member order is the XML element order: ``mRID``, the other simple attributes, then compound-typed
      attributes and ends, each group by name without regard to letter case (observed in published
      profiles; domain rule 9).
    - Every element has an id of its own in the profile's namespace and points back by ``based_on``.
    """
    return _Selector(base, spec, report).model()


def as_dataset(model: Model, spec: ProfileSpec) -> Model:
    """The linked RDFS profile ``model`` as the dataset that ``spec`` names.

    Ends that the profile does not use are left out; every concrete class is a root of the envelope.
    """
    classes = tuple(replace(c, ends=tuple(e for e in c.ends if e.navigable)) for c in model.classes)
    return replace(
        model,
        name=spec.name,
        version=spec.version,
        classes=classes,
        envelope=dataset_envelope(spec.name, spec.namespace, spec.doc, classes),
    )


class _Selector:
    def __init__(self, base: Index, spec: ProfileSpec, report: Report) -> None:
        self.base = base
        self.spec = spec
        self.report = report
        self.prefixes = dict(base.model.namespaces)
        if spec.extension:
            self.prefixes[spec.extension.prefix] = spec.extension.namespace
        self.tables: dict[ElementId, Selection] = {}
        self.compounds: dict[ElementId, Selection] = {}
        self.referenced: set[ElementId] = set()

    def model(self) -> Model:
        self._find_tables()
        roots = self._roots()
        classes = [self._class(self.base.class_by_id[i], table) for i, table in self.tables.items()]
        classes += [
            self._bare(self.base.class_by_id[i]) for i in sorted(self.referenced) if i not in self.tables
        ]
        compounds = self._compounds(classes)
        types = {a.type for c in classes for a in c.attributes}
        types |= {a.type for c in compounds for a in c.attributes}
        simple = self._simple(types)
        spec = self.spec
        return Model(
            name=spec.name,
            version=spec.version,
            sources=self.base.model.sources,
            profiles=(
                Profile(
                    id=ElementId(spec.namespace),
                    keyword=spec.name,
                    uri=spec.namespace,
                    version=spec.version,
                    title=spec.title,
                    doc=spec.doc,
                ),
            ),
            packages=(),
            classes=tuple(classes),
            enumerations=tuple(c for c in simple if isinstance(c, Enumeration)),
            primitives=tuple(c for c in simple if isinstance(c, Primitive)),
            datatypes=tuple(c for c in simple if isinstance(c, Datatype)),
            compounds=tuple(compounds),
            envelope=Envelope(name=spec.name, namespace=spec.namespace, roots=roots, doc=spec.doc),
            namespaces=tuple(sorted(self.prefixes.items())),
        )

    def _find_tables(self) -> None:
        for table in self.spec.selections:
            found = self._classifier(table.class_, table.location)
            if isinstance(found, Class):
                self.tables[found.id] = table
            elif isinstance(found, Compound):
                self.compounds[found.id] = table
            elif found is not None:
                self.report.add("CIM324", at=table.location, name=table.class_)

    def _classifier(self, name: str, at: Location) -> Classifier | None:
        prefix, _, local = name.rpartition(":")
        candidates = self.base.by_name.get(local, ())
        if prefix:
            uri = f"{self.prefixes.get(prefix, '?')}{local}"
            candidates = tuple(c for c in candidates if c.meta.uri == uri)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            self.report.add(
                "CIM325", at=at, name=name, candidates=", ".join(sorted(c.meta.uri for c in candidates))
            )
        else:
            self._unknown(at, "class", name, self.base.by_name)
        return None

    def _unknown(self, at: Location, what: str, name: str, known: Iterable[str]) -> None:
        nearest = difflib.get_close_matches(name, sorted(set(known)), n=3, cutoff=0.5)
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        self.report.add("CIM321", at=at, what=what, name=name, hint=hint)

    def _roots(self) -> tuple[Root, ...]:
        roots: list[Root] = []
        for rule in self.spec.roots:
            found = self._classifier(rule.class_, rule.location)
            if isinstance(found, Class) and found.id in self.tables:
                roots.append(Root(class_=self._id(found.name), multiplicity=rule.multiplicity))
            elif found is not None:
                self.report.add("CIM323", at=rule.location, what="the root", name=rule.class_)
        return tuple(roots)

    def _id(self, local: str) -> ElementId:
        return ElementId(f"{self.spec.namespace}{local}")

    # -- classes --------------------------------------------------------------------------------------

    def _class(self, source: Class, table: Selection) -> Class:
        ancestors = self.base.ancestors(source.id)
        inherited = {
            rule.property for a in ancestors if a.id in self.tables for rule in self.tables[a.id].properties
        }
        rules = [r for r in table.properties if r.property not in inherited]
        for rule in table.properties:
            if rule.property in inherited:
                self.report.add("CIM326", at=rule.location, class_name=table.class_, name=rule.property)
        properties = self._kept(source.name, self.base.properties(source.id), rules)
        nearest = self._nearest_bases(source)
        return Class(
            id=self._id(source.name),
            name=source.name,
            bases=tuple(self._id(self.base.class_by_id[b].name) for b in nearest),
            is_abstract=source.is_abstract,
            attributes=tuple(p for p in properties if isinstance(p, Attribute)),
            ends=tuple(p for p in properties if isinstance(p, AssociationEnd)),
            meta=self._meta(source.meta, source.id),
        )

    def _nearest_bases(self, source: Class) -> tuple[ElementId, ...]:
        """The nearest ancestors that have a table, along every line of inheritance."""
        found: list[ElementId] = []
        queue = list(source.bases)
        seen: set[ElementId] = set()
        while queue:
            current = queue.pop(0)
            if current in seen:
                continue
            seen.add(current)
            if current in self.tables:
                found.append(current)
            else:
                queue.extend(self.base.class_by_id[current].bases)
        return tuple(found)

    def _bare(self, source: Class) -> Class:
        meta = self._meta(source.meta, source.id)
        return Class(
            id=self._id(source.name),
            name=source.name,
            meta=replace(meta, stereotypes=(*meta.stereotypes, BY_REFERENCE)),
        )

    def _kept(
        self, owner: str, available: tuple[Property, ...], rules: Iterable[PropertyRule]
    ) -> tuple[Property, ...]:
        by_name: dict[str, list[Property]] = {}
        for p in available:
            by_name.setdefault(p.name, []).append(p)
        kept: list[Property] = []
        for rule in rules:
            found = self._property(owner, by_name, rule)
            if found is None:
                continue
            bounds = rule.multiplicity or found.multiplicity
            if not is_within(bounds, found.multiplicity):
                self.report.add(
                    "CIM322",
                    at=rule.location,
                    element=found.id,
                    related=(found.meta.location,),
                    name=f"{owner}.{found.name}",
                    wanted=bounds,
                    stated=found.multiplicity,
                )
                continue
            meta = self._meta(found.meta, found.id)
            if meta.extension and bounds.is_required:
                self.report.add(
                    "CIM329", at=rule.location, element=found.id, name=f"{owner}.{found.name}", bounds=bounds
                )
                continue
            id_ = self._id(f"{owner}.{found.name}")
            if isinstance(found, Attribute):
                if rule.containment is not None:
                    self.report.add("CIM327", at=rule.location, name=f"{owner}.{found.name}")
                type_ = self._type(found.type)
                kept.append(replace(found, id=id_, type=type_, multiplicity=bounds, meta=meta))
            else:
                kept.extend(
                    self._end(owner, found, rule, replace(found, id=id_, multiplicity=bounds, meta=meta))
                )
        return self._ordered(kept)

    def _property(
        self, owner: str, by_name: dict[str, list[Property]], rule: PropertyRule
    ) -> Property | None:
        # A compound comes whole by its members' own names, which may have a colon.
        prefix, _, local = (
            ("", "", rule.property) if rule.property in by_name else rule.property.rpartition(":")
        )
        candidates = by_name.get(local, [])
        extension = self.spec.extension.namespace if self.spec.extension else None
        if prefix:
            space = self.prefixes.get(prefix, "?")
            candidates = [p for p in candidates if p.meta.uri.startswith(space)]
        elif len(candidates) > 1:
            candidates = [p for p in candidates if extension is None or not p.meta.uri.startswith(extension)]
        if not candidates:
            self._unknown(rule.location, f"member of {owner}", rule.property, by_name)
            return None
        return candidates[-1]

    def _end(
        self, owner: str, found: AssociationEnd, rule: PropertyRule, kept: AssociationEnd
    ) -> list[AssociationEnd]:
        containment = rule.containment or ("value" if found.type in self.tables else "reference")
        if containment == "value" and found.type not in self.tables:
            target = self.base.class_by_id[found.type].name
            self.report.add("CIM323", at=rule.location, what=f"{owner}.{found.name}, by value,", name=target)
            return []
        self.referenced.add(found.type)
        return [
            replace(
                kept,
                type=self._id(self.base.class_by_id[found.type].name),
                inverse=None,
                navigable=True,
                containment=containment,
            )
        ]

    def _ordered(self, kept: list[Property]) -> tuple[Property, ...]:
        extension = self.spec.extension.namespace if self.spec.extension else None
        compound_ids = {self._id(c.name) for c in self.base.model.compounds}

        def rank(p: Property) -> tuple[bool, bool, bool, str, str]:
            is_complex = isinstance(p, AssociationEnd) or p.type in compound_ids
            is_extension = extension is not None and p.meta.uri.startswith(extension)
            return (is_extension, is_complex, p.name != "mRID", p.name.casefold(), p.name)

        return tuple(replace(p, order=i) for i, p in enumerate(sorted(kept, key=rank)))

    # -- types ----------------------------------------------------------------------------------------

    def _type(self, source: ElementId) -> ElementId:
        return self._id(self.base.by_id[source].name)

    def _compounds(self, classes: list[Class]) -> list[Compound]:
        by_name = {self._id(c.name): c for c in self.base.model.compounds}
        done: dict[ElementId, Compound] = {}
        wanted = [a.type for c in classes for a in c.attributes]
        while wanted:
            current = wanted.pop(0)
            source = by_name.get(current)
            if source is None or current in done:
                continue
            table = self.compounds.get(source.id)
            rules = (
                table.properties
                if table
                else tuple(
                    PropertyRule(property=a.name, location=source.meta.location)
                    for a in source.attributes
                    if self._is_admitted(a.meta)
                )
            )
            kept = self._kept(source.name, source.attributes, rules)
            attributes = tuple(p for p in kept if isinstance(p, Attribute))
            done[current] = Compound(
                id=current,
                name=source.name,
                attributes=attributes,
                meta=self._meta(source.meta, source.id),
            )
            wanted.extend(a.type for a in attributes)
        for id_, table in self.compounds.items():
            if self._type(id_) not in done:
                self.report.add("CIM328", at=table.location, name=table.class_)
        return [done[i] for i in sorted(done)]

    def _simple(self, types: set[ElementId]) -> list[Enumeration | Primitive | Datatype]:
        found: dict[ElementId, Enumeration | Primitive | Datatype] = {}
        model = self.base.model
        simple: tuple[Enumeration | Primitive | Datatype, ...] = (
            *model.enumerations,
            *model.primitives,
            *model.datatypes,
        )
        sources = {self._id(c.name): c for c in simple}
        wanted = sorted(types)
        while wanted:
            current = wanted.pop(0)
            source = sources.get(current)
            if source is None or current in found:
                continue
            meta = self._meta(source.meta, source.id)
            if isinstance(source, Enumeration):
                literals = tuple(
                    replace(v, id=self._id(f"{source.name}.{v.name}"), meta=self._meta(v.meta, v.id))
                    for v in source.literals
                    if self._is_admitted(v.meta)
                )
                found[current] = replace(source, id=current, package=None, literals=literals, meta=meta)
            elif isinstance(source, Primitive):
                found[current] = replace(source, id=current, package=None, meta=meta)
            else:
                value = self._type(source.value)
                found[current] = replace(
                    source, id=current, package=None, value=value, attributes=(), meta=meta
                )
                wanted.append(value)
        return [found[i] for i in sorted(found)]

    def _is_admitted(self, meta: Meta) -> bool:
        return not meta.extension or (
            self.spec.extension is not None and meta.extension == self.spec.extension.namespace
        )

    def _meta(self, source: Meta, id_: ElementId) -> Meta:
        extension = self.spec.extension
        is_extension = extension is not None and source.uri.startswith(extension.namespace)
        return replace(
            source,
            based_on=id_,
            extension=extension.namespace if extension and is_extension else "",
            profiles=(),
        )
