"""The XMI 2.x reader on real files, against counts and facts that it had no part in."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Ref
from cimforge.readers.ea import stereotypes
from cimforge.readers.identity import guid
from cimforge.readers.source import RawSource
from cimforge.readers.xmi2 import read_xmi2
from cimforge.readers.xml_stream import open_xml

AAS = "xmi2/aas/IDTA-01001-3-0-1.ea.xmi"
LUTAML = "xmi2/lutaml/ea-xmi-2.5.1.xmi"
EXPORT = "qea/real/test.xmi"
METERING = "synthetic/cim17_metering.xmi21.xmi"
FILES = (EXPORT, METERING, AAS, LUTAML)

OTHERWISE: dict[str, dict[str, int]] = {
    # The index counts every `packagedElement`. Three of AAS's classes are frames drawn on diagrams, which EA
    # writes as classes; its extension says `uml:Boundary`.
    AAS: {"classes": 45},
    # `Model` is the root node of the project. EA has no element for it, and other exports leave it out.
    EXPORT: {"packages": 2},
}

XMI = ("{http://schema.omg.org/spec/XMI/2.1}", "{http://www.omg.org/spec/XMI/20131001}")


@cache
def read(path: Path) -> tuple[Facts, Report]:
    report = Report()
    stream = open_xml(RawSource(path=path.name, data=path.read_bytes()), report)
    assert stream is not None
    facts = read_xmi2(stream.source, stream, report)
    assert facts is not None
    return facts, report


@cache
def plain(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()


def xmi(element: ElementTree.Element, name: str) -> str:
    return next((v for space in XMI if (v := element.get(space + name))), "")


def test_no_file_is_forgotten(corpus: Path) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    assert sorted(e["file"] for e in index if e["kind"] == "xmi2x") == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_counts_are_those_of_the_index(corpus: Path, file: str) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    (entry,) = (e for e in index if e["file"] == file)
    wanted = {k: v for k, v in entry["counts"].items() if k != "other"}
    other = {k.removeprefix("uml:"): v for k, v in entry["counts"]["other"].items()}
    facts, report = read(corpus / file)
    assert report.diagnostics == ()
    metaclass = {str(c.id): c.metaclass for c in facts.classes}
    owners = Counter(metaclass[m.owner.value] for m in facts.members)
    kinds = Counter(c.kind for c in facts.connectors)
    found = {
        "packages": len(facts.packages),
        "classes": Counter(metaclass.values())["Class"],
        "enums": Counter(metaclass.values())["Enumeration"],
        "attributes": owners["Class"],
        "literals": owners["Enumeration"],
        "associations": kinds["Association"],
        "generalizations": kinds["Generalization"],
    }
    assert found == wanted | OTHERWISE.get(file, {})
    notes = dict(facts.notes)
    counted = {k: Counter(metaclass.values())[k] or kinds[k] or notes.get(k, 0) for k in other}
    assert counted == other


@pytest.mark.parametrize("file", FILES)
def test_nothing_of_the_model_section_is_lost(corpus: Path, file: str) -> None:
    """Every identified element is stated, is part of one that is, or is counted."""
    facts, _ = read(corpus / file)
    (model,) = (e for e in plain(corpus / file) if e.tag.endswith("}Model"))
    kinds = Counter(
        xmi(e, "type").removeprefix("uml:") for e in model.iter() if xmi(e, "id") and e.tag[0] != "{"
    )
    stated = Counter(c.metaclass for c in facts.classes) + Counter(c.kind for c in facts.connectors)
    stated["Package"] = len(facts.packages)
    stated["EnumerationLiteral"] = kinds["EnumerationLiteral"]
    stated["Property"] = 2 * stated["Association"] + len(facts.members) - stated["EnumerationLiteral"]
    lost = kinds - stated - Counter(dict(facts.notes))
    values = {k for k in lost if k.startswith("Literal")} | {"OpaqueExpression"}
    shapes = {k for k in lost if k.startswith(("umldi:", "dc:"))}
    frames = {"Class": 3} if file == AAS else {"Package": 1} if file == EXPORT else {}
    assert {k: n for k, n in lost.items() if k not in values | shapes} == frames


@pytest.mark.parametrize("file", FILES)
def test_attributes_are_those_of_the_model_section(corpus: Path, file: str) -> None:
    facts, _ = read(corpus / file)
    root = plain(corpus / file)
    (model,) = (e for e in root if e.tag.endswith("}Model"))
    labels = {xmi(e, "id"): e.get("name") for e in root.iter("packagedElement")}
    records = {xmi(e, "idref"): e for e in root.iter("attribute")}
    wanted: dict[str, tuple[object, ...]] = {}
    for class_ in model.iter("packagedElement"):
        for attribute in class_.findall("ownedAttribute"):
            if attribute.get("association"):
                continue
            record = records[xmi(attribute, "id")]
            type_ = attribute.find("type")
            bounds = record.find("bounds")
            note = record.find("documentation")
            initial = record.find("initial")
            assert None not in (bounds, note, initial)
            wanted[guid(xmi(attribute, "id"))] = (
                class_.get("name"),
                attribute.get("name"),
                labels[xmi(type_, "idref")] if type_ is not None else None,
                "..".join(v for v in (bounds.get("lower"), bounds.get("upper")) if v),
                note.get("value") or "",
                initial.get("body"),
            )
    names = {str(c.id): c.name for c in facts.classes}

    def type_name(ref: Ref | None) -> str | None:
        return None if ref is None else names[ref.value] if ref.by == "id" else ref.value

    found = {
        str(m.id): (
            names[m.owner.value],
            m.name,
            type_name(m.type),
            m.multiplicity,
            m.doc,
            m.default,
        )
        for m in facts.members
        if str(m.id) in wanted
    }
    assert found == wanted


@pytest.mark.parametrize("file", FILES)
def test_connectors_are_those_of_the_extension(corpus: Path, file: str) -> None:
    """EA lists every connector twice: as UML, and with its own notion of source and target."""
    facts, _ = read(corpus / file)
    found = {str(c.id): c for c in facts.connectors}
    seen = set()
    for record in plain(corpus / file).iter("connector"):
        connector = found.get(guid(xmi(record, "idref")))
        if connector is None:
            continue
        seen.add(str(connector.id))
        sides = (("source", connector.source), ("target", connector.target))
        for side, end in sides:
            said = record.find(side)
            assert said is not None
            role, type_, modifiers = said.find("role"), said.find("type"), said.find("modifiers")
            assert None not in (role, type_, modifiers)
            assert end.element == Ref(by="id", value=guid(xmi(said, "idref")))
            assert end.role == role.get("name", "")
            if connector.kind == "Association":
                assert end.aggregation == type_.get("aggregation")
                assert end.navigable == (modifiers.get("isNavigable") == "true")
                assert end.multiplicity == type_.get("multiplicity", "")
    assert seen == set(found)


def test_an_export_says_what_the_project_says(corpus: Path) -> None:
    """``test.xmi`` is EA's export of ``test.qea``; its rows are read here by SQL alone."""
    facts, _ = read(corpus / EXPORT)
    project = sqlite3.connect(f"file:{corpus / 'qea/real/test.qea'}?mode=ro", uri=True)
    names = {str(c.id): c.name for c in facts.classes}
    marks: dict[str, tuple[str, ...]] = {
        guid(client): stereotypes(text)
        for client, text in project.execute(
            "select Client, Description from t_xref where Name = 'Stereotypes'"
        )
    }
    tags: dict[str, set[tuple[str, str]]] = {}
    for owner, tag, value in project.execute(
        "select o.ea_guid, p.Property, p.Value from t_objectproperties p join t_object o using (Object_ID)"
    ):
        tags.setdefault(guid(owner), set()).add((tag, value or ""))
    rows = {
        guid(id_): (name, note or "", marks.get(guid(id_), ()), tags.get(guid(id_), set()))
        for id_, name, note in project.execute("select ea_guid, Name, Note from t_object")
    }
    elements = (*facts.classes, *facts.packages)
    assert {str(e.id): (e.name, e.doc, e.stereotypes, set(e.tags)) for e in elements} == rows

    attributes = {
        guid(id_): (owner, name, lower, upper, type_ or "", note or "", position)
        for id_, owner, name, lower, upper, type_, note, position in project.execute(
            "select a.ea_guid, o.Name, a.Name, a.LowerBound, a.UpperBound, a.Type, a.Notes, a.Pos"
            " from t_attribute a join t_object o using (Object_ID)"
        )
    }
    assert {str(m.id) for m in facts.members} == set(attributes)
    for member in facts.members:
        owner, name, lower, upper, type_, note, position = attributes[str(member.id)]
        label = "" if member.type is None else member.type.value
        bounds = f"{lower}..{upper}" if lower else "1..1" if member.type else ""
        assert (member.name, member.doc, member.position) == (name, note, position)
        assert names[member.owner.value] == owner
        assert names.get(label, label) == type_
        if member.type:
            assert member.multiplicity == bounds

    ((source, source_role, source_card, target, target_role, target_card),) = project.execute(
        "select s.ea_guid, c.SourceRole, c.SourceCard, t.ea_guid, c.DestRole, c.DestCard from t_connector c"
        " join t_object s on s.Object_ID = c.Start_Object_ID join t_object t on t.Object_ID = c.End_Object_ID"
    )
    (connector,) = facts.connectors
    assert [(e.element.value, e.role, e.multiplicity) for e in (connector.source, connector.target)] == [
        (guid(source), source_role, source_card),
        (guid(target), target_role, target_card),
    ]
