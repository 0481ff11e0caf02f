"""One profile as CIMTool's OWL and as the Catalog that CIMTool made of it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.model import Model
from cimforge.ir.value import replace
from cimforge.settings.model import for_inputs

from tests.outline import outline

PROFILE = "golden/enddevicecontrols/EndDeviceControlsTestProfile"
DIFFERENCES = (
    Path(__file__).resolve().parent.parent / "cases" / "golden" / "owl-and-catalog" / "differences.txt"
)


def selected(*inputs: Path) -> Model:
    """The profile, linked; where the files stand is left out."""
    settings = for_inputs([str(i) for i in inputs], out=Path("out"))
    settings = replace(settings, namespace="http://iec.ch/TC57/CIM-generic#")
    report = Report()
    [model] = pipeline.inspect(settings, report, "select").values()
    assert not report.has_errors
    return replace(model, sources=())


def test_with_the_information_model_they_are_one(corpus: Path) -> None:
    model = corpus / "synthetic" / "cim17_metering.xmi11.xmi"
    owl = selected(corpus / f"{PROFILE}.owl", model)
    catalog = selected(corpus / f"{PROFILE}.xml", model)
    assert len(owl.classes) > 10
    assert owl == catalog


def test_without_it_the_catalog_knows_what_it_took_from_the_model(
    corpus: Path, expect: Callable[[Path, str], None]
) -> None:
    """The OWL lacks, and the file says so line by line:

    - upper bounds of ends (``0..*`` for ``0..1``), for OWL says only what the profile adds;
    - the types of three attributes, whose ``rdfs:Datatype`` has no ``owl:equivalentClass``;
    - the value types of PerCent and Temperature;
    - that ControlledAppliance, DateTimeInterval and EndDeviceTiming are compounds, and
      TransmissionModeKind an enumeration, for the profile gives them no stereotype; and so its literals.
    """
    owl = outline(selected(corpus / f"{PROFILE}.owl")).splitlines()
    catalog = outline(selected(corpus / f"{PROFILE}.xml")).splitlines()
    difference = unified_diff(owl, catalog, "owl", "catalog", lineterm="", n=0)
    lines = [line for line in difference if not line.startswith("@@")]
    expect(DIFFERENCES, "".join(f"{line}\n" for line in lines))
