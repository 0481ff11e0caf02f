"""A message profile of odd names and texts, with its adapter: legal code that serves, and runs nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.odd_names import CLEANED, CODE, HIDDEN, INSIDE, KEYWORDS, MARKER, RUN, TEXTS, UNICODE
from tests.hostile.refusals import unharmed
from tests.hostile.runs import Ended, cimforge, environment
from tests.hostile.sketch import Kind, Link, Member, small, turtle
from tests.hostile.test_odd_names import assert_no_code_of_the_model, assert_portable

TAKEN = tuple(
    dict.fromkeys(n for n in (*KEYWORDS, *INSIDE, *CLEANED) if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", n))
)
"""Odd names that a profile can spell."""
WHOLE = tuple(dict.fromkeys((*TAKEN, *CLEANED, *CODE, *UNICODE, *HIDDEN)))
"""Odd names that come into a profile with the compound that has them."""

SETTINGS = """
version = 1
[build]
name = "odd"
[input]
model = ["model.ttl"]
profiles = ["profiles/*.toml"]
[output]
dir = "box/out"
"""


def toml(text: str) -> str:
    """A TOML basic string."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


def profile(members: Iterable[str], *, title: str = "Odd things", text: str = "Odd.", **other: str) -> str:
    """A profile of the class ``Holder`` with ``members``."""
    said = {
        "noun": "Holdings",
        "group": "EDO",
        "namespace": "http://example.org/2026/Holdings#",
        "version": "1.0",
        "title": title,
        "description": text,
        **other,
    }
    head = "".join(f"{key} = {toml(value)}\n" for key, value in said.items())
    taken = "".join(f"{toml(name)} = true\n" for name in members)
    return (
        f'[profile]\n{head}requests = ["create", "get"]\nevents = ["created"]\n'
        f'[roots]\nHolder = "0..*"\n[classes.Holder]\n{taken}Part = {{ by = "value" }}\n[classes.class]\nmRID = true\n'
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose model has a class ``Holder`` with a member of every odd name and text."""

    def members(names: tuple[str, ...]) -> tuple[Member, ...]:
        return tuple(
            Member(name=n, key=f"a{i}", doc=TEXTS[i % len(TEXTS)], type=("String", "Integer")[i % 2])
            for i, n in enumerate(names)
        )

    whole = Kind(name="Whole", key="Whole", stereotype="Compound", members=members(WHOLE))
    holder = Kind(
        name="Holder",
        key="Holder",
        doc="\n\n".join(TEXTS[:-1]),
        members=(*members(TAKEN), Member(name="whole", type="Whole")),
    )
    keyword = Kind(name="class", key="class", supers=("Asset",), members=(Member(name="import"),))
    link = Link(source="Holder", target="class", source_role="Holder", target_role="Part")
    sketch = replace(small(), kinds=(*small().kinds, whole, holder, keyword), links=(link,))
    (tmp_path / "model.ttl").write_bytes(turtle(sketch))
    (tmp_path / "cimforge.toml").write_text(SETTINGS)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "box").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(project: Path, text: str) -> Ended:
    """A build with the profile ``text``."""
    (project / "profiles" / "Holdings.toml").write_text(text, "utf-8")
    return cimforge("build", "--message-format", "json")


def test_odd_members_and_texts(project: Path, home: Path) -> None:
    ended = build(
        project, profile((*TAKEN, "whole"), title=TEXTS[1].replace("\n", " "), text="\n\n".join(TEXTS[:8]))
    )
    assert ended.status == 0, [e["message"] for e in ended.errors]
    out = project / "box" / "out"
    files = [p for p in out.rglob("*") if p.is_file()]
    assert {p.relative_to(out).parts[0] for p in files} >= {"python", "xsd", "openapi", "adapters", "ir"}
    assert_portable([p.relative_to(out).as_posix() for p in files])
    ours = [p for p in files if p.suffix == ".py" and "odd_adapter" not in p.parts and p.name[0] != "_"]
    assert len(ours) > 3
    for path in ours:
        assert_no_code_of_the_model(path)
    use = (
        "import dataclasses, odd_edo.app, odd_edo.handlers\n"
        "from odd.edo.holdings import Holdings, Holder, Whole\n"
        "from odd import from_json, from_xml, to_json, to_xml\n"
        "app = odd_edo.app.create_app()\n"
        "def filled(cls):\n"
        "    plain = {'str | None': 'text', 'int | None': 7}\n"
        "    return cls(**{f.name: plain[f.type] for f in dataclasses.fields(cls) if f.type in plain})\n"
        f"assert len(dataclasses.fields(Whole)) == {len(WHOLE)}\n"
        f"assert len(dataclasses.fields(Holder)) == {len(TAKEN) + 2}\n"
        "holder = filled(Holder)\n"
        "holder.whole = filled(Whole)\n"
        "message = Holdings(Holder_=[holder])\n"
        "assert from_xml(Holdings, to_xml(message)) == message\n"
        "assert from_json(Holdings, to_json(message)) == message\n"
    )
    away = project / "away"
    away.mkdir()
    with unharmed(away, project / "profiles"):
        run = subprocess.run(
            [sys.executable, "-c", use],
            cwd=away,
            env=environment(
                home, PYTHONPATH=f"{out / 'python'}:{out / 'adapters'}", PYTHONDONTWRITEBYTECODE="1"
            ),
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    assert not list(project.rglob(MARKER))


HOSTILE_HEADERS = {
    "noun that is a path": {"noun": "../../Escape"},
    "noun that is code": {"noun": f"X\n{RUN}"},
    "noun that is a keyword": {"noun": "class"},
    "noun in another script": {"noun": "\u0410sset"},
    "namespace with a quote": {"namespace": 'http://x.example/"; open("x") #'},
    "namespace with a line end": {"namespace": "http://x.example/\n#"},
    "namespace without a scheme": {"namespace": "x.example#"},
    "version with a line end": {"version": f"1.0\n{RUN}"},
    "title with a line end": {"title": f"x\n{RUN}"},
    "title with hidden controls": {"title": "x\x1b[2J"},
    "aligned with two lines": {"aligns_with": f"IEC\n{RUN}"},
    "group that is a path": {"group": "../EDO"},
    "group EXT": {"group": "EXT"},
}


@pytest.mark.parametrize("name", HOSTILE_HEADERS)
def test_headers_that_are_refused(name: str, project: Path) -> None:
    assert build(project, profile([])).status == 0
    with unharmed(project / "box"):
        ended = build(project, profile([], **HOSTILE_HEADERS[name]))
    assert ended.status == 2, ended
    for error in ended.errors:
        assert error["file"] == "profiles/Holdings.toml"
        assert error["line"]
        assert error["remedy"]


def test_a_name_of_the_build_that_is_none(project: Path) -> None:
    for name in ("../x", "a-b", "class", "", "x\n", "a.b", "\u0430"):
        (project / "cimforge.toml").write_text(SETTINGS.replace('"odd"', toml(name)), "utf-8")
        with unharmed(project / "box"):
            ended = build(project, profile([]))
        assert ended.status == 2
        assert ended.errors[0]["line"] == 4


@pytest.mark.parametrize("what", ["device", "pipe", "folder", "missing"])
def test_a_profile_that_refers_to_what_never_ends(what: str, project: Path) -> None:
    """A file that another one names is a file, or it is not there."""
    other = project / "profiles" / "Other.txt"
    if what == "device":
        other.symlink_to("/dev/zero")
    elif what == "pipe":
        os.mkfifo(other)
    elif what == "folder":
        other.mkdir()
    text = profile([], kind="dataset", source="Other.txt")
    ended = build(project, text)
    assert ended.status == 2
    assert {"CIM309"} <= {e["code"] for e in ended.errors}, ended.errors
