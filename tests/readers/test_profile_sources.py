"""Profiles in several formats in one build, as settings name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings.model import Settings

from tests.readers.rdf_files import diagnostics

CASE = Path(__file__).resolve().parent.parent / "cases" / "passes" / "presuppose" / "wider"

SELECTION = """
[profile]
noun = "Readings"
namespace = "http://example.org/readings#"
version = "1.0"
title = "Readings"
description = "What meters read."

[roots]
Reading = "0..*"

[classes.Reading]
value = "1..1"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path in CASE.iterdir():
        if path.suffix in (".ttl", ".xml"):
            shutil.copy(path, tmp_path)
    (tmp_path / "readings.toml").write_text(SELECTION)
    return tmp_path


def inspected(project: Path, profiles: tuple[str, ...], stage: str) -> tuple[dict[str, object], Report]:
    settings = Settings(base=project, model=("model.ttl",), profiles=profiles, out=project / "out")
    report = Report()
    return pipeline.inspect(settings, report, stage), report


def test_selections_owl_and_catalog_are_profiles_of_one_build(project: Path) -> None:
    models, report = inspected(project, ("*.toml", "profile.ttl", "catalog.xml"), "select")
    assert not report.has_errors, diagnostics(report)
    assert list(models) == ["Readings", "WiderCatalog", "Wider"]
    assert not [d for d in report.diagnostics if d.code == "CIM363"], "the model is at hand"


def test_a_model_among_the_profiles_is_told(project: Path) -> None:
    shutil.copy(project / "model.ttl", project / "other.ttl")
    found, report = inspected(project, ("other.ttl",), "select")
    assert found is None
    assert "- CIM111 error: this is an information model; expected a profile" in diagnostics(report)


def test_what_a_profile_file_says_is_seen_after_reading(project: Path) -> None:
    from cimforge.cli.outline import outline

    found, _ = inspected(project, ("profile.ttl",), "read")
    assert "  profile Wider: 3 classes, 6 members of theirs\n" in outline(found)
