"""What ``check`` says of a folder; it never writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.output.check import Comparison, compare, diff_lines
from cimforge.output.files import OutputFile

from .folders import LOCK_INPUTS, files, put, tree


def compared(out: Path, *wanted: OutputFile, scope: tuple[str, ...] | None = None) -> Comparison:
    """Compare, which must not touch anything."""
    before = tree(out)
    report = Report()
    comparison = compare(wanted, out, LOCK_INPUTS, report=report, scope=scope)
    assert tree(out) == before
    assert comparison is not None
    assert comparison.is_clean == (not report.has_errors)
    return comparison


def states(comparison: Comparison) -> dict[str, str]:
    """State by path, the two files of cimforge's own books left out."""
    return {f.path: f.state for f in comparison.files if f.path not in ("manifest.json", "cimforge.lock")}


def test_clean_after_a_build(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1", x__b="2"))
    comparison = compared(tmp_path, *files(a="1", x__b="2"))
    assert comparison.is_clean
    assert {f.state for f in comparison.files} == {"same"}
    assert len(comparison.files) == 4


def test_the_five_states(tmp_path: Path) -> None:
    put(
        tmp_path,
        *files(same="1", missing="1", changed="1", stale="1", edited="1", edited_stale="1", gone="1"),
    )
    (tmp_path / "missing.txt").unlink()
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "edited.txt").write_text("by hand\n")
    (tmp_path / "edited_stale.txt").write_text("by hand\n")
    comparison = compared(tmp_path, *files(same="1", missing="1", changed="2", edited="1", fresh="1"))
    assert states(comparison) == {
        "same.txt": "same",
        "missing.txt": "missing",
        "fresh.txt": "missing",
        "changed.txt": "changed",
        "stale.txt": "stale",
        "edited.txt": "edited",
        "edited_stale.txt": "edited",
    }
    assert not comparison.is_clean


def test_an_edit_that_keeps_the_length_and_time_is_seen(tmp_path: Path) -> None:
    import os

    put(tmp_path, *files(a="1"))
    info = (tmp_path / "a.txt").stat()
    (tmp_path / "a.txt").write_text("2\n")
    os.utime(tmp_path / "a.txt", ns=(info.st_atime_ns, info.st_mtime_ns))
    assert states(compared(tmp_path, *files(a="1"))) == {"a.txt": "edited"}


@pytest.mark.parametrize("name", ["manifest.json", "cimforge.lock"])
@pytest.mark.parametrize("how", ["missing", "changed"])
def test_the_books_count_too(tmp_path: Path, name: str, how: str) -> None:
    put(tmp_path, *files(a="1"))
    book = tmp_path / name
    if how == "missing":
        book.unlink()
    else:
        book.write_text(book.read_text().replace('"elements": ["#a"]', '"elements": []').replace("ab", "cd"))
    comparison = compared(tmp_path, *files(a="1"))
    assert {f.path for f in comparison.files if f.state != "same"} == {name}


def test_foreign_and_user_files_do_not_count(tmp_path: Path) -> None:
    stub = OutputFile(path="h.py", data=b"stub\n", owner="user")
    put(tmp_path, stub, *files(a="1"))
    (tmp_path / "h.py").write_text("mine\n")
    (tmp_path / "note.md").write_text("mine\n")
    assert compared(tmp_path, stub, *files(a="1")).is_clean
    (tmp_path / "h.py").unlink()
    assert states(compared(tmp_path, stub, *files(a="1"))) == {"h.py": "missing", "a.txt": "same"}


def test_a_linked_file_is_not_the_same(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1"), OutputFile(path="empty", data=b""))
    for name in ("a.txt", "empty"):
        (tmp_path / name).rename(tmp_path / f"{name}.real")
        (tmp_path / name).symlink_to(f"{name}.real")
    found = states(compared(tmp_path, *files(a="1"), OutputFile(path="empty", data=b"")))
    assert found == {"a.txt": "edited", "empty": "edited"}


def test_a_narrow_check_looks_at_its_emitters_only(tmp_path: Path) -> None:
    put(tmp_path, *files(python__a="1", xsd__c="1"))
    assert compared(tmp_path, *files(python__a="1"), scope=("python",)).is_clean
    assert states(compared(tmp_path, *files(python__a="1")))["xsd/c.txt"] == "stale"


def test_nothing_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    comparison = compared(out, *files(a="1"))
    assert {f.state for f in comparison.files} == {"missing"}
    assert not out.exists()


def test_a_broken_manifest_is_told(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1"))
    (tmp_path / "manifest.json").write_text("<<<<<<<")
    report = Report()
    assert compare(files(a="1"), tmp_path, LOCK_INPUTS, report=report) is None
    assert [d.code for d in report.diagnostics] == ["CIM709"]


def test_the_diff_leads_from_the_disk_to_the_build(tmp_path: Path) -> None:
    put(tmp_path, *files(a="1\nold", stale="s"))
    comparison = compared(tmp_path, *files(a="1\nnew", fresh="f"))
    text = "\n".join(diff_lines(comparison, 100))
    assert "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n 1\n-old\n+new\n" in text
    assert "--- /dev/null\n+++ b/fresh.txt" in text
    assert "--- a/stale.txt\n+++ /dev/null" in text


def test_a_long_diff_is_cut_and_counted(tmp_path: Path) -> None:
    comparison = compared(tmp_path / "out", *files(a="\n".join(map(str, range(500)))))
    lines = list(diff_lines(comparison, 20))
    assert len(lines) == 21
    assert lines[-1].startswith("... 20 of 5")
