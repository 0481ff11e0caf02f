"""``cimforge.toml``: what is read, and every error with its line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from cimforge.diagnostics import Report
from cimforge.diagnostics.toml_places import lines_by_key
from cimforge.ir.policies import DEFAULT_POLICIES
from cimforge.settings import Settings, for_inputs
from cimforge.settings.load import load_settings
from cimforge.settings.schema import schema_text

FULL = """\
version = 1
[build]
name = "irm"
release = "1.0"
[input]
model = ["cim/*.ttl"]
extensions = ["extensions/**/*.ttl"]
profiles = ["profiles/**/*.toml", "extensions/**/*.toml"]
namespace = "http://iec.ch/TC57/CIM100#"
[output]
dir = "../out"
emit = ["xsd", "python"]
format = "none"
[python]
[xsd]
"""


def load(folder: Path, text: str | bytes) -> tuple[Settings | None, list[tuple[str, int | None, str]]]:
    """The settings, and (code, line, message) of each error."""
    path = folder / "cimforge.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = Report()
    settings = load_settings(path, report)
    assert (settings is None) == report.has_errors
    assert report.has_errors == report.has_unreadable
    return settings, [(d.code, d.location.line, d.message) for d in report.diagnostics]


def errors(folder: Path, text: str | bytes) -> list[tuple[str, int | None, str]]:
    """The errors of a text that must have some."""
    settings, found = load(folder, text)
    assert settings is None
    return found


def test_all_settings(tmp_path: Path) -> None:
    settings, found = load(tmp_path, FULL)
    assert found == []
    assert settings == Settings(
        base=tmp_path,
        name="irm",
        release="1.0",
        model=("cim/*.ttl",),
        extensions=("extensions/**/*.ttl",),
        profiles=("profiles/**/*.toml", "extensions/**/*.toml"),
        namespace="http://iec.ch/TC57/CIM100#",
        out=tmp_path.parent / "out",
        emit=("xsd", "python"),
        options={"python": {}, "xsd": {}, "openapi": {}, "adapters": {}},
    )


def test_defaults(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, 'version = 1\ninput.model = ["m.rdf"]\n')
    assert settings is not None
    assert (settings.name, settings.release, settings.format) == ("", "", "none")
    assert settings.out == tmp_path / "generated"
    assert settings.emit == ("python", "xsd", "openapi", "adapters", "ir")
    assert settings.namespace == "http://iec.ch/TC57/CIM100#"


def test_severities_and_suppressions_by_name_or_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cimforge.diagnostics.rules import RULES
    from cimforge.ir.value import replace

    for code, name in (("CIM098", "made-up-warning"), ("CIM099", "made-up-note")):
        rule = replace(RULES["CIM005"], code=code, name=name, severity="warning")
        monkeypatch.setitem(RULES, code, rule)
    text = FULL + '[severity]\nmade-up-warning = "error"\n[[suppress]]\nrule = "CIM099"\nreason = "known"\n'
    settings, found = load(tmp_path, text)
    assert found == []
    assert settings is not None
    assert settings.severities == {"CIM098": "error"}
    assert settings.suppressed == {"CIM099": "known"}


def test_every_error_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = errors(
        tmp_path,
        """\
version = 2
outputs = 1

