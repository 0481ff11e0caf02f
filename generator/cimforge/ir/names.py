"""The names that one target gives to the elements of one model."""

from __future__ import annotations

from collections.abc import Mapping

from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct


class NameTable(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every identifier and module name of a model for one target, decided once (passes/name.py).

    ``by_id`` holds classifiers, properties and literals. ``modules`` gives, for targets with
    modules, the module each classifier stands in; a module only needs modules that come earlier in
    ``module_order`` at run time.
    """

    target: str
    by_id: Mapping[ElementId, str]
    modules: Mapping[ElementId, str]
    module_order: tuple[str, ...] = ()
    envelope: str = ""
    """Identifier of the document element's type, where the model has one."""
