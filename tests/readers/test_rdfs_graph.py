"""The reader and rdflib find the same graph, and all serialisations of a model the same facts."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.readers.rdfs_graph import BLANK, IRI, XML, Graph
from cimforge.readers.rdfs_turtle import turtle_graph
from cimforge.readers.rdfs_xml import rdf_xml_graph
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from tests.readers.rdf_files import literal_text, oracle, parsed, rdf_xml, read, read_file

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
XML_LITERAL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral"

VOCABULARIES = (
    "rdfs/cgmes-3.0.0/*.rdf",
    "rdfs/cgmes-2.4.15/*.rdf",
    "rdfs/statnett/*",
    "golden/gmdm-1.3/*.rdfs",
    "golden/enddevicecontrols/cimtool-out/*.rdfs",
    "xmi11/cgmes-schema/*.ttl",
    "shacl/*.ttl",
    "owl/statnett/*",
    "owl/cimtool/SampleProfile.owl",
    "owl/gmdm-1.3/*.owl",
    "golden/gmdm-1.3/*.owl",
    "golden/es-cim/*/*.owl",
    "golden/avro4cim/*.owl",
    "golden/enddevicecontrols/*.owl",
)

Triples = set[tuple[str, str, str, str]]


def ours(graph: Graph) -> Triples:
    triples: Triples = set()
    for subject in graph.subjects.values():
        for predicate, value, kind in subject.statements():
            subject_name = "_" if subject.is_blank else subject.iri
            triples.add((subject_name, predicate, "_" if kind == BLANK else value, kind))
    return triples


def theirs(graph: rdflib.Graph) -> Triples:
    triples: Triples = set()
    for s, p, o in graph:
        subject = "_" if isinstance(s, rdflib.BNode) else str(s).replace(" ", "%20")
        if isinstance(o, rdflib.BNode):
            triples.add((subject, str(p), "_", BLANK))
        elif isinstance(o, rdflib.URIRef):
            triples.add((subject, str(p), str(o).replace(" ", "%20"), IRI))
        elif o.language:
            triples.add((subject, str(p), str(o), f"@{o.language.lower()}"))
        elif str(o.datatype) == XML_LITERAL:
            triples.add((subject, str(p), literal_text(str(o)), XML))
        else:
            plain = o.datatype is None or str(o.datatype) == XSD_STRING
            triples.add((subject, str(p), str(o), "" if plain else f"^^{o.datatype}"))
    return triples


def vocabularies(corpus: Path) -> list[Path]:
    return sorted(path for pattern in VOCABULARIES for path in corpus.glob(pattern))


def test_same_graph_as_rdflib(corpus: Path) -> None:
    """In every vocabulary and profile of the corpus; blank nodes count as one, blanks in IRIs as %20."""
    paths = vocabularies(corpus)
    assert len(paths) > 50
    for path in paths:
        source, report = RawSource(path=path.name, data=path.read_bytes()), Report()
        if path.suffix == ".ttl":
            read_graph = turtle_graph(source, report)
            graph = read_graph[0] if read_graph else None
        else:
            tree = parse_xml(source, report)
            assert tree is not None
            graph = rdf_xml_graph(source, tree, report)
        assert graph is not None, path
        assert ours(graph) == theirs(oracle(path)), path


@pytest.mark.parametrize("name", ["owl/cimtool/SampleProfile.owl", "golden/gmdm-1.3/MarketDER.owl"])
def test_blank_nodes_are_those_of_rdflib(corpus: Path, name: str) -> None:
    """Node by node, in files where rdf:nodeID makes most of them; plain texts and IRIs alone are compared."""
    path = corpus / name
    source, report = RawSource(path=path.name, data=path.read_bytes()), Report()
    tree = parse_xml(source, report)
    assert tree is not None
    graph = rdf_xml_graph(source, tree, report)
    assert graph is not None

    def node(value: str) -> rdflib.term.Node:
        return rdflib.BNode(value[2:]) if value.startswith("_:") else rdflib.URIRef(value)

    found, wanted = rdflib.Graph(), rdflib.Graph()
    for subject in graph.subjects.values():
        for predicate, value, kind in subject.statements():
            term = node(value) if kind in (IRI, BLANK) else rdflib.Literal(value)
            found.add((node(subject.iri), rdflib.URIRef(predicate), term))
    for s, p, o in oracle(path):
        wanted.add((s, p, rdflib.Literal(str(o)) if isinstance(o, rdflib.Literal) else o))
    assert len(found) > 200
    assert isomorphic(found, wanted)


def test_lines_are_those_of_the_descriptions(corpus: Path) -> None:
    """Every line found holds the element's name, in both serialisations."""
    for name in ("rdfs/statnett/Assets.rdf", "rdfs/statnett/Assets.ttl", "xmi11/cgmes-schema/Topology.ttl"):
        lines = (corpus / name).read_text().split("\n")
        facts, _ = read_file(corpus / name)
        assert facts is not None
        for fact in (*facts.classes, *facts.members):
            assert fact.location.line is not None, fact.id
            local = re.escape(re.split("[#/]", fact.id)[-1])
            assert re.search(rf"[#:<]{local}[\">\s]", lines[fact.location.line - 1]), fact.id


