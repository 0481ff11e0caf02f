"""Profiles as selections: nothing is lost on the way, and nothing said that goes without saying."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.index import Index
from cimforge.ir.profile import ProfileSpec
from cimforge.migrate.convert import convert
from cimforge.passes.normalize import normalize
from cimforge.passes.select import select
from cimforge.readers.inputs import collect
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource
from cimforge.settings import Settings
from cimforge.sources import read

from tests.passes.test_link_cases import linked

CASES = Path(__file__).parent.parent / "cases"
MODEL = CASES / "passes" / "select" / "model.ttl"
SELECTED = CASES / "emitters" / "selected" / "Assets.toml"


@pytest.fixture(scope="module")
def base() -> Index:
    return Index(linked([MODEL], Report()))


def spec_of(path: Path) -> ProfileSpec:
    report = Report()
    (source,) = collect([str(path)], report)
    spec = read_selection(source, report)
    assert spec is not None, [d.message for d in report.diagnostics]
    return spec


def test_a_selection_of_everything_survives(base: Index) -> None:
    report = Report()
    spec = spec_of(SELECTED)
    text = convert(spec, base, report, is_whole=True)
    assert text is not None
    again = read_selection(RawSource(path="x.toml", data=text.encode()), report)
    assert [d.message for d in report.diagnostics] == []
    assert again is not None
    assert normalize(select(base, again, report)) == normalize(select(base, spec, report))
    assert again.service == spec.service


GOOD = sorted(
    p.parent.name
    for p in (CASES / "passes" / "select").glob("*/expected.txt")
    if "CIM" not in p.read_text("utf-8")
)


@pytest.mark.parametrize("case", GOOD)
def test_every_sound_case_of_select_survives(case: str, base: Index) -> None:
    report = Report()
    spec = spec_of(CASES / "passes" / "select" / case / "Assets.toml")
    for is_whole in (False, True):
        text = convert(spec, base, report, is_whole=is_whole)
        assert [d.message for d in report.diagnostics] == []
        assert text is not None


def test_the_text_of_a_profile_is_short_where_the_model_is_at_hand(base: Index) -> None:
    cim = "http://example.org/cim#"
    long = f"""\
[profile]
noun = "Assets"
namespace = "http://cimforge.example/2026/Assets#"
version = "1.0"
title = "Assets"
description = "Assets for a test."
tightens = "intersect"

[roots]
Asset = "0..*"

[classes.Asset]
of = "{cim}Asset"
extends = []
abstract = false
"{cim}IdentifiedObject.mRID" = {{ multiplicity = "1..*" }}
"{cim}Asset.note" = "0..1"
"{cim}Asset.status" = {{ multiplicity = "0..1", to = "Status" }}
"{cim}Asset.kind" = {{ order = 2 }}
"{cim}Asset.Location" = {{ by = "value", to = "Place" }}

[classes.Status]
of = "{cim}Status"
"{cim}Status.value" = true

[classes.Place]
of = "{cim}Location"
extends = []

[enumerations.Kind]
of = "{cim}Kind"
values = ["{cim}Kind.a", "{cim}Kind.b"]
"""
    report = Report()
    spec = read_selection(RawSource(path="Assets.toml", data=long.encode()), report)
    assert spec is not None
    text = convert(spec, base, report, is_whole=True)
    assert text is not None
    assert [d.message for d in report.diagnostics] == []
    assert text == """\
# Made by `cimforge profile convert` from Assets.toml.

[profile]
noun = "Assets"
namespace = "http://cimforge.example/2026/Assets#"
version = "1.0"
title = "Assets"
description = "Assets for a test."

[namespaces]
cim = "http://example.org/cim#"

[roots]
Asset = "0..*"

[classes.Asset]
mRID = "1..1"
"cim:note" = true
status = true
kind = true
Location = { by = "value" }

[classes.Status]
value = true

[classes.Place]
of = "Location"
"""


def test_every_profile_that_cimforge_carries_survives(root: Path) -> None:
    settings = Settings(
        base=root / "input_models",
        model=("cim/*.ttl",),
        profiles=("profiles/*/*.toml",),
        out=Path("generated"),
    )
    report = Report()
    sources = read(settings, report, lambda *_: None)
    assert sources is not None
    base = Index(pipeline.information_model(settings, sources, report))
    messages = [s for s in sources.specs if s.kind == "message"]
    assert len(messages) > 10
    for spec in messages:
        found = Report()
        assert convert(spec, base, found, is_whole=True)
        assert [d.message for d in found.diagnostics] == []


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cimforge", "profile", "convert", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command_writes_once_and_again_when_told(tmp_path: Path) -> None:
    arguments = ("-m", str(MODEL), str(SELECTED))
    printed = run(*arguments, cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    assert printed.stdout.startswith("# Made by")
    assert run(*arguments, "-o", "Assets.toml", cwd=tmp_path).returncode == 0
    written = (tmp_path / "Assets.toml").read_text("utf-8")
    assert written == printed.stdout
    (tmp_path / "Assets.toml").write_text("mine", "utf-8")
    refused = run(*arguments, "-o", "Assets.toml", cwd=tmp_path)
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert (tmp_path / "Assets.toml").read_text("utf-8") == "mine"
    assert run(*arguments, "-o", "Assets.toml", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "Assets.toml").read_text("utf-8") == written
    assert run(*arguments, "-o", "none/Assets.toml", cwd=tmp_path).returncode == 2
    assert run("-m", str(MODEL), "missing.owl", cwd=tmp_path).returncode == 2
    assert run("-m", str(MODEL), str(MODEL), cwd=tmp_path).returncode == 2
    assert run("--message-format", "json", *arguments, cwd=tmp_path).returncode == 2
