"""Lines of Python broken as black breaks them."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 88


def signature(name: str, parameters: Sequence[str], returns: str, *, indent: int, width: int = WIDTH) -> str:
    """``def name(parameters) -> returns:`` to stand ``indent`` blanks deep.

    On one line where it fits, else the parameters on a line of their own, else one a line.
    """
    head, tail = f"def {name}(", f") -> {returns}:"
    inner = ", ".join(parameters)
    if indent + len(head) + len(inner) + len(tail) <= width:
        return head + inner + tail
    margin = " " * indent
    if indent + 4 + len(inner) > width:
        inner = f",\n{margin}    ".join(parameters) + ","
    return f"{head}\n{margin}    {inner}\n{margin}{tail}"


def class_line(name: str, base: str) -> str:
    """``class name(base):``, at the margin."""
    line = f"class {name}({base}):"
    return line if len(line) <= WIDTH else f"class {name}(\n    {base}\n):"


def import_line(module: str, names: Sequence[str]) -> str:
    """``from module import names``, in parentheses where the line is too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    inner = ", ".join(names)
    if len(names) == 1 or len(inner) + 4 > WIDTH:
        inner = ",\n    ".join(names) + ","
    return f"from {module} import (\n    {inner}\n)"


def commented(code: str, *, indent: int) -> str:
    """``code`` as comment lines to stand ``indent`` blanks deep, the first without its margin."""
    return f"\n{' ' * indent}".join(f"# {line}".rstrip() for line in code.split("\n"))
