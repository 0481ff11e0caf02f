"""Element names of XMI 1.x, whatever prefix and namespace the exporter chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


class _LastWords(dict[object, str]):
    """The last word of every name met so far, by the name with its namespace."""

    def __missing__(self, tag: object) -> str:
        assert isinstance(tag, str), "comments and instructions are not loaded"
        word = tag.rpartition("}")[2].rpartition(".")[2]
        if len(self) < 1024:
            self[tag] = word
        return word


LAST_WORDS = _LastWords()
"""What `local` knows, for where a call costs too much."""


def local(element: etree._Element) -> str:
    """The last word of an element's name.

    ``Class`` for ``UML:Class`` and ``Foundation.Core.Class``, ``taggedValue`` for
    ``UML:ModelElement.taggedValue``: metaclasses begin with a capital, their properties do not.
    """
    return LAST_WORDS[element.tag]


def reference(element: etree._Element) -> str:
    """The id that ``element`` refers to: ``xmi.idref`` or the fragment of an ``href``; ``""`` if none."""
    return element.get("xmi.idref") or (element.get("href") or "").rpartition("#")[2]
