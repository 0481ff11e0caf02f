"""The lines of elements, in files of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

LINES = 65535
"""Elements know no line beyond this one, which libxml2 keeps in 16 bits; texts do."""


def line_of(element: etree._Element) -> int | None:
    """The line of ``element``'s start tag, whatever the length of the file.

    Beyond `LINES` the line is that of the first text in or behind the element, less the line ends in it;
    without one, that of the nearest element around it that has one.
    """
    line = element.sourceline
    if line is None or line < LINES:
        return line
    around: etree._Element | None = element
    while around is not None:
        if (known := _line_by_text(around)) is not None:
            return known
        around = around.getparent()
    return line


def _line_by_text(element: etree._Element) -> int | None:
    line = element.sourceline or 0
    if line < LINES:
        return line
    if text := element.text:
        return line - text.count("\n")
    for child in element:
        return _line_by_text(child)
    return line - text.count("\n") if (text := element.tail) else None
