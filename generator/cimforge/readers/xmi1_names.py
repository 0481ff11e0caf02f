"""Element names of XMI 1.x, whatever prefix and namespace the exporter chose."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def local(element: etree._Element) -> str:
    """The last word of an element's name; ``""`` for a comment.

    ``Class`` for ``UML:Class`` and ``Foundation.Core.Class``, ``taggedValue`` for
    ``UML:ModelElement.taggedValue``: metaclasses begin with a capital, their properties do not.
    """
    tag = element.tag
    return _last_word(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _last_word(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(".")[2]


def parts(element: etree._Element) -> dict[str, etree._Element]:
    """The child elements by the last word of their names; of several with one name the first."""
    found: dict[str, etree._Element] = {}
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            found.setdefault(_last_word(tag), child)
    return found


def reference(element: etree._Element) -> str:
    """The id that ``element`` refers to: ``xmi.idref`` or the fragment of an ``href``; ``""`` if none."""
    return element.get("xmi.idref") or (element.get("href") or "").rpartition("#")[2]


def referred(container: etree._Element | None) -> tuple[str, ...]:
    """The ids that the children of ``container`` refer to."""
    if container is None:
        return ()
    return tuple(r for r in map(reference, container.iterchildren("*")) if r)
