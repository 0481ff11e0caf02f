"""What our model counts in real releases against SPARQL on the same files, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs

PREFIXES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX cims: <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#>
PREFIX uml: <http://iec.ch/TC57/NonStandard/UML#>
"""

COUNTS = {
    "packages": "?x a cims:ClassCategory",
    "classes": """?x a rdfs:Class
        FILTER NOT EXISTS { ?x cims:stereotype uml:enumeration }
        FILTER NOT EXISTS { ?x cims:stereotype ?s FILTER (str(?s) IN ("Primitive", "CIMDatatype", "Compound")) }""",
    "attributes": """?x a rdf:Property
        { ?x cims:dataType ?t } UNION { ?x rdfs:range ?t . ?t cims:stereotype uml:enumeration }""",
    "association_ends": """?x a rdf:Property ; rdfs:range ?t
        FILTER NOT EXISTS { ?t cims:stereotype uml:enumeration }""",
    "enumerations": "?x a rdfs:Class ; cims:stereotype uml:enumeration",
    "literals": "?x a ?t . ?t cims:stereotype uml:enumeration",
    "datatypes": '?x a rdfs:Class ; cims:stereotype ?s FILTER (str(?s) = "CIMDatatype")',
    "compounds": '?x a rdfs:Class ; cims:stereotype ?s FILTER (str(?s) = "Compound")',
    "primitives": '?x a rdfs:Class ; cims:stereotype ?s FILTER (str(?s) = "Primitive")',
}


@pytest.mark.parametrize("release", ["cgmes-3.0.0", "cgmes-2.4.15"])
def test_counts_of_a_release(corpus: Path, release: str) -> None:
    folder = corpus / "rdfs" / release
    graph = rdflib.Graph()
    for file in sorted(folder.iterdir()):
        graph.parse(data=file.read_bytes(), format="xml")
    expected = {
        what: int(next(iter(graph.query(f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {where} }}")))[0])
        for what, where in COUNTS.items()
    }
    report = Report()
    model = pipeline.inspect(for_inputs([str(folder)], out=Path("unused")), report, "link")
    assert not report.has_errors
    assert pipeline.counts(model) == expected
    assert expected["classes"] > 190


def test_every_profile_keeps_its_own_bounds(corpus: Path) -> None:
    """IdentifiedObject.name differs between profiles of CGMES 3.0: each keeps its own, the family is widest."""
    folder = corpus / "rdfs" / "cgmes-3.0.0"
    stated: dict[str, str] = {}
    for file in sorted(folder.iterdir()):
        graph = rdflib.Graph().parse(data=file.read_bytes(), format="xml")
        keyword = next(graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/dcat#keyword")), None)
        for bounds in graph.objects(
            rdflib.URIRef("http://iec.ch/TC57/CIM100#IdentifiedObject.name"),
            rdflib.URIRef("http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#multiplicity"),
        ):
            stated[str(keyword)] = str(bounds).partition("#M:")[2]
    report = Report()
    model = pipeline.inspect(for_inputs([str(folder)], out=Path("unused")), report, "link")
    keyword_by_id = {p.id: p.keyword for p in model.profiles}
    (name,) = (
        a for c in model.classes for a in c.attributes if a.meta.uri.endswith("#IdentifiedObject.name")
    )
    assert {keyword_by_id[u.profile]: str(u.multiplicity) for u in name.meta.profiles} == stated
    assert str(name.multiplicity) == "0..1"
    assert len(set(stated.values())) == 2
    (warning,) = [d for d in report.diagnostics if d.code == "CIM222"]
    assert warning.related, "both places"
