"""``cimforge build`` and ``check`` as processes: streams, exit statuses, files."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.model import TINY

Run = Callable[..., "subprocess.CompletedProcess[str]"]
EMIT = ("--emit", "xsd,ir")


@pytest.fixture
def run(tmp_path: Path, root: Path) -> Run:
    """Run ``cimforge`` in the folder ``work``, with a cache of its own."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "m.ttl").write_text(TINY)
    env = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    env |= {"PYTHONPATH": str(root / "generator"), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def command(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]  # options are run's own
            [sys.executable, "-m", "cimforge", *arguments],
            **{
                "cwd": tmp_path / "work",
                "env": env,
                "capture_output": True,
                "text": True,
                "timeout": 60,
                **options,
            },
        )

    return command


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The working folder of `run`."""
    return tmp_path / "work"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of change of every file."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def test_build_then_check_is_clean(run: Run, work: Path) -> None:
    built = run("build", "m.ttl", *EMIT)
    assert (built.returncode, built.stdout) == (0, "")
    assert "look first  generated/" in built.stderr
    before = snapshot(work)
    checked = run("check", "m.ttl", *EMIT)
    assert checked.returncode == 0
    assert checked.stdout.endswith("clean\n")
    assert run("build", "--check", "m.ttl", *EMIT).returncode == 0
    assert snapshot(work) == before


def test_check_names_states_shows_the_difference_and_the_repair(run: Run, work: Path) -> None:
    run("build", "m.ttl", *EMIT)
    (work / "generated" / "xsd" / "core.xsd").write_text("edited\n")
    (work / "generated" / "ir" / "cim100.json").unlink()
    before = snapshot(work)
    checked = run("check", "m.ttl", *EMIT)
    assert checked.returncode == 1
    assert "edited by hand  xsd/core.xsd\n" in checked.stdout
    assert "missing         ir/cim100.json\n" in checked.stdout
    assert "--- a/xsd/core.xsd\n+++ b/xsd/core.xsd\n" in checked.stdout
    assert "1 missing, 1 edited by hand\n" in checked.stdout
    assert "repair: cimforge build m.ttl --emit xsd,ir --force" in checked.stderr
    assert snapshot(work) == before
    assert run("build", "m.ttl", *EMIT).returncode == 1
    assert snapshot(work) == before
    assert run("build", "m.ttl", *EMIT, "--force").returncode == 0
    assert run("check", "m.ttl", *EMIT).returncode == 0


def test_a_changed_model_is_seen(run: Run, work: Path) -> None:
    run("build", "m.ttl", *EMIT)
    (work / "m.ttl").write_text(TINY.replace("A thing.", "Another thing."))
    checked = run("check", "m.ttl", *EMIT)
    assert checked.returncode == 1
    assert "changed         xsd/core.xsd\n" in checked.stdout
    assert "changed         cimforge.lock\n" in checked.stdout
    assert "repair: cimforge build m.ttl --emit xsd,ir\n" in checked.stderr


def test_quiet(run: Run, work: Path) -> None:
    built = run("build", "m.ttl", *EMIT, "-q")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    assert run("check", "m.ttl", *EMIT, "-q").stdout == ""
    (work / "generated" / "xsd" / "core.xsd").unlink()
    assert run("check", "m.ttl", *EMIT, "-q").stdout == "missing         xsd/core.xsd\n"


def test_unreadable_input_is_2_and_keeps_the_output(run: Run, work: Path) -> None:
    run("build", "m.ttl", *EMIT)
    before = snapshot(work / "generated")
    missing = run("build", "n.ttl", *EMIT)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("error[CIM101 input-not-found]")
    (work / "m.ttl").write_text(TINY[:-40])
    broken = run("build", "m.ttl", *EMIT)
    assert broken.returncode == 2
    assert "Traceback" not in broken.stderr
    assert snapshot(work / "generated") == before


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("biuld",), "'build'"),
        (("build", "--emt", "xsd"), "--emit"),
        (("build", "--emit", "pyton"), "'python'"),
        (("build", "--message-format", "xml"), "sarif"),
        (("explain", "CIM7033"), "CIM703"),
        (("explain", "edited-generated-fle"), "edited-generated-file"),
        (("explain",), "--list"),
        (("irm", "EDX"), "EDO"),
        (("inspect", "m.ttl", "--json", "--counts"), "exclude"),
    ],
)
def test_wrong_use_is_2_with_a_hint(run: Run, arguments: tuple[str, ...], hint: str) -> None:
    wrong = run(*arguments)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert hint in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_wrong_settings_are_2(run: Run, work: Path) -> None:
    (work / "cimforge.toml").write_text("version = 1\n[input]\nmodel = ['m.ttl']\nprofile = []\n")
    wrong = run("build")
    assert wrong.returncode == 2
    assert (
        "error[CIM003 unknown-setting]: `input.profile` is no setting; did you mean `profiles`?"
        in wrong.stderr
    )
    assert "--> cimforge.toml:4\n" in wrong.stderr
    assert run("build", "-c", "nope.toml").returncode == 2


def test_settings_of_the_working_folder_and_named_ones(run: Run, work: Path) -> None:
    (work / "sub").mkdir()
    text = (
        "version = 1\n[build]\nname = 'tiny'\n[input]\nmodel = ['{}']\n[output]\nemit = ['ir']\ndir = '{}'\n"
    )
    (work / "cimforge.toml").write_text(text.format("m.ttl", "one"))
    (work / "sub" / "cimforge.toml").write_text(text.format("../m.ttl", "two"))
    assert run("build").returncode == 0
    assert (work / "one" / "ir" / "tiny.json").exists()
    assert run("build", "-c", "sub/cimforge.toml").returncode == 0
    assert (work / "sub" / "two" / "ir" / "tiny.json").exists()
    assert run("build", "-c", "sub/cimforge.toml", "--out", "three").returncode == 0
    assert (work / "three" / "ir" / "tiny.json").exists()


def test_json_is_one_object_a_line(run: Run, work: Path) -> None:
    built = run("build", "m.ttl", *EMIT, "--message-format", "json")
    assert built.stderr == ""
    assert json.loads(built.stdout.splitlines()[-1])["type"] == "build"
    (work / "generated" / "xsd" / "core.xsd").unlink()
    checked = run("check", "m.ttl", *EMIT, "--message-format", "json")
    assert checked.returncode == 1
    rows = [json.loads(line) for line in checked.stdout.splitlines()]
    states = {row["path"]: row["state"] for row in rows if row["type"] == "file"}
    assert states["xsd/core.xsd"] == "missing"
    assert states["ir/cim100.json"] == "same"
    assert {row["code"] for row in rows if row["type"] == "diagnostic"} == {"CIM710"}
    assert rows[-1] == {
        "type": "check",
        "clean": False,
        "same": len(states) - 1,
        "missing": 1,
        "changed": 0,
        "stale": 0,
        "edited": 0,
    }
    error = run("build", "n.ttl", "--message-format", "json")
    assert (error.returncode, error.stderr) == (2, "")
    assert json.loads(error.stdout)["code"] == "CIM101"


def test_sarif_and_github(run: Run, work: Path) -> None:
    error = run("build", "n.ttl", "--message-format", "sarif")
    assert error.returncode == 2
    (result,) = json.loads(error.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "CIM101"
    error = run("build", "n.ttl", "--message-format", "github")
    assert error.stdout.startswith("::error file=n.ttl,title=CIM101 input-not-found::")


@pytest.mark.parametrize("how", ["missing", "edited", "foreign"])
def test_the_output_is_looked_at_each_time(run: Run, work: Path, tmp_path: Path, how: str) -> None:
    """The record of a clean build answers for it only while nothing has changed."""
    first = run("build", "m.ttl", *EMIT)
    again = run("build", "m.ttl", *EMIT)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert again.stderr == first.stderr.replace("written", "unchanged")
    target = work / "generated" / "xsd" / "core.xsd"
    text = target.read_text()
    if how == "missing":
        target.unlink()
        assert run("build", "m.ttl", *EMIT).returncode == 0
        assert target.read_text() == text
    elif how == "edited":
        target.write_text(text.replace("Thing", "Think"))
        assert run("build", "m.ttl", *EMIT).returncode == 1
    else:
        shutil.rmtree(tmp_path / "cache")
        (work / "generated" / "note").write_text("mine")
        assert run("build", "m.ttl", *EMIT).stderr == again.stderr


def test_what_a_no_op_build_and_the_help_import(run: Run, work: Path, tmp_path: Path, root: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(root / "generator"), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def imported(*arguments: str) -> set[str]:
        command = [sys.executable, "-X", "importtime", "-m", "cimforge", *arguments]
        found = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, timeout=60)
        assert found.returncode == 0
        lines = (line for line in found.stderr.splitlines() if line.startswith("import time"))
        return {line.rpartition("|")[2].strip() for line in lines}

    heavy = {"lxml", "msgspec", "jinja2", "rdflib", "black", "cimforge.pipeline", "cimforge.diagnostics"}
    assert {"click", "cimforge.pipeline"} <= imported("build", "m.ttl", *EMIT)
    no_op = imported("build", "m.ttl", *EMIT)
    assert "cimforge.output.replay" in no_op
    assert not no_op & (heavy | {"click", "json", "typing", "dataclasses"})
    assert not imported("--help") & (heavy | {"json", "tomllib", "difflib"})


@pytest.mark.parametrize("change", ["input", "new input", "settings", "new settings"])
def test_no_op_sees_every_input(run: Run, work: Path, change: str) -> None:
    settings = "version = 1\n[build]\nname = 'tiny'\n[input]\nmodel = ['*.ttl']\n[output]\nemit = ['ir']\n"
    arguments: tuple[str, ...] = ("build", "-c", "c.toml")
    (work / "c.toml").write_text(settings)
    assert run(*arguments).returncode == 0
    assert "unchanged" in run(*arguments).stderr
    if change == "input":
        (work / "m.ttl").write_text(TINY.replace("A thing.", "B thing."))
    elif change == "new input":
        (work / "n.ttl").write_text(TINY.replace("Thing", "Other").replace("cim:String a", "cim:Text a"))
    elif change == "settings":
        (work / "c.toml").write_text(settings.replace("'tiny'", "'tino'"))
    elif change == "new settings":
        arguments = ("build", *EMIT, "m.ttl")
        assert run(*arguments).returncode == 0
        (work / "m.ttl").unlink()
        assert run(*arguments).returncode == 2
        return
    assert "written" in run(*arguments).stderr


def test_no_op_sees_a_new_file_in_a_linked_folder(run: Run, work: Path, tmp_path: Path) -> None:
    """A pattern of single levels enters links to folders, so the record looks there as well."""
    linked = tmp_path / "elsewhere"
    linked.mkdir()
    (linked / "m.ttl").write_text(TINY)
    (work / "models").mkdir()
    (work / "models" / "link").symlink_to(linked)
    arguments = ("build", "models/*/*.ttl", "--emit", "ir")
    assert run(*arguments).returncode == 0
    assert "unchanged" in run(*arguments).stderr
    (linked / "more.ttl").write_text(TINY.replace("A thing.", "Another thing."))
    assert "written" in run(*arguments).stderr


def test_a_fault_is_told_as_one(run: Run, work: Path, root: Path) -> None:
    sabotage = (
        "import sys, cimforge.pipeline as p\n"
        "def compile_project(*a, **k): raise KeyError('x\\ny')\n"
        "p.compile_project = compile_project\n"
        "from cimforge.cli.app import run\n"
        "sys.exit(run(sys.argv[1:]))"
    )
    env = {**os.environ, "PYTHONPATH": str(root / "generator")}

    def sabotaged(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", sabotage, *arguments]
        return subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, timeout=60)

    fault = sabotaged("build", "m.ttl")
    assert (fault.returncode, fault.stdout) == (3, "")
    assert fault.stderr.startswith("error[CIM900 compiler-fault]: a fault of cimforge itself: KeyError")
    assert "Traceback" not in fault.stderr
    debugged = sabotaged("build", "m.ttl", "--debug")
    assert debugged.returncode == 3
    assert "Traceback" in debugged.stderr
    as_json = sabotaged("build", "m.ttl", "--message-format", "json")
    assert (as_json.returncode, json.loads(as_json.stdout)["code"]) == (3, "CIM900")


def test_a_closed_pipe_is_quiet(work: Path, root: Path, run: Run) -> None:
    env = {**os.environ, "PYTHONPATH": str(root / "generator")}
    shown = subprocess.run(
        f"{sys.executable} -m cimforge inspect m.ttl --json | head -c 10",
        shell=True, cwd=work, env=env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert shown.stdout == '{\n  "ir_ve'
    assert shown.stderr == ""


def test_an_interrupt_is_130_and_keeps_the_output(work: Path, root: Path, run: Run) -> None:
    run("build", "m.ttl", *EMIT)
    before = snapshot(work / "generated")
    slow = (
        "import sys, time, cimforge.pipeline as p\n"
        "def compile_project(*a, **k): print('ready', flush=True); time.sleep(30)\n"
        "p.compile_project = compile_project\n"
        "from cimforge.cli.app import run\n"
        "sys.exit(run(['build', 'm.ttl']))"
    )
    env = {**os.environ, "PYTHONPATH": str(root / "generator")}
    process = subprocess.Popen(
        [sys.executable, "-c", slow],
        cwd=work,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert snapshot(work / "generated") == before


@pytest.mark.parametrize("no_color", ["", "1"])
def test_colour_on_a_terminal_only(work: Path, root: Path, run: Run, no_color: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(root / "generator"), "TERM": "xterm", "NO_COLOR": no_color}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cimforge", "build", "n.ttl"], cwd=work, env=env, stderr=theirs, stdout=theirs
    )
    assert process.wait(60) == 2
    os.close(theirs)
    time.sleep(0.05)
    text = os.read(ours, 65536).decode()
    os.close(ours)
    assert ("\x1b[1;31merror" in text) == (no_color == "")
    assert "CIM101" in text
    assert "\x1b" not in run("build", "n.ttl").stderr


def test_output_in_ascii_only_surroundings(run: Run, work: Path, root: Path) -> None:
    (work / "ü.ttl").write_text(TINY.replace("A thing", "Ein Döschen"))
    env = {**os.environ, "PYTHONPATH": str(root / "generator"), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    shown = run("inspect", "ü.ttl", "--json", env=env)
    assert shown.returncode == 0
    assert "Traceback" not in shown.stderr
