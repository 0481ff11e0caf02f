"""A build that is killed leaves the old output, the new one, or something that check does not call clean."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.test_scale import model

SECONDS = 20


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "cimforge", *arguments]


def tree(out: Path) -> dict[str, bytes]:
    found = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    return {p: b for p, b in found.items() if not p.startswith(".cimforge/")}


@pytest.fixture
def versions(tmp_path: Path) -> dict[str, dict[str, bytes]]:
    """Two models, and the whole output of each."""
    found = {}
    for name, size in (("old", 40), ("new", 70)):
        (tmp_path / f"{name}.rdf").write_bytes(
            model(size).replace(b"http://example.org/scale", b"http://example.org/cim9")
        )
        out = tmp_path / f"{name}-whole"
        subprocess.run(command("build", f"{name}.rdf", "--out", out.name, "-q"), cwd=tmp_path, check=True)
        found[name] = tree(out)
    return found


def test_killed_at_random_moments(tmp_path: Path, versions: dict[str, dict[str, bytes]]) -> None:
    out = tmp_path / "out"
    shutil.copytree(tmp_path / "old-whole", out)
    (out / "mine.txt").write_text("the user's own")
    chance = random.Random(61968)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    started = time.monotonic()
    whole = time.monotonic()
    subprocess.run(
        command("build", "new.rdf", "--out", "out", "-q"), cwd=tmp_path, env=environment, check=True
    )
    whole = time.monotonic() - whole
    rounds = 0
    finished = 0
    wanted = "old"
    while time.monotonic() - started < SECONDS:
        rounds += 1
        process = subprocess.Popen(
            command("build", f"{wanted}.rdf", "--out", "out", "-q"), cwd=tmp_path, env=environment
        )
        # Most of the time goes before the first byte is written: aim at the end.
        time.sleep(whole * chance.uniform(0.5, 1.1))
        process.send_signal(signal.SIGKILL)
        finished += process.wait() == 0
        found = tree(out)
        assert found.pop("mine.txt") == b"the user's own"
        for path, data in found.items():
            assert data in {v.get(path) for v in versions.values()}, f"{path} is torn"
        for name, whole_output in versions.items():
            check = subprocess.run(
                command("check", f"{name}.rdf", "--out", "out", "-q"),
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                check=False,
            )
            if check.returncode == 0:
                assert found == whole_output, f"a mixture is called clean for {name}"
        wanted = "old" if wanted == "new" else "new"
    assert rounds > 5
    assert finished < rounds, "no build was killed: nothing was tested"
    subprocess.run(
        command("build", "new.rdf", "--out", "out", "-q"), cwd=tmp_path, env=environment, check=True
    )
    found = tree(out)
    assert found.pop("mine.txt") == b"the user's own"
    assert found == versions["new"]


def test_two_builds_at_once_are_one(tmp_path: Path, versions: dict[str, dict[str, bytes]]) -> None:
    runs = [
        subprocess.Popen(
            command("build", "new.rdf", "--out", "out", "-q"),
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / f"cache{i}")},
        )
        for i in range(4)
    ]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert tree(tmp_path / "out") == versions["new"]
