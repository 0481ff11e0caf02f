"""Shapes of the corpus against SPARQL on the same files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from cimforge.ir.facts import Facts
from cimforge.readers.shacl import whole_pattern

from tests.readers.rdf_files import oracle, read_file

FILES = {
    "shacl/DiagramLayoutProfile.ttl": (11, 52),
    "shacl/StateVariablesProfile.ttl": (12, 51),
    "shacl/TP_456.ttl": (1, 1),
    "shacl/IdentifiedObjecStringLength.ttl": (1, 4),
    "xmi11/cgmes-schema/CoreEquipmentShape.ttl": (160, 363),
    "xmi11/cgmes-schema/DiagramLayoutShape.ttl": (9, 33),
    "xmi11/cgmes-schema/GeographicalLocationShape.ttl": (11, 42),
    "xmi11/cgmes-schema/SimulationSettingsShape.ttl": (20, 75),
    "xmi11/cgmes-schema/TopologyShape.ttl": (14, 21),
}
"""Node and property shapes, as the corpus' index counts them."""

PAIRS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?target ?shape ?path WHERE {
    ?node sh:targetClass ?target ; sh:property ?shape . ?shape sh:path ?path FILTER isIRI(?path)
}
"""

STATED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?target ?shape WHERE {
    ?node sh:targetClass ?target ; sh:property ?shape . ?shape sh:path ?path ; sh:TERM ?value FILTER isIRI(?path)
}
"""

UNREAD = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?shape WHERE { ?node sh:property ?shape . ?shape sh:path ?path FILTER isBlank(?path) }
"""


def facts_of(path: Path) -> Facts:
    facts, report = read_file(path)
    assert isinstance(facts, Facts)
    assert not report.diagnostics
    return facts


@pytest.mark.parametrize("name", FILES)
def test_shapes_are_those_that_sparql_finds(corpus: Path, name: str) -> None:
    facts, graph = facts_of(corpus / name), oracle(corpus / name)
    assert facts.sources[0].format == "shacl"
    found = Counter((s.target.value, s.path.value) for s in facts.shapes)
    assert found == Counter((str(row.target), str(row.path)) for row in graph.query(PAIRS))
    counts = {
        "minCount": sum(bool(s.min_count) for s in facts.shapes),
        "maxCount": sum(bool(s.max_count) for s in facts.shapes),
        "datatype": sum(s.datatype is not None for s in facts.shapes),
        "class": sum(s.class_ is not None for s in facts.shapes),
        "in": sum(bool(s.allowed) for s in facts.shapes),
        "nodeKind": sum(bool(s.node_kind) for s in facts.shapes),
        "severity": sum(bool(s.severity) for s in facts.shapes),
    }
    for term, count in counts.items():
        assert count == len(list(graph.query(STATED.replace("TERM", term)))), term
    unread = sum(n for kind, n in facts.notes if kind.startswith("shape with a path"))
    assert unread == len(list(graph.query(UNREAD)))


@pytest.mark.parametrize("name", FILES)
def test_counts_are_those_of_the_index(corpus: Path, name: str) -> None:
    """Every property shape is a fact, or is counted: for the path, or for being reached from no class."""
    facts = facts_of(corpus / name)
    shapes = {s.id for s in facts.shapes}
    unread = sum(n for kind, n in facts.notes if kind.startswith(("shape with a path", "shape for no class")))
    assert len(shapes) + unread == FILES[name][1]
    if name != "shacl/IdentifiedObjecStringLength.ttl":
        assert len({s.target.value for s in facts.shapes}) <= FILES[name][0] + 1


@pytest.mark.parametrize(
    ("pattern", "whole"),
    [
        ("^[0-9]+$", "[0-9]+"),
        ("^a", r"a[\s\S]*"),
        ("a$", r"[\s\S]*a"),
        ("a", r"[\s\S]*a[\s\S]*"),
        ("^(a|b)$", "(a|b)"),
        ("a|b", r"[\s\S]*(a|b)[\s\S]*"),
        ("^a|b$", None),
        ("^[|^$]$", "[|^$]"),
        (r"^a\$", r"a\$[\s\S]*"),
        (r"^a\\$", r"a\\"),
        ("a^b", None),
        ("(?i)a", None),
        (r"\bword\b", None),
        ("^.*?$", None),
        (r"^(a)\1$", None),
    ],
)
def test_patterns_are_anchored_as_xml_schema_has_it(pattern: str, whole: str | None) -> None:
    assert whole_pattern(pattern) == whole
