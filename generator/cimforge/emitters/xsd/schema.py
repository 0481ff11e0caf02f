"""The schema documents of one profile, built as trees (IEC 62361-100, rules as in domain notes on CIMTool).

Everything standard stands in the profile's own document. What an extension adds stands in a document
of the extension's namespace: its classifiers as types, and each member that it adds to a standard
class as a global element, which the standard class's type refers to in its place. Where an extension's
class takes over standard members, these stand as a group in the profile's document, since an element
can only be declared in the document of its namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import assert_never

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.content import Contents, owned
from cimforge.emitters.lexical import is_value
from cimforge.emitters.protocol import Unit
from cimforge.emitters.xsd.xml import (
    MODEL_REFERENCE,
    SAWSDL,
    XS,
    document,
    iri,
    is_legal,
    is_namespace,
    legal,
    tag,
)
from cimforge.ir.artifact import Artifact
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Envelope,
    Meta,
    Multiplicity,
    Primitive,
    Property,
)

_ANNOTATION = tag("annotation")
_APPINFO = tag("appinfo")
_ATTRIBUTE = tag("attribute")
_COMPLEX_CONTENT = tag("complexContent")
_COMPLEX_TYPE = tag("complexType")
_DOCUMENTATION = tag("documentation")
_ELEMENT = tag("element")
_ENUMERATION = tag("enumeration")
_EXTENSION = tag("extension")
_GROUP = tag("group")
_IMPORT = tag("import")
_RESTRICTION = tag("restriction")
_SCHEMA = tag("schema")
_SEQUENCE = tag("sequence")
_SIMPLE_TYPE = tag("simpleType")

_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_sub = etree.SubElement

Attributes = dict[str, str]


def schema_documents(unit: Unit, stem: str, group: str, header: str, report: Report) -> Iterator[Artifact]:
    """Yield the schema of ``unit`` as ``<group>/<stem>.xsd``, and one for each extension namespace in it."""
    envelope = unit.model.envelope
    if envelope is None or not envelope.namespace:
        report.add("CIM736", name=unit.name)
        return
    spaces = (envelope.namespace, *_extensions(unit))
    if bad := [s for s in spaces if not is_namespace(s)]:
        for space in bad:
            report.add("CIM739", name=unit.name, namespace=ascii(space))
        return
    schema = _Schema(unit, envelope, stem, report)
    elements = tuple(c.id for c in unit.model.classifiers if not isinstance(c, Primitive))
    for name, root in schema.build():
        yield Artifact(path=PurePosixPath(group, name), text=document(root, header), elements=elements)


class _Schema:
    """The documents of one unit while they are built. ``""`` stands for the profile's own namespace."""

    def __init__(self, unit: Unit, envelope: Envelope, stem: str, report: Report) -> None:
        self.unit = unit
        self.envelope = envelope
        self.report = report
        self.contents = Contents(unit)
        self.wire = unit.names["xsd"].by_id
        self.type_by_id: dict[ElementId, tuple[str, str]] = {}
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
        self.imports: dict[str, set[str]] = {s: set() for s in self.roots}
        self.imports[""].update(s for s in self.roots if s)
        self.globals: dict[tuple[str, str], tuple[object, Property]] = {}
        self.used = self._used_as_they_are()

    def _prefixes(self) -> dict[str, str]:
        """Prefix of each namespace: ``m`` for the profile's, the declared one for an extension's."""
        model = self.unit.model
        declared = {uri: prefix for prefix, uri in reversed(model.namespaces)}
        if self.unit.spec and self.unit.spec.extension:
            declared[self.unit.spec.extension.namespace] = self.unit.spec.extension.prefix
        found = {"": "m"}
        for space in _extensions(self.unit):
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
            _SCHEMA,
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

    def build(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield file name and root of every document, the profile's own first."""
        self._front()
        model = self.unit.model
        for class_ in model.classes:
            self._class(class_)
        for compound in model.compounds:
            parent = self._type(_COMPLEX_TYPE, compound)
            self._members(parent, self._space(compound.meta), compound, owned(compound))
        for datatype in model.datatypes:
            base = self._qname(datatype.value, self._space(datatype.meta))
            _sub(self._type(_SIMPLE_TYPE, datatype), _RESTRICTION, {"base": base})
        for enumeration in model.enumerations:
            self._enumeration(enumeration)
        for space, root in self.roots.items():
            for imported in sorted(self.imports[space], reverse=True):
                attributes = {
                    "namespace": iri(imported or self.envelope.namespace),
                    "schemaLocation": self.file_by_namespace[imported],
                }
                root.insert(0, etree.Element(_IMPORT, attributes))
            yield self.file_by_namespace[space], root

    # --- the document element -------------------------------------------------------------------

    def _front(self) -> None:
        root = self.roots[""]
        self._about_profile(root)
        name = self.unit.names["xsd"].envelope or legal(self.envelope.name)
        _sub(root, _ELEMENT, {"name": name, "type": f"m:{name}"})
        type_ = _sub(root, _COMPLEX_TYPE, {"name": name})
        self._documentation(type_, self.envelope.doc, deprecated=False, at=Meta())
        sequence = _sub(type_, _SEQUENCE)
        for item in self.envelope.roots:
            if item.multiplicity.upper == 0:
                continue
            attributes = {"name": self.wire[item.class_], "type": self._qname(item.class_, "")}
            _occurs(attributes, item.multiplicity, explicit=True)
            _sub(sequence, _ELEMENT, attributes)

    def _about_profile(self, root: etree._Element) -> None:
        """Title, service and header statements of the profile, so that no statement of the source is lost."""
        annotation = etree.Element(_ANNOTATION)
        spec = self.unit.spec
        if spec and spec.service:
            service = spec.service
            words = [f"IRM group {service.group}, noun {service.noun}."]
            if service.authority == "project":
                words.append("Interface of this project, not a profile of the IEC.")
            if service.aligns_with:
                words.append(f"Follows the subject of {service.aligns_with}.")
            _sub(annotation, _DOCUMENTATION).text = legal(" ".join(words))
        for profile in self.unit.model.profiles[:1]:
            text = ". ".join(t.strip().rstrip(".") for t in (profile.title, profile.doc) if t.strip())
            if text:
                _sub(annotation, _DOCUMENTATION).text = legal(text + ".")
            for predicate, value in profile.header:
                _sub(annotation, _APPINFO, {"source": iri(predicate)}).text = legal(value)
        if len(annotation):
            root.append(annotation)

    # --- types ----------------------------------------------------------------------------------

    def _class(self, class_: Class) -> None:
        content = self.contents.of(class_)
        for item in content.redefined:
            self.report.add(
                "CIM731",
                at=item.member.meta.location,
                element=item.member.id,
                related=(item.inherited.meta.location,),
                name=class_.name,
                member=item.member.name,
                ancestor=item.ancestor.name,
            )
        for folded in content.folded:
            kept = self.unit.index.class_by_id[content.base].name if content.base else "none"
            self.report.add(
                "CIM732",
                at=class_.meta.location,
                element=class_.id,
                name=class_.name,
                folded=folded.name,
                kept=kept,
            )
        parent = self._type(
            _COMPLEX_TYPE, class_, abstract=class_.is_abstract and self._needs_subclass(class_)
        )
        space = self._space(class_.meta)
        if content.base is not None:
            base = self._qname(content.base, space)
            parent = _sub(_sub(parent, _COMPLEX_CONTENT), _EXTENSION, {"base": base})
        self._members(parent, space, class_, content.members)

    def _used_as_they_are(self) -> frozenset[ElementId]:
        """Classes that stand in documents as they are: roots and targets by value."""
        used = {r.class_ for r in self.envelope.roots}
        for class_ in self.unit.model.classes:
            for member in self.contents.own(class_.id):
                if isinstance(member, AssociationEnd) and member.containment == "value":
                    used.add(member.type)
        return frozenset(used)

    def _needs_subclass(self, class_: Class) -> bool:
        """Whether documents can do without this type: it has a concrete subclass, or no use."""
        return class_.id not in self.used or bool(self.contents.concrete_below(class_.id))

    def _enumeration(self, enumeration: Enumeration) -> None:
        restriction = _sub(self._type(_SIMPLE_TYPE, enumeration), _RESTRICTION, {"base": "xs:string"})
        if not enumeration.literals:
            self.report.add(
                "CIM737", at=enumeration.meta.location, element=enumeration.id, name=enumeration.name
            )
        seen: set[str] = set()
        for literal in sorted(enumeration.literals, key=lambda x: x.order):
            value = self._legal(self.wire[literal.id], literal.meta, literal.id)
            if value in seen:
                continue
            seen.add(value)
            attributes = {"value": value}
            if literal.meta.uri:
                attributes[MODEL_REFERENCE] = iri(literal.meta.uri)
            self._annotate(_sub(restriction, _ENUMERATION, attributes), literal.meta, literal.id)

    def _type(self, kind: str, classifier: Classifier, *, abstract: bool = False) -> etree._Element:
        attributes = {"name": self.wire[classifier.id]}
        if abstract:
            attributes["abstract"] = "true"
        if classifier.meta.uri:
            attributes[MODEL_REFERENCE] = iri(classifier.meta.uri)
        type_ = _sub(self.roots[self._space(classifier.meta)], kind, attributes)
        self._annotate(type_, classifier.meta, classifier.id)
        return type_

    # --- members --------------------------------------------------------------------------------

    def _members(
        self, parent: etree._Element, space: str, owner: Class | Compound, members: Iterable[Property]
    ) -> None:
        sequence = _sub(parent, _SEQUENCE)
        groups = 0
        for is_foreign, run in groupby(members, key=lambda m: bool(space) and not self._space(m.meta)):
            target = sequence
            if is_foreign:
                groups += 1
                name = f"{self.wire[owner.id]}.standard" + (str(groups) if groups > 1 else "")
                _sub(sequence, _GROUP, {"ref": f"m:{name}"})
                self.imports[space].add("")
                target = _sub(_sub(self.roots[""], _GROUP, {"name": name}), _SEQUENCE)
            for member in run:
                where = "" if is_foreign else space
                if self._space(member.meta) != where:
                    self._reference_to_global(target, where, member)
                else:
                    attributes: Attributes = {}
                    _occurs(attributes, member.multiplicity)
                    self._declare(target, where, member, attributes)

    def _reference_to_global(self, sequence: etree._Element, space: str, member: Property) -> None:
        """Refer to the member's global element in its extension's document, declaring it at first sight."""
        home = self._space(member.meta)
        key = (home, self.wire[member.id])
        signature = (
            (member.type, member.containment)
            if isinstance(member, AssociationEnd)
            else (member.type, member.is_fixed and member.default)
        )
        if key not in self.globals:
            self.globals[key] = (signature, member)
            self._declare(self.roots[home], home, member, {})
        elif self.globals[key][0] != signature:
            self.report.add(
                "CIM733",
                at=member.meta.location,
                element=member.id,
                related=(self.globals[key][1].meta.location,),
                name=member.name,
                namespace=home,
            )
        self.imports[space].add(home)
        attributes = {"ref": f"{self.prefix_by_namespace[home]}:{key[1]}"}
        _occurs(attributes, member.multiplicity)
        _sub(sequence, _ELEMENT, attributes)

    def _declare(self, parent: etree._Element, space: str, member: Property, occurs: Attributes) -> None:
        attributes = {"name": self.wire[member.id]}
        by_reference = isinstance(member, AssociationEnd) and member.containment == "reference"
        if not by_reference:
            attributes["type"] = self._qname(member.type, space)
        attributes.update(occurs)
        if isinstance(member, Attribute) and member.is_fixed and member.default is not None:
            if self._is_value(member.type, member.default):
                attributes["fixed"] = member.default
            else:
                self.report.add(
                    "CIM734",
                    at=member.meta.location,
                    element=member.id,
                    name=member.name,
                    value=ascii(member.default),
                    type=self.unit.index.by_id[member.type].name,
                )
        if member.meta.uri:
            attributes[MODEL_REFERENCE] = iri(member.meta.uri)
        element = _sub(parent, _ELEMENT, attributes)
        self._annotate(element, member.meta, member.id)
        if by_reference:
            # Inline, as IEC 62361-100 has it: an empty element that points elsewhere.
            inline = _sub(element, _COMPLEX_TYPE)
            _sub(inline, _ATTRIBUTE, {"name": "ref", "type": "xs:string", "use": "required"})
            _sub(inline, _ATTRIBUTE, {"name": "referenceType", "type": "xs:string"})

    def _is_value(self, type_id: ElementId, text: str) -> bool:
        """Whether ``text`` may be the fixed value of an element of this type, in XML too."""
        type_ = self.unit.index.by_id[type_id]
        if isinstance(type_, Datatype):
            type_ = self.unit.index.by_id[type_.value]
        match type_:
            case Primitive():
                return is_value(type_.kind, text) and is_legal(text)
            case Enumeration():
                return is_legal(text) and any(self.wire[x.id] == text for x in type_.literals)
            case _:
                return False

    def _space(self, meta: Meta) -> str:
        """The namespace that an element stands in; empty for the profile's own."""
        return "" if meta.extension == self.envelope.namespace else meta.extension

    # --- names and words ------------------------------------------------------------------------

    def _qname(self, type_id: ElementId, space: str) -> str:
        """The type's name with its prefix, as a document of ``space`` writes it; imports follow."""
        if type_id not in self.type_by_id:
            self.type_by_id[type_id] = self._named(self.unit.index.by_id[type_id])
        home, name = self.type_by_id[type_id]
        if home != space and home != XS:
            self.imports[space].add(home)
        return name

    def _named(self, type_: Classifier) -> tuple[str, str]:
        match type_:
            case Primitive():
                return XS, f"xs:{type_.kind.value}"
            case Class() | Compound() | Datatype() | Enumeration():
                home = self._space(type_.meta)
                return home, f"{self.prefix_by_namespace[home]}:{self.wire[type_.id]}"
            case _:
                assert_never(type_)

    def _annotate(self, parent: etree._Element, meta: Meta, element: ElementId) -> None:
        if meta.doc or meta.deprecated:
            self._documentation(parent, meta.doc, deprecated=meta.deprecated, at=meta, element=element)

    def _documentation(
        self,
        parent: etree._Element,
        text: str,
        *,
        deprecated: bool,
        at: Meta,
        element: ElementId | None = None,
    ) -> None:
        if deprecated or text.strip():
            annotation = _sub(parent, _ANNOTATION)
            if deprecated:
                _sub(annotation, _APPINFO).text = "deprecated"
            if text.strip():
                _sub(annotation, _DOCUMENTATION).text = self._legal(text, at, element)

    def _legal(self, text: str, meta: Meta, element: ElementId | None) -> str:
        if is_legal(text):
            return text
        self.report.add("CIM730", at=meta.location, element=element, text=ascii(text[:60]))
        return legal(text)


def _extensions(unit: Unit) -> tuple[str, ...]:
    """The extension namespaces that elements of the unit stand in, sorted."""
    model = unit.model
    spaces = {c.meta.extension for c in model.classifiers}
    spaces.update(m.meta.extension for c in model.classes for m in (*c.attributes, *c.ends))
    spaces.update(a.meta.extension for c in model.compounds for a in c.attributes)
    own = model.envelope.namespace if model.envelope else ""
    return tuple(sorted(spaces - {"", own}))


def _extension_file(stem: str, prefix: str) -> str:
    return f"{stem}-ext.xsd" if stem.endswith(f".{prefix}") else f"{stem}.{prefix}-ext.xsd"


def _occurs(attributes: Attributes, multiplicity: Multiplicity, *, explicit: bool = False) -> None:
    """Add the occurrence attributes; those that say what XML Schema assumes only if ``explicit``."""
    if explicit or multiplicity.lower != 1:
        attributes["minOccurs"] = str(multiplicity.lower)
    if explicit or multiplicity.upper != 1:
        attributes["maxOccurs"] = "unbounded" if multiplicity.upper is None else str(multiplicity.upper)
