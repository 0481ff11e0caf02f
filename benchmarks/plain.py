"""The generated classes as plain ``@dataclass`` makes them, to compare the written ``__init__`` with."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path


def write_plain(package: Path, target: Path) -> int:
    """Copy ``package`` to ``target`` with the whole decorator and no written ``__init__``; number of classes.

    Fields, metadata, docstrings, modules and the shared runtime are the same.
    """
    target.mkdir(parents=True)
    count = 0
    for path in sorted(package.glob("*.py")):
        if path.name.startswith("_"):
            shutil.copy(path, target)
        else:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            count += sum(_made_plain(node) for node in tree.body if isinstance(node, ast.ClassDef))
            (target / path.name).write_text(ast.unparse(tree), encoding="utf-8")
    return count


def _made_plain(class_: ast.ClassDef) -> bool:
    """Let ``@dataclass`` write ``__init__``, ``__repr__`` and ``__eq__``; whether it did not before."""
    made = False
    for decorator in class_.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dataclass":
            kept = [k for k in decorator.keywords if k.arg not in ("init", "repr", "eq")]
            made = len(kept) < len(decorator.keywords)
            decorator.keywords = kept
    if made:
        class_.body = [
            n for n in class_.body if not (isinstance(n, ast.FunctionDef) and n.name == "__init__")
        ]
    return made
