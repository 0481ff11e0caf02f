"""What a format changes in its surroundings: nothing. And they change nothing of what is built."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from tests.hostile.refusals import unharmed
from tests.hostile.runs import cimforge, world
from tests.hostile.sketch import ALL, PROFILES, WRITERS, Format, small
from tests.house.test_manners import WATCHED

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "LANGUAGE": "tr"},
)


def built(folder: Path, name: str, **variables: str) -> dict[str, bytes]:
    """The output of a build of ``in/name`` below ``folder``, which opens no socket and starts no program."""
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder), "build", f"in/{name}", "--out", "out", "-q"],
        cwd=folder,
        env={
            "PATH": "",  # no tool is there to be found
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "HOME": str(folder / "home"),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "BROKEN" not in run.stdout + run.stderr
    assert run.returncode == 0, run.stderr
    out = folder / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("format_", ALL)
def test_two_builds_give_the_same_bytes(format_: Format, tmp_path: Path) -> None:
    """Other hash seed, locale, time zone and folder; a second build in each; no tool on the path."""
    found = []
    for number, variables in enumerate(ENVIRONMENTS):
        folder = tmp_path / ("here", "some where/élsewhere")[number]
        (folder / "in").mkdir(parents=True)
        path = folder / "in" / f"model.{format_}"
        path.write_bytes(WRITERS[format_](small()))
        with unharmed(folder / "in"):
            found.append(built(folder, path.name, **variables))
        assert found[-1] == built(folder, path.name, **variables)
    assert found[0].keys() == found[1].keys()
    assert [p for p in found[0] if found[0][p] != found[1][p]] == []


def test_an_archive_of_every_format_is_like_the_folder(tmp_path: Path) -> None:
    """The files keep their endings, in which a folder is searched for models.

    CIMTool's profile and its Catalog are one profile, of which a build takes one.
    """
    endings = {"xmi2": "xmi", "catalog": "xml"}
    formats = [f for f in ALL if f != "cimtool"]
    folder, archive = tmp_path / "in", tmp_path / "all.zip"
    folder.mkdir()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for format_ in formats:
            name = f"{format_}.{endings.get(format_, format_)}"
            (folder / name).write_bytes(WRITERS[format_](small()))
            packed.write(folder / name, name)
    listed = []
    for given in (folder, archive, tmp_path / "in" / "*"):
        ended = cimforge("inspect", given, "--after", "read", "--json")
        assert '"format": "qea"' in ended.stdout, ended.stderr
        listed.append(ended.stdout.replace(str(given), ""))
        for format_ in formats:
            assert f'"{format_}.{endings.get(format_, format_)}"' in ended.stdout, format_
    assert listed[0] == listed[1] == listed[2]


@pytest.mark.parametrize("format_", ALL)
def test_no_command_leaves_a_trace_beside_its_input(
    format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor opens a socket. A second build rewrites nothing, and files of others stay."""

    def no_socket(*arguments: object, **more: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setenv("PATH", "")
    folder, work = tmp_path / "in", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    path = folder / f"model.{format_}"
    path.write_bytes(WRITERS[format_](small()))
    commands: list[tuple[str | Path, ...]] = [
        ("inspect", path, "--json"),
        ("inspect", path, "--counts"),
        *(
            ("inspect", path, "--after", stage, "--json")
            for stage in ("read", "merge", "link", "select", "name")
        ),
        ("build", path, "--out", "out"),
        ("check", path, "--out", "out"),
        ("build", path, "--out", "out"),
    ]
    if format_ in PROFILES:
        commands.append(("profile", "convert", path, "--output", "converted.toml"))
    else:
        commands.append(("explain", "--element", "Meter", path))
    with unharmed(folder):
        for command in commands:
            ended = cimforge(*command)
            assert ended.status == 0, (command, ended.stderr)
        (work / "out" / "mine.txt").write_text("mine\n")
        before = world(work / "out")
        assert cimforge("build", path, "--out", "out").status == 0
        assert world(work / "out") == before
