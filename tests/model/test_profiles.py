"""The default profiles fit the default model: checked on the TOML and the RDF graph, without our readers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDFS

from tests.model.conftest import CIM, CIMS, local

INPUT_MODELS = Path(__file__).resolve().parents[2] / "input_models"
PROFILES = sorted(p.relative_to(INPUT_MODELS).as_posix() for p in INPUT_MODELS.glob("profiles/*/*.toml"))
EXTENSIONS = sorted(p.relative_to(INPUT_MODELS).as_posix() for p in INPUT_MODELS.glob("extensions/*/*.toml"))
NAMESPACES = (CIM, "http://cimforge.example/model#")

REQUESTS = {"create", "change", "cancel", "close", "delete", "execute", "get"}
EVENTS = {"created", "changed", "canceled", "closed", "deleted", "executed"}
NOUNS = {
    "AM": {"AssetList"},
    "CM": {"CustomerAgreementConfig"},
    "CO": {"ComplianceEvents"},
    "EDM": {"Designs"},
    "EDO": {"EndDeviceControls", "EndDeviceEvents", "MeterReadings"},
    "ES": {"TrainingScenarios"},
    "FM": {"UnplannedOutages"},
    "MO": {"Bids"},
    "MS": {"Settlements"},
    "NMM": {"TopologyDataset"},
    "NO": {"PlannedOutages"},
    "POP": {"DERGroupForecasts"},
    "RMO": {"MasterDataLinkageConfig"},
    "SDP": {"Projects"},
    "WM": {"WorkRequests"},
}


def document(path: str) -> dict[str, Any]:
    return tomllib.loads((INPUT_MODELS / path).read_text("utf-8"))


class Walk:
    """Classes and members by name, with a walk up the superclasses."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self._graph = graph

    def class_(self, name: str) -> rdflib.URIRef:
        found = [rdflib.URIRef(n + name) for n in NAMESPACES]
        found = [c for c in found if (c, None, RDFS.Class) in self._graph]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    def ancestors(self, class_: rdflib.URIRef) -> Iterator[rdflib.URIRef]:
        here: Any = class_
        while here is not None:
            yield here
            here = self._graph.value(here, RDFS.subClassOf)

    def member(self, class_: str, name: str) -> rdflib.URIRef:
        found = [
            member
            for owner in self.ancestors(self.class_(class_))
            for member in self._graph.subjects(RDFS.domain, owner)
            if local(member).rpartition(".")[2] == name and str(member).startswith(NAMESPACES)
        ]
        assert len(found) == 1, f"{class_}.{name}: {found}"
        return found[0]  # type: ignore[return-value]

    def bounds(self, member: rdflib.URIRef) -> tuple[int, float]:
        return bounds(
            local(self._graph.value(member, rdflib.URIRef(CIMS + "multiplicity"))).removeprefix("M:")
        )

    def target(self, member: rdflib.URIRef) -> rdflib.URIRef | None:
        """The class that an end leads to; None for an attribute."""
        if (member, rdflib.URIRef(CIMS + "inverseRoleName"), None) not in self._graph:
            return None
        return self._graph.value(member, RDFS.range)  # type: ignore[return-value]


def bounds(text: str) -> tuple[int, float]:
    lower, _, upper = text.partition("..")
    return int(lower), float("inf") if upper in ("*", "n") else int(upper)


def stated(value: object) -> str | None:
    return value.get("multiplicity") if isinstance(value, dict) else value if isinstance(value, str) else None


@pytest.fixture(scope="module")
def walk(model_graph: rdflib.Graph) -> Walk:
    return Walk(model_graph)


def test_every_group_has_its_nouns() -> None:
    found: dict[str, set[str]] = {}
    for path in PROFILES:
        profile = document(path)["profile"]
        assert path == f"profiles/{profile['group']}/{profile['noun']}.toml"
        found.setdefault(profile["group"], set()).add(profile["noun"])
    assert found == NOUNS


@pytest.mark.parametrize("path", PROFILES)
def test_the_header_is_ours_and_legal(path: str) -> None:
    profile = document(path)["profile"]
    assert profile["namespace"] == f"http://cimforge.example/2026/{profile['noun']}#"
    assert profile["authority"] == "project"
    assert profile["confidence"] in {"verified", "secondary", "knowledge", "inferred"}
    assert profile["title"]
    assert len(profile["description"]) > 40
    assert set(profile["requests"]) <= REQUESTS
    assert set(profile["events"]) <= EVENTS
    assert profile["requests"]
    assert profile["events"]


@pytest.mark.parametrize("group", ["CO", "EDM", "ES", "MO", "MS", "NMM", "SDP"])
def test_what_is_inferred_says_so(group: str) -> None:
    for noun in NOUNS[group]:
        assert document(f"profiles/{group}/{noun}.toml")["profile"]["confidence"] == "inferred"


