"""The schema documents of one profile, built as trees (IEC 62361-100, as public schemas made by it show).

Everything standard stands in the profile's own document. What an extension adds stands in a document
of the extension's namespace: its classifiers as types, and each member that it adds to a standard
class as a global element, which the standard class's type refers to in its place. Where an extension's
class takes over standard members, these stand as a group in the profile's document, since an element
can only be declared in the document of its namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.emitters.xsd.members import occurs
from cimforge.emitters.xsd.namespaces import Documents, extension_namespaces
from cimforge.emitters.xsd.types import Types
from cimforge.emitters.xsd.words import Words, describe_profile
from cimforge.emitters.xsd.xml import document, is_namespace, legal, tag
from cimforge.ir.artifact import Artifact
from cimforge.ir.model import Meta, Primitive


def schema_documents(unit: Unit, stem: str, group: str, header: str, report: Report) -> Iterator[Artifact]:
    """Yield the schema of ``unit`` as ``<group>/<stem>.xsd``, and one for each extension namespace in it."""
    envelope = unit.model.envelope
    if envelope is None or not envelope.namespace:
        report.add("CIM736", name=unit.name)
        return
    spaces = (envelope.namespace, *extension_namespaces(unit))
    if bad := [s for s in spaces if not is_namespace(s)]:
        for space in bad:
            report.add("CIM739", name=unit.name, namespace=ascii(space))
        return
    documents, words = Documents(unit, envelope, stem), Words(report)
    describe_profile(documents.roots[""], unit)
    _document_element(documents, words)
    Types(documents, words, report).write()
    documents.add_imports()
    elements = tuple(c.id for c in unit.model.classifiers if not isinstance(c, Primitive))
    for space, root in documents.roots.items():
        path = PurePosixPath(group, documents.file_by_namespace[space])
        yield Artifact(path=path, data=document(root, header), elements=elements)


def _document_element(documents: Documents, words: Words) -> None:
    """Declare the document element, named after the profile, and its type, which holds the roots."""
    envelope, root = documents.envelope, documents.roots[""]
    name = documents.unit.names["xsd"].envelope or legal(envelope.name)
    etree.SubElement(root, tag("element"), {"name": name, "type": f"m:{name}"})
    type_ = etree.SubElement(root, tag("complexType"), {"name": name})
    words.document(type_, envelope.doc, at=Meta())
    sequence = etree.SubElement(type_, tag("sequence"))
    for item in envelope.roots:
        if item.multiplicity.upper != 0:
            attributes = {"name": documents.wire[item.class_], "type": documents.qname(item.class_, "")}
            occurs(attributes, item.multiplicity, explicit=True)
            etree.SubElement(sequence, tag("element"), attributes)
