"""Facts to meaning: kinds, references, bounds. The one place where a model's text is interpreted."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, ProfileFact
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Class,
    Compound,
    Datatype,
    Dependency,
    Enumeration,
    Meta,
    Model,
    Package,
    Primitive,
    PrimitiveKind,
    Profile,
)
from cimforge.ir.value import replace
from cimforge.passes.cycles import first_cycle
from cimforge.passes.identifiers import digest, file_stem, is_file_name
from cimforge.passes.inheritance import ambiguities
from cimforge.passes.members import Members
from cimforge.passes.origins import Origins, origin
from cimforge.passes.primitives import KIND_BY_NAME
from cimforge.passes.references import References


def link(
    facts: Facts,
    report: Report,
    *,
    name: str = "",
    version: str = "",
    extensions: tuple[str, ...] = (),
) -> Model:
    """The model that ``facts`` (merged, identified) mean.

    - A classifier's kind follows its stereotypes (any letter case) and UML metaclass: «enumeration»,
      «Primitive», «CIMDatatype», «Compound», else class; without any stereotype, a class whose
      individuals the file lists is an enumeration.
    - Every reference is resolved by id or URI; a type that is a name only as `References.typed` says, which
      is reported (CIM267), and an error where several classifiers could be meant (CIM268). What resolves to
      nothing is an error (CIM203), what resolves to the wrong kind too (CIM204).
    - A property that leads to a class is an association end, any other an attribute.
    - Multiplicities become bounds; where profiles differ the family takes the widest, and each
      `InProfile` keeps its own. An unstated one is 0..1 for attributes and 0..* for ends (CIM209).
    - An element whose URI stands in one of the namespaces ``extensions`` is marked as extension content.
    - Inheritance cycles are errors that print the cycle (CIM206); so are chains of more than
      `references.MAX_INHERITANCE` superclasses (CIM218).
    - A class that inherits two members of one name from superclasses beside each other is an error (CIM212).
    - An end whose inverse is no end of the model, or has another inverse, loses it (CIM219). Both ends of an
      association used in one profile is reported (CIM220): data would state it twice.

    Elements with errors are left out, so the model is consistent whenever ``report`` has errors too.
    """
    references = References(facts, report)
    origins = Origins(facts, extensions)
    members = Members(references, origins, report)
    bases = references.bases()
    classes: list[Class] = []
    enumerations: list[Enumeration] = []
    primitives: list[Primitive] = []
    datatypes: list[Datatype] = []
    compounds: list[Compound] = []
    packages = {p.id for p in facts.packages}
    homeless: dict[ElementId, list[ClassFact]] = {}
    for fact in facts.classes:
        if not fact.name.strip():
            report.add("CIM210", at=fact.location, element=fact.id, kind="class")
            continue
        package = ElementId(fact.package.value) if fact.package else None
        if package is not None and package not in packages:
            homeless.setdefault(package, []).append(fact)
            package = None
        meta = origins.class_meta(fact)
        match references.kinds[fact.id]:
            case "class":
                attributes, ends = members.properties(fact)
                classes.append(
                    Class(
                        id=fact.id,
                        name=fact.name,
                        package=package,
                        bases=bases.get(fact.id, ()),
                        is_abstract=_is_abstract(fact, meta),
                        attributes=attributes,
                        ends=ends,
                        meta=meta,
                    )
                )
            case "enumeration":
                literals = members.literals(fact)
                enumerations.append(
                    Enumeration(id=fact.id, name=fact.name, package=package, literals=literals, meta=meta)
                )
            case "primitive":
                kind = KIND_BY_NAME.get(fact.name.casefold())
                if kind is None:
                    report.add("CIM214", at=fact.location, element=fact.id, name=fact.name)
                primitives.append(
                    Primitive(
                        id=fact.id,
                        name=fact.name,
                        package=package,
                        kind=kind or PrimitiveKind.STRING,
                        facets=members.facetted.of_class(fact, kind),
                        meta=meta,
                    )
                )
            case "datatype":
                attributes, ends = members.properties(fact)
                members.refuse_ends(fact, ends)
                datatypes.append(members.datatype(fact, package, attributes, meta))
            case "compound":
                attributes, ends = members.properties(fact)
                members.refuse_ends(fact, ends)
                compounds.append(
                    Compound(id=fact.id, name=fact.name, package=package, attributes=attributes, meta=meta)
                )
    for class_, first, second in ambiguities({c.id: c for c in classes}):
        report.add(
            "CIM212",
            at=class_.meta.location,
            element=class_.id,
            related=(first.meta.location, second.meta.location),
            class_name=class_.name,
            name=first.name,
        )
    primitives.extend(references.implied.values())
    for missing, strays in homeless.items():
        report.add("CIM205", at=strays[0].location, package=missing, count=len(strays))
    for file, count in sorted(members.unstated.items()):
        report.add("CIM209", at=Location(file=file), count=count)
    for file, names in sorted(members.named.items()):
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        report.add(
            "CIM267", at=Location(file=file), count=len(names), names=", ".join(sorted(names)[:3]) + more
        )
    return Model(
        name=name,
        version=version,
        sources=facts.sources,
        profiles=_profiles(facts.profiles),
        packages=_packages(facts, report),
        classes=_paired(classes, report),
        enumerations=tuple(enumerations),
        primitives=tuple(primitives),
        datatypes=tuple(datatypes),
        compounds=tuple(compounds),
        dependencies=_dependencies(facts, references),
        namespaces=facts.namespaces,
    )


def _is_abstract(fact: ClassFact, meta: Meta) -> bool:
    if meta.profiles and not fact.is_settled:
        return all(p.is_abstract for p in meta.profiles)
    return bool(fact.is_abstract)


def _packages(facts: Facts, report: Report) -> tuple[Package, ...]:
    known = {p.id for p in facts.packages}
    parents = {
        p.id: (ElementId(p.parent.value),)
        for p in facts.packages
        if p.parent and ElementId(p.parent.value) in known
    }
    by_id = {p.id: p for p in facts.packages}
    cycle = first_cycle(parents)
    while cycle:
        at = by_id[cycle[0]]
        report.add(
            "CIM206",
            at=at.location,
            element=at.id,
            related=tuple(by_id[i].location for i in cycle[1:]),
            cycle=" -> ".join(by_id[i].name for i in (*cycle, cycle[0])),
        )
        for i in cycle:
            parents.pop(i, None)
        cycle = first_cycle(parents)
    return tuple(
        Package(
            id=p.id,
            name=p.name,
            parent=parents.get(p.id, (None,))[0],
            meta=Meta(
                uri=p.uri, doc=p.doc, stereotypes=p.stereotypes, tags=p.tags, location=origin(p.location)
            ),
        )
        for p in facts.packages
    )


def _dependencies(facts: Facts, references: References) -> tuple[Dependency, ...]:
    found = []
    for connector in facts.connectors:
        client = references.resolve(connector.source.element)
        supplier = references.resolve(connector.target.element)
        if client is not None and supplier is not None:
            found.append(
                Dependency(
                    id=connector.id,
                    client=client,
                    supplier=supplier,
                    stereotype=connector.stereotypes[0] if connector.stereotypes else connector.kind,
                    meta=Meta(doc=connector.doc, tags=connector.tags, location=origin(connector.location)),
                )
            )
    return tuple(found)


def _paired(classes: list[Class], report: Report) -> tuple[Class, ...]:
    """Classes whose ends have only inverses that name them back."""
    end_by_id = {e.id: e for c in classes for e in c.ends}

    def paired(class_: Class, end: AssociationEnd) -> AssociationEnd:
        if end.inverse is None:
            return end
        where = f"{class_.name}.{end.name}"
        mate = end_by_id.get(end.inverse)
        if mate is None or mate.inverse != end.id:
            report.add("CIM219", at=end.meta.location, element=end.id, name=where, inverse=end.inverse)
            return replace(end, inverse=None)
        if end.id < mate.id:
            mates = {u.profile for u in mate.meta.profiles if u.navigable}
            for use in end.meta.profiles:
                if use.navigable and use.profile in mates:
                    report.add(
                        "CIM220",
                        at=end.meta.location,
                        element=end.id,
                        related=(mate.meta.location,),
                        name=where,
                        profile=use.profile,
                    )
        return end

    return tuple(
        replace(c, ends=ends) if (ends := tuple(paired(c, e) for e in c.ends)) != c.ends else c
        for c in classes
    )


def _profiles(facts: tuple[ProfileFact, ...]) -> tuple[Profile, ...]:
    """Profiles with keywords that are file names everywhere, and unique where letter case does not count."""
    taken: set[str] = set()
    found: list[Profile] = []
    for fact in facts:
        keyword = fact.keyword
        if not is_file_name(keyword):
            keyword = file_stem(keyword.strip() or fact.title or fact.id.rsplit("/", 1)[-1])
        if keyword.casefold() in taken:
            keyword = f"{keyword}_{digest(fact.id)}"
        taken.add(keyword.casefold())
        found.append(
            Profile(
                id=fact.id,
                keyword=keyword,
                uri=fact.uri,
                version=fact.version,
                title=fact.title,
                doc=fact.doc,
                header=fact.header,
            )
        )
    return tuple(found)
