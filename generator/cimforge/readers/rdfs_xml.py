"""RDF/XML to a graph: one walk for the regular form that every CIM tool writes, pyoxigraph for the rest.

Regular is: nodes with ``rdf:about`` or ``rdf:ID`` alone, directly below the root; properties with text (of a
language or datatype) or ``rdf:resource``. The walk is the faster of the two, knows the lines, and needs
no second parse after the strict one. A test proves that both, and rdflib, find the same graph in every
file of the corpus.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import (
    IRI,
    PLAIN,
    RDF,
    RDF_TYPE,
    STAND_IN,
    XML,
    XML_LITERAL,
    Graph,
    Subject,
    Term,
    from_oxigraph,
    literal,
    unbased,
)
from cimforge.readers.source import RawSource

if TYPE_CHECKING:
    from lxml import etree

_RDF = f"{{{RDF}}}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT, _ID, _NODE_ID = _RDF + "about", _RDF + "ID", _RDF + "nodeID"
_RESOURCE, _DATATYPE, _PARSE_TYPE = _RDF + "resource", _RDF + "datatype", _RDF + "parseType"
_LANG, _BASE = _XML + "lang", _XML + "base"
_DESCRIPTION = _RDF + "Description"
_SYNTAX = frozenset(
    _RDF + name
    for name in (
        *("Description", "RDF", "ID", "about", "nodeID", "resource", "datatype", "parseType", "li"),
        *("bagID", "aboutEach", "aboutEachPrefix"),
    )
)
"""Names of RDF's own syntax: no types, and no predicates."""

_STRAY = (
    "boolean(/*/text()[normalize-space()]) or boolean(/*/*/text()[normalize-space()]) or boolean(/*/*/*/*)"
)
"""What the regular form has nothing of: text between nodes or properties, and nested nodes."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


class _Unreadable(Exception):
    """The document breaks the rules of RDF/XML; the report says how."""


class _Irregular(Exception):
    """The document is RDF/XML, but more than the walk knows."""


def rdf_xml_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph that the document states; None after an error (CIM130, CIM132, CIM135)."""
    try:
        return _Walk(source, tree, report).graph()
    except _Irregular:
        return irregular_graph(source, tree, report)
    except _Unreadable:
        return None


class _Walk:
    """One document of the regular form on its way to a graph."""

    def __init__(self, source: RawSource, tree: etree._ElementTree, report: Report) -> None:
        self._source = source
        self._root = tree.getroot()
        self._report = report
        base = self._root.get(_BASE)
        self._base = STAND_IN if base is None else base.partition("#")[0]
        self._unbased: tuple[str, int | None] | None = None
        self._has_base = base is not None
        self._resolved: dict[str, tuple[Term, ...]] = {}

    def graph(self) -> Graph:
        """The graph of a regular document.

        Raises:
            _Irregular: the document uses more of RDF/XML than the walk knows.
            _Unreadable: reported.
        """
        root = self._root
        if set(root.keys()) - {_BASE, _LANG} or root.xpath(_STRAY):
            raise _Irregular
        language = root.get(_LANG)
        untagged = "@" + language.lower() if language else PLAIN
        resolved = self._resolved
        expanded: dict[str, str] = {}
        kinds: dict[str, str] = {}
        ids: dict[str, int] = {}
        subjects: dict[str, Subject] = {}
        for node in root:
            items = node.items()
            if len(items) != 1:
                raise _Irregular
            key, value = items[0]
            if key == _ABOUT:
                iri = (resolved.get(value) or self._resolve(value, node))[0][0]
            elif key == _ID:
                iri = self._identify(value, node, ids)
            else:
                raise _Irregular
            subject = subjects.get(iri)
            if subject is None:
                subject = subjects[iri] = Subject(iri)
            subject.lines.append(node.sourceline or 0)
            said = subject.said
            tag = str(node.tag)
            if tag != _DESCRIPTION:
                said[RDF_TYPE] = (*said.get(RDF_TYPE, ()), (expanded.get(tag) or _expand(tag, expanded), IRI))
            for element in node:
                tag = str(element.tag)
                predicate = expanded.get(tag) or _expand(tag, expanded)
                items = element.items()
                if not items:
                    terms: tuple[Term, ...] = ((element.text or "", untagged),)
                else:
                    key, value = items[0]
                    if len(items) != 1:
                        raise _Irregular
                    if key == _RESOURCE:
                        if element.text is not None and not element.text.isspace():
                            raise _Irregular
                        terms = resolved.get(value) or self._resolve(value, element)
                    elif key == _LANG:
                        kind = kinds.get(value)
                        if kind is None:
                            kind = kinds[value] = _language(value)
                        terms = ((element.text or "", kind),)
                    elif key == _DATATYPE:
                        kind = kinds.get(value)
                        if kind is None:
                            kind = kinds[value] = _datatype(self._resolve(value, element)[0][0])
                        terms = ((element.text or "", kind),)
                    elif key == _PARSE_TYPE and value == "Literal":
                        terms = ((element.text or "", XML),)
                    else:
                        raise _Irregular
                if predicate in said:
                    said[predicate] += terms
                else:
                    said[predicate] = terms
        return Graph(subjects=subjects, unbased=self._unbased)

    def _resolve(self, value: str, element: etree._Element) -> tuple[Term, ...]:
        """The one term that reference ``value`` stands for, remembered in ``_resolved``."""
        if _IN_NO_IRI.search(value):
            _report_iri(self._source, element, value, self._report)
            raise _Unreadable
        if _ABSOLUTE.match(value):
            iri = value
        elif not value.startswith("#") or not _ABSOLUTE.match(self._base) or _IN_NO_IRI.search(self._base):
            raise _Irregular
        else:
            if not self._has_base:
                if self._root.xpath("boolean(//@xml:base)"):
                    raise _Irregular
                self._unbased = self._unbased or (value, element.sourceline)
            iri = self._base + value
        terms = self._resolved[value] = ((iri, IRI),)
        return terms

    def _identify(self, value: str, element: etree._Element, ids: dict[str, int]) -> str:
        line = element.sourceline or 0
        if value in ids:
            _report_twin(self._source, value, ids[value], line, self._report)
            raise _Unreadable
        if not value or "#" in value or ":" in value:
            raise _Irregular
        ids[value] = line
        return self._resolve("#" + value, element)[0][0]


