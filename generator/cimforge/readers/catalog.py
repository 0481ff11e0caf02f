"""CIMTool's Catalog: a profile with bounds and descriptions as CIMTool took them from the information model.

It is what CIMTool's schema builders read, a product of the profile's OWL. Elements are types (``Root``,
``ComplexType``, ``CompoundType``, ``EnumeratedType``) and their members; a member's element tells what it
leads to. Observed in published Catalogs and in the elements that CIMTool documents for builders.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import SourceFile
from cimforge.ir.profile import ProfileFile, ProfileSpec, PropertyRule, RootRule, Selection
from cimforge.ir.value import replace
from cimforge.readers.catalog_elements import Elements
from cimforge.readers.catalog_packages import Packages
from cimforge.readers.presumed import Presumed, local_name
from cimforge.readers.profile_names import ProfileNames, profile_name
from cimforge.readers.rdfs_graph import XSD
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

TYPES = ("Root", "ComplexType", "CompoundType", "EnumeratedType")
SIMPLE = ("Simple", "Domain")
NAMED = ("Instance", "Reference", "Compound", "Enumerated")
INLINE = ("Complex", "SimpleCompound", "SimpleEnumerated")
KINDS = {
    "CompoundType": ("Compound",),
    "EnumeratedType": ("enumeration",),
    "Compound": ("Compound",),
    "SimpleCompound": ("Compound",),
    "Enumerated": ("enumeration",),
    "SimpleEnumerated": ("enumeration",),
}
"""Elements that tell the kind of the class of the information model."""


def read_catalog(source: RawSource, root: etree._Element, report: Report) -> ProfileFile | None:
    """The profile of a Catalog, and what it takes for granted; None if it has no namespace (CIM367).

    Selections and roots are in the order of their names. What is broken or contradictory is reported (CIM353
    to CIM355, CIM366, CIM367) and left out; attributes that say nothing of the profile are counted.
    """
    return _Reading(source, root, report).file()


class _Reading:
    def __init__(self, source: RawSource, root: etree._Element, report: Report) -> None:
        self._source = source
        self._root = root
        self._report = report
        self._elements = Elements(source.path, report)
        self._presumed = Presumed()
        self._packages = Packages(self._elements, self._presumed)
        self._selections: dict[str, Selection] = {}
        self._roots: list[RootRule] = []
        self._inline: list[tuple[etree._Element, str, str]] = []
        """Types without a name that are still to be read, the name made up for each, and its class."""
        self._names = ProfileNames(())
        self._bases: dict[str, str] = {}
        """``baseClass`` of each type, by its name."""

    def file(self) -> ProfileFile | None:
        """The whole."""
        elements, root = self._elements, self._root
        elements.settle_iris(root)
        base_uri = elements.value(root, "baseURI")
        if base_uri is None:
            return None
        types = [e for e in elements.children(root) if elements.tag(e) in TYPES]
        for message in elements.children(root, "Message"):
            types += elements.children(message, "Root")
            elements.finish(message, ("Root",))
        self._bases = {n: e.get("baseClass", "") for e in reversed(types) if (n := e.get("name", ""))}
        self._names = ProfileNames(self._bases)
        for element in elements.children(root, "Package"):
            self._packages.package(element)
        for element in elements.children(root, "SimpleType"):
            self._packages.simple_type(element)
        for element in types:
            self._type(element)
        while self._inline:
            element, inline, base = self._inline.pop()
            self._selections[inline] = self._content(element, inline, base)
        namespace = base_uri if base_uri.endswith(("#", "/")) else base_uri + "#"
        if not self._roots:
            self._report.add("CIM362", at=elements.at(root), name=root.get("name", "the Catalog"))
        label = root.get("name", "")
        name = profile_name(label or PurePosixPath(self._source.path).stem)
        spec = ProfileSpec(
            name=name,
            namespace=namespace,
            version="",
            title=label or name,
            doc=elements.texts(root, "Note"),
            service=None,
            roots=tuple(sorted(self._roots, key=lambda r: r.class_)),
            selections=tuple(sorted(self._selections.values(), key=lambda s: s.name)),
            tightens="narrow",
            location=elements.at(root),
        )
        elements.stereotypes(root)
        elements.finish(root, (*TYPES, "Message", "Package", "SimpleType", "Note", "Stereotype"))
        elements.report_unread(root)
        stated = SourceFile(path=self._source.path, format="catalog", sha256=self._source.sha256)
        return ProfileFile(spec=spec, presupposed=self._presumed.facts(stated, elements.notes))

    def _type(self, element: etree._Element) -> None:
        """A type with a name, and as a root what stands in documents."""
        elements = self._elements
        name, base = elements.value(element, "name"), elements.value(element, "baseClass")
        if name is None or base is None:
            return
        if name in self._selections:
            first = f"that of line {self._selections[name].location.line}"
            self._report.add("CIM355", at=elements.at(element), name=name, first=first)
            return
        at = elements.at(element)
        kinds = KINDS.get(elements.tag(element), ())
        self._presumed.class_(base, at, package=self._packages.of(element, base), stereotypes=kinds)
        self._selections[name] = replace(self._content(element, name, base), is_anonymous=False)
        bounds = elements.bounds(element, name, default="0..*")
        if elements.tag(element) == "Root" and bounds is not None:
            self._roots.append(RootRule(class_=name, multiplicity=bounds, location=at))

    def _content(self, element: etree._Element, name: str, base: str) -> Selection:
        """What stands in a type, with or without a name."""
        elements = self._elements
        at = elements.at(element)
        self._presumed.class_(base, at, doc=elements.texts(element, "Comment"))
        literals: list[str] = []
        for value in elements.children(element, "EnumeratedValue"):
            uri = elements.value(value, "baseResource")
            if uri is not None:
                literals.append(uri)
                doc = elements.texts(value, "Comment")
                self._presumed.literal(uri, base, elements.at(value), name=value.get("name", ""), doc=doc)
            elements.finish(value, ("Comment",))
        bases: list[str] = []
        for super_ in elements.children(element, "SuperType"):
            above = elements.value(super_, "name")
            if above is not None:
                bases.append(above)
                uri = super_.get("baseClass") or self._bases.get(above)
                if uri:
                    self._presumed.extends(base, uri, elements.at(super_))
            elements.finish(super_, ())
        members = (*SIMPLE, *NAMED, *INLINE, "Choice")
        rules = [
            rule
            for order, child in enumerate(
                [c for c in elements.children(element) if elements.tag(c) in members], start=1
            )
            for rule in self._member(child, name, base, order)
        ]
        first: dict[str, PropertyRule] = {}
        for rule in rules:
            if first.setdefault(rule.property, rule) is not rule:
                member = f"{name}.{local_name(rule.property).rpartition('.')[2]}"
                self._report.add("CIM361", at=rule.location, name=member, count=2)
        stereotypes = elements.stereotypes(element)
        note = elements.texts(element, "Note")
        elements.count(element, "InverseInstance", "InverseReference", "AsciiDoc")
        parts = ("Comment", "Note", "Stereotype", "EnumeratedValue", "SuperType", *members)
        elements.finish(element, parts)
        return Selection(
            class_=base,
            name=name,
            properties=tuple(first.values()),
            bases=tuple(sorted(bases)),
            literals=tuple(sorted(literals)) if literals else None,
            is_anonymous=True,
            stereotypes=stereotypes,
            note=note,
            location=at,
        )

    def _member(self, element: etree._Element, owner: str, base: str, order: int) -> Iterator[PropertyRule]:
        elements = self._elements
        uri = elements.value(element, "baseProperty")
        if uri is None:
            return
        at = replace(elements.at(element), pointer=uri)
        bounds = elements.bounds(element, f"{owner}.{element.get('name', '')}", default="0..1")
        doc = elements.texts(element, "Comment")
        rule = PropertyRule(
            property=uri, multiplicity=bounds, note=elements.texts(element, "Note"), location=at
        )
        tag = elements.tag(element)
        if tag in SIMPLE:
            type_ = elements.value(element, "dataType")
            if type_ is not None and tag == "Domain":
                value = element.get("xstype", "")
                self._presumed.datatype(type_, at, value=XSD + value if value else "")
            found = replace(rule, stereotypes=elements.stereotypes(element))
            self._presumed.member(uri, base, at, type_=type_ or "", bounds=bounds, doc=doc)
            elements.finish(element, ("Comment", "Note", "Stereotype"))
        else:
            found, range_ = self._leads(element, rule, owner, uri)
            self._presumed.member(uri, base, at, range_=range_, bounds=bounds, doc=doc)
        if bounds is not None:
            yield found

    def _leads(
        self, element: etree._Element, rule: PropertyRule, owner: str, uri: str
    ) -> tuple[PropertyRule, str]:
        """The rule of a member that leads to types, and the URI of the class that its values are of."""
        elements = self._elements
        tag = elements.tag(element)
        parts = list(elements.children(element)) if tag == "Choice" else [element]
        alternatives = [p for p in parts if elements.tag(p) in (*NAMED, *INLINE)]
        targets: list[str] = []
        bases: list[str] = []
        for part in alternatives:
            target, base = self._target(part, owner, uri, several=len(alternatives) > 1)
            targets += target
            bases += [base] if base else []
        shared = self._bases.get(element.get("inheritanceBaseType", ""), "")
        range_ = shared or (bases[0] if len(set(bases)) == 1 else "")
        if not range_ and bases:
            # The Catalog does not say what the alternatives share: a class without a name stands for it.
            range_ = f"{uri}-range"
            self._presumed.class_(range_, rule.location, name=local_name(uri).rpartition(".")[2])
        for base in bases:
            self._presumed.extends(base, range_, rule.location)
        stereotypes = elements.stereotypes(element)
        is_reference = all(elements.tag(p) == "Reference" for p in alternatives)
        if tag == "Choice":
            elements.finish(element, ("Comment", "Note", "Stereotype", *NAMED, *INLINE))
        elif tag in NAMED:
            elements.finish(element, ("Comment", "Note", "Stereotype"))
        found = replace(
            rule,
            containment="reference" if is_reference else None,
            targets=tuple(targets),
            stereotypes=tuple(s for s in stereotypes if s != "byreference"),
        )
        return found, range_

    def _target(
        self, element: etree._Element, owner: str, uri: str, *, several: bool
    ) -> tuple[list[str], str]:
        """The name of the type that one element leads to, if it has one in the profile, and its class."""
        elements = self._elements
        at = elements.at(element)
        tag = elements.tag(element)
        base = element.get("baseClass", "")
        if tag in NAMED:
            type_ = elements.value(element, "type")
            if type_ is None:
                return [], base
            if type_ in self._bases:
                base = base or self._bases[type_]
                if base:
                    self._presumed.class_(base, at, stereotypes=KINDS.get(tag, ()))
                return [type_], base
            base = base or self._beside(uri, type_)
            self._presumed.class_(base, at)
            return [], base
        if not base:
            elements.value(element, "baseClass")
            return [], ""
        part = element.get("name", "") if several else ""
        name = self._names.anonymous(owner, local_name(uri), part)
        self._presumed.class_(base, at, stereotypes=KINDS.get(tag, ()))
        self._inline.append((element, name, base))
        return [name], base

    @staticmethod
    def _beside(uri: str, name: str) -> str:
        """The class ``name`` in the namespace of the member ``uri``."""
        return uri[: len(uri) - len(local_name(uri))] + name
