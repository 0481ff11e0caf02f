"""An extension drawn as a shadow class, from XMI to every output: members of its namespace on the standard class."""

from __future__ import annotations

import importlib
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.model import Model
from cimforge.settings import for_inputs
from lxml import etree

XMI = """<?xml version="1.0"?>
<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.header><XMI.documentation>
<XMI.exporter>Enterprise Architect</XMI.exporter></XMI.documentation></XMI.header>
<XMI.content><UML:Model name="M" xmi.id="m"><UML:Namespace.ownedElement>
{content}
</UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>
"""

MODEL = """
<UML:Package name="Grid" xmi.id="p1"><UML:Namespace.ownedElement>
  <UML:Class name="String" xmi.id="s"><UML:ModelElement.stereotype><UML:Stereotype name="Primitive"/></UML:ModelElement.stereotype></UML:Class>
  <UML:Class name="Asset" xmi.id="a"><UML:Classifier.feature>
    <UML:Attribute name="kind"><UML:StructuralFeature.type><UML:Classifier xmi.idref="s"/></UML:StructuralFeature.type></UML:Attribute>
  </UML:Classifier.feature></UML:Class>
  <UML:Generalization subtype="a" supertype="x" xmi.id="g">
    <UML:ModelElement.stereotype><UML:Stereotype name="CIMExtension"/></UML:ModelElement.stereotype>
  </UML:Generalization>
</UML:Namespace.ownedElement></UML:Package>
<UML:Package name="Acme" xmi.id="p2"><UML:ModelElement.taggedValue>
  <UML:TaggedValue tag="nsuri" value="http://acme.example/ext#"/><UML:TaggedValue tag="nsprefix" value="acme"/>
</UML:ModelElement.taggedValue><UML:Namespace.ownedElement>
  <UML:Class name="Asset" xmi.id="x"><UML:Classifier.feature>
    <UML:Attribute name="grade"><UML:StructuralFeature.type><UML:Classifier xmi.idref="s"/></UML:StructuralFeature.type></UML:Attribute>
    {more}
  </UML:Classifier.feature></UML:Class>
</UML:Namespace.ownedElement></UML:Package>
"""

SAME_NAME = """<UML:Attribute name="kind"><UML:StructuralFeature.type><UML:Classifier xmi.idref="s"/>
  </UML:StructuralFeature.type></UML:Attribute>"""