def _expand(tag: str, expanded: dict[str, str]) -> str:
    """The IRI that an element's name stands for."""
    if tag[0] != "{" or tag in _SYNTAX:
        raise _Irregular
    namespace, _, local = tag[1:].partition("}")
    if not _ABSOLUTE.match(namespace) or _IN_NO_IRI.search(namespace):
        raise _Irregular
    iri = expanded[tag] = namespace + local
    return iri


def _language(value: str) -> str:
    """The kind of a literal in language ``value``."""
    if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", value):
        raise _Irregular
    return "@" + value.lower()


def _datatype(iri: str) -> str:
    """The kind of a literal of datatype ``iri``."""
    return XML if iri == XML_LITERAL else literal("", None, iri)[1]


def irregular_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph as pyoxigraph reads it; None after an error.

    pyoxigraph puts no limit on what entities expand to and does not read every encoding, so it is given a
    document in UTF-8 that has neither.
    """
    from lxml import etree
    from pyoxigraph import RdfFormat, parse

    root = tree.getroot()
    if not _sound(source, root, report):
        return None
    plain = b"<!DOCTYPE" not in source.data and (tree.docinfo.encoding or "UTF-8").upper() == "UTF-8"
    data = source.data if plain else etree.tostring(root, encoding="utf-8")
    try:
        subjects = from_oxigraph(parse(data, RdfFormat.RDF_XML, base_iri=STAND_IN))
    except SyntaxError as error:
        at = Location(file=source.path, line=error.lineno if plain else None)
        report.add("CIM130", at=at, format="RDF/XML", reason=reason_of(error))
        return None
    base = (root.get(_BASE) or STAND_IN).partition("#")[0]
    relative: tuple[str, int | None] | None = None
    for element in root.iter():
        name = element.get(_ABOUT)
        local = element.get(_ID)
        if local is not None:
            name = "#" + local
        if name is not None:
            subject = subjects.get(base + name if name[:1] in ("#", "") else name)
            if subject is not None and element.sourceline:
                subject.lines.append(element.sourceline)
            if relative is None and not _ABSOLUTE.match(name):
                relative = (name, element.sourceline)
    reference = unbased(subjects)
    missing = None if reference is None else relative or (reference, None)
    return Graph(subjects=subjects, unbased=missing)


def _sound(source: RawSource, root: etree._Element, report: Report) -> bool:
    """Whether references have the characters of IRIs, and no ``rdf:ID`` stands twice."""
    sound = True
    seen: set[str] = set()
    lines: dict[tuple[str | None, str], int] = {}
    for element in root.iter():
        for key in (_ABOUT, _RESOURCE, _DATATYPE):
            value = element.get(key)
            if value is not None and value not in seen:
                seen.add(value)
                if _IN_NO_IRI.search(value):
                    sound = False
                    _report_iri(source, element, value, report)
        value = element.get(_ID)
        if value is not None:
            line = element.sourceline or 0
            first = lines.setdefault((element.base, value), line)
            if first != line:
                sound = False
                _report_twin(source, value, first, line, report)
    return sound


def _report_iri(source: RawSource, element: etree._Element, value: str, report: Report) -> None:
    bad = _IN_NO_IRI.search(value)
    assert bad is not None
    at = Location(file=source.path, line=element.sourceline)
    report.add("CIM132", at=at, iri=value, character=ascii(bad[0])[1:-1])


def _report_twin(source: RawSource, value: str, first: int, second: int, report: Report) -> None:
    at = Location(file=source.path, line=second)
    report.add("CIM135", at=at, related=(Location(file=source.path, line=first),), id=value, first=first)


def reason_of(error: SyntaxError) -> str:
    """pyoxigraph's message without the place, which the diagnostic gives."""
    return re.sub(r"^.*?(line \d+ )?(between )?columns? \d+( and [^:]*)?: ", "", error.msg)
