"""The benchmarks run, on a model so small that its figures mean nothing."""

from __future__ import annotations

import dataclasses
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs

from benchmarks.models import growth, write_growth
from benchmarks.plain import write_plain
from benchmarks.running import Command, CommandFailed, measure

ROOT = Path(__file__).resolve().parents[2]


def test_every_figure_that_needs_no_peer(tmp_path: Path) -> None:
    write_growth(tmp_path, 3)
    command = (sys.executable, "-m", "benchmarks", "-n", "1", "--no-peers", "--growth", "2,8", "--large", "9")
    done = subprocess.run(
        (*command, "--inputs", str(tmp_path)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.endswith(("met |", "**missed** |"))]
    assert len(rows) == 7, done.stdout
    assert "cimgen" in done.stdout


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    broken = Command(name="broken", argv=(sys.executable, "-c", "raise SystemExit('no')"))
    with pytest.raises(CommandFailed, match="no"):
        measure([broken], 1, tmp_path / "log")


def test_cpu_and_memory_are_those_of_the_command(tmp_path: Path) -> None:
    idle = Command(name="idle", argv=(sys.executable, "-c", "import time; time.sleep(0.2)"), repeat=2)
    busy = Command(
        name="busy", argv=(sys.executable, "-c", "b = bytearray(200 << 20); sum(range(9_000_000))")
    )
    once = Command(name="once", argv=(sys.executable, "-c", "pass"), rounds=0)
    found = measure([idle, busy, once], 1, tmp_path / "log")
    assert found["idle"].cpu < 0.15 < found["busy"].cpu
    assert found["idle"].peak < 100 < found["busy"].peak
    assert found["once"].cpu > 0


@pytest.mark.parametrize("classes", [1, 30])
def test_a_model_has_its_size_and_plain_classes_say_the_same(
    classes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "m.rdf").write_text(growth(classes), encoding="utf-8")
    report = Report()
    settings = for_inputs([str(tmp_path / "m.rdf")], out=tmp_path / "out", emit=("python",))
    build = pipeline.compile_project(settings, report)
    assert build is not None, [d.message for d in report.diagnostics]
    counted = pipeline.counts(build.model)
    assert counted["classes"] == classes
    assert counted["attributes"] == 6 * classes
    assert counted["association_ends"] == 4 * classes

    for file in build.files:
        path = tmp_path / f"written{classes}" / Path(file.path).name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.data)
    assert write_plain(tmp_path / f"written{classes}", tmp_path / f"plain{classes}") == classes
    monkeypatch.syspath_prepend(tmp_path)
    ours, plain = (importlib.import_module(f"{kind}{classes}").Class0 for kind in ("written", "plain"))
    assert [(f.name, f.metadata) for f in dataclasses.fields(ours)] == [
        (f.name, f.metadata) for f in dataclasses.fields(plain)
    ]
    assert "__init__" in vars(plain)
    assert plain(a0x0="x").a0x0 == ours(a0x0="x").a0x0 == "x"
    assert plain.__eq__ is not ours.__eq__
