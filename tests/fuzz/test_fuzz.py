"""Every input that was ever found stays harmless; and each run of the tests looks for more, for a bounded time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import CASES, TARGETS

SECONDS = float(os.environ.get("CIMFORGE_FUZZ_SECONDS", "60"))
"""For all targets together."""

FOUND = sorted((CASES / "fuzz").glob("*/*/input"))


@pytest.mark.parametrize("path", FOUND, ids=lambda p: f"{p.parent.parent.name}-{p.parent.name}")
def test_what_was_found(path: Path) -> None:
    assert (path.parent / "was.txt").read_text("utf-8").strip()
    TARGETS[path.parent.parent.name].holds(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_hold_and_mutations_change_them(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    assert seeds
    for seed in seeds:
        target.holds(seed)
    chance = random.Random(5)
    changed = [target.mutate(seeds[0], chance) for _ in range(30)]
    assert len(set(changed) - {seeds[0]}) > 20
    again = random.Random(5)
    assert changed == [target.mutate(seeds[0], again) for _ in range(30)]


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_more_is_found(name: str, root: Path, tmp_path: Path) -> None:
    """A find is kept under ``tests/cases/fuzz``, but under CI: there it is printed."""
    keep = tmp_path if os.environ.get("CI") == "true" else CASES / "fuzz"
    seconds = SECONDS / len(TARGETS)
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, "--seconds", f"{seconds}", "--keep", keep],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'generator'}"},
        capture_output=True,
        text=True,
        timeout=seconds + 200,
        check=False,
    )
    finds = [p.read_bytes() for p in tmp_path.glob("*/*/input")]
    assert run.returncode == 0, f"{run.stdout}{run.stderr}{finds}"


@pytest.mark.parametrize("how", [(), ("--plain",)], ids=["guided", "plain"])
def test_the_driver_sees(how: tuple[str, ...], root: Path, tmp_path: Path) -> None:
    """A reader that breaks is found, and what broke it is kept: the search itself can fail."""
    (tmp_path / "sitecustomize.py").write_text(
        "import tomllib\n"
        "def loads(text, *, parse_float=float, loads=tomllib.loads):\n"
        "    if 'Asset' in text: raise KeyError('broken')\n"
        "    return loads(text, parse_float=parse_float)\n"
        "tomllib.loads = loads\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "selection", *how, "--seconds", "20", "--keep", tmp_path],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{root / 'generator'}"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    [kept] = tmp_path.glob("selection/*/input")
    assert b"Asset" in kept.read_bytes()
    assert kept.with_name("was.txt").read_text() == "KeyError: 'broken'\n"
