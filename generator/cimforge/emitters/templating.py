"""The one Jinja environment, and the one place that knows where templates lie."""

from __future__ import annotations

from functools import lru_cache

import jinja2

from cimforge.resources import resource


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The environment of every template: undefined names are errors, blocks leave no blank lines."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource("templates")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        auto_reload=False,
    )
    # Views have attributes and nothing else to look for: one that is missing is an error as it is.
    found.getattr = getattr  # type: ignore[method-assign, assignment]
    return found


def render(template: str, view: object) -> bytes:
    """``template`` (``python/module.py.jinja``) filled from ``view``, bound as ``view``, in UTF-8."""
    return environment().get_template(template).render(view=view).encode()


def copy(template: str, header: str) -> bytes:
    """``template``, which is a file as it stands but for its header line, with ``header`` in that line.

    What `render` would give, without compiling a text that has nothing to compile.
    """
    text = (resource("templates") / template).read_text(encoding="utf-8")
    return text.partition("\n")[2].replace("{{ view.header }}", header, 1).encode()
