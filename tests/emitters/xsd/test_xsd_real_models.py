"""Schemas of real releases: two processors read them, and they hold what the RDFS files state."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
import xmlschema
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs
from lxml import etree

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
NOT_CLASSES = {"Primitive", "CIMDatatype", "Compound", "enumeration"}
XS = "{http://www.w3.org/2001/XMLSchema}"


def emitted(folder: Path, out: Path, emit: str) -> dict[str, str]:
    """Every file of one emitter for the release in ``folder``, by path, written under ``out``."""
    report = Report()
    build = pipeline.compile_project(for_inputs([str(folder)], out=out, emit=(emit,)), report)
    assert build is not None, [d.message for d in report.diagnostics]
    for file in build.files:
        path = out / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return {f.path: f.text for f in build.files}


@pytest.mark.parametrize("release", ["cgmes-3.0.0", "cgmes-2.4.15"])
def test_two_processors_read_every_schema(corpus: Path, release: str, tmp_path: Path) -> None:
    found = emitted(corpus / "rdfs" / release, tmp_path, "xsd")
    assert len(found) == {"cgmes-3.0.0": 11, "cgmes-2.4.15": 8}[release]
    for name in found:
        etree.XMLSchema(etree.parse(str(tmp_path / name)))
        schema = xmlschema.XMLSchema(str(tmp_path / name))
        assert len(schema.elements) == 1


def stated(file: Path) -> tuple[str, dict[str, set[str]]]:
    """Keyword of the profile in ``file``, and for each class the local names that its data states."""
    stereotypes: dict[str, set[str]] = {}
    domains: dict[str, str] = {}
    used: dict[str, str] = {}
    is_class: set[str] = set()
    keyword = ""
    for quad in pyoxigraph.parse(
        path=str(file), format=pyoxigraph.RdfFormat.RDF_XML, base_iri="http://base/"
    ):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
        if predicate == CIMS + "stereotype":
            stereotypes.setdefault(subject, set()).add(re.split("#", value)[-1])
        elif predicate == RDFS + "domain":
            domains[subject] = value
        elif predicate == CIMS + "AssociationUsed":
            used[subject] = value
        elif predicate == "http://www.w3.org/ns/dcat#keyword":
            keyword = value
        elif value == RDFS + "Class":
            is_class.add(subject)
    content: dict[str, set[str]] = {
        c.rpartition("#")[2]: set() for c in is_class if not stereotypes.get(c, set()) & NOT_CLASSES
    }
    for member, owner in domains.items():
        name = owner.rpartition("#")[2]
        if name in content and used.get(member, "Yes") == "Yes":
            content[name].add(member.rpartition(".")[2])
    return keyword, content


def test_schemas_hold_the_classes_and_members_of_cgmes_3(corpus: Path, tmp_path: Path) -> None:
    folder = corpus / "rdfs" / "cgmes-3.0.0"
    found = emitted(folder, tmp_path, "xsd")
    members = 0
    for file in sorted(folder.glob("IEC*.rdf")):
        keyword, expected = stated(file)
        root = etree.fromstring(found[f"xsd/{keyword}.xsd"].encode())
        types = {t.get("name"): t for t in root.findall(f"{XS}complexType")}
        compounds = {k for k in types if k not in expected} - {keyword}
        assert set(types) - compounds - {keyword} == set(expected), keyword
        assert len(compounds) < 10
        for name, names in expected.items():
            elements = {e.get("name") for e in types[name].iter(f"{XS}element")}
            assert elements == names, (keyword, name)
            members += len(names)
    assert members > 2000
