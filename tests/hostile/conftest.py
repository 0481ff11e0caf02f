"""A home of its own for every test, and an output folder with a good build in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.runs import cimforge
from tests.hostile.sketch import rdf_xml, small


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder: the record of clean builds goes there, not to the user's."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``out``, a good build in it, ``beside.txt`` and ``out/mine.txt``, which nobody may touch.

    Tests that refuse input share it: refusing changes nothing.
    """
    folder = tmp_path_factory.mktemp("world")
    model = folder / "good.rdf"
    model.write_bytes(rdf_xml(small()))
    ended = cimforge("build", model, "--out", folder / "out", "-q", "--emit", "xsd,openapi,ir")
    assert ended.status == 0, ended.stderr
    (folder / "beside.txt").write_text("beside\n")
    (folder / "out" / "mine.txt").write_text("mine\n")
    return folder
