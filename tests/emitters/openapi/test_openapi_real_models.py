"""Documents of the default model and of real releases."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import Settings, for_inputs
from cimforge.settings.load import load_settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate


def written(settings: Settings, out: Path) -> dict[str, str]:
    """Every file of the build that ``settings`` ask for, by path under ``out``, where it stands after."""
    report = Report()
    build = pipeline.compile_project(settings, report)
    assert build is not None, [d.message for d in report.diagnostics]
    for file in build.files:
        path = out / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return {f.path: f.text for f in build.files}


@pytest.fixture(scope="module")
def default_build(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("default")
    settings = load_settings(root / "input_models" / "cimforge.toml", Report())
    assert settings is not None
    written(settings, out)
    return out


def test_the_default_documents_are_valid(default_build: Path) -> None:
    files = sorted((default_build / "openapi").iterdir())
    assert len(files) == 15
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        validate(document)
        assert document["info"]["title"].endswith("(project interface)")


def test_bindings_schemas_and_documents_agree(default_build: Path, root: Path) -> None:
    """Every noun: JSON and XML sample are one object, which all four targets read, write and accept."""
    script = Path(__file__).with_name("agreement.py")
    done = subprocess.run(
        [sys.executable, str(script), str(default_build)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]
    nouns = {p.stem for p in (root / "input_models" / "profiles").glob("*/*.toml")}
    assert set(done.stdout.split()) <= nouns
    assert len(done.stdout.split()) >= 15


@pytest.mark.parametrize(("release", "least"), [("cgmes-3.0.0", 500), ("cgmes-2.4.15", 200)])
def test_documents_of_a_release(corpus: Path, tmp_path: Path, release: str, least: int) -> None:
    """openapi-spec-validator needs half a minute for a document of this size; this is what it would find."""
    found = written(for_inputs([str(corpus / "rdfs" / release)], out=tmp_path, emit=("openapi",)), tmp_path)
    (text,) = found.values()
    document = json.loads(text)
    schemas: dict[str, Any] = document["components"]["schemas"]
    assert len(schemas) > least
    todo: list[Any] = [document]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                assert value["$ref"].removeprefix("#/components/schemas/") in schemas
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert schemas["ACLineSegment"]["properties"]["r"]["x-cim-unit"] == "ohm"
    sample = {"ACLineSegment": [{"mRID": "1", "name": "a", "r": 0.5, "BaseVoltage": {"ref": "#_1"}}]}
    dataset = Draft202012Validator(
        {"$ref": "#/components/schemas/EQ.Dataset", "components": document["components"]}
    )
    errors = [e.message for e in dataset.iter_errors({"ACLineSegment": [{"unknown": 1}]})]
    assert any("unknown" in e for e in errors)
    missing = [e for e in dataset.iter_errors(sample) if e.validator != "required"]
    assert not missing
