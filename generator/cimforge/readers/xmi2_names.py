"""Names in XMI 2.x: namespaces of every version, what an element is, what it refers to."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cimforge.ir.facts import Ref
from cimforge.readers.identity import element_id
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

_XMI = re.compile(
    r"http://schema\.omg\.org/spec/XMI/2\.\d+(\.\d+)?|http://www\.omg\.org/spec/XMI/20\d{6}"
    r"|http://www\.omg\.org/XMI"
)
"""XMI 2.0 to 2.5.1: the OMG's old and new namespaces, and that of Eclipse EMF."""

_UML = re.compile(
    r"http://schema\.omg\.org/spec/UML/2\.\d+(\.\d+)?|http://www\.omg\.org/spec/UML/20\d{6}"
    r"|http://www\.eclipse\.org/uml2/[0-9.]+/UML"
)
"""UML 2.0 to 2.5.1 in the same two notations, and that of Eclipse UML2."""

_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def is_xmi(namespace: str) -> bool:
    """Whether ``namespace`` is XMI 2 of a version that is read."""
    return _XMI.fullmatch(namespace) is not None


@lru_cache(maxsize=256)
def is_uml(namespace: str) -> bool:
    """Whether ``namespace`` is UML 2 of a version that is read."""
    return _UML.fullmatch(namespace) is not None


@lru_cache(maxsize=1024)
def split(tag: str) -> tuple[str, str]:
    """Namespace and local name of an element's or attribute's name."""
    space, _, local = tag.rpartition("}")
    return space[1:], local


@dataclass(slots=True)
class Names:
    """How the XMI attributes are called in one file, and what they say."""

    path: str
    id: str
    type: str
    idref: str
    extension: str
    uuid: str = ""
    """Empty in a file that has none: an attribute in a namespace costs time to look up."""
    _kinds: dict[str, str] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, source: RawSource, namespace: str) -> Names:
        """The names under the XMI namespace of a file."""
        words = ("id", "type", "idref", "Extension") + (("uuid",) if b"uuid" in source.data else ())
        return cls(source.path, *(f"{{{namespace}}}{word}" for word in words))

    def kind(self, element: etree._Element) -> str:
        """The UML metaclass of ``element``; ``""`` if it says none.

        ``xmi:type="uml:Class"`` is ``Class``; a type of another language than UML keeps its prefix.
        """
        text = element.get(self.type) or element.get(_XSI_TYPE) or ""
        kind = self._kinds.get(text)
        if kind is None:
            prefix, _, local = text.rpartition(":")
            is_foreign = bool(prefix) and not is_uml(element.nsmap.get(prefix, ""))
            kind = self._kinds[text] = text if is_foreign else local
        return kind

    def references(self, element: etree._Element, name: str) -> tuple[str | Ref, ...]:
        """What the property ``name`` refers to: ids in an attribute, or child elements that refer."""
        if text := element.get(name):
            return tuple(text.split())
        if not len(element):
            return ()
        found = (self.reference(child) for child in element.iterchildren(name))
        return tuple(r for r in found if r)

    def reference(self, element: etree._Element) -> str | Ref | None:
        """What ``element`` refers to: an id of this file (``xmi:idref``), or a place elsewhere (``href``)."""
        get = element.get
        return get(self.idref) or (self._elsewhere(element, href) if (href := get("href")) else None)

    def _elsewhere(self, element: etree._Element, href: str) -> Ref | str:
        """What ``href`` leads to.

        A file beside this one: the element there, by id. A library (``pathmap:``, ``http:``), whose file
        nobody has at hand: a type by its name, which is the fragment, or what MagicDraw says beside it.
        """
        file, _, fragment = href.partition("#")
        if not file:
            return fragment
        for said in element.iter("{*}referenceExtension"):
            if path := said.get("referentPath"):
                return Ref(by="name", value=path.rpartition("::")[2])
        if ":" in file:
            return Ref(by="name", value=unquote(fragment))
        there = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(file)))
        return Ref(by="id", value=element_id(there, fragment))


def text_of(element: etree._Element, name: str) -> str | None:
    """The property ``name`` as an attribute or, as canonical XMI has it, a child element; None if absent."""
    found = element.get(name)
    if found is None and len(element):
        for child in element.iterchildren(name):
            return child.text or ""
    return found


def true(element: etree._Element, name: str) -> bool:
    """Whether the boolean property ``name`` is true; XMI leaves out what is false by default."""
    return text_of(element, name) == "true"
