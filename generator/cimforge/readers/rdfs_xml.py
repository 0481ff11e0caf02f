"""RDF/XML (W3C Recommendation of 2004 and 2014) to a graph, by one walk over the checked document.

Nearly all of a CIM file is one form: a node with ``rdf:about`` or ``rdf:nodeID``, and properties that have
a text, ``rdf:resource`` or ``rdf:nodeID``. `_Walk.node` reads that form without further calls and hands
everything else to `_Walk._property`. Tests prove that rdflib finds the same graph in every file of the corpus
and in documents made at random. pyoxigraph is not used here: it keeps CR LF, refuses empty XML literals, has
no limit on what entities expand to, and would be a second parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.readers.rdfs_graph import BLANK, IRI, PLAIN, RDF, RDF_TYPE, XML, Graph, Subject, Term, literal
from cimforge.readers.rdfs_references import (
    ABOUT,
    ABSOLUTE,
    BASE,
    DATATYPE,
    ID,
    LANG,
    LI,
    NODE_ID,
    RDF_NAME,
    RESOURCE,
    SYNTAX,
    TYPE,
    XML_NAME,
    References,
    Unreadable,
)
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree

DESCRIPTION, PARSE_TYPE = RDF_NAME + "Description", RDF_NAME + "parseType"


class _NeedsBlanks(Exception):
    """The document has markup in a literal, where blanks between elements are text."""


def rdf_xml_graph(source: RawSource, tree: etree._ElementTree, report: Report) -> Graph | None:
    """The graph that the document states; None after an error (CIM130, CIM132, CIM135)."""
    try:
        try:
            return _Walk(source, tree, report, has_blanks=False).graph()
        except _NeedsBlanks:
            whole = parse_xml(source, report, keep_blanks=True)
            return None if whole is None else _Walk(source, whole, report, has_blanks=True).graph()
    except Unreadable:
        return None


class _Walk:
    """One document on its way to a graph."""

    def __init__(
        self, source: RawSource, tree: etree._ElementTree, report: Report, *, has_blanks: bool
    ) -> None:
        self._root = tree.getroot()
        self._has_blanks = has_blanks
        self._names = References(source, self._root, report)
        self._subjects: dict[str, Subject] = {}
        self._kinds: dict[tuple[str, str], str] = {}
        self._is_nested = bool(self._root.xpath("boolean(/*/*/*/*)"))
        self._has_stray = self._is_nested or bool(
            self._root.xpath(
                "boolean(/*/text()[normalize-space()]) or boolean(/*/*/text()[normalize-space()])"
            )
        )

    def graph(self) -> Graph:
        """All that the document states."""
        names, root = self._names, self._root
        base, untagged = names.root_base(), names.untagged(root, PLAIN)
        if self._has_stray:
            self._refuse_text(root)
        for node in root:
            self.node(node, base, untagged)
        names.refuse_bad_iris()
        return Graph(subjects=self._subjects, unbased=names.unbased)

    def node(self, node: etree._Element, base: str, untagged: str) -> str:
        """Read a node element; its IRI or blank node.

        ``untagged`` is the kind of literals that say nothing of their own: `PLAIN`, or the language in force.
        """
        names = self._names
        expanded = names.expanded
        items = node.items()
        if len(items) == 1 and items[0][0] == ABOUT:
            resolved = names.resolved(base)
            value = items[0][1]
            subject = self._begin((resolved.get(value) or names.resolve(value, node, base))[0][0], node)
        elif len(items) == 1 and items[0][0] == NODE_ID:
            resolved = names.resolved(base)
            value = items[0][1]
            subject = self._begin((names.blanks.get(value) or names.labelled(value, node))[0][0], node)
        else:
            base, untagged = names.base(node, base), names.untagged(node, untagged)
            resolved = names.resolved(base)
            subject = self._begin(self._identified(node, base), node)
            self._said_by_attributes(subject, node, base, untagged)
        if node.tag != DESCRIPTION:
            subject.say(RDF_TYPE, ((expanded.get(node.tag) or names.expand(node, {}), IRI),))
        if self._has_stray:
            self._refuse_text(node)
        said = subject.said
        is_nested = self._is_nested
        kinds = self._kinds
        for element in node:
            predicate = expanded.get(element.tag) or names.expand(element, said)
            items = element.items()
            if is_nested and len(element):
                terms = self._property(subject, predicate, element, base, untagged)
            elif not items:
                terms = ((element.text or "", untagged),)
            else:
                key, value = items[0]
                if len(items) > 1:
                    terms = self._property(subject, predicate, element, base, untagged)
                elif key in (RESOURCE, NODE_ID):
                    if element.text and not element.text.isspace():
                        names.refuse(element, f"a property has both {_shown(key)} and a text")
                    if key == RESOURCE:
                        terms = resolved.get(value) or names.resolve(value, element, base)
                    else:
                        terms = names.blanks.get(value) or names.labelled(value, element)
                else:
                    kind = kinds.get(items[0])
                    if kind is None:
                        terms = self._property(subject, predicate, element, base, untagged)
                    else:
                        terms = ((element.text or "", kind),)
            if predicate in said:
                subject.say(predicate, terms)
            else:
                said[predicate] = terms
        return subject.iri

    def _property(
        self, subject: Subject, predicate: str, element: etree._Element, base: str, untagged: str
    ) -> tuple[Term, ...]:
        """The object of a property of any form; statements that its parts make are added."""
        names = self._names
        base, untagged = names.base(element, base), names.untagged(element, untagged)
        attributes = {k: v for k, v in element.items() if k in (LANG, BASE) or not k.startswith(XML_NAME)}
        parse_type = attributes.get(PARSE_TYPE)
        if parse_type is not None:
            term = self._parsed(parse_type, element, base, untagged)
        elif len(element):
            self._refuse_text(element)
            if len(element) > 1:
                names.refuse(element, "a property holds more than one node")
            if attributes.keys() - {ID, LANG, BASE}:
                names.refuse(element, "a property has both a node and an attribute that stands for one")
            term = _term(self.node(element[0], base, untagged))
        elif DATATYPE in attributes:
            datatype = attributes[DATATYPE]
            term = literal(element.text or "", None, names.iri(datatype, element, base))
            if term[1] != XML and ABSOLUTE.match(datatype):
                self._kinds[DATATYPE, datatype] = term[1]
        elif attributes.keys() <= {ID, LANG, BASE}:
            term = (element.text or "", untagged)
            if LANG in attributes:
                self._kinds[LANG, attributes[LANG]] = untagged
        else:
            if element.text is not None and not element.text.isspace():
                names.refuse(element, "a property has both a text and attributes that make a node")
            if RESOURCE in attributes:
                term = (names.iri(attributes[RESOURCE], element, base), IRI)
            else:
                label = attributes.get(NODE_ID)
                term = (names.blank(), BLANK) if label is None else names.labelled(label, element)[0]
            if attributes.keys() - {RESOURCE, NODE_ID, ID, LANG, BASE}:
                self._said_by_attributes(self._subject(term[0]), element, base, untagged)
        if ID in attributes:
            statement = self._subject(names.declared(attributes[ID], element, base))
            statement.say(RDF_TYPE, ((RDF + "Statement", IRI),))
            statement.say(RDF + "subject", (_term(subject.iri),))
            statement.say(RDF + "predicate", ((predicate, IRI),))
            statement.say(RDF + "object", (term,))
        return (term,)

    def _parsed(self, parse_type: str, element: etree._Element, base: str, untagged: str) -> Term:
        """The object of a property with ``rdf:parseType``: a node, a list, or a text with markup."""
        names = self._names
        if parse_type == "Resource":
            inner = self._subject(names.blank())
            self._refuse_text(element)
            for child in element:
                predicate = names.expanded.get(child.tag) or names.expand(child, inner.said)
                inner.say(predicate, self._property(inner, predicate, child, base, untagged))
            return (inner.iri, BLANK)
        if parse_type == "Collection":
            self._refuse_text(element)
            rest: Term = (RDF + "nil", IRI)
            for item in reversed([self.node(child, base, untagged) for child in element]):
                cell = self._subject(names.blank())
                cell.say(RDF + "first", (_term(item),))
                cell.say(RDF + "rest", (rest,))
                rest = (cell.iri, BLANK)
            return rest
        if len(element) and not self._has_blanks:
            raise _NeedsBlanks
        return ("".join(map(str, element.itertext())), XML)

    def _said_by_attributes(
        self, subject: Subject, element: etree._Element, base: str, untagged: str
    ) -> None:
        names = self._names
        for key, value in element.items():
            if key in (ABOUT, ID, NODE_ID, RESOURCE) or key.startswith(XML_NAME):
                continue
            if key == TYPE:
                subject.say(RDF_TYPE, ((names.iri(value, element, base), IRI),))
            elif key[0] != "{" or key in SYNTAX or key == LI:
                names.refuse(element, f"the attribute {key.removeprefix(RDF_NAME)} has no place here")
            else:
                namespace, _, local = key[1:].partition("}")
                subject.say(namespace + local, ((value, untagged),))

    def _identified(self, node: etree._Element, base: str) -> str:
        """The IRI or blank node that a node element's attributes name."""
        names = self._names
        named = [key for key in (ABOUT, ID, NODE_ID) if key in node.attrib]
        if len(named) > 1:
            names.refuse(node, "a node has more than one of rdf:about, rdf:ID and rdf:nodeID")
        if not named:
            return names.blank()
        value = node.attrib[named[0]]
        if named[0] == NODE_ID:
            return names.labelled(value, node)[0][0]
        return names.declared(value, node, base) if named[0] == ID else names.iri(value, node, base)

    def _begin(self, key: str, node: etree._Element) -> Subject:
        subject = self._subject(key)
        subject.begin(node.sourceline or 0)
        return subject

    def _subject(self, key: str) -> Subject:
        subject = self._subjects.get(key)
        if subject is None:
            subject = self._subjects[key] = Subject(key)
        return subject

    def _refuse_text(self, element: etree._Element) -> None:
        """Refuse text that stands between the children of ``element``."""
        for text in (element.text, *(child.tail for child in element)):
            if text is not None and not text.isspace():
                shown = " ".join(text.split())[:40]
                self._names.refuse(element, f"the text {shown!r} stands where only elements may")


def _shown(key: str) -> str:
    return f"rdf:{key.removeprefix(RDF_NAME)}"


def _term(key: str) -> Term:
    return (key, BLANK if key.startswith("_:") else IRI)
