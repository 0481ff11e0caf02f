"""From arguments to bytes: files, folders, globs, archives, and all that can be wrong with them."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers import inputs, inputs_zip
from cimforge.readers.inputs import MODEL_ENDINGS, collect


def collected(*given: object) -> tuple[dict[str, bytes], Report]:
    report = Report()
    sources = collect([str(g) for g in given], report)
    assert [s.path for s in sources] == sorted(s.path for s in sources)
    return {s.path: s.data for s in sources}, report


def problems(report: Report) -> list[str]:
    return [f"{d.code} {d.message}" for d in report.diagnostics]


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def archive(
    path: Path, members: dict[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data, compress_type=method)
    return path


def test_a_file_has_its_own_name_whatever_it_ends_in(tmp_path: Path) -> None:
    path = write(tmp_path / "deep" / "model.txt", "text")
    found, report = collected(path)
    assert found == {"model.txt": b"text"}
    assert report.paths == {"model.txt": str(path)}


def test_a_folder_is_searched_for_models(tmp_path: Path) -> None:
    for name in ("b.rdf", "a/B.TTL", "a/c/d.xmi", "e.xml", "f.owl", "g.nt", "h.rdfs"):
        write(tmp_path / name)
    for name in ("readme.md", "i.sqlite", ".git/x.rdf", ".hidden.rdf", "j.rdf.bak"):
        write(tmp_path / name)
    found, report = collected(tmp_path)
    assert list(found) == ["a/B.TTL", "a/c/d.xmi", "b.rdf", "e.xml", "f.owl", "g.nt", "h.rdfs"]
    assert not report.diagnostics
    assert report.paths["a/c/d.xmi"] == str(tmp_path / "a/c/d.xmi")


def test_paths_do_not_depend_on_where_the_folder_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("here", "there/deeper"):
        write(tmp_path / place / "m" / "x.rdf")
    monkeypatch.chdir(tmp_path / "here")
    relative = collected("m")[0]
    assert relative == collected("./m/")[0] == collected(tmp_path / "there/deeper/m")[0] == {"x.rdf": b"x"}


def test_a_glob_is_relative_to_its_fixed_part(tmp_path: Path) -> None:
    for name in ("p/a/EQ.rdf", "p/b/EQ.rdf", "p/b/c/TP.rdf", "p/b/notes.md"):
        write(tmp_path / name)
    assert list(collected(tmp_path / "p/*/*.rdf")[0]) == ["a/EQ.rdf", "b/EQ.rdf"]
    assert list(collected(tmp_path / "p/**/*.rdf")[0]) == ["a/EQ.rdf", "b/EQ.rdf", "b/c/TP.rdf"]
    assert list(collected(tmp_path / "p/b/*")[0]) == ["EQ.rdf", "notes.md"]


def test_equal_paths_are_told_apart_whatever_the_order(tmp_path: Path) -> None:
    one = write(tmp_path / "one" / "rdf" / "EQ.rdf", "1")
    two = write(tmp_path / "two" / "rdf" / "EQ.rdf", "2")
    tp = write(tmp_path / "two" / "TP.rdf", "3")
    expected = {"one/rdf/EQ.rdf": b"1", "two/rdf/EQ.rdf": b"2", "TP.rdf": b"3"}
    assert collected(one, two, tp)[0] == collected(tp, two, one)[0] == expected
    assert collected(tmp_path / "one", tmp_path / "two" / "rdf")[0] == {"rdf/EQ.rdf": b"1", "EQ.rdf": b"2"}


def test_a_file_reached_twice_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path / "EQ.rdf")
    (tmp_path / "link.rdf").symlink_to(path)
    assert list(collected(path, tmp_path, path)[0]) == ["EQ.rdf"]


def test_what_is_missing_or_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.symlink("gone.rdf", "dangling.rdf")
    os.symlink("loop.rdf", "loop.rdf")
    os.mkfifo("pipe.rdf")
    Path("empty").mkdir()
    write(Path("docs/readme.md"))
    write(Path("docs/model.eapb"))
    write(Path("nothing.rdf"), "")
    write(Path("blanks.rdf"), " \n")
    expected = {
        "missing.rdf": "CIM101 there is no such file or folder",
        "missing/x.rdf": "CIM101 there is no such file or folder",
        "nothing.rdf/x": "CIM101 there is no such file or folder",
        "dangling.rdf": "CIM102 it cannot be read: it is a link to gone.rdf, which is missing",
        "loop.rdf": "CIM102 it cannot be read: too many levels of symbolic links",
        "pipe.rdf": "CIM102 it cannot be read: it is no regular file",
        "x\0y": "CIM102 it cannot be read: embedded null byte",
        "*.ttl": "CIM104 no file matches this pattern",
        "nothing.rdf": "CIM110 the file holds nothing",
        "blanks.rdf": "CIM110 the file holds nothing but blanks",
        "empty": f"CIM103 no model file is in it ({' '.join(MODEL_ENDINGS)}); it is empty",
        "docs": f"CIM103 no model file is in it ({' '.join(MODEL_ENDINGS)}); "
        "it holds model.eapb, readme.md",
    }
    for given, message in expected.items():
        found, report = collected(given)
        assert found == {}, given
        assert problems(report) == [message], given
        assert report.diagnostics[0].location.file == given
        assert report.has_unreadable


def test_a_folder_with_one_bad_entry_still_gives_the_others(tmp_path: Path) -> None:
    write(tmp_path / "good.rdf")
    (tmp_path / "bad.rdf").symlink_to("gone")
    (tmp_path / "up").symlink_to("..")
    found, report = collected(tmp_path)
    assert list(found) == ["good.rdf"]
    assert [d.code for d in report.diagnostics] == ["CIM102"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_right_to_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rdf")
    path.chmod(0)
    assert problems(collected(path)[1]) == ["CIM102 it cannot be read: permission denied"]


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"caf\xe9.rdf")
    with open(name, "wb") as file:
        file.write(b"x")
    for given in (os.fsdecode(name), str(tmp_path)):
        found, report = collected(given)
        assert not found
        assert "CIM106" in [d.code for d in report.diagnostics]
        report.diagnostics[0].location.file.encode("utf-8")


def test_the_size_limit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "FILE_LIMIT", 1000)
    assert list(collected(write(tmp_path / "a.rdf", "x" * 1000))[0]) == ["a.rdf"]
    found, report = collected(write(tmp_path / "b.rdf", "x" * 1001))
    assert not found
    assert problems(report) == ["CIM105 the file has 1,001 bytes; the limit is 1,000"]


def test_an_archive_is_like_a_folder(tmp_path: Path) -> None:
    path = archive(tmp_path / "m.zip", {"EQ/a.rdf": b"1", "b.TTL": b"2", "readme.md": b"3", "EQ/": b""})
    found, report = collected(path)
    assert found == {"EQ/a.rdf": b"1", "b.TTL": b"2"}
    assert report.paths["EQ/a.rdf"] == f"{path}/EQ/a.rdf"
    assert not report.diagnostics
    path.rename(tmp_path / "no-ending")
    assert collected(tmp_path / "no-ending")[0] == found


def linked(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ("../x.rdf", "out of the archive"),
        ("a/../../x.rdf", "out of the archive"),
        ("/etc/x.rdf", "absolute"),
        ("C:/x.rdf", "absolute"),
        ("..\\x.rdf", "character"),
        (linked("x.rdf"), "link"),
    ],
)
def test_members_that_are_refused(tmp_path: Path, member: str | zipfile.ZipInfo, reason: str) -> None:
    path = archive(tmp_path / "m.zip", {member: b"/etc/passwd", "good.rdf": b"1"})
    found, report = collected(path)
    assert found == {"good.rdf": b"1"}
    [problem] = report.diagnostics
    assert problem.code == "CIM108"
    assert reason in problem.message
    assert problem.location.file == str(path)
    assert report.has_unreadable


def test_an_archive_that_unpacks_to_more_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(tmp_path / "bomb.zip", {"a.rdf": b" " * 5_000_000})
    found, report = collected(bomb)
    assert not found
    assert [d.code for d in report.diagnostics] == ["CIM109"]
    monkeypatch.setattr(inputs_zip, "RATIO_LIMIT", 1_000_000)
    assert collected(bomb)[1].diagnostics[0].code == "CIM110"
    monkeypatch.setattr(inputs_zip, "TOTAL_LIMIT", 5000)
    many = archive(tmp_path / "many.zip", {f"{i}.rdf": b"x" * 2000 for i in range(4)})
    found, report = collected(many)
    assert [d.code for d in report.diagnostics] == ["CIM109"]
    monkeypatch.setattr(inputs_zip, "MEMBER_COUNT", 3)
    assert "4 members" in problems(collected(many)[1])[0]


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    whole = archive(tmp_path / "m.zip", {"a.rdf": b"text" * 1000}).read_bytes()
    damaged = bytearray(whole)
    damaged[40:50] = b"\xff" * 10
    cases = {
        "cut.zip": (whole[:-30], "CIM107"),
        "damaged.zip": (bytes(damaged), "CIM108"),
        "header.zip": (b"PK\x03\x04" + b"\0" * 50, "CIM107"),
    }
    for name, (data, code) in cases.items():
        (tmp_path / name).write_bytes(data)
        found, report = collected(tmp_path / name)
        assert not found
        assert [d.code for d in report.diagnostics] == [code], name
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "empty.zip").write_bytes(empty.getvalue())
    assert problems(collected(tmp_path / "empty.zip")[1])[0].endswith("it is empty")


def test_nothing_is_ever_written(tmp_path: Path) -> None:
    path = archive(tmp_path / "m.zip", {"a/b.rdf": b"1", "../c.rdf": b"2"})
    before = sorted(tmp_path.parent.rglob("*"))
    collected(path)
    assert sorted(tmp_path.parent.rglob("*")) == before
