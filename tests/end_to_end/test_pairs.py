"""One profile as XMI and as RDFS: the same model, or each difference with its cause in the files.

The XMI are Sparx EA exports ("4.1RR") of the CGMES profiles, the RDFS are ENTSO-E's own (CGMES 3.0).
What differs comes from four properties of the export:

1. It writes at most one stereotype per element, so where an element has two the second is lost: «deprecated»
   (three elements), and «European» on `LimitKind` and its literals.
2. It names no namespaces, so «European» elements stand in the default namespace, unless a table of namespaces
   says what the stereotype stands for; then the URIs are those of the RDFS.
3. It carries initial values of literals (their SI definitions), which RDFS2020 has no place for.
4. The RDFS writes no multiplicity or default differently; member order is the tool's in both and is not compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.facts import Location, SpaceFact
from cimforge.ir.model import Model
from cimforge.ir.value import replace
from cimforge.settings import for_inputs

EUROPEAN = "http://iec.ch/TC57/CIM100-European#"

PAIRS = {
    "Topology": "TP",
    "CoreEquipment": "EQ",
    "DiagramLayout": "DL",
    "GeographicalLocation": "GL",
}

DEPRECATED_LOST = {
    "Topology": {"IdentifiedObject.energyIdentCodeEic", "IdentifiedObject.shortName"},
    "CoreEquipment": {
        "IdentifiedObject.energyIdentCodeEic",
        "IdentifiedObject.shortName",
        "SVCControlMode",
    },
    "DiagramLayout": set(),
    "GeographicalLocation": set(),
}
"""Cause 1: both stereotypes are in the RDFS, one of them in the XMI."""


def model_of(path: Path) -> Model:
    report = Report()
    model = pipeline.inspect(for_inputs([str(path)], out=Path("unused")), report, "link")
    assert not report.has_errors, [d.message for d in report.diagnostics]
    assert isinstance(model, Model)
    return model


def meaning(model: Model) -> dict[str, Any]:
    """Everything that both formats can say, by name."""
    name = {c.id: c.name for c in model.classifiers}
    ends = {e.id: f"{c.name}.{e.name}" for c in model.classes for e in c.ends}
    found: dict[str, Any] = {}
    for c in model.classes:
        found[f"class {c.name}"] = (sorted(name[b] for b in c.bases), c.is_abstract)
        for e in c.ends:
            inverse = ends[e.inverse] if e.inverse else None
            found[f"end {c.name}.{e.name}"] = (
                name[e.type],
                str(e.multiplicity),
                inverse,
                e.navigable,
                e.aggregation,
            )
    for c in (*model.classes, *model.compounds, *model.datatypes):
        for a in c.attributes:
            found[f"attribute {c.name}.{a.name}"] = (
                name[a.type],
                str(a.multiplicity),
                a.default if a.is_fixed else None,
            )
    for enumeration in model.enumerations:
        found[f"enumeration {enumeration.name}"] = sorted(v.name for v in enumeration.literals)
    for d in model.datatypes:
        found[f"datatype {d.name}"] = (name[d.value], d.unit, d.multiplier)
    for kind in ("compounds", "primitives"):
        found[kind] = sorted(c.name for c in getattr(model, kind))
    return found


def deprecated(model: Model) -> set[str]:
    found = {c.name for c in model.classifiers if c.meta.deprecated}
    owners = (*model.classes, *model.compounds, *model.datatypes)
    return found | {f"{c.name}.{a.name}" for c in owners for a in c.attributes if a.meta.deprecated}


@pytest.mark.parametrize("stem", PAIRS)
def test_xmi_and_rdfs_of_one_profile_mean_the_same(corpus: Path, stem: str) -> None:
    xmi = model_of(corpus / "xmi11" / "cgmes-schema" / f"{stem}.xmi")
    name = f"IEC61970-600-2_CGMES_3_0_0_RDFS2020_{PAIRS[stem]}.rdf"
    rdfs = model_of(corpus / "rdfs" / "cgmes-3.0.0" / name)
    assert meaning(xmi) == meaning(rdfs)
    assert deprecated(rdfs) - deprecated(xmi) == DEPRECATED_LOST[stem]
    assert deprecated(xmi) <= deprecated(rdfs)
    (one,), (other,) = xmi.profiles, rdfs.profiles
    assert (one.keyword, one.uri, one.version, one.title) == (
        other.keyword,
        other.uri,
        other.version,
        other.title,
    )
    assert any(v.value for e in xmi.enumerations for v in e.literals) == (
        stem in ("CoreEquipment", "DiagramLayout")
    )
    assert not any(v.value for e in rdfs.enumerations for v in e.literals), "cause 3"


def with_namespaces(path: Path) -> Model:
    """The model with CIMTool's table of namespaces for it, of which «European» is a row."""
    row = SpaceFact(stereotype="european", namespace=EUROPEAN, location=Location(file="cimforge.toml"))
    settings = replace(for_inputs([str(path)], out=Path("unused")), namespaces=(row,))
    model = pipeline.inspect(settings, Report(), "link")
    assert isinstance(model, Model)
    return model


