"""Real files together: one model as UML and as RDFS, and whole releases with the policies that hold without settings.

The conflicts of the releases are counted a second time here, in the files themselves.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.facts import Location, SpaceFact
from cimforge.ir.model import Model
from cimforge.ir.policies import Difference
from cimforge.ir.value import replace
from cimforge.settings import Settings, for_inputs
from lxml import etree

CIM = "http://iec.ch/TC57/CIM100#"
EUROPEAN = "http://iec.ch/TC57/CIM100-European#"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
CIMS = "{http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#}"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def both(corpus: Path) -> Settings:
    """The core equipment profile twice, as UML and as RDFS, with the namespace of «European»."""
    paths = [
        corpus / "xmi11" / "cgmes-schema" / "CoreEquipment.xmi",
        corpus / "rdfs" / "cgmes-3.0.0" / "IEC61970-600-2_CGMES_3_0_0_RDFS2020_EQ.rdf",
    ]
    row = SpaceFact(stereotype="European", namespace=EUROPEAN, location=Location(file="cimforge.toml"))
    return replace(for_inputs(map(str, paths), out=Path("unused")), namespaces=(row,))


def test_uml_and_rdfs_of_one_profile_are_one_model(corpus: Path) -> None:
    """What they differ in has one cause: the export wrote one stereotype where the model has two."""
    settings = both(corpus)
    report = Report()
    found = pipeline.differences(settings, report) or ()
    assert {(d.name, d.field) for d in found} == {
        ("IdentifiedObject.energyIdentCodeEic", "stereotypes"),
        ("IdentifiedObject.shortName", "stereotypes"),
        ("SVCControlMode", "stereotypes"),
        ("OperationalLimitType.kind", "type"),  # LimitKind has lost «European», and so its namespace
    }
    assert [d.code for d in report.diagnostics if report.severity(d) == "error"] == ["CIM221"]

    together = pipeline.inspect(settings, Report(), "link")
    alone = pipeline.inspect(replace(settings, inputs=settings.inputs[1:]), Report(), "link")
    assert isinstance(together, Model)
    assert isinstance(alone, Model)
    uris = {c.meta.uri: c for c in together.classifiers}
    assert set(uris) - {c.meta.uri for c in alone.classifiers} == {f"{CIM}LimitKind"}
    both_state = [c for c in uris.values() if len(c.meta.profiles) == 2]
    assert len(both_state) == len(alone.classifiers) - 1
    assert all("#" not in c.id for c in both_state), "known by the GUID"


def multiplicities(files: list[Path]) -> set[str]:
    """URIs of properties that files give different bounds, read without our readers."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        root = etree.parse(file).getroot()
        for node in root.iter(f"{RDF}Description"):
            bounds = node.find(f"{CIMS}multiplicity")
            if bounds is not None:
                about = node.get(f"{RDF}about", "")
                uri = root.get(XML_BASE, "") + about if about.startswith("#") else about
                value = bounds.get(f"{RDF}resource", "").partition("#M:")[2]
                found[uri].add({"1": "1..1"}.get(value, value))
    return {uri for uri, values in found.items() if len(values) > 1}


@pytest.mark.parametrize("release", ["cgmes-2.4.15", "cgmes-3.0.0"])
def test_a_release_builds_with_the_policies_of_no_settings(corpus: Path, release: str) -> None:
    folder = corpus / "rdfs" / release
    report = Report()
    found = pipeline.differences(for_inputs([str(folder)], out=Path("unused")), report)
    assert found is not None
    assert not report.has_errors
    assert {d.uri for d in found if d.field == "multiplicity"} == multiplicities(sorted(folder.glob("*.rdf")))
    assert {d.field for d in found} <= {"multiplicity", "text", "abstractness"}
    for difference in found:
        if difference.field == "multiplicity":
            assert _holds_all(difference), difference.name


def _holds_all(difference: Difference) -> bool:
    """Whether what counts for the family allows every number that one of the profiles allows."""
    lowest, _, highest = difference.taken.partition("..")
    bounds = [s.value.partition("..") for s in difference.statements]
    return int(lowest) == min(int(b[0]) for b in bounds) and (
        highest == "*" or int(highest) == max(int(b[2]) for b in bounds)
    )


def test_five_profiles_as_uml(corpus: Path) -> None:
    """Each profile has copies of its classes with GUIDs of their own: they are one by URI."""
    report = Report()
    folder = corpus / "xmi11" / "cgmes-schema"
    settings = for_inputs([str(folder / "*.xmi")], out=Path("unused"))
    model = pipeline.inspect(settings, report, "link")
    assert isinstance(model, Model)
    assert not report.has_errors
    names = [c.meta.uri for c in model.classifiers]
    assert len(names) == len(set(names))
    (named,) = (c for c in model.classes if c.name == "IdentifiedObject")
    stating = [f for f in folder.glob("*.xmi") if b'<UML:Class name="IdentifiedObject"' in f.read_bytes()]
    assert len(named.meta.profiles) == len(stating) == 5
