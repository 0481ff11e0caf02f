"""One profile as XMI and as RDFS: the same model, or each difference with its cause in the files.

The XMI are Sparx EA exports ("4.1RR") of the CGMES profiles, the RDFS are ENTSO-E's own (CGMES 3.0).
What differs comes from four properties of the export:

1. It writes at most one stereotype per element, so where an element has two the second is lost: «deprecated»
   (three elements), and «European» on `LimitKind` and its literals.
2. It names no namespaces, so «European» elements stand in the default namespace (names are compared, not URIs).
3. It carries initial values of literals (their SI definitions), which RDFS2020 has no place for.
4. The RDFS writes no multiplicity or default differently; member order is the tool's in both and is not compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.model import Model
from cimforge.settings import for_inputs

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


def test_european_elements_have_no_namespace_of_their_own_in_the_xmi(corpus: Path) -> None:
    xmi = model_of(corpus / "xmi11" / "cgmes-schema" / "CoreEquipment.xmi")
    rdfs = model_of(corpus / "rdfs" / "cgmes-3.0.0" / "IEC61970-600-2_CGMES_3_0_0_RDFS2020_EQ.rdf")
    assert "CIM100-European" not in " ".join(c.meta.uri for c in xmi.classifiers), "cause 2"
    european = {c.name for c in rdfs.classifiers if "CIM100-European#" in c.meta.uri}
    assert "LimitKind" in european
    marked = {c.name for c in xmi.classifiers if "European" in c.meta.stereotypes}
    assert european - marked == {"LimitKind"}, "cause 1"


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
