"""One small profile in every serialisation of RDF is one profile; each is known by its content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from cimforge.readers.inputs import MODEL_ENDINGS
from cimforge.readers.strict_xml import DEPTH_LIMIT

from tests.readers.rdf_files import diagnostics, oracle, outline, read, read_file
from tests.readers.test_rdfs_graph import meaning

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "readers" / "rdf" / "serialisations"
FILES = sorted(FOLDER.glob("input.*"))

GRAPHS = {".nq": 2, ".trig": 2, ".trix": 2, ".hext": 2}
"""Files whose statements stand in named graphs."""


def test_what_the_profile_says(expect: Callable[[Path, str], None]) -> None:
    facts, _ = read_file(FOLDER / "input.ttl")
    assert facts is not None
    expect(FOLDER / "facts.txt", outline(facts))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.suffix[1:])
def test_every_serialisation_says_the_same(path: Path) -> None:
    expected = meaning(read_file(FOLDER / "input.ttl")[0])
    facts, report = read(path.read_bytes(), "model.txt")
    found = meaning(facts)
    if path.suffix == ".n3":
        assert found.pop("notes") == (("statement in an N3 formula", 2), ("untyped blank node", 1))
        expected.pop("notes")
    assert found == expected
    named = [d for d in report.diagnostics if d.code == "CIM187"]
    assert [dict(d.facts)["count"] for d in named] == (
        [str(GRAPHS[path.suffix])] if path.suffix in GRAPHS else []
    )
    assert len(report.diagnostics) == len(named)
    assert path.suffix in MODEL_ENDINGS


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.suffix[1:])
def test_lines_are_those_of_the_elements(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    facts, _ = read_file(path)
    assert facts is not None
    for fact in (*facts.packages, *facts.classes):
        assert fact.location.line is not None, fact.id
        shown = "".join(lines[fact.location.line - 1 : fact.location.line + 1])
        assert fact.id.partition("#")[2] in shown, fact.id


@pytest.mark.parametrize(
    ("name", "format_"), [("nquads", "nquads"), ("trig", "trig"), ("TriX", "trix"), ("HexTuples", "hext")]
)
def test_a_release_in_a_named_graph_says_the_same(corpus: Path, name: str, format_: str) -> None:
    """As rdflib writes it."""
    path = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_SSH.rdf"))
    dataset = rdflib.Dataset()
    for triple in oracle(path):
        dataset.graph(rdflib.URIRef("http://example.org/SSH")).add(triple)
    facts, _ = read(dataset.serialize(format=format_, encoding="utf-8"))
    assert meaning(facts) == meaning(read_file(path)[0])


def test_a_release_in_json_ld_says_the_same(corpus: Path) -> None:
    path = next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_SSH.rdf"))
    facts, report = read(oracle(path).serialize(format="json-ld", encoding="utf-8"))
    assert not report.diagnostics
    assert meaning(facts) == meaning(read_file(path)[0])


@pytest.mark.parametrize("depth", [DEPTH_LIMIT + 1, 100_000])
@pytest.mark.parametrize(("start", "end"), [('{"@id": "http://x/a", "http://x/p": ', "}"), ("[", "]")])
def test_json_that_is_too_deep_is_refused(depth: int, start: str, end: str) -> None:
    data = '[{"@type": "http://x/B"},\n' + start * depth + "{}" + end * depth + "]"
    facts, report = read(data.encode())
    assert facts is None
    assert diagnostics(report).startswith("2 CIM119 error")


@pytest.mark.parametrize("bad", [b'{"@id": "\xff"}', b'["http://x/a", "http://x/p", "\xe9", "", "", ""]\n'])
def test_bytes_that_are_no_utf_8_are_refused(bad: bytes) -> None:
    facts, report = read(bad)
    assert facts is None
    assert [d.code for d in report.diagnostics] == ["CIM113"]


@pytest.mark.parametrize(
    "bad", [b"{", b"[", b'[""]', b'{"@context": ', b'{"@id"}', b"[1, 2]", b"[[1]]", b"{}"]
)
def test_other_json_is_refused(bad: bytes) -> None:
    facts, report = read(bad)
    assert facts is None
    assert report.has_errors
