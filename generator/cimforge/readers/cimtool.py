"""CIMTool's profiles in OWL: which classes of an information model a profile takes, and how tightly.

A profile class is a subclass of the class that it is based on, and of one restriction for everything that
is said of a member: its values (``owl:allValuesFrom``) and its bounds. Values are a datatype, or an anonymous
class that stands for the member and whose ``owl:unionOf`` lists the profile classes it leads to; an anonymous
class in that list is a type of its own that stands inline. A profile class that lists individuals
(``owl:oneOf``) keeps these literals of an enumeration. Observed in profiles of 2007 to 2025.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from cimforge.diagnostics import Report
from cimforge.ir.facts import SourceFile
from cimforge.ir.model import Multiplicity
from cimforge.ir.profile import ProfileFile, ProfileSpec, PropertyRule, RootRule, Selection
from cimforge.ir.value import replace
from cimforge.readers.cimtool_classes import NamedClasses
from cimforge.readers.cimtool_graph import Statements
from cimforge.readers.cimtool_ranges import KINDS, Anonymous, Ranges, member_name
from cimforge.readers.cimtool_terms import (
    ABOUT,
    ALL_VALUES,
    CLASS_MAX,
    CLASS_MIN,
    CONCRETE,
    EXACT,
    MAX,
    MIN,
    ONE_OF,
    ONTOLOGY,
    SOME_VALUES,
    SUB_CLASS,
    VERSION,
)
from cimforge.readers.presumed import Presumed
from cimforge.readers.profile_names import ProfileNames, profile_name
from cimforge.readers.rdfs_graph import STAND_IN_ROOT, Graph, Subject
from cimforge.readers.source import RawSource

CARDINALITIES = (EXACT, MIN, MAX)


def read_cimtool(source: RawSource, graph: Graph, report: Report) -> ProfileFile:
    """The profile that ``graph`` states, and what it takes for granted.

    Selections and roots are in the order of their names, as CIMTool shows them: the file has none. What OWL
    states beyond CIMTool's forms is counted in ``presupposed.notes``; what is broken or contradictory is
    reported (CIM350 to CIM361) and left out.
    """
    return _Reading(source, graph, report).file()


class _Bounds:
    """What the restrictions on one member of one class say together."""

    __slots__ = ("lower", "node", "upper", "values")

    def __init__(self, node: Subject) -> None:
        self.node = node
        self.lower = 0
        self.upper: int | None = None
        self.values: dict[str, None] = {}

    def narrow(self, predicate: str, count: int | None) -> None:
        """Take in one cardinality; None where it is none."""
        if count is not None and predicate != MAX:
            self.lower = max(self.lower, count)
        if count is not None and predicate != MIN:
            self.upper = count if self.upper is None else min(self.upper, count)


class _Reading:
    def __init__(self, source: RawSource, graph: Graph, report: Report) -> None:
        self._source = source
        self._report = report
        self._graph = Statements(source, graph, report)
        self._presumed = Presumed()
        self._named = NamedClasses(self._graph)
        self._names = ProfileNames(c.name for c in self._named.by_iri.values())
        self._ranges = Ranges(self._graph, self._named, self._names, self._presumed)

    def file(self) -> ProfileFile:
        """The whole."""
        graph = self._graph
        header = self._header()
        selections: list[Selection] = []
        roots: list[RootRule] = []
        for named in self._named.by_iri.values():
            subject = named.subject
            stereotypes = graph.stereotypes(subject)
            selections.append(
                replace(
                    self._selection(subject, named.name, named.base, stereotypes),
                    bases=tuple(self._named.by_iri[s].name for s in named.supers if s in self._named.by_iri),
                )
            )
            for iri in named.supers:
                if iri in self._named.by_iri:
                    self._presumed.extends(named.base, self._named.by_iri[iri].base, graph.at(subject))
            if CONCRETE in stereotypes:
                roots.append(self._root(subject, named.name))
        for envelope in self._named.envelopes:
            roots += self._enveloped(envelope)
        ranges = self._ranges
        while ranges.waiting:
            waiting = ranges.waiting.pop()
            name = ranges.names[waiting.subject.iri]
            found = self._selection(waiting.subject, name, waiting.base, graph.stereotypes(waiting.subject))
            supers = [k for k in graph.nodes(waiting.subject, SUB_CLASS) if k in self._named.by_iri]
            bases = tuple(sorted(self._named.by_iri[k].name for k in supers))
            selections.append(replace(found, bases=bases, is_anonymous=True))
        shared = {ranges.names[key] for key in ranges.shared}
        for i, selection in enumerate(selections):
            if selection.name in shared:
                selections[i] = replace(selection, is_anonymous=False)
        graph.count_the_rest()
        if not roots:
            self._report.add("CIM362", at=header.location, name=header.name)
        spec = replace(
            header,
            roots=tuple(sorted(roots, key=lambda r: r.class_)),
            selections=tuple(sorted(selections, key=lambda s: s.name)),
        )
        stated = SourceFile(path=self._source.path, format="cimtool", sha256=self._source.sha256)
        return ProfileFile(spec=spec, presupposed=self._presumed.facts(stated, graph.notes))

    def _header(self) -> ProfileSpec:
        """Name, namespace and description: the ontology's; the name is an envelope's if there is one."""
        graph = self._graph
        path = self._source.path
        ontologies = [s for s in graph.subjects.values() if ONTOLOGY in s.types and not s.is_blank]
        spaces = Counter(iri[: iri.rfind("#") + 1] for iri in self._named.by_iri)
        if len(ontologies) > 1:
            ontologies.sort(key=lambda s: (-spaces[s.iri.rstrip("#") + "#"], s.iri))
        space = max(spaces, key=spaces.__getitem__, default=STAND_IN_ROOT)
        subject = ontologies[0] if ontologies else Subject(space)
        graph.subject(subject.iri)
        at = graph.at(subject)
        namespace = subject.iri if subject.iri.endswith(("#", "/")) else subject.iri + "#"
        if namespace.startswith(STAND_IN_ROOT):
            stem = PurePosixPath(path).stem
            namespace = f"urn:cimforge:profile:{profile_name(stem)}#"
            self._report.add("CIM350", at=at, namespace=namespace)
        label = next((graph.label(e) for e in self._named.envelopes), "") or graph.label(subject)
        name = profile_name(label if ontologies else PurePosixPath(path).stem)
        return ProfileSpec(
            name=name,
            namespace=namespace,
            version=graph.text(subject, VERSION),
            title=label if ontologies else name,
            doc=graph.note(subject),
            service=None,
            tightens="intersect",
            location=at,
        )

    def _root(self, subject: Subject, name: str) -> RootRule:
        lower = self._graph.cardinality(subject, CLASS_MIN, name) or 0
        upper = self._graph.cardinality(subject, CLASS_MAX, name)
        if upper is not None and upper < max(lower, 1):
            self._graph.add("CIM354", subject, name=name, lower=lower, upper=upper)
            lower, upper = 0, None
        return RootRule(
            class_=name,
            multiplicity=Multiplicity(lower=lower, upper=upper),
            location=self._graph.at(subject),
        )

    def _enveloped(self, envelope: Subject) -> Iterator[RootRule]:
        """The roots that an envelope lists: each is ``msg:about`` some class."""
        graph = self._graph
        for property_, node in graph.restrictions(envelope, graph.label(envelope)):
            for key in graph.nodes(node, SOME_VALUES) if property_ == ABOUT else ():
                subject = graph.subject(key)
                if subject is None:
                    graph.notes["msg:about a class of which nothing is said"] += 1
                elif key in self._named.by_iri:
                    yield self._root(subject, self._named.by_iri[key].name)
                else:
                    name = self._names.unique(graph.label(subject) or "Root")
                    bases = self._named.bases(subject)
                    supers = [k for k in graph.nodes(subject, SUB_CLASS) if k in self._named.by_iri]
                    if supers and not bases:
                        yield self._root(subject, self._named.by_iri[supers[0]].name)
                    elif bases:
                        self._ranges.names[key] = name
                        self._ranges.shared.add(key)
                        self._ranges.waiting.append(Anonymous(subject=subject, base=bases[0]))
                        yield self._root(subject, name)
                    else:
                        graph.add("CIM358", subject, name=name)

    def _selection(self, subject: Subject, name: str, base: str, stereotypes: tuple[str, ...]) -> Selection:
        """What the profile keeps of ``base`` as the class ``name``; superclasses are the caller's."""
        graph = self._graph
        at = graph.at(subject)
        literals: tuple[str, ...] | None = None
        kinds = [KINDS[s] for s in stereotypes if s in KINDS]
        if ONE_OF in subject.said:
            kinds.append("enumeration")
            literals = tuple(sorted(graph.items(subject, ONE_OF)))
            for literal in literals:
                self._presumed.literal(literal, base, at)
        self._presumed.class_(base, at, stereotypes=kinds)
        return Selection(
            class_=base,
            name=name,
            properties=tuple(self._rules(subject, name, base)),
            literals=literals,
            stereotypes=stereotypes,
            note=graph.note(subject),
            location=at,
        )

    def _rules(self, subject: Subject, owner: str, base: str) -> Iterator[PropertyRule]:
        """One rule for every member of which values are stated, by URI."""
        graph = self._graph
        found: dict[str, _Bounds] = {}
        for property_, node in graph.restrictions(subject, owner):
            bounds = found.get(property_) or found.setdefault(property_, _Bounds(node))
            for predicate in CARDINALITIES:
                if predicate in node.said:
                    name = member_name(owner, property_)
                    bounds.narrow(predicate, graph.cardinality(node, predicate, name))
            bounds.values.update(dict.fromkeys(graph.nodes(node, ALL_VALUES)))
            if SOME_VALUES in node.said:
                graph.notes[SOME_VALUES] += 1
        for property_, bounds in sorted(found.items()):
            if not bounds.values:
                graph.add("CIM360", bounds.node, name=member_name(owner, property_))
            elif bounds.upper is not None and bounds.upper < max(bounds.lower, 1):
                if bounds.upper == bounds.lower == 0:
                    graph.notes["members that owl:maxCardinality 0 leaves out"] += 1
                else:
                    name = member_name(owner, property_)
                    graph.add("CIM354", bounds.node, name=name, lower=bounds.lower, upper=bounds.upper)
            else:
                yield self._rule(property_, bounds, owner, base)

    def _rule(self, property_: str, bounds: _Bounds, owner: str, base: str) -> PropertyRule:
        at = self._graph.at(bounds.node, property_)
        ranges = [self._ranges.of(value, property_, owner, base) for value in bounds.values]
        if any(replace(r, location=ranges[0].location) != ranges[0] for r in ranges[1:]):
            name = member_name(owner, property_)
            self._graph.add("CIM361", bounds.node, name=name, count=len(ranges))
        is_stated = bounds.lower > 0 or bounds.upper is not None
        return replace(
            ranges[0],
            multiplicity=Multiplicity(lower=bounds.lower, upper=bounds.upper) if is_stated else None,
            location=at,
        )
