"""What the members of a profile class lead to: datatypes, profile classes, types that stand inline."""

from __future__ import annotations

from collections.abc import Iterator

from cimforge.ir.profile import PropertyRule
from cimforge.ir.value import Struct
from cimforge.readers.cimtool_classes import NamedClasses
from cimforge.readers.cimtool_graph import Statements
from cimforge.readers.cimtool_terms import (
    BY_REFERENCE,
    COMPOUND,
    DATATYPE,
    ENUMERATION,
    EQUIVALENT,
    ONE_OF,
    REFERENCE,
    SUB_CLASS,
    UNION,
)
from cimforge.readers.presumed import Presumed, local_name
from cimforge.readers.profile_names import ProfileNames
from cimforge.readers.rdfs_graph import XSD, Subject

KINDS = {ENUMERATION: "enumeration", COMPOUND: "Compound"}
"""Stereotypes of profile classes that tell the kind of the class they are based on."""


class Anonymous(Struct, frozen=True, kw_only=True):
    """A class without IRI that is to be read, and the class of the model it is based on."""

    subject: Subject
    base: str


class Ranges:
    """Reads ranges, states what they presuppose, and collects the anonymous classes that they lead to.

    A node that two members lead to cannot stand inline at both: it is in `shared`.
    """

    def __init__(
        self, graph: Statements, named: NamedClasses, names: ProfileNames, presumed: Presumed
    ) -> None:
        self._graph = graph
        self._named = named
        self._names = names
        self._presumed = presumed
        self.names: dict[str, str] = {}
        """The names made up for anonymous classes, by node."""
        self.shared: set[str] = set()
        self.waiting: list[Anonymous] = []
        """Those not yet read."""

    def of(self, key: str, property_: str, owner: str, base: str) -> PropertyRule:
        """What one ``owl:allValuesFrom`` says of a member, without its bounds and its place."""
        graph = self._graph
        subject = graph.subject(key)
        if subject is None or not key.startswith("_:"):
            return self._named_range(key, property_, base)
        at = graph.at(subject, property_)
        note = graph.note(subject)
        stereotypes = graph.stereotypes(subject)
        added = tuple(s for s in stereotypes if s != BY_REFERENCE)
        if DATATYPE in subject.types:
            self._datatype(subject, property_, base)
            return PropertyRule(property=property_, stereotypes=added, note=note, location=at)
        supers = graph.nodes(subject, SUB_CLASS)
        local = [k for k in supers if k in self._named.by_iri]
        bases = self._named.bases(subject)
        range_ = bases[0] if bases else ""
        members = graph.items(subject, UNION) if UNION in subject.said else local
        has_content = ONE_OF in subject.said or any(k.startswith("_:") for k in supers)
        if not members and has_content:
            members = [key]
        if not range_ and members and members[0] in self._named.by_iri:
            range_ = self._named.by_iri[members[0]].base
        targets = tuple(sorted(self._targets(members, owner, property_, range_)))
        is_reference = BY_REFERENCE in stereotypes or REFERENCE in supers or not targets
        if not targets:
            # CIMTool calls what such a member refers to by the name of the class.
            called = self._named.by_name.get(local_name(range_))
            targets = (called.name,) if called is not None and called.base == range_ else ()
        if range_:
            kinds = [KINDS[s] for s in stereotypes if s in KINDS]
            self._presumed.class_(range_, at, stereotypes=kinds)
        self._presumed.member(property_, base, at, range_=range_)
        is_value = ENUMERATION in stereotypes or COMPOUND in stereotypes
        return PropertyRule(
            property=property_,
            containment="reference" if is_reference and not is_value else None,
            targets=targets,
            stereotypes=added,
            note=note,
            location=at,
        )

    def _named_range(self, key: str, property_: str, base: str) -> PropertyRule:
        """Values of a named type: a datatype, a profile class, or a class of the information model."""
        graph = self._graph
        place = self._named.by_iri.get(key)
        at = graph.at(place.subject if place else Subject(property_), property_)
        if place:
            self._presumed.class_(place.base, at)
            self._presumed.member(property_, base, at, range_=place.base)
            return PropertyRule(property=property_, targets=(place.name,), location=at)
        if key.startswith(XSD):
            self._presumed.member(property_, base, at, type_=key)
        else:
            self._presumed.class_(key, at)
            self._presumed.member(property_, base, at, range_=key)
        return PropertyRule(property=property_, location=at)

    def _datatype(self, subject: Subject, property_: str, base: str) -> None:
        """State the type of a member with simple values, as far as the file knows it."""
        graph = self._graph
        at = graph.at(subject, property_)
        types = [t for t in graph.nodes(subject, EQUIVALENT) if not t.startswith("_:")]
        if len(types) > 1:
            graph.notes[f"{EQUIVALENT} beside another"] += len(types) - 1
        for predicate in (UNION, ONE_OF, SUB_CLASS):
            if predicate in subject.said:
                graph.notes[f"{local_name(predicate)} of an rdfs:Datatype"] += 1
        type_ = types[0] if types else ""
        if type_ and not type_.startswith(XSD):
            self._presumed.datatype(type_, at)
        self._presumed.member(property_, base, at, type_=type_)

    def _targets(
        self, members: tuple[str, ...] | list[str], owner: str, property_: str, range_: str
    ) -> Iterator[str]:
        """The names of the profile classes that a member leads to, those without IRI made up."""
        graph = self._graph
        for key in members:
            named = self._named.by_iri.get(key)
            if named is not None:
                if range_:
                    self._presumed.extends(named.base, range_, graph.at(named.subject))
                yield named.name
                continue
            subject = graph.subject(key)
            if subject is None or not subject.is_blank:
                graph.notes["owl:unionOf a class that is none of the profile's"] += 1
                continue
            if key in self.names:
                self.shared.add(key)
                yield self.names[key]
                continue
            label = graph.label(subject)
            bases = self._named.bases(subject)
            base = self._named.chosen_base(subject, label, bases) or range_
            if not base:
                graph.add("CIM358", subject, name=label or f"a type of {member_name(owner, property_)}")
                continue
            if range_:
                self._presumed.extends(base, range_, graph.at(subject))
            part = label if len(members) > 1 else ""
            name = self._names.anonymous(owner, local_name(property_), part)
            self.names[key] = name
            self.waiting.append(Anonymous(subject=subject, base=base))
            yield name


def member_name(owner: str, property_: str) -> str:
    """A member of a profile class, for messages."""
    return f"{owner}.{local_name(property_).rpartition('.')[2]}"
