"""What the model says in words, as annotations of a schema."""

from __future__ import annotations

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.emitters.xsd.xml import iri, is_legal, legal, tag
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Meta

_ANNOTATION = tag("annotation")
_APPINFO = tag("appinfo")
_DOCUMENTATION = tag("documentation")
_sub = etree.SubElement


class Words:
    """Writes annotations; what XML cannot carry is replaced and reported (CIM730)."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def annotate(self, parent: etree._Element, meta: Meta, element: ElementId) -> None:
        """Description and deprecation of an element of the model, if it has any."""
        doc = meta.doc
        if not doc and not meta.deprecated:
            return
        if doc.isprintable() and not meta.deprecated and not doc.isspace():  # nearly all
            _sub(_sub(parent, _ANNOTATION), _DOCUMENTATION).text = doc
        else:
            self.document(parent, meta.doc, deprecated=meta.deprecated, at=meta, element=element)

    def document(
        self,
        parent: etree._Element,
        text: str,
        *,
        deprecated: bool = False,
        at: Meta,
        element: ElementId | None = None,
    ) -> None:
        """``text`` as documentation of ``parent``; nothing where it is blank."""
        has_text = bool(text) and not text.isspace()
        if deprecated or has_text:
            annotation = _sub(parent, _ANNOTATION)
            if deprecated:
                _sub(annotation, _APPINFO).text = "deprecated"
            if has_text:
                _sub(annotation, _DOCUMENTATION).text = self.legal(text, at, element)

    def legal(self, text: str, meta: Meta, element: ElementId | None) -> str:
        """``text`` as XML can carry it."""
        if is_legal(text):
            return text
        self.report.add("CIM730", at=meta.location, element=element, text=ascii(text[:60]))
        return legal(text)


def describe_profile(root: etree._Element, unit: Unit) -> None:
    """Title, service and header statements of the profile, so that no statement of the source is lost."""
    annotation = etree.Element(_ANNOTATION)
    spec = unit.spec
    if spec and spec.service:
        service = spec.service
        words = [f"IRM group {service.group}, noun {service.noun}."]
        if service.authority == "project":
            words.append("Interface of this project, not a profile of the IEC.")
        if service.aligns_with:
            words.append(f"Follows the subject of {service.aligns_with}.")
        _sub(annotation, _DOCUMENTATION).text = legal(" ".join(words))
    for profile in unit.model.profiles[:1]:
        text = ". ".join(t.strip().rstrip(".") for t in (profile.title, profile.doc) if t.strip())
        if text:
            _sub(annotation, _DOCUMENTATION).text = legal(text + ".")
        for predicate, value in profile.header:
            _sub(annotation, _APPINFO, {"source": iri(predicate)}).text = legal(value)
    if len(annotation):
        root.append(annotation)
