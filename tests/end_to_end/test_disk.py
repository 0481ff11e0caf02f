"""The real command where the disk says no: the old output stays whole, and the reason is told."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.refusals import unharmed
from tests.hostile.runs import COMMAND, environment
from tests.hostile.sketch import Kind, Member, Sketch, rdf_xml, small


def run(
    folder: Path, *arguments: str | Path, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """``cimforge`` as a process of its own in ``folder``; it never ends in a traceback."""
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=folder,
        env=environment(folder / "home"),
        capture_output=True,
        text=True,
        preexec_fn=before,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a model, its output in ``out``, files of the user's in it, and a larger model."""
    (tmp_path / "model.rdf").write_bytes(rdf_xml(small()))
    more = tuple(Kind(name=f"More{i}", members=(Member(name="x", doc="text " * 300),)) for i in range(200))
    (tmp_path / "larger.rdf").write_bytes(rdf_xml(Sketch(kinds=(*small().kinds, *more))))
    assert run(tmp_path, "build", "model.rdf", "--out", "out", "-q").returncode == 0
    (tmp_path / "out" / "mine.txt").write_text("mine\n")
    (tmp_path / "out" / "python" / "hostile" / "own.py").write_text("own = 1\n")
    return tmp_path


def no_room() -> None:
    """Files end at 20,000 bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def refused(ended: subprocess.CompletedProcess[str], code: str) -> None:
    """The command ended with one error that has a remedy."""
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    assert ended.stderr.count("error[") == 1
    assert f"error[{code} " in ended.stderr
    assert "help: " in ended.stderr


def test_a_full_disk(work: Path) -> None:
    with unharmed(work / "out"):
        refused(run(work, "build", "larger.rdf", "--out", "out", before=no_room), "CIM708")
    assert run(work, "build", "larger.rdf", "--out", "out", "-q").returncode == 0
    assert run(work, "check", "larger.rdf", "--out", "out", "-q").returncode == 0
    assert (work / "out" / "mine.txt").read_text() == "mine\n"
    assert (work / "out" / "python" / "hostile" / "own.py").read_text() == "own = 1\n"


def test_a_full_disk_at_the_first_build(work: Path) -> None:
    refused(run(work, "build", "larger.rdf", "--out", "fresh", before=no_room), "CIM708")
    assert not (work / "fresh").exists()


def test_a_folder_that_may_not_be_written(work: Path) -> None:
    if os.geteuid() == 0:
        refused(run(work, "build", "larger.rdf", "--out", "/proc/cimforge-out"), "CIM708")
        return
    (work / "out").chmod(0o555)
    try:
        with unharmed(work / "out"):
            refused(run(work, "build", "larger.rdf", "--out", "out"), "CIM708")
    finally:
        (work / "out").chmod(0o755)


def test_an_output_that_is_a_file(work: Path) -> None:
    (work / "taken").write_text("mine\n")
    with unharmed(work / "out"):
        refused(run(work, "build", "model.rdf", "--out", "taken"), "CIM702")
        refused(run(work, "build", "model.rdf", "--out", "taken/below"), "CIM702")
    assert (work / "taken").read_text() == "mine\n"


@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
def test_an_output_file_that_is_a_link(work: Path, force: tuple[str, ...]) -> None:
    """The file that the link leads to is never written; under ``--force`` the link is replaced."""
    precious = work / "precious.txt"
    precious.write_text("precious\n")
    target = work / "out" / "python" / "hostile" / "grid.py"
    target.unlink()
    target.symlink_to(precious)
    ended = run(work, "build", "larger.rdf", "--out", "out", *force)
    assert ended.returncode == (0 if force else 1), ended
    assert precious.read_text() == "precious\n"
    assert target.is_symlink() != bool(force)
    if not force:
        assert "error[CIM705 " in ended.stderr
        assert run(work, "check", "model.rdf", "--out", "out").returncode == 1


def test_a_linked_folder_inside_the_output(work: Path) -> None:
    elsewhere = work / "elsewhere"
    (work / "out" / "python").rename(elsewhere)
    (work / "out" / "python").symlink_to(elsewhere)
    with unharmed(work / "out", elsewhere):
        ended = run(work, "build", "larger.rdf", "--out", "out", "--force")
    assert ended.returncode == 1
    assert "error[CIM705 " in ended.stderr


def test_an_edited_and_a_foreign_file_stop_the_build(work: Path) -> None:
    edited = work / "out" / "xsd" / "grid.xsd"
    edited.write_text(edited.read_text() + "<!-- mine -->\n")
    with unharmed(work / "out"):
        ended = run(work, "build", "larger.rdf", "--out", "out")
    assert ended.returncode == 1
    assert "error[CIM703 " in ended.stderr
    assert str(Path("out", "xsd", "grid.xsd")) in ended.stderr
