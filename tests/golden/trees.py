"""XML Schemas and JSON Schemas reduced to one neutral tree: types, members in order, bounds, values.

What is left out carries no structure: annotations, model references, order in JSON, ``use`` of attributes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True)
class Member:
    """An element of a sequence, a property of an object, or a choice between elements."""

    name: str
    type: str
    """``xs:…``, the name of a type, ``reference``, ``inline`` or ``choice``."""
    low: int = 1
    high: int | None = 1
    inline: Type | None = None
    alternatives: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Type:
    """A complex type with members, or a simple one with values."""

    base: str = ""
    members: tuple[Member, ...] = ()
    values: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that two trees do not share."""

    kind: str
    where: str
    theirs: str
    ours: str

    def __str__(self) -> str:
        return f"{self.kind} of {self.where}: {self.theirs} | {self.ours}"


@dataclass(frozen=True)
class Tree:
    """One schema."""

    types: dict[str, Type] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)


def xsd_tree(data: bytes) -> Tree:
    """The tree of an XML Schema."""
    root = etree.fromstring(data)
    types = {e.get("name", ""): _type(e) for e in root if e.tag in (XS + "complexType", XS + "simpleType")}
    roots = {e.get("name", ""): _local(e.get("type", "")) for e in root.iterchildren(XS + "element")}
    return Tree(types=types, roots=roots)


def _type(element: etree._Element) -> Type:
    extension = element.find(f"{XS}complexContent/{XS}extension")
    restriction = element.find(f"{XS}restriction")
    if restriction is not None:
        values = [str(e.get("value")) for e in restriction.iterchildren(XS + "enumeration")]
        return Type(base=_local(restriction.get("base", "")), values=tuple(values) or None)
    holder = element if extension is None else extension
    sequences = list(holder.iterchildren(XS + "sequence"))
    members = [m for s in sequences for m in _members(s)]
    return Type(base="" if extension is None else _local(extension.get("base", "")), members=tuple(members))


def _members(sequence: etree._Element) -> Iterator[Member]:
    for element in sequence.iterchildren(XS + "element", XS + "choice", XS + "sequence"):
        if element.tag == XS + "sequence":
            yield from _members(element)
            continue
        low = int(element.get("minOccurs", "1"))
        high = None if element.get("maxOccurs") == "unbounded" else int(element.get("maxOccurs", "1"))
        if element.tag == XS + "choice":
            parts = tuple(_members(element))
            yield Member(_choice(parts), "choice", low, high, alternatives=parts)
            continue
        name = element.get("name", "")
        inner = element.find(XS + "complexType")
        inner = element.find(XS + "simpleType") if inner is None else inner
        if inner is None:
            yield Member(name, _local(element.get("type", "")), low, high)
        elif inner.find(f"{XS}attribute[@name='ref']") is not None:
            yield Member(name, "reference", low, high)
        else:
            yield Member(name, "inline", low, high, inline=_type(inner))


def _choice(parts: tuple[Member, ...]) -> str:
    return " | ".join(p.name for p in parts)


def _local(name: str) -> str:
    return name if name.startswith("xs:") else name.rpartition(":")[2]


def json_tree(data: bytes, schemas: tuple[str, ...]) -> Tree:
    """The tree of a JSON Schema; ``schemas`` is where its definitions stand.

    Inherited properties stand in each object, as in CIMTool's. A choice is its alternatives, none required.
    """
    document = json.loads(data)
    found: Any = document
    for key in schemas:
        found = found[key]
    known = {**found, "#": document}
    types = {name: value for name, value in found.items() if not _is_reference(name)}
    return Tree(types={name: _object(value, known) for name, value in types.items()})


def _is_reference(name: str) -> bool:
    """Whether a definition is what stands for an object elsewhere: one for all, or one for each class."""
    return name == "Reference" or name.endswith("Ref")


def _object(schema: dict[str, Any], known: dict[str, Any]) -> Type:
    if "enum" in schema:
        return Type(base="xs:string", values=tuple(schema["enum"]))
    properties: dict[str, dict[str, Any]] = {}
    required: set[str] = set()
    _collect(schema, known, properties, required, is_choice=False)
    if not properties and schema.get("type") not in (None, "object"):
        return Type(base=_json_type(schema))
    members = [_property(name, value, name in required, known) for name, value in properties.items()]
    return Type(members=tuple(sorted(members, key=lambda m: m.name)))


