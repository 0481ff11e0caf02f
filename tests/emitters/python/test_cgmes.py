"""Real releases: everything imports, type-checks, and is as a formatter would have it."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.value import replace
from cimforge.settings import for_inputs

from tests.emitters.python.emitting import write

EVERYTHING = """
import dataclasses, {package} as package
from {package} import _tables
from xsdata.formats.dataclass.context import XmlContext
context = XmlContext()
for name in package.__all__:
    found = getattr(package, name)
    if dataclasses.is_dataclass(found):
        assert found.__doc__, name
        context.build(found)
        _tables.table(found)
        assert "__dict__" not in dir(found), name
"""


@dataclasses.dataclass(frozen=True)
class Release:
    folder: Path
    package: str
    build: pipeline.Build

    def run(self, *arguments: str) -> None:
        found = subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, capture_output=True, text=True, encoding="utf-8"
        )
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture(scope="module", params=["cgmes-3.0.0", "cgmes-2.4.15"])
def release(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Release:
    settings = for_inputs([str(corpus / "rdfs" / request.param)], out=Path("unused"))
    build = pipeline.compile_project(replace(settings, emit=("python",)), Report())
    assert build is not None
    folder = tmp_path_factory.mktemp("release")
    write(folder, {f.path.removeprefix("python/"): f.text for f in build.files})
    return Release(folder=folder, package=build.name, build=build)


def test_everything_imports_and_xsdata_knows_it(release: Release) -> None:
    release.run("-c", EVERYTHING.format(package=release.package))


def test_every_module_imports_first(release: Release) -> None:
    modules = [p.stem for p in (release.folder / release.package).glob("*.py") if p.stem != "__init__"]
    assert len(modules) > 10
    for module in modules:
        release.run("-c", f"import {release.package}.{module}")


def test_everything_is_strictly_typed(release: Release) -> None:
    release.run("-m", "mypy", "--strict", release.package)


def test_a_formatter_changes_nothing(release: Release) -> None:
    """By ruff, whose output is black's on these files, in a hundredth of the time; black on the smaller ones."""
    release.run("-m", "ruff", "format", "--check", "--isolated", ".")
    small = [str(p) for p in release.folder.rglob("*.py") if p.stat().st_size < 25_000]
    assert len(small) > 5
    release.run("-m", "black", "--check", "-q", "-l", "88", *small)


def test_every_class_field_and_literal_is_there(release: Release) -> None:
    model = release.build.model
    expected = Counter(
        classes=len(model.classes) + len(model.compounds),
        fields=sum(len(c.attributes) for c in (*model.classes, *model.compounds))
        + sum(e.navigable for c in model.classes for e in c.ends),
        enumerations=len(model.enumerations),
        literals=sum(len(e.literals) for e in model.enumerations),
    )
    found: Counter[str] = Counter()
    for path in (release.folder / release.package).glob("[a-z]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                is_enum = [ast.unparse(b) for b in node.bases] == ["Enum"]
                found["enumerations" if is_enum else "classes"] += 1
                kind = ast.Assign if is_enum else ast.AnnAssign
                found["literals" if is_enum else "fields"] += sum(isinstance(n, kind) for n in node.body)
    assert found == expected
