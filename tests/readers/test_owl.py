"""The OWL files of the corpus against SPARQL, and one model in two serialisations."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.model import Model
from cimforge.passes.link import link
from cimforge.passes.merge import merge

from tests.readers.rdf_files import diagnostics, oracle, read, read_file
from tests.readers.test_rdfs_counts import PREFIXES
from tests.readers.test_rdfs_graph import meaning

FILES = ("owl/statnett/Asset.rdf", "owl/statnett/Asset.ttl")

QUERIES = {
    "classes": "{ ?x a owl:Class } UNION { ?x a rdfs:Datatype } FILTER (!CONTAINS(STR(?x), '/UML#') && ?x != rdfs:comment)",
    "packages": "?x a ?t FILTER (STRENDS(STR(?t), 'UML#Package'))",
    "properties": "{ ?x a owl:DatatypeProperty } UNION { ?x a owl:ObjectProperty }",
    "literals": "?x a ?t . ?t a owl:Class FILTER (!CONTAINS(STR(?t), '/UML#'))",
    "single": "{ ?x a owl:DatatypeProperty } UNION { ?x a owl:ObjectProperty } ?x a owl:FunctionalProperty",
    "inverse": "?x owl:inverseOf ?y",
    "datatypes": "?x a rdfs:Datatype ; owl:equivalentClass ?t",
    "units": "?x ?p ?t FILTER (STRENDS(STR(?p), 'UML#hasUnits'))",
    "initial values": "?x ?p ?t FILTER (STRENDS(STR(?p), 'UML#hasInitialValue'))",
    "ids": "?x ?p ?t FILTER (STRENDS(STR(?p), 'UML#id') && !CONTAINS(STR(?x), '/UML#') && ?x != rdfs:comment)",
}


@pytest.mark.parametrize("name", FILES)
def test_counts(corpus: Path, name: str) -> None:
    facts, _ = read_file(corpus / name)
    assert facts is not None
    assert facts.sources[0].format == "owl"
    made = {
        m.uri for m in facts.members if m.uri.endswith((".value", ".unit", ".multiplier")) and m.id == m.uri
    }
    members = [m for m in facts.members if m.uri not in made]
    properties = [m for m in members if m.range]
    found = {
        "classes": facts.classes,
        "packages": facts.packages,
        "properties": properties,
        "literals": [m for m in members if not m.range],
        "single": [m for m in properties if m.multiplicity == "0..1"],
        "inverse": [m for m in properties if m.inverse],
        "datatypes": [m for m in facts.members if m.uri in made and m.name == "value"],
        "units": [m for m in facts.members if m.uri in made and m.name == "unit"],
        "initial values": [m for m in members if m.default is not None],
        "ids": [f for f in (*facts.packages, *facts.classes, *members) if f.id != f.uri],
    }
    graph = oracle(corpus / name)
    for kind, where in QUERIES.items():
        query = f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}"
        wanted = int(next(iter(graph.query(query)))[0])
        # Two literals carry one id, so both are known by their IRIs.
        assert len(found[kind]) == wanted - (2 if kind == "ids" else 0), kind
    # The 48 owl:Class of the corpus' index hold uml:Package and uml:Stereotype, which are none of the model's.
    datatypes = set(graph.subjects(rdflib.RDF.type, rdflib.RDFS.Datatype))
    assert len(found["classes"]) == 48 - 2 + len(datatypes)


def test_the_two_files_are_one_model(corpus: Path) -> None:
    """The Turtle was made from the RDF/XML under other namespaces; beyond these nothing differs."""
    data = (corpus / FILES[0]).read_bytes()
    for old, new in (
        (b"http://iec.ch/TC57/2016/CIM-schema-cim17#", b"https://cim.ucaiug.io/ns#"),
        (b"http://langdale.com.au/2005/UML#", b"http://iec.ch/TC57/NonStandard/UML#"),
    ):
        assert old in data
        data = data.replace(old, new)
    assert meaning(read(data)[0]) == meaning(read_file(corpus / FILES[1])[0])


def test_the_pair_in_rdfs_differs_by_its_types(corpus: Path) -> None:
    """Assets.ttl was remade from Assets.rdf by hand: XML Schema's types for the CIM's primitives."""
    data = (corpus / "rdfs/statnett/Assets.rdf").read_bytes()
    for end in (b"#", b'"'):
        data = data.replace(b"http://iec.ch/TC57/CIM100" + end, b"https://cim.ucaiug.io/ns" + end)
    first, second = meaning(read(data)[0]), meaning(read_file(corpus / "rdfs/statnett/Assets.ttl")[0])
    gone = {str(i).partition("#")[2] for i in first["classes"] if i not in second["classes"]}
    primitives = {"Date", "DateTime", "Float", "IRI", "String", "StringFixedLanguage", "StringIRI", "URL"}
    assert gone == {*primitives, "Length"}
    assert set(second["classes"]) <= set(first["classes"])
    gone = {str(i).partition("#")[2] for i in first["members"] if i not in second["members"]}
    assert gone == {"Length.multiplier", "Length.unit", "Length.value"}
    fields = set()
    for id_, fact in second["members"].items():
        fields |= {
            name
            for (name, mine), (_, theirs) in zip(first["members"][id_], fact, strict=True)
            if mine != theirs
        }
    # cims:dataType has become rdfs:range; units are matched with QUDT's, as tags.
    assert fields == {"type", "range", "tags"}
    assert all(first["classes"][id_] == fact for id_, fact in second["classes"].items())


def linked(corpus: Path, name: str) -> tuple[Model, Report]:
    facts, report = read_file(corpus / name)
    assert facts is not None
    return link(merge([facts], report), report), report


@pytest.mark.parametrize("name", FILES)
def test_it_links(corpus: Path, name: str) -> None:
    """The one error is the file's: UnitSymbol.WPerHz has the label of another literal."""
    model, report = linked(corpus, name)
    assert [d.code for d in report.diagnostics if report.severity(d) == "error"] == ["CIM213"]
    assert "WPerm2" in diagnostics(report)
    by_name = {d.name: d for d in model.datatypes}
    assert (by_name["ActivePower"].unit, by_name["ActivePower"].multiplier) == ("W", "M")
    assert len(by_name) == 29
    ends = {f"{c.name}.{e.name}": e for c in model.classes for e in c.ends}
    assert str(ends["Asset.AssetInfo"].multiplicity) == "0..1"
    assert str(ends["AssetInfo.Assets"].multiplicity) == "0..*"
    assert ends["Asset.AssetInfo"].id == "029E58B0-F414-47E3-A211-AC0A95B61378-target"
    assert ends["Asset.AssetInfo"].inverse == ends["AssetInfo.Assets"].id
