"""What a newer information model breaks in a profile: each break at its line, by id where the old model is there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import Facets, Model, Multiplicity
from cimforge.ir.value import replace
from cimforge.migrate.breaks import find_breaks
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource

from tests.passes.test_link_cases import linked

MODEL = Path(__file__).parent.parent / "cases" / "passes" / "select" / "model.ttl"
CIM = "http://example.org/cim#"
PROFILE = """\
[profile]
noun = "Assets"
namespace = "http://cimforge.example/2026/Assets#"
version = "1.0"
title = "Assets"
description = "Assets for a test."

[roots]
Asset = "0..*"

[classes.IdentifiedObject]
mRID = "0..1"

[classes.Asset]
aV = true
kind = true
status = true
count = "0..1"
Location = { by = "value", to = ["Site", "Spot"] }

[classes.Site]
gate = { max_length = 8 }

[classes.Spot]
depth = true

[enumerations.Kind]
values = ["a"]
"""
Edit = Callable[[Model], Model]


@pytest.fixture(scope="module")
def old() -> Model:
    return linked([MODEL], Report())


def changed(model: Model, kind: str, name: str, /, **changes: Any) -> Model:
    """``model`` with changes to the classifier called ``name``."""
    return replace(
        model, **{kind: tuple(replace(c, **changes) if c.name == name else c for c in getattr(model, kind))}
    )


def member(model: Model, owner: str, name: str, /, **changes: Any) -> Model:
    (found,) = [c for c in model.classes if c.name == owner]
    return changed(
        model,
        "classes",
        owner,
        attributes=tuple(replace(a, **changes) if a.name == name else a for a in found.attributes),
        ends=tuple(replace(e, **changes) if e.name == name else e for e in found.ends),
    )


def without(model: Model, owner: str, name: str) -> Model:
    (found,) = [c for c in model.classes if c.name == owner]
    return changed(
        model,
        "classes",
        owner,
        attributes=tuple(a for a in found.attributes if a.name != name),
        ends=tuple(e for e in found.ends if e.name != name),
    )


def moved(model: Model, owner: str, name: str, to: str) -> Model:
    (found,) = [c for c in model.classes if c.name == owner]
    (target,) = [c for c in model.classes if c.name == to]
    taken = tuple(a for a in found.attributes if a.name == name)
    return changed(without(model, owner, name), "classes", to, attributes=(*target.attributes, *taken))


def breaks(old: Model, new: Model, *, was: bool = True, text: str = PROFILE) -> list[str]:
    report = Report()
    spec = read_selection(RawSource(path="Assets.toml", data=text.encode()), report)
    assert spec is not None, [d.message for d in report.diagnostics]
    find_breaks(spec, Index(new), Index(old) if was else None, report)
    lines = text.splitlines()
    return [f"{lines[(d.location.line or 1) - 1]} | {d.code} {d.message}" for d in report.diagnostics]


ONE = Multiplicity(lower=1, upper=1)
CASES: dict[str, tuple[Edit, list[str], list[str]]] = {
    # the edit, the findings with the old model, and without
    "nothing": (lambda m: m, [], []),
    "wider": (
        lambda m: member(m, "Asset", "count", multiplicity=Multiplicity(lower=0, upper=None)),
        [],
        [],
    ),
    "class-renamed": (
        lambda m: changed(m, "classes", "Spot", name="Point"),
        ["[classes.Spot] | CIM372 the information model has no class Spot; it is called Point now"],
        ["[classes.Spot] | CIM372 the information model has no class Spot; nearest: Site"],
    ),
    "class-gone": (
        lambda m: replace(m, classes=tuple(c for c in m.classes if c.name != "Site")),
        ["[classes.Site] | CIM372 the information model has no class Site; nearest: Spot"],
        ["[classes.Site] | CIM372 the information model has no class Site; nearest: Spot"],
    ),
    "member-renamed": (
        lambda m: member(m, "Asset", "aV", name="ratedVoltage"),
        ["aV = true | CIM373 the information model has no Asset.aV; it is called ratedVoltage now"],
        ["aV = true | CIM373 the information model has no Asset.aV"],
    ),
    "member-moved": (
        lambda m: moved(m, "Site", "gate", "Meter"),
        [
            "gate = { max_length = 8 } | CIM373 the information model has no Site.gate; it stands at Meter.gate now"
        ],
        ["gate = { max_length = 8 } | CIM373 the information model has no Site.gate"],
    ),
    "member-gone": (
        lambda m: without(m, "Asset", "count"),
        ['count = "0..1" | CIM373 the information model has no Asset.count'],
        ['count = "0..1" | CIM373 the information model has no Asset.count'],
    ),
    "moved-up": (lambda m: moved(m, "Asset", "count", "IdentifiedObject"), [], []),
    "literal-renamed": (
        lambda m: changed(
            m,
            "enumerations",
            "Kind",
            literals=tuple(
                replace(v, name="alpha") if v.name == "a" else v for v in m.enumerations[0].literals
            ),
        ),
        ["[enumerations.Kind] | CIM374 the information model has no value Kind.a; it is called alpha now"],
        ["[enumerations.Kind] | CIM374 the information model has no value Kind.a"],
    ),
    "retyped": (
        lambda m: member(m, "Asset", "count", type=ElementId(CIM + "Kind")),
        ['count = "0..1" | CIM375 Asset.count is of the type Kind now, and was Integer'],
        [],
    ),
    "other-values": (
        lambda m: changed(m, "datatypes", "Voltage", value=ElementId(CIM + "Integer")),
        ["aV = true | CIM375 Asset.aV has values of the kind integer now, and had float"],
        [],
    ),
    "leads-elsewhere": (
        lambda m: member(m, "Asset", "Location", type=ElementId(CIM + "Plant")),
        [
            'Location = { by = "value", to = ["Site", "Spot"] } | '
            "CIM375 Asset.Location leads to Plant now; Site is no kind of that"
        ],
        [
            'Location = { by = "value", to = ["Site", "Spot"] } | '
            "CIM375 Asset.Location leads to Plant now; Site is no kind of that"
        ],
    ),
    "narrower": (
        lambda m: member(m, "Asset", "count", multiplicity=ONE),
        ['count = "0..1" | CIM376 Asset.count is 1..1 in the information model; the profile has 0..1'],
        ['count = "0..1" | CIM376 Asset.count is 1..1 in the information model; the profile has 0..1'],
    ),
    "narrower-where-the-model-decided": (
        lambda m: member(m, "Asset", "aV", multiplicity=ONE),
        ["aV = true | CIM376 Asset.aV is 1..1 in the information model; the profile has 0..1"],
        [],
    ),
    "superclass-moved": (
        lambda m: changed(m, "classes", "Asset", bases=()),
        [
            "[classes.Asset] | CIM377 Asset is no kind of IdentifiedObject in the information model, "
            "and the profile extends it from there"
        ],
        [],
    ),
    "tighter-facet": (
        lambda m: member(m, "Site", "gate", facets=Facets(max_length="4")),
        [
            "gate = { max_length = 8 } | CIM378 Assets cannot be taken out of the information model: "
            "Site.gate is bound tighter in the information model than by max_length 8"
        ],
        [
            "gate = { max_length = 8 } | CIM378 Assets cannot be taken out of the information model: "
            "Site.gate is bound tighter in the information model than by max_length 8"
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, old: Model) -> None:
    edit, with_old, without_old = CASES[case]
    assert breaks(old, edit(old)) == with_old
    assert breaks(old, edit(old), was=False) == without_old


def test_uris_of_the_last_release(old: Model) -> None:
    """A profile by URI on a model of another namespace: said once, and the rest compared."""
    text = PROFILE.replace("[classes.Asset]", f'[classes."{CIM}Asset"]').replace(
        'Asset = "0..*"', f'"{CIM}Asset" = "0..*"'
    )
    text = text.replace("count =", f'"{CIM}Asset.count" =')
    from cimforge.ir.codec import decode, encode

    new = decode(encode(without(old, "Asset", "aV")).replace(CIM.encode(), b"http://example.org/next#"))
    found = breaks(old, new, was=False, text=text)
    assert found == [
        "[profile] | CIM379 the profile names elements by their URIs in http://example.org/cim#, "
        "which the information model has in http://example.org/next#",
        "aV = true | CIM373 the information model has no Asset.aV",
    ]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cimforge", "profile", "check", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "Assets.toml").write_text(PROFILE, "utf-8")
    new = tmp_path / "new.ttl"
    new.write_text(
        MODEL.read_text("utf-8").replace("Asset.count", "Asset.number").replace('"count"', '"number"'),
        "utf-8",
    )
    same = run("-m", str(MODEL), "Assets.toml", cwd=tmp_path)
    assert (same.returncode, same.stdout) == (0, "Assets.toml: nothing breaks\n"), same.stderr
    broken = run("-m", "new.ttl", "--was", str(MODEL), "Assets.toml", cwd=tmp_path)
    assert (broken.returncode, broken.stdout) == (1, "Assets.toml: 1 broken\n")
    assert "CIM373" in broken.stderr
    assert "Assets.toml:18" in broken.stderr
    rows = run("-m", "new.ttl", "--message-format", "json", "Assets.toml", cwd=tmp_path).stdout.splitlines()
    assert [json.loads(r)["code"] for r in rows] == ["CIM373"]
    sarif = run("-m", "new.ttl", "--message-format", "sarif", "Assets.toml", cwd=tmp_path)
    assert [r["ruleId"] for r in json.loads(sarif.stdout)["runs"][0]["results"]] == ["CIM373"]
    assert run("-m", "gone.ttl", "Assets.toml", cwd=tmp_path).returncode == 2
    assert run("-m", "new.ttl", "--was", "gone.ttl", "Assets.toml", cwd=tmp_path).returncode == 2
    assert run("-m", "new.ttl", "gone.toml", cwd=tmp_path).returncode == 2
    assert run("-m", "new.ttl", cwd=tmp_path).returncode == 2


def test_a_rename_is_seen_by_guid_in_whatever_format(tmp_path: Path, corpus: Path) -> None:
    synthetic = corpus / "synthetic"
    text = (synthetic / "cim17_metering.xmi21.xmi").read_bytes()
    (tmp_path / "new.xmi").write_bytes(text.replace(b'name="isVirtual"', b'name="isImagined"'))
    head = PROFILE[: PROFILE.index("[roots]")]
    profile = f"{head}[roots]\nEndDevice = '0..*'\n[classes.EndDevice]\nisVirtual = true\n"
    (tmp_path / "Assets.toml").write_text(profile, "utf-8")
    was = str(synthetic / "cim17_metering.qea")
    found = run("-m", "new.xmi", "--was", was, "Assets.toml", cwd=tmp_path)
    assert found.returncode == 1
    assert "no EndDevice.isVirtual; it is called isImagined now" in found.stderr


def test_without_a_model_that_of_the_settings_counts(tmp_path: Path, root: Path) -> None:
    profile = root / "input_models" / "profiles" / "EDO" / "MeterReadings.toml"
    found = run(str(profile), cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert found.stdout.endswith("MeterReadings.toml: nothing breaks\n")
