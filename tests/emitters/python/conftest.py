"""The bindings of the output page's model, emitted once as package ``controls``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import models
from tests.emitters.python.emitting import emitted, imported, request, write


@pytest.fixture(scope="session")
def controls_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds the package ``controls``."""
    asked = request(models.unit(models.end_device_controls()), name="controls")
    return write(tmp_path_factory.mktemp("controls"), emitted(asked))


@pytest.fixture(scope="session")
def controls(controls_folder: Path) -> Iterator[Any]:
    """The module of the bindings."""
    with imported(controls_folder, "controls.edo.end_device_controls") as (module,):
        yield module


@pytest.fixture(scope="session")
def exchange(controls: Any, controls_folder: Path) -> Any:
    """The runtime of the bindings."""
    import sys

    return sys.modules["controls._runtime"]
