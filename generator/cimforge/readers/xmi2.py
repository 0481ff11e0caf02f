"""The reader of XMI 2.x: UML 2 as Sparx EA, Eclipse UML2, Papyrus and others write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.readers.source import RawSource
from cimforge.readers.xmi2_applied import Applied
from cimforge.readers.xmi2_extension import EaExtension
from cimforge.readers.xmi2_facts import Assembly
from cimforge.readers.xmi2_kinds import PACKAGES
from cimforge.readers.xmi2_model import Model
from cimforge.readers.xmi2_names import Names, is_uml, is_xmi, split

if TYPE_CHECKING:
    from lxml import etree

    from cimforge.readers.xml_stream import XmlStream

_EA = "Enterprise Architect"
_EA_FRAME = "EA_Model"
"""What Sparx EA calls the model that it puts round the packages of an export."""

_EA_SECTIONS = frozenset({"elements", "connectors", "diagrams"})


def read_xmi2(source: RawSource, stream: XmlStream, report: Report) -> Facts | None:
    """What an XMI 2.x file says; None after an error in the XML or if it is no UML model.

    - The root is ``xmi:XMI`` of any version from 2.0 to 2.5.1 (else CIM150), or the UML model itself, as
      Eclipse UML2 saves it. A file without an element of UML 2, an Ecore or MOF model say, is CIM165.
    - Packages, classes of every metaclass, their attributes and literals, associations, generalizations and
      dependencies are stated in file order; everything else is counted in `Facts.notes`.
    - Nothing is interpreted: bounds and kinds stay text, stereotypes strings, types references. A reference
      to an element, of this file or another, is by id; one to a library of primitive types or to a
      placeholder of the exporter is by name.
    - Properties that XMI leaves out have the value that UML gives them: bounds 1, not abstract. Sparx EA
      leaves out bounds that its user did not state.
    - Stereotypes and tagged values are those applied by profile elements. Where Sparx EA's extension has a
      record of the element, it says more than the model does and is taken instead.
    - Ids are those of `identity.element_id`; an association's ends have its id with ``-source`` and
      ``-target``. ``EAID_src…`` is the source; without such a mark the first member end is.
    - A diamond (``aggregation``) stands on the property that leads to the part, and is stated of the end at
      the whole, as UML 1.x and EA's project files have it.
    - A file with classes is one profile: see `uml_profile.profile_fact`.

    Two elements with one id (CIM152), an association without two ends (CIM154), a connector with a loose side
    (CIM155) and an element that does not say what it is (CIM166) are errors.
    """
    root = stream.root
    names = _names(source, root, report)
    if names is None:
        return None
    return _Reading(source, names, report).read(stream)


def _names(source: RawSource, root: etree._Element, report: Report) -> Names | None:
    """The names of XMI in this file; None, and CIM150, if it is of a version that is not read."""
    space, local = split(str(root.tag))
    if local != "XMI":
        space = next((uri for uri in root.nsmap.values() if is_xmi(uri)), "")
    elif not is_xmi(space):
        report.add("CIM150", at=Location(file=source.path, line=root.sourceline), version=space)
        return None
    return Names.of(source, space)


class _Reading:
    """One file being read: where the walk stands, and what was found so far."""

    def __init__(self, source: RawSource, names: Names, report: Report) -> None:
        self.source = source
        self.names = names
        self.report = report
        self.model = Model(names, report)
        self.extension = EaExtension(names)
        self.applied = Applied(names)
        self.exporter = ""
        self.has_model = False
        self.open: list[str | None] = []
        """For each open element: the package that its children stand in, or None in EA's extension."""

    def read(self, stream: XmlStream) -> Facts | None:
        root = stream.root
        foreign = "" if split(str(root.tag))[1] == "XMI" else str(root.tag)
        for step, element in stream.walk(self.is_frame):
            match step:
                case "open":
                    self.enter(element)
                case "close":
                    self.open.pop()
                case "whole":
                    inside = self.open[-1]
                    if inside is None:
                        self.extension.take(element)
                    elif not self.take(element, inside):
                        foreign = foreign or str(element.tag)
        if not stream.is_sound:
            return None
        if not self.has_model:
            at = Location(file=self.source.path, line=root.sourceline)
            space, local = split(foreign)
            found = f"<{local}> of {space}" if space else f"<{local}>" if local else "nothing"
            self.report.add("CIM165", at=at, found=found)
            return None
        assembly = Assembly(self.model, self.extension, self.applied, self.report)
        return assembly.facts(self.source, self.exporter)

    def is_frame(self, element: etree._Element) -> bool:
        """Whether the children of ``element`` are taken one by one: packages, and EA's lists."""
        space, local = split(str(element.tag))
        if not space:
            return local in _EA_SECTIONS or (local != "element" and self.names.kind(element) in PACKAGES)
        if element.tag == self.names.extension:
            return element.get("extender") == _EA
        return local in PACKAGES and is_uml(space)

    def enter(self, element: etree._Element) -> None:
        """Begin the root, a package or a list of EA's."""
        space, local = split(str(element.tag))
        inside = self.open[-1] if self.open else ""
        if inside is None or element.tag == self.names.extension or (not space and local in _EA_SECTIONS):
            self.open.append(None)
        elif space and not is_uml(space):
            self.open.append("")
        else:
            self.has_model = True
            kind = local if space else self.names.kind(element)
            is_ea_frame = kind == "Model" and not inside and element.get("name") == _EA_FRAME
            self.open.append("" if is_ea_frame else self.model.open_package(element, kind, inside))

    def take(self, element: etree._Element, inside: str) -> bool:
        """Whether ``element``, complete, is part of a UML model or of what XMI puts round it."""
        space, local = split(str(element.tag))
        if not space:
            self.model.take(element, inside)
        elif local == "Documentation" and is_xmi(space):
            self._documentation(element)
        elif is_uml(space):
            self.has_model = True
            self.model.take_as(element, local)
        elif not self.applied.take(element):
            self.model.count(element, self.names.kind(element) or local)
            return is_xmi(space)
        return True

    def _documentation(self, element: etree._Element) -> None:
        texts = {split(str(e.tag))[1]: (e.text or "").strip() for e in element}
        said = [element.get(name) or texts.get(name, "") for name in ("exporter", "exporterVersion")]
        self.exporter = " ".join(text for text in said if text)
        self.model.from_ea = _EA in self.exporter
