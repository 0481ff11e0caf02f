"""Stereotypes applied to elements of XMI 2.x: elements of a profile's namespace beside the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cimforge.ir.facts import Location, Ref
from cimforge.readers.xmi2_names import Names, split
from cimforge.readers.xml_lines import line_of

if TYPE_CHECKING:
    from lxml import etree

_BASE = "base_"


@dataclass(slots=True)
class Applied:
    """What the applications in a file add to the elements of the model, by ``xmi:id``."""

    names: Names
    stereotypes: dict[str, list[str]] = field(default_factory=dict)
    tags: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    places: dict[str, list[tuple[str, Location]]] = field(default_factory=dict)
    """Where each application stands, by the element that it is about."""

    def take(self, element: etree._Element) -> bool:
        """Whether ``element`` applies a stereotype: it has a ``base_…`` that names what it is applied to.

        Its other properties are tagged values. An application with one property of its own name is how
        Sparx EA writes a tagged value that belongs to no stereotype.
        """
        bases: list[str] = []
        tags: list[tuple[str, str]] = []
        for name, value in element.attrib.items():
            space, local = split(str(name))
            if space:
                continue
            if local.startswith(_BASE):
                bases += str(value).split()
            else:
                tags.append((local, str(value)))
        for child in element:
            space, local = split(str(child.tag))
            to = self.names.reference(child)
            if local.startswith(_BASE):
                bases += [to] if isinstance(to, str) else []
            elif not space:
                to = to.value if isinstance(to, Ref) else to
                tags.append((local, to or child.get("value") or child.text or ""))
        if not bases:
            return False
        stereotype = split(str(element.tag))[1]
        is_tag = [name for name, _ in tags] == [stereotype]
        for base in bases:
            if not is_tag:
                self.stereotypes.setdefault(base, []).append(stereotype)
            self.tags.setdefault(base, []).extend(tags)
            at = Location(file=self.names.path, line=line_of(element), pointer=base)
            self.places.setdefault(base, []).append((stereotype, at))
        return True
