"""Types of a schema: what stands in the objects of each classifier."""

from __future__ import annotations

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.content import Contents, owned
from cimforge.emitters.facets import kind_of
from cimforge.emitters.inline import inline_types
from cimforge.emitters.xsd.members import Members
from cimforge.emitters.xsd.namespaces import Documents
from cimforge.emitters.xsd.restrictions import Restrictions
from cimforge.emitters.xsd.words import Words
from cimforge.emitters.xsd.xml import MODEL_REFERENCE, iri, tag
from cimforge.ir.facets import joined
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Primitive,
)

_COMPLEX_CONTENT = tag("complexContent")
_COMPLEX_TYPE = tag("complexType")
_ENUMERATION = tag("enumeration")
_EXTENSION = tag("extension")
_RESTRICTION = tag("restriction")
_SIMPLE_TYPE = tag("simpleType")
_sub = etree.SubElement


class Types:
    """Writes the types of one unit into its documents."""

    def __init__(self, documents: Documents, words: Words, report: Report) -> None:
        self.documents = documents
        self.words = words
        self.report = report
        self.unit = documents.unit
        self.wire = documents.wire
        self.contents = Contents(self.unit)
        self.restrictions = Restrictions(report)
        # An element's type can stand inline in the document of its own namespace only.
        self.inline = inline_types(self.unit, self.contents) if len(documents.roots) == 1 else frozenset()
        self.used = self._used_as_they_are()
        self.members = Members(
            documents, words, self.contents, self.restrictions, report, self.inline, self._inline
        )

    def write(self) -> None:
        """Write every type: classes, compounds, datatypes, enumerations, each in model order."""
        model = self.unit.model
        for class_ in model.classes:
            if class_.id not in self.inline:
                self._class(class_)
        for compound in model.compounds:
            if compound.id not in self.inline:
                self._compound(compound)
        for datatype in model.datatypes:
            self._datatype(datatype)
        for enumeration in model.enumerations:
            if enumeration.id not in self.inline:
                self._enumeration(enumeration)

    def _inline(self, element: etree._Element, type_id: ElementId) -> None:
        """Write the type within the element that it is the type of."""
        match classifier := self.unit.index.by_id[type_id]:
            case Class():
                self._class(classifier, element)
            case Compound():
                self._compound(classifier, element)
            case Enumeration():
                self._enumeration(classifier, element)

    def _compound(self, compound: Compound, within: etree._Element | None = None) -> None:
        parent = self._type(_COMPLEX_TYPE, compound, within)
        self.members.write(parent, self.documents.space(compound.meta), compound, owned(compound))

    def _datatype(self, datatype: Datatype) -> None:
        base = self.documents.qname(datatype.value, self.documents.space(datatype.meta))
        facets = datatype.facets
        if isinstance(value := self.unit.index.by_id[datatype.value], Primitive):
            facets = joined(value.facets, facets)
        kind = kind_of(self.unit.index, datatype.value)
        facets = self.restrictions.usable(datatype, facets, kind)
        self.restrictions.restrict(self._type(_SIMPLE_TYPE, datatype), base, facets)

    def _class(self, class_: Class, within: etree._Element | None = None) -> None:
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
            _COMPLEX_TYPE, class_, within, abstract=class_.is_abstract and self._needs_subclass(class_)
        )
        space = self.documents.space(class_.meta)
        if content.base is not None:
            base = self.documents.qname(content.base, space)
            parent = _sub(_sub(parent, _COMPLEX_CONTENT), _EXTENSION, {"base": base})
        self.members.write(parent, space, class_, content.members)

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

    def _enumeration(self, enumeration: Enumeration, within: etree._Element | None = None) -> None:
        restriction = _sub(self._type(_SIMPLE_TYPE, enumeration, within), _RESTRICTION, {"base": "xs:string"})
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

    def _type(
        self,
        kind: str,
        classifier: Classifier,
        within: etree._Element | None = None,
        *,
        abstract: bool = False,
    ) -> etree._Element:
        """The type of ``classifier``, still empty: a global one, or that of the element ``within``."""
        attributes = {} if within is not None else {"name": self.wire[classifier.id]}
        if abstract:
            attributes["abstract"] = "true"
        if classifier.meta.uri:
            attributes[MODEL_REFERENCE] = iri(classifier.meta.uri)
        home = self.documents.roots[self.documents.space(classifier.meta)] if within is None else within
        type_ = _sub(home, kind, attributes)
        self.words.annotate(type_, classifier.meta, classifier.id)
        return type_
