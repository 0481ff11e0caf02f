"""From the graph of one RDFS file to facts: the vocabulary (RDFS, cims) is read, nothing interpreted."""

from __future__ import annotations

from collections import Counter

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, PackageFact, Ref, SourceFile
from cimforge.ir.ids import ElementId
from cimforge.readers.rdfs_graph import (
    BLANK,
    CIMS,
    IRI,
    OWL,
    PLAIN,
    RDF,
    RDF_TYPE,
    RDFS,
    Graph,
    Subject,
    fragment,
)
from cimforge.readers.rdfs_profile import profiles
from cimforge.readers.source import RawSource

LABEL, COMMENT, LITERAL = RDFS + "label", RDFS + "comment", RDFS + "Literal"
DOMAIN, RANGE, SUB_CLASS = RDFS + "domain", RDFS + "range", RDFS + "subClassOf"
STEREOTYPE, CATEGORY = CIMS + "stereotype", CIMS + "belongsToCategory"
DATA_TYPE, MULTIPLICITY = CIMS + "dataType", CIMS + "multiplicity"
FIXED, DEFAULT = CIMS + "isFixed", CIMS + "isDefault"
INVERSE, OWL_INVERSE, USED = CIMS + "inverseRoleName", OWL + "inverseOf", CIMS + "AssociationUsed"

CLASSES = {RDFS + "Class": "Class", RDFS + "Datatype": "DataType", OWL + "Class": "Class"}
"""Types that make a class, and the metaclass each stands for."""
MISSPELT = RDFS + "Property"
"""No term of RDFS, but a public generator of CGMES vocabularies writes it for rdf:Property."""
PROPERTIES = frozenset((RDF + "Property", MISSPELT, OWL + "DatatypeProperty", OWL + "ObjectProperty"))
PACKAGE, ONTOLOGY = CIMS + "ClassCategory", OWL + "Ontology"
SHAPES = "http://www.w3.org/ns/shacl#"

KNOWN = frozenset(
    (
        *(RDF_TYPE, LABEL, COMMENT, DOMAIN, RANGE, SUB_CLASS, STEREOTYPE, CATEGORY, DATA_TYPE),
        *(MULTIPLICITY, FIXED, DEFAULT, INVERSE, OWL_INVERSE, USED),
    )
)

Said = dict[str, list[tuple[str, str]]]
"""What is said of one subject: objects with their kinds, by predicate."""


def state(
    source: RawSource, graph: Graph, namespaces: tuple[tuple[str, str], ...], report: Report
) -> Facts | None:
    """The facts of one file, in the order of the file; None if it is RDF that holds no RDFS.

    Statements that have no place in `Facts` stand as tags of their element, or are counted in
    ``Facts.notes``. OWL is CIM112, instance data CIM111; contradictions and gaps are CIM133 to CIM143.
    """
    foreign = _foreign(graph)
    at = Location(file=source.path)
    if foreign == "OWL":
        report.add("CIM112", at=at, found="OWL (a CIMTool profile or schema)", instead="RDFS or XMI 1.1")
        return None
    if foreign:
        expected = "the definitions of classes and properties, not data made by them"
        report.add("CIM111", at=at, found=foreign, expected=expected)
        return None
    return _File(source, graph, report).facts(namespaces)


def _foreign(graph: Graph) -> str:
    """What the file is if it is no vocabulary, ``OWL`` or instance data; empty if it is one, or empty."""
    vocabulary = {RDFS + "Class", RDFS + "Datatype", RDF + "Property", MISSPELT}
    owl = has_cims = False
    other = ""
    for subject in graph.values():
        for predicate, value, _ in subject.statements:
            if predicate == RDF_TYPE:
                if value in vocabulary:
                    return ""
                if value in (
                    OWL + "Class",
                    OWL + "Restriction",
                    OWL + "ObjectProperty",
                    OWL + "DatatypeProperty",
                ):
                    owl = True
                elif value not in (PACKAGE, ONTOLOGY) and not value.startswith((SHAPES, RDF, RDFS, OWL)):
                    other = other or value
            elif predicate.startswith(CIMS):
                has_cims = True
    if owl:
        return "" if has_cims else "OWL"
    return f"instance data (objects of type {other})" if other and not has_cims else ""