[build]
name = "my model"
relase = "1"
[input]
model = "cim.ttl"
namespace = "no iri"
[output]
emit = [
  "python",
  "xds",   # here
]
format = 3
[python]
slots = true
[severity]
multiplicity-difers = "eror"
unknown-setting = "note"
[[suppress]]
rule = "unknown-setting"
reason = "x"
[[suppress]]
rule = 7
because = "y"
""",
    )
    assert [(code, line) for code, line, _ in found] == [
        ("CIM006", 1),
        ("CIM003", 2),
        ("CIM004", 5),
        ("CIM003", 6),
        ("CIM004", 8),
        ("CIM004", 9),
        ("CIM004", 13),
        ("CIM004", 15),
        ("CIM003", 17),
        ("CIM004", 19),
        ("CIM007", 19),
        ("CIM008", 20),
        ("CIM008", 22),
        ("CIM005", 24),
        ("CIM004", 25),
        ("CIM003", 26),
    ]
    text = "\n".join(message for _, _, message in found)
    assert "`build.relase` is no setting; did you mean `release`?" in text
    assert "`outputs` is no setting; did you mean `output`?" in text
    assert '`output.emit[1]` is "xds"; expected: did you mean `xsd`? one of python, xsd' in text
    assert "did you mean `error`?" in text
    assert "`suppress[1].reason` is missing" in text


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("version = 1\nname = grid\n", "CIM002", 2),
        ("version = 1\n[input\n", "CIM002", 2),
        (b"version = 1\n# \xe9\n", "CIM002", 2),
        ("x = " + "[" * 5000, "CIM002", None),
        ("", "CIM005", None),
        ("version = true\ninput.model = ['x']", "CIM004", 1),
        ("version = 1\n[input]\nmodel = []", "CIM004", 3),
        ("version = 1\ninput = 3", "CIM004", 2),
        ("version = 1\n[input]\nmodel = ['a\\u0000b']\n[build]\nname='class'", "CIM004", 5),
        ('version = 1\n[input]\nmodel = ["a\\u0000b"]', "CIM004", 3),
        ('version = 1\n[input]\nmodel = ["a"]\n[build]\nrelease = "1\\n2"', "CIM004", 5),
        ('version = 1\nsuppress = 1\n[input]\nmodel = ["a"]', "CIM004", 2),
        ('version = 1\nsuppress = [1]\n[input]\nmodel = ["a"]', "CIM004", 2),
        ('version = 1\nseverity = 1\n[input]\nmodel = ["a"]', "CIM004", 2),
        ('version = 1\n[input]\nmodel = ["a"]\n[[suppress]]\nrule = "x-y"\nreason = " "', "CIM007", 5),
        ('version = 1\n[input]\nmodel = ["a"]\nnamespace = "http://x/\\"; code #"', "CIM004", 4),
    ],
)
def test_one_error(tmp_path: Path, text: str | bytes, code: str, line: int | None) -> None:
    assert (code, line) in [(c, at) for c, at, _ in errors(tmp_path, text)]


@pytest.mark.parametrize("make", ["missing", "folder", "huge"])
def test_no_file(tmp_path: Path, make: str) -> None:
    path = tmp_path / "cimforge.toml"
    if make == "folder":
        path.mkdir()
    elif make == "huge":
        path.write_bytes(b"#" * 2_000_000)
    report = Report()
    assert load_settings(path, report) is None
    assert [d.code for d in report.diagnostics] == ["CIM001"]


def test_windows_line_ends_and_lines(tmp_path: Path) -> None:
    found = errors(tmp_path, "version = 1\r\n[input]\r\nmodel = ['x']\r\nnope = 1\r\n")
    assert [(code, line) for code, line, _ in found] == [("CIM003", 4)]


def test_for_inputs(tmp_path: Path) -> None:
    settings = for_inputs(["a.xmi", "b"], out=Path("gen"), emit=("xsd",))
    assert (settings.inputs, settings.model, settings.name) == (("a.xmi", "b"), (), "")
    assert (settings.out, settings.emit) == (Path("gen"), ("xsd",))


def test_carried_models_are_called_the_same_everywhere(root: Path, tmp_path: Path) -> None:
    settings = Settings(base=tmp_path, out=tmp_path / "out")
    assert settings.pattern("cimforge:cim/*.ttl") == str(root / "input_models" / "cim" / "*.ttl")
    assert settings.known_as(str(root / "input_models" / "cim" / "Core.ttl")) == "cimforge:cim/Core.ttl"
    assert settings.pattern("m/*.ttl") == str(tmp_path / "m/*.ttl")
    assert settings.known_as(str(tmp_path / "m" / "a.ttl")) == "m/a.ttl"
    own = Settings(base=root / "input_models", out=tmp_path)
    assert own.known_as(str(root / "input_models" / "cim" / "Core.ttl")) == "cim/Core.ttl"


# -- namespaces and merge policies ------------------------------------------------------------------------

LEAST = 'version = 1\n[input]\nmodel = ["m.xmi"]\n'


def test_namespaces_by_stereotype(tmp_path: Path) -> None:
    settings, _ = load(
        tmp_path, LEAST + '[namespaces]\nEuropean = "http://e.example/eu#"\n"My own" = "urn:x:y/"\n'
    )
    assert settings is not None
    assert [(s.stereotype, s.namespace, s.location.line) for s in settings.namespaces] == [
        ("European", "http://e.example/eu#", 5),
        ("My own", "urn:x:y/", 6),
    ]


@pytest.mark.parametrize(
    ("rows", "line", "word"),
    [
        ('European = "eu"', 5, "an absolute IRI that ends in # or /"),
        ('European = "http://e.example/eu"', 5, "an absolute IRI that ends in # or /"),
        ("European = 1", 5, "an absolute IRI that ends in # or /"),
        ('NC = "http://e.example/#"\nnc = "http://e.example/#"', 6, "there is NC already"),
    ],
)
def test_namespaces_that_are_refused(tmp_path: Path, rows: str, line: int, word: str) -> None:
    ((code, found, message),) = errors(tmp_path, LEAST + f"[namespaces]\n{rows}\n")
    assert (code, found) == ("CIM004", line)
    assert word in message


def test_policies(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, LEAST + '[merge]\nmultiplicity = "newest"\n')
    assert settings is not None
    assert settings.policies == {**DEFAULT_POLICIES, "multiplicity": "newest"}
    settings, _ = load(tmp_path, LEAST)
    assert settings is not None
    assert settings.policies == DEFAULT_POLICIES


def test_a_policy_that_a_field_has_not(tmp_path: Path) -> None:
    ((code, line, message),) = errors(tmp_path, LEAST + '[merge]\ntype = "union"\n')
    assert (code, line) == ("CIM004", 5)
    assert "one of error, warning, note, newest" in message
    ((code, _, message),) = errors(tmp_path, LEAST + '[merge]\ntypes = "error"\n')
    assert code == "CIM003"
    assert "did you mean `type`?" in message


# -- the JSON Schema -----------------------------------------------------------------------------------


def test_the_shipped_schema_is_the_codes(root: Path) -> None:
    shipped = (root / "generator" / "cimforge" / "cimforge.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(), "write schema_text() to generator/cimforge/cimforge.schema.json"


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (FULL, True),
        ('version = 1\ninput.model = ["m.rdf"]\n', True),
        ("version = 2\ninput.model = ['x']", False),
        ("version = 1", False),
        ("version = 1\ninput.model = []", False),
        ("version = 1\ninput.model = 'x'", False),
        ("version = 1\ninput.model = ['x']\n[python]\nslots = true", False),
        ("version = 1\ninput.model = ['x']\noutput.emit = ['xds']", False),
        ("version = 1\ninput.model = ['x']\nbuild.name = 'my model'", False),
        ("version = 1\ninput.model = ['x']\n[severity]\ntext-differs = 'loud'", False),
        ("version = 1\ninput.model = ['x']\n[[suppress]]\nrule = 'text-differs'", False),
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, text: str, valid: bool) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    assert validator.is_valid(tomllib.loads(text)) == valid
    settings, _ = load(tmp_path, text)
    assert (settings is not None) == valid


def test_the_schema_describes_every_key() -> None:
    schema = json.loads(schema_text())
    for name, table in schema["properties"].items():
        assert table["description"], name
        keys = table.get("properties", table.get("items", {}).get("properties", {}))
        for key, value in keys.items():
            assert value["description"], f"{name}.{key}"


# -- lines of TOML ---------------------------------------------------------------------------------------

TOML = '''\
# = [x]
a = 1 # [no]
"b c".d = { e = 1, "f" = [2,
  3] }
text = """
x = 1
[y]
\\"""
""" # after
raw = \'\'\'
it's = ''\'\'\'
[t."u.v"]
when = 1979-05-27 07:32:00
list = [ # first
  "x", # "]"

  [ 1,
    2 ],
]
[[s]]
k = 'C:\\path\\'
[s.sub]
m = 1.5
[[s]]
k = "\\u0041"
'''


def test_lines_by_key() -> None:
    tomllib.loads(TOML)
    lines = lines_by_key(TOML)
    expected = {
        ("a",): 2,
        ("b c", "d"): 3,
        ("b c", "d", "e"): 3,
        ("b c", "d", "f"): 3,
        ("b c", "d", "f", 1): 4,
        ("text",): 5,
        ("raw",): 10,
        ("t", "u.v"): 12,
        ("t", "u.v", "when"): 13,
        ("t", "u.v", "list", 0): 15,
        ("t", "u.v", "list", 1): 17,
        ("t", "u.v", "list", 1, 1): 18,
        ("s", 0): 20,
        ("s", 0, "k"): 21,
        ("s", 0, "sub", "m"): 23,
        ("s", 1): 24,
        ("s", 1, "k"): 25,
    }
    assert {key: lines.get(key) for key in expected} == expected


def test_lines_of_every_key_of_the_corpus_of_this_project(root: Path) -> None:
    """Each key that tomllib finds has a line, and that line holds the key's last part."""
    for path in (root / "pyproject.toml", root / "input_models" / "cimforge.toml"):
        text = path.read_text(encoding="utf-8")
        lines = lines_by_key(text)
        rows = text.splitlines()
        for key in _keys(tomllib.loads(text), ()):
            assert key in lines, key
            last = key[-1]
            if isinstance(last, str):
                assert last in rows[lines[key] - 1]


def _keys(value: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [p for key, item in items for p in ((*path, key), *_keys(item, (*path, key)))]