def uris(model: Model) -> dict[str, str]:
    """URI of every element by its name, ``Class.member`` for a member."""
    found = {c.name: c.meta.uri for c in model.classifiers}
    for c in model.classifiers:
        for kind in ("attributes", "ends", "literals"):
            found |= {f"{c.name}.{m.name}": m.meta.uri for m in getattr(c, kind, ())}
    return found


@pytest.mark.parametrize("stem", PAIRS)
def test_xmi_with_a_table_of_namespaces_has_the_uris_of_the_rdfs(corpus: Path, stem: str) -> None:
    path = corpus / "xmi11" / "cgmes-schema" / f"{stem}.xmi"
    rdfs = uris(
        model_of(corpus / "rdfs" / "cgmes-3.0.0" / f"IEC61970-600-2_CGMES_3_0_0_RDFS2020_{PAIRS[stem]}.rdf")
    )
    assert not [u for u in uris(model_of(path)).values() if u.startswith(EUROPEAN)], "cause 2"
    xmi = uris(with_namespaces(path))
    differing = {name for name in rdfs if xmi[name] != rdfs[name]}
    assert differing == {n for n in rdfs if n.split(".")[0] == "LimitKind"}, "cause 1"
    assert any(u.startswith(EUROPEAN) for u in xmi.values()) == (stem in ("Topology", "CoreEquipment"))
    assert all(rdfs[n].startswith(EUROPEAN) for n in differing)


@pytest.mark.parametrize("stem", [*PAIRS, "SimulationSettings"])
def test_xmi_and_the_publisher_s_turtle(corpus: Path, stem: str) -> None:
    """The publisher's own Turtle flattens types to XSD's and names no bounds: classes and members still agree.

    It leaves out enumerations, primitives and datatypes (and the attributes of these), and the stereotypes, so
    that its compounds read as classes.
    """
    xmi = model_of(corpus / "xmi11" / "cgmes-schema" / f"{stem}.xmi")
    turtle = model_of(corpus / "xmi11" / "cgmes-schema" / f"{stem}.ttl")
    compounds = {c.name: c for c in xmi.compounds}
    assert {c.name for c in turtle.classes} == {c.name for c in xmi.classes} | set(compounds)
    name = {c.id: c.name for c in xmi.classifiers}
    bases = {c.name: sorted(name[b] for b in c.bases) for c in xmi.classes}
    turtle_name = {c.id: c.name for c in turtle.classifiers}
    for c in turtle.classes:
        assert sorted(turtle_name[b] for b in c.bases) == bases.get(c.name, []), c.name
    members = {f"{c.name}.{a.name}" for c in (*xmi.classes, *xmi.compounds) for a in c.attributes}
    members |= {f"{c.name}.{e.name}" for c in xmi.classes for e in c.ends}
    stated = {f"{c.name}.{a.name}" for c in turtle.classes for a in c.attributes}
    stated |= {f"{c.name}.{e.name}" for c in turtle.classes for e in c.ends}
    assert stated == members
