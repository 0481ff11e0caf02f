"""Where each element of a unit stands: namespace, prefix, document, and which document imports which."""

from __future__ import annotations

import re
from typing import assert_never

from lxml import etree

from cimforge.emitters.protocol import Unit
from cimforge.emitters.xsd.xml import SAWSDL, XS, iri, legal, tag
from cimforge.ir.ids import ElementId
from cimforge.ir.index import all_members
from cimforge.ir.model import (
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Envelope,
    Meta,
    Primitive,
)

_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


class Documents:
    """The schema documents of one unit. ``""`` stands for the profile's own namespace."""

    def __init__(self, unit: Unit, envelope: Envelope, stem: str) -> None:
        self.unit = unit
        self.envelope = envelope
        self.wire = unit.names["xsd"].by_id
        self.prefix_by_namespace = self._prefixes()
        self.file_by_namespace = {
            space: f"{stem}.xsd" if not space else _extension_file(stem, prefix)
            for space, prefix in self.prefix_by_namespace.items()
        }
        nsmap = {
            "xs": XS,
            **{p: legal(s or envelope.namespace) for s, p in self.prefix_by_namespace.items()},
            "sawsdl": SAWSDL,
        }
        self.roots = {s: self._root(s or envelope.namespace, nsmap) for s in self.prefix_by_namespace}
        """The ``xs:schema`` of each namespace."""
        self._imports: dict[str, set[str]] = {s: set() for s in self.roots}
        self._imports[""].update(s for s in self.roots if s)
        self._type_by_id: dict[ElementId, tuple[str, str]] = {}

    def space(self, meta: Meta) -> str:
        """The namespace that an element stands in; empty for the profile's own."""
        return "" if meta.extension == self.envelope.namespace else meta.extension

    def use(self, used: str, space: str) -> None:
        """Note that the document of ``space`` uses something of the namespace ``used``."""
        if used != space:
            self._imports[space].add(used)

    def qname(self, type_id: ElementId, space: str) -> str:
        """The type's name with its prefix, as the document of ``space`` writes it, which imports it then."""
        if type_id not in self._type_by_id:
            self._type_by_id[type_id] = self._named(self.unit.index.by_id[type_id])
        home, name = self._type_by_id[type_id]
        if home != XS:
            self.use(home, space)
        return name

    def add_imports(self) -> None:
        """Put the imports at the head of each document."""
        for space, root in self.roots.items():
            for imported in sorted(self._imports[space], reverse=True):
                attributes = {
                    "namespace": iri(imported or self.envelope.namespace),
                    "schemaLocation": self.file_by_namespace[imported],
                }
                root.insert(0, etree.Element(tag("import"), attributes))

    def _named(self, type_: Classifier) -> tuple[str, str]:
        match type_:
            case Primitive():
                return XS, f"xs:{type_.kind.value}"
            case Class() | Compound() | Datatype() | Enumeration():
                home = self.space(type_.meta)
                return home, f"{self.prefix_by_namespace[home]}:{self.wire[type_.id]}"
            case _:
                assert_never(type_)

    def _prefixes(self) -> dict[str, str]:
        """Prefix of each namespace: ``m`` for the profile's, the declared one for an extension's."""
        model = self.unit.model
        declared = {uri: prefix for prefix, uri in reversed(model.namespaces)}
        if self.unit.spec and self.unit.spec.extension:
            declared[self.unit.spec.extension.namespace] = self.unit.spec.extension.prefix
        found = {"": "m"}
        for space in extension_namespaces(self.unit):
            prefix = declared.get(space, "ext")
            if not _PREFIX.match(prefix) or prefix.lower().startswith("xml"):
                prefix = "ext"
            taken = {*found.values(), "xs", "sawsdl"}
            number = 2
            while prefix in taken:
                prefix = f"{prefix.rstrip('0123456789')}{number}"
                number += 1
            found[space] = prefix
        return found

    def _root(self, namespace: str, nsmap: dict[str, str]) -> etree._Element:
        root = etree.Element(
            tag("schema"),
            {
                "targetNamespace": iri(namespace),
                "elementFormDefault": "qualified",
                "attributeFormDefault": "unqualified",
            },
            nsmap=nsmap,
        )
        if self.unit.model.version:
            root.set("version", legal(self.unit.model.version))
        return root


def extension_namespaces(unit: Unit) -> tuple[str, ...]:
    """The extension namespaces that elements of the unit stand in, sorted."""
    model = unit.model
    spaces = {c.meta.extension for c in model.classifiers}
    spaces.update(member.meta.extension for _, member in all_members(model))
    own = model.envelope.namespace if model.envelope else ""
    return tuple(sorted(spaces - {"", own}))


def _extension_file(stem: str, prefix: str) -> str:
    return f"{stem}-ext.xsd" if stem.endswith(f".{prefix}") else f"{stem}.{prefix}-ext.xsd"
