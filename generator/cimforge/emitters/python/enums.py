"""From an enumeration to its view."""

from __future__ import annotations

from collections.abc import Mapping

from cimforge.emitters.python import layout
from cimforge.emitters.python.view import PyEnum
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Enumeration


def enum_view(enumeration: Enumeration, doc: str, names: Mapping[ElementId, str]) -> PyEnum:
    """The ``Enum`` of ``enumeration``: a literal's value is its wire name, its ``iri`` its own URI."""
    literals: list[str] = []
    fence = not layout.fits(f"class {names[enumeration.id]}(Enum):", 0)
    for literal in enumeration.literals:
        text = f"{literal.meta.doc}\nCode: {literal.value}." if literal.value else literal.meta.doc
        assignment = layout.assignment(names[literal.id], string_literal(literal.name), 4)
        fence = fence or not layout.fits(assignment, 4)
        literals.append(f"{assignment}\n    {docstring(text, 4)}" if text.strip() else assignment)
    iri = _iri(enumeration)
    return PyEnum(
        name=names[enumeration.id],
        doc=docstring(doc, 4),
        literals=tuple(literals),
        iri=iri,
        fence=fence or not layout.fits(iri, 8),
    )


def _iri(enumeration: Enumeration) -> str:
    """Body of the property ``iri``: one expression where all URIs are built alike, else a table."""
    uris = [(lit.name, lit.meta.uri or f"{enumeration.meta.uri}.{lit.name}") for lit in enumeration.literals]
    if not uris or not (enumeration.meta.uri or all(lit.meta.uri for lit in enumeration.literals)):
        return ""
    starts = {uri[: len(uri) - len(name)] if uri.endswith(name) else None for name, uri in uris}
    if len(starts) == 1 and (start := starts.pop()) is not None:
        value = f"{string_literal(start)} + self.value"
        if layout.fits(f"return {value}", 8):
            return f"return {value}"
        if not layout.fits(value, 12):
            value = f"{string_literal(start)}\n            + self.value"
        return f"return (\n            {value}\n        )"
    rows = "".join(f"            {string_literal(n)}: {string_literal(u)},\n" for n, u in uris)
    return f"return {{\n{rows}        }}[self.value]"
