"""The XMI 1.x reader on real files, against counts and facts that it had no part in."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Ref
from cimforge.readers.source import RawSource
from cimforge.readers.xmi1 import read_xmi1
from cimforge.readers.xml_stream import open_xml
from lxml import etree
from rdflib.namespace import DCTERMS, OWL, RDF

FILES = (
    "xmi11/cgmes-schema/CoreEquipment.xmi",
    "xmi11/cgmes-schema/DiagramLayout.xmi",
    "xmi11/cgmes-schema/GeographicalLocation.xmi",
    "xmi11/cgmes-schema/SimulationSettings.xmi",
    "xmi11/cgmes-schema/Topology.xmi",
    "xmi11/other/ISO_19112_Edition_2.xml",
    "xmi11/rose/cim11v09_part.xmi",
    "synthetic/cim17_metering.xmi11.xmi",
)
ROSE = "xmi11/rose/cim11v09_part.xmi"
KEYWORD = rdflib.URIRef("http://www.w3.org/ns/dcat#keyword")
GUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}(-source|-target)?\Z")


@cache
def read(path: Path) -> tuple[Facts, Report]:
    report = Report()
    source = RawSource(path=path.name, data=path.read_bytes())
    stream = open_xml(source, report)
    assert stream is not None
    facts = read_xmi1(source, stream, report)
    assert facts is not None
    return facts, report


def is_enumeration(fact: ClassFact) -> bool:
    marks = {s.casefold() for s in fact.stereotypes}
    return fact.metaclass == "Enumeration" or bool(marks & {"enumeration", "codelist"})


def test_no_file_is_forgotten(corpus: Path) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    assert sorted(e["file"] for e in index if e["kind"].startswith("xmi11")) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_counts_are_those_of_the_index(corpus: Path, file: str) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    (entry,) = (e for e in index if e["file"] == file)
    wanted = {k: v for k, v in entry["counts"].items() if k != "stereotypes"}
    if file == ROSE:
        # Rose lists all classes of one stereotype in one attribute, of which the index takes the first:
        # it counts 4 enumerations, one for each list; 21 of the classes listed are in the file. And
        # the index leaves out the 37 datatypes that Rose writes as UML:DataType with attributes.
        wanted |= {
            "classes": 112 + 4 - 21 + 37,
            "enums": 21,
            "attributes": 451 - 124,
            "literals": 124,
        }
    facts, _ = read(corpus / file)
    enumerations = {c.id for c in facts.classes if is_enumeration(c)}
    assert wanted == {
        "packages": len(facts.packages),
        "classes": len(facts.classes) - len(enumerations),
        "enums": len(enumerations),
        "attributes": sum(m.owner.value not in enumerations for m in facts.members),
        "literals": sum(m.owner.value in enumerations for m in facts.members),
        "associations": sum(c.kind == "Association" for c in facts.connectors),
        "generalizations": sum(c.kind == "Generalization" for c in facts.connectors),
    }


@pytest.mark.parametrize("file", [f for f in FILES if f != ROSE])
def test_stereotypes_are_those_of_the_index(corpus: Path, file: str) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    (entry,) = (e for e in index if e["file"] == file)
    facts, _ = read(corpus / file)
    found = Counter(f"Class:{s}" for c in facts.classes for s in c.stereotypes)
    found += Counter(f"Attribute:{s}" for m in facts.members for s in m.stereotypes)
    found += Counter(f"{c.kind}:{s}" for c in facts.connectors for s in c.stereotypes)
    found += Counter(f"Package:{s}" for p in facts.packages for s in p.stereotypes)
    assert found == Counter(entry["counts"]["stereotypes"])


@pytest.mark.parametrize("file", FILES)
def test_every_element_is_stated(corpus: Path, file: str) -> None:
    """Names, owners, bounds and ends as XPath finds them, over the whole file."""
    facts, _ = read(corpus / file)
    root = etree.parse(corpus / file, etree.XMLParser(load_dtd=False, no_network=True)).getroot()

    def name(of: str) -> str:
        return f"*[local-name()='{of}'][@xmi.id or not(@xmi.idref)]"

    real = f"//{name('Class')}[not(@name='EARootClass')] | //*[local-name()='DataType'][*]"
    assert Counter(c.name for c in facts.classes) == Counter(e.get("name") for e in root.xpath(real))
    owners = {c.id: c.name for c in facts.classes}
    assert Counter((owners[m.owner.value], m.name) for m in facts.members) == Counter(
        (e.xpath("string(../../@name)"), e.get("name")) for e in root.xpath(f"//{name('Attribute')}")
    )
    ends = [e for c in facts.connectors if c.kind == "Association" for e in (c.source, c.target)]
    assert Counter((e.role, e.aggregation) for e in ends) == Counter(
        (e.get("name", ""), e.get("aggregation")) for e in root.xpath(f"//{name('AssociationEnd')}")
    )
    ranges = root.xpath("//*[local-name()='MultiplicityRange']")
    stated = Counter(m.multiplicity for m in (*facts.members, *ends))
    for text, count in Counter(f"{r.get('lower')}..{r.get('upper')}" for r in ranges).items():
        assert stated[text] >= count, text
    bodies = Counter(e.get("body") for e in root.xpath("//*[local-name()='Expression'][string(@body)]"))
    assert Counter(m.default for m in facts.members if m.default is not None) == bodies
    frozen = "count(//*[local-name()='Attribute'][@changeable='frozen' or @changeability='frozen'])"
    assert sum(m.is_constant for m in facts.members) == root.xpath(frozen)


@pytest.mark.parametrize("file", FILES)
def test_references_lead_somewhere(corpus: Path, file: str) -> None:
    """Dangling are only those that leave the exported package."""
    facts, _ = read(corpus / file)
    known = {*(p.id for p in facts.packages), *(c.id for c in facts.classes)}
    refs: list[tuple[str, Ref]] = [("package", c.package) for c in facts.classes if c.package]
    refs += [("parent", p.parent) for p in facts.packages if p.parent]
    refs += [("type", m.type) for m in facts.members if m.type]
    refs += [(c.kind, e.element) for c in facts.connectors for e in (c.source, c.target)]
    dangling = [(kind, r.value) for kind, r in refs if r.by == "id" and r.value not in known]
    if file == ROSE:
        # superclasses in packages that were cut off
        assert Counter(kind for kind, _ in dangling) == {"Generalization": 5}
    elif file == "xmi11/other/ISO_19112_Edition_2.xml":
        # EA lists the elements of other packages as stubs
        stubs = re.findall(r'<EAStub xmi.id="EA(?:ID|PK)_([^"]*)"', (corpus / file).read_text("cp1252"))
        assert {r for _, r in dangling} <= {s.replace("_", "-").upper() for s in stubs}
        assert Counter(kind for kind, _ in dangling) == {
            "type": 11,
            "Generalization": 6,
            "Association": 2,
            "Dependency": 11,
        }
    else:
        assert dangling == []


@pytest.mark.parametrize("file", [f for f in FILES if f != ROSE])
def test_ids_of_ea_are_guids(corpus: Path, file: str) -> None:
    facts, _ = read(corpus / file)
    elements = [*facts.packages, *facts.classes, *facts.members, *facts.connectors]
    ids = [f.id for f in elements] + [e.id for c in facts.connectors for e in (c.source, c.target)]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not GUID.match(i)] == []


def test_rose_ids_are_its_own(corpus: Path) -> None:
    """Rose's ``xmi.uuid`` is the same in every export; its ``xmi.id`` counts from 1 each time."""
    facts, _ = read(corpus / ROSE)
    ids = [f.id for f in (*facts.packages, *facts.classes, *facts.members, *facts.connectors)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9A-F]{12}", i) for i in ids)


