"""RDF/XML (W3C Recommendation of 2004 and 2014) to a graph, by one walk over the checked document.

Nearly all of a CIM file is one form: a node with ``rdf:about``, and properties that have a text or
``rdf:resource``. `_Walk.node` reads that form without further calls and hands everything else to
`_Walk._property`. Tests prove that rdflib finds the same graph in every file of the corpus and in
documents made at random. pyoxigraph is not used here: it keeps CR LF, refuses empty XML literals, has no
limit on what entities expand to, and would be a second parse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import (
    BLANK,
    IRI,
    PLAIN,
    RDF,
    RDF_TYPE,
    STAND_IN,
    STAND_IN_ROOT,
    XML,
    Graph,
    Said,
    Subject,
    Term,
    literal,
)
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree

_RDF = f"{{{RDF}}}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT, _ID, _NODE_ID = _RDF + "about", _RDF + "ID", _RDF + "nodeID"
_RESOURCE, _DATATYPE, _PARSE_TYPE = _RDF + "resource", _RDF + "datatype", _RDF + "parseType"
_TYPE, _LANG, _BASE = _RDF + "type", _XML + "lang", _XML + "base"
_DESCRIPTION, _LI = _RDF + "Description", _RDF + "li"
_SYNTAX = frozenset(
    _RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "nodeID", "resource", "datatype", "parseType"),
        *("bagID", "aboutEach", "aboutEachPrefix"),
    )
)
"""Names of RDF's own syntax: no predicates, and no types."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_NC_NAME = re.compile(r"[^\W\d][\w.\-·]*")


class _Unreadable(Exception):
    """The document breaks the rules of RDF/XML; the report says how."""


class _NeedsBlanks(Exception):
    """The document has markup in a literal, where blanks between elements are text."""


