"""An extension drawn as a shadow class, from XMI to every output: members of its namespace on the standard class."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
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
