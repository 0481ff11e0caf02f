"""A small model said once, to be written in every format that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5

SPACE = "http://example.org/hostile#"
PRIMITIVES = ("String", "Integer", "Float", "Decimal", "Boolean", "Date", "DateTime")


@dataclass(frozen=True, kw_only=True)
class Member:
    """An attribute (``type``) or a literal (no type)."""

    name: str
    type: str | None = "String"
    """Key of a class of the sketch, or a primitive's name; anything else dangles."""
    bounds: str = "0..1"
    doc: str = ""
    default: str | None = None
    fixed: bool = False
    key: str = ""
    """What identifies it in its class; its place there if empty."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A class of any kind."""

    name: str
    stereotype: str = ""
    supers: tuple[str, ...] = ()
    """Keys of classes; what is none dangles."""
    members: tuple[Member, ...] = ()
    doc: str = ""
    package: str = ""
    key: str = ""
    """What identifies it in the file; its place there if empty."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """An association, each end with the role by which the other end's class sees it."""

    source: str
    target: str
    source_role: str
    target_role: str
    source_bounds: str = "0..1"
    target_bounds: str = "0..n"


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A model."""

    kinds: tuple[Kind, ...]
    links: tuple[Link, ...] = ()
    packages: tuple[str, ...] = ("Grid",)
    parents: Mapping[str, str] = field(default_factory=dict)
    """Package above a package. XMI nests packages, so only RDF can say that they go in a circle."""
    space: str = SPACE
    keyword: str = ""
    version: str = ""
    primitives: tuple[str, ...] = PRIMITIVES

    def keyed(self) -> tuple[tuple[str, Kind], ...]:
        """Every class with the key that identifies it."""
        return tuple((k.key or f"C{i}", k) for i, k in enumerate(self.kinds))


def enumeration(name: str, *literals: str, doc: str = "", key: str = "") -> Kind:
    """An enumeration."""
    return Kind(
        name=name,
        stereotype="enumeration",
        members=tuple(Member(name=v, type=None, key=f"L{i}") for i, v in enumerate(literals)),
        doc=doc,
        key=key,
    )


def small() -> Sketch:
    """A sound model with one of everything: the start of most cases."""
    return Sketch(
        kinds=(
            Kind(
                name="Asset",
                doc="Something of worth.",
                members=(Member(name="mRID", bounds="1..1"),),
                key="Asset",
            ),
            Kind(
                name="Meter",
                supers=("Asset",),
                doc="A device that counts.",
                members=(
                    Member(name="serial", doc="Written on the plate."),
                    Member(name="kind", type="MeterKind"),
                    Member(name="reading", type="Decimal", bounds="0..n"),
                ),
                key="Meter",
            ),
            enumeration("MeterKind", "gas", "water", key="MeterKind"),
        ),
        links=(Link(source="Meter", target="Asset", source_role="Meters", target_role="Host"),),
    )


def guid(text: str) -> str:
    """A GUID in EA's spelling that stands for ``text``."""
    h = md5(text.encode()).hexdigest().upper()
    return f"{h[:8]}_{h[8:12]}_{h[12:16]}_{h[16:20]}_{h[20:]}"


def escaped(text: str) -> str:
    """``text`` as it stands in XML, between tags or in quotes."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(char, entity)
    return text


def in_attribute(text: str) -> str:
    """``text`` as it stands in quotes, white space and all."""
    return escaped(text).replace("\n", "&#10;").replace("\t", "&#9;")
