"""A profile out of an information model: what a selection keeps, and how tightly."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Envelope,
    Model,
    Profile,
    Root,
)
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.value import replace
from cimforge.passes.lookup import other_namespaces
from cimforge.passes.restrict import dataset_envelope
from cimforge.passes.select_members import Members
from cimforge.passes.select_tables import Tables, Taken
from cimforge.passes.select_types import used_types

BY_REFERENCE = "byReference"
"""Stereotype of a class that a profile only refers to: it has a type but no content in documents."""


def select(base: Index, spec: ProfileSpec, report: Report) -> Model:
    """The profile that ``spec`` takes out of ``base``: a smaller model with an envelope.

    - A class keeps the members that its table lists, inherited ones included. A superclass is kept
      only if it has a table of its own; then what it lists is inherited and not repeated. Otherwise
      its members are flattened into the subclass (IEC 62361-100 as observed; domain rule 3). A table
      may say itself what it extends.
    - A profile that names classes by URIs of a namespace that the model does not have is reported once
      (CIM343), and nothing of it is selected.
    - One class may have several tables under several names; a member then says which one it leads to
      (CIM331). Several targets are a choice.
    - Bounds and facets may be tightened, never widened (CIM322, CIM337; modelling guide rules 216 to 224).
    - A member of an extension is optional (CIM329): a message without it stays valid for everyone.
    - An end by value leads to a class with a table (CIM323). One by reference may lead to any class;
      a class without a table then stands in the profile as a bare name («byReference»).
    - Enumerations, primitives and datatypes come along with the attributes that use them; a compound
      or an enumeration comes whole, or as its own table restricts it.
    - Member order is the XML element order: ``mRID``, the other simple attributes, then compound-typed
      attributes and ends, each group by name without regard to letter case (observed in published
      profiles; domain rule 9). A rule may state a member's place instead.
    - Every element has an id of its own in the profile's namespace and points back by ``based_on``.
    """
    if moved := dict(other_namespaces(base, spec)):
        for wanted, found in moved.items():
            report.add("CIM343", at=spec.location, name=spec.name, wanted=wanted, found=found)
        spec = replace(spec, roots=(), selections=())
    tables = Tables(base, spec, report)
    members = Members(tables)
    roots = _roots(tables)
    classes = [_class(tables, members, taken, source) for taken, source in tables.classes()]
    classes += _bare(tables)
    _tell_choices_apart(tables, classes)
    types = used_types(tables, members)
    return Model(
        name=spec.name,
        version=spec.version,
        sources=base.model.sources,
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
        enumerations=types.enumerations,
        primitives=types.primitives,
        datatypes=types.datatypes,
        compounds=types.compounds,
        envelope=Envelope(name=spec.name, namespace=spec.namespace, roots=roots, doc=spec.doc),
        namespaces=tuple(sorted(tables.lookup.prefixes.items())),
    )


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


def _roots(tables: Tables) -> tuple[Root, ...]:
    """The roots. Reported: one without a table (CIM323), and one with several (CIM331)."""
    roots: list[Root] = []
    for rule in tables.spec.roots:
        taken = tables.by_name.get(rule.class_)
        if taken is None:
            found = tables.classifier(rule.class_, rule.location)
            if found is None:
                continue
            taken = tables.only(found.id, "the root", rule.location)
            if taken is None and tables.is_ambiguous(found.id):
                continue
        if taken is None or not isinstance(taken.source, Class):
            tables.report.add("CIM323", at=rule.location, what="the root", name=rule.class_)
        else:
            roots.append(Root(class_=tables.id(taken.name), multiplicity=rule.multiplicity))
    return tuple(roots)


def _class(tables: Tables, members: Members, taken: Taken, source: Class) -> Class:
    properties = members.of_class(taken, source)
    table = taken.table
    return Class(
        id=tables.id(taken.name),
        name=taken.name,
        bases=tuple(tables.id(b.name) for b in tables.bases[taken.name]),
        is_abstract=source.is_abstract if table.is_abstract is None else table.is_abstract,
        attributes=tuple(p for p in properties if isinstance(p, Attribute)),
        ends=tuple(p for p in properties if isinstance(p, AssociationEnd)),
        meta=tables.meta(source.meta, source.id, table),
    )


def _tell_choices_apart(tables: Tables, classes: list[Class]) -> None:
    """Report (CIM341) an alternative of a choice that is called as another member of its class is written."""
    index = Index(Model(name="", classes=tuple(classes)))
    choosing = {c.id for c in classes if any(e.alternatives for e in c.ends)}
    for taken, _ in tables.classes():
        id_ = tables.id(taken.name)
        if choosing.isdisjoint((id_, *(a.id for a in index.ancestors(id_)))):
            continue
        seen: dict[str, str] = {}
        for member in index.properties(id_):
            options = member.alternatives if isinstance(member, AssociationEnd) else ()
            for name in [index.class_by_id[a].name for a in options] or [member.name]:
                if name in seen and (options or seen[name] != name):
                    tables.report.add(
                        "CIM341", at=taken.table.location, owner=taken.name, name=name, member=member.name
                    )
                seen[name] = member.name


def _bare(tables: Tables) -> list[Class]:
    """A class without members for each one that is only referred to."""
    bare: list[Class] = []
    for id_, (source, taken) in sorted(tables.used.items()):
        if taken is None and isinstance(source, Class):
            meta = tables.meta(source.meta, source.id)
            stereotypes = (*meta.stereotypes, BY_REFERENCE)
            bare.append(Class(id=id_, name=source.name, meta=replace(meta, stereotypes=stereotypes)))
    return bare
