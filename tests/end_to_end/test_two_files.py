"""One model in two files, the second of which refers to what only the first states: each is a profile that is whole."""

from __future__ import annotations

from pathlib import Path

from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs
from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"


def guid(number: int) -> str:
    return f"EAID_{number:08}_0000_0000_0000_000000000000"


def xmi(package: str, content: str) -> str:
    return f"""<?xml version="1.0"?>
<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content><UML:Model name="M" xmi.id="m"><UML:Namespace.ownedElement>
<UML:Package name="{package}" xmi.id="p{package}"><UML:Namespace.ownedElement>{content}</UML:Namespace.ownedElement></UML:Package>
</UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>"""


def attribute(name: str, type_: int) -> str:
    return f"""<UML:Attribute name="{name}" xmi.id="{name}"><UML:StructuralFeature.type>
<UML:Classifier xmi.idref="{guid(type_)}"/></UML:StructuralFeature.type></UML:Attribute>"""


def class_(name: str, number: int, features: str = "", stereotype: str = "") -> str:
    mark = f' stereotype="{stereotype}"' if stereotype else ""
    return f"""<UML:Class name="{name}" xmi.id="{guid(number)}"{mark}>
<UML:Classifier.feature>{features}</UML:Classifier.feature></UML:Class>"""


STANDARD = xmi(
    "Grid",
    class_("String", 1, stereotype="Primitive")
    + class_("Status", 2, attribute("value", 1), "Compound")
    + class_("Base", 3)
    + class_("Asset", 4)
    + f'<UML:Generalization subtype="{guid(4)}" supertype="{guid(3)}" xmi.id="{guid(5)}"/>',
)
EXTENSION = xmi(
    "Acme",
    class_("Maker", 6, attribute("status", 2))
    + f'<UML:Generalization subtype="{guid(6)}" supertype="{guid(4)}" xmi.id="{guid(7)}"/>'
    + f"""<UML:Association xmi.id="{guid(8)}"><UML:Association.connection>
<UML:AssociationEnd name="Made" type="{guid(4)}" multiplicity="0..*"/>
<UML:AssociationEnd name="Maker" type="{guid(6)}" multiplicity="0..1"/>
</UML:Association.connection></UML:Association>""",
)

HEAD = """@prefix cim: <http://iec.ch/TC57/CIM100#> .
@prefix cims: <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TYPES = HEAD + 'cim:String a rdfs:Class ; rdfs:label "String" ; cims:stereotype "Primitive" .\n'
USER = (
    HEAD
    + 'cim:Thing a rdfs:Class ; rdfs:label "Thing" .\n'
    + 'cim:Thing.name a rdf:Property ; rdfs:label "name" ; rdfs:domain cim:Thing ; cims:dataType cim:String .\n'
)


def schema(folder: Path, profile: str) -> dict[str, set[str]]:
    """The elements of each named type in the schema of ``profile``, and its base; the schema is valid."""
    settings = for_inputs([str(folder)], out=folder / "out", emit=("python", "xsd"))
    report = Report()
    build = pipeline.compile_project(settings, report)
    assert build is not None, [d.message for d in report.diagnostics]
    (file,) = (f for f in build.files if f.path == f"xsd/{profile}.xsd")
    root = etree.fromstring(file.data)
    etree.XMLSchema(root)
    return {
        str(t.get("name")): {str(e.get("name")) for e in t.iter(f"{XSD}element")}
        | {str(e.get("base")) for e in t.iter(f"{XSD}extension")}
        for t in root.iter(f"{XSD}complexType")
        if t.get("name")
    }


def test_uml(tmp_path: Path) -> None:
    (tmp_path / "a.xmi").write_text(STANDARD)
    (tmp_path / "b.xmi").write_text(EXTENSION)
    found = schema(tmp_path, "Acme")
    assert found["Maker"] == {"m:Asset", "status", "Made"}
    assert found["Asset"] == {"m:Base", "Maker"}
    assert found["Status"] == {"value"}
    assert found["Base"] == set()


def test_rdfs(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(TYPES)
    (tmp_path / "b.ttl").write_text(USER)
    assert schema(tmp_path, "b")["Thing"] == {"name"}
