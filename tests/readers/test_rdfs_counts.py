"""Classes, properties and literals of every vocabulary in the corpus, against SPARQL on the same files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib
from cimforge.ir.facts import Facts

from tests.readers.rdf_files import oracle, read_file

PREFIXES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX cims: <http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#>
"""

IS_CLASS = "{ ?x a rdfs:Class } UNION { ?x a owl:Class } UNION { ?x a rdfs:Datatype }"
IS_PROPERTY = """{ ?x a rdf:Property } UNION { ?x a rdfs:Property }
    UNION { ?x a owl:DatatypeProperty } UNION { ?x a owl:ObjectProperty }"""

QUERIES = {
    "packages": "?x a cims:ClassCategory",
    "classes": IS_CLASS,
    "properties": IS_PROPERTY,
    "of a data type": f"{IS_PROPERTY} ?x cims:dataType ?t",
    "of a range": f"{IS_PROPERTY} ?x rdfs:range ?t",
    "with an inverse": f"{IS_PROPERTY} {{ ?x cims:inverseRoleName ?t }} UNION {{ ?x owl:inverseOf ?t }}",
    "used": f'{IS_PROPERTY} ?x cims:AssociationUsed ?t FILTER (str(?t) = "Yes")',
    "unused": f'{IS_PROPERTY} ?x cims:AssociationUsed ?t FILTER (str(?t) = "No")',
    "fixed": f"{IS_PROPERTY} ?x cims:isFixed ?t",
    "default": f"{IS_PROPERTY} ?x cims:isDefault ?t FILTER NOT EXISTS {{ ?x cims:isFixed ?f }}",
    "with bounds": f"{IS_PROPERTY} ?x cims:multiplicity ?t",
    "literals": "?x a ?t . { ?t a rdfs:Class } UNION { ?t a owl:Class }",
    "with text": "?x rdfs:comment ?t { ?x a rdf:Property } UNION { ?x a rdfs:Class } FILTER (str(?t) != '')",
    "subclasses": f"{IS_CLASS} ?x rdfs:subClassOf ?t FILTER isIRI(?t)",
    "in a package": f"{IS_CLASS} ?x cims:belongsToCategory ?t",
}

FOLDERS = ("rdfs/cgmes-3.0.0", "rdfs/cgmes-2.4.15", "rdfs/statnett", "golden/gmdm-1.3", "xmi11/cgmes-schema")


def counts(facts: Facts) -> Counter[str]:
    classes = {c.id for c in facts.classes}
    properties = [m for m in facts.members if m.type or m.range or m.multiplicity or m.is_constant]
    literals = [m for m in facts.members if m not in properties]
    assert all(m.owner.value in classes for m in literals)
    found = {
        "packages": facts.packages,
        "classes": facts.classes,
        "properties": properties,
        "of a data type": [m for m in properties if m.type],
        "of a range": [m for m in properties if m.range],
        "with an inverse": [m for m in properties if m.inverse],
        "used": [m for m in properties if m.used == "Yes"],
        "unused": [m for m in properties if m.used == "No"],
        "fixed": [m for m in properties if m.is_constant],
        "default": [m for m in properties if m.default is not None and not m.is_constant],
        "with bounds": [m for m in properties if m.multiplicity],
        "literals": literals,
        "subclasses": [s for c in facts.classes for s in c.supers],
        "in a package": [c for c in facts.classes if c.package],
    }
    return Counter({name: len(each) for name, each in found.items()})


def expected(graph: rdflib.Graph) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, where in QUERIES.items():
        if name != "with text":
            query = f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}"
            found[name] = int(next(iter(graph.query(query)))[0])
    return found


def files(corpus: Path, folder: str) -> list[Path]:
    endings = {".rdf", ".rdfs", ".ttl"}
    found = sorted(p for p in (corpus / folder).iterdir() if p.suffix in endings)
    return [p for p in found if not p.stem.endswith("Shape")]


@pytest.mark.parametrize("folder", FOLDERS)
def test_counts(corpus: Path, folder: str) -> None:
    """In each file, and so in each release as a whole."""
    whole: Counter[str] = Counter()
    for path in files(corpus, folder):
        facts, report = read_file(path)
        assert facts is not None
        assert not report.has_errors, path
        found = counts(facts)
        assert found == expected(oracle(path)), path.name
        whole += found
    assert whole["classes"] > 30
    assert whole["properties"] > 40
    if folder.startswith("rdfs/cgmes"):
        assert not [n for p in files(corpus, folder) for n in read_file(p)[0].notes]


def test_the_texts_of_a_file_are_those_rdflib_reads(corpus: Path) -> None:
    rdfs = rdflib.RDFS
    for path in files(corpus, "rdfs/cgmes-3.0.0"):
        facts, _ = read_file(path)
        assert facts is not None
        graph = oracle(path)
        for fact in (*facts.classes, *facts.members, *facts.packages):
            subject = rdflib.URIRef(fact.uri)
            [label] = graph.objects(subject, rdfs.label)
            comment = next(graph.objects(subject, rdfs.comment), rdflib.Literal(""))
            assert fact.name == str(label)
            if comment.datatype != rdflib.RDF.XMLLiteral:
                assert fact.doc == str(comment)


def test_members_stand_in_the_order_of_the_file(corpus: Path) -> None:
    path = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_EQ.rdf"))
    facts, _ = read_file(path)
    assert facts is not None
    lines = [m.location.line for m in facts.members]
    assert lines == sorted(lines)
    by_owner: dict[str, list[int]] = {}
    for member in facts.members:
        by_owner.setdefault(member.owner.value, []).append(member.position)
    assert all(positions == list(range(len(positions))) for positions in by_owner.values())
    assert max(map(len, by_owner.values())) > 100


@pytest.mark.parametrize(
    ("release", "keywords"),
    [
        ("cgmes-3.0.0", ["", "DL", "DY", "EQ", "EQBD", "GL", "OP", "SC", "SSH", "SV", "TP"]),
        ("cgmes-2.4.15", ["DL", "EQ", "EQ_BD", "GL", "SSH", "SV", "TP", "TP_BD"]),
    ],
)
def test_every_file_is_one_profile(corpus: Path, release: str, keywords: list[str]) -> None:
    profiles = []
    for path in files(corpus, f"rdfs/{release}"):
        facts, _ = read_file(path)
        assert facts is not None
        [profile] = facts.profiles
        profiles.append(profile)
    assert sorted(p.keyword for p in profiles) == keywords
    assert len({p.id for p in profiles}) == len(profiles)
    assert all(p.uri for p in profiles if p.keyword)
    assert all(p.title for p in profiles)
