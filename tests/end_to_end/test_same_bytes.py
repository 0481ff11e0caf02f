"""Same input, same bytes: whatever the hash seed, locale, time zone, folder or file order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu"},
)


def build(cwd: Path, environment: dict[str, str], *arguments: str) -> dict[str, bytes]:
    """Every file of the output of one build in ``cwd``, by path."""
    run = subprocess.run(
        [sys.executable, "-m", "cimforge", "build", *arguments, "--out", "out", "-q"],
        cwd=cwd,
        env={**os.environ, **environment, "XDG_CACHE_HOME": str(cwd / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    out = cwd / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def assert_same(first: dict[str, bytes], second: dict[str, bytes]) -> None:
    assert list(first) == list(second)
    assert [p for p in first if first[p] != second[p]] == []


def test_the_default_model(root: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "some where" / "élsewhere"
    here.mkdir()
    shutil.copytree(root / "input_models", there / "input_models")
    first = build(here, ENVIRONMENTS[0], "-c", str(root / "input_models" / "cimforge.toml"))
    second = build(there, ENVIRONMENTS[1], "-c", "input_models/cimforge.toml")
    assert_same(first, second)


@pytest.mark.parametrize("release", ["cgmes-3.0.0", "cgmes-2.4.15"])
def test_a_release_in_any_file_order_and_folder(corpus: Path, tmp_path: Path, release: str) -> None:
    folder = corpus / "rdfs" / release
    one, other, third = (tmp_path / n for n in ("one", "other", "third"))
    for place in (one, other, third):
        place.mkdir()
    files = [str(p) for p in sorted(folder.iterdir())]
    first = build(one, ENVIRONMENTS[0], *files)
    shutil.copytree(folder, other / "copied")
    second = build(
        other, ENVIRONMENTS[1], *(f"copied/{p.name}" for p in sorted(folder.iterdir(), reverse=True))
    )
    assert_same(first, second)
    assert_same(first, build(third, ENVIRONMENTS[1], str(folder)))


def test_a_second_build_touches_nothing(root: Path, tmp_path: Path) -> None:
    arguments = ("-c", str(root / "input_models" / "cimforge.toml"))
    build(tmp_path, ENVIRONMENTS[0], *arguments)
    out = tmp_path / "out"
    (out / "python" / "mine.py").write_text("# the user's own\n")
    (out / "notes.md").write_text("kept\n")
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file()}
    for cache in ("cache", "no cache: the whole build again"):
        if cache != "cache":
            shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        build(tmp_path, ENVIRONMENTS[1], *arguments)
        assert {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file()} == before
