"""SHACL shapes to facts: what each property shape demands of a member of each class it is for.

Source: SHACL (W3C Recommendation of 2017), core constraint components. Read are those that bound the number
of values, their types, and what a value may be; others are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cimforge.ir.facts import Location, Ref, ShapeFact
from cimforge.ir.ids import ElementId
from cimforge.readers.owl_terms import FIRST, NIL, REST
from cimforge.readers.rdfs_graph import BLANK, IRI, SHAPES, Graph, Subject, Term, fragment
from cimforge.readers.rdfs_profile import KEYWORDS
from cimforge.readers.rdfs_terms import CLASSES, ONTOLOGY
from cimforge.readers.source import RawSource

NODE_SHAPE, PROPERTY_SHAPE = SHAPES + "NodeShape", SHAPES + "PropertyShape"
PROPERTY, PATH, TARGET, NODE = (SHAPES + name for name in ("property", "path", "targetClass", "node"))
_OTHER_TARGETS = tuple(SHAPES + t for t in ("targetNode", "targetSubjectsOf", "targetObjectsOf", "target"))

_FACETS = {
    SHAPES + name: name
    for name in (
        *("minLength", "maxLength", "pattern"),
        *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
    )
}
_READ = frozenset(
    (
        *_FACETS,
        *(PROPERTY, PATH, TARGET, NODE, *_OTHER_TARGETS),
        *(SHAPES + name for name in ("minCount", "maxCount", "datatype", "class", "in", "nodeKind", "flags")),
        *(SHAPES + name for name in ("severity", "message", "description", "name", "order", "group")),
    )
)
_SHAPE_TYPES = frozenset((NODE_SHAPE, PROPERTY_SHAPE))
_ASIDE = frozenset((SHAPES + "PropertyGroup", SHAPES + "PrefixDeclaration"))
_NO_XSD = re.compile(r"\(\?|\\[bBAzZG]|[*+?}]\?|(?<!\\)(?:\\\\)*\\[1-9]")
"""What SPARQL's regular expressions have and XML Schema's do not."""


class Shapes:
    """The shapes of one graph. `notes` counts what is not read, `used` holds the subjects that were."""

    def __init__(self, source: RawSource, graph: Graph) -> None:
        self._file = source.path
        self._subjects = graph.subjects
        self.notes: Counter[str] = Counter()
        self.used: set[str] = set()
        self._seen: set[str] = set()
        self._reached: set[str] = set()
        self._complex: set[str] = set()
        self._unsaid: set[tuple[str, str]] = set()

    def facts(self) -> tuple[ShapeFact, ...]:
        """Each property shape with a simple path once for every class it is for, in the order of the file."""
        found: list[ShapeFact] = []
        keyword = self._keyword()
        for subject in self._subjects.values():
            if not _ASIDE.isdisjoint(subject.types):
                self.used.add(subject.iri)
            elif (
                PROPERTY in subject.said
                or TARGET in subject.said
                or not _SHAPE_TYPES.isdisjoint(subject.types)
            ):
                self.used.add(subject.iri)
                targets = self._targets(subject)
                for shape in self._properties(subject, set()):
                    self.used.add(shape.iri)
                    path = self._path(shape)
                    if targets:
                        self._reached.add(shape.iri)
                    if path is not None:
                        found += [self._fact(shape, subject, target, path, keyword) for target in targets]
        for subject in self._subjects.values():
            if subject.iri in self.used and PATH in subject.said and subject.iri not in self._reached:
                self.notes["shape for no class"] += 1
        return tuple(dict.fromkeys(found))

    def _keyword(self) -> str:
        headers = [s for s in self._subjects.values() if ONTOLOGY in s.types]
        found = [s.said[k][0][0].strip() for s in headers for k in KEYWORDS if k in s.said]
        return found[0] if found else ""

    def _targets(self, subject: Subject) -> list[str]:
        targets = [value for value, kind in subject.said.get(TARGET, ()) if kind == IRI]
        if not subject.is_blank and any(t in CLASSES for t in subject.types):
            targets.append(subject.iri)
        for predicate in subject.said:
            if predicate in _OTHER_TARGETS:
                self.notes[f"shape for {fragment(predicate)}"] += 1
        self._count(subject)
        return list(dict.fromkeys(targets))

    def _properties(self, subject: Subject, seen: set[str]) -> Iterator[Subject]:
        """The property shapes that objects of the node shape satisfy, those of ``sh:node`` with them."""
        if subject.iri in seen or _is_off(subject):
            return
        seen.add(subject.iri)
        if PATH in subject.said:
            yield subject
            return
        for value, kind in subject.said.get(PROPERTY, ()):
            shape = self._subjects.get(value) if kind in (IRI, BLANK) else None
            if shape is None or PATH not in shape.said:
                self.notes["sh:property (no property shape)"] += 1
            elif _is_off(shape):
                self.notes["shape that is deactivated"] += 1
            else:
                yield shape
        for value, _ in subject.said.get(NODE, ()):
            other = self._subjects.get(value)
            if other is not None:
                yield from self._properties(other, seen)

    def _path(self, shape: Subject) -> str | None:
        value, kind = shape.said[PATH][0]
        if kind == IRI:
            return value
        self._count(shape)
        if shape.iri not in self._complex:
            self._complex.add(shape.iri)
            self._list(shape, SHAPES + "in")
            node = self._subjects.get(value)
            form = "sequence"
            if node is not None:
                self.used.update((value, *self._cells(value)))
                form = next((fragment(p) for p in node.said if p.startswith(SHAPES)), form)
            self.notes[f"shape with a path that is no member (sh:path, {form})"] += 1
        return None

    def _count(self, shape: Subject) -> None:
        """Count what the shape says and is not read, once."""
        if shape.iri in self._seen:
            return
        self._seen.add(shape.iri)
        for predicate in shape.said:
            if predicate.startswith(SHAPES) and predicate not in _READ:
                self.notes[f"sh:{fragment(predicate)}"] += 1

    def _fact(self, shape: Subject, node: Subject, target: str, path: str, keyword: str) -> ShapeFact:
        self._count(shape)

        def text(name: str) -> str:
            return next((v.strip() for v, kind in shape.said.get(SHAPES + name, ()) if kind != BLANK), "")

        def ref(name: str) -> Ref | None:
            return next(
                (Ref(by="uri", value=v) for v, k in shape.said.get(SHAPES + name, ()) if k == IRI), None
            )

        return ShapeFact(
            id=ElementId(shape.iri if not shape.is_blank else f"{self._file}#{shape.iri}"),
            target=Ref(by="uri", value=target),
            path=Ref(by="uri", value=path),
            min_count=text("minCount"),
            max_count=text("maxCount"),
            datatype=ref("datatype"),
            class_=ref("class"),
            allowed=tuple(v for v, kind in self._list(shape, SHAPES + "in") if kind != BLANK),
            facets=tuple(self._facets(shape)),
            node_kind=fragment(text("nodeKind")),
            severity=fragment(text("severity")),
            profile=keyword,
            doc=text("description") or text("message"),
            location=Location(file=self._file, line=shape.line or node.line, pointer=shape.iri),
        )

    def _facets(self, shape: Subject) -> Iterator[tuple[str, str]]:
        flags = SHAPES + "flags" in shape.said
        for predicate, facet in _FACETS.items():
            for value, kind in shape.said.get(predicate, ()):
                if kind in (IRI, BLANK):
                    continue
                if facet == "pattern":
                    pattern = None if flags else whole_pattern(value)
                    if pattern is not None:
                        yield facet, pattern
                    elif (shape.iri, value) not in self._unsaid:
                        self._unsaid.add((shape.iri, value))
                        self.notes["sh:pattern that XML Schema cannot say"] += 1
                else:
                    yield facet, value.strip()

    def _list(self, shape: Subject, predicate: str) -> list[Term]:
        if predicate not in shape.said:
            return []
        cells = self._cells(shape.said[predicate][0][0])
        self.used.update(cells)
        return [term for cell in cells for term in self._subjects[cell].said.get(FIRST, ())[:1]]

    def _cells(self, cell: str) -> list[str]:
        """The cells of an RDF list, each once: a list may be shared, and a wrong one may be a ring."""
        found: dict[str, None] = {}
        while cell != NIL and cell not in found and cell in self._subjects:
            found[cell] = None
            cell = self._subjects[cell].said.get(REST, ((NIL, IRI),))[0][0]
        return list(found)


def whole_pattern(pattern: str) -> str | None:
    """A SHACL pattern, which part of a value matches, as one of XML Schema, which the whole value matches.

    None where XML Schema has no such expression.
    """
    if _NO_XSD.search(pattern):
        return None
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", lambda m: "x" * len(m[0]), pattern)
    starts, ends = bare.startswith("^"), bare.endswith("$")
    inner = pattern[starts : len(pattern) - ends]
    bare = bare[starts : len(bare) - ends]
    if "^" in bare or "$" in bare:
        return None
    if "|" in re.sub(r"\([^()]*\)", "", bare):
        if starts or ends:
            return None
        inner = f"({inner})"
    return ("" if starts else r"[\s\S]*") + inner + ("" if ends else r"[\s\S]*")


def _is_off(shape: Subject) -> bool:
    return any(v in ("true", "1") for v, _ in shape.said.get(SHAPES + "deactivated", ()))
