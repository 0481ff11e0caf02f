"""Fixtures that every test may use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus of real model files: missing it fails under CI and skips elsewhere."""
    folder = ROOT.parent / "shared" / "corpus"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true, and the corpus is not at {folder}")
    pytest.skip("the corpus is not here")


@pytest.fixture(scope="session")
def cim17(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of CIM17 as ``cim17.xmi11.xmi``, ``.xmi11rr.xmi``, ``.xmi21.xmi`` and ``.qea``."""
    folder = tmp_path_factory.mktemp("cim17")
    script, facts = corpus / "synthetic" / "make_cim17.py", corpus / "synthetic" / "cim17_facts.json"
    subprocess.run(
        [sys.executable, script, facts, folder, "--template", corpus / "qea" / "real" / "test.qea"],
        check=True,
        capture_output=True,
    )
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expectations from what was found")


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with an expectation file, or rewrite the file under --accept (never under CI)."""
    accept = request.config.getoption("--accept")
    if accept and os.environ.get("CI") == "true":
        pytest.fail("--accept rewrites expectations; it has no place in CI")

    def compare(path: Path, found: str) -> None:
        if accept:
            path.write_text(found, encoding="utf-8")
        expected = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert found == expected

    return compare
