"""The other commands, in this process."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from cimforge.cli.app import cimforge
from cimforge.cli.progress import Progress
from cimforge.diagnostics.rules import RULES
from cimforge.readers.ea import ROOT_CLASS
from click.testing import CliRunner, Result

from tests.cli.model import TINY


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cimforge, arguments, catch_exceptions=False)


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "m.ttl"
    path.write_text(TINY)
    return str(path)


@pytest.mark.parametrize("command", ["build", "check", "inspect", "explain", "init", "irm", "version"])
def test_every_command_has_help(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert shown.output.startswith("Usage: cimforge")
    assert command in run("--help").output


def test_version() -> None:
    assert run("version").output.startswith("cimforge 0")


@pytest.mark.parametrize("rule", ["CIM703", "cim703", "edited-generated-file", "error[CIM703]"[5:]])
def test_explain(rule: str) -> None:
    shown = run("explain", rule)
    assert shown.exit_code == 0
    assert shown.output.startswith("CIM703 edited-generated-file (error, since 0.1.0)")
    assert "Example:" in shown.output
    assert "Remedy:" in shown.output


def test_explain_every_rule() -> None:
    for code in RULES:
        assert "Remedy:" in run("explain", code).output


def test_explain_list() -> None:
    lines = run("explain", "--list").output.splitlines()
    assert [line[:6] for line in lines] == sorted(RULES)


def test_counts(model: str) -> None:
    shown = run("inspect", model, "--counts")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout) == {
        "packages": 1,
        "classes": 1,
        "attributes": 1,
        "association_ends": 0,
        "enumerations": 0,
        "literals": 0,
        "datatypes": 0,
        "compounds": 0,
        "primitives": 1,
    }


@pytest.mark.parametrize("stage", ["read", "merge", "absorb", "link", "select", "name"])
def test_inspect_after_every_step(model: str, stage: str) -> None:
    text = run("inspect", model, "--after", stage)
    assert text.exit_code == 0
    assert text.stdout
    document = json.loads(run("inspect", model, "--after", stage, "--json").stdout)
    assert document["ir_version"] == 1
    diff = run("inspect", model, "--after", stage, "--diff").stdout
    assert f"+++ after {stage}\n" in diff


def test_inspect_shows_the_model(model: str) -> None:
    shown = run("inspect", model).stdout
    assert "package Core\n  primitive String: string\n  class Thing\n    name: String 0..1\n" in shown


def test_inspect_of_what_is_not_there(tmp_path: Path) -> None:
    shown = run("inspect", str(tmp_path / "nope"))
    assert (shown.exit_code, shown.stdout) == (2, "")


def test_irm() -> None:
    lines = run("irm").output.splitlines()
    assert len(lines) == 16
    assert any(line.startswith("EDO") and "EndDeviceControls" in line for line in lines)
    one = run("irm", "edo").output
    assert "EndDeviceControls" in one
    assert "Functions:" in one
    boundary = run("irm", "EXT").output
    assert "no interface" in boundary


def test_irm_as_json() -> None:
    rows = json.loads(run("irm", "--json").output)
    assert len(rows) == 16
    assert json.loads(run("irm", "EDO", "--json").output) == next(r for r in rows if r["code"] == "EDO")


def test_init_writes_a_project_and_never_overwrites(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = run("init", str(folder))
    assert made.exit_code == 0, made.output
    assert (folder / "cimforge.toml").is_file()
    (profile,) = (folder / "profiles").rglob("*.toml")
    tomllib.loads(profile.read_text())
    (folder / "cimforge.toml").unlink()
    again = run("init", str(folder))
    assert again.exit_code == 2
    assert "CIM009 file-exists" in again.stderr
    assert not (folder / "cimforge.toml").exists()


def test_what_init_writes_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    built = run("build")
    assert built.exit_code == 0, built.stderr
    lock = json.loads((tmp_path / "generated" / "cimforge.lock").read_text())
    paths = [row["path"] for row in lock["sources"]]
    assert "cimforge:cim/Core.ttl" in paths
    assert not [path for path in paths if path.startswith(("..", "/"))]
    assert run("check").exit_code == 0


def test_every_key_stands_in_what_init_writes(tmp_path: Path) -> None:
    from cimforge.cli.init import SETTINGS
    from cimforge.settings.keys import BUILD, INPUT, OUTPUT, SUPPRESS

    for table in (BUILD, OUTPUT, SUPPRESS):
        for key in table.keys:
            assert key.name in SETTINGS, key.name
    assert {key.name for key in INPUT.keys} - {"namespace"} <= set(SETTINGS.replace("=", " ").split())


def test_progress_is_silent_but_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(shown=True) as progress:
        progress("read", 0, 2)
        progress("read", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_long_step_gets_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    from cimforge.cli import progress as module

    clock = iter([0.0, 0.5, 1.5, 2.0, 2.1])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with Progress(shown=True) as progress:
        progress("read", 0, 4)
        progress("read", 1, 4)
        assert capsys.readouterr().err == ""
        progress("read", 2, 4)
        progress("read", 3, 4)
        assert "read" in capsys.readouterr().err
        progress("link", 0, 1)


# -- What files state differently --------------------------------------------------------------------------


@pytest.fixture
def two_files(tmp_path: Path) -> list[str]:
    """Two profiles that differ about one multiplicity."""
    one, other = tmp_path / "a.ttl", tmp_path / "b.ttl"
    one.write_text(TINY)
    other.write_text(TINY.replace("M:0..1", "M:1..1"))
    return [str(one), str(other)]


def test_conflicts_as_a_page(two_files: list[str]) -> None:
    shown = run("inspect", "--conflicts", *two_files)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "Thing.name  multiplicity  (warning)"
    assert [line.strip() for line in lines[1:4:2]] == ["0..1", "1..1"]
    assert lines[2].strip().startswith(two_files[0] + ":")
    assert lines[4].strip().startswith(two_files[1] + ":")
    assert lines[-1] == "1 differences: 1 multiplicity"


def test_conflicts_as_json(two_files: list[str]) -> None:
    shown = run("inspect", "--conflicts", "--json", *two_files)
    (conflict,) = json.loads(shown.stdout)["conflicts"]
    assert conflict["field"] == "multiplicity"
    assert [s["value"] for s in conflict["statements"]] == ["0..1", "1..1"]
    assert conflict["taken"] == "0..1"


def test_conflicts_fail_where_the_settings_say_so(two_files: list[str], tmp_path: Path) -> None:
    (tmp_path / "cimforge.toml").write_text(
        'version = 1\n[input]\nmodel = ["*.ttl"]\n[merge]\nmultiplicity = "error"\n'
    )
    shown = run("inspect", "--conflicts", "-c", str(tmp_path / "cimforge.toml"))
    assert shown.exit_code == 2
    assert "(error)" in shown.stdout
    assert "CIM221" in shown.stderr


def test_conflicts_of_one_file(model: str) -> None:
    assert run("inspect", "--conflicts", model).stdout == "0 differences\n"
    assert run("inspect", "--conflicts", "--counts", model).exit_code == 2


# -- Where an element comes from ---------------------------------------------------------------------------


def test_explain_an_element(two_files: list[str]) -> None:
    shown = run("explain", "--element", "Thing.name", *two_files)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "Thing.name  attribute"
    assert lines[1] == "  URI        http://iec.ch/TC57/CIM100#Thing.name"
    assert [x.split(":")[0].split()[-1] for x in lines if "stated in" in x] == two_files
    assert "  String  0..1  «attribute»  profile" in shown.stdout
    assert lines[-1] == "  differs    multiplicity (warning): 0..1 / 1..1; 0..1 counts"


def test_explain_an_element_by_the_settings(two_files: list[str], tmp_path: Path) -> None:
    (tmp_path / "cimforge.toml").write_text('version = 1\n[input]\nmodel = ["a.ttl"]\n')
    told = json.loads(
        run("explain", "--element", "Thing", "--json", "-c", str(tmp_path / "cimforge.toml")).stdout
    )["element"]
    assert (told["name"], told["kind"]) == ("Thing", "class")
    ((source,),) = (told["sources"],)
    assert source["location"]["file"] == "a.ttl"
    assert source["location"]["line"] > 1
    assert source["namespace"][0]["rule"] == "source"


def test_explain_what_is_not_there(model: str) -> None:
    shown = run("explain", "--element", "Thing.nam", model)
    assert shown.exit_code == 2
    assert "There is no element Thing.nam. Did you mean Thing.name" in shown.output
    assert run("explain", "--element", "Thing", "no.such.file").exit_code == 2


def test_explain_takes_one_rule_or_one_element(model: str) -> None:
    assert run("explain", "CIM203", "CIM204").exit_code == 2
    assert run("explain", "CIM203", "--json").exit_code == 2


_UML = (
    '<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content><UML:Model name="M" xmi.id="m">'
    '<UML:Namespace.ownedElement><UML:Class name="A" xmi.id="a"/>{more}'
    "</UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>"
)


def test_the_namespace_of_models_that_name_none(tmp_path: Path) -> None:
    path = tmp_path / "m.xmi"
    path.write_text(_UML.format(more=""))
    for command in (("inspect", "--json"), ("explain", "--element", "A")):
        assert "http://iec.ch/TC57/CIM100#A" in run(*command, str(path)).stdout
        shown = run(*command, "--namespace", "http://example.org/cim#", str(path))
        assert "http://example.org/cim#A" in shown.stdout
        assert "CIM100#" not in shown.stdout
    build = (
        "--emit",
        "ir",
        "--out",
        str(tmp_path / "out"),
        "--namespace",
        "http://example.org/cim#",
        str(path),
    )
    assert run("build", *build).exit_code == 0
    assert run("check", *build).exit_code == 0
    (tmp_path / "out/ir/ir.schema.json").unlink()
    assert "--namespace 'http://example.org/cim#'" in run("check", *build).stderr
    wrong = run("inspect", "--namespace", "cim", str(path))
    assert wrong.exit_code == 2
    assert "absolute IRI" in wrong.output


def test_frames_of_an_export_are_no_news(tmp_path: Path) -> None:
    path = tmp_path / "m.xmi"
    path.write_text(_UML.format(more=f'<UML:Class name="EARootClass" xmi.id="{ROOT_CLASS}"/>'))
    shown = run("inspect", "--after", "read", str(path))
    assert "  not used: 1 EARootClass\n" in shown.stdout
    assert "CIM266" not in shown.stderr


def test_what_a_reader_does_not_use_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m.xmi"
    path.write_text(_UML.format(more='<UML:Comment xmi.id="c" name="x"/>'))
    shown = run("inspect", "--after", "read", str(path))
    assert "  not used: 1 Comment\n" in shown.stdout
    assert "note[CIM266 not-used]: the file holds what cimforge does not use: 1 Comment" in shown.stderr
    quiet = run("build", "-q", "--emit", "ir", "--out", str(tmp_path / "out"), str(path))
    assert (quiet.exit_code, quiet.output) == (0, "")
