"""One shape for all formats: URIs for facts, properties for associations, bases for generalizations."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, ConnectorFact, EndFact, Facts, MemberFact, PackageFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.ir.value import replace
from cimforge.passes.identifiers import digest, ncname

_ASSOCIATIONS = frozenset({"association", "aggregation", "composition", "associationclass"})
_NAMESPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`\x7f]*\Z")
"""An absolute IRI (RFC 3987), by the characters that it cannot hold."""
_URI_TAGS = ("nsuri", "baseuri")


def identify(facts: Facts, default_namespace: str, report: Report) -> Facts:
    """``facts`` of one file in the shape in which RDFS states them.

    - Every class and member has a URI: ``<namespace><Class>``, ``<namespace><Class>.<member>``. The namespace
      is the element's own tag ``nsuri`` or ``baseuri``, else its class's, else the nearest enclosing
      package's, else ``default_namespace`` (modelling guide rules 132 to 142; ``baseuri`` is CIMTool's).
    - Every association is the two properties it stands for, each named by the role at its far end and
      each the inverse of the other. An end without a role is called after the class it leads to (CIM211).
      They follow the class's attributes by name, then id: UML puts them in no order, and every export
      lists associations in another.
    - The diamond of an aggregation stands at the whole's end, and belongs to the property that leads from
      the whole to its part (RDFS2020 «ofAggregate»).
    - Every generalization is a superclass of its source.
    - A class «owl» is the ontology header in UML clothes (RDFS2020 profiles in EA), which the reader states
      as the profile: it is no class of the model.
    - Connectors of other kinds stay connectors.

    Facts that bring URIs and no connectors (RDFS) are returned as they are.
    """
    if not facts.connectors and all(c.uri for c in facts.classes) and all(m.uri for m in facts.members):
        return facts
    headers = {c.id for c in facts.classes if any(s.casefold() == "owl" for s in c.stereotypes)}
    if headers:
        facts = replace(
            facts,
            classes=tuple(c for c in facts.classes if c.id not in headers),
            members=tuple(m for m in facts.members if ElementId(m.owner.value) not in headers),
            connectors=tuple(
                c
                for c in facts.connectors
                if ElementId(c.source.element.value) not in headers
                and ElementId(c.target.element.value) not in headers
            ),
        )
    _check_namespaces(facts, report)
    spaces = _PackageSpaces(facts.packages, default_namespace)
    classes = [
        c if c.uri else replace(c, uri=(_tagged(c.tags) or spaces.of(c.package)) + _local(c.name, whole=True))
        for c in facts.classes
    ]
    class_by_id = {c.id: c for c in classes}
    position: dict[ElementId, int] = defaultdict(int)
    members: list[MemberFact] = []
    for member in facts.members:
        owner = class_by_id.get(ElementId(member.owner.value))
        if owner is not None:
            position[owner.id] = max(position[owner.id], member.position + 1)
            if not member.uri:
                member = replace(member, uri=_member_uri(owner, member.name, member.tags))
        members.append(member)

    supers: dict[ElementId, list[Ref]] = defaultdict(list)
    others: list[ConnectorFact] = []
    properties: list[_Property] = []
    for connector in facts.connectors:
        kind = connector.kind.casefold()
        if kind == "generalization":
            child = ElementId(connector.source.element.value)
            if child in class_by_id:
                supers[child].append(connector.target.element)
            else:
                report.add(
                    "CIM203",
                    at=connector.location,
                    element=connector.id,
                    referrer="a generalization",
                    role="child",
                    target=child,
                )
        elif kind in _ASSOCIATIONS:
            properties.extend(_properties(connector, class_by_id, report))
        else:
            others.append(connector)
    for each in sorted(properties, key=lambda p: (p.role, p.end.id)):
        members.append(each.fact(position[each.owner.id]))
        position[each.owner.id] += 1
    return replace(
        facts,
        classes=tuple(
            replace(c, supers=(*c.supers, *supers[c.id])) if c.id in supers else c for c in classes
        ),
        members=tuple(members),
        connectors=tuple(others),
    )


class _Property(NamedTuple):
    """The property that leads through an association from the class at one end to the other end."""

    role: str
    owner: ClassFact
    connector: ConnectorFact
    near: EndFact
    end: EndFact

    def fact(self, position: int) -> MemberFact:
        """The property as a member of its owner."""
        connector, end = self.connector, self.end
        return MemberFact(
            id=end.id,
            owner=Ref(by="id", value=self.owner.id),
            name=self.role,
            uri=_uri(_tagged(end.tags) or _tagged(connector.tags), self.owner, self.role),
            range=end.element,
            multiplicity=end.multiplicity,
            position=position,
            inverse=Ref(by="id", value=self.near.id),
            used=_used(end, self.near),
            aggregation=self.near.aggregation,
            stereotypes=(*connector.stereotypes, *end.stereotypes),
            doc=end.doc or connector.doc,
            tags=(*connector.tags, *end.tags),
            location=connector.location,
        )


def _properties(
    connector: ConnectorFact, class_by_id: dict[ElementId, ClassFact], report: Report
) -> tuple[_Property, ...]:
    """Both properties of an association; none, and CIM203, if an end is attached to no class."""
    source, target = connector.source, connector.target
    found: list[_Property] = []
    for near, end in ((source, target), (target, source)):
        owner = class_by_id.get(ElementId(near.element.value))
        far = class_by_id.get(ElementId(end.element.value))
        if owner is None or far is None:
            report.add(
                "CIM203",
                at=connector.location,
                element=connector.id,
                referrer=f"the association end {near.role or near.id}",
                role="class",
                target=(near if owner is None else end).element.value,
            )
            return ()
        role = end.role
        if not role:
            role = far.name
            report.add("CIM211", at=connector.location, element=end.id, class_name=owner.name, target=role)
        found.append(_Property(role, owner, connector, near, end))
    return tuple(found)


def _used(end: EndFact, other: EndFact) -> str:
    """Navigability as RDFS profiles state it; nothing where both ends or none is navigable."""
    if end.navigable is None or other.navigable is None or end.navigable == other.navigable:
        return ""
    return "Yes" if end.navigable else "No"


def _member_uri(owner: ClassFact, name: str, tags: tuple[tuple[str, str], ...]) -> str:
    return _uri(_tagged(tags), owner, name)


def _uri(space: str, owner: ClassFact, name: str) -> str:
    local = _local(owner.name, whole=True)
    return f"{space or owner.uri[: len(owner.uri) - len(local)]}{local}.{_local(name)}"


def _local(name: str, *, whole: bool = False) -> str:
    """The last part of a URI for ``name``: the name itself where it is an NCName.

    Any other gets a suffix made from the name, so that `a-b`, `a b` and `a_b` stay three, whatever else is
    in the model. The same goes for the name of a class (``whole``) with a dot in it, which would be read as
    that of a member.
    """
    clean = ncname(name.strip())
    if clean == name.strip() and not (whole and "." in clean):
        return clean
    return f"{clean.replace('.', '_') if whole else clean}_{digest(name.strip())}"


def _tagged(tags: tuple[tuple[str, str], ...]) -> str:
    for wanted in _URI_TAGS:
        for tag, value in tags:
            if tag.casefold() == wanted and value:
                return value if value[-1] in "#/" else value + "#"
    return ""


def _check_namespaces(facts: Facts, report: Report) -> None:
    """Report the namespaces that tags state and that are none (CIM217), each once."""
    stated = [(e.tags, e.id, e.location) for e in facts.packages]
    stated += [(e.tags, e.id, e.location) for e in facts.classes]
    stated += [(e.tags, e.id, e.location) for e in facts.members]
    stated += [(e.tags, e.id, c.location) for c in facts.connectors for e in (c, c.source, c.target)]
    seen: set[str] = set()
    for tags, element, place in stated:
        space = _tagged(tags) if tags else ""
        if space and space not in seen:
            seen.add(space)
            if not _NAMESPACE.match(space):
                report.add("CIM217", at=place, element=element, namespace=space)


class _PackageSpaces:
    """The namespace in force in each package: the nearest enclosing package that states one."""

    def __init__(self, packages: tuple[PackageFact, ...], default: str) -> None:
        self._by_id = {p.id: p for p in packages}
        self._default = default
        self._known: dict[ElementId, str] = {}

    def of(self, ref: Ref | None) -> str:
        chain: list[PackageFact] = []
        while ref is not None and (package := self._by_id.get(ElementId(ref.value))) is not None:
            if package in chain:
                break
            chain.append(package)
            if package.id in self._known:
                break
            ref = package.parent
        space = self._default
        for package in reversed(chain):
            space = self._known.get(package.id) or _tagged(package.tags) or space
            self._known[package.id] = space
        return space
