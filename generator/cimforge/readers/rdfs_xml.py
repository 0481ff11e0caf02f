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
    XML,
    XSD,
    Graph,
    Subject,
    from_oxigraph,
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
    """The graph that the document states; None after an error (CIM130, CIM131, CIM132, CIM135)."""
    try:
        return _Walk(source, tree, report).graph()
    except _Irregular:
        return irregular_graph(source, tree, report)
    except _Unreadable:
        return None


class _Walk:
    """References of one document, resolved against its base, and checked."""

    def __init__(self, source: RawSource, tree: etree._ElementTree, report: Report) -> None:
        self._source = source
        self._root = tree.getroot()
        self._report = report
        base = self._root.get(_BASE)
        self._base = None if base is None else base.partition("#")[0]
        self._resolved: dict[str, str] = {}

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
        graph: Graph = {}
        for node in root:
            items = node.items()
            if len(items) != 1:
                raise _Irregular
            key, value = items[0]
            if key == _ABOUT:
                iri = resolved.get(value) or self._resolve(value, node)
            elif key == _ID:
                iri = self._identify(value, node, ids)
            else:
                raise _Irregular
            subject = graph.get(iri)
            if subject is None:
                subject = graph[iri] = Subject(iri)
            subject.lines.append(node.sourceline or 0)
            add = subject.statements.append
            tag = str(node.tag)
            if tag != _DESCRIPTION:
                add((RDF_TYPE, expanded.get(tag) or _expand(tag, expanded), IRI))
            for element in node:
                tag = str(element.tag)
                predicate = expanded.get(tag) or _expand(tag, expanded)
                items = element.items()
                if not items:
                    add((predicate, element.text or "", untagged))
                    continue
                key, value = items[0]
                if len(items) != 1:
                    raise _Irregular
                if key == _RESOURCE:
                    if element.text is not None and not element.text.isspace():
                        raise _Irregular
                    add((predicate, resolved.get(value) or self._resolve(value, element), IRI))
                elif key == _LANG:
                    add((predicate, element.text or "", kinds.get(value) or _language(value, kinds)))
                elif key == _DATATYPE:
                    datatype = resolved.get(value) or self._resolve(value, element)
                    kind = XML if datatype == RDF + "XMLLiteral" else "^^" + datatype
                    add((predicate, element.text or "", PLAIN if datatype == XSD + "string" else kind))
                elif key == _PARSE_TYPE and value == "Literal":
                    add((predicate, element.text or "", XML))
                else:
                    raise _Irregular
        return graph

    def _resolve(self, value: str, element: etree._Element) -> str:
        """The IRI that ``value`` stands for, remembered in ``_resolved``."""
        bad = _IN_NO_IRI.search(value)
        at = Location(file=self._source.path, line=element.sourceline)
        if bad:
            self._report.add("CIM132", at=at, iri=value, character=ascii(bad[0])[1:-1])
            raise _Unreadable
        if _ABSOLUTE.match(value):
            iri = value
        elif self._base is None:
            if self._root.xpath("boolean(//@xml:base)"):
                raise _Irregular
            self._report.add("CIM131", at=at, reference=value)
            raise _Unreadable
        elif value.startswith("#") and _ABSOLUTE.match(self._base) and not _IN_NO_IRI.search(self._base):
            iri = self._base + value
        else:
            raise _Irregular
        self._resolved[value] = iri
        return iri

    def _identify(self, value: str, element: etree._Element, ids: dict[str, int]) -> str:
        line = element.sourceline or 0
        if value in ids:
            self._report.add(
                "CIM135",
                at=Location(file=self._source.path, line=line),
                related=(Location(file=self._source.path, line=ids[value]),),
                id=value,
                first=ids[value],
            )
            raise _Unreadable
        if not value or "#" in value or ":" in value:
            raise _Irregular
        ids[value] = line
        return self._resolve("#" + value, element)


def _expand(tag: str, expanded: dict[str, str]) -> str:
    """The IRI that an element's name stands for."""
    if tag[0] != "{" or tag in _SYNTAX:
        raise _Irregular
    namespace, _, local = tag[1:].partition("}")
    if not _ABSOLUTE.match(namespace) or _IN_NO_IRI.search(namespace):
        raise _Irregular
    iri = expanded[tag] = namespace + local
    return iri


def _language(value: str, kinds: dict[str, str]) -> str:
    """The kind of a literal in language ``value``."""
    if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", value):
        raise _Irregular
    kind = kinds[value] = "@" + value.lower()
    return kind


def irregular_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph as pyoxigraph reads it; None after an error.

    pyoxigraph puts no limit on what entities expand to and does not read every encoding, so it is given a
    document in UTF-8 that has neither.
    """
    from lxml import etree
    from pyoxigraph import RdfFormat, parse

    root = tree.getroot()
    if not _ids_unique(source, root, report):
        return None
    plain = b"<!DOCTYPE" not in source.data and (tree.docinfo.encoding or "UTF-8").upper() == "UTF-8"
    data = source.data if plain else etree.tostring(root, encoding="utf-8")
    try:
        graph = from_oxigraph(parse(data, RdfFormat.RDF_XML))
    except SyntaxError as error:
        at = Location(file=source.path, line=error.lineno if plain else None)
        if "scheme" in error.msg:
            report.add("CIM131", at=at, reference="")
        else:
            report.add("CIM130", at=at, format="RDF/XML", reason=reason_of(error))
        return None
    base = (root.get(_BASE) or "").partition("#")[0]
    for element in root.iter():
        name = element.get(_ABOUT)
        local = element.get(_ID)
        if local is not None:
            name = "#" + local
        if name is not None:
            subject = graph.get(base + name if name.startswith("#") else name)
            if subject is not None and element.sourceline:
                subject.lines.append(element.sourceline)
    return graph


def _ids_unique(source: RawSource, root: etree._Element, report: Report) -> bool:
    if root.xpath("boolean(/*/*//@xml:base)"):
        return True
    lines: dict[str, int] = {}
    unique = True
    for element in root.iter():
        value = element.get(_ID)
        if value is None:
            continue
        line = element.sourceline or 0
        if value in lines:
            unique = False
            report.add(
                "CIM135",
                at=Location(file=source.path, line=line),
                related=(Location(file=source.path, line=lines[value]),),
                id=value,
                first=lines[value],
            )
        lines.setdefault(value, line)
    return unique


def reason_of(error: SyntaxError) -> str:
    """pyoxigraph's message without the place, which the diagnostic gives."""
    return re.sub(r"^.*?(line \d+ )?(between )?columns? \d+( and [^:]*)?: ", "", error.msg)