@pytest.mark.parametrize("more", ["", SAME_NAME], ids=["members", "a member of the same name"])
def test_every_output_has_the_members(tmp_path: Path, more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grid.xmi"
    path.write_text(XMI.format(content=MODEL.format(more=more)))
    report = Report()
    build = pipeline.compile_project(for_inputs([str(path)], out=tmp_path / "out"), report)
    assert build is not None, [d.message for d in report.diagnostics]
    assert "CIM270" in {d.code for d in report.diagnostics}
    (asset,) = (c for c in build.model.classes if c.name == "Asset")
    wanted = ["http://iec.ch/TC57/CIM100#Asset.kind", "http://acme.example/ext#Asset.grade"]
    wanted += ["http://acme.example/ext#Asset.kind"] if more else []
    assert [a.meta.uri for a in asset.attributes] == wanted

    for file in build.files:
        target = tmp_path / "out" / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
    schemas = list((tmp_path / "out" / "xsd").rglob("*.xsd"))
    assert schemas
    for schema in schemas:
        etree.XMLSchema(etree.parse(schema))
    assert any("grade" in schema.read_text() for schema in schemas)
    monkeypatch.syspath_prepend(str(tmp_path / "out" / "python"))
    package = importlib.import_module(build.name)
    value = package.Asset(grade="A")
    assert value.grade == "A"
    for name in [n for n in sys.modules if n.split(".")[0] == build.name]:
        monkeypatch.delitem(sys.modules, name)


# -- The same extension in EA's database and in XMI ----------------------------------------------------------

END_DEVICE = "5A1FEF8B-64D9-53b8-B485-A0BE260C2CDA"
GUIDS = {
    name: f"0ACE0000-0000-4000-8000-{n:012}"
    for n, name in enumerate(("package", "class", "attribute", "gen"))
}


def eaid(name: str, prefix: str = "EAID") -> str:
    return f"{prefix}_{GUIDS.get(name, name).replace('-', '_')}"


def into_database(path: Path) -> None:
    """Draw ``acme:EndDevice`` as parent of ``EndDevice`` in an EA project, as EA would keep it."""
    braced = {name: f"{{{guid}}}" for name, guid in GUIDS.items()}
    with closing(sqlite3.connect(path)) as base, base:
        (device,) = base.execute(
            "SELECT Object_ID FROM t_object WHERE ea_guid = ?", (f"{{{END_DEVICE}}}",)
        ).fetchone()
        (string,) = base.execute("SELECT Object_ID FROM t_object WHERE Name = 'String'").fetchone()
        base.execute(
            "INSERT INTO t_package (Package_ID, Name, Parent_ID, ea_guid) VALUES (900, 'Acme', 1, ?)",
            (braced["package"],),
        )
        base.execute(
            "INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, PDATA1, ea_guid)"
            " VALUES (900900, 'Package', 'Acme', 1, '900', ?)",
            (braced["package"],),
        )
        base.execute(
            "INSERT INTO t_objectproperties (PropertyID, Object_ID, Property, Value)"
            " VALUES (90001, 900900, 'nsuri', 'http://acme.example/ext#')"
        )
        base.execute(
            "INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, Abstract, ea_guid)"
            " VALUES (900901, 'Class', 'EndDevice', 900, '0', ?)",
            (braced["class"],),
        )
        base.execute(
            "INSERT INTO t_attribute (Object_ID, Name, LowerBound, UpperBound, ID, Pos, Classifier, Type, ea_guid)"
            " VALUES (900901, 'grade', '0', '1', 90001, 0, ?, 'String', ?)",
            (str(string), braced["attribute"]),
        )
        base.execute(
            "INSERT INTO t_connector (Connector_ID, Connector_Type, Start_Object_ID, End_Object_ID, ea_guid)"
            " VALUES (90001, 'Generalization', ?, 900901, ?)",
            (device, braced["gen"]),
        )
        base.execute(
            "INSERT INTO t_xref (XrefID, Name, Type, Description, Client) VALUES"
            " ('{0ACE0000-0000-4000-8000-00000000FFFF}', 'Stereotypes', 'connector property',"
            " '@STEREO;Name=CIMExtension;@ENDSTEREO;', ?)",
            (braced["gen"],),
        )


def into_xmi(path: Path) -> None:
    """The same in XMI 1.1."""
    text = path.read_bytes().decode("windows-1252")
    string = re.search(r'<UML:Class name="String" xmi.id="([^"]+)"', text)
    assert string
    extension = f"""
<UML:Package name="Acme" xmi.id="{eaid('package', 'EAPK')}"><UML:ModelElement.taggedValue>
<UML:TaggedValue tag="nsuri" value="http://acme.example/ext#"/></UML:ModelElement.taggedValue>
<UML:Namespace.ownedElement><UML:Class name="EndDevice" xmi.id="{eaid('class')}" isAbstract="false"><UML:Classifier.feature>
<UML:Attribute name="grade" xmi.id="{eaid('attribute')}"><UML:StructuralFeature.multiplicity><UML:Multiplicity>
<UML:Multiplicity.range><UML:MultiplicityRange lower="0" upper="1"/></UML:Multiplicity.range></UML:Multiplicity>
</UML:StructuralFeature.multiplicity><UML:StructuralFeature.type><UML:Classifier xmi.idref="{string[1]}"/>
</UML:StructuralFeature.type></UML:Attribute></UML:Classifier.feature></UML:Class>
<UML:Generalization subtype="{eaid(END_DEVICE)}" supertype="{eaid('class')}" xmi.id="{eaid('gen')}">
<UML:ModelElement.stereotype><UML:Stereotype name="CIMExtension"/></UML:ModelElement.stereotype></UML:Generalization>
</UML:Namespace.ownedElement></UML:Package>"""
    at = text.index("<UML:Namespace.ownedElement>", text.index("<UML:Model ")) + len(
        "<UML:Namespace.ownedElement>"
    )
    path.write_bytes((text[:at] + extension + text[at:]).encode("windows-1252"))


def test_the_database_and_xmi_give_the_same(corpus: Path, tmp_path: Path) -> None:
    found = []
    for name, change in (("cim17_metering.qea", into_database), ("cim17_metering.xmi11.xmi", into_xmi)):
        path = tmp_path / f"metering{Path(name).suffix}"
        path.write_bytes((corpus / "synthetic" / name).read_bytes())
        change(path)
        report = Report()
        model = pipeline.inspect(for_inputs([str(path)], out=Path("unused")), report, "link")
        assert isinstance(model, Model)
        assert [d.code for d in report.diagnostics if report.severity(d) == "error"] == []
        assert len([d for d in report.diagnostics if d.code == "CIM270"]) == 1
        (device,) = (c for c in model.classes if c.name == "EndDevice")
        found.append(device)
    assert found[0].attributes == found[1].attributes
    assert found[0].ends == found[1].ends
    assert found[0].bases == found[1].bases
    assert found[0].id == END_DEVICE.upper()
    assert found[0].attributes[-1].meta.uri == "http://acme.example/ext#EndDevice.grade"
