"""Tables of namespaces: what a file of one says, and which model files it goes with."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts
from cimforge.readers.namespaces import read_namespaces
from cimforge.readers.source import RawSource
from cimforge.settings import for_inputs

EUROPEAN = "http://iec.ch/TC57/CIM100-European#"


def rows(text: str) -> tuple[dict[str, str], list[str]]:
    report = Report()
    found = read_namespaces(RawSource(path="t.namespaces", data=text.encode()), report)
    return (
        {r.stereotype: r.namespace for r in found},
        [f"{d.code}:{d.location.line}: {d.message}" for d in report.diagnostics],
    )


def test_a_table() -> None:
    found, said = rows(
        "\ufeff# comment\n! another\n\nEuropean = http://e.example/eu#\r\nNC=https://n.example/nc\n"
    )
    assert found == {"European": "http://e.example/eu#", "NC": "https://n.example/nc#"}
    assert not said


def test_a_row_may_stand_twice_if_it_says_the_same() -> None:
    assert rows("NC=http://n.example/#\nnc=http://n.example/#\n") == ({"NC": "http://n.example/#"}, [])


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("European http://e.example/#", 1, "does not say `stereotype=namespace`"),
        ("#\n=http://e.example/#", 2, "does not say `stereotype=namespace`"),
        ("European=", 1, "`` is no absolute IRI"),
        ("European=eu#", 1, "`eu#` is no absolute IRI"),
        ('European=http://e.example/"#', 1, "is no absolute IRI"),
        ("NC=http://n.example/#\nnc=http://other.example/#", 2, "«nc» stands for http://n.example/# already"),
    ],
)
def test_what_is_refused(text: str, line: int, word: str) -> None:
    _, said = rows(text)
    assert len(said) == 1
    assert said[0].startswith(f"CIM260:{line}: ")
    assert word in said[0]


def test_bytes_that_are_no_text() -> None:
    report = Report()
    assert (
        read_namespaces(RawSource(path="t.namespaces", data=b"NC=http://n.example/#\n\xff\n"), report) == ()
    )
    assert [(d.code, d.location.line) for d in report.diagnostics] == [("CIM260", 2)]


def test_cimtool_s_own_file(corpus: Path) -> None:
    """A published one: 22 rows, whose keys are prefixes as much as stereotypes; one is commented out."""
    path = corpus / "golden" / "avro4cim" / "schema.namespaces"
    found, said = rows(path.read_text(encoding="utf-8"))
    assert not said
    lines = [x.strip() for x in path.read_text(encoding="utf-8").splitlines() if x.strip()]
    assert len(found) == len([x for x in lines if not x.startswith("#")])
    assert found["European"] == EUROPEAN
    assert found["NC"] == "https://cim4.eu/ns/nc#"


XMI = """<?xml version="1.0"?>
<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content><UML:Model name="M" xmi.id="m">
<UML:Namespace.ownedElement><UML:Package name="P" xmi.id="p"><UML:Namespace.ownedElement>
<UML:Class name="Asset" xmi.id="a" stereotype="European"/>
</UML:Namespace.ownedElement></UML:Package></UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>
"""


def read(*inputs: Path) -> tuple[dict[str, str], tuple[Facts, ...], Report]:
    """URI of each class by the file it is in, the facts, and the report."""
    report = Report()
    settings = for_inputs(map(str, inputs), out=Path("unused"))
    facts = pipeline.inspect(settings, report, "read") or ()
    model = pipeline.inspect(settings, report, "link")
    return {c.meta.location.file: c.meta.uri for c in model.classes} if model else {}, facts, report


def test_a_table_beside_a_model_is_found(tmp_path: Path) -> None:
    (tmp_path / "m.xmi").write_text(XMI)
    (tmp_path / "n.xmi").write_text(XMI.replace('"Asset"', '"Other"').replace('"a"', '"b"'))
    (tmp_path / "m.namespaces").write_text(f"EUROPEAN={EUROPEAN}\n")
    found, facts, report = read(tmp_path / "m.xmi", tmp_path / "n.xmi")
    assert found == {"m.xmi": f"{EUROPEAN}Asset", "n.xmi": "http://iec.ch/TC57/CIM100#Other"}
    assert [(s.path, s.format) for s in facts[0].sources] == [
        ("m.xmi", "xmi1"),
        ("m.namespaces", "namespaces"),
    ]
    assert not report.has_errors
    assert read(tmp_path)[0] == found, "the folder as input: the table is an input then"


def test_a_table_of_another_name_goes_with_every_model(tmp_path: Path) -> None:
    (tmp_path / "m.xmi").write_text(XMI)
    table = tmp_path / "all.namespaces"
    table.write_text(f"European={EUROPEAN}\n")
    assert read(tmp_path / "m.xmi")[0] == {"m.xmi": "http://iec.ch/TC57/CIM100#Asset"}
    assert read(tmp_path / "m.xmi", table)[0] == {"m.xmi": f"{EUROPEAN}Asset"}
    (tmp_path / "m.namespaces").write_text("European=http://own.example/#\n")
    assert read(tmp_path / "m.xmi", table)[0] == {"m.xmi": "http://own.example/#Asset"}, "its own counts"


def test_a_table_alone_is_no_model(tmp_path: Path) -> None:
    table = tmp_path / "all.namespaces"
    table.write_text(f"European={EUROPEAN}\n")
    *_, report = read(table)
    assert [d.code for d in report.diagnostics] == ["CIM111"]


def test_a_broken_table_beside_a_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "m.xmi").write_text(XMI)
    (tmp_path / "m.namespaces").write_text("European\n")
    *_, report = read(tmp_path / "m.xmi")
    assert [(d.code, d.location.file, d.location.line) for d in report.diagnostics] == [
        ("CIM260", "m.namespaces", 1)
    ]


@pytest.mark.parametrize("kind", ["enumeration", "Primitive", "CIMDatatype"])
def test_every_format_gives_the_same_uris(corpus: Path, tmp_path: Path, kind: str) -> None:
    """CIMTool gives one model different URIs from XMI and from EA's database. Each stereotype stands for a
    namespace here, in a table that goes with all three files."""
    table = tmp_path / "all.namespaces"
    table.write_text(f"{kind}=http://example.org/{kind}\n")
    found = []
    for name in ("cim17_metering.xmi11.xmi", "cim17_metering.xmi21.xmi", "cim17_metering.qea"):
        settings = for_inputs([str(corpus / "synthetic" / name), str(table)], out=Path("unused"))
        model = pipeline.inspect(settings, Report(), "link")
        assert model is not None
        members = [
            m
            for c in model.classifiers
            for k in ("attributes", "ends", "literals")
            for m in getattr(c, k, ())
        ]
        found.append({m.id: m.meta.uri for m in (*model.classifiers, *members)})
    assert found[0] == found[1] == found[2]
    marked = [uri for uri in found[0].values() if uri.startswith(f"http://example.org/{kind}#")]
    assert len(marked) > 3
