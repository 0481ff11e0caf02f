"""Strange names and texts come out as legal code that holds every element, and never run."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.hostile.odd_names import MARKER, NAMED
from tests.hostile.refusals import unharmed
from tests.hostile.runs import cimforge, environment
from tests.hostile.sketch import BUILT, WRITERS, Format, Kind, Sketch

PROBE = Path(__file__).with_name("probe.py")
XS = "{http://www.w3.org/2001/XMLSchema}"
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
"""Names that are NCNames beyond any doubt: on the wire they are what the model says."""
CASES = [pytest.param(name, f, id=f"{name}-{f}") for name in NAMED for f in BUILT]
WINDOWS = re.compile(
    r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\.|\Z)", re.IGNORECASE
)


@pytest.mark.parametrize(("name", "format_"), CASES)
def test_odd_names(
    name: str, format_: Format, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketch = NAMED[name]
    away = tmp_path / "away"
    away.mkdir()
    source, out = tmp_path / "in" / f"model.{format_}", tmp_path / "box" / "out"
    source.parent.mkdir()
    out.parent.mkdir()
    source.write_bytes(WRITERS[format_](sketch))
    monkeypatch.chdir(away)
    with unharmed(away, source.parent):
        ended = cimforge("build", source, "--out", out, "--message-format", "json")
    assert ended.status == 0, ended
    assert [p.name for p in out.parent.iterdir()] == ["out"]
    files = [p for p in out.rglob("*") if p.is_file()]
    assert_portable([p.relative_to(out).as_posix() for p in files])
    for path in files:
        if path.suffix == ".py":
            assert_no_code_of_the_model(path)
    if "hidden" in name:
        assert "CIM603" in ended.codes()

    [package] = [p.name for p in (out / "python").iterdir()]
    with unharmed(away):
        found = probe(out / "python", package, away, home)
    [schema] = (out / "xsd").glob("*.xsd")
    tree = etree.parse(schema)
    etree.XMLSchema(tree)
    assert_whole(sketch, found, tree.getroot())
    model = json.loads((out / "ir" / f"{package}.json").read_bytes())["model"]
    said = Counter(k.name.strip() for k in sketch.kinds if not k.stereotype)
    assert said == Counter(c["name"].strip() for c in model["classes"])
    components = json.loads((out / "openapi" / f"{package}.json").read_bytes())["components"]["schemas"]
    assert len(components) >= len(sketch.kinds)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", key) for key in components)


def assert_no_code_of_the_model(path: Path) -> None:
    """The module is legal, and what the payloads would call is called nowhere."""
    text = path.read_text("utf-8")
    compile(text, str(path), "exec")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in ("open", "__import__", "eval", "exec", "os.system")


def assert_portable(paths: list[str]) -> None:
    """No two paths are one file, or one folder, anywhere; no part is refused by any common system."""
    folded: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            spelled = "/".join(parts[:depth])
            key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", spelled).casefold())
            assert folded.setdefault(key, spelled) == spelled
        for part in parts:
            assert len(part.encode()) <= 100
            assert not WINDOWS.match(part)
            assert re.fullmatch(r"[A-Za-z0-9_.-]+", part)
            assert not part.endswith(".")
    assert len(set(paths)) == len(paths)


def probe(folder: Path, package: str, cwd: Path, home: Path) -> dict[str, Any]:
    """What a process of its own finds in a generated package."""
    run = subprocess.run(
        [sys.executable, "-I", PROBE, folder, package],
        cwd=cwd,
        env=environment(home, PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    found: dict[str, Any] = json.loads(run.stdout)
    assert not list(cwd.glob(f"**/{MARKER}"))
    return found


def assert_whole(sketch: Sketch, found: dict[str, Any], schema: etree._Element) -> None:
    """Every class, attribute and literal is there once, under one wire name in Python and XSD."""
    classes = [k for k in sketch.kinds if not k.stereotype]
    enums = [k for k in sketch.kinds if k.stereotype]
    rows = found["classes"]
    assert len({unicodedata.normalize("NFKC", r["name"]) for r in rows}) == len(rows) == len(classes)
    wires = [r["wire"] for r in rows]
    assert len(set(wires)) == len(wires)
    elements = {
        t.get("name"): [e.get("name") for e in t.iter(f"{XS}element")]
        for t in schema.iterchildren(f"{XS}complexType")
    }
    for row in rows:
        own = elements[row["wire"]]
        assert row["fields"][len(row["fields"]) - len(own) :] == own
        assert len(set(row["fields"])) == len(row["fields"])
    fields = Counter(name for wire in wires for name in elements[wire])
    assert fields.total() == sum(len(k.members) for k in classes) + len(sketch.links)
    for kind in classes:
        assert kind.name in wires or not PLAIN.match(kind.name)
        for member in kind.members:
            assert member.name in fields or not PLAIN.match(member.name)
    assert len(found["enums"]) == len(enums)
    for kind in enums:
        values = sorted(m.name.strip() for m in kind.members)
        assert values in [sorted(v.strip() for v in e["values"]) for e in found["enums"]]
    documented(classes, rows)


def documented(kinds: list[Kind], rows: list[dict[str, Any]]) -> None:
    """Descriptions are in the docstrings, word for word; white space may differ."""
    docs = [" ".join((r["doc"] or "").split()) for r in rows]
    for kind in kinds:
        text = " ".join(kind.doc.split())
        assert any(text in doc for doc in docs), kind.name
