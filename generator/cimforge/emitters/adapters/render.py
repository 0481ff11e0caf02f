"""Adapter views to files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from cimforge.emitters.adapters.view import Adapter, Runtime
from cimforge.emitters.templating import copy, render
from cimforge.ir.artifact import Artifact
from cimforge.ir.ids import ElementId

RUNTIME_MODULES = (
    "__init__",
    "audit",
    "binding",
    "command",
    "content",
    "envelope",
    "errors",
    "events",
    "exchange",
    "json_form",
    "server",
    "service",
    "strict",
    "xml_form",
)
"""The modules of the shared package, each a template of its own name."""

_ADAPTER_MODULES = ("__init__", "__main__", "app", "service")


def render_runtime(view: Runtime, package: str) -> Iterator[Artifact]:
    """The package that all adapters share."""
    for module in RUNTIME_MODULES:
        data = copy(f"adapters/runtime/{module}.py.jinja", view.header)
        yield Artifact(path=PurePosixPath(package, f"{module}.py"), data=data)


def render_adapter(view: Adapter, openapi: bytes, elements: tuple[ElementId, ...]) -> Iterator[Artifact]:
    """The package of one group. ``handlers.py`` is the user's: written once, never touched again."""
    folder = PurePosixPath(view.package)
    for module in _ADAPTER_MODULES:
        data = render(f"adapters/{module}.py.jinja", view)
        yield Artifact(path=folder / f"{module}.py", data=data, elements=elements)
    yield Artifact(path=folder / "openapi.json", data=openapi, elements=elements)
    handlers = render("adapters/handlers.py.jinja", view)
    yield Artifact(path=folder / "handlers.py", data=handlers, elements=elements, owner="user")
