"""What a build does to a folder, and what it refuses to do."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.output import commit, turn
from cimforge.output.files import OutputFile
from cimforge.output.write import write

from .folders import LOCK_INPUTS, files, names, put, refused, tree

BOOKS = {"manifest.json", "cimforge.lock"}


def test_first_build_writes_everything(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    written = put(out, *files(python__a="1", xsd__b="2"))
    assert names(out) == {"python/a.txt", "xsd/b.txt"} | BOOKS
    assert (out / "python/a.txt").read_text() == "1\n"
    assert set(written.written) == names(out)


def test_manifest_says_what_is_there(tmp_path: Path) -> None:
    put(tmp_path, *files(b="2", a="1"))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    rows = {row["path"]: row for row in manifest["files"]}
    assert [row["path"] for row in manifest["files"]] == ["a.txt", "b.txt", "cimforge.lock"]
    assert rows["a.txt"]["sha256"] == hashlib.sha256(b"1\n").hexdigest()
    assert rows["a.txt"]["elements"] == ["#a"]
    assert rows["a.txt"]["owner"] == "generator"
    lock = json.loads((tmp_path / "cimforge.lock").read_text())
    assert lock["sources"] == [{"path": "cim/Core.ttl", "sha256": "ab"}]


def test_second_build_touches_nothing(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1", b="2"))
    before = tree(tmp_path)
    written = put(tmp_path, *files(a="1", b="2"))
    assert (written.written, written.removed, written.unchanged) == ((), (), 4)
    assert tree(tmp_path) == before


def test_only_what_differs_is_touched(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1", b="2"))
    before = tree(tmp_path)
    written = put(tmp_path, *files(a="1", b="3"))
    assert set(written.written) == {"b.txt", "manifest.json"}
    after = tree(tmp_path)
    assert after["a.txt"] == before["a.txt"]
    assert after["cimforge.lock"] == before["cimforge.lock"]
    assert after["b.txt"][1] == b"3\n"


def test_order_of_files_does_not_count(tmp_path: Path) -> None:
    put(tmp_path / "one", *files(a="1", b="2", c="3"))
    put(tmp_path / "two", *reversed(files(a="1", b="2", c="3")))
    contents = [{p: row[1] for p, row in tree(tmp_path / x).items()} for x in ("one", "two")]
    assert contents[0] == contents[1]


def test_dropped_files_go_with_the_folders_they_empty(tmp_path: Path) -> None:
    put(tmp_path, *files(x__y__a="1", x__b="2", c="3"))
    (tmp_path / "x" / "mine").mkdir()
    written = put(tmp_path, *files(c="3"))
    assert set(written.removed) == {"x/y/a.txt", "x/b.txt"}
    assert names(tmp_path) == {"c.txt"} | BOOKS
    assert (tmp_path / "x" / "mine").is_dir()
    assert not (tmp_path / "x" / "y").exists()


def test_foreign_files_stay(tmp_path: Path) -> None:
    put(tmp_path, *files(x__a="1"))
    foreign = {"note.md": "n", "x/other.txt": "o", "y/z.txt": "z"}
    for path, text in foreign.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    put(tmp_path, *files(b="1"))
    assert names(tmp_path) == {"b.txt", *foreign} | BOOKS


def test_files_of_the_user_are_written_once(tmp_path: Path) -> None:
    stub = OutputFile(path="h.py", data=b"stub\n", owner="user")
    put(tmp_path, stub, *files(a="1"))
    assert (tmp_path / "h.py").read_text() == "stub\n"
    (tmp_path / "h.py").write_text("mine\n")
    newer = OutputFile(path="h.py", data=b"newer stub\n", owner="user")
    written = put(tmp_path, newer, *files(a="1"), force=True)
    assert written.kept == ("h.py",)
    assert (tmp_path / "h.py").read_text() == "mine\n"
    put(tmp_path, *files(a="1"), force=True)
    assert (tmp_path / "h.py").read_text() == "mine\n"


def test_a_file_of_the_user_that_becomes_ours_is_kept(tmp_path: Path) -> None:
    put(tmp_path, OutputFile(path="h.txt", data=b"stub\n", owner="user"))
    assert refused(tmp_path, *files(h="ours")) == ["CIM704"]


def test_an_edited_file_stops_the_build(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1", b="2"))
    (tmp_path / "a.txt").write_text("edited\n")
    assert refused(tmp_path, *files(a="new", b="new")) == ["CIM703"]
    assert refused(tmp_path, *files(b="2")) == ["CIM703"], "removing it would lose the edit too"
    put(tmp_path, *files(a="new", b="new"), force=True)
    assert (tmp_path / "a.txt").read_text() == "new\n"


def test_an_edit_that_says_what_the_build_says_is_no_edit(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1"))
    (tmp_path / "a.txt").write_text("2\n")
    put(tmp_path, *files(a="2"))


def test_a_foreign_file_in_the_way_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine\n")
    assert refused(tmp_path, *files(a="1", b="2")) == ["CIM704"]
    put(tmp_path, *files(a="1", b="2"), force=True)
    assert (tmp_path / "a.txt").read_text() == "1\n"


@pytest.mark.parametrize(
    ("code", "make"), [("CIM705", "link"), ("CIM705", "folder"), ("CIM705", "linked folder")]
)
def test_links_and_folders_are_never_written_through(tmp_path: Path, code: str, make: str) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    put(out, *files(x__a="1"))
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("theirs\n")
    (out / "x" / "a.txt").unlink()
    if make == "link":
        (out / "x" / "a.txt").symlink_to(elsewhere / "a.txt")
    elif make == "folder":
        (out / "x" / "a.txt").mkdir()
    else:
        (out / "x").rmdir()
        (out / "x").symlink_to(elsewhere)
    assert refused(out, *files(x__a="2")) == [code]
    assert (elsewhere / "a.txt").read_text() == "theirs\n"
    if make == "link":
        put(out, *files(x__a="2"), force=True)
        assert not (out / "x" / "a.txt").is_symlink()
    else:
        assert refused(out, *files(x__a="2"), force=True) == [code]
    assert (elsewhere / "a.txt").read_text() == "theirs\n"


def test_a_dropped_file_behind_a_linked_folder_stays(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    put(out, *files(x__a="1", b="1"))
    (out / "x").rename(elsewhere)
    (out / "x").symlink_to(elsewhere)
    put(out, *files(b="1"))
    assert (elsewhere / "a.txt").read_text() == "1\n"


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    put(tmp_path / "out", *files(a="1"))
    assert (tmp_path / "real" / "a.txt").read_text() == "1\n"


@pytest.mark.parametrize("make", ["file", "file above", "dangling link"])
def test_an_output_that_is_no_folder(tmp_path: Path, make: str) -> None:
    out = tmp_path / "out"
    if make == "dangling link":
        out.symlink_to("nowhere")
    else:
        out.write_text("mine")
    assert refused(out / "deeper" if make == "file above" else out, *files(a="1")) == ["CIM702"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../a", "CIM701"),
        ("/etc/a", "CIM701"),
        ("x/../../a", "CIM701"),
        ("x//a", "CIM701"),
        ("./a", "CIM701"),
        ("con.py", "CIM706"),
        ("x/LPT1", "CIM706"),
        ("a\nb", "CIM706"),
        ("a\u202eb", "CIM706"),
        ("a:b", "CIM706"),
        ("a\\b", "CIM706"),
        ("a.", "CIM706"),
        ("é" * 51, "CIM706"),
        ("manifest.json", "CIM707"),
        ("Cimforge.Lock", "CIM707"),
        (".cimforge/journal.json", "CIM707"),
    ],
)
def test_paths_that_no_file_may_have(tmp_path: Path, path: str, code: str) -> None:
    assert refused(tmp_path / "out", OutputFile(path=path, data=b"x\n")) == [code]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "A"), ("x/a", "X/b"), ("ﬁeld", "field"), ("a", "a"), ("a", "a/b"), ("straße", "STRASSE")],
)
def test_paths_that_are_one_on_some_file_system(tmp_path: Path, one: str, other: str) -> None:
    pair = (OutputFile(path=one, data=b"1\n"), OutputFile(path=other, data=b"2\n"))
    assert set(refused(tmp_path / "out", *pair)) == {"CIM707"}


def test_a_manifest_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, *files(a="1"))
    (tmp_path / "victim.txt").write_text("v")
    manifest = (out / "manifest.json").read_text().replace('"a.txt"', '"../victim.txt"')
    (out / "manifest.json").write_text(manifest)
    assert refused(out, *files(b="1")) == ["CIM709"]
    put(out, *files(a="1", b="1"), force=True)
    assert (tmp_path / "victim.txt").read_text() == "v"


@pytest.mark.parametrize("text", ["", "{}", "[]", "<<<<<<< ours\n", '{"manifest_version": 9, "files": []}'])
def test_a_manifest_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    put(tmp_path, *files(a="1"))
    (tmp_path / "manifest.json").write_text(text)
    assert refused(tmp_path, *files(a="2")) == ["CIM709"]
    put(tmp_path, *files(a="2"), force=True)


def test_a_narrow_build_leaves_the_other_emitters_files(tmp_path: Path) -> None:
    put(tmp_path, *files(python__a="1", python__b="1", xsd__c="1"))
    put(tmp_path, *files(python__a="2"), scope=("python",))
    assert names(tmp_path) == {"python/a.txt", "xsd/c.txt"} | BOOKS
    rows = json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert [row["path"] for row in rows] == ["cimforge.lock", "python/a.txt", "xsd/c.txt"]
    put(tmp_path, *files(python__a="2"))
    assert names(tmp_path) == {"python/a.txt"} | BOOKS


# -- a disk that refuses ------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_output(tmp_path: Path) -> None:
    """RLIMIT_FSIZE makes the kernel refuse the write, as a full disk does."""
    out = tmp_path / "out"
    put(out, *files(a="1", b="1"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        assert refused(out, *files(a="2", b="x" * 100_000)) == ["CIM708"]
        assert refused(tmp_path / "new" / "out", *files(b="x" * 100_000)) == ["CIM708"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("failing", range(1, 5))
@pytest.mark.parametrize("error", [OSError(errno.EROFS, "Read-only file system"), KeyboardInterrupt()])
def test_a_swap_that_fails_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, error: BaseException
) -> None:
    put(tmp_path, *files(a="1", b="1", x__c="1"))
    before = tree(tmp_path)
    replaced = os.replace
    calls = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise error
        replaced(source, target)

    monkeypatch.setattr(commit.os, "replace", replace)
    new = files(a="2", b="2", y__d="2")
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            write(new, tmp_path, LOCK_INPUTS, force=False, report=Report())
    else:
        assert refused(tmp_path, *new) == ["CIM708"]
    assert tree(tmp_path) == before
    monkeypatch.undo()
    put(tmp_path, *new)
    assert names(tmp_path) == {"a.txt", "b.txt", "y/d.txt"} | BOOKS


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    put(tmp_path, *files(a="1", b="1"))
    monkeypatch.setattr(commit.os, "link", no_links)
    put(tmp_path, *files(a="2"))
    assert names(tmp_path) == {"a.txt"} | BOOKS


# -- builds that were killed, builds that meet ---------------------------------------------------------


def test_a_kill_before_the_journal_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, *files(a="1"))
    before = tree(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(commit, "_swap", _killed)
        patch.setattr(commit, "clear", lambda work: None)
        patch.setattr(turn.os, "rmdir", lambda path: None)
        with pytest.raises(SystemError):
            write(files(a="2"), tmp_path, LOCK_INPUTS, force=False, report=Report())
    left = {path: row for path, row in tree(tmp_path).items() if not path.startswith(".cimforge")}
    assert left == before
    put(tmp_path, *files(a="1"))
    put(tmp_path, *files(a="3"))
    assert names(tmp_path) == {"a.txt"} | BOOKS


def _killed(*args: object) -> None:
    raise SystemError("killed here")


@pytest.mark.parametrize("after", range(4))
def test_the_next_build_finishes_a_killed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    _kill_in_swap(tmp_path, monkeypatch, after)
    written = put(tmp_path, *files(a="2", b="2", d="2"))
    assert written.finished
    assert names(tmp_path) == {"a.txt", "b.txt", "d.txt"} | BOOKS
    assert (tmp_path / "a.txt").read_text() == "2\n"
    put(tmp_path, *files(a="2", b="2", d="2"))


@pytest.mark.parametrize("after", range(4))
def test_the_next_build_may_be_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    _kill_in_swap(tmp_path, monkeypatch, after)
    put(tmp_path, *files(a="3"))
    assert names(tmp_path) == {"a.txt"} | BOOKS


def test_an_edit_after_the_kill_is_still_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kill_in_swap(tmp_path, monkeypatch, 1)
    (tmp_path / "b.txt").write_text("edited meanwhile\n")
    report = Report()
    assert write(files(a="3", b="3"), tmp_path, LOCK_INPUTS, force=False, report=report) is None
    assert [(d.code, dict(d.facts)["path"]) for d in report.diagnostics] == [("CIM703", "b.txt")]
    assert (tmp_path / "b.txt").read_text() == "edited meanwhile\n"


def test_a_journal_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, *files(a="1"))
    victim = tmp_path / "victim.txt"
    victim.write_text("v")
    digest = hashlib.sha256(b"v").hexdigest()
    (out / ".cimforge" / "new").mkdir(parents=True)
    journal = {"journal_version": 1, "changes": [["../victim.txt", digest, None]]}
    (out / ".cimforge" / "journal.json").write_text(json.dumps(journal))
    put(out, *files(a="1"))
    assert victim.read_text() == "v"
    assert not (out / ".cimforge").exists()


def _kill_in_swap(out: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Old output a, b, c; killed after ``after`` files of the new one, which has a, b, d."""
    put(out, *files(a="1", b="1", c="1"))
    replaced = os.replace
    calls = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        if calls == after:
            raise SystemError("killed here")
        calls += 1
        replaced(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(commit.os, "replace", replace)
        patch.setattr(commit, "_undo", _killed)
        with pytest.raises(SystemError):
            write(files(a="2", b="2", d="2"), out, LOCK_INPUTS, force=False, report=Report())
    assert (out / ".cimforge" / "journal.json").exists()


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    said: list[str] = []
    done = threading.Event()

    def second() -> None:
        report = Report()
        write(
            files(a="2"),
            tmp_path,
            LOCK_INPUTS,
            force=False,
            report=report,
            waiting=lambda: said.append("waits"),
        )
        assert not report.diagnostics
        done.set()

    put(tmp_path, *files(a="1"))
    with turn.turn(tmp_path, lambda: None):
        other = threading.Thread(target=second)
        other.start()
        assert not done.wait(0.2)
        assert said == ["waits"]
        assert (tmp_path / "a.txt").read_text() == "1\n"
    other.join(5)
    assert done.is_set()
    assert (tmp_path / "a.txt").read_text() == "2\n"
    assert names(tmp_path) == {"a.txt"} | BOOKS


DRIVER = """
import sys
from pathlib import Path
from cimforge.diagnostics import Report
from cimforge.output.write import write
sys.path.insert(0, sys.argv[1])
from tests.output.folders import LOCK_INPUTS, files
texts = {f"f{n // 10}__g{n}": sys.argv[3] * 50 for n in range(60)}
report = Report()
written = write(files(**texts), Path(sys.argv[2]), LOCK_INPUTS, force=False, report=report)
sys.exit([d.message for d in report.diagnostics] or None)
"""


def test_many_builds_at_once_leave_the_output_of_one(tmp_path: Path, root: Path) -> None:
    out = tmp_path / "out"
    runs = [
        subprocess.Popen([sys.executable, "-c", DRIVER, str(root), str(out), text])
        for text in ("x", "y", "x", "y")
    ]
    assert [run.wait(60) for run in runs] == [0, 0, 0, 0]
    texts = {(out / name).read_text() for name in names(out) - BOOKS}
    assert len(texts) == 1
    assert len(names(out)) == 62
