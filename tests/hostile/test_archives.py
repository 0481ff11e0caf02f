"""Archives, folders and patterns that are made to mislead: refused with the member's name, or read right."""

from __future__ import annotations

import os
import struct
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers.inputs import collect

from tests.hostile.odd_archives import Entry, archive, deflated, nested, overlapping
from tests.hostile.refusals import refuse, unharmed
from tests.hostile.runs import cimforge
from tests.hostile.sketch import rdf_xml, small, turtle

GOOD = Entry(name=b"good.rdf", data=rdf_xml(small()))
ODD = Entry(name=b"odd.rdf", data=rdf_xml(small()))
RAW = deflated(ODD.data)


def found(*given: object) -> tuple[dict[str, bytes], Report]:
    """What inputs lead to."""
    report = Report()
    return {s.path: s.data for s in collect([str(g) for g in given], report)}, report


REFUSED_MEMBERS: dict[str, tuple[Entry, str]] = {
    "leads out": (replace(ODD, name=b"../odd.rdf"), "leads out"),
    "leads out further down": (replace(ODD, name=b"a/b/../../../odd.rdf"), "leads out"),
    "leads out and back": (replace(ODD, name=b"a/../odd.rdf"), "leads out"),
    "leads out by backslashes": (replace(ODD, name=b"..\\odd.rdf"), "no member's name"),
    "absolute": (replace(ODD, name=b"/elsewhere/odd.rdf"), "absolute path"),
    "two slashes": (replace(ODD, name=b"//host/share/odd.rdf"), "absolute path"),
    "a drive": (replace(ODD, name=b"C:/odd.rdf"), "absolute path"),
    "a drive without a slash": (replace(ODD, name=b"C:odd.rdf"), "absolute path"),
    "a share": (replace(ODD, name=b"\\\\host\\share\\odd.rdf"), "no member's name"),
    "a NUL": (replace(ODD, name=b"odd.rdf\0.rdf"), "no member's name"),
    "a symbolic link": (replace(ODD, data=b"/etc/passwd", central={"mode": 0o120777}), "link"),
    "a device": (replace(ODD, central={"mode": 0o020666}), "device"),
    "a pipe": (replace(ODD, central={"mode": 0o010666}), "device"),
    "encrypted": (replace(ODD, flags=0x1), "encrypted"),
    "bzip2": (replace(ODD, method=12), "method other than deflate"),
    "lzma": (replace(ODD, method=14), "method other than deflate"),
    "zstandard": (replace(ODD, method=93), "method other than deflate"),
    "an unknown method": (replace(ODD, method=999), "method other than deflate"),
    "another name in its header": (replace(ODD, local={"name": b"eve.rdf"}), "disagree"),
    "another method in its header": (replace(ODD, local={"method": 0}), "disagree"),
    "another size in its header": (replace(ODD, local={"size": 7}), "disagree"),
    "another checksum in its header": (replace(ODD, local={"crc": 7}), "disagree"),
    "a smaller size": (replace(ODD, local={"size": 7}, central={"size": 7}), "damaged"),
    "a larger size": (replace(ODD, local={"size": 1 << 31}, central={"size": 1 << 31}), "damaged"),
    "another checksum": (replace(ODD, local={"crc": 7}, central={"crc": 7}), "damaged"),
    "fewer packed bytes": (replace(ODD, local={"packed": 7}, central={"packed": 7}), "damaged"),
    "more packed bytes": (replace(ODD, local={"packed": 1 << 30}, central={"packed": 1 << 30}), "another"),
    "bytes behind its end": (replace(ODD, raw=RAW + b"more"), "too late"),
    "no deflate": (replace(ODD, raw=b"\xff" * 40), "damaged"),
    "stored, with a smaller size": (
        replace(ODD, method=0, local={"size": 7}, central={"size": 7}),
        "damaged",
    ),
    "sizes that follow, and lie": (replace(ODD, flags=0x8, central={"size": 7}), "damaged"),
    "an offset into another": (replace(ODD, central={"offset": 9}), "another"),
    "an offset behind the end": (replace(ODD, central={"offset": 1 << 31}), "another"),
    "sizes said elsewhere": (
        replace(
            ODD,
            central={"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF},
            extra=struct.pack("<2H2Q", 1, 16, 1 << 62, 1 << 62),
        ),
        "another",
    ),
}


@pytest.mark.parametrize("what", REFUSED_MEMBERS)
def test_a_member_is_refused(what: str, tmp_path: Path) -> None:
    entry, reason = REFUSED_MEMBERS[what]
    path = tmp_path / "m.zip"
    for data in (archive(entry, GOOD), archive(Entry(name=b"in.zip", data=archive(entry, GOOD)))):
        path.write_bytes(data)
        with unharmed(tmp_path):
            sources, report = found(path)
        assert sources.keys() <= {"good.rdf"}
        problems = [d for d in report.diagnostics if reason in d.message]
        assert problems, [d.message for d in report.diagnostics]
        assert {d.code for d in report.diagnostics} == {"CIM108"}
        assert all(d.location.file == str(path) and d.location.pointer for d in report.diagnostics)


def _zip64_lie() -> bytes:
    entry = replace(
        ODD,
        central={"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF, "offset": 0xFFFFFFFF},
        extra=struct.pack("<2HQ", 1, 8, 1 << 62),
    )
    return archive(GOOD, entry)


REFUSED_ARCHIVES: dict[str, tuple[bytes, str, str]] = {
    "cut": (archive(GOOD)[:-30], "CIM107", ""),
    "a header and nothing more": (b"PK\x03\x04" + b"\0" * 60, "CIM107", ""),
    "a name that is no UTF-8": (
        archive(replace(ODD, name=b"caf\xe9.rdf", flags=0x800)),
        "CIM107",
        "not valid UTF-8",
    ),
    "sizes that are said nowhere": (_zip64_lie(), "CIM107", "zip64"),
    "one run of bytes for many members": (overlapping(200, b"x" * 1000), "CIM108", "another member's"),
    "one name twice": (archive(GOOD, GOOD), "CIM108", "two members of this name"),
    "one name spelled in two ways": (
        archive(GOOD, replace(GOOD, name=b"./good.rdf")),
        "CIM108",
        "two members of this name",
    ),
    "four archives within each other": (nested(4, "x.rdf", GOOD.data), "CIM109", "level1.zip lies in 3"),
    "forty archives within each other": (nested(40, "x.rdf", GOOD.data), "CIM109", "lies in 3 archives"),
    "more members than may be": (
        archive(*(Entry(name=b"%d.txt" % i) for i in range(10_001))),
        "CIM109",
        "10,001 members",
    ),
    "more members than may be, in archives": (
        archive(
            *(
                Entry(name=b"%d.zip" % n, data=archive(*(Entry(name=b"%d.txt" % i) for i in range(4000))))
                for n in range(3)
            )
        ),
        "CIM109",
        "4,000 members",
    ),
    "a member that unpacks to much": (
        archive(replace(ODD, data=b" " * 3_000_000)),
        "CIM109",
        "odd.rdf unpacks to more",
    ),
    "many members that unpack to much": (
        archive(*(Entry(name=b"%d.rdf" % i, data=b"x" * 1_000_000) for i in range(20))),
        "CIM109",
        "unpacks to more",
    ),
    "an archive whose archives unpack to much": (
        archive(
            *(
                Entry(name=b"%d.zip" % n, data=archive(Entry(name=b"x.rdf", data=b"x" * 1_000_000)))
                for n in range(20)
            )
        ),
        "CIM109",
        "unpacks to more",
    ),
    "nothing": (archive(), "CIM103", "it is empty"),
    "no model": (archive(Entry(name=b"readme.txt", data=b"x")), "CIM103", "it holds readme.txt"),
}


@pytest.mark.parametrize("what", REFUSED_ARCHIVES)
def test_an_archive_is_refused(what: str, built_world: Path, tmp_path: Path) -> None:
    data, code, says = REFUSED_ARCHIVES[what]
    since = time.monotonic()
    errors = refuse(built_world, tmp_path / "models.zip", data)
    assert time.monotonic() - since < 10
    assert {e["code"] for e in errors} == {code}
    assert says in errors[0]["message"]


def test_names_of_other_systems(tmp_path: Path) -> None:
    """cp437 where nothing is said, UTF-8 where it is; names that differ by case are two files."""
    path = tmp_path / "m.zip"
    entries = [
        Entry(name="Zähler.rdf".encode("cp437"), data=b"1"),
        Entry(name="Zähler/é.rdf".encode(), data=b"2", flags=0x800),
        Entry(name=b"EQ.rdf", data=b"3"),
        Entry(name=b"eq.RDF", data=b"4"),
        Entry(name=b"line\nend.rdf", data=b"5"),
    ]
    want = {"Zähler.rdf": b"1", "Zähler/é.rdf": b"2", "EQ.rdf": b"3", "eq.RDF": b"4", "line\nend.rdf": b"5"}
    for data in (archive(*entries), archive(*entries[::-1])):
        path.write_bytes(data)
        sources, report = found(path)
        assert sources == want
        assert list(sources) == sorted(want)
        assert not report.diagnostics


def test_what_packers_leave_behind(tmp_path: Path) -> None:
    junk = b"\0\5\x16\7\0\2\0\0Mac OS X"
    path = tmp_path / "m.zip"
    names = ("__MACOSX/._good.rdf", "__MACOSX/good.rdf", "._good.rdf", ".git/good.rdf", "a/.x.zip")
    path.write_bytes(archive(GOOD, *(Entry(name=n.encode(), data=junk) for n in names)))
    sources, report = found(path)
    assert list(sources) == ["good.rdf"]
    assert not report.diagnostics
    with (
        zipfile.ZipFile(tmp_path / "streamed.zip", "w", zipfile.ZIP_DEFLATED) as zipped,
        zipped.open("eq/good.rdf", "w", force_zip64=True) as member,
    ):
        member.write(GOOD.data)
    assert found(tmp_path / "streamed.zip")[0] == {"eq/good.rdf": GOOD.data}


def test_archives_within_archives_and_folders(tmp_path: Path) -> None:
    """Names of archives are no part of a path unless two files need them to be told apart."""
    inner = archive(Entry(name=b"EQ.rdf", data=b"1"), Entry(name=b"sub/TP.rdf", data=b"2"))
    other = archive(Entry(name=b"EQ.rdf", data=b"3"))
    outer = archive(Entry(name=b"x/one.zip", data=inner), Entry(name=b"x/two.ZIP", data=other))
    folder = tmp_path / "release"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "all.zip").write_bytes(outer)
    (folder / "deep" / "empty.zip").write_bytes(archive())
    want = {"one.zip/EQ.rdf": b"1", "two.ZIP/EQ.rdf": b"3", "x/sub/TP.rdf": b"2"}
    assert found(folder / "deep" / "all.zip")[0] == want
    prefixed = {"one.zip/EQ.rdf": b"1", "two.ZIP/EQ.rdf": b"3", "deep/x/sub/TP.rdf": b"2"}
    sources, report = found(folder)
    assert sources == prefixed
    assert not report.diagnostics
    assert report.paths["deep/x/sub/TP.rdf"] == f"{folder}/deep/all.zip/x/one.zip/sub/TP.rdf"
    assert found(folder / "**" / "all.zip")[0] == prefixed
    assert found(folder, folder / "deep" / "all.zip")[0] == prefixed
    (folder / "deep" / "all.zip").unlink()
    assert [d.code for d in found(folder)[1].diagnostics] == ["CIM103"]


def test_paths_that_meet_once_they_are_longer(tmp_path: Path) -> None:
    """``EQ.rdf`` of folder b becomes ``b/EQ.rdf``, which another file is already called."""
    for place in ("x/b", "c/b", "d"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "EQ.rdf").write_text(place)
    given = (tmp_path / "x", tmp_path / "c" / "b" / "EQ.rdf", tmp_path / "d" / "EQ.rdf")
    want = {"b/EQ.rdf": b"x/b", "c/b/EQ.rdf": b"c/b", "d/EQ.rdf": b"d"}
    assert found(*given)[0] == found(*given[::-1])[0] == want


def test_ten_thousand_tiny_models(tmp_path: Path) -> None:
    """As many members as may be, each a profile with one class: read in time that grows with their number."""
    model = (
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<http://example.org/x#C%d> a rdfs:Class ; rdfs:label "C%d" .\n'
    )
    seconds = {}
    for size in (1000, 10_000):
        path = tmp_path / f"m{size}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for i in range(size):
                zipped.writestr(f"{i}.ttl", model % (i, i))
        since = time.process_time()
        ended = cimforge("inspect", path, "--counts")
        seconds[size] = time.process_time() - since
        assert ended.status == 0, ended.stderr[-500:]
    assert seconds[10_000] < 25 * seconds[1000]


def test_links_in_a_circle(tmp_path: Path) -> None:
    """A folder with links to itself and above, ten of them: neither a folder nor a pattern goes round."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "m.ttl").write_bytes(turtle(small()))
    for i in range(5):
        (folder / f"self{i}").symlink_to(".")
        (folder / "deep" / f"up{i}").symlink_to("..")
    (folder / "deep" / "loop.ttl").symlink_to("loop.ttl")
    since = time.monotonic()
    for given in (folder, folder / "**" / "*.ttl", folder / "**" / "**" / "m.ttl", folder / "*" / "m.ttl"):
        sources, report = found(given)
        assert list(sources.values()) == [turtle(small())]
        assert {d.code for d in report.diagnostics} <= {"CIM102"}
        assert all(d.location.file.endswith("loop.ttl") for d in report.diagnostics)
    assert time.monotonic() - since < 10


def test_folders_that_lie_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1,200 folders within each other, more than Python's calls may nest."""
    monkeypatch.chdir(tmp_path)
    for _ in range(12):
        os.makedirs("/".join("a" * 100))
        os.chdir("/".join("a" * 100))
    Path("m.ttl").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    try:
        for given in (".", "a/**/m.ttl"):
            sources, report = found(given)
            assert list(sources.values()) == [b"x"]
            assert not report.diagnostics
    finally:
        subprocess.run(["rm", "-r", tmp_path / "a"], check=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
@pytest.mark.parametrize("pattern", ["", "/**/*.ttl", "/*/*.ttl"])
def test_a_folder_that_may_not_be_listed(pattern: str, tmp_path: Path) -> None:
    for name in ("open", "shut"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "m.ttl").write_bytes(b"x")
    (tmp_path / "in" / "shut").chmod(0)
    try:
        sources, report = found(f"{tmp_path / 'in'}{pattern}")
    finally:
        (tmp_path / "in" / "shut").chmod(0o755)
    assert list(sources) == ["open/m.ttl"]
    assert [d.code for d in report.diagnostics] == ["CIM102"]
