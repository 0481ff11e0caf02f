"""Adapters: per IRM group a Python package that answers every operation by HTTP."""

from __future__ import annotations

from collections.abc import Iterable

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Request
from cimforge.ir.artifact import Artifact


class AdaptersEmitter:
    """``adapters/<name>_<group>/`` for each group, and ``adapters/<name>_adapter/``, which they share.

    A package serves the group's OpenAPI document, answers each operation of it with a reply of
    IEC 61968-100 edition 1, and leaves the business code to ``handlers.py``, which is the user's.
    """

    name = "adapters"

    def emit(self, request: Request, report: Report) -> Iterable[Artifact]:
        """Every file of the adapters; nothing where no unit is a noun of a group."""
        from cimforge.emitters.adapters.lower import lower, lower_runtime, shared_package
        from cimforge.emitters.adapters.render import render_adapter, render_runtime
        from cimforge.emitters.openapi import openapi_data

        packages = tuple(lower(request, report))
        if packages:
            yield from render_runtime(lower_runtime(request), shared_package(request))
        for package in packages:
            yield from render_adapter(package.view, openapi_data(request, package.group), package.elements)
