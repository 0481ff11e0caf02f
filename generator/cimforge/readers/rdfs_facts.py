"""From the graph of one RDFS file to facts: what stands there is stated, nothing interpreted."""

from __future__ import annotations

from collections import Counter

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, PackageFact, Ref, ShapeFact, SourceFile
from cimforge.ir.ids import ElementId
from cimforge.readers.rdfs_graph import IRI, OWL, RDF, RDF_TYPE, RDFS, SHAPES, Graph, Subject, fragment
from cimforge.readers.rdfs_profile import profiles
from cimforge.readers.rdfs_terms import (
    CATEGORY,
    CLASSES,
    COMMENT,
    DATA_TYPE,
    DEFAULT,
    DOMAIN,
    FIXED,
    INVERSE,
    MISSPELT,
    ONTOLOGY,
    OWL_INVERSE,
    PACKAGE,
    PROPERTIES,
    RANGE,
    SUB_CLASS,
    USED,
)
from cimforge.readers.rdfs_values import Values
from cimforge.readers.source import RawSource


def state(source: RawSource, graph: Graph, namespaces: tuple[tuple[str, str], ...], report: Report) -> Facts:
    """The facts of one file, in the order of the file.

    Statements that have no place in `Facts` stand as tags of their element, or are counted in
    ``Facts.notes``. Contradictions and gaps are CIM133 to CIM143.
    """
    return _File(source, graph, report).facts(namespaces)


