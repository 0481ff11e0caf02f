"""Fixtures that every test may use."""

from __future__ import annotations

import os
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
