"""Profiles of CIMTool that make no sense: refused, or read with a warning that says what stands.

Without the information model a profile presupposes what it names, so rows about what is in none of the
files cannot occur: the model would be one of them. Packages do not nest in either format.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hostile.bad_models import SENSELESS
from tests.hostile.model import Sketch
from tests.hostile.odd_names import NAMED
from tests.hostile.refusals import place, refuse, unharmed
from tests.hostile.runs import cimforge
from tests.hostile.sketch import PROFILES, WRITERS, Format
from tests.hostile.test_odd_names import assert_no_code_of_the_model, assert_portable

SKETCHES: dict[str, Sketch] = {case.name: case.sketch for case in SENSELESS}

_IRI = dict.fromkeys(
    (f"namespace with {what}" for what in ("a quote", "a tag", "a backslash", "braces", "a line end")),
    ("CIM132", "no IRI"),
)
_BOUNDS = {
    f"attribute bounds {text}": ("CIM353", "Odd.often") for text in ("abc", "-1", "1..x", "-1..1", "1...2")
}
COMMON: dict[str, tuple[str, str]] = {
    **_IRI,
    **_BOUNDS,
    "attribute bounds 0..99999999999999999999": ("CIM353", "Odd.often"),
    "attribute bounds 5..2": ("CIM354", "Odd.often"),
    "end bounds 5..2": ("CIM354", "Asset.b"),
    "superclass that is an enumeration": ("CIM204", "enumeration"),
    "two parents with one member name": ("CIM212", "kind"),
}
REFUSED: dict[Format, dict[str, tuple[str, str]]] = {
    "cimtool": {**COMMON, "cycle of three": ("CIM356", "Ant -> Bee -> Cat -> Ant")},
    "catalog": {
        **COMMON,
        "namespace with a line end": ("CIM132", "no IRI"),
        "inherits from itself": ("CIM334", "Self"),
        "cycle of three": ("CIM333", "Ant"),
        "missing superclass": ("CIM332", "Nobody"),
        "attribute bounds 0..0": ("CIM354", "Odd.often"),
        "a class without a name": ("CIM367", "name"),
    },
}
WARNED: dict[Format, dict[str, str]] = {
    "cimtool": {"one literal twice": "CIM328", "missing superclass": "CIM359"},
    "catalog": {"one literal twice": "CIM328", "one attribute name twice": "CIM361"},
}
"""What is read all the same."""


@pytest.mark.parametrize(
    ("name", "format_"), [pytest.param(n, f, id=f"{n}-{f}") for f in PROFILES for n in REFUSED[f]]
)
def test_refused(name: str, format_: Format, built_world: Path, tmp_path: Path) -> None:
    code, says = REFUSED[format_][name]
    errors = refuse(built_world, tmp_path / f"model.{format_}", WRITERS[format_](SKETCHES[name]))
    assert {e["code"] for e in errors} == {code}, errors
    assert says in errors[0]["message"]
    assert place(errors[0])


@pytest.mark.parametrize(
    ("name", "format_"), [pytest.param(n, f, id=f"{n}-{f}") for f in PROFILES for n in WARNED[f]]
)
def test_warned(name: str, format_: Format, tmp_path: Path) -> None:
    path = tmp_path / f"model.{format_}"
    path.write_bytes(WRITERS[format_](SKETCHES[name]))
    ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    assert ended.status == 0
    [warning] = [f for f in ended.findings if f["severity"] == "warning"]
    assert warning["code"] == WARNED[format_][name]
    assert warning["line"]


ODD = ("CIM132", "CIM330")
"""An IRI made of the name is none; or the name is that of a datatype that the profile brings."""


@pytest.mark.parametrize("format_", PROFILES)
def test_odd_names(
    format_: Format, built_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Legal code that holds every class and runs nothing of the model; or a refusal that names the place."""
    away = tmp_path / "away"
    away.mkdir()
    monkeypatch.chdir(away)
    built = 0
    for number, (name, sketch) in enumerate(NAMED.items()):
        path, out = tmp_path / f"{number}.{format_}", tmp_path / f"out{number}"
        path.write_bytes(WRITERS[format_](sketch))
        with unharmed(away):
            ended = cimforge("build", path, "--out", out, "--message-format", "json")
        if ended.status != 0:
            assert {e["code"] for e in refuse(built_world, path)} <= set(ODD), name
            continue
        built += 1
        files = [p for p in out.rglob("*") if p.is_file()]
        assert_portable([p.relative_to(out).as_posix() for p in files])
        for file in files:
            if file.suffix == ".py":
                assert_no_code_of_the_model(file)
        found = json.loads(cimforge("inspect", path, "--after", "select", "--json").stdout)["value"]
        [model] = found.values()
        assert len(model["classes"]) == sum(not k.stereotype for k in sketch.kinds), name
    assert built > 40
