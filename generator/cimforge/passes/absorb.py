"""Shadow extensions: what an extension adds to a standard class becomes part of the class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, ConnectorFact, Facts, MemberFact, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.value import replace
from cimforge.passes.identifiers import namespace
from cimforge.passes.namespaces import is_standard
from cimforge.passes.references import UML_FORMATS, Kind, kind_of

_MARK = "shadowextension"


class _Shadow(NamedTuple):
    """A class that extends ``host``, and how that was seen."""

    fact: ClassFact
    host: ElementId
    drawn: str
    seen_by: str


def absorb(facts: Facts, default_namespace: str, report: Report) -> Facts:
    """``facts`` (merged) with every shadow class merged into the class that it extends.

    A shadow class (modelling guide 6.1.2; CIMTool's three variants) is joined to that class by a
    generalization and

    - is marked «ShadowExtension»; or
    - the generalization is marked «CIMExtension», «MixIn» or «ShadowExtension»; or
    - in UML, has the same name in another namespace.

    The guide draws the shadow as the *parent* of the class it extends. It is taken for the child where it
    alone is marked and nothing derives from it, or where no class is marked and the parent alone is in a
    namespace of the CIM. A shadow may extend a shadow; both become part of the class at the end.

    Members go to the class, behind its own, and keep their namespace: ``ext:Shadow.member`` becomes
    ``ext:Class.member``. What led to the shadow leads to the class: types, ends, dependencies, superclasses
    of others. Literals of a shadow enumeration join the enumeration's. The shadow's own superclasses become
    the class's. Each is reported (CIM270), a second one in a namespace too (CIM272). Primitives and datatypes
    take no extension, nor does a class of one kind one of another (CIM271); what could extend several
    classes, or stands in the class's own namespace without the mark, stays a superclass (CIM273).
    """
    shadows = _Shadows(facts, default_namespace, report)
    absorbed = shadows.absorbed()
    if not absorbed:
        return facts
    members_by_owner = _members_by_owner(facts)
    by_host: dict[ElementId, list[_Shadow]] = defaultdict(list)
    for shadow in sorted(absorbed.values(), key=lambda s: (s.fact.uri, s.fact.id)):
        by_host[shadow.host].append(shadow)
    class_by_id = {c.id: c for c in facts.classes}
    moved: dict[ElementId, MemberFact] = {}
    for host, extending in by_host.items():
        position = max((m.position for m in members_by_owner[host]), default=-1) + 1
        for shadow in extending:
            own = sorted(members_by_owner[shadow.fact.id], key=lambda m: m.position)
            for member in own:
                moved[member.id] = _moved(member, shadow.fact, class_by_id[host], position)
                position += 1
            report.add(
                "CIM270",
                at=shadow.fact.location,
                element=shadow.fact.id,
                related=(class_by_id[host].location,),
                name=shadow.fact.uri or shadow.fact.name,
                host=class_by_id[host].name,
                count=len(own),
                drawn=shadow.drawn,
                seen_by=shadow.seen_by,
            )
    pointers = _Pointers(facts, absorbed)
    return replace(
        facts,
        classes=tuple(
            _host(c, by_host.get(c.id, []), pointers) for c in facts.classes if c.id not in absorbed
        ),
        members=tuple(pointers.member(moved.get(m.id, m)) for m in facts.members),
        connectors=tuple(map(pointers.connector, facts.connectors)),
        uses=_uses(facts, by_host, class_by_id),
    )


class _Shadows:
    """Finds the shadow classes of some facts, and the class that each extends."""

    def __init__(self, facts: Facts, default: str, report: Report) -> None:
        self._facts = facts
        self._default = default
        self._report = report
        self._class_by_id = {c.id: c for c in facts.classes}
        self._id_by_uri = {c.uri: c.id for c in facts.classes if c.uri}
        self._format = {s.path: s.format for s in facts.sources}

    def absorbed(self) -> dict[ElementId, _Shadow]:
        """Every shadow class that can be merged, with the class at the end of its chain."""
        direct = self._direct()
        if not direct:
            return {}
        members_by_owner = _members_by_owner(self._facts)
        found: dict[ElementId, _Shadow] = {}
        taken: dict[tuple[ElementId, str], ClassFact] = {}
        for shadow in sorted(direct.values(), key=lambda s: (s.fact.uri, s.fact.id)):
            host, steps = shadow.host, 0
            while host in direct and steps <= len(direct):
                host, steps = direct[host].host, steps + 1
            if host in direct:
                continue  # a circle: link reports it
            fact = self._class_by_id[host]
            kinds: tuple[Kind, Kind] = (
                kind_of(shadow.fact, members_by_owner[shadow.fact.id]),
                kind_of(fact, members_by_owner[host]),
            )
            if not _fit(*kinds):
                self._report.add(
                    "CIM271",
                    at=shadow.fact.location,
                    element=shadow.fact.id,
                    related=(fact.location,),
                    name=shadow.fact.uri or shadow.fact.name,
                    kind=kinds[0],
                    host=fact.name,
                    host_kind=kinds[1],
                )
                continue
            space = namespace(shadow.fact.uri)
            twin = taken.setdefault((host, space), shadow.fact) if shadow.host == host else shadow.fact
            if twin is not shadow.fact:
                self._report.add(
                    "CIM272",
                    at=shadow.fact.location,
                    element=shadow.fact.id,
                    related=(twin.location,),
                    name=shadow.fact.name,
                    host=fact.name,
                    namespace=space,
                    other=twin.name,
                )
            found[shadow.fact.id] = shadow._replace(host=host)
        return found

    def _direct(self) -> dict[ElementId, _Shadow]:
        """Each shadow class with the one class that it is joined to."""
        found: dict[ElementId, list[_Shadow]] = defaultdict(list)
        children: list[tuple[ClassFact, ClassFact]] = []
        for child, parent, is_marked in self._generalizations():
            marks = (_is_shadow(child), _is_shadow(parent))
            if marks[1]:
                found[parent.id].append(_Shadow(parent, child.id, "parent", "«ShadowExtension»"))
            elif marks[0]:
                children.append((child, parent))
            elif is_marked or self._are_twins(child, parent):
                seen_by = "the mark of the generalization" if is_marked else "its name"
                own, other = namespace(child.uri), namespace(parent.uri)
                if own == other:
                    self._unclear(parent, f"it is in the namespace of {child.name}")
                elif is_standard(other, self._default) and not is_standard(own, self._default):
                    found[child.id].append(_Shadow(child, parent.id, "child", seen_by))
                else:
                    found[parent.id].append(_Shadow(parent, child.id, "parent", seen_by))
        for child, parent in children:
            if child.id not in found:
                found[child.id].append(_Shadow(child, parent.id, "child", "«ShadowExtension»"))
        direct: dict[ElementId, _Shadow] = {}
        for id_, shadows in found.items():
            if len({s.host for s in shadows}) == 1:
                direct[id_] = shadows[0]
            else:
                names = ", ".join(sorted(self._class_by_id[s.host].name for s in shadows))
                self._unclear(shadows[0].fact, f"it would extend several classes: {names}")
        return direct

    def _generalizations(self) -> Iterator[tuple[ClassFact, ClassFact, bool]]:
        for child in self._facts.classes:
            for ref in child.supers:
                id_ = ElementId(ref.value)
                parent = self._class_by_id.get(id_) or self._class_by_id.get(
                    self._id_by_uri.get(ref.value, id_)
                )
                if parent is not None and parent is not child:
                    yield child, parent, ref in child.mixins

    def _are_twins(self, child: ClassFact, parent: ClassFact) -> bool:
        return (
            child.name == parent.name
            and self._format.get(child.location.file) in UML_FORMATS
            and namespace(child.uri) != namespace(parent.uri)
        )

    def _unclear(self, shadow: ClassFact, problem: str) -> None:
        self._report.add(
            "CIM273",
            at=shadow.location,
            element=shadow.id,
            name=shadow.uri or shadow.name,
            problem=problem,
        )


class _Pointers:
    """References that lead to the class where they led to its shadow."""

    def __init__(self, facts: Facts, absorbed: dict[ElementId, _Shadow]) -> None:
        self._host: dict[str, ElementId] = {}
        self._host_by_name: dict[str, ElementId] = {}
        kept = {c.name for c in facts.classes if c.id not in absorbed}
        for id_, shadow in absorbed.items():
            self._host[id_] = self._host[shadow.fact.uri] = shadow.host
            if shadow.fact.name not in kept:
                self._host_by_name[shadow.fact.name] = shadow.host

    def ref(self, ref: Ref) -> Ref:
        """Where ``ref`` leads to now."""
        host = (self._host_by_name if ref.by == "name" else self._host).get(ref.value)
        return ref if host is None else Ref(by="id", value=host)

    def member(self, fact: MemberFact) -> MemberFact:
        """``fact`` with its type and range as they are now."""
        type_, range_ = fact.type and self.ref(fact.type), fact.range and self.ref(fact.range)
        if type_ is fact.type and range_ is fact.range:
            return fact
        return replace(fact, type=type_, range=range_)

    def connector(self, fact: ConnectorFact) -> ConnectorFact:
        """``fact`` with its sides as they are now."""
        source, target = self.ref(fact.source.element), self.ref(fact.target.element)
        if source is fact.source.element and target is fact.target.element:
            return fact
        return replace(
            fact, source=replace(fact.source, element=source), target=replace(fact.target, element=target)
        )


def _host(fact: ClassFact, shadows: list[_Shadow], pointers: _Pointers) -> ClassFact:
    """A class that stays, with what its shadows say of the class itself."""
    supers: list[Ref] = []
    for ref in (*fact.supers, *(r for s in shadows for r in s.fact.supers)):
        now = pointers.ref(ref)
        if now not in supers and now.value not in (fact.id, fact.uri):
            supers.append(now)
    doc = next((d for d in (fact.doc, *(s.fact.doc for s in shadows)) if d), "")
    if tuple(supers) == fact.supers and doc == fact.doc:
        return fact
    return replace(fact, supers=tuple(supers), doc=doc, mixins=())


def _moved(member: MemberFact, shadow: ClassFact, host: ClassFact, position: int) -> MemberFact:
    """A member of ``shadow`` as one of ``host``: its namespace stays, the class in its URI is another."""
    space = namespace(member.uri)
    own, name = shadow.uri[len(namespace(shadow.uri)) :], host.uri[len(namespace(host.uri)) :]
    local = member.uri[len(space) :]
    uri = f"{space}{name}{local[len(own):]}" if local.startswith(f"{own}.") else member.uri
    return replace(member, owner=Ref(by="id", value=host.id), uri=uri, position=position)


def _uses(
    facts: Facts, by_host: dict[ElementId, list[_Shadow]], class_by_id: dict[ElementId, ClassFact]
) -> dict[ElementId, tuple[Use, ...]]:
    """A class stands in every profile that extends it."""
    uses = dict(facts.uses)
    for host, shadows in by_host.items():
        own = uses.get(host, ())
        here = {u.profile for u in own}
        for use in (u for s in shadows for u in uses.pop(s.fact.id, ())):
            if use.profile not in here:
                here.add(use.profile)
                own = (*own, replace(use, is_abstract=class_by_id[host].is_abstract, stereotypes=()))
        if own:
            uses[host] = own
    return uses


def _fit(shadow: Kind, host: Kind) -> bool:
    """Whether a class of the kind ``host`` can take one of the kind ``shadow``."""
    if "primitive" in (shadow, host) or "datatype" in (shadow, host):
        return False
    return shadow in (host, "class")


def _is_shadow(fact: ClassFact) -> bool:
    return any(s.casefold() == _MARK for s in fact.stereotypes)


def _members_by_owner(facts: Facts) -> dict[ElementId, list[MemberFact]]:
    found: dict[ElementId, list[MemberFact]] = defaultdict(list)
    for member in facts.members:
        found[ElementId(member.owner.value)].append(member)
    return found
