"""What the Python templates are given: finished text only, to be placed."""

from __future__ import annotations

from cimforge.ir.value import Struct


class PyEnum(Struct, frozen=True, kw_only=True):
    """One enumeration."""

    name: str
    doc: str
    literals: tuple[str, ...]
    """Assignments, each with its docstring if it has one."""
    iri: str
    """Body of the property ``iri``; empty where no literal has one."""
    fence: bool
    """Names too long for black's line: black keeps out."""


class PyField(Struct, frozen=True):
    """One field of a class."""

    head: str
    """From the name to ``field(``."""
    arguments: str
    """Default and metadata, a line each."""
    end: str
    """What closes the field, and its docstring if it has one."""


class PyClass(Struct, frozen=True, kw_only=True):
    """One class, with the ``__init__`` that sets inherited and own fields."""

    head: str
    doc: str
    meta: str
    """Assignments in ``class Meta``, a line each."""
    fields: tuple[PyField, ...]
    parameters: str
    """Parameters of ``__init__``, a line each; empty where the base's ``__init__`` does."""
    assignments: str
    """Statements of ``__init__``, a line each."""
    fence: bool
    """Names too long for black's line: black keeps out."""


class PyModule(Struct, frozen=True, kw_only=True):
    """One module of classes."""

    header: str
    doc: str
    imports: str
    all: tuple[str, ...]
    """Literals."""
    namespace: str
    """Assignment of ``__NAMESPACE__``; empty for a family, whose classes say theirs."""
    enums: tuple[PyEnum, ...]
    classes: tuple[PyClass, ...]


class PyPackage(Struct, frozen=True, kw_only=True):
    """An ``__init__.py`` that loads what it offers at its first use."""

    header: str
    doc: str
    imports: str
    """What type checkers see."""
    all: tuple[str, ...]
    """Literals."""
    homes: tuple[str, ...]
    """Entries of the table from name to module."""


class PyDocuments(Struct, frozen=True, kw_only=True):
    """The table from document element to class."""

    header: str
    documents: tuple[str, ...]
    """Entries."""


class PyRuntime(Struct, frozen=True, kw_only=True):
    """The shared runtime: verbatim but for its first line."""

    header: str