def meaning(facts: Facts | None) -> dict[str, object]:
    """What does not hang on the order or the notation of the file."""
    assert facts is not None

    def bare(fact: object) -> object:
        own = {name: getattr(fact, name) for name in fact.__struct_fields__}
        own.pop("position", None)
        for name in ("stereotypes", "tags", "supers"):
            if name in own:
                own[name] = sorted(map(repr, own[name]))
        return [(k, v) for k, v in own.items() if not isinstance(v, Location)]

    kinds = ("packages", "classes", "members", "profiles")
    found = {kind: {f.id: bare(f) for f in getattr(facts, kind)} for kind in kinds}
    for profile in found["profiles"].values():
        profile[:] = [(k, sorted(v) if k == "header" else v) for k, v in profile]
    return {**found, "notes": facts.notes}


@pytest.mark.parametrize(
    "name",
    [
        "cgmes-3.0.0/IEC61970-600-2_CGMES_3_0_0_RDFS2020_SSH.rdf",
        "cgmes-2.4.15/SteadyStateHypothesisProfileRDFSAugmented-v2_4_15-27Jan2020.rdf",
    ],
)
def test_turtle_and_rdf_xml_of_one_model_say_the_same(corpus: Path, name: str) -> None:
    path = corpus / "rdfs" / name
    expected = meaning(read_file(path)[0])
    for serialisation in ("turtle", "nt", "pretty-xml", "xml"):
        data = oracle(path).serialize(format=serialisation, encoding="utf-8")
        facts, report = read(data)
        assert not report.has_errors
        assert meaning(facts) == expected, serialisation


def test_typed_nodes_and_descriptions_say_the_same(corpus: Path) -> None:
    """The same file with <rdfs:Class>, <rdf:Property> and rdf:ID in place of rdf:Description and rdf:type."""
    path = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_TP.rdf"))
    text = path.read_text(encoding="utf-8")

    def typed(match: re.Match[str]) -> str:
        block = match[0]
        for prefix, name in (("rdfs", "Class"), ("rdf", "Property")):
            stated = re.search(rf'\s*<rdf:type rdf:resource="[^"]*#{name}"/>', block)
            if stated:
                block = block.replace(stated[0], "").replace("rdf:Description", f"{prefix}:{name}")
        return re.sub(r'rdf:about="#([^"]*)"', r'rdf:ID="\1"', block)

    changed = re.sub(r"<rdf:Description rdf:about=.*?</rdf:Description\s*>", typed, text, flags=re.DOTALL)
    assert changed.count("<rdf:Property rdf:ID=") == 16
    expected, found = meaning(read(text.encode())[0]), meaning(read(changed.encode())[0])
    assert expected == found


def test_other_prefixes_and_order_of_statements_change_nothing(corpus: Path) -> None:
    path = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_DL.rdf"))
    text = path.read_text(encoding="utf-8")
    renamed = re.sub(r"<[^>]*>", lambda tag: re.sub(r"\b(rdfs?|cims)(:|=)", r"x\1\2", tag[0]), text)
    assert "<rdf:" not in renamed
    nodes = re.findall(r"<rdf:Description rdf:about.*?</rdf:Description\s*>", text, flags=re.DOTALL)
    random.Random(1).shuffle(nodes)
    head = text[: text.index("<rdf:Description")]
    shuffled = head + "\n".join(nodes) + "</rdf:RDF>"
    expected = meaning(read(text.encode())[0])
    assert meaning(read(renamed.encode())[0]) == expected
    assert meaning(read(shuffled.encode())[0]) == expected


