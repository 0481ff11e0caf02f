"""One model as Sparx EA writes it in each of its formats: the same `Model`, whichever is read.

The files of one stem in ``synthetic`` hold the same facts. Nothing but `Model.sources` may differ: ids, URIs,
names, the order of members, texts, stereotypes, tags, bounds, defaults and inverses are all compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.model import Model
from cimforge.ir.value import replace
from cimforge.settings import for_inputs

METERING = ("xmi11.xmi", "xmi21.xmi", "qea")
CIM17 = ("xmi11.xmi", "xmi11rr.xmi", "xmi21.xmi", "qea")


def model_of(path: Path, errors: frozenset[str] = frozenset()) -> Model:
    """What ``path`` means; ``errors`` are the codes of what is wrong with the model itself."""
    report = Report()
    model = pipeline.inspect(for_inputs([str(path)], out=Path("unused")), report, "link")
    assert {d.code for d in report.diagnostics if report.severity(d) != "note"} == errors
    assert isinstance(model, Model)
    return replace(model, sources=())


@pytest.fixture(scope="module")
def metering(corpus: Path) -> Model:
    return model_of(corpus / "synthetic" / f"cim17_metering.{METERING[0]}")


@pytest.fixture(scope="module")
def whole(cim17: Path) -> Model:
    return model_of(cim17 / f"cim17.{CIM17[0]}")


@pytest.mark.parametrize("ending", METERING[1:])
def test_metering(corpus: Path, metering: Model, ending: str) -> None:
    assert pipeline.counts(metering)["enumerations"] == 38
    assert model_of(corpus / "synthetic" / f"cim17_metering.{ending}") == metering


@pytest.mark.parametrize("ending", CIM17[1:])
def test_the_whole_of_cim17(cim17: Path, whole: Model, ending: str) -> None:
    counted = pipeline.counts(whole)
    assert (counted["packages"], counted["enumerations"], counted["literals"]) == (62, 196, 1587)
    assert counted["association_ends"] == 2 * 562
    assert model_of(cim17 / f"cim17.{ending}") == whole


def test_a_project_and_its_own_export(corpus: Path) -> None:
    """What EA wrote itself. The model is no CIM: its types are names of another standard's (CIM203, CIM204)."""
    errors = frozenset({"CIM203", "CIM204", "CIM216"})
    project = model_of(corpus / "qea/real/test.qea", errors)
    export = model_of(corpus / "qea/real/test.xmi", errors)
    # The one difference: the row of `Union.option1` has no bounds, for which EA writes 1 and 1.
    (union,) = (c for c in export.classes if c.name == "Union")
    first, *others = union.attributes
    (other,) = (c.attributes[0] for c in project.classes if c.name == "Union")
    assert (first.multiplicity.lower, first.multiplicity.upper) == (1, 1)
    same = replace(
        first, multiplicity=other.multiplicity, meta=replace(first.meta, profiles=other.meta.profiles)
    )
    union = replace(union, attributes=(same, *others))
    assert replace(export, classes=tuple(union if c.id == union.id else c for c in export.classes)) == project


def test_a_difference_would_be_seen(metering: Model) -> None:
    first, *rest = metering.classes
    assert replace(metering, classes=(*rest, first)) != metering


UML = (
    '<uml:Model xmi:version="20131001" xmlns:xmi="http://www.omg.org/spec/XMI/20131001" '
    'xmlns:uml="http://www.eclipse.org/uml2/5.0.0/UML" xmi:id="_m" name="{name}">{inner}</uml:Model>'
)


def test_eclipse_models_that_refer_to_each_other(tmp_path: Path) -> None:
    """A reference into another file is relative to the file that makes it; both use the id ``_1``."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "common").mkdir()
    asset = (
        '<packagedElement xmi:type="uml:Class" xmi:id="_1" name="Asset">'
        '<generalization xmi:id="_2"><general xmi:type="uml:Class" href="../common/Core%201.uml#_1"/></generalization>'
        '<ownedAttribute xmi:id="_3" name="kind"><type xmi:type="uml:Enumeration" href="../common/Core%201.uml#_4"/>'
        "</ownedAttribute></packagedElement>"
    )
    core = (
        '<packagedElement xmi:type="uml:Class" xmi:id="_1" name="IdentifiedObject"/>'
        '<packagedElement xmi:type="uml:Enumeration" xmi:id="_4" name="Kind">'
        '<ownedLiteral xmi:id="_5" name="pole"/></packagedElement>'
    )
    (tmp_path / "assets" / "Assets.uml").write_text(UML.format(name="Assets", inner=asset))
    (tmp_path / "common" / "Core 1.uml").write_text(UML.format(name="Core", inner=core))
    model = model_of(tmp_path)
    by_name = {c.name: c for c in model.classes}
    (kind,) = model.enumerations
    assert by_name["Asset"].bases == (by_name["IdentifiedObject"].id,)
    assert by_name["Asset"].attributes[0].type == kind.id
    assert {p.keyword for p in model.profiles} == {"Assets", "Core"}