@pytest.mark.parametrize("file", FILES)
def test_real_files_give_no_diagnostics(corpus: Path, file: str) -> None:
    """The one reference that leads nowhere is that of the ontology classes, which are headers."""
    _, report = read(corpus / file)
    assert [d.message for d in report.diagnostics] == []


@pytest.mark.parametrize("keyword", ["TP", "EQ", "DL", "GL"])
def test_profile_is_that_of_the_ontology_header(corpus: Path, keyword: str) -> None:
    """The class «owl» of the UML and the header of ENTSO-E's RDFS name the same profile."""
    stem = {"TP": "Topology", "EQ": "CoreEquipment", "DL": "DiagramLayout", "GL": "GeographicalLocation"}
    graph = rdflib.Graph()
    graph.parse(corpus / f"rdfs/cgmes-3.0.0/IEC61970-600-2_CGMES_3_0_0_RDFS2020_{keyword}.rdf")
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    (profile,) = read(corpus / f"xmi11/cgmes-schema/{stem[keyword]}.xmi")[0].profiles
    assert profile.id == f"uml:{stem[keyword]}Profile"
    assert profile.keyword == keyword == str(graph.value(ontology, KEYWORD))
    assert profile.uri == str(graph.value(ontology, OWL.versionIRI))
    assert profile.version == str(graph.value(ontology, OWL.versionInfo))
    assert profile.title == str(graph.value(ontology, DCTERMS.title))
    assert (str(DCTERMS.modified), "2020-10-12") in profile.header
    # the header says more in UML than in RDFS (license), and who published it differs
    same = {(str(p), str(o)) for p, o in graph.predicate_objects(ontology)} & set(profile.header)
    assert len(same) >= 10


