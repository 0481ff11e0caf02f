"""The adapters of a small build, emitted once: ``grid`` bindings, ``grid_adapter``, ``grid_edo``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cimforge.diagnostics import Report

from tests.emitters.adapters.building import emit_all, message_units, write


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder with ``python/grid``, ``adapters/grid_adapter`` and ``adapters/grid_edo``, importable."""
    out = tmp_path_factory.mktemp("grid")
    report = Report()
    write(out, emit_all(message_units(), report))
    assert not report.diagnostics
    paths = [str(out / "python"), str(out / "adapters")]
    sys.path[:0] = paths
    yield out
    for path in paths:
        sys.path.remove(path)
    for name in [n for n in sys.modules if n.split(".")[0] in ("grid", "grid_adapter", "grid_edo")]:
        del sys.modules[name]
