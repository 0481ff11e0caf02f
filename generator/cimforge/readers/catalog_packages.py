"""What a Catalog says of the information model alone: its packages, and the datatypes with units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cimforge.readers.catalog_elements import Elements
from cimforge.readers.presumed import Presumed, local_name
from cimforge.readers.rdfs_graph import XSD

if TYPE_CHECKING:
    from lxml import etree


class Packages:
    """States packages and datatypes."""

    def __init__(self, elements: Elements, presumed: Presumed) -> None:
        self._elements = elements
        self._presumed = presumed

    def package(self, element: etree._Element) -> None:
        """State the package that a ``Package`` element describes."""
        elements = self._elements
        uri, name = elements.value(element, "basePackage"), elements.value(element, "name")
        if uri is None or name is None:
            return
        parent = ""
        for above in elements.children(element, "ParentPackage"):
            parent = elements.value(above, "basePackage") or ""
            if parent:
                self._presumed.package(parent, above.get("name", ""), elements.at(above))
        doc = elements.texts(element, "Comment")
        self._presumed.package(uri, name, elements.at(element), parent=parent, doc=doc)
        elements.stereotypes(element)
        elements.finish(element, ("ParentPackage", "Comment", "Stereotype"))

    def simple_type(self, element: etree._Element) -> None:
        """State the CIMDatatype that a ``SimpleType`` element describes."""
        elements = self._elements
        uri = elements.value(element, "dataType")
        if uri is None:
            return
        value = element.get("xstype", "")
        package = self.of(element, uri)
        doc = elements.texts(element, "Comment")
        self._presumed.datatype(
            uri, elements.at(element), value=XSD + value if value else "", package=package, doc=doc
        )
        elements.finish(element, ("Comment",))

    def of(self, element: etree._Element, uri: str) -> str:
        """URI of the package that an element names; that package is stated."""
        name = element.get("package", "")
        if not name:
            return ""
        space = uri[: len(uri) - len(local_name(uri))]
        package = element.get("packageURI") or f"{space}Package_{name.replace(' ', '_')}"
        self._presumed.package(package, name, self._elements.at(element))
        return package
