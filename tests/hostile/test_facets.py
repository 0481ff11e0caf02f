"""SHACL shapes beside a profile whose facets are odd or make no sense: none runs, breaks a schema or is silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.hostile.odd_names import CODE, MARKER, TEXTS
from tests.hostile.runs import cimforge
from tests.hostile.sketch import SPACE, Kind, Member, small, turtle
from tests.hostile.test_odd_names import assert_no_code_of_the_model, probe

PATTERNS = (
    *(
        *TEXTS[:-1],
        *CODE,
        "[",
        "(a+)+$",
        "^x$",
        "\\p{Lu}+",
        "(?=x)y",
        "a{99999999}",
        "(?i)abc",
        "[a-",
        "*",
        "",
    ),
    *("^", "$", "^$", "\\", "\\i\\c*", "[a-z-[aeiou]]", "(", ")", "a|", "x" * 20_000),
)
"""Regular expressions, of one dialect or another or of none."""

SENSELESS = {
    "sh:minLength 5 ; sh:maxLength 2": "CIM196",
    'sh:minLength "abc"': "CIM195",
    "sh:minLength -1": "CIM195",
    "sh:maxLength 99999999999999999999": "CIM195",
    'sh:pattern "[a-"': "CIM195",
    "sh:minCount 5 ; sh:maxCount 2": "CIM189",
    'sh:minCount "x"': "CIM195",
    "sh:minCount -1": "CIM195",
    "sh:maxCount 0": "CIM189",
    "sh:datatype <http://www.w3.org/2001/XMLSchema#nothing>": "CIM191",
    "sh:datatype <http://example.org/hostile#Asset>": "CIM191",
    "sh:class <http://example.org/Nobody>": "CIM191",
}
"""What is left out, and the warning that says so."""


def quoted(text: str) -> str:
    """A literal of Turtle."""
    return '"' + "".join(f"\\u{ord(c):04X}" if c in '"\\' or ord(c) < 32 else c for c in text) + '"'


def shapes(*properties: tuple[str, str]) -> str:
    """Shapes of the class ``Holder``: a member's key, and what is said of it."""
    said = " ;\n".join(f"sh:property [ sh:path <{SPACE}Holder.{key}> ; {body} ]" for key, body in properties)
    return (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<http://example.org/shape> a sh:NodeShape ; sh:targetClass <{SPACE}Holder> ;\n{said} .\n"
    )


def write(folder: Path, count: int, *properties: tuple[str, str]) -> list[Path]:
    """The profile and its shapes."""
    members = tuple(Member(name=f"a{i}", key=f"a{i}") for i in range(count))
    sketch = replace(small(), kinds=(*small().kinds, Kind(name="Holder", key="Holder", members=members)))
    paths = [folder / "model.ttl", folder / "shapes.ttl"]
    paths[0].write_bytes(turtle(sketch))
    paths[1].write_text(shapes(*properties), "utf-8")
    return paths


def test_odd_patterns_and_values(tmp_path: Path, home: Path) -> None:
    """Every text as a pattern of one member, and as one of the values that another may have."""
    rows = [(f"a{i}", f"sh:pattern {quoted(text)}") for i, text in enumerate(PATTERNS)]
    rows.append((f"a{len(rows)}", f"sh:in ( {' '.join(map(quoted, (*TEXTS, *CODE)))} )"))
    paths = write(tmp_path, len(rows), *rows)
    out = tmp_path / "out"
    ended = cimforge("build", *paths, "--out", out, "--message-format", "json")
    assert ended.status == 0, ended.errors
    for path in out.rglob("*.py"):
        assert_no_code_of_the_model(path)
    for path in (out / "xsd").glob("*.xsd"):
        etree.XMLSchema(etree.parse(path))
    away = tmp_path / "away"
    away.mkdir()
    [package] = [p.name for p in (out / "python").iterdir()]
    found = probe(out / "python", package, away, home)
    [holder] = [c for c in found["classes"] if c["name"] == "Holder"]
    assert len(holder["fields"]) == len(rows)
    assert not list(tmp_path.rglob(MARKER))


@pytest.mark.parametrize("body", SENSELESS)
def test_what_makes_no_sense_is_left_out_and_said(body: str, tmp_path: Path) -> None:
    paths = write(tmp_path, 1, ("a0", body))
    ended = cimforge("build", *paths, "--out", tmp_path / "out", "--message-format", "json")
    assert ended.status == 0, ended.errors
    [warning] = [f for f in ended.findings if f["severity"] == "warning"]
    assert warning["code"] == SENSELESS[body]
    assert warning["file"] == str(paths[1])
    for path in (tmp_path / "out" / "xsd").glob("*.xsd"):
        etree.XMLSchema(etree.parse(path))
