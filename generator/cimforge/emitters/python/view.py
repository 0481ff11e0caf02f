"""What the Python templates are given: finished text only, to be placed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PyLiteral:
    """One literal of an enumeration."""

    assignment: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PyEnum:
    """One enumeration."""

    name: str
    doc: str
    literals: tuple[PyLiteral, ...]
    iri: str
    """Body of the property ``iri``; empty where no literal has one."""
    fence: bool
    """Names too long for black's line: black keeps out."""


@dataclass(frozen=True, slots=True)
class PyField:
    """One field of a class."""

    head: str
    """From the name to ``field(``."""
    margin: str
    """Further indentation of the lines after the head."""
    end: str
    """The closing parenthesis of a field that stands in parentheses."""
    default: str
    """Argument for the default; empty for a required field."""
    metadata: str
    """Entries of the dict, a line each."""
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PyClass:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PyModule:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PyPackage:
    """An ``__init__.py`` that loads what it offers at its first use."""

    header: str
    doc: str
    imports: str
    """What type checkers see."""
    all: tuple[str, ...]
    """Literals."""
    homes: tuple[str, ...]
    """Entries of the table from name to module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PyDocuments:
    """The table from document element to class."""

    header: str
    documents: tuple[str, ...]
    """Entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PyRuntime:
    """The shared runtime: verbatim but for its first line."""

    header: str
