"""Members of a type: elements, choices between them, and references to those of extensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import groupby

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.content import Contents
from cimforge.emitters.facets import holds, kind_of, of_value
from cimforge.emitters.lexical import is_value
from cimforge.emitters.xsd.namespaces import Documents
from cimforge.emitters.xsd.restrictions import Restrictions
from cimforge.emitters.xsd.words import Words
from cimforge.emitters.xsd.xml import MODEL_REFERENCE, iri, is_legal, tag
from cimforge.ir.facets import joined
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
    Property,
)

_ATTRIBUTE = tag("attribute")
_CHOICE = tag("choice")
_COMPLEX_TYPE = tag("complexType")
_ELEMENT = tag("element")
_GROUP = tag("group")
_SEQUENCE = tag("sequence")
_SIMPLE_TYPE = tag("simpleType")
_sub = etree.SubElement

Attributes = dict[str, str]

_ONE = Multiplicity(lower=1, upper=1)


class Members:
    """Writes the members of types into the documents of one unit.

    ``inline`` are the types without a name, which ``write_inline`` writes into an element.
    """

    def __init__(
        self,
        documents: Documents,
        words: Words,
        contents: Contents,
        restrictions: Restrictions,
        report: Report,
        inline: frozenset[ElementId],
        write_inline: Callable[[etree._Element, ElementId], None],
    ) -> None:
        self.documents = documents
        self.words = words
        self.contents = contents
        self.restrictions = restrictions
        self.report = report
        self.inline = inline
        self.write_inline = write_inline
        self.unit = documents.unit
        self.wire = documents.wire
        self.globals: dict[tuple[str, str], tuple[object, Property]] = {}
        self.reference = _reference(documents.roots[""])

    def write(
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
            where = "" if is_foreign else space
            for choice, options in groupby(run, key=lambda m: self.contents.choices.get(m.id)):
                parent = target if choice is None else self._choice(target, choice)
                for member in options:
                    bounds = member.multiplicity if choice is None else _ONE
                    if self.documents.space(member.meta) != where:
                        self._reference_to_global(parent, where, member, bounds)
                    else:
                        attributes: Attributes = {}
                        occurs(attributes, bounds)
                        self._declare(parent, where, member, attributes)

    def _choice(self, sequence: etree._Element, end: AssociationEnd) -> etree._Element:
        """The choice that ``end`` is, still without its alternatives."""
        attributes: Attributes = {}
        occurs(attributes, end.multiplicity)
        if end.meta.uri:
            attributes[MODEL_REFERENCE] = iri(end.meta.uri)
        choice = _sub(sequence, _CHOICE, attributes)
        self.words.annotate(choice, end.meta, end.id)
        return choice

    def _reference_to_global(
        self, sequence: etree._Element, space: str, member: Property, bounds: Multiplicity
    ) -> None:
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
        occurs(attributes, bounds)
        _sub(sequence, _ELEMENT, attributes)

    def _declare(self, parent: etree._Element, space: str, member: Property, occurs: Attributes) -> None:
        attributes = {"name": self.wire[member.id]}
        by_reference = isinstance(member, AssociationEnd) and member.containment == "reference"
        is_inline = not by_reference and member.type in self.inline
        facets = NO_FACETS
        if isinstance(member, Attribute) and not (member.is_fixed and member.default is not None):
            facets = self._facets(member)
        if not by_reference and not is_inline and facets == NO_FACETS:
            attributes["type"] = self.documents.qname(member.type, space)
        attributes.update(occurs)
        if isinstance(member, Attribute) and member.is_fixed and member.default is not None:
            if self._is_value(member, member.default):
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
        # The choice around an option says what the member is: the option says which class.
        option_of = self.contents.choices.get(member.id)
        meta = member.meta if option_of is None else self.unit.index.by_id[member.type].meta
        if meta.uri:
            attributes[MODEL_REFERENCE] = iri(meta.uri)
        element = _sub(parent, _ELEMENT, attributes)
        if option_of is None:
            self.words.annotate(element, member.meta, member.id)
        if by_reference:
            element.append(self._reference(member.type))
        elif is_inline:
            self.write_inline(element, member.type)
        elif facets != NO_FACETS:
            base = self.documents.qname(member.type, space)
            self.restrictions.restrict(_sub(element, _SIMPLE_TYPE), base, facets)

    def _reference(self, target: ElementId) -> etree._Element:
        """The inline type of an end by reference; like published schemas it says which class is meant."""
        inline = deepcopy(self.reference)
        if uri := self.unit.index.by_id[target].meta.uri:
            inline.set(MODEL_REFERENCE, iri(uri))
        return inline

    def _facets(self, attribute: Attribute) -> Facets:
        """What the attribute's element adds to its type, which for a primitive carries none itself."""
        facets = attribute.facets
        if isinstance(type_ := self.unit.index.by_id[attribute.type], Primitive):
            facets = joined(type_.facets, facets)
        if facets == NO_FACETS:
            return facets
        kind = kind_of(self.unit.index, attribute.type)
        return self.restrictions.usable(attribute, facets, kind)

    def _is_value(self, member: Attribute, text: str) -> bool:
        """Whether ``text`` may be the fixed value of the member's element, in XML too."""
        type_ = self.unit.index.by_id[member.type]
        if isinstance(type_, Datatype):
            type_ = self.unit.index.by_id[type_.value]
        match type_:
            case Primitive():
                facets = of_value(self.unit.index, member)
                return is_value(type_.kind, text) and is_legal(text) and holds(facets, type_.kind, text)
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
