"""What is known of the elements of an XMI 2.x file while it is read: the facts to be."""

from __future__ import annotations

from dataclasses import dataclass, field

from cimforge.ir.facts import Ref
from cimforge.ir.ids import ElementId


@dataclass(slots=True)
class Draft:
    """A package, or what every element says in the model itself."""

    id: ElementId
    raw: str
    """Its ``xmi:id``, by which others refer to it."""
    kind: str
    """Its UML metaclass."""
    name: str
    line: int | None
    within: str = ""
    """``xmi:id`` of the package, class or association that it stands in."""
    doc: str = ""


@dataclass(slots=True)
class ClassDraft(Draft):
    """A classifier of any kind."""

    is_abstract: bool = False


@dataclass(slots=True)
class MemberDraft(Draft):
    """An attribute, a literal, or an association end that a class or the association owns."""

    type: str | Ref | None = None
    """``xmi:id`` of the type, or a reference that needs no lookup."""
    lower: str | None = None
    upper: str | None = None
    default: str | Instance | None = None
    is_constant: bool = False
    aggregation: str = ""
    association: str = ""


@dataclass(slots=True)
class ConnectorDraft(Draft):
    """An association by its ends, any other connector by its two sides."""

    ends: list[str] = field(default_factory=list)
    """``xmi:id``s of an association's ends, those listed as members first."""
    navigable: frozenset[str] = frozenset()
    """Ends that can be navigated though the association owns them."""
    sources: tuple[str | Ref, ...] = ()
    targets: tuple[str | Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """An initial value that is another element of the model, such as a literal."""

    raw: str


@dataclass(slots=True)
class Said:
    """What is said about an element apart from the model: in EA's extension, or by applied stereotypes."""

    doc: str = ""
    stereotypes: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    memos: tuple[str, ...] = ()
    """Names of tags whose text EA left out."""
    type: str = ""
    """The name of an attribute's type, or the ``xmi:id`` of the class at an end."""
    multiplicity: str = ""
    initial: str = ""
    aggregation: str = ""
    navigable: bool | None = None
    is_constant: bool = False
    is_abstract: bool = False
    kind: str = ""
    """What EA calls the element; ``""`` for the root node of a project."""
