"""The map of names: one to one, and the same whatever else is in the model."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.odd_names import NAMED
from tests.hostile.runs import cimforge
from tests.hostile.sketch import Kind, Member, Sketch, enumeration, turtle

NAMES = [
    n for n in NAMED if n.startswith(("classes", "attributes", "literals", "long", "code", "other", "paths"))
]


def names(sketch: Sketch, folder: Path) -> dict[str, Any]:
    """The name tables of a model, as ``cimforge inspect --after name`` prints them."""
    path = folder / "model.ttl"
    path.write_bytes(turtle(sketch))
    ended = cimforge("inspect", path, "--after", "name", "--json")
    assert ended.status == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)["value"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_unrelated_elements_and_order_change_no_name(name: str, tmp_path: Path) -> None:
    sketch = NAMED[name]
    kinds = [replace(k, key=key) for key, k in sketch.keyed()]
    more = [Kind(name=f"Unrelated{i}", key=f"U{i}", members=(Member(name="x"),)) for i in range(20)]
    more.append(enumeration("UnrelatedKind", "p", "q", key="UK"))
    mixed = [*kinds, *more]
    random.Random(3).shuffle(mixed)
    (before,) = names(replace(sketch, kinds=tuple(kinds)), tmp_path).values()
    (after,) = names(replace(sketch, kinds=tuple(mixed)), tmp_path).values()
    for target, table in before.items():
        for element, identifier in table["by_id"].items():
            assert after[target]["by_id"][element] == identifier, (target, element)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_elements_have_one_name(name: str, tmp_path: Path) -> None:
    """Classes in the package, members and literals in their class; under NFKC in Python, which folds them so."""
    sketch = NAMED[name]
    (tables,) = names(sketch, tmp_path).values()
    keys = {sketch.space + key for key, _ in sketch.keyed()}
    for target, table in tables.items():
        scopes: dict[str, set[str]] = {}
        for element, identifier in table["by_id"].items():
            if (
                element.startswith(sketch.space)
                and element.removeprefix(sketch.space) not in sketch.primitives
            ):
                owner = "" if element in keys else element.rpartition(".")[0]
                folded = unicodedata.normalize("NFKC", identifier) if target == "python" else identifier
                assert folded not in scopes.setdefault(owner, set()), (element, identifier)
                scopes[owner].add(folded)
        assert len(scopes[""]) == len(keys)