def test_facts_do_not_depend_on_the_hash_seed_or_on_a_second_reading(corpus: Path) -> None:
    path = corpus / "rdfs" / "statnett" / "Assets.ttl"
    assert read_file(path)[0] == read_file(path)[0]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
PROPERTY = st.sampled_from(
    (
        "<rdfs:comment>{}</rdfs:comment>",
        '<rdfs:comment xml:lang="en">{}</rdfs:comment>',
        "<rdfs:comment> <!-- aside -->{}</rdfs:comment>",
        "<rdfs:comment><![CDATA[ ]]>{}<?note x?> </rdfs:comment>",
        '<rdfs:label rdf:datatype="http://www.w3.org/2001/XMLSchema#string">{}</rdfs:label>',
        '<cims:isFixed rdf:datatype="http://www.w3.org/2001/XMLSchema#date">{}</cims:isFixed>',
        '<rdfs:domain rdf:resource="#A"/><rdfs:label>{}</rdfs:label>',
        '<rdfs:comment rdf:parseType="Literal">{}</rdfs:comment>',
        '<rdfs:seeAlso rdf:parseType="Resource"><rdfs:label>{}</rdfs:label></rdfs:seeAlso>',
        "<rdfs:seeAlso><rdfs:Class rdf:about='#B'><rdfs:label>{}</rdfs:label></rdfs:Class></rdfs:seeAlso>",
        '<rdfs:range rdf:nodeID="n"/><rdfs:label> {}\n</rdfs:label>',
        '<rdf:li>{}</rdf:li><rdf:li rdf:resource="#a"/>',
        '<rdfs:seeAlso xml:base="http://far/x/#y" rdf:resource="../z#w" rdfs:label="{}"/>',
        '<rdfs:seeAlso rdf:nodeID="n" rdfs:label="{}" rdf:type="http://t/T"/><rdfs:label>{}</rdfs:label>',
        '<cims:isFixed rdfs:Literal="{}"/>',
        "<rdfs:seeAlso><rdfs:Class rdf:nodeID='m' xml:lang='fr'><rdfs:label>{}</rdfs:label>"
        "<rdfs:comment xml:lang='de-AT'> {}</rdfs:comment></rdfs:Class></rdfs:seeAlso>",
        '<rdfs:seeAlso rdf:parseType="Collection"><rdfs:Class/><rdfs:Class rdf:about="#{{}}"/>'
        "</rdfs:seeAlso><rdfs:label>{}</rdfs:label>".replace("#{{}}", "#C"),
        '<rdfs:comment rdf:parseType="Literal">{} <i>{}</i> <b/> </rdfs:comment>',
        '<rdfs:comment rdf:datatype="http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral">{}</rdfs:comment>',
        '<rdfs:seeAlso rdf:resource="x/y"/><rdfs:label xml:lang="">{}</rdfs:label>',
    )
)
NODE = st.sampled_from(
    ('rdf:Description rdf:about="#{}"', 'rdfs:Class rdf:about="#{}"', 'rdf:Property rdf:ID="{}"')
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NODE, st.lists(st.tuples(PROPERTY, TEXT), max_size=4)), max_size=4))
def test_same_graph_as_rdflib_for_any_document(
    nodes: list[tuple[str, list[tuple[str, str]]]],
) -> None:
    """Also where comments, CDATA and blanks meet, which the parser is allowed to drop between elements."""
    body = ""
    for number, (node, properties) in enumerate(nodes):
        start = node.format(f"N{number}")
        body += f"<{start}>"
        for form, text in properties:
            escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            escaped = escaped.replace('"', "&quot;")
            body += "\n  " + form.replace("{}", escaped)
        body += f"</{start.split()[0]}>\n"
    data = rdf_xml(body)
    source, report = RawSource(path="any.rdf", data=data), Report()
    tree = parse_xml(source, report)
    assert tree is not None
    graph = rdf_xml_graph(source, tree, report)
    assert graph is not None, [d.message for d in report.diagnostics]
    assert ours(graph) == theirs(parsed(data, "xml"))
