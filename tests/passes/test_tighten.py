"""Each folder of tests/cases/passes/tighten: Turtle files in; the members that shapes change, and what is said."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts
from cimforge.ir.value import replace
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.passes.tighten import tighten
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

from tests.readers.rdf_files import oracle

PREFIXES = """
@prefix g: <http://example.org/grid#> .
@prefix s: <http://example.org/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "tighten").iterdir())


def merged(paths: list[Path], report: Report) -> Facts:
    read = [read_source(RawSource(path=p.name, data=p.read_bytes()), report) for p in paths]
    return merge([f for f in read if isinstance(f, Facts)], report)


def changes(before: Facts, after: Facts) -> str:
    lines = []
    was = {m.id: m for m in before.members}
    profiles = {p.id: p.keyword for p in after.profiles}
    for member in after.members:
        old = was[member.id]
        uses = zip(before.uses.get(member.id, ()), after.uses.get(member.id, ()), strict=True)
        used = [
            f"{profiles[u.profile]} {o.multiplicity or '-'} > {u.multiplicity}" for o, u in uses if o != u
        ]
        if member != old or used:
            bounds = [f"{old.multiplicity or '-'} > {member.multiplicity}"] * (
                old.multiplicity != member.multiplicity
            )
            facets = [f"{k} {v!r}" for k, v in member.facets]
            lines.append(f"{member.uri.rpartition('#')[2]}: {', '.join([*bounds, *used, *facets])}\n")
    return "".join(lines)


def said(report: Report) -> str:
    lines = []
    for d in report.diagnostics:
        see = "".join(f" (see {r.file} {r.line})" for r in d.related)
        lines.append(
            f"{d.location.file} {d.location.line or '-'} {d.code} {report.severity(d)}: {d.message}{see}\n"
        )
    return "".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    files = sorted(case.glob("*.ttl"))
    report = Report()
    before = merged(files, report)
    after = tighten(before, report)
    expect(case / "expected.txt", changes(before, after) + said(report))
    assert after.shapes == ()
    assert tighten(after, Report()) is after

    turned, again = Report(), merged(files[::-1], Report())
    assert tighten(again, turned) == after, "file order decides something"
    shuffled = random.Random(7).sample(before.shapes, len(before.shapes))

    assert (
        tighten(replace(before, shapes=tuple(shuffled)), Report()) == after
    ), "the order of shapes decides something"


def test_facts_without_shapes_are_as_they_were() -> None:
    facts = Facts(sources=())
    assert tighten(facts, Report()) is facts


@pytest.mark.parametrize(
    ("keyword", "shapes"), [("DL", "DiagramLayoutProfile"), ("SV", "StateVariablesProfile"), ("TP", "TP_456")]
)
def test_published_shapes_say_what_the_profile_says(corpus: Path, keyword: str, shapes: str) -> None:
    """ENTSO-E makes profile and shapes from one model: nothing is tighter, nothing contradicts.

    In TP a name is required of two of the classes that inherit it, which the profile cannot say (CIM193).
    """
    report = Report()
    profile = next((corpus / "rdfs" / "cgmes-3.0.0").glob(f"*_{keyword}.rdf"))
    before = merged([profile, corpus / "shacl" / f"{shapes}.ttl"], report)
    assert len(before.shapes) == {"DL": 88, "SV": 62, "TP": 2}[keyword]
    after = tighten(before, report)
    assert after.members == before.members
    assert [d.code for d in report.diagnostics] == (["CIM193"] if keyword == "TP" else [])


DEMANDED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?path ?own WHERE {
    ?node sh:targetClass ?target ; sh:property ?shape . ?shape sh:path ?path ; sh:minCount ?least .
    FILTER (?least >= 1) BIND (STRSTARTS(STR(?path), CONCAT(STR(?target), ".")) AS ?own)
}
"""


@pytest.mark.parametrize(
    ("name", "members"),
    [("DiagramLayout", 33), ("Topology", 21), ("GeographicalLocation", 42), ("SimulationSettings", 75)],
)
def test_shapes_give_bounds_to_a_plain_vocabulary(corpus: Path, name: str, members: int) -> None:
    """These vocabularies state no multiplicities; their publisher put them into the shapes beside them.

    What rdflib finds demanded of a member's own class is required; nothing is that no shape demands.
    """
    folder = corpus / "xmi11" / "cgmes-schema"
    report = Report()
    before = merged([folder / f"{name}.ttl", folder / f"{name}Shape.ttl"], report)
    assert len(before.members) == members
    assert not any(m.multiplicity for m in before.members)
    after = tighten(before, report)
    found = {m.uri for m in after.members if m.multiplicity and m.multiplicity[0] != "0"}
    rows = list(oracle(folder / f"{name}Shape.ttl").query(DEMANDED))
    own = {str(row.path) for row in rows if row.own.toPython()}
    assert own <= found <= {str(row.path) for row in rows}
    assert len(own) > 5
    model = link(after, report)
    if name == "DiagramLayout":
        [diagram] = [c for c in model.classes if c.name == "Diagram"]
        [orientation] = [a for a in diagram.attributes if a.name == "orientation"]
        assert orientation.facets.allowed == ("positive", "negative")


def test_shapes_of_another_namespace_are_one_warning(corpus: Path) -> None:
    folder = corpus / "xmi11" / "cgmes-schema"
    profile = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_DL.rdf"))
    report = Report()
    before = merged([profile, folder / "DiagramLayoutShape.ttl"], report)
    assert tighten(before, report).members == before.members
    [found] = report.diagnostics
    assert (found.code, dict(found.facts)["count"]) == ("CIM192", "63")


def test_endless_inheritance_ends(tmp_path: Path) -> None:
    """A chain of thousands, and a ring: link refuses both, and this pass comes to it in time."""
    chain = "".join(f"g:C{i + 1} a rdfs:Class ; rdfs:subClassOf g:C{i} .\n" for i in range(3000))
    shapes = "".join(
        f"s:S{i} a sh:NodeShape ; sh:targetClass g:C{i} ; sh:property s:p .\n" for i in range(0, 3000, 10)
    )
    text = f"""{PREFIXES}
g:C0 a rdfs:Class ; rdfs:subClassOf g:R . g:R a rdfs:Class ; rdfs:subClassOf g:C0 .
g:C0.x a rdf:Property ; rdfs:domain g:C0 ; rdfs:range xsd:string .
{chain}{shapes}s:p sh:path g:C0.x ; sh:minCount 1 .
"""
    path = tmp_path / "chain.ttl"
    path.write_text(text, encoding="utf-8")
    report = Report()
    after = tighten(merged([path], report), report)
    assert after.shapes == ()
    assert {d.code for d in report.diagnostics} <= {"CIM192", "CIM193"}
