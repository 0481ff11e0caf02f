"""The model section of XMI 2.x, piece by piece: packages as they begin, the rest when it is complete."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.xmi2_drafts import ClassDraft, ConnectorDraft, Draft, MemberDraft
from cimforge.readers.xmi2_kinds import (
    ASSOCIATIONS,
    CLASSES,
    DEFAULT_KINDS,
    MANY_KINDS,
    PACKAGES,
    SIDES,
)
from cimforge.readers.xmi2_names import Names, text_of, true
from cimforge.readers.xmi2_values import annotation, bound, comment, initial_value, type_of
from cimforge.readers.xml_lines import line_of

if TYPE_CHECKING:
    from lxml import etree

_D = TypeVar("_D", bound=Draft)


@dataclass(slots=True)
class Model:
    """What the model section holds, as drafts by ``xmi:id`` in file order."""

    names: Names
    report: Report
    from_ea: bool = False
    """Sparx EA wrote the file: comments are notes on diagrams, and bounds left out are not stated."""
    packages: dict[str, Draft] = field(default_factory=dict)
    classes: dict[str, ClassDraft] = field(default_factory=dict)
    members: dict[str, MemberDraft] = field(default_factory=dict)
    """Attributes, literals and ends alike: an association may list an attribute only later."""
    connectors: dict[str, ConnectorDraft] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    """``xmi:id``s of elements that are counted and not stated."""
    notes: Counter[str] = field(default_factory=Counter)
    _places: dict[ElementId, Draft] = field(default_factory=dict)
    _unnamed: Counter[str] = field(default_factory=Counter)
    """How many elements without an id there are of each owner and name."""

    def at(self, draft: Draft) -> Location:
        """Where an element stands."""
        return Location(file=self.names.path, line=draft.line, pointer=draft.raw or draft.name)

    def open_package(self, element: etree._Element, kind: str, within: str) -> str:
        """The ``xmi:id`` of a package that begins; that of the package around it if its id is taken."""
        draft = self._register(Draft, element, kind, within)
        if draft is None:
            return within
        self.packages[draft.raw] = draft
        return draft.raw

    def take(self, element: etree._Element, within: str) -> None:
        """A complete element of the package ``within``, or of none (``""``)."""
        tag = str(element.tag)
        kind = self.names.kind(element) or DEFAULT_KINDS.get(tag, "")
        if kind in CLASSES:
            self._class(element, kind, within)
        elif kind in ASSOCIATIONS:
            self._association(element, kind, within)
        elif kind in SIDES:
            self._link(element, kind, within)
        elif kind in PACKAGES:
            inside = self.open_package(element, kind, within)
            for child in element:
                self.take(child, inside)
        elif not kind and tag in MANY_KINDS:
            name = element.get("name") or "(unnamed)"
            at = Location(file=self.names.path, line=line_of(element), pointer=self._raw(element))
            self.report.add("CIM166", at=at, tag=tag, name=name)
        elif (owner := self.packages.get(within)) is not None and tag == "name":
            owner.name = element.text or ""
        elif owner is None or not self._text(owner, element, kind):
            self.count(element, kind)

    def take_as(self, element: etree._Element, kind: str) -> None:
        """A complete element that stands outside of every model and is named by its metaclass."""
        if kind in CLASSES:
            self._class(element, kind, "")
        elif kind in ASSOCIATIONS:
            self._association(element, kind, "")
        elif kind in SIDES:
            self._link(element, kind, "")
        else:
            self.count(element, kind)

    def count(self, element: etree._Element, kind: str) -> None:
        """Count an element that is not stated, if it is one and not a property of its owner."""
        if element.tag == self.names.extension:
            kind = "Extension"
        if not kind and not self._raw(element):
            return
        self.notes[kind or str(element.tag).rpartition("}")[2]] += 1
        id_ = self.names.id
        self.counted.update(raw for e in element.iter("*") if (raw := e.get(id_)))

    def _class(self, element: etree._Element, kind: str, within: str) -> None:
        draft = self._register(ClassDraft, element, kind, within)
        if draft is None:
            return
        draft.is_abstract = true(element, "isAbstract")
        self.classes[draft.raw] = draft
        association = self._connector(draft, kind) if kind == "AssociationClass" else None
        for child in element:
            match child.tag:
                case "ownedAttribute" | "ownedLiteral":
                    self._member(child, draft.raw)
                case "generalization" | "interfaceRealization" | "substitution":
                    self._link(child, DEFAULT_KINDS[child.tag], draft.raw)
                case "nestedClassifier" | "packagedElement" | "ownedMember":
                    self.take(child, within)
                case _:
                    if association is None or not self._end(association, child):
                        own = self.names.kind(child) or DEFAULT_KINDS.get(str(child.tag), "")
                        if not self._text(draft, child, own):
                            self.count(child, own)
        if association is not None:
            self._finish(association, element)

    def _association(self, element: etree._Element, kind: str, within: str) -> None:
        draft = self._register(ConnectorDraft, element, kind, within)
        if draft is None:
            return
        self.connectors[draft.raw] = draft
        for child in element:
            if not self._end(draft, child):
                own = self.names.kind(child) or DEFAULT_KINDS.get(str(child.tag), "")
                if not self._text(draft, child, own):
                    self.count(child, own)
        self._finish(draft, element)

    def _connector(self, class_: ClassDraft, kind: str) -> ConnectorDraft:
        """The association that an association class is."""
        draft = ConnectorDraft(
            ElementId(f"{class_.id}-association"), class_.raw, kind, class_.name, class_.line
        )
        self.connectors[class_.raw] = draft
        return draft

    def _end(self, association: ConnectorDraft, child: etree._Element) -> bool:
        """Whether ``child`` is about an end of ``association``; an end that it owns is drafted."""
        match child.tag:
            case "ownedEnd":
                draft = self._member(child, association.raw)
                if draft is not None:
                    draft.association = draft.association or association.raw
                    association.ends.append(draft.raw)
                return True
            case "memberEnd" | "navigableOwnedEnd":
                return True
        return False

    def _finish(self, association: ConnectorDraft, element: etree._Element) -> None:
        """Put the ends in the order in which they are members; note which can be navigated."""
        listed = [r if isinstance(r, str) else r.value for r in self.names.references(element, "memberEnd")]
        association.ends = list(dict.fromkeys((*listed, *association.ends)))
        navigable = self.names.references(element, "navigableOwnedEnd")
        association.navigable = frozenset(r for r in navigable if isinstance(r, str))

    def _link(self, element: etree._Element, kind: str, owner: str) -> None:
        """A generalization or dependency; one that does not name its source belongs to its owner."""
        draft = self._register(ConnectorDraft, element, kind, owner)
        if draft is None:
            return
        source, target = SIDES[kind]
        draft.sources = self.names.references(element, source)
        if not draft.sources and owner in self.classes:
            draft.sources = (owner,)
        draft.targets = self.names.references(element, target)
        self.connectors[draft.raw] = draft
        for child in element.iterchildren("ownedComment", "eAnnotations"):
            self._text(draft, child, DEFAULT_KINDS[str(child.tag)])

    def _member(self, element: etree._Element, owner: str) -> MemberDraft | None:
        names = self.names
        kind = "EnumerationLiteral" if element.tag == "ownedLiteral" else "Property"
        draft = self._register(MemberDraft, element, kind, owner)
        if draft is None:
            return None
        get = element.get
        lower = upper = None
        draft.type = get("type")
        draft.is_constant = get("isReadOnly") == "true"
        draft.aggregation = get("aggregation", "")
        draft.association = get("association", "")
        idref = names.idref
        for child in element:
            tag = child.tag
            if tag == "lowerValue":
                lower = child.get("value") or bound(child, names)
            elif tag == "upperValue":
                upper = child.get("value") or bound(child, names)
            elif tag == "type":
                draft.type = child.get(idref) or type_of(child, names)
            else:
                self._rare(draft, child)
        draft.lower = get("lower") if lower is None else lower
        draft.upper = get("upper") if upper is None else upper
        self.members[draft.raw] = draft
        return draft

    def _rare(self, draft: MemberDraft, child: etree._Element) -> None:
        """A child that few members have, or that other exporters than canonical XMI write as an attribute."""
        names = self.names
        match child.tag:
            case "defaultValue" | "specification":
                draft.default = initial_value(child, names)
            case "ownedComment" | "eAnnotations":
                kind = DEFAULT_KINDS[child.tag]
                if not self._text(draft, child, kind):
                    self.count(child, kind)
            case "association":
                draft.association = str(names.reference(child) or "")
            case "aggregation":
                draft.aggregation = child.text or ""
            case "isReadOnly":
                draft.is_constant = child.text == "true"
            case _:
                self.count(child, names.kind(child))

    def _text(self, draft: Draft, child: etree._Element, kind: str) -> bool:
        """Whether ``child`` is what ``draft`` is documented by."""
        if self.from_ea:
            return False
        text = None
        if kind == "Comment":
            text = comment(child, self.names, draft.raw)
        elif kind == "EAnnotation":
            text = annotation(child)
        if text is None:
            return False
        draft.doc = f"{draft.doc}\n\n{text}" if draft.doc and text else draft.doc or text
        return True

    def _raw(self, element: etree._Element) -> str:
        names = self.names
        return element.get(names.id) or (element.get(names.uuid) if names.uuid else None) or ""

    def _register(self, draft: type[_D], element: etree._Element, kind: str, within: str) -> _D | None:
        """A draft of ``element``; None, and CIM152, if another element has its id.

        What has no id gets one from its owner's, its name, and its number among those alike.
        """
        names = self.names
        name = element.get("name") or text_of(element, "name") or ""
        uuid = element.get(names.uuid, "") if names.uuid else ""
        raw = element.get(names.id) or uuid
        id_ = element_id(names.path, raw, uuid) if raw else self._made_up(name or kind, within)
        made = draft(id_, raw or id_, kind, name, line_of(element), within)
        first = self._places.setdefault(made.id, made)
        if first is made:
            return made
        self.report.add(
            "CIM152",
            at=self.at(made),
            element=made.id,
            related=(self.at(first),),
            first=_described(first),
            second=_described(made),
            id=made.id,
        )
        return None

    def _made_up(self, name: str, within: str) -> ElementId:
        owner = self.classes.get(within) or self.packages.get(within) or self.connectors.get(within)
        id_ = f"{owner.id if owner else self.names.path}.{name}"
        self._unnamed[id_] += 1
        return ElementId(id_ if self._unnamed[id_] == 1 else f"{id_}#{self._unnamed[id_]}")


def _described(draft: Draft) -> str:
    return f"{draft.kind} {draft.name or '(unnamed)'}"
