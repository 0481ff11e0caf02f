"""Models of an unusual shape: rings, cliques, long chains, wide classes, two parents."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.refusals import refuse
from tests.hostile.runs import cimforge, environment
from tests.hostile.sketch import BUILT, FORMATS, WRITERS, Format, Kind, Link, Member, Sketch, small


def ring(size: int) -> Sketch:
    """Classes in a ring of associations."""
    return replace(
        small(),
        kinds=tuple(Kind(name=f"N{i}", key=f"N{i}", members=(Member(name="mRID"),)) for i in range(size)),
        links=tuple(
            Link(source=f"N{i}", target=f"N{(i + 1) % size}", source_role=f"From{i}", target_role=f"To{i}")
            for i in range(size)
        ),
    )


def clique(size: int) -> Sketch:
    """Classes that are all associated with each other."""
    return replace(
        small(),
        kinds=tuple(Kind(name=f"N{i}", key=f"N{i}") for i in range(size)),
        links=tuple(
            Link(source=f"N{i}", target=f"N{j}", source_role=f"From{i}x{j}", target_role=f"To{i}x{j}")
            for i in range(size)
            for j in range(i)
        ),
    )


def chain(length: int) -> Sketch:
    """Classes that each derive from the one before."""
    return replace(
        small(),
        kinds=tuple(
            Kind(
                name=f"N{i}", key=f"N{i}", supers=(f"N{i - 1}",) if i else (), members=(Member(name=f"a{i}"),)
            )
            for i in range(length)
        ),
        links=(),
    )


def wide(width: int) -> Sketch:
    """One class of many attributes."""
    members = tuple(Member(name=f"a{i}") for i in range(width))
    return replace(small(), kinds=(Kind(name="Wide", key="Wide", members=members),), links=())


SELF = replace(
    small(),
    kinds=(Kind(name="Node", key="Node", members=(Member(name="mRID", bounds="1..1"),)),),
    links=(Link(source="Node", target="Node", source_role="Children", target_role="Parent"),),
)
BOTH = replace(
    small(),
    kinds=(Kind(name="Hen", key="Hen"), Kind(name="Egg", key="Egg")),
    links=(
        Link(
            source="Hen",
            target="Egg",
            source_role="Layer",
            target_role="Laid",
            source_bounds="1..1",
            target_bounds="1..1",
        ),
    ),
)
PARENTS = replace(
    small(),
    kinds=(
        Kind(name="Top", key="Top", members=(Member(name="top"),)),
        Kind(name="Left", key="Left", supers=("Top",), members=(Member(name="left"),)),
        Kind(name="Right", key="Right", supers=("Top",), members=(Member(name="right", type="Integer"),)),
        Kind(name="Both", key="Both", supers=("Left", "Right"), members=(Member(name="own"),)),
    ),
    links=(),
)

ALMOST = replace(
    small(),
    kinds=(
        Kind(name="Left", key="Left", members=(Member(name="a_b"),)),
        Kind(name="Right", key="Right", members=(Member(name="a-b", type="Integer"),)),
        Kind(name="Both", key="Both", supers=("Left", "Right"), members=(Member(name="a b"),)),
    ),
    links=(),
)

USED: dict[str, tuple[Sketch, str]] = {
    "ring of 2,000": (
        ring(2000),
        "p.N1999(mRID='x').To1999; p.N7(To7=[p.Reference('a'), p.Reference('b')]).To7[1].ref",
    ),
    "clique of 60": (clique(60), "p.N59(To59x58=[p.Reference('a')], mRID=None) if 0 else p.N59(To59x58=[])"),
    "5,000 attributes": (wide(5000), "assert p.Wide(a4999='x').a4999 == 'x' and p.Wide().a0 is None"),
    "chain of 101": (
        chain(101),
        "assert p.N100(a0='x', a100='y').a0 == 'x'; assert issubclass(p.N100, p.N0)",
    ),
    "self-association": (
        SELF,
        "n = p.Node(mRID='1', Parent=[p.Reference('1')]); assert p.from_xml(p.Node, p.to_xml(n)) == n",
    ),
    "mandatory both ways": (
        BOTH,
        "h = p.Hen(Laid=p.Reference('1')); assert p.from_xml(p.Hen, p.to_xml(h)) == h; p.Egg()",
    ),
    "two parents": (
        PARENTS,
        "b = p.Both(top='1', left='2', right=3, own='4'); assert p.from_xml(p.Both, p.to_xml(b)) == b; "
        "assert (b.top, b.left, b.right, b.own) == ('1', '2', 3, '4'); assert isinstance(b, p.Left)",
    ),
}


USED["two parents with members almost of one name"] = (
    ALMOST,
    "import dataclasses; names = [f.name for f in dataclasses.fields(p.Both)]; "
    "assert len(set(names)) == 3 and names[0] == 'a_b', names; "
    "b = p.Both(**dict(zip(names, ('1', 2, '3')))); assert p.from_xml(p.Both, p.to_xml(b)) == b; "
    "assert p.from_json(p.Both, p.to_json(b)) == b",
)


@pytest.mark.parametrize("format_", BUILT)
@pytest.mark.parametrize("name", USED)
def test_built_and_used(name: str, format_: Format, tmp_path: Path, home: Path) -> None:
    sketch, use = USED[name]
    path = tmp_path / f"model.{format_}"
    path.write_bytes(WRITERS[format_](sketch))
    ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    assert ended.status == 0, ended
    if "two parents" in name:
        assert {"CIM720", "CIM732"} <= ended.codes()
    run = subprocess.run(
        [sys.executable, "-c", f"import hostile as p\n{use}"],
        cwd=tmp_path / "out" / "python",
        env=environment(home),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_chain_of_2000_passes_a_stated_limit(format_: Format, built_world: Path, tmp_path: Path) -> None:
    [error] = refuse(built_world, tmp_path / f"model.{format_}", WRITERS[format_](chain(2000)))
    assert error["code"] == "CIM218"
    assert "100 levels" in error["message"]
    assert "N101" in error["message"]


def test_no_step_recurses_over_a_model(tmp_path: Path) -> None:
    """2,000 classes, linked and derived freely, with a stack of 400 calls."""
    size = 2000
    kinds = tuple(
        Kind(
            name=f"N{i}",
            key=f"N{i}",
            supers=(f"N{i // 3}",) if i % 2 else (),
            members=(Member(name="a"), Member(name="b", type="MeterKind")),
        )
        for i in range(1, size)
    )
    start = Kind(name="N0", key="N0", members=(Member(name="mRID"),))
    links = tuple(
        Link(source=f"N{i}", target=f"N{i * 7919 % size}", source_role=f"From{i}", target_role=f"To{i}")
        for i in range(size)
    )
    sketch = replace(small(), kinds=(start, *kinds, small().kinds[-1]), links=links)
    path = tmp_path / "model.ttl"
    path.write_bytes(WRITERS["ttl"](sketch))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    finally:
        sys.setrecursionlimit(limit)
    assert ended.status == 0, ended
    assert (tmp_path / "out" / "python" / "hostile" / "grid.py").read_text().count("\nclass ") == size + 1