def _collect(
    schema: dict[str, Any],
    known: dict[str, Any],
    properties: dict[str, dict[str, Any]],
    required: set[str],
    *,
    is_choice: bool,
) -> None:
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    properties.update(schema.get("properties", {}))
    if not is_choice:
        required.update(schema.get("required", ()))
    for part in schema.get("allOf", ()):
        _collect(part, known, properties, required, is_choice=is_choice)
    for key in ("oneOf", "anyOf"):
        for part in schema.get(key, ()):
            _collect(part, known, properties, required, is_choice=True)


def _property(name: str, schema: dict[str, Any], is_required: bool, known: dict[str, Any]) -> Member:
    high: int | None = 1
    low = int(is_required)
    if schema.get("type") == "array":
        high = schema.get("maxItems")
        low = max(low, schema.get("minItems", 0)) if is_required else 0
        schema = schema["items"]
    if "properties" in schema:
        return Member(name, "inline", low, high, inline=_object(schema, known))
    if "enum" in schema:
        return Member(name, "inline", low, high, inline=Type(base="xs:string", values=tuple(schema["enum"])))
    return Member(name, _json_type(schema), low, high)


def _json_type(schema: dict[str, Any]) -> str:
    for part in (schema, *schema.get("allOf", ())):
        if "$ref" in part:
            target = part["$ref"].rpartition("/")[2]
            return "reference" if _is_reference(target) else target
    kind = schema.get("type")
    return "/".join(k for k in kind if k != "null") if isinstance(kind, list) else str(kind)


def differences(theirs: Tree, ours: Tree) -> list[Difference]:
    """Everything that the two do not share, in the order of their names."""
    found: list[Difference] = []
    if theirs.roots != ours.roots:
        found.append(Difference("roots", "the schema", str(theirs.roots), str(ours.roots)))
    for name in sorted(theirs.types.keys() | ours.types.keys()):
        if name not in theirs.types or name not in ours.types:
            mine = "-" if name not in ours.types else _shape(ours.types[name])
            other = "-" if name not in theirs.types else _shape(theirs.types[name])
            found.append(Difference("presence", name, other, mine))
        else:
            found += _compared(name, theirs.types[name], ours.types[name])
    return found


def _shape(type_: Type) -> str:
    if type_.members:
        return f"{len(type_.members)} members"
    return f"{len(type_.values)} values" if type_.values else type_.base or "empty"


def _compared(where: str, theirs: Type, ours: Type) -> Iterator[Difference]:
    if theirs.base != ours.base:
        yield Difference("base", where, theirs.base, ours.base)
    if theirs.values != ours.values:
        yield Difference("values", where, _listed(theirs.values), _listed(ours.values))
    mine = {m.name: m for m in ours.members}
    other = {m.name: m for m in theirs.members}
    for name in [*other, *(n for n in mine if n not in other)]:
        place = f"{where}.{name}"
        if name not in mine or name not in other:
            yield Difference(
                "presence",
                place,
                "-" if name not in other else other[name].type,
                "-" if name not in mine else mine[name].type,
            )
            continue
        a, b = other[name], mine[name]
        if (a.low, a.high) != (b.low, b.high):
            yield Difference("bounds", place, _bounds(a), _bounds(b))
        if a.type != b.type:
            yield Difference("type", place, a.type, b.type)
        elif a.inline is not None and b.inline is not None:
            yield from _compared(place, a.inline, b.inline)
        if a.alternatives and b.alternatives:
            yield from _compared(place, Type(members=a.alternatives), Type(members=b.alternatives))
    shared = [n for n in other if n in mine]
    if shared != [n for n in mine if n in other]:
        yield Difference("order", where, " ".join(shared), " ".join(n for n in mine if n in other))


def _bounds(member: Member) -> str:
    return f"{member.low}..{'*' if member.high is None else member.high}"


def _listed(values: tuple[str, ...] | None) -> str:
    return "any text" if values is None else " ".join(values)