class _File:
    """One file on its way from graph to facts."""

    def __init__(self, source: RawSource, graph: Graph, report: Report) -> None:
        self._source = source
        self._graph = graph
        self._report = report
        self._notes: Counter[str] = Counter()
        self._positions: Counter[str] = Counter()
        self._used_blanks: set[str] = set()

    def facts(self, namespaces: tuple[tuple[str, str], ...]) -> Facts:
        """All of it."""
        graph = self._graph
        subjects: list[tuple[Subject, Said, list[str]]] = []
        class_types: dict[str, str] = {}
        for subject in graph.values():
            said: Said = {}
            for predicate, value, kind in subject.statements:
                if predicate in said:
                    said[predicate].append((value, kind))
                else:
                    said[predicate] = [(value, kind)]
            types = [v for v, _ in said.get(RDF_TYPE, ())]
            for type_ in types:
                if type_ in CLASSES:
                    class_types.setdefault(subject.iri, CLASSES[type_])
            subjects.append((subject, said, types))

        packages: list[PackageFact] = []
        classes: list[ClassFact] = []
        members: list[MemberFact] = []
        ontologies: list[Subject] = []
        others: list[tuple[Subject, Said, list[str]]] = []
        misspelt: list[Subject] = []
        for subject, said, types in subjects:
            is_property = not PROPERTIES.isdisjoint(types)
            if subject.iri in class_types and not subject.iri.startswith("_:"):
                if is_property:
                    self._add("CIM141", subject, name=fragment(subject.iri))
                classes.append(self._class(subject, said, class_types[subject.iri]))
            elif is_property:
                if MISSPELT in types:
                    misspelt.append(subject)
                member = self._property(subject, said)
                if member is not None:
                    members.append(member)
            elif PACKAGE in types:
                packages.append(self._package(subject, said))
            elif ONTOLOGY in types:
                ontologies.append(subject)
            else:
                literal = self._literal(subject, said, types, class_types)
                if literal is not None:
                    members.append(literal)
                else:
                    others.append((subject, said, types))
        self._note_others(others)
        if misspelt:
            self._add("CIM138", misspelt[0], count=len(misspelt), first=fragment(misspelt[0].iri))
        if not classes and not members and not any(n.startswith(SHAPES) for n in self._notes):
            self._report.add("CIM139", at=Location(file=self._source.path))
        return Facts(
            sources=(SourceFile(path=self._source.path, format="rdfs", sha256=self._source.sha256),),
            profiles=profiles(self._source, ontologies, packages, classes, members, self._report),
            packages=tuple(packages),
            classes=tuple(classes),
            members=tuple(members),
            notes=tuple(sorted(self._notes.items())),
            namespaces=namespaces,
        )

    def _class(self, subject: Subject, said: Said, metaclass: str) -> ClassFact:
        return ClassFact(
            id=ElementId(subject.iri),
            name=self._name(subject, said, fragment(subject.iri)),
            package=self._ref(subject, said, CATEGORY),
            uri=subject.iri,
            supers=self._refs(subject, said, SUB_CLASS),
            stereotypes=self._stereotypes(said),
            doc=self._text(subject, said, COMMENT),
            tags=self._tags(said),
            metaclass=metaclass,
            location=self._at(subject),
        )

    def _property(self, subject: Subject, said: Said) -> MemberFact | None:
        owner = self._ref(subject, said, DOMAIN)
        local = fragment(subject.iri)
        if owner is None:
            if DOMAIN not in said:
                self._add("CIM136", subject, name=local)
            return None
        fixed = self._value(subject, said, FIXED)
        return MemberFact(
            id=ElementId(subject.iri),
            owner=owner,
            name=self._name(subject, said, local[local.rfind(".") + 1 :]),
            uri=subject.iri,
            type=self._ref(subject, said, DATA_TYPE),
            range=self._ref(subject, said, RANGE),
            multiplicity=self._multiplicity(subject, said),
            default=fixed if fixed is not None else self._value(subject, said, DEFAULT),
            is_constant=fixed is not None,
            position=self._position(owner.value),
            inverse=self._ref(subject, said, INVERSE) or self._ref(subject, said, OWL_INVERSE),
            used=(self._value(subject, said, USED) or "").strip(),
            stereotypes=self._stereotypes(said),
            doc=self._text(subject, said, COMMENT),
            tags=self._tags(said),
            location=self._at(subject),
        )

    def _literal(
        self, subject: Subject, said: Said, types: list[str], class_types: dict[str, str]
    ) -> MemberFact | None:
        """An enumeration literal: its type is a class of this file, or its stereotype says so."""
        if subject.iri.startswith("_:"):
            return None
        stereotypes = self._stereotypes(said)
        owners = [t for t in types if t in class_types]
        if not owners and any(s.casefold() == "enum" for s in stereotypes):
            owners = [t for t in types if not t.startswith((RDF, RDFS, OWL))]
        if not owners:
            return None
        owner, _ = self._one(subject, {RDF_TYPE: [(t, IRI) for t in owners]}, RDF_TYPE) or ("", "")
        for extra in types:
            if extra not in owners:
                self._notes[f"{RDF_TYPE} {extra}"] += 1
        local = fragment(subject.iri)
        return MemberFact(
            id=ElementId(subject.iri),
            owner=Ref(by="uri", value=owner),
            name=self._name(subject, said, local[local.rfind(".") + 1 :]),
            uri=subject.iri,
            default=self._value(subject, said, FIXED) or self._value(subject, said, DEFAULT),
            position=self._position(owner),
            stereotypes=stereotypes,
            doc=self._text(subject, said, COMMENT),
            tags=self._tags(said),
            location=self._at(subject),
        )

    def _package(self, subject: Subject, said: Said) -> PackageFact:
        return PackageFact(
            id=ElementId(subject.iri),
            name=self._name(subject, said, fragment(subject.iri).removeprefix("Package_")),
            parent=self._ref(subject, said, CATEGORY),
            uri=subject.iri,
            stereotypes=self._stereotypes(said),
            doc=self._text(subject, said, COMMENT),
            tags=self._tags(said),
            location=self._at(subject),
        )

    def _position(self, owner: str) -> int:
        position = self._positions[owner]
        self._positions[owner] = position + 1
        return position

    def _at(self, subject: Subject) -> Location:
        lines = subject.lines
        return Location(file=self._source.path, line=lines[0] if lines else None, pointer=subject.iri)

    def _add(self, code: str, subject: Subject, **facts: str | int) -> None:
        self._report.add(code, at=self._at(subject), element=ElementId(subject.iri), related=(), **facts)

    def _name(self, subject: Subject, said: Said, otherwise: str) -> str:
        name = self._text(subject, said, LABEL).strip() if LABEL in said else otherwise
        if not name:
            self._add("CIM137", subject, iri=subject.iri)
        return name

    def _one(self, subject: Subject, said: Said, predicate: str) -> tuple[str, str] | None:
        """The one object of ``predicate``; of texts in several languages the English one, or the first."""
        found = said.get(predicate)
        if found is None or len(found) == 1:
            return found[0] if found else None
        distinct = list(dict.fromkeys(found))
        if predicate in (LABEL, COMMENT):
            best = min(distinct, key=lambda o: (not o[1].startswith("@en"), o[1].startswith("@")))
            for other in distinct:
                if other[1].startswith("@") and other[1] != best[1]:
                    self._notes[predicate + other[1]] += 1
            distinct = [o for o in distinct if o[1] == best[1] or not o[1].startswith("@")]
            distinct = list({o[0]: o for o in distinct}.values())
        if len(distinct) > 1:
            lines = (*subject.lines, None, None)[:2] if len(subject.lines) < 2 else subject.lines[:2]
            self._report.add(
                "CIM133",
                at=Location(file=self._source.path, line=lines[1] or lines[0], pointer=subject.iri),
                element=ElementId(subject.iri),
                related=(Location(file=self._source.path, line=lines[0], pointer=subject.iri),),
                name=fragment(subject.iri) or subject.iri,
                predicate=fragment(predicate),
                first=_shown(distinct[0][0]),
                second=_shown(distinct[1][0]),
            )
        return distinct[0]

    def _text(self, subject: Subject, said: Said, predicate: str) -> str:
        if predicate not in said:
            return ""
        found = self._one(subject, said, predicate)
        if found is None or found[1] in (IRI, BLANK):
            self._notes[predicate] += 1
            return ""
        return found[0]

    def _value(self, subject: Subject, said: Said, predicate: str) -> str | None:
        """A value written as a literal, as a resource (its last name), or as ``rdfs:Literal`` of a node."""
        if predicate not in said:
            return None
        value, kind = self._one(subject, said, predicate) or ("", PLAIN)
        if kind == IRI:
            local = fragment(value)
            return local[local.rfind(".") + 1 :]
        if kind == BLANK:
            node = self._graph.get(value)
            held = [v for p, v, _ in node.statements if p == LITERAL] if node else []
            if not held:
                self._notes[predicate] += 1
                return None
            self._used_blanks.add(value)
            return held[0]
        return value

    def _multiplicity(self, subject: Subject, said: Said) -> str:
        """The text after ``M:``, of a resource or a literal."""
        found = self._one(subject, said, MULTIPLICITY)
        if found is None:
            return ""
        text = fragment(found[0]) if found[1] == IRI and "#" in found[0] else found[0]
        return text.strip().removeprefix("M:")

    def _ref(self, subject: Subject, said: Said, predicate: str) -> Ref | None:
        if predicate not in said:
            return None
        value, kind = self._one(subject, said, predicate) or ("", BLANK)
        return self._reference(subject, predicate, value, kind)

    def _refs(self, subject: Subject, said: Said, predicate: str) -> tuple[Ref, ...]:
        if predicate not in said:
            return ()
        refs = (self._reference(subject, predicate, v, k) for v, k in dict.fromkeys(said[predicate]))
        return tuple(r for r in refs if r is not None)

    def _reference(self, subject: Subject, predicate: str, value: str, kind: str) -> Ref | None:
        if kind == IRI:
            return Ref(by="uri", value=value)
        if kind == BLANK:
            self._notes[predicate + " (blank node)"] += 1
        else:
            name, term = fragment(subject.iri), fragment(predicate)
            self._add("CIM142", subject, name=name, predicate=term, value=_shown(value))
        return None

    def _stereotypes(self, said: Said) -> tuple[str, ...]:
        if STEREOTYPE not in said:
            return ()
        found = []
        for value, kind in said[STEREOTYPE]:
            if kind == BLANK:
                self._notes[STEREOTYPE + " (blank node)"] += 1
            else:
                found.append((fragment(value) if kind == IRI else value).strip())
        return tuple(dict.fromkeys(s for s in found if s))

    def _tags(self, said: Said) -> tuple[tuple[str, str], ...]:
        """Statements of other vocabularies."""
        if KNOWN.issuperset(said):
            return ()
        tags = []
        for predicate, objects in said.items():
            if predicate not in KNOWN:
                for value, kind in objects:
                    if kind == BLANK:
                        self._notes[predicate + " (blank node)"] += 1
                    else:
                        tags.append((predicate, value))
        return tuple(tags)

    def _note_others(self, others: list[tuple[Subject, Said, list[str]]]) -> None:
        """Count the subjects that no fact states, by type."""
        shapes = []
        for subject, _, types in others:
            if subject.iri in self._used_blanks:
                continue
            if any(t.startswith(SHAPES) for t in types):
                shapes.append(subject)
            blank = subject.iri.startswith("_:")
            untyped = "untyped blank node" if blank else "untyped resource"
            self._notes[types[0] if types else untyped] += 1
        if shapes:
            self._add("CIM140", shapes[0], count=len(shapes))


def _shown(value: str) -> str:
    """A value as a message shows it: the whole, if short."""
    line = " ".join(value.split())
    return line if len(line) <= 80 else line[:77] + "…"
