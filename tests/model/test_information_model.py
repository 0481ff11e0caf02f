"""The default information model is whole: every reference leads somewhere, every element says what it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from tests.model.conftest import CIM, CIMS, local, rows

MUST_BE_EMPTY = {
    "an ontology header without title, description, version or version IRI": """
        SELECT ?o { ?o a owl:Ontology FILTER NOT EXISTS {
            ?o dct:title ?t ; dct:description ?d ; owl:versionInfo ?v ; owl:versionIRI ?i } }""",
    "a class without label": "SELECT ?c { ?c a rdfs:Class FILTER NOT EXISTS { ?c rdfs:label ?l } }",
    "a class without package": """
        SELECT ?c { ?c a rdfs:Class
            FILTER NOT EXISTS { ?c cims:belongsToCategory ?p . ?p a cims:ClassCategory } }""",
    "a class, member or package without a comment": """
        SELECT ?e { VALUES ?t { rdfs:Class rdf:Property cims:ClassCategory } ?e a ?t
            FILTER NOT EXISTS { ?e rdfs:comment ?c FILTER (STRLEN(STR(?c)) > 5) } }""",
    "an empty comment": 'SELECT ?e { ?e rdfs:comment ?c FILTER (STRLEN(REPLACE(STR(?c), "\\\\s", "")) = 0) }',
    "two comments or two labels": """
        SELECT ?e { { ?e rdfs:comment ?a, ?b } UNION { ?e rdfs:label ?a, ?b } FILTER (STR(?a) < STR(?b)) }""",
    "a superclass that is missing": """
        SELECT ?c { ?c rdfs:subClassOf ?s FILTER NOT EXISTS { ?s a rdfs:Class } }""",
    "two superclasses": "SELECT ?c { ?c rdfs:subClassOf ?a, ?b FILTER (STR(?a) < STR(?b)) }",
    "a cycle of superclasses": "SELECT ?c { ?c rdfs:subClassOf+ ?c }",
    "a package whose parent is missing": """
        SELECT ?p { ?p a cims:ClassCategory ; cims:belongsToCategory ?q
            FILTER NOT EXISTS { ?q a cims:ClassCategory } }""",
    "a property without one domain that is a class": """
        SELECT ?p { ?p a rdf:Property FILTER NOT EXISTS { ?p rdfs:domain ?d . ?d a rdfs:Class } }""",
    "a property without multiplicity": """
        SELECT ?p { ?p a rdf:Property FILTER NOT EXISTS { ?p cims:multiplicity ?m } }""",
    "a property with neither or both of dataType and range": """
        SELECT ?p { ?p a rdf:Property
            BIND (EXISTS { ?p cims:dataType ?t } AS ?typed) BIND (EXISTS { ?p rdfs:range ?r } AS ?ranged)
            FILTER (?typed = ?ranged) }""",
    "a dataType that is no primitive and no CIMDatatype": """
        SELECT ?p ?t { ?p cims:dataType ?t FILTER NOT EXISTS {
            ?t a rdfs:Class ; cims:stereotype ?s FILTER (STR(?s) IN ("Primitive", "CIMDatatype")) } }""",
    "a range that is missing": "SELECT ?p { ?p rdfs:range ?r FILTER NOT EXISTS { ?r a rdfs:Class } }",
    "an attribute with the range of neither enumeration nor compound": """
        SELECT ?p { ?p cims:stereotype uml:attribute ; rdfs:range ?r FILTER NOT EXISTS {
            ?r cims:stereotype ?s FILTER (?s = uml:enumeration || STR(?s) = "Compound") } }""",
    "an attribute with another multiplicity than 0..1": f"""
        SELECT ?p {{ ?p cims:stereotype uml:attribute ; cims:multiplicity ?m
            FILTER (?m != <{CIMS}M:0..1>) }}""",
    "an association end without an inverse": """
        SELECT ?p { ?p a rdf:Property ; rdfs:range ?r
            FILTER NOT EXISTS { ?p cims:stereotype uml:attribute }
            FILTER NOT EXISTS { ?p cims:inverseRoleName ?i . ?i a rdf:Property } }""",
    "an inverse that does not lead back": """
        SELECT ?p { ?p cims:inverseRoleName ?i FILTER NOT EXISTS { ?i cims:inverseRoleName ?p } }""",
    "an inverse between other classes": """
        SELECT ?p { ?p cims:inverseRoleName ?i ; rdfs:domain ?d ; rdfs:range ?r .
            ?i rdfs:domain ?di ; rdfs:range ?ri FILTER (?d != ?ri || ?r != ?di) }""",
    "an association used on both sides or on none": """
        SELECT ?p { ?p cims:inverseRoleName ?i
            OPTIONAL { ?p cims:AssociationUsed ?u } OPTIONAL { ?i cims:AssociationUsed ?v }
            FILTER (!BOUND(?u) || !BOUND(?v) || ?u = ?v || ?u NOT IN ("Yes", "No")) }""",
    "an association with a datatype": """
        SELECT ?p { ?p cims:inverseRoleName ?i ; rdfs:range ?r . ?r cims:stereotype ?s
            FILTER (STR(?s) IN ("Primitive", "CIMDatatype", "Compound") || ?s = uml:enumeration) }""",
    "an enumeration without literals": """
        SELECT ?e { ?e cims:stereotype uml:enumeration FILTER NOT EXISTS { ?l a ?e } }""",
    "a CIMDatatype without value, unit and multiplier": """
        SELECT ?d { ?d cims:stereotype "CIMDatatype" FILTER NOT EXISTS {
            ?v rdfs:domain ?d ; rdfs:label "value"@en . ?u rdfs:domain ?d ; rdfs:label "unit"@en .
            ?m rdfs:domain ?d ; rdfs:label "multiplier"@en } }""",
    "a member with the name of an inherited one": """
        SELECT ?p { ?p rdfs:domain/rdfs:subClassOf+ ?s ; rdfs:label ?n .
            ?q rdfs:domain ?s ; rdfs:label ?n }""",
    "two members of one name": """
        SELECT ?p { ?p rdfs:domain ?d ; rdfs:label ?n . ?q rdfs:domain ?d ; rdfs:label ?n
            FILTER (?p != ?q) }""",
}


@pytest.mark.parametrize("flaw", MUST_BE_EMPTY)
def test_there_is_not_one(flaw: str, model_store: pyoxigraph.Store, topology_store: pyoxigraph.Store) -> None:
    assert rows(model_store, MUST_BE_EMPTY[flaw]) == []
    if "multiplicity than" not in flaw:
        assert rows(topology_store, MUST_BE_EMPTY[flaw]) == []


def test_the_queries_can_fail() -> None:
    broken = pyoxigraph.Store()
    broken.load(
        format=pyoxigraph.RdfFormat.TURTLE,
        input=f"""
        @prefix cim: <{CIM}> . @prefix cims: <{CIMS}> . @prefix rdfs: <{RDFS}> . @prefix rdf: <{RDF}> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix uml: <http://iec.ch/TC57/NonStandard/UML#> .
        cim:O a owl:Ontology .
        cim:P a cims:ClassCategory ; cims:belongsToCategory cim:Nowhere .
        cim:A a rdfs:Class ; rdfs:subClassOf cim:B, cim:Gone ; rdfs:comment " ", "x" .
        cim:B a rdfs:Class ; rdfs:subClassOf cim:A ; cims:stereotype "Compound" .
        cim:E a rdfs:Class ; cims:stereotype uml:enumeration, "CIMDatatype" .
        cim:A.n a rdf:Property ; rdfs:domain cim:A ; rdfs:label "n" .
        cim:B.n a rdf:Property ; rdfs:domain cim:B ; rdfs:label "n" ; cims:dataType cim:B .
        cim:B.m a rdf:Property ; rdfs:domain cim:B ; rdfs:label "n" ; rdfs:range cim:Gone .
        cim:A.k a rdf:Property ; rdfs:domain cim:A ; cims:stereotype uml:attribute ; rdfs:range cim:A ;
            cims:multiplicity <{CIMS}M:1..1> .
        cim:A.i a rdf:Property ; rdfs:domain cim:A ; rdfs:range cim:B ;
            cims:inverseRoleName cim:A.k, cim:A.n .
        cim:X.y a rdf:Property .
        """,
    )
    silent = [flaw for flaw, query in MUST_BE_EMPTY.items() if not rows(broken, query)]
    assert silent == []


def test_two_parsers_read_the_same_from_every_file(input_models: Path) -> None:
    files = sorted(input_models.rglob("*.ttl"))
    assert len(files) >= 27
    for path in files:
        one = len(rdflib.Graph().parse(path))
        other = len(set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)))
        assert one == other > 0, path.name


def test_one_file_per_package(model_files: tuple[Path, ...]) -> None:
    members = "SELECT DISTINCT ?p { ?c a rdfs:Class ; cims:belongsToCategory ?p }"
    of_packages = 0
    for path in model_files:
        store = pyoxigraph.Store()
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        assert len(rows(store, "SELECT ?o { ?o a owl:Ontology }")) == 1, path.name
        if path.parent.name == "cim":
            assert rows(store, members) == [f"Package_{path.stem}"]
            of_packages += 1
    assert of_packages >= 20


def test_informative_packages_are_marked_and_apart(model_store: pyoxigraph.Store) -> None:
    inf = rows(
        model_store,
        'SELECT ?p { ?p a cims:ClassCategory FILTER (STRSTARTS(STRAFTER(STR(?p), "#Package_"), "Inf")) }',
    )
    marked = rows(model_store, 'SELECT ?p { ?p a cims:ClassCategory ; cims:stereotype "informative" }')
    assert inf == marked == ["Package_InfCustomers", "Package_InfIEC61968", "Package_InfWork"]


def test_names_outside_the_cim_are_in_our_namespaces(model_graph: rdflib.Graph) -> None:
    namespaces = {str(s).rpartition("#")[0] + "#" for s in model_graph.subjects(RDF.type, None)}
    classes = {n for n in namespaces if not n.startswith("http://cimforge.example/model/")}
    assert classes == {CIM, "http://cimforge.example/model#", "http://acme.example/cim-ext#"}


def test_wrappers_of_messages_are_no_classes_of_the_cim(model_graph: rdflib.Graph) -> None:
    # IEC 61968-6 payloads have such containers; neither CIM17 nor CIM100 has the classes.
    for name in ("WorkRequest", "TrainingScenario"):
        assert (rdflib.URIRef(CIM + name), RDF.type, RDFS.Class) not in model_graph
        assert (rdflib.URIRef("http://cimforge.example/model#" + name), RDF.type, RDFS.Class) in model_graph


def _comments(graph: rdflib.Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, text in graph.subject_objects(RDFS.comment):
        found.setdefault(local(subject), set()).add(_plain(str(text)))
    return found


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).casefold().split()).rstrip(".")


def test_descriptions_are_our_own(
    corpus: Path, model_graph: rdflib.Graph, topology_graph: rdflib.Graph
) -> None:
    """No text of more than four words is that of an element of the same name in the corpus."""
    theirs: dict[str, set[str]] = {}
    for path in (
        *corpus.glob("rdfs/**/*.rdf"),
        *corpus.glob("rdfs/**/*.ttl"),
        *corpus.glob("golden/**/*.rdfs"),
    ):
        for name, texts in _comments(
            rdflib.Graph().parse(path, format="turtle" if path.suffix == ".ttl" else "xml")
        ).items():
            theirs.setdefault(name, set()).update(texts)
    facts = json.loads((corpus / "synthetic" / "cim17_facts.json").read_text("utf-8"))
    for name, said in facts["classes"].items():
        theirs.setdefault(name, set()).add(_plain(said["doc"]))
        for attribute in said["attributes"]:
            theirs.setdefault(f"{name}.{attribute['name']}", set()).add(_plain(attribute["doc"]))
    for association in facts["associations"]:
        for near, far in ((association["a"], association["b"]), (association["b"], association["a"])):
            theirs.setdefault(f"{near['class']}.{far['role']}", set()).add(_plain(far["doc"]))
    assert len(theirs) > 5000
    ours = _comments(model_graph)
    for name, texts in _comments(topology_graph).items():
        ours.setdefault(name, set()).update(texts)
    compared = [name for name in ours if name in theirs]
    assert len(compared) > 700
    assert [n for n in compared for t in ours[n] & theirs[n] if len(t.split()) > 4] == []


def test_members_agree_with_the_public_facts(corpus: Path, model_graph: rdflib.Graph) -> None:
    """Types of attributes and multiplicities of ends are those of CIM17 where it has them.

    Where CIM17 and CIM100 differ, or the facts hold a plain number for a quantity with a unit, the
    difference is listed here.
    """
    facts = json.loads((corpus / "synthetic" / "cim17_facts.json").read_text("utf-8"))
    different = set()
    compared = 0
    for name, said in facts["classes"].items():
        for attribute in said["attributes"]:
            subject = rdflib.URIRef(f"{CIM}{name}.{attribute['name']}")
            ours = model_graph.value(subject, rdflib.URIRef(CIMS + "dataType")) or model_graph.value(
                subject, RDFS.range
            )
            if ours is not None:
                compared += 1
                if local(ours) != attribute["type"]:
                    different.add(f"{name}.{attribute['name']} {attribute['type']} {local(ours)}")
    for association in facts["associations"]:
        for near, far in ((association["a"], association["b"]), (association["b"], association["a"])):
            subject = rdflib.URIRef(f"{CIM}{near['class']}.{far['role']}")
            bounds = model_graph.value(subject, rdflib.URIRef(CIMS + "multiplicity"))
            if bounds is not None:
                compared += 1
                assert local(model_graph.value(subject, RDFS.range)) == far["class"], subject
                lower, _, upper = far["mult"].partition("..")
                expected = f"M:{lower}..{(upper or lower).replace('*', 'n')}"
                if local(bounds) != expected:
                    different.add(f"{subject} {expected} {local(bounds)}")
    assert compared > 700
    units = {
        d
        for d in different
        if d.split()[1:]
        in (
            ["Float", "PerCent"],
            ["Float", "Temperature"],
            ["Float", "Minutes"],
            ["Float", "Hours"],
            ["Float", "Length"],
            ["Float", "CurrentFlow"],
            ["Float", "Voltage"],
            ["Decimal", "Money"],
        )
    }
    assert different - units == set()
    assert len(units) == 27
