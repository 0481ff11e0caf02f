"""The XML side of the schema tree: tags, legal text, and one way to write a document."""

from __future__ import annotations

import re

from lxml import etree

XS = "http://www.w3.org/2001/XMLSchema"
SAWSDL = "http://www.w3.org/ns/sawsdl"
MODEL_REFERENCE = f"{{{SAWSDL}}}modelReference"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile(r"\s+")


def tag(name: str) -> str:
    """``name`` of the XML Schema vocabulary, as lxml spells it."""
    return f"{{{XS}}}{name}"


def is_legal(text: str) -> bool:
    """Whether every character of ``text`` may stand in an XML 1.0 document."""
    # What str calls printable is legal, and that test is ten times as fast.
    return text.isprintable() or _NOT_XML.search(text) is None


def legal(text: str) -> str:
    """``text`` with each character that XML 1.0 cannot hold replaced by U+FFFD."""
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)


def is_namespace(text: str) -> bool:
    """Whether ``text`` is a URI reference (RFC 3986), as namespace names must be."""
    try:
        etree.Element("any", nsmap={"m": text})
    except ValueError:
        return False
    return bool(text)


def iri(text: str) -> str:
    """``text`` as one item of a list of IRIs: blanks, which would part it, are percent-encoded."""
    return text if text.isprintable() and " " not in text else _BLANK.sub("%20", legal(text))


def document(root: etree._Element, header: str) -> bytes:
    """The document of ``root``: declaration, generated mark, two-space indentation, one final newline."""
    mark = legal(header).replace("--", "- -").rstrip("-")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {mark} -->\n'
    return head.encode() + etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
