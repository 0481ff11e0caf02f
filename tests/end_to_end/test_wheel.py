"""The wheel carries everything: installed in a clean environment it builds what the checkout builds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest


def wheel(root: Path, folder: Path) -> Path:
    run = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(root)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1577836800"},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel(root, tmp_path_factory.mktemp("wheel"))


def test_two_wheels_are_one(root: Path, built: Path, tmp_path: Path) -> None:
    again = wheel(root, tmp_path)
    assert again.name == built.name
    assert hashlib.sha256(again.read_bytes()).hexdigest() == hashlib.sha256(built.read_bytes()).hexdigest()


def test_an_installed_cimforge_builds_the_same(root: Path, built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", built],
        capture_output=True,
        text=True,
        check=False,
    )
    assert install.returncode == 0, install.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = subprocess.run(
        [tmp_path / "venv" / "bin" / "cimforge", "build"],
        cwd=empty,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    found = {p.relative_to(empty / "generated"): p for p in (empty / "generated").rglob("*") if p.is_file()}
    expected = {p.relative_to(root / "generated"): p for p in (root / "generated").rglob("*") if p.is_file()}
    expected = {p: f for p, f in expected.items() if "__pycache__" not in p.parts}
    assert set(found) == set(expected)
    different = [str(p) for p in expected if found[p].read_bytes() != expected[p].read_bytes()]
    assert different == []
