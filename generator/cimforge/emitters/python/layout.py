"""Lines as black (26, 88 columns) breaks them, for the few shapes that generated classes have.

Each function returns one line, or several where one is too long. What is still too long then
(names of half a line and more) is not black's shape: its class stands between ``# fmt: off`` and
``# fmt: on``, which `fits` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WIDTH = 88

_DIGITS = re.compile(r"([0-9]+)")


def fits(text: str, indent: int) -> bool:
    """Whether no line of ``text``, whose first line stands ``indent`` columns deep, is too long."""
    if "\n" not in text:
        return len(text) + indent <= WIDTH
    first, *rest = text.split("\n")
    return len(first) + indent <= WIDTH and all(len(line) <= WIDTH for line in rest)


def assignment(target: str, value: str, indent: int) -> str:
    """``target = value`` for one indivisible value."""
    line = f"{target} = {value}"
    if len(line) + indent <= WIDTH or len(value) + indent + 4 > WIDTH:
        return line
    margin = " " * indent
    return f"{target} = (\n{margin}    {value}\n{margin})"


def list_assignment(name: str, indent: int) -> str:
    """``self.name = [] if name is None else name``."""
    value = f"[] if {name} is None else {name}"
    line = f"self.{name} = {value}"
    if len(line) + indent <= WIDTH:
        return line
    margin = " " * indent
    if len(value) + indent + 4 > WIDTH:
        value = f"[]\n{margin}    if {name} is None\n{margin}    else {name}"
    return f"self.{name} = (\n{margin}    {value}\n{margin})"


def annotated(name: str, annotation: str, rest: str, indent: int) -> str:
    """``name: annotation`` and ``rest`` (a default, or the start of a call) on its last line."""
    line = f"{name}: {annotation}{rest}"
    if len(line) + indent <= WIDTH:
        return line
    margin = " " * indent
    if annotation.endswith("]"):
        outer, _, inner = annotation[:-1].partition("[")
        return f"{name}: {outer}[\n{margin}    {inner}\n{margin}]{rest}"
    if annotation.endswith(" | None"):
        return f"{name}: (\n{margin}    {annotation}\n{margin}){rest}"
    return line


def field_head(name: str, annotation: str) -> tuple[str, str, str]:
    """``name: annotation = field(``, further indentation of the arguments, and the line that ends it all."""
    head = f"{name}: {annotation} = field("
    if len(head) + 4 <= WIDTH:
        return head, "", ""
    if len(head) + 4 - len("field") <= WIDTH:
        return f"{name}: {annotation} = (\n        field(", "    ", ")"
    if annotation[-1] == "]":
        return annotated(name, annotation, " = field(", 4), "", ""
    return f"{name}: (\n        {annotation}\n    ) = field(", "", ""


def bracketed(start: str, items: list[str], end: str, indent: int) -> str:
    """``start``, the items and ``end`` on one line (with room for a comma), or an item a line."""
    line = f"{start}{', '.join(items)}{end}"
    if len(line) + indent < WIDTH:
        return line
    margin = " " * indent
    return start + "".join(f"\n{margin}    {item}," for item in items) + f"\n{margin}{end}"


def class_head(name: str, base: str) -> str:
    """``class name(base):``."""
    line = f"class {name}({base}):"
    return line if len(line) <= WIDTH else f"class {name}(\n    {base}\n):"


def import_from(module: str, names: Iterable[str], indent: int = 0) -> str:
    """``from module import names``, sorted as isort does: constants, classes, the rest."""
    ordered = sorted(names, key=import_order)
    line = f"from {module} import {', '.join(ordered)}"
    margin = " " * indent
    if len(line) + indent <= WIDTH:
        return margin + line
    body = "".join(f"{margin}    {name},\n" for name in ordered)
    return f"{margin}from {module} import (\n{body}{margin})"


def import_order(name: str) -> tuple[int, list[tuple[int, str]], str]:
    """Sort key of an imported name: isort's natural order."""
    parts = [
        (int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(name.lower()) if part
    ]
    if len(name) > 1 and name.isupper():
        return (0, parts, name)
    return (1 if name[:1].isupper() else 2, parts, name)