def rdf_xml_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph that the document states; None after an error (CIM130, CIM132, CIM135)."""
    try:
        return _Walk(source, tree, report, has_blanks=False).graph()
    except _NeedsBlanks:
        whole = parse_xml(source, report, keep_blanks=True)
    except _Unreadable:
        return None
    try:
        return None if whole is None else _Walk(source, whole, report, has_blanks=True).graph()
    except _Unreadable:
        return None


class _Walk:
    """One document on its way to a graph."""

    def __init__(
        self, source: RawSource, tree: etree._ElementTree, report: Report, *, has_blanks: bool
    ) -> None:
        self._source = source
        self._root = tree.getroot()
        self._report = report
        self._has_blanks = has_blanks
        self._subjects: dict[str, Subject] = {}
        self._resolved: dict[str, dict[str, tuple[Term, ...]]] = {}
        self._expanded: dict[object, str] = {}
        self._kinds: dict[tuple[str, str], str] = {}
        self._ids: dict[str, int] = {}
        self._blanks: dict[str, str] = {}
        self._blank_count = 0
        self._unbased: tuple[str, int | None] | None = None

    def graph(self) -> Graph:
        """All that the document states."""
        root = self._root
        base = (root.get(_BASE) or STAND_IN).partition("#")[0]
        self._is_nested = bool(root.xpath("boolean(/*/*/*/*)"))
        self._has_stray = self._is_nested or bool(
            root.xpath("boolean(/*/text()[normalize-space()]) or boolean(/*/*/text()[normalize-space()])")
        )
        untagged = self._tagged(root, PLAIN)
        self._refuse_text(root)
        for node in root:
            self.node(node, base, untagged)
        self._refuse_bad_iris()
        return Graph(subjects=self._subjects, unbased=self._unbased)

    def node(self, node: etree._Element, base: str, untagged: str) -> str:
        """Read a node element; its IRI or blank node.

        ``untagged`` is the kind of literals that say nothing of their own: `PLAIN`, or the language in force.
        """
        resolved = self._resolved.setdefault(base, {})
        expanded = self._expanded
        items = node.items()
        if len(items) == 1 and items[0][0] == _ABOUT:
            value = items[0][1]
            key = (resolved.get(value) or self._resolve(value, node, base))[0][0]
            subject = self._begin(key, node)
        else:
            base, untagged = self._based(node, base), self._tagged(node, untagged)
            resolved = self._resolved.setdefault(base, {})
            subject = self._identified(node, base)
            self._said_by_attributes(subject, node, base, untagged)
        if node.tag != _DESCRIPTION:
            subject.say(RDF_TYPE, ((expanded.get(node.tag) or self._expand(node, {}), IRI),))
        if self._has_stray:
            self._refuse_text(node)
        said = subject.said
        is_nested = self._is_nested
        kinds = self._kinds
        for element in node:
            predicate = expanded.get(element.tag) or self._expand(element, said)
            items = element.items()
            if is_nested and len(element):
                terms = self._property(subject, predicate, element, base, untagged)
            elif not items:
                terms = ((element.text or "", untagged),)
            else:
                key, value = items[0]
                if len(items) > 1:
                    terms = self._property(subject, predicate, element, base, untagged)
                elif key == _RESOURCE:
                    if element.text and not element.text.isspace():
                        self._refuse(element, "a property has both rdf:resource and a text")
                    terms = resolved.get(value) or self._resolve(value, element, base)
                else:
                    kind = kinds.get(items[0])
                    if kind is None:
                        terms = self._property(subject, predicate, element, base, untagged)
                    else:
                        terms = ((element.text or "", kind),)
            if predicate in said:
                said[predicate] += terms
            else:
                said[predicate] = terms
        return subject.iri

    def _property(
        self, subject: Subject, predicate: str, element: etree._Element, base: str, untagged: str
    ) -> tuple[Term, ...]:
        """The object of a property of any form; statements that its parts make are added."""
        base, untagged = self._based(element, base), self._tagged(element, untagged)
        attributes = dict(element.items())
        parse_type = attributes.get(_PARSE_TYPE)
        if parse_type == "Resource":
            inner = self._subject(self._blank())
            self._properties_of(inner, element, base, untagged)
            term = (inner.iri, BLANK)
        elif parse_type == "Collection":
            self._refuse_text(element)
            term = self._list([self.node(child, base, untagged) for child in element])
        elif parse_type is not None:
            if len(element) and not self._has_blanks:
                raise _NeedsBlanks
            term = ("".join(map(str, element.itertext())), XML)
        elif len(element):
            self._refuse_text(element)
            if len(element) > 1:
                self._refuse(element, "a property holds more than one node")
            if attributes.keys() & {_RESOURCE, _NODE_ID, _DATATYPE}:
                self._refuse(element, "a property has both a node and an attribute that stands for one")
            iri = self.node(element[0], base, untagged)
            term = (iri, BLANK if iri.startswith("_:") else IRI)
        elif _DATATYPE in attributes:
            datatype = attributes[_DATATYPE]
            term = literal(element.text or "", None, self._iri(datatype, element, base))
            if term[1] != XML and _ABSOLUTE.match(datatype):
                self._kinds[_DATATYPE, datatype] = term[1]
        elif attributes.keys() <= {_ID, _LANG, _BASE}:
            term = (element.text or "", untagged)
            if _LANG in attributes:
                self._kinds[_LANG, attributes[_LANG]] = untagged
        else:
            if element.text is not None and not element.text.isspace():
                self._refuse(element, "a property has both a text and attributes that make a node")
            if _RESOURCE in attributes:
                term = (self._iri(attributes[_RESOURCE], element, base), IRI)
            else:
                label = attributes.get(_NODE_ID)
                term = (self._blank() if label is None else self._labelled(label, element), BLANK)
            if attributes.keys() - {_RESOURCE, _NODE_ID, _ID, _LANG, _BASE}:
                self._said_by_attributes(self._subject(term[0]), element, base, untagged)
        if _ID in attributes:
            self._reify(attributes[_ID], subject, predicate, term, element, base)
        return (term,)

    def _properties_of(self, inner: Subject, element: etree._Element, base: str, untagged: str) -> None:
        """Read ``element``'s children as properties of ``inner`` (``parseType="Resource"``)."""
        self._refuse_text(element)
        for child in element:
            predicate = self._expanded.get(child.tag) or self._expand(child, inner.said)
            inner.say(predicate, self._property(inner, predicate, child, base, untagged))

    def _said_by_attributes(
        self, subject: Subject, element: etree._Element, base: str, untagged: str
    ) -> None:
        for key, value in element.items():
            if key in (_ABOUT, _ID, _NODE_ID, _RESOURCE) or key.startswith(_XML):
                continue
            if key == _TYPE:
                subject.say(RDF_TYPE, ((self._iri(value, element, base), IRI),))
            elif key[0] != "{" or key in _SYNTAX or key == _LI:
                self._refuse(element, f"the attribute {key.removeprefix(_RDF)} has no place here")
            else:
                namespace, _, local = key[1:].partition("}")
                subject.say(namespace + local, ((value, untagged),))

    def _identified(self, node: etree._Element, base: str) -> Subject:
        names = [key for key in (_ABOUT, _ID, _NODE_ID) if key in node.attrib]
        if len(names) > 1:
            self._refuse(node, "a node has more than one of rdf:about, rdf:ID and rdf:nodeID")
        if not names:
            return self._begin(self._blank(), node)
        value = node.attrib[names[0]]
        if names[0] == _NODE_ID:
            return self._begin(self._labelled(value, node), node)
        if names[0] == _ID:
            return self._begin(self._declared(value, node, base), node)
        return self._begin(self._iri(value, node, base), node)

    def _begin(self, key: str, node: etree._Element) -> Subject:
        subject = self._subject(key)
        subject.begin(node.sourceline or 0)
        return subject

    def _subject(self, key: str) -> Subject:
        subject = self._subjects.get(key)
        if subject is None:
            subject = self._subjects[key] = Subject(key)
        return subject

    def _blank(self) -> str:
        self._blank_count += 1
        return f"_:b{self._blank_count}"

    def _labelled(self, label: str, element: etree._Element) -> str:
        if not _NC_NAME.fullmatch(label):
            self._refuse(element, f"rdf:nodeID {label!r} is no name")
        if label not in self._blanks:
            self._blanks[label] = self._blank()
        return self._blanks[label]

    def _declared(self, value: str, element: etree._Element, base: str) -> str:
        """The IRI of an ``rdf:ID``, which may stand once (RDF/XML, constraint-id)."""
        if not _NC_NAME.fullmatch(value):
            self._refuse(element, f"rdf:ID {value!r} is no name")
        iri = self._iri("#" + value, element, base)
        line = element.sourceline or 0
        if iri in self._ids:
            first = Location(file=self._source.path, line=self._ids[iri])
            at = Location(file=self._source.path, line=line)
            self._report.add("CIM135", at=at, related=(first,), id=value, first=self._ids[iri])
            raise _Unreadable
        self._ids[iri] = line
        return iri

    def _list(self, items: list[str]) -> Term:
        rest: Term = (RDF + "nil", IRI)
        for item in reversed(items):
            cell = self._subject(self._blank())
            cell.say(RDF + "first", ((item, BLANK if item.startswith("_:") else IRI),))
            cell.say(RDF + "rest", (rest,))
            rest = (cell.iri, BLANK)
        return rest

    def _reify(
        self, value: str, subject: Subject, predicate: str, term: Term, element: etree._Element, base: str
    ) -> None:
        statement = self._subject(self._declared(value, element, base))
        statement.say(RDF_TYPE, ((RDF + "Statement", IRI),))
        statement.say(RDF + "subject", ((subject.iri, BLANK if subject.is_blank else IRI),))
        statement.say(RDF + "predicate", ((predicate, IRI),))
        statement.say(RDF + "object", (term,))

    def _iri(self, value: str, element: etree._Element, base: str) -> str:
        known = self._resolved.setdefault(base, {}).get(value)
        return (known or self._resolve(value, element, base))[0][0]

    def _resolve(self, value: str, element: etree._Element, base: str) -> tuple[Term, ...]:
        """The one term that reference ``value`` stands for, remembered for `_refuse_bad_iris`."""
        if value.startswith("#") or not value:
            iri = base + value
        elif _ABSOLUTE.match(value):
            iri = value
        else:
            iri = _joined(base, value)
        if base == STAND_IN and iri.startswith(STAND_IN_ROOT):
            self._unbased = self._unbased or (value, element.sourceline)
        terms = self._resolved[base][value] = ((iri, IRI),)
        return terms

    def _refuse_bad_iris(self) -> None:
        """Refuse references with characters that no IRI has: looked for once, in all of them together."""
        values = [value for resolved in self._resolved.values() for value in resolved]
        if not _IN_NO_IRI.search("#".join(values)):
            return
        for element in self._root.iter():
            for key in (_ABOUT, _RESOURCE, _DATATYPE, _TYPE, _BASE, _ID):
                value = element.get(key)
                bad = None if value is None else _IN_NO_IRI.search(value)
                if bad is not None:
                    at = Location(file=self._source.path, line=element.sourceline)
                    self._report.add("CIM132", at=at, iri=value, character=ascii(bad[0])[1:-1])
        raise _Unreadable

    def _based(self, element: etree._Element, base: str) -> str:
        """The base in force in ``element``."""
        own = element.get(_BASE)
        if own is None:
            return base
        return self._iri(own, element, base).partition("#")[0]

    def _tagged(self, element: etree._Element, untagged: str) -> str:
        """The kind of plain literals in ``element``: of the language in force, if there is one."""
        own = element.get(_LANG)
        return untagged if own is None else "@" + own.lower() if own else PLAIN

    def _expand(self, element: etree._Element, said: Said) -> str:
        """The IRI that the element's name stands for, remembered; ``rdf:li`` is the next ``rdf:_n``."""
        tag = str(element.tag)
        if tag[0] != "{" or tag in _SYNTAX:
            self._refuse(element, f"the element {tag.removeprefix(_RDF)} has no place here")
        if tag == _LI:
            return f"{RDF}_{1 + sum(key.startswith(RDF + '_') for key in said)}"
        namespace, _, local = tag[1:].partition("}")
        if _IN_NO_IRI.search(namespace) or not _ABSOLUTE.match(namespace):
            self._refuse(element, f"the namespace {namespace!r} is no IRI")
        iri = self._expanded[element.tag] = namespace + local
        return iri

    def _refuse_text(self, element: etree._Element) -> None:
        """Refuse text that stands between the children of ``element``."""
        for text in (element.text, *(child.tail for child in element)):
            if text is not None and not text.isspace():
                shown = " ".join(text.split())[:40]
                self._refuse(element, f"the text {shown!r} stands where only elements may")

    def _refuse(self, element: etree._Element, reason: str) -> None:
        at = Location(file=self._source.path, line=element.sourceline)
        self._report.add("CIM130", at=at, format="RDF/XML", reason=reason)
        raise _Unreadable


def _joined(base: str, reference: str) -> str:
    """``reference`` resolved against ``base`` (RFC 3986, 5.2)."""
    from urllib.parse import urljoin

    return urljoin(base, reference)