class _File:
    """One file on its way from graph to facts."""

    def __init__(self, source: RawSource, graph: Graph, report: Report) -> None:
        self._source = source
        self._graph = graph
        self._subjects = graph.subjects
        self._report = report
        self._values = Values(source, graph, report)
        self._positions: Counter[str] = Counter()
        self._metaclasses: dict[str, str] = {}

    def facts(self, namespaces: tuple[tuple[str, str], ...]) -> Facts:
        """All that the file says."""
        for subject in self._subjects.values():
            for type_, _ in subject.said.get(RDF_TYPE, ()):
                if type_ in CLASSES and not subject.is_blank:
                    self._metaclasses.setdefault(subject.iri, CLASSES[type_])

        packages: list[PackageFact] = []
        classes: list[ClassFact] = []
        members: list[MemberFact] = []
        ontologies: list[Subject] = []
        others: list[Subject] = []
        misspelt: list[Subject] = []
        for subject in self._subjects.values():
            types = subject.types
            is_property = not PROPERTIES.isdisjoint(types)
            if subject.iri in self._metaclasses:
                if is_property:
                    self._values.add("CIM141", subject, name=fragment(subject.iri))
                classes.append(self._class(subject))
            elif is_property:
                if MISSPELT in types:
                    misspelt.append(subject)
                members.extend(self._property(subject))
            elif PACKAGE in types:
                packages.append(self._package(subject))
            elif ONTOLOGY in types:
                ontologies.append(subject)
            elif self._is_literal(subject):
                members.append(self._literal(subject))
            else:
                others.append(subject)
        count = len(others)
        shapes = self._shapes(others)
        self._note(others, misspelt, is_empty=not classes and not members and len(others) == count)
        return Facts(
            sources=(SourceFile(path=self._source.path, format="rdfs", sha256=self._source.sha256),),
            profiles=profiles(self._source, ontologies, packages, classes, members, self._report),
            packages=tuple(packages),
            classes=tuple(classes),
            members=tuple(members),
            shapes=shapes,
            notes=tuple(sorted(self._values.notes.items())),
            namespaces=namespaces,
        )

    def _class(self, subject: Subject) -> ClassFact:
        values = self._values
        return ClassFact(
            id=ElementId(subject.iri),
            name=values.name(subject, fragment(subject.iri)),
            package=values.ref(subject, CATEGORY),
            uri=subject.iri,
            supers=values.refs(subject, SUB_CLASS),
            stereotypes=values.stereotypes(subject.said),
            doc=values.text(subject, COMMENT),
            tags=values.tags(subject.said),
            metaclass=self._metaclasses[subject.iri],
            location=values.at(subject),
        )

    def _property(self, subject: Subject) -> tuple[MemberFact, ...]:
        """An attribute or an association end; nothing, reported, if it belongs to no class (CIM136)."""
        values = self._values
        iri = subject.iri
        owner = values.ref(subject, DOMAIN)
        if owner is None:
            if DOMAIN not in subject.said:
                values.add("CIM136", subject, name=fragment(iri))
            return ()
        fixed = values.value(subject, FIXED)
        return (
            MemberFact(
                id=ElementId(iri),
                owner=owner,
                name=values.name(subject, _last_name(iri)),
                uri=iri,
                type=values.ref(subject, DATA_TYPE),
                range=values.ref(subject, RANGE),
                multiplicity=values.multiplicity(subject),
                default=values.value(subject, DEFAULT) if fixed is None else fixed,
                is_constant=fixed is not None,
                position=self._position(owner.value),
                inverse=values.ref(subject, INVERSE) or values.ref(subject, OWL_INVERSE),
                used=(values.value(subject, USED) or "").strip(),
                stereotypes=values.stereotypes(subject.said),
                doc=values.text(subject, COMMENT),
                tags=values.tags(subject.said),
                location=values.at(subject),
            ),
        )

    def _owners(self, subject: Subject) -> list[str]:
        """The enumerations that ``subject`` may be a literal of: its types that are classes of this file.

        Where none is, the stereotype «enum» makes it a literal of a type that another file defines.
        """
        types = subject.types
        owners = [t for t in types if t in self._metaclasses]
        if not owners and any(s.casefold() == "enum" for s in self._values.stereotypes(subject.said)):
            owners = [t for t in types if not t.startswith((RDF, RDFS, OWL))]
        return owners

    def _is_literal(self, subject: Subject) -> bool:
        return not subject.is_blank and bool(self._owners(subject))

    def _literal(self, subject: Subject) -> MemberFact:
        """A literal of an enumeration."""
        values = self._values
        owners = self._owners(subject)
        types = subject.said[RDF_TYPE]
        if len(types) > 1:
            for extra, _ in types:
                if extra not in owners:
                    values.notes[f"{RDF_TYPE} {extra}"] += 1
            subject.said[RDF_TYPE] = tuple((owner, IRI) for owner in owners)
        owner, _ = values.one(subject, RDF_TYPE) or types[0]
        fixed = values.value(subject, FIXED)
        return MemberFact(
            id=ElementId(subject.iri),
            owner=Ref(by="uri", value=owner),
            name=values.name(subject, _last_name(subject.iri)),
            uri=subject.iri,
            default=values.value(subject, DEFAULT) if fixed is None else fixed,
            position=self._position(owner),
            stereotypes=values.stereotypes(subject.said),
            doc=values.text(subject, COMMENT),
            tags=values.tags(subject.said),
            location=values.at(subject),
        )

    def _package(self, subject: Subject) -> PackageFact:
        values = self._values
        return PackageFact(
            id=ElementId(subject.iri),
            name=values.name(subject, fragment(subject.iri).removeprefix("Package_")),
            parent=values.ref(subject, CATEGORY),
            uri=subject.iri,
            stereotypes=values.stereotypes(subject.said),
            doc=values.text(subject, COMMENT),
            tags=values.tags(subject.said),
            location=values.at(subject),
        )

    def _position(self, owner: str) -> int:
        position = self._positions[owner]
        self._positions[owner] = position + 1
        return position

    def _shapes(self, others: list[Subject]) -> tuple[ShapeFact, ...]:
        """The shapes of the file; what served them is no longer among ``others``."""
        if not any(p.startswith(SHAPES) for s in self._subjects.values() for p in s.said):
            return ()
        from cimforge.readers.shacl import Shapes

        shapes = Shapes(self._source, self._graph)
        found = shapes.facts()
        self._values.notes.update(shapes.notes)
        others[:] = [s for s in others if s.iri not in shapes.used]
        return found

    def _note(self, others: list[Subject], misspelt: list[Subject], *, is_empty: bool) -> None:
        """Count, by type, the subjects that no fact states, and say what that means for the file."""
        values = self._values
        for subject in others:
            if subject.iri in values.used_blanks:
                continue
            types = subject.types
            untyped = "untyped blank node" if subject.is_blank else "untyped resource"
            values.notes[types[0] if types else untyped] += 1
        if is_empty:
            self._report.add("CIM139", at=Location(file=self._source.path))
        if misspelt:
            values.add("CIM138", misspelt[0], count=len(misspelt), first=fragment(misspelt[0].iri))


def _last_name(iri: str) -> str:
    local = fragment(iri)
    return local[local.rfind(".") + 1 :]
