"""Files made to exhaust the machine: refused, or read, within the time and memory that they may cost.

Each runs as a process of its own that tells its highest memory. The times are those
that no honest machine exceeds, not what a build takes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.bad_bytes import laughs, nested, sound, with_doc, with_doctype
from tests.hostile.refusals import unharmed
from tests.hostile.runs import environment
from tests.hostile.sketch import ALL, ALL_XML, ROOTS, TEXT, WRITERS, Format

MEGABYTES = 512
"""Memory that a refusal may take; a build of the smallest model takes 60."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """How a process ended, and what it took."""

    status: int
    seconds: float
    megabytes: float
    findings: list[dict[str, Any]]


_MEASURE = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
"""
"""A small process between: the kernel counts into a child's memory what its parent had at the start."""


MEASURED = """
import atexit, sys
*arguments, target = sys.argv[1:]

def peak():
    with open("/proc/self/status") as status, open(target, "w") as out:
        out.write(next(line.split()[1] for line in status if line.startswith("VmHWM")))

atexit.register(peak)
from cimforge.cli.app import run
sys.exit(run(arguments))
"""
"""The command, and at its end its own peak: what the kernel says of a child counts its parent in as well."""


def cost(home: Path, *arguments: str | Path) -> Cost:
    """Run ``cimforge`` in a process of its own."""
    since = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, arguments), str(home / "peak")],
        capture_output=True,
        text=True,
        env=environment(home),
        check=False,
    )
    seconds = time.monotonic() - since
    assert "Traceback" not in run.stderr, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    return Cost(
        status=run.returncode,
        seconds=seconds,
        megabytes=int((home / "peak").read_text()) / 1024,
        findings=[r for r in rows if r["type"] == "diagnostic" and r["severity"] == "error"],
    )


@dataclass(frozen=True, kw_only=True)
class Bomb:
    """A file that must be refused at little cost."""

    name: str
    make: Callable[[Format], bytes]
    codes: tuple[str, ...]
    seconds: float
    formats: tuple[Format, ...] = ALL_XML
    says: str = ""


def _quadratic(format_: Format) -> bytes:
    return with_doctype(b'<!ENTITY a "' + b"x" * 100_000 + b'">', b"&a;" * 50_000)(format_)


def _long_name(format_: Format) -> bytes:
    close = b"</%s>" % ROOTS[format_]
    name = b"n" * 3_000_000
    return sound(format_).replace(close, b"<" + name + b"/>\n" + close)


BOMBS = (
    Bomb(name="billion laughs", make=with_doctype(laughs(), b"&l9;"), codes=("CIM118",), seconds=5),
    Bomb(name="quadratic blow-up", make=_quadratic, codes=("CIM118",), seconds=5),
    Bomb(
        name="a million nested elements",
        make=nested(1_000_000),
        codes=("CIM119",),
        seconds=3,
        formats=TEXT,
        says="256",
    ),
    Bomb(name="a name of 3 MB", make=_long_name, codes=("CIM120", "CIM115"), seconds=5, says="50,000"),
)


@pytest.mark.parametrize(
    ("bomb", "format_"), [pytest.param(b, f, id=f"{b.name}-{f}") for b in BOMBS for f in b.formats]
)
def test_refused_at_little_cost(
    bomb: Bomb, format_: Format, built_world: Path, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / f"model.{format_}"
    path.write_bytes(bomb.make(format_))
    with unharmed(built_world):
        took = cost(home, "build", path, "--out", built_world / "out", "--message-format", "json")
    assert took.status == 2, took
    [error] = took.findings
    assert error["code"] in bomb.codes
    assert error["line"]
    assert bomb.says in error["message"]
    assert took.seconds < bomb.seconds
    assert took.megabytes < MEGABYTES


def _long_text(format_: Format) -> bytes:
    if format_ == "qea":
        return WRITERS["qea"](with_doc("word " * 2_400_000))
    return sound(format_).replace(b"worth", b"word " * 2_400_000, 1)


def _many_attributes(format_: Format) -> bytes:
    close = b"</%s>" % ROOTS[format_]
    attributes = b"".join(b' a%d="%d"' % (i, i) for i in range(300_000))
    name = {"xmi": b"UML:Comment", "xmi2": b"uml:Comment", "catalog": b"Root"}.get(format_, b"rdfs:Class")
    return sound(format_).replace(close, b"<" + name + attributes + b"/>\n" + close)


HEAVY: tuple[tuple[str, Callable[[Format], bytes], tuple[Format, ...]], ...] = (
    ("12 MB of description", _long_text, ALL),
    ("300,000 attributes of an element", _many_attributes, ALL_XML),
)


@pytest.mark.parametrize(
    ("make", "format_"), [pytest.param(m, f, id=f"{n}-{f}") for n, m, formats in HEAVY for f in formats]
)
def test_right_or_a_named_limit(
    make: Callable[[Format], bytes], format_: Format, built_world: Path, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / f"model.{format_}"
    path.write_bytes(make(format_))
    with unharmed(built_world):
        took = cost(home, "check", path, "--out", built_world / "out", "--message-format", "json")
    assert took.seconds < 30
    assert took.megabytes < 1024
    if took.status == 2:
        [error] = took.findings
        assert error["code"] in ("CIM120", "CIM124", "CIM179"), error
        assert re.search(r"\d,?\d{3}", error["message"])
        assert error["line"] or error["pointer"]
    else:  # read right: the same model, or one with another description
        assert {f["code"] for f in took.findings} <= {"CIM710"}
        assert took.status == (1 if took.findings else 0)


def _zip(path: Path, members: Iterator[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            archive.writestr(name, data)


def test_a_small_archive_that_unpacks_to_much(built_world: Path, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "models.zip"
    _zip(path, ((f"m{i}.ttl", b"\n" * 120_000_000) for i in range(2)))
    assert path.stat().st_size < 1_000_000
    with unharmed(built_world):
        took = cost(home, "build", path, "--out", built_world / "out", "--message-format", "json")
    assert took.status == 2
    assert took.findings[0]["code"] == "CIM109"
    assert took.seconds < 5
    assert took.megabytes < MEGABYTES


@pytest.mark.parametrize(
    "name", ["../escape.ttl", "/escape.ttl", "a/../../escape.ttl", "..\\escape.ttl", "C:/escape.ttl"]
)
def test_an_archive_member_that_leads_out(name: str, built_world: Path, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "in" / "models.zip"
    path.parent.mkdir()
    _zip(path, iter([("good.ttl", sound("ttl")), (name, sound("ttl"))]))
    with unharmed(built_world, tmp_path):
        took = cost(home, "build", path, "--out", built_world / "out", "--message-format", "json")
    assert took.status == 2
    assert [f["code"] for f in took.findings] == ["CIM108"]
    assert not list(tmp_path.rglob("escape*"))
