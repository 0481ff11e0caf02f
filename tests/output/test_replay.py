"""The record of a clean build: good while nothing has changed, and for nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from cimforge.output.replay import remember, replay

BUILD = ["build", "m.ttl"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name in ("m.ttl", "out.txt"):
        Path(name).write_text(name)
    time.sleep(0.03)


def record(since: int | None = None) -> None:
    """Record a build that read ``m.ttl``, looked for ``no.toml`` and made ``out.txt``."""
    start = time.time_ns() if since is None else since
    remember(BUILD, out="o\n", err="e\n", read={"m.ttl", "no.toml"}, made={"out.txt"}, since=start)


def test_a_record_says_again_what_the_build_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert not replay(BUILD)
    record()
    assert replay(BUILD)
    assert capsys.readouterr() == ("o\n", "e\n")


@pytest.mark.parametrize("change", ["edit", "edit in place", "touch", "remove", "appear", "replace", "chmod"])
@pytest.mark.parametrize("name", ["m.ttl", "out.txt"])
def test_any_change_spoils_it(change: str, name: str) -> None:
    record()
    path = Path(name)
    info = path.stat()
    if change == "edit":
        path.write_text("longer than before")
    elif change == "edit in place":
        path.write_text(path.read_text().upper())
        os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    elif change == "touch":
        os.utime(path)
    elif change == "remove":
        path.unlink()
    elif change == "appear":
        Path("no.toml").write_text("")
    elif change == "replace":
        other = Path("other")
        other.write_text(path.read_text())
        os.utime(other, ns=(info.st_atime_ns, info.st_mtime_ns))
        other.replace(path)
    else:
        path.chmod(0o600)
    assert not replay(BUILD)


@pytest.mark.parametrize(
    "arguments", [["build"], ["build", "n.ttl"], ["build", "m.ttl", "-q"], ["check", "m.ttl"]]
)
def test_it_is_good_for_its_command_line_only(arguments: list[str]) -> None:
    record()
    assert not replay(arguments)


def test_it_is_good_in_its_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record()
    monkeypatch.chdir(tmp_path)
    assert not replay(BUILD)


def test_nothing_is_recorded_if_an_input_changed_meanwhile() -> None:
    since = time.time_ns()
    Path("m.ttl").write_text("edited while the build ran")
    record(since)
    assert not replay(BUILD)


def test_a_broken_record_is_no_record(tmp_path: Path) -> None:
    record()
    (path,) = (tmp_path / "cache" / "cimforge").iterdir()
    whole = path.read_bytes()
    for broken in (b"", b"\0", whole[:40], whole[:-60], whole + b"\0x", b"\xff" * 100):
        path.write_bytes(broken)
        assert not replay(BUILD)
    path.write_bytes(whole)
    assert replay(BUILD)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    record()
    assert not replay(BUILD)
