"""What names stand for in one RDF/XML document: IRIs against bases, ``rdf:ID``, blank nodes, languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import BLANK, IRI, PLAIN, RDF, STAND_IN, STAND_IN_ROOT, Said, Term
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

RDF_NAME = f"{{{RDF}}}"
XML_NAME = "{http://www.w3.org/XML/1998/namespace}"
ABOUT, ID, NODE_ID = RDF_NAME + "about", RDF_NAME + "ID", RDF_NAME + "nodeID"
RESOURCE, DATATYPE, TYPE = RDF_NAME + "resource", RDF_NAME + "datatype", RDF_NAME + "type"
LI = RDF_NAME + "li"
LANG, BASE = XML_NAME + "lang", XML_NAME + "base"
SYNTAX = frozenset(
    RDF_NAME + name
    for name in (
        *("RDF", "Description", "ID", "about", "nodeID", "resource", "datatype", "parseType"),
        *("bagID", "aboutEach", "aboutEachPrefix"),
    )
)
"""Names of RDF's own syntax: no predicates, and no types."""

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
"""Characters that no IRI holds (RFC 3987)."""
_BLANKS_INSIDE = re.compile(r"[^\x00-\x20<>\"{}|\\^`]+(?: +[^\x00-\x20<>\"{}|\\^`]+)+\Z")
_NC_NAME = re.compile(r"[^\W\d][\w.\-·]*")


class Unreadable(Exception):
    """The document breaks the rules of RDF/XML; the report says how."""


