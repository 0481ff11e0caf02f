"""The npm linter's verdict on our documents, with the exceptions that redocly.yaml gives reasons for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.openapi import OpenApiEmitter
from cimforge.ir.value import replace

from tests import models
from tests.small_models import ACME, acme_spec, attribute, class_, model, request, unit

VERSION = "2.77.0"
CONFIG = Path(__file__).with_name("redocly.yaml")


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def redocly() -> list[str]:
    """The command, from a folder beside the other caches of the user; installed at first use."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        _missing("node and npm are not installed")
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        / "cimforge-tests"
        / f"redocly-{VERSION}"
    )
    program = cache / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js"
    if not program.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        done = subprocess.run(
            [str(npm), "install", "--no-save", "--no-audit", "--no-fund", f"@redocly/cli@{VERSION}"],
            cwd=cache,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode != 0 or not program.is_file():
            _missing(f"npm could not install @redocly/cli: {done.stderr[-500:]}")
    return [str(node), str(program)]


def lint(redocly: list[str], folder: Path, documents: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Rule and message of every problem, by document."""
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        [*redocly, "lint", *sorted(documents), f"--config={CONFIG}", "--format=json", "--max-problems=1000"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in documents}
    # One JSON object per document, one after the other.
    decoder, output = json.JSONDecoder(), done.stdout.strip()
    verdicts = 0
    while output:
        verdict, end = decoder.raw_decode(output)
        output = output[end:].strip()
        verdicts += 1
        for problem in verdict["problems"]:
            name = Path(problem["location"][0]["source"]["ref"]).name
            found[name].append((problem["ruleId"], problem["message"]))
    assert verdicts == len(documents), done.stderr
    return found


def test_documents_pass(redocly: list[str], tmp_path: Path) -> None:
    plain = model(class_("Thing", attribute("mRID", many="1..1")))
    more = model(class_("Thing", attribute("mRID", many="1..1"), attribute("grade", extension=ACME)))
    family = replace(unit(plain, family=True), name="cim100")
    (controls,) = OpenApiEmitter().emit(request(models.unit(models.end_device_controls())), Report())
    made = OpenApiEmitter().emit(request(unit(plain), unit(more, acme_spec()), family), Report())
    documents = {str(a.path): a.text for a in made} | {"controls.json": controls.text}
    assert lint(redocly, tmp_path, documents) == {"EDO.json": [], "cim100.json": [], "controls.json": []}


def test_the_linter_would_find_a_dangling_reference(redocly: list[str], tmp_path: Path) -> None:
    (controls,) = OpenApiEmitter().emit(request(models.unit(models.end_device_controls())), Report())
    broken = controls.text.replace('schemas/Header"', 'schemas/Heading"')
    assert {rule for rule, _ in lint(redocly, tmp_path, {"x.json": broken})["x.json"]} == {
        "no-unresolved-refs"
    }