def test_tags_at_the_end_of_the_file(corpus: Path) -> None:
    facts, _ = read(corpus / "xmi11/cgmes-schema/Topology.xmi")
    (package,) = facts.packages
    assert package.tags == (("Copyright", "Copyright 2022 ENTSO-E"), ("License", "Apache 2.0."))
    (terminal,) = (c for c in facts.classes if c.name == "DCTerminal")
    assert terminal.tags == (
        ("CIM:IsRdfAbout", "True"),
        ("GUIDBasedOn", "{6D3668E7-3378-46de-B0B6-9EB6724C8326}"),
    )


def test_windows_1252(corpus: Path) -> None:
    """Bytes 0x80 to 0x9F are characters of windows-1252, and control codes in ISO-8859-1."""
    path = corpus / "xmi11/cgmes-schema/DiagramLayout.xmi"
    raw = path.read_bytes()
    assert re.search(rb"[\x80-\x9f]", raw)
    facts, _ = read(path)
    docs = "".join(f.doc for f in (*facts.classes, *facts.members))
    wanted = Counter(c for c in raw.decode("cp1252") if ord(c) > 127)
    assert Counter(c for c in docs if ord(c) > 127) == wanted


# The synthetic export of CIM17 against the facts that it was made from.


@pytest.fixture(scope="module")
def cim17(corpus: Path) -> Facts:
    return read(corpus / "synthetic/cim17_metering.xmi11.xmi")[0]


@pytest.fixture(scope="module")
def origin(corpus: Path) -> dict[str, Any]:
    text = (corpus / "synthetic/cim17_facts.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_cim17_packages(cim17: Facts, origin: dict[str, Any]) -> None:
    name = {p.id: p.name for p in cim17.packages}
    for package in cim17.packages:
        parent = name[package.parent.value] if package.parent else ""
        assert parent == (origin["packages"][package.name]["parent"] or "")
    for class_ in cim17.classes:
        assert class_.package is not None
        (wanted,) = (
            origin[kind][class_.name]["package"]
            for kind in ("classes", "enumerations", "datatypes", "primitives")
            if class_.name in origin[kind]
        )
        assert name[class_.package.value] == wanted


def test_cim17_classes_and_attributes(cim17: Facts, origin: dict[str, Any]) -> None:
    name = {c.id: c.name for c in cim17.classes}
    checked = 0
    for class_ in cim17.classes:
        if class_.name not in origin["classes"]:
            continue
        wanted = origin["classes"][class_.name]
        assert class_.stereotypes == ((wanted["stereotype"],) if wanted["stereotype"] else ())
        assert class_.doc == wanted["doc"].replace("\r", "")
        assert [
            (m.name, name[m.type.value] if m.type else "", m.multiplicity, m.doc, m.position)
            for m in cim17.members
            if m.owner.value == class_.id
        ] == [
            (a["name"], a["type"], f"{a['lower']}..{a['upper']}", a["doc"].replace("\r", ""), i)
            for i, a in enumerate(wanted["attributes"])
        ]
        assert [
            name[c.target.element.value]
            for c in cim17.connectors
            if c.kind == "Generalization" and c.source.element.value == class_.id
        ] == wanted["supers"]
        checked += 1
    assert checked == 95


def test_cim17_literals(cim17: Facts, origin: dict[str, Any]) -> None:
    enumerations = [c for c in cim17.classes if c.name in origin["enumerations"]]
    assert len(enumerations) == 38
    for class_ in enumerations:
        assert class_.stereotypes == ("enumeration",)
        assert [(m.name, m.doc, m.stereotypes) for m in cim17.members if m.owner.value == class_.id] == [
            (each["name"], each["doc"].replace("\r", ""), ("enum",))
            for each in origin["enumerations"][class_.name]["literals"]
        ]


def test_cim17_datatypes(cim17: Facts, origin: dict[str, Any]) -> None:
    name = {c.id: c.name for c in cim17.classes}
    for class_ in cim17.classes:
        if class_.name in origin["datatypes"]:
            wanted = origin["datatypes"][class_.name]
            assert [
                (m.name, name[m.type.value] if m.type else "", m.default, m.is_constant)
                for m in cim17.members
                if m.owner.value == class_.id
            ] == [
                ("value", wanted["value"], None, False),
                ("unit", "UnitSymbol", wanted["unit"] or None, True),
                ("multiplier", "UnitMultiplier", wanted["multiplier"] or None, True),
            ]


def test_cim17_associations(cim17: Facts, origin: dict[str, Any]) -> None:
    name = {c.id: c.name for c in cim17.classes}
    wanted = {
        tuple(
            (e["class"], e["role"], e["mult"], e["doc"].replace("\r", ""), e["aggregate"])
            for e in (a["a"], a["b"])
        )
        for a in origin["associations"]
    }
    found = [
        tuple(
            (name[e.element.value], e.role, e.multiplicity, e.doc, e.aggregation == "shared")
            for e in (c.source, c.target)
        )
        for c in cim17.connectors
        if c.kind == "Association"
    ]
    assert len(found) == 66
    assert [f for f in found if f not in wanted] == []