class References:
    """The names of one document. Methods that refuse report first, and raise `Unreadable`."""

    def __init__(self, source: RawSource, root: etree._Element, report: Report) -> None:
        self._source = source
        self._root = root
        self._report = report
        self._resolved: dict[str, dict[str, tuple[Term, ...]]] = {}
        self._ids: dict[str, int] = {}
        self.blanks: dict[str, tuple[Term, ...]] = {}
        """Blank nodes by ``rdf:nodeID``, each as the one term it is."""
        self._blank_count = 0
        self.expanded: dict[object, str] = {}
        """IRIs of element names."""
        self._with_blanks: dict[str, int] = {}
        self.unbased: tuple[str, int | None] | None = None
        """The first relative reference in a document without a base, and its line."""

    def resolved(self, base: str) -> dict[str, tuple[Term, ...]]:
        """What references stand for where ``base`` is in force, as far as seen: each as its one term."""
        return self._resolved.setdefault(base, {})

    def resolve(self, value: str, element: etree._Element, base: str) -> tuple[Term, ...]:
        """The one term that reference ``value`` stands for, remembered in ``resolved(base)``."""
        known = self._resolved[base]
        if " " in value and _BLANKS_INSIDE.match(value):
            self._with_blanks.setdefault(value, element.sourceline or 0)
            terms = known[value] = self.resolve(value.replace(" ", "%20"), element, base)
            return terms
        if value.startswith("#") or not value:
            iri = base + value
        elif ABSOLUTE.match(value):
            iri = value
        else:
            iri = self._joined(value, element, base)
        if self.unbased is None and iri.startswith(STAND_IN_ROOT):
            self.unbased = (value, element.sourceline)
        terms = known[value] = ((iri, IRI),)
        return terms

    def iri(self, value: str, element: etree._Element, base: str) -> str:
        """The IRI that reference ``value`` stands for."""
        return (self.resolved(base).get(value) or self.resolve(value, element, base))[0][0]

    def _joined(self, value: str, element: etree._Element, base: str) -> str:
        """``value`` resolved against ``base`` (RFC 3986, 5.2)."""
        from urllib.parse import urljoin

        try:
            return urljoin(base, value)
        except ValueError:
            self.refuse(element, f"the reference {value!r} cannot be resolved against {base!r}")

    def base(self, element: etree._Element, base: str) -> str:
        """The base in force in ``element``, without fragment."""
        own = element.get(BASE)
        if own is None:
            return base
        joined = own if ABSOLUTE.match(own) else self._joined(own, element, base)
        self.resolved(base)[own] = ((joined, IRI),)
        return joined.partition("#")[0]

    def root_base(self) -> str:
        """The base of the document; `STAND_IN` where it declares none."""
        return self.base(self._root, STAND_IN)

    def untagged(self, element: etree._Element, untagged: str) -> str:
        """The kind of plain literals in ``element``: of the language in force, if there is one."""
        own = element.get(LANG)
        return untagged if own is None else "@" + own.lower() if own else PLAIN

    def declared(self, value: str, element: etree._Element, base: str) -> str:
        """The IRI of an ``rdf:ID``, which may stand once (RDF/XML, constraint-id; CIM135)."""
        if not _NC_NAME.fullmatch(value):
            self.refuse(element, f"rdf:ID {value!r} is no name")
        iri = self.iri("#" + value, element, base)
        line = element.sourceline or 0
        if iri in self._ids:
            first = Location(file=self._source.path, line=self._ids[iri])
            at = Location(file=self._source.path, line=line)
            self._report.add("CIM135", at=at, related=(first,), id=value, first=self._ids[iri])
            raise Unreadable
        self._ids[iri] = line
        return iri

    def blank(self) -> str:
        """A new blank node."""
        self._blank_count += 1
        return f"_:b{self._blank_count}"

    def labelled(self, label: str, element: etree._Element) -> tuple[Term, ...]:
        """The one term that an ``rdf:nodeID`` stands for, remembered in `blanks`."""
        known = self.blanks.get(label)
        if known is None:
            if not _NC_NAME.fullmatch(label):
                self.refuse(element, f"rdf:nodeID {label!r} is no name")
            known = self.blanks[label] = ((self.blank(), BLANK),)
        return known

    def expand(self, element: etree._Element, said: Said) -> str:
        """The IRI that the element's name stands for, remembered; ``rdf:li`` is the next ``rdf:_n``."""
        tag = str(element.tag)
        if tag[0] != "{" or tag in SYNTAX:
            self.refuse(element, f"the element {tag.removeprefix(RDF_NAME)} has no place here")
        if tag == LI:
            return f"{RDF}_{1 + sum(key.startswith(RDF + '_') for key in said)}"
        namespace, _, local = tag[1:].partition("}")
        if IN_NO_IRI.search(namespace) or not ABSOLUTE.match(namespace):
            self.refuse(element, f"the namespace {namespace!r} is no IRI")
        iri = self.expanded[element.tag] = namespace + local
        return iri

    def refuse_bad_iris(self) -> None:
        """Refuse references with characters that no IRI has (CIM132): looked for in all of them at once.

        Blanks between other characters are reported (CIM185): they were read as ``%20``.
        """
        odd = self._with_blanks
        if odd:
            first = min(odd, key=lambda value: (odd[value], value))
            at = Location(file=self._source.path, line=odd[first])
            self._report.add("CIM185", at=at, count=len(odd), first=first)
        values = [value for resolved in self._resolved.values() for value in resolved if value not in odd]
        if not IN_NO_IRI.search("#".join(values)):
            return
        for element in self._root.iter():
            for key in (ABOUT, RESOURCE, DATATYPE, TYPE, BASE):
                value = element.get(key)
                bad = None if value is None or value in odd else IN_NO_IRI.search(value)
                if bad is not None:
                    at = Location(file=self._source.path, line=element.sourceline)
                    self._report.add("CIM132", at=at, iri=value, character=ascii(bad[0])[1:-1])
        raise Unreadable

    def refuse(self, element: etree._Element, reason: str) -> NoReturn:
        """Report that the document is no valid RDF/XML (CIM130)."""
        at = Location(file=self._source.path, line=element.sourceline)
        self._report.add("CIM130", at=at, format="RDF/XML", reason=reason)
        raise Unreadable
