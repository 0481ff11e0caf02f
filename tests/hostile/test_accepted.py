"""What looks odd and is legal is read, and read right."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.codec import encode
from cimforge.passes.identify import identify
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

from tests.hostile.bad_bytes import XINCLUDE, marked, recoded, sound, with_doctype
from tests.hostile.odd_names import NAMED
from tests.hostile.runs import cimforge
from tests.hostile.sketch import (
    ALL_XML,
    FORMATS,
    LIKE,
    PROFILES,
    RDFS,
    ROOTS,
    SPACE,
    TEXT,
    UML,
    WRITERS,
    XML,
    Format,
    Kind,
    Member,
    Sketch,
    small,
)
from tests.hostile.test_shapes import USED
from tests.hostile.write_qea import fill


def read(path: Path, format_: str = "") -> dict[str, Any]:
    """The model that ``path`` holds, by its JSON; of a profile, what is taken."""
    after = ("--after", "select") if format_ in PROFILES else ()
    ended = cimforge("inspect", path, "--json", *after)
    assert ended.status == 0, ended.stderr
    document: dict[str, Any] = json.loads(ended.stdout)
    model: dict[str, Any]
    [model] = document["value"].values() if after else [document["model"]]
    return model


def doc_of(model: dict[str, Any], name: str = "Asset") -> str:
    """The description of a class."""
    [found] = [c for c in model["classes"] if c["name"] == name]
    doc: str = found["meta"]["doc"]
    return doc


def meaning(model: dict[str, Any]) -> Any:
    """The model without the places and digests of its files."""
    if isinstance(model, dict):
        return {
            k: meaning(v)
            for k, v in model.items()
            if k not in ("location", "origin", "sources", "namespaces")
        }
    return [meaning(v) for v in model] if isinstance(model, list) else model


TEXTS: tuple[tuple[str, Callable[[Format], bytes], str, tuple[Format, ...]], ...] = (
    ("DOCTYPE that names a DTD", lambda f: _with_dtd(f), "Something of worth.", ALL_XML),
    (
        "internal entity",
        with_doctype(b'<!ENTITY price "wo&#x72;th">', b"&price;"),
        "Something of worth.",
        ALL_XML,
    ),
    (
        "comment in a text",
        marked(any=b"wo<!-- no -->rth"),
        "Something of worth.",
        ("rdf", "owl", "cimtool", "catalog"),
    ),
    (
        "CDATA in a text",
        marked(any=b"wo<![CDATA[<l&u>]]>th"),
        "Something of wo<l&u>th.",
        ("rdf", "owl", "cimtool", "catalog"),
    ),
    (
        "processing instruction in a text",
        marked(any=b"wo<?no no?>rth"),
        "Something of worth.",
        ("rdf", "owl", "cimtool", "catalog"),
    ),
    ("character by number", marked(any=b"wo&#233;th"), "Something of woéth.", ALL_XML),
    ("windows-1252", recoded("cp1252", "windows-1252", "wo\u20ac\u2013th"), "Something of wo€–th.", ALL_XML),
    ("ISO-8859-1", recoded("latin-1", "ISO-8859-1"), "Something of woéth.", ALL_XML),
    ("ISO-8859-15", recoded("iso-8859-15", "ISO-8859-15", "wo\u20acth"), "Something of wo€th.", ALL_XML),
    ("UTF-16 with a mark", recoded("utf-16", "UTF-16"), "Something of woéth.", ALL_XML),
    ("UTF-16 with a mark, undeclared", recoded("utf-16"), "Something of woéth.", ALL_XML),
    ("UTF-8 with a mark", recoded("utf-8-sig", "UTF-8"), "Something of woéth.", ALL_XML),
    ("UTF-8 with a mark", lambda f: b"\xef\xbb\xbf" + sound(f), "Something of worth.", ("ttl",)),
    ("escapes", marked(any=b"wo\\u00e9\\U0001F4A1th"), "Something of woé\U0001f4a1th.", ("ttl",)),
    ("line ends of Windows", lambda f: sound(f).replace(b"\n", b"\r\n"), "Something of worth.", TEXT),
)


def _with_dtd(format_: Format) -> bytes:
    root = ROOTS[format_]
    return sound(format_).replace(
        b"?>\n", b'?>\n<!DOCTYPE %s SYSTEM "http://127.0.0.1:9/UML.dtd">\n' % root, 1
    )


@pytest.mark.parametrize(
    ("make", "doc", "format_"),
    [pytest.param(m, d, f, id=f"{n}-{f}") for n, m, d, formats in TEXTS for f in formats],
)
def test_text_is_kept(make: Callable[[Format], bytes], doc: str, format_: Format, tmp_path: Path) -> None:
    path = tmp_path / f"model.{format_}"
    path.write_bytes(make(format_))
    assert path.read_bytes() != sound(format_)
    found = read(path, format_)
    assert doc_of(found) == doc
    plain = tmp_path / "plain" / path.name
    plain.parent.mkdir()
    plain.write_bytes(sound(format_))
    wanted = meaning(read(plain, format_))
    wanted["classes"][0]["meta"]["doc"] = doc
    assert meaning(found) == wanted


@pytest.mark.parametrize("format_", [f for f in FORMATS if f in XML or f == "ttl"])
def test_other_prefixes_say_the_same(format_: Format, tmp_path: Path) -> None:
    data = sound(format_)
    if format_ == "xmi":
        data = data.replace(b"UML:", b"Uml2x:").replace(b"xmlns:UML", b"xmlns:Uml2x")
    elif format_ == "xmi2":
        for prefix in (b"uml", b"xmi"):
            data = data.replace(prefix + b":", b"x%s-1:" % prefix).replace(
                b"xmlns:%s=" % prefix, b"xmlns:x%s-1=" % prefix
            )
    else:
        for prefix in (b"rdfs", b"rdf", b"cims"):
            data = re.sub(rb"\b%s:" % prefix, b"x%s-1:" % prefix, data)
            data = data.replace(b"xmlns:" + prefix + b"=", b"xmlns:x" + prefix + b"-1=")
        assert b" rdf:" not in data
    one, other = tmp_path / "one" / f"m.{format_}", tmp_path / "other" / f"m.{format_}"
    for path, content in ((one, sound(format_)), (other, data)):
        path.parent.mkdir()
        path.write_bytes(content)
    assert one.read_bytes() != other.read_bytes()
    assert meaning(read(one)) == meaning(read(other))


@pytest.mark.parametrize("formats", [RDFS, UML], ids=["rdf", "uml"])
def test_the_formats_say_the_same(formats: tuple[Format, ...], tmp_path: Path) -> None:
    """The serialisations of one sketch are one model, as are the UML formats of one."""
    found = []
    for format_ in formats:
        path = tmp_path / format_ / "m"
        path.parent.mkdir()
        path.write_bytes(WRITERS[format_](small()))
        found.append(meaning(read(path)))
    for format_, model in zip(formats, found, strict=True):
        assert model == found[0], format_


ODD = {**NAMED, **{name: sketch for name, (sketch, _) in USED.items()}}
LARGE = ("ring of 2,000", "clique of 60", "5,000 attributes")
LIKEWISE = [
    pytest.param(name, f, id=f"{name}-{f}")
    for f in FORMATS
    if f in LIKE
    for name in ODD
    if f in UML or name not in LARGE
]


@pytest.mark.parametrize(("name", "format_"), LIKEWISE)
def test_odd_models_are_what_another_format_says(name: str, format_: Format) -> None:
    """Of that other format whole builds are made and used: `test_odd_names`, `test_shapes`."""
    found = linked(WRITERS[format_](ODD[name]))
    wanted = linked(WRITERS[LIKE[format_]](ODD[name]))
    if format_ == "qea":  # EA's notes end lines as Windows does, and exports end them otherwise
        wanted = json.loads(json.dumps(wanted).replace("carriage\\rreturn", "carriage\\nreturn"))
    assert found == wanted


def outline(document: Any) -> Any:
    """Names, descriptions, types, bounds and defaults of what a model holds."""
    model = document["model"]
    kinds = ("classes", "enumerations", "compounds", "primitives", "packages")
    names = {e["id"]: e["name"] for kind in kinds for e in model.get(kind, ())}

    def member(found: Any) -> list[Any]:
        bounds, default = found.get("multiplicity"), found.get("default")
        return [found["name"], found["meta"].get("doc"), names.get(found.get("type")), bounds, default]

    def owner(found: Any) -> list[Any]:
        parts = [m for part in ("attributes", "ends", "literals") for m in found.get(part, ())]
        bases = sorted(names[b] for b in found.get("bases", ()))
        return [found["name"], found["meta"].get("doc"), bases, [member(m) for m in parts]]

    return {kind: sorted((owner(e) for e in model.get(kind, ())), key=str) for kind in kinds}


@pytest.mark.parametrize("name", [n for n in ODD if n not in (*LARGE, "fixed values")])
def test_odd_models_in_owl_have_the_outline_of_rdfs(name: str) -> None:
    """OWL says less of stereotypes, and nothing of fixed values; what both say is the same."""
    assert outline(linked(WRITERS["owl"](ODD[name]))) == outline(linked(WRITERS["rdf"](ODD[name])))


def linked(data: bytes) -> Any:
    """The meaning of a file that has no errors."""
    report = Report()
    facts = read_source(RawSource(path="m", data=data), report)
    assert facts is not None, [d.message for d in report.diagnostics]
    model = link(merge([identify(facts, SPACE, report)], report), report)
    assert not report.has_errors, [d.message for d in report.diagnostics]
    return meaning(json.loads(encode(model)))


@pytest.mark.parametrize("format_", ALL_XML)
def test_xinclude_is_not_followed_and_said(format_: Format, tmp_path: Path) -> None:
    path = tmp_path / f"model.{format_}"
    close = b"</%s>" % ROOTS[format_]
    data = sound(format_).replace(close, XINCLUDE + b"\n" + close)
    path.write_bytes(data)
    ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    if ended.status == 0:
        [warning] = [f for f in ended.findings if f["code"] == "CIM123"]
        assert warning["line"] == data[: data.index(XINCLUDE)].count(b"\n") + 1
        assert "root:x:" not in "".join(p.read_text() for p in (tmp_path / "out").rglob("*.py"))
    else:
        assert ended.status == 2
        assert not (tmp_path / "out").exists()


NOTHING: dict[Format, bytes] = {f: WRITERS[f](Sketch(kinds=(), primitives=())) for f in FORMATS}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_without_classes_is_a_warning(
    format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"model.{format_}"
    path.write_bytes(NOTHING[format_])
    ended = cimforge("build", path, "--out", "out", "--message-format", "json")
    assert ended.status == 0
    [warning] = [f for f in ended.findings if f["severity"] == "warning"]
    assert warning["code"] in ("CIM139", "CIM151", "CIM183")
    assert warning["file"] == str(path)

    (tmp_path / "cimforge.toml").write_text(
        f'version = 1\n[build]\nname = "x"\n[input]\nmodel = ["{path.name}"]\n[output]\ndir = "strict"\n'
        f'[severity]\n{warning["name"]} = "error"\n'
    )
    ended = cimforge("build", "--message-format", "json")
    assert ended.status == 1, ended
    assert [f["code"] for f in ended.errors] == [warning["code"]]
    assert not (tmp_path / "strict").exists()


@pytest.mark.parametrize("format_", FORMATS)
def test_one_class_name_in_two_namespaces_gives_two_classes(format_: Format, tmp_path: Path) -> None:
    """RDF: by IRI. XMI: a class whose own ``nsuri`` differs from its package's."""
    sketch = replace(
        small(), kinds=(*small().kinds, Kind(name="Meter", key="Other", members=(Member(name="x"),)))
    )
    data = WRITERS[format_](sketch)
    if format_ == "xmi":
        at = data.rindex(b'<UML:Class name="Meter"')
        end = data.index(b">", at) + 1
        tag = b'<UML:TaggedValue tag="nsuri" value="http://example.org/other#" xmi.id="T9"/>'
        data = (
            data[:end]
            + b"<UML:ModelElement.taggedValue>"
            + tag
            + b"</UML:ModelElement.taggedValue>"
            + data[end:]
        )
    elif format_ == "xmi2":
        head, name, tail = data.rpartition(b'xmi:type="uml:Class" name="Meter"')
        tag = b'<tags><tag xmi:id="T9" name="nsuri" value="http://example.org/other#"/></tags>'
        data = head + name + tail.replace(b"<tags/>", tag, 1)
    elif format_ == "qea":
        with closing(sqlite3.connect(":memory:")) as base:
            fill(base, sketch)
            base.execute(
                "INSERT INTO t_objectproperties (Object_ID, Property, Value) "
                "SELECT max(Object_ID), 'nsuri', 'http://example.org/other#' FROM t_object WHERE Name = 'Meter'"
            )
            base.commit()
            data = base.serialize()
    path = tmp_path / f"model.{format_}"
    path.write_bytes(data)
    model = read(path)
    assert [c["name"] for c in model["classes"]].count("Meter") == 2
    ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    assert ended.status == 0
    assert "CIM604" in ended.codes()
    [module] = [p for p in (tmp_path / "out" / "python").rglob("*.py") if "class Meter(" in p.read_text()]
    names = re.findall(r"^class (Meter\w*)\(", module.read_text(), re.MULTILINE)
    assert sorted(names)[:2] == ["Meter", "MeterKind"]
    assert len(names) == 3


def test_one_class_name_in_two_packages_of_a_namespace_is_refused(tmp_path: Path) -> None:
    sketch = replace(
        small(),
        packages=("Grid", "Market"),
        kinds=(
            *small().kinds,
            Kind(name="Meter", key="Other", package="Market", members=(Member(name="x"),)),
        ),
    )
    path = tmp_path / "model.xmi"
    path.write_bytes(WRITERS["xmi"](sketch))
    ended = cimforge("build", path, "--out", tmp_path / "out", "--message-format", "json")
    # The second package has no namespace of its own, so the build's default holds it: two classes again.
    assert ended.status == 0
    nested = replace(sketch, packages=("Grid",), kinds=tuple(replace(k, package="") for k in sketch.kinds))
    path.write_bytes(WRITERS["xmi"](nested))
    ended = cimforge("build", path, "--out", tmp_path / "out2", "--message-format", "json")
    assert ended.status == 2
    [error] = ended.errors
    assert error["code"] == "CIM207"
    assert error["line"] != error["related"][0]["line"]
    assert SPACE + "Meter" in error["message"]
