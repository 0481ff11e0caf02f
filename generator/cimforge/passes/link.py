"""Facts to meaning: kinds, references, bounds. The one place where a model's text is interpreted."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, Origin, ProfileFact, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Compound,
    Datatype,
    Dependency,
    Enumeration,
    EnumLiteral,
    InProfile,
    Meta,
    Model,
    Multiplicity,
    Package,
    Primitive,
    PrimitiveKind,
    Profile,
)
from cimforge.ir.value import replace
from cimforge.passes.cycles import depths, first_cycle
from cimforge.passes.identifiers import digest, file_stem, is_file_name
from cimforge.passes.multiplicity import parse_multiplicity, widest
from cimforge.passes.primitives import KIND_BY_NAME, VOCABULARIES, XSD

Kind = Literal["class", "enumeration", "primitive", "datatype", "compound"]

MAX_INHERITANCE = 100
"""Levels of superclasses a class may have: targets repeat inherited members, so cost grows with the square
of a chain's length and more. The deepest chain in the CIM has about ten classes."""

_ARTICLE = {
    "class": "a class",
    "enumeration": "an enumeration",
    "primitive": "a primitive",
    "datatype": "a datatype",
    "compound": "a compound",
}
_OPTIONAL = Multiplicity(lower=0, upper=1)
_MANY = Multiplicity(lower=0, upper=None)


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
    - Every reference is resolved by id or URI; a reference by name only where one classifier has that
      name. What resolves to nothing is an error (CIM203), what resolves to the wrong kind too (CIM204).
    - A property that leads to a class is an association end, any other an attribute.
    - Multiplicities become bounds; where profiles differ the family takes the widest, and each
      `InProfile` keeps its own. An unstated one is 0..1 for attributes and 0..* for ends (CIM209).
    - An element whose URI stands in one of the namespaces ``extensions`` is marked as extension content.
    - Inheritance cycles are errors that print the cycle (CIM206); so are chains of more than
      `MAX_INHERITANCE` superclasses (CIM218).

    Elements with errors are left out, so the model is consistent whenever ``report`` has errors too.
    """
    linker = _Linker(facts, report, extensions)
    return linker.model(name, version)


class _Linker:
    def __init__(self, facts: Facts, report: Report, extensions: tuple[str, ...]) -> None:
        self.extensions = extensions
        self.facts = facts
        self.report = report
        self.class_by_id = {c.id: c for c in facts.classes}
        self.id_by_uri = {c.uri: c.id for c in facts.classes if c.uri}
        self.ids_by_name: dict[str, list[ElementId]] = defaultdict(list)
        for c in facts.classes:
            self.ids_by_name[c.name].append(c.id)
        self.members_by_owner: dict[ElementId, list[MemberFact]] = defaultdict(list)
        self.member_ids = {m.id for m in facts.members}
        self.implied: dict[ElementId, Primitive] = {}
        self.in_profile: dict[tuple[object, ...], InProfile] = {}
        self.unstated: dict[str, int] = defaultdict(int)
        self.states_concrete = {
            u.profile for c in facts.classes for u in facts.uses.get(c.id, ()) if "concrete" in u.stereotypes
        }

    def model(self, name: str, version: str) -> Model:
        self._own_members()
        self.kinds = {c.id: self._kind(c) for c in self.facts.classes}
        bases = self._bases()
        classes: list[Class] = []
        enumerations: list[Enumeration] = []
        primitives: list[Primitive] = []
        datatypes: list[Datatype] = []
        compounds: list[Compound] = []
        packages = {p.id for p in self.facts.packages}
        homeless: dict[ElementId, list[ClassFact]] = {}
        for fact in self.facts.classes:
            if not fact.name.strip():
                self.report.add("CIM210", at=fact.location, element=fact.id, kind="class")
                continue
            package = ElementId(fact.package.value) if fact.package else None
            if package is not None and package not in packages:
                homeless.setdefault(package, []).append(fact)
                package = None
            meta = self._class_meta(fact)
            match self.kinds[fact.id]:
                case "class":
                    attributes, ends = self._properties(fact)
                    classes.append(
                        Class(
                            id=fact.id,
                            name=fact.name,
                            package=package,
                            bases=bases.get(fact.id, ()),
                            is_abstract=self._is_abstract(fact, meta),
                            attributes=attributes,
                            ends=ends,
                            meta=meta,
                        )
                    )
                case "enumeration":
                    literals = self._literals(fact)
                    enumerations.append(
                        Enumeration(id=fact.id, name=fact.name, package=package, literals=literals, meta=meta)
                    )
                case "primitive":
                    kind = KIND_BY_NAME.get(fact.name.casefold())
                    if kind is None:
                        self.report.add("CIM214", at=fact.location, element=fact.id, name=fact.name)
                    primitives.append(
                        Primitive(
                            id=fact.id,
                            name=fact.name,
                            package=package,
                            kind=kind or PrimitiveKind.STRING,
                            meta=meta,
                        )
                    )
                case "datatype":
                    attributes, ends = self._properties(fact)
                    self._no_ends(fact, ends)
                    datatypes.append(self._datatype(fact, package, attributes, meta))
                case "compound":
                    attributes, ends = self._properties(fact)
                    self._no_ends(fact, ends)
                    compounds.append(
                        Compound(
                            id=fact.id, name=fact.name, package=package, attributes=attributes, meta=meta
                        )
                    )
        primitives.extend(self.implied.values())
        for missing, facts in homeless.items():
            self.report.add("CIM205", at=facts[0].location, package=missing, count=len(facts))
        for file, count in sorted(self.unstated.items()):
            self.report.add("CIM209", at=Location(file=file), count=count)
        return Model(
            name=name,
            version=version,
            sources=self.facts.sources,
            profiles=_profiles(self.facts.profiles),
            packages=self._packages(),
            classes=_paired(classes),
            enumerations=tuple(enumerations),
            primitives=tuple(primitives),
            datatypes=tuple(datatypes),
            compounds=tuple(compounds),
            dependencies=self._dependencies(),
            namespaces=self.facts.namespaces,
        )

    # -- kinds and references ---------------------------------------------------------------------

    def _own_members(self) -> None:
        for member in self.facts.members:
            owner = self._resolve(member.owner)
            if owner is None or owner not in self.class_by_id:
                self._dangling(
                    member.location, member.id, f"the member {member.name}", "class", member.owner.value
                )
                continue
            self.members_by_owner[owner].append(member)

    def _kind(self, fact: ClassFact) -> Kind:
        marks = {s.casefold() for s in fact.stereotypes}
        if "enumeration" in marks or fact.metaclass == "Enumeration":
            return "enumeration"
        if "primitive" in marks or fact.metaclass in ("Primitive", "PrimitiveType"):
            return "primitive"
        if marks & {"cimdatatype", "datatype"}:
            return "datatype"
        if "compound" in marks:
            return "compound"
        members = self.members_by_owner.get(fact.id, ())
        if fact.metaclass == "DataType":
            if any(m.name == "value" for m in members):
                return "datatype"
            return "primitive" if fact.name.casefold() in KIND_BY_NAME else "compound"
        if members and all(_is_literal(m) for m in members):
            return "enumeration"
        return "class"

    def _resolve(self, ref: Ref) -> ElementId | None:
        value = ElementId(ref.value)
        if ref.by != "name":
            if value in self.class_by_id:
                return value
            found = self.id_by_uri.get(ref.value)
            if found is not None:
                return found
            space = next((v for v in VOCABULARIES if value.startswith(v)), None)
            return self._implied(ref.value.removeprefix(space), space) if space else None
        found_ids = self.ids_by_name.get(ref.value, [])
        if len(found_ids) == 1:
            return found_ids[0]
        return None if found_ids else self._implied(ref.value)

    def _implied(self, name: str, space: str = XSD) -> ElementId | None:
        kind = KIND_BY_NAME.get(name.casefold())
        if kind is None:
            return None
        id_ = ElementId(f"{space}{name}")
        if id_ not in self.implied:
            self.implied[id_] = Primitive(id=id_, name=name, kind=kind, meta=Meta(uri=id_))
        return id_

    def _bases(self) -> dict[ElementId, tuple[ElementId, ...]]:
        bases: dict[ElementId, tuple[ElementId, ...]] = {}
        for fact in self.facts.classes:
            found: list[ElementId] = []
            for ref in fact.supers:
                base = self._resolve(ref)
                if base is None:
                    self._dangling(fact.location, fact.id, f"the class {fact.name}", "superclass", ref.value)
                elif self.kinds[base] != self.kinds[fact.id]:
                    self._wrong_kind(
                        fact.location,
                        fact.id,
                        f"the superclass of {fact.name}",
                        self.kinds[fact.id],
                        self.kinds[base],
                    )
                elif base not in found:
                    found.append(base)
            if found:
                bases[fact.id] = tuple(found)
        cycle = first_cycle(bases)
        while cycle:
            at = self.class_by_id[cycle[0]]
            self.report.add(
                "CIM206",
                at=at.location,
                element=at.id,
                related=tuple(self.class_by_id[i].location for i in cycle[1:]),
                cycle=" -> ".join(self.class_by_id[i].name for i in (*cycle, cycle[0])),
            )
            for i in cycle:
                bases.pop(i, None)
            cycle = first_cycle(bases)
        for id_, depth in depths(bases).items():
            if depth == MAX_INHERITANCE + 1:
                at = self.class_by_id[id_]
                self.report.add("CIM218", at=at.location, element=id_, name=at.name, limit=MAX_INHERITANCE)
        return bases

    # -- members ------------------------------------------------------------------------------------

    def _properties(self, owner: ClassFact) -> tuple[tuple[Attribute, ...], tuple[AssociationEnd, ...]]:
        attributes: list[Attribute] = []
        ends: list[AssociationEnd] = []
        seen: dict[tuple[str, str], MemberFact] = {}
        for order, member in enumerate(sorted(self.members_by_owner.get(owner.id, ()), key=_position)):
            where = f"{owner.name}.{member.name}"
            if not member.name.strip():
                self.report.add(
                    "CIM210", at=member.location, element=member.id, kind=f"member of {owner.name}"
                )
                continue
            twin = seen.setdefault((_namespace(member.uri), member.name), member)
            if twin is not member:
                self.report.add(
                    "CIM213",
                    at=member.location,
                    element=member.id,
                    related=(twin.location,),
                    name=where,
                )
                continue
            ref = member.type or member.range
            if ref is None:
                self.report.add("CIM215", at=member.location, element=member.id, name=where)
                continue
            target = self._resolve(ref)
            if target is None:
                self._dangling(member.location, member.id, where, "type", ref.value)
                continue
            leads_to_class = self.kinds.get(target) == "class"
            if member.inverse is not None and not leads_to_class:
                self._wrong_kind(
                    member.location,
                    member.id,
                    f"what the association end {where} leads to",
                    "class",
                    self.kinds.get(target, "primitive"),
                )
                continue
            bounds, uses = self._bounds(member, _MANY if leads_to_class else _OPTIONAL, where)
            if not leads_to_class:
                attributes.append(
                    Attribute(
                        id=member.id,
                        name=member.name,
                        type=target,
                        multiplicity=bounds,
                        default=member.default,
                        is_fixed=member.is_constant,
                        order=order,
                        meta=self._meta(member, uses),
                    )
                )
            elif member.type is not None and member.inverse is None and member.range is None:
                self._wrong_kind(member.location, member.id, f"the type of {where}", "datatype", "class")
            else:
                inverse = ElementId(member.inverse.value) if member.inverse else None
                ends.append(
                    AssociationEnd(
                        id=member.id,
                        name=member.name,
                        type=target,
                        multiplicity=bounds,
                        inverse=inverse,
                        aggregation=_aggregation(member),
                        navigable=member.used.casefold() != "no",
                        order=order,
                        meta=self._meta(member, uses),
                    )
                )
        return tuple(attributes), tuple(ends)

    def _no_ends(self, owner: ClassFact, ends: tuple[AssociationEnd, ...]) -> None:
        """Report the ends of ``owner``, which is no class. What has an inverse is reported there."""
        for end in ends:
            if end.inverse is None or end.inverse not in self.member_ids:
                where = f"the owner of the association end {owner.name}.{end.name}"
                self._wrong_kind(end.meta.location, end.id, where, "class", self.kinds[owner.id])

    def _bounds(
        self, member: MemberFact, default: Multiplicity, where: str
    ) -> tuple[Multiplicity, tuple[InProfile, ...]]:
        bounds = self._parsed(member.multiplicity, default, where, member.location, member.id)
        stated = self.facts.uses.get(member.id)
        if not stated:
            return bounds, ()
        uses: list[InProfile] = []
        total: Multiplicity | None = None
        for use in stated:
            own = (
                bounds
                if use.multiplicity == member.multiplicity
                else self._parsed(use.multiplicity, default, where, use.location, member.id)
            )
            total = own if total is None else widest(total, own)
            uses.append(self._in_profile(use, own, is_abstract=False))
        return total or bounds, tuple(uses)

    def _parsed(
        self, text: str, default: Multiplicity, where: str, at: Location, element: ElementId
    ) -> Multiplicity:
        if not text:
            self.unstated[at.file] += 1
            return default
        bounds = parse_multiplicity(text)
        if bounds is None:
            self.report.add("CIM208", at=at, element=element, name=where, text=text)
            return default
        return bounds

    def _literals(self, owner: ClassFact) -> tuple[EnumLiteral, ...]:
        literals: list[EnumLiteral] = []
        seen: dict[str, Location] = {}
        for order, member in enumerate(sorted(self.members_by_owner.get(owner.id, ()), key=_position)):
            if member.inverse is not None:
                if member.inverse.value not in self.member_ids:
                    where = f"the owner of the association end {owner.name}.{member.name}"
                    self._wrong_kind(member.location, member.id, where, "class", "enumeration")
                continue
            if not member.name.strip():
                self.report.add(
                    "CIM210", at=member.location, element=member.id, kind=f"literal of {owner.name}"
                )
                continue
            if member.name in seen:
                self.report.add(
                    "CIM213",
                    at=member.location,
                    element=member.id,
                    related=(seen[member.name],),
                    name=f"{owner.name}.{member.name}",
                )
                continue
            seen[member.name] = member.location
            literals.append(
                EnumLiteral(
                    id=member.id,
                    name=member.name,
                    value=member.default or "",
                    order=order,
                    meta=self._meta(
                        member,
                        tuple(
                            self._in_profile(u, None, is_abstract=False)
                            for u in self.facts.uses.get(member.id, ())
                        ),
                    ),
                )
            )
        return tuple(literals)

    def _datatype(
        self, fact: ClassFact, package: ElementId | None, attributes: tuple[Attribute, ...], meta: Meta
    ) -> Datatype:
        by_name = {a.name: a for a in attributes}
        value = by_name.get("value")
        value_type = value.type if value else None
        if value_type is None:
            self.report.add("CIM216", at=fact.location, element=fact.id, name=fact.name)
            value_type = self._implied(fact.name) or self._implied("string")
            assert value_type is not None
        elif self.kinds.get(value_type, "primitive") not in ("primitive", "enumeration"):
            self._wrong_kind(
                fact.location, fact.id, f"the value of {fact.name}", "primitive", self.kinds[value_type]
            )

        def fixed(*names: str) -> str:
            found = next((by_name[n] for n in names if n in by_name), None)
            return (found.default or "") if found else ""

        return Datatype(
            id=fact.id,
            name=fact.name,
            package=package,
            value=value_type,
            unit=fixed("unit", "units"),
            multiplier=fixed("multiplier"),
            denominator_unit=fixed("denominatorUnit"),
            denominator_multiplier=fixed("denominatorMultiplier"),
            attributes=attributes,
            meta=meta,
        )

    # -- the rest -------------------------------------------------------------------------------------

    def _is_abstract(self, fact: ClassFact, meta: Meta) -> bool:
        if meta.profiles:
            return all(p.is_abstract for p in meta.profiles)
        return bool(fact.is_abstract)

    def _class_meta(self, fact: ClassFact) -> Meta:
        uses = tuple(
            self._in_profile(
                u,
                None,
                is_abstract=(
                    u.is_abstract
                    if u.is_abstract is not None
                    else u.profile in self.states_concrete and "concrete" not in u.stereotypes
                ),
            )
            for u in self.facts.uses.get(fact.id, ())
        )
        return self._meta(fact, uses)

    def _meta(self, fact: ClassFact | MemberFact, uses: tuple[InProfile, ...]) -> Meta:
        return Meta(
            uri=fact.uri,
            doc=fact.doc,
            stereotypes=fact.stereotypes,
            tags=fact.tags,
            deprecated=bool(fact.stereotypes) and any(s.casefold() == "deprecated" for s in fact.stereotypes),
            extension=self._extension(fact.uri),
            profiles=uses,
            location=_origin(fact.location),
        )

    def _extension(self, uri: str) -> str:
        for namespace in self.extensions:
            if uri.startswith(namespace):
                return namespace
        return ""

    def _in_profile(self, use: Use, bounds: Multiplicity | None, *, is_abstract: bool) -> InProfile:
        """How an element stands in the profile that ``use`` speaks of; equal ones are one object."""
        key = (use.profile, bounds, is_abstract, use.used, use.stereotypes)
        found = self.in_profile.get(key)
        if found is None:
            used = use.used.casefold()
            found = self.in_profile[key] = InProfile(
                profile=use.profile,
                multiplicity=bounds,
                is_abstract=is_abstract,
                navigable=(used == "yes") if used else None,
                is_description="Description" in use.stereotypes,
            )
        return found

    def _packages(self) -> tuple[Package, ...]:
        known = {p.id for p in self.facts.packages}
        parents = {
            p.id: (ElementId(p.parent.value),)
            for p in self.facts.packages
            if p.parent and ElementId(p.parent.value) in known
        }
        by_id = {p.id: p for p in self.facts.packages}
        cycle = first_cycle(parents)
        while cycle:
            at = by_id[cycle[0]]
            self.report.add(
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
                    uri=p.uri, doc=p.doc, stereotypes=p.stereotypes, tags=p.tags, location=_origin(p.location)
                ),
            )
            for p in self.facts.packages
        )

    def _dependencies(self) -> tuple[Dependency, ...]:
        found = []
        for connector in self.facts.connectors:
            client = self._resolve(connector.source.element)
            supplier = self._resolve(connector.target.element)
            if client is not None and supplier is not None:
                found.append(
                    Dependency(
                        id=connector.id,
                        client=client,
                        supplier=supplier,
                        stereotype=connector.stereotypes[0] if connector.stereotypes else connector.kind,
                        meta=Meta(
                            doc=connector.doc, tags=connector.tags, location=_origin(connector.location)
                        ),
                    )
                )
        return tuple(found)

    def _dangling(self, at: Location, element: ElementId, referrer: str, role: str, target: str) -> None:
        self.report.add("CIM203", at=at, element=element, referrer=referrer, role=role, target=target)

    def _wrong_kind(self, at: Location, element: ElementId, what: str, wanted: str, found: str) -> None:
        self.report.add(
            "CIM204", at=at, element=element, what=what, wanted=_ARTICLE[wanted], found=_ARTICLE[found]
        )


def _is_literal(member: MemberFact) -> bool:
    marks = {s.casefold() for s in member.stereotypes}
    return "enum" in marks or (member.type is None and member.range is None)


def _namespace(uri: str) -> str:
    return uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]


def _position(member: MemberFact) -> int:
    return member.position


def _aggregation(member: MemberFact) -> Literal["none", "shared", "composite"]:
    match member.aggregation.casefold():
        case "composite":
            return "composite"
        case "shared" | "aggregate":
            return "shared"
    marks = {s.casefold() for s in member.stereotypes}
    if "ofcomposite" in marks:
        return "composite"
    return "shared" if "ofaggregate" in marks else "none"


def _origin(location: Location) -> Origin:
    return Origin(file=location.file, line=location.line, pointer=location.pointer)


def _paired(classes: list[Class]) -> tuple[Class, ...]:
    """Classes whose ends name only inverses that exist."""
    known = {e.id for c in classes for e in c.ends}
    return tuple(
        (
            c
            if all(e.inverse is None or e.inverse in known for e in c.ends)
            else replace(
                c,
                ends=tuple(
                    e if e.inverse is None or e.inverse in known else replace(e, inverse=None) for e in c.ends
                ),
            )
        )
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
