"""What a module imports: now, or for type checkers only."""

from __future__ import annotations

from cimforge.emitters.python import layout
from cimforge.ir.ids import ElementId
from cimforge.ir.names import NameTable


class _Wanted:
    def __init__(self) -> None:
        self.decimal = False
        self.datatypes: set[str] = set()
        self.local: dict[str, set[str]] = {}
        """Names by module of the package."""


class Needs:
    """What one module imports.

    Args:
        module: Dotted name from the package's root.
        table: Says which module each class stands in.
        enum: The module defines enumerations.
    """

    def __init__(self, module: str, table: NameTable, *, enum: bool) -> None:
        self.dataclass = False
        self.field = False
        self._module = module
        self._table = table
        self._enum = enum
        self._now = _Wanted()
        self._typing = _Wanted()

    def classes(self, element: ElementId, *, now: bool) -> None:
        """The class of ``element``, which may stand in this very module."""
        home = self._table.modules[element]
        if home == self._module:
            return
        if now and not self._is_earlier(home):
            raise AssertionError(f"{self._module} needs {home}, which comes later: {element}")
        self._wanted(now).local.setdefault(home, set()).add(self._table.by_id[element])

    def runtime(self, name: str, *, now: bool) -> None:
        """``name`` of the shared runtime."""
        self._wanted(now).local.setdefault("_runtime", set()).add(name)

    def decimal(self, *, now: bool) -> None:
        """``decimal.Decimal``."""
        self._wanted(now).decimal = True

    def datatype(self, name: str, *, now: bool) -> None:
        """``name`` of xsdata's datatypes."""
        self._wanted(now).datatypes.add(name)

    def block(self) -> str:
        """The import statements, sorted as isort sorts them."""
        now, typing = self._now, self._typing
        typing.decimal = typing.decimal and not now.decimal
        typing.datatypes -= now.datatypes
        for home, names in typing.local.items():
            names -= now.local.get(home, set())
        typed = self._statements(typing, 4, [])
        standard: list[str] = []
        if self.dataclass:
            standard.append(
                layout.import_from("dataclasses", ["dataclass", *(["field"] if self.field else [])])
            )
        later = ["from enum import Enum"] if self._enum else []
        if typed:
            later.append("from typing import TYPE_CHECKING")
        blocks = ["from __future__ import annotations", *self._statements(now, 0, standard, later)]
        if typed:
            blocks.append("if TYPE_CHECKING:\n" + "\n\n".join(typed))
        return "\n\n".join(blocks)

    def _statements(
        self, wanted: _Wanted, indent: int, before: list[str], after: list[str] | None = None
    ) -> list[str]:
        """Blocks of statements: standard library, xsdata, this package."""
        standard = [*before, *(["from decimal import Decimal"] if wanted.decimal else []), *(after or [])]
        blocks = ["\n".join(" " * indent + line for line in standard)]
        if wanted.datatypes:
            blocks.append(layout.import_from("xsdata.models.datatype", wanted.datatypes, indent))
        targets = {_relative(self._module, m): names for m, names in wanted.local.items() if names}
        # As isort does: the further away, the earlier.
        ordered = sorted(targets, key=lambda t: (len(t.lstrip(".")) - len(t), t))
        blocks.append("\n".join(layout.import_from(t, targets[t], indent) for t in ordered))
        return [block for block in blocks if block]

    def _wanted(self, now: bool) -> _Wanted:
        return self._now if now else self._typing

    def _is_earlier(self, home: str) -> bool:
        order = self._table.module_order
        return order.index(home) < order.index(self._module)


def _relative(module: str, target: str) -> str:
    """``target`` as ``module`` names it in a relative import; both dotted, from the package's root."""
    here, there = module.split(".")[:-1], target.split(".")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "." * (len(here) - common + 1) + ".".join(there[common:])