@pytest.mark.parametrize("path", PROFILES)
def test_classes_members_and_bounds_fit_the_model(path: str, walk: Walk) -> None:
    toml = document(path)
    if toml["profile"].get("kind") == "dataset":
        assert (INPUT_MODELS / path).with_name(toml["profile"]["source"]).is_file()
        assert set(toml) == {"profile"}
        return
    assert toml["roots"]
    assert set(toml["roots"]) <= set(toml["classes"])
    assert toml["profile"]["noun"] not in toml["classes"]
    reached = {str(walk.class_(c)) for c in toml["roots"]}
    for class_, members in toml["classes"].items():
        for name, value in members.items():
            member = walk.member(class_, name)
            target = walk.target(member)
            text = stated(value)
            if text:
                lower, upper = bounds(text)
                base_lower, base_upper = walk.bounds(member)
                assert base_lower <= lower <= upper <= base_upper, f"{class_}.{name}"
            if isinstance(value, dict) and "by" in value:
                assert target is not None, f"{class_}.{name} is an attribute"
                selected = {str(walk.class_(c)) for c in toml["classes"]}
                if value["by"] == "value":
                    assert str(target) in selected, f"{class_}.{name} leads to {local(target)}"
            if target is not None:
                reached.add(str(target))
    for class_ in toml["classes"]:
        above = {str(c) for c in walk.ancestors(walk.class_(class_))}
        assert above & reached, f"{class_} is selected, but nothing leads there"


def test_payload_shape_of_work_requests() -> None:
    # The shape that a public reference implementation of IEC 61968-6 has (WorkRequests, 2015).
    classes = document("profiles/WM/WorkRequests.toml")["classes"]
    assert {"mRID", "Names", "Organisation", "Works"} == set(classes["WorkRequest"])
    assert {"mRID", "kind", "lastModifiedDateTime", "requestDateTime", "statusKind", "Names", "priority"} | {
        "TimeSchedules",
        "WorkLocation",
        "WorkTasks",
    } <= set(classes["Work"])
    assert classes["Work"]["kind"] == classes["Work"]["statusKind"] == "1..1"


def test_payload_shape_of_der_group_forecasts() -> None:
    # DERGroupForecast/EndDeviceGroup/DERMonitorableParameter/DispatchSchedule/DERCurveData (IEC 61968-5).
    classes = document("profiles/POP/DERGroupForecasts.toml")["classes"]
    chain = (
        "DERGroupForecast",
        "EndDeviceGroup",
        "DERMonitorableParameter",
        "DispatchSchedule",
        "DERCurveData",
    )
    for owner, member in pairwise(chain):
        assert stated(classes[owner][member]) == "1..*"


def test_the_reading_type_of_a_reading_is_a_reference() -> None:
    classes = document("profiles/EDO/MeterReadings.toml")["classes"]
    assert classes["Reading"]["ReadingType"]["by"] == "reference"
    assert classes["IntervalBlock"]["ReadingType"]["by"] == "reference"
    assert {"Meter", "UsagePoint", "valuesInterval", "IntervalBlocks", "Readings"} <= set(
        classes["MeterReading"]
    )


@pytest.mark.parametrize("path", EXTENSIONS)
def test_a_variant_adds_optional_members_of_its_own_namespace(path: str, model_graph: rdflib.Graph) -> None:
    toml = document(path)
    base = ((INPUT_MODELS / path).parent / toml["profile"]["extends"]).resolve()
    assert base.relative_to(INPUT_MODELS).as_posix() in PROFILES
    standard = document(base.relative_to(INPUT_MODELS).as_posix())
    extension = toml["extension"]
    assert extension["namespace"] == "http://acme.example/cim-ext#"
    for class_, members in toml["classes"].items():
        assert class_ in standard["classes"]
        for name, value in members.items():
            prefix, _, plain = name.partition(":")
            assert prefix == extension["prefix"]
            assert bounds(value)[0] == 0
            member = rdflib.URIRef(f"{extension['namespace']}{class_}.{plain}")
            assert str(model_graph.value(member, RDFS.domain)) == CIM + class_
    for enumeration in model_graph.subjects(
        rdflib.URIRef(CIMS + "stereotype"), rdflib.URIRef("http://iec.ch/TC57/NonStandard/UML#enumeration")
    ):
        if str(enumeration).startswith(extension["namespace"]):
            assert str(enumeration).endswith("Kind")


def test_the_topology_dataset_uses_what_the_model_knows(
    topology_graph: rdflib.Graph, model_graph: rdflib.Graph
) -> None:
    for member in topology_graph.subjects(rdflib.URIRef(CIMS + "inverseRoleName")):
        assert (member, RDFS.range, topology_graph.value(member, RDFS.range)) in model_graph, member


def test_the_topology_dataset_agrees_with_the_published_profile(
    corpus: Path, topology_graph: rdflib.Graph
) -> None:
    """Ends that both have lead to the same class, are written on the same side, with the same bounds.

    One differs: the profile of CGMES 3.0 asks for a terminal at each node, the CIM and ours do not.
    """
    published = rdflib.Graph().parse(next((corpus / "rdfs" / "cgmes-3.0.0").glob("*_TP.rdf")))
    used, inverse = rdflib.URIRef(CIMS + "AssociationUsed"), rdflib.URIRef(CIMS + "inverseRoleName")
    shared = [m for m in topology_graph.subjects(inverse) if (m, inverse, None) in published]
    assert len(shared) == 8
    different = {}
    for member in shared:
        assert topology_graph.value(member, RDFS.range) == published.value(member, RDFS.range)
        assert str(topology_graph.value(member, used)) == str(published.value(member, used)), member
        text = local(published.value(member, rdflib.URIRef(CIMS + "multiplicity"))).removeprefix("M:")
        theirs = bounds(text if ".." in text else f"{text}..{text}")
        if Walk(topology_graph).bounds(member) != theirs:  # type: ignore[arg-type]
            different[local(member)] = text
    assert different == {"TopologicalNode.Terminal": "1..n"}
