"""Sample objects of a profile: small, valid, the same in every run; each as JSON and as XML at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from cimforge.emitters.content import owned
from cimforge.emitters.facets import holds, of_value, usable
from cimforge.emitters.lexical import is_value, json_value
from cimforge.emitters.openapi.schemas import UnitSchemas
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    NO_FACETS,
    AssociationEnd,
    Attribute,
    Class,
    Compound,
    Datatype,
    Enumeration,
    Facets,
    Multiplicity,
    Primitive,
    PrimitiveKind,
    Property,
    Root,
)
from cimforge.ir.value import Struct, replace

MRID = "7d9f3c1e-6f0a-4b8e-9a55-0c7f2f8b1a10"
OTHER_MRID = "c2b7a6f4-1d3e-4f59-8e21-5a9d40e6b377"

_TEXT_BY_KIND: dict[PrimitiveKind, str] = {
    PrimitiveKind.STRING: "text",
    PrimitiveKind.BOOLEAN: "true",
    PrimitiveKind.INTEGER: "1",
    PrimitiveKind.FLOAT: "1.5",
    PrimitiveKind.DECIMAL: "1.50",
    PrimitiveKind.DATE: "2026-01-01",
    PrimitiveKind.DATE_TIME: "2026-01-01T00:00:00Z",
    PrimitiveKind.TIME: "00:00:00Z",
    PrimitiveKind.DURATION: "PT15M",
    PrimitiveKind.MONTH_DAY: "--01-01",
    PrimitiveKind.URI: "http://example.org/document",
}
_MAX_HEIGHT = 30
"""Deeper required nesting than this gets no sample; no message that people read is so deep."""
_OPTIONAL_DEPTH = 3
_MAX_COPIES = 20
_MAX_OPTIONAL = 120
_MAX_OBJECTS = 300
_MAX_XML = 50_000


class _NoSampleError(Exception):
    """The smallest document is too big to show, or JSON has no value for one of its members."""


class Sample(Struct, frozen=True, kw_only=True):
    """A document: its JSON value, and its XML element with all that is in it."""

    json: dict[str, Any]
    xml: str


class Samples:
    """Samples of one unit's documents."""

    def __init__(self, schemas: UnitSchemas) -> None:
        self.schemas = schemas
        self.index = schemas.unit.index
        self._room = _MAX_OPTIONAL
        self._objects = 0
        self._members: dict[ElementId, tuple[Property, ...]] = {}
        for class_ in schemas.unit.model.classes:
            flat = schemas.contents.flat(class_.id)
            self._members[class_.id] = tuple(m for m in flat if schemas.stated(m))
        for compound in schemas.unit.model.compounds:
            self._members[compound.id] = tuple(m for m in owned(compound) if schemas.stated(m))
        self._choice_by_id = {c.id: c for c in schemas.contents.choices.values()}
        self._height = self._heights()

    def document(self) -> Sample | None:
        """A sample of the unit's document element; None if none is finite (CIM735) or small enough."""
        envelope = self.schemas.unit.model.envelope
        if envelope is None:
            return None
        self._room, self._objects = _MAX_OPTIONAL, 0
        roots = [r for r in envelope.roots if r.multiplicity.upper != 0]
        try:
            made = [self._root(r) for r in roots if r.multiplicity.is_required] or [
                self._root(r) for r in roots[:1]
            ]
        except _NoSampleError:
            return None
        name = self.schemas.unit.names["xsd"].envelope or envelope.name
        space = escape(envelope.namespace)
        content = "".join(xml for _, _, xml in made)
        types = f' xmlns:m="{space}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        marks = types if " xsi:type=" in content else ""
        return Sample(
            json={key: value for key, value, _ in made},
            xml=f'<{name} xmlns="{space}"{marks}>{content}</{name}>',
        )

    def _root(self, root: Root) -> tuple[str, Any, str]:
        class_id = self._choice(root.class_)
        if self._height.get(class_id, _MAX_HEIGHT + 1) > _MAX_HEIGHT:
            raise _NoSampleError
        name = self.schemas.wire[root.class_]
        value, inner = self._object(class_id, (class_id,))
        mark = self._type_mark(root.class_, class_id)
        values, xml = _copied(value, f"<{name}{mark}>{inner}</{name}>", root.multiplicity)
        return name, values, xml

    def endless(self) -> tuple[ElementId, ...]:
        """A circle of classes each of which requires the next by value; empty where there is none."""
        start = next((c for c in self._members if c not in self._height), None)
        path: list[ElementId] = []
        while start is not None and start not in path:
            path.append(start)
            start = next((t for t in self._required(start) if self._choice(t) not in self._height), None)
            start = self._choice(start) if start is not None else None
        return (*path[path.index(start) :], start) if start is not None else ()

    def _required(self, type_id: ElementId) -> Iterable[ElementId]:
        """Types that an object of ``type_id`` must hold an object of."""
        for member in self._members[type_id]:
            if member.multiplicity.is_required and self._is_nested(member):
                yield member.type
        for choice in self._required_choices(type_id):
            if choice.containment == "value":
                yield choice.id

    def _is_nested(self, member: Property) -> bool:
        if isinstance(member, AssociationEnd):
            return member.containment == "value"
        return isinstance(self.index.by_id[member.type], Compound)

    def _required_choices(self, type_id: ElementId) -> tuple[AssociationEnd, ...]:
        """The choices of ``type_id`` of which something must stand."""
        choices = (self.schemas.contents.choices.get(m.id) for m in self._members[type_id])
        return tuple(dict.fromkeys(c for c in choices if c is not None and c.multiplicity.is_required))

    def _options(self, type_id: ElementId) -> tuple[ElementId, ...]:
        if type_id in self._choice_by_id:
            return tuple(o for a in self._choice_by_id[type_id].alternatives for o in self._options(a))
        if isinstance(self.index.by_id[type_id], Class):
            return self.schemas.alternatives(type_id)
        return (type_id,)

    def _choice(self, type_id: ElementId) -> ElementId:
        """The shallowest type that may stand for ``type_id``, the first of several."""
        return min(self._options(type_id), key=lambda o: self._height.get(o, len(self._members)))

    def _heights(self) -> dict[ElementId, int]:
        """How many levels of required objects each type needs; without those that never end.

        Level by level from the types that require nothing, so that no chain or circle recurses.
        """
        needs = {
            t: [frozenset(self._options(n)) for n in dict.fromkeys(self._required(t))] for t in self._members
        }
        users: dict[ElementId, set[ElementId]] = {}
        for type_id, required in needs.items():
            for options in required:
                for option in options:
                    users.setdefault(option, set()).add(type_id)
        height: dict[ElementId, int] = {}
        level = [t for t, required in needs.items() if not required]
        depth = 0
        while level:
            height.update((t, depth) for t in level)
            depth += 1
            candidates = {u for t in level for u in users.get(t, ()) if u not in height}
            level = sorted(
                u for u in candidates if all(any(o in height for o in options) for options in needs[u])
            )
        return height

    def _object(self, type_id: ElementId, path: tuple[ElementId, ...]) -> tuple[dict[str, Any], str]:
        self._objects += 1
        if self._objects > _MAX_OBJECTS:
            raise _NoSampleError
        json: dict[str, Any] = {}
        xml: list[str] = []
        for member in self._chosen(type_id):
            made = self._member(member, path)
            if made is None:
                continue
            values, text = _copied(*made, member.multiplicity)
            json[self.schemas.wire[member.id]] = values if member.multiplicity.is_list else values[0]
            xml.append(text)
        return json, "".join(xml)

    def _chosen(self, type_id: ElementId) -> Iterator[Property]:
        """The members of ``type_id``; of each choice one option, as often as the choice has to stand."""
        done: set[ElementId] = set()
        members = self._members[type_id]
        for member in members:
            choice = self.schemas.contents.choices.get(member.id)
            if choice is None:
                yield member
            elif choice.id not in done:
                done.add(choice.id)
                same = [m for m in members if self.schemas.contents.choices.get(m.id) == choice]
                option = min(same, key=lambda m: self._height.get(self._choice(m.type), len(self._members)))
                yield replace(option, multiplicity=choice.multiplicity)

    def _member(self, member: Property, path: tuple[ElementId, ...]) -> tuple[Any, str] | None:
        """One value of ``member``; None where an optional one would make the sample too big."""
        required = member.multiplicity.is_required
        if not required:
            if len(path) > _OPTIONAL_DEPTH or self._room <= 0:
                return None
            self._room -= 1
        name = self.schemas.wire[member.id]
        tag = name
        if member.meta.extension:
            name = f"x:{name}"
            tag = f'{name} xmlns:x="{escape(member.meta.extension)}"'
        if self._is_nested(member):
            type_id = self._choice(member.type)
            if not required and (type_id in path or self._height.get(type_id, _MAX_HEIGHT) >= _MAX_HEIGHT):
                return None
            json, inner = self._object(type_id, (*path, type_id))
            return json, f"<{tag}{self._type_mark(member.type, type_id)}>{inner}</{name}>"
        if isinstance(member, AssociationEnd):
            return {"ref": OTHER_MRID}, f'<{tag} ref="{OTHER_MRID}"/>'
        try:
            text, value = self._value(member)
        except _NoSampleError:
            if required:
                raise
            return None
        return value, f"<{tag}>{escape(text, quote=False)}</{name}>"

    def _type_mark(self, declared: ElementId, chosen: ElementId) -> str:
        return "" if declared == chosen else f' xsi:type="m:{self.schemas.wire[chosen]}"'

    def _value(self, attribute: Attribute) -> tuple[str, Any]:
        """Text and JSON value of one value of a simple attribute."""
        type_ = self.index.by_id[attribute.type]
        if isinstance(type_, Datatype):
            type_ = self.index.by_id[type_.value]
        fixed = attribute.default if attribute.is_fixed else None
        if isinstance(type_, Enumeration):
            wires = [self.schemas.wire[x.id] for x in sorted(type_.literals, key=lambda x: x.order)]
            text = fixed if fixed in wires and fixed is not None else (wires[0] if wires else "text")
            return text, text
        if not isinstance(type_, Primitive):
            raise TypeError(f"{attribute.name} is no simple attribute")
        text = _TEXT_BY_KIND[type_.kind]
        if fixed is not None and is_value(type_.kind, fixed):
            text = fixed
        elif attribute.name == "mRID" and type_.kind is PrimitiveKind.STRING:
            text = MRID
        facets = usable(of_value(self.index, attribute), type_.kind)[0]
        if facets != NO_FACETS and fixed is None:
            text = _within(facets, type_.kind, text)
        value = json_value(type_.kind, text)
        if value is None:
            raise _NoSampleError
        return text, value


def _within(facets: Facets, kind: PrimitiveKind, text: str) -> str:
    """``text``, or else another value of ``kind``, that holds to ``facets``."""
    lengths = {int(n) for n in (facets.length, facets.min_length, facets.max_length) if n and len(n) < 4}
    tried = [text, *facets.allowed, MRID, "A", "1", "0", "a", "-1", "1.5"]
    tried += [char * n for n in sorted(lengths) for char in "A1a0"]
    tried += [facets.min_inclusive, facets.max_inclusive, "10", "100", "1000"]
    for candidate in tried:
        if is_value(kind, candidate) and holds(facets, kind, candidate):
            return candidate
    raise _NoSampleError


def _copied(value: Any, xml: str, multiplicity: Multiplicity) -> tuple[list[Any], str]:
    """As many copies as ``multiplicity`` requires, one at least."""
    copies = max(multiplicity.lower, 1)
    if copies > _MAX_COPIES or len(xml) * copies > _MAX_XML:
        raise _NoSampleError
    return [value] * copies, xml * copies
