"""Several files, one model: odd names that meet only there, and files that contradict each other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.hostile.refusals import unharmed
from tests.hostile.runs import cimforge
from tests.hostile.sketch import WRITERS, XML, Format, Kind, Member, Sketch, rdf_xml, small, turtle

XS = "{http://www.w3.org/2001/XMLSchema}"


def profile(keyword: str, *kinds: Kind, **more: object) -> Sketch:
    """A profile of a family: all are of one namespace."""
    sketch = replace(small(), kinds=kinds, links=(), packages=(f"Package{keyword}",), keyword=keyword)
    return replace(sketch, **more)  # type: ignore[arg-type]  # fields of Sketch


def write(folder: Path, **sketches: Sketch) -> list[Path]:
    """A file for each sketch, whose header is its own."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, sketch in sketches.items():
        path = folder / f"{name}.ttl"
        data = turtle(sketch).decode()
        path.write_text(
            data.replace("hostile#Ontology>", f"hostile#Ontology-{name}>").replace(
                "#Package_0>", f"#Package_{name}>"
            )
        )
        paths.append(path)
    return paths


def test_names_that_meet_in_the_family_only(tmp_path: Path) -> None:
    """``a b`` in one profile, ``a_b`` in the other: schemas and bindings call each the same everywhere."""
    one = profile("EQ", Kind(name="a b", key="P", members=(Member(name="x y"),)))
    two = profile("DY", Kind(name="a_b", key="Q", members=(Member(name="x_y"),)))
    paths = write(tmp_path / "in", eq=one, dy=two)
    ended = cimforge("build", *paths, "--out", tmp_path / "out", "--message-format", "json")
    assert ended.status == 0, ended
    schemas = {p.stem: etree.parse(p).getroot() for p in (tmp_path / "out" / "xsd").glob("*.xsd")}
    types = {k: [t.get("name") for t in s.iterchildren(f"{XS}complexType")] for k, s in schemas.items()}
    code = "".join(p.read_text() for p in (tmp_path / "out" / "python").rglob("*.py"))
    wires = re.findall(r'^        name = "(.*)"$', code, re.MULTILINE)
    assert sorted(wires) == sorted(
        {t for names in types.values() for t in names if t.lower() not in ("eq", "dy")}
    )
    assert len(set(wires)) == 2
    assert "a_b" in wires


@pytest.mark.parametrize(("one", "two"), [("EQ", "eq"), ("EQ", "EQ"), ("a/b", "a b"), ("CON", "con")])
def test_keywords_that_would_be_one_file(one: str, two: str, tmp_path: Path) -> None:
    first = profile(one, Kind(name="First", key="First", members=(Member(name="x"),)))
    second = profile(two, Kind(name="Second", key="Second", members=(Member(name="x"),)))
    paths = write(tmp_path / "in", one=first, two=second)
    trees = []
    for order in (paths, paths[::-1]):
        out = tmp_path / f"out{len(trees)}"
        ended = cimforge("build", *order, "--out", out, "--message-format", "json")
        assert ended.status == 0, ended
        names = [p.name.casefold() for p in (out / "xsd").iterdir()]
        assert len(set(names)) == len(names) == 2
        trees.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert trees[0] == trees[1]


CONTRADICTIONS = {
    "kind": (Kind(name="X", key="X", stereotype="Compound"), Kind(name="X", key="X")),
    "superclass": (Kind(name="X", key="X", supers=("A",)), Kind(name="X", key="X", supers=("B",))),
    "type": (
        Kind(name="X", key="X", members=(Member(name="m", type="String"),)),
        Kind(name="X", key="X", members=(Member(name="m", type="Integer"),)),
    ),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_files_that_contradict_each_other(what: str, tmp_path: Path) -> None:
    bases = (Kind(name="A", key="A"), Kind(name="B", key="B"))
    one, two = CONTRADICTIONS[what]
    paths = write(tmp_path / "in", eq=profile("EQ", one, *bases), dy=profile("DY", two, *bases))
    assert cimforge("build", paths[0], "--out", tmp_path / "out", "-q").status == 0
    with unharmed(tmp_path / "out"):
        for order in (paths, paths[::-1]):
            ended = cimforge("build", *order, "--out", tmp_path / "out", "--message-format", "json")
            assert ended.status == 2, ended
            [error] = ended.errors
            assert error["code"] == "CIM221"
            files = {error["file"], error["related"][0]["file"]}
            assert files == {str(p) for p in paths}
            assert error["line"]
            assert error["related"][0]["line"]


@pytest.mark.parametrize("format_", XML)
def test_one_bad_file_among_good_ones(format_: Format, built_world: Path, tmp_path: Path) -> None:
    """Nothing is built of the good ones; only the bad one is named."""
    good = tmp_path / "good.rdf"
    good.write_bytes(rdf_xml(small()))
    bad = tmp_path / f"bad.{format_}"
    bad.write_bytes(WRITERS[format_](small())[:-30])
    with unharmed(built_world, tmp_path):
        ended = cimforge("build", good, bad, "--out", built_world / "out", "--message-format", "json")
    assert ended.status == 2
    assert {e["file"] for e in ended.errors} == {str(bad)}
    assert json.loads(ended.stdout.splitlines()[0])["remedy"]
