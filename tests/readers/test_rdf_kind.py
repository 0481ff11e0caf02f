"""What tells a vocabulary, an OWL schema, a CIMTool profile, shapes and data apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers.rdf_kind import rdf_kind
from cimforge.readers.rdfs_turtle import turtle_graph
from cimforge.readers.rdfs_xml import rdf_xml_graph
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml

PREFIXES = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix cims: <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#> .
@prefix uml: <http://langdale.com.au/2005/UML#> .
@prefix msg: <http://langdale.com.au/2005/Message#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cim: <http://iec.ch/TC57/CIM100#> .
@prefix : <http://example.org/profile#> .
"""

KIND_OF = {
    "rdfs2020": "vocabulary",
    "rdfs-augmented": "vocabulary",
    "rdfs-plain": "vocabulary",
    "owl-schema": "owl",
    "owl-profile": "cimtool",
    "golden-in": "cimtool",
    "shacl": "shapes",
    "rdfs-shacl-ttl": "shapes",
    "instance-cimxml": "data",
}
"""Our kinds by those of the corpus' index."""

ENDINGS = (".rdf", ".rdfs", ".owl", ".ttl")


def kind(path: str, data: bytes) -> str:
    report = Report()
    source = RawSource(path=path, data=data)
    if data.lstrip().startswith(b"<?xml"):
        tree = parse_xml(source, report)
        assert tree is not None, report.diagnostics
        graph = rdf_xml_graph(source, tree, report)
    else:
        read = turtle_graph(source, report)
        graph = read[0] if read else None
    assert graph is not None, report.diagnostics
    return rdf_kind(graph).kind


@pytest.mark.parametrize(
    ("wanted", "body"),
    [
        ("none", ":a rdfs:label 'a' ."),
        ("vocabulary", ":A a rdfs:Class ."),
        ("vocabulary", ":A.b a rdf:Property ; rdfs:domain :A ."),
        ("vocabulary", ":A a owl:Class ; cims:stereotype 'x' ."),
        ("vocabulary", ":A a rdfs:Class, sh:NodeShape ; sh:property [ sh:path :A.b ] ."),
        ("owl", ":A a owl:Class ."),
        ("owl", ":A a owl:Class ; rdfs:subClassOf owl:Thing ."),
        ("owl", ":A a owl:Class ; owl:equivalentClass [ owl:oneOf ( :A.x ) ] ."),
        ("owl", ":A a owl:Class ; rdfs:subClassOf cim:Asset . :A.b a owl:DatatypeProperty ."),
        ("owl", ":A a owl:Class ; rdfs:subClassOf cim:Asset . :P a uml:Package ."),
        (
            "owl",
            ":A.b a owl:ObjectProperty . :A a owl:Class ; rdfs:subClassOf"
            " [ a owl:Restriction ; owl:onProperty :A.b ; owl:maxCardinality 1 ] .",
        ),
        ("cimtool", ":A a owl:Class ; rdfs:subClassOf cim:Asset ."),
        ("cimtool", ":A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty cim:A.b ] ."),
        ("cimtool", ":A a owl:Class ; rdfs:subClassOf msg:Message ."),
        ("cimtool", "<http://langdale.com.au/2007/Buildlet#xsd> a msg:Flag ."),
        ("shapes", ":S sh:targetClass cim:Asset ; sh:property [ sh:path cim:Asset.b ] ."),
        ("shapes", ":S a sh:NodeShape ."),
        ("data", ":a a cim:Asset ."),
    ],
)
def test_kind(wanted: str, body: str) -> None:
    assert kind("input.ttl", (PREFIXES + body).encode()) == wanted


def test_kinds_of_the_corpus(corpus: Path) -> None:
    """As its index says: the kind of every RDF file that can be read."""
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    files = [e for e in index if e["kind"] in KIND_OF and e["file"].endswith(ENDINGS)]
    found = {e["file"]: kind(e["file"], (corpus / e["file"]).read_bytes()) for e in files}
    assert found == {e["file"]: KIND_OF[e["kind"]] for e in files}
    assert set(found.values()) == set(KIND_OF.values())
