"""Models far larger and more tangled than any CIM."""

from __future__ import annotations

import random
from pathlib import Path

from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
 xmlns:cims="http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#" xml:base="http://example.org/scale">
"""
CLASS = """<rdfs:Class rdf:about="#{name}"><rdfs:label>{name}</rdfs:label>{base}
<cims:stereotype rdf:resource="http://iec.ch/TC57/NonStandard/UML#concrete"/></rdfs:Class>
"""
MEMBER = """<rdf:Property rdf:about="#{owner}.{name}"><rdfs:label>{name}</rdfs:label>
<rdfs:domain rdf:resource="#{owner}"/><{how} rdf:resource="#{type}"/>{more}
<cims:multiplicity rdf:resource="http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#M:{bounds}"/></rdf:Property>
"""
STRING = """<rdfs:Class rdf:about="#String"><rdfs:label>String</rdfs:label><cims:stereotype>Primitive</cims:stereotype></rdfs:Class>
"""


def model(classes: int, *, depth: int = 0) -> bytes:
    """``classes`` classes in a ring of associations with random chords, or a chain of inheritance."""
    chance = random.Random(7)
    parts = [HEAD, STRING]
    for i in range(classes):
        base = f'<rdfs:subClassOf rdf:resource="#C{i - 1}"/>' if 0 < i < depth else ""
        parts.append(CLASS.format(name=f"C{i}", base=base))
        parts.append(
            MEMBER.format(owner=f"C{i}", name="a", how="cims:dataType", type="String", more="", bounds="0..1")
        )
        for role, target in (("next", (i + 1) % classes), ("any", chance.randrange(classes))):
            there = f'<cims:inverseRoleName rdf:resource="#C{target}.{role}Of{i}"/><cims:AssociationUsed>Yes</cims:AssociationUsed>'
            back = f'<cims:inverseRoleName rdf:resource="#C{i}.{role}"/><cims:AssociationUsed>No</cims:AssociationUsed>'
            parts.append(
                MEMBER.format(
                    owner=f"C{i}", name=role, how="rdfs:range", type=f"C{target}", more=there, bounds="0..1"
                )
            )
            parts.append(
                MEMBER.format(
                    owner=f"C{target}",
                    name=f"{role}Of{i}",
                    how="rdfs:range",
                    type=f"C{i}",
                    more=back,
                    bounds="0..n",
                )
            )
    return "".join([*parts, "</rdf:RDF>\n"]).encode()


def build(data: bytes, folder: Path) -> pipeline.Build:
    (folder / "scale.rdf").write_bytes(data)
    report = Report()
    settings = for_inputs(
        [str(folder / "scale.rdf")], out=folder / "out", emit=("python", "xsd", "openapi", "ir")
    )
    found = pipeline.compile_project(settings, report)
    assert found is not None, [d.message for d in report.diagnostics][:5]
    return found


def test_ten_thousand_freely_linked_classes(tmp_path: Path) -> None:
    found = build(model(10_000), tmp_path)
    assert pipeline.counts(found.model)["classes"] == 10_000
    assert pipeline.counts(found.model)["association_ends"] == 40_000
    assert {f.path.partition("/")[0] for f in found.files} == {"python", "xsd", "openapi", "ir"}


def test_a_chain_as_deep_as_the_limit(tmp_path: Path) -> None:
    found = build(model(150, depth=100), tmp_path)
    assert pipeline.counts(found.model)["classes"] == 150


def test_a_deeper_chain_hits_a_stated_limit(tmp_path: Path) -> None:
    (tmp_path / "chain.rdf").write_bytes(model(2_000, depth=2_000))
    report = Report()
    settings = for_inputs([str(tmp_path / "chain.rdf")], out=tmp_path / "out")
    assert pipeline.compile_project(settings, report) is None
    assert {d.code for d in report.diagnostics if report.severity(d) == "error"} == {"CIM218"}
    assert report.has_unreadable
