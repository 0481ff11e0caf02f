"""Types of a schema: what stands in the objects of each classifier."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.content import Contents, owned
from cimforge.emitters.lexical import is_value
from cimforge.emitters.xsd.namespaces import Documents
from cimforge.emitters.xsd.words import Words
from cimforge.emitters.xsd.xml import MODEL_REFERENCE, iri, is_legal, tag
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Multiplicity,
    Primitive,
    Property,
)

_ATTRIBUTE = tag("attribute")
_COMPLEX_CONTENT = tag("complexContent")
_COMPLEX_TYPE = tag("complexType")
_ELEMENT = tag("element")
_ENUMERATION = tag("enumeration")
_EXTENSION = tag("extension")
_GROUP = tag("group")
_RESTRICTION = tag("restriction")
_SEQUENCE = tag("sequence")
_SIMPLE_TYPE = tag("simpleType")
_sub = etree.SubElement

Attributes = dict[str, str]


class Types:
    """Writes the types of one unit into its documents."""

    def __init__(self, documents: Documents, words: Words, report: Report) -> None:
        self.documents = documents
        self.words = words
        self.report = report
        self.unit = documents.unit
        self.wire = documents.wire
        self.contents = Contents(self.unit)
        self.globals: dict[tuple[str, str], tuple[object, Property]] = {}
        self.used = self._used_as_they_are()
        self.reference = _reference(documents.roots[""])

    def write(self) -> None:
        """Write every type: classes, compounds, datatypes, enumerations, each in model order."""
        model = self.unit.model
        for class_ in model.classes:
            self._class(class_)
        for compound in model.compounds:
            parent = self._type(_COMPLEX_TYPE, compound)
            self._members(parent, self.documents.space(compound.meta), compound, owned(compound))
        for datatype in model.datatypes:
            base = self.documents.qname(datatype.value, self.documents.space(datatype.meta))
            _sub(self._type(_SIMPLE_TYPE, datatype), _RESTRICTION, {"base": base})
        for enumeration in model.enumerations:
            self._enumeration(enumeration)

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
        space = self.documents.space(class_.meta)
        if content.base is not None:
            base = self.documents.qname(content.base, space)
            parent = _sub(_sub(parent, _COMPLEX_CONTENT), _EXTENSION, {"base": base})
        self._members(parent, space, class_, content.members)

    def _used_as_they_are(self) -> frozenset[ElementId]:
        """Classes that stand in documents as they are: roots and targets by value."""
        used = {r.class_ for r in self.documents.envelope.roots}
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
            value = self.words.legal(self.wire[literal.id], literal.meta, literal.id)
            if value in seen:
                continue
            seen.add(value)
            attributes = {"value": value}
            if literal.meta.uri:
                attributes[MODEL_REFERENCE] = iri(literal.meta.uri)
            self.words.annotate(_sub(restriction, _ENUMERATION, attributes), literal.meta, literal.id)

    def _type(self, kind: str, classifier: Classifier, *, abstract: bool = False) -> etree._Element:
        attributes = {"name": self.wire[classifier.id]}
        if abstract:
            attributes["abstract"] = "true"
        if classifier.meta.uri:
            attributes[MODEL_REFERENCE] = iri(classifier.meta.uri)
        type_ = _sub(self.documents.roots[self.documents.space(classifier.meta)], kind, attributes)
        self.words.annotate(type_, classifier.meta, classifier.id)
        return type_

    def _members(
        self, parent: etree._Element, space: str, owner: Class | Compound, members: Iterable[Property]
    ) -> None:
        sequence = _sub(parent, _SEQUENCE)
        groups = 0
        for is_foreign, run in groupby(
            members, key=lambda m: bool(space) and not self.documents.space(m.meta)
        ):
            target = sequence
            if is_foreign:
                groups += 1
                name = f"{self.wire[owner.id]}.standard" + (str(groups) if groups > 1 else "")
                _sub(sequence, _GROUP, {"ref": f"m:{name}"})
                self.documents.use("", space)
                target = _sub(_sub(self.documents.roots[""], _GROUP, {"name": name}), _SEQUENCE)
            for member in run:
                where = "" if is_foreign else space
                if self.documents.space(member.meta) != where:
                    self._reference_to_global(target, where, member)
                else:
                    attributes: Attributes = {}
                    occurs(attributes, member.multiplicity)
                    self._declare(target, where, member, attributes)

    def _reference_to_global(self, sequence: etree._Element, space: str, member: Property) -> None:
        """Refer to the member's global element in its extension's document, declaring it at first sight."""
        home = self.documents.space(member.meta)
        key = (home, self.wire[member.id])
        signature = (
            (member.type, member.containment)
            if isinstance(member, AssociationEnd)
            else (member.type, member.is_fixed and member.default)
        )
        if key not in self.globals:
            self.globals[key] = (signature, member)
            self._declare(self.documents.roots[home], home, member, {})
        elif self.globals[key][0] != signature:
            self.report.add(
                "CIM733",
                at=member.meta.location,
                element=member.id,
                related=(self.globals[key][1].meta.location,),
                name=member.name,
                namespace=home,
            )
        self.documents.use(home, space)
        attributes = {"ref": f"{self.documents.prefix_by_namespace[home]}:{key[1]}"}
        occurs(attributes, member.multiplicity)
        _sub(sequence, _ELEMENT, attributes)

    def _declare(self, parent: etree._Element, space: str, member: Property, occurs: Attributes) -> None:
        attributes = {"name": self.wire[member.id]}
        by_reference = isinstance(member, AssociationEnd) and member.containment == "reference"
        if not by_reference:
            attributes["type"] = self.documents.qname(member.type, space)
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
        self.words.annotate(element, member.meta, member.id)
        if by_reference:
            element.append(deepcopy(self.reference))

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


def _reference(root: etree._Element) -> etree._Element:
    """The inline type of an end by reference, as IEC 62361-100 has it: empty, it points elsewhere."""
    inline = etree.Element(_COMPLEX_TYPE, nsmap=root.nsmap)
    _sub(inline, _ATTRIBUTE, {"name": "ref", "type": "xs:string", "use": "required"})
    _sub(inline, _ATTRIBUTE, {"name": "referenceType", "type": "xs:string"})
    return inline


def occurs(attributes: Attributes, multiplicity: Multiplicity, *, explicit: bool = False) -> None:
    """Add the occurrence attributes; those that say what XML Schema assumes only if ``explicit``."""
    if explicit or multiplicity.lower != 1:
        attributes["minOccurs"] = str(multiplicity.lower)
    if explicit or multiplicity.upper != 1:
        attributes["maxOccurs"] = "unbounded" if multiplicity.upper is None else str(multiplicity.upper)
