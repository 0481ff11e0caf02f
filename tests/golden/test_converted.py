"""CIMTool's profiles as selections: the same profile, from what it presupposes and from the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.index import Index
from cimforge.ir.model import Model, Multiplicity
from cimforge.ir.profile import ProfileSpec, RootRule, Selection
from cimforge.ir.value import replace
from cimforge.migrate.convert import convert
from cimforge.migrate.shorten import completed
from cimforge.passes.normalize import normalize
from cimforge.passes.select import select
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource
from cimforge.settings import Settings
from cimforge.sources import read

PROFILES = [
    "golden/gmdm-1.3/Asset.owl",
    "golden/gmdm-1.3/MarketDER.owl",
    "golden/gmdm-1.3/MarketNode.owl",
    "golden/gmdm-1.3/UnbalancedConnectivity.owl",
    "golden/enddevicecontrols/EndDeviceControlsTestProfile.owl",
    "golden/enddevicecontrols/EndDeviceControlsTestProfile.xml",
    "golden/avro4cim/SecurityAnalysisResult.owl",
    "golden/es-cim/Maintenance_Orders/MaintenanceOrders.owl",
    "golden/es-cim/Radiation/RadiationMeasurements.owl",
    "owl/gmdm-1.3/CIM18Canonical.owl",
]


def opened(profile: Path, *models: Path) -> tuple[ProfileSpec, Index]:
    """A profile, and its information model: that of ``models``, or what the profile presupposes."""
    report = Report()
    settings = Settings(
        base=Path(), model=tuple(map(str, models)), profiles=(str(profile),), out=Path("generated")
    )
    sources = read(settings, report, lambda *_: None)
    assert sources is not None, [d.message for d in report.diagnostics]
    return sources.specs[0], Index(pipeline.information_model(settings, sources, report))


def root(selection: Selection) -> RootRule:
    bounds = Multiplicity(lower=0, upper=None)
    return RootRule(class_=selection.name, multiplicity=bounds, location=selection.location)


def selected(spec: ProfileSpec, base: Index) -> Model:
    return normalize(select(base, spec, Report()))


@pytest.mark.parametrize("is_whole", [False, True], ids=["presupposed", "whole"])
@pytest.mark.parametrize("name", PROFILES)
def test_the_selection_yields_the_same_profile(name: str, is_whole: bool, corpus: Path) -> None:
    spec, base = opened(corpus / name)
    report = Report()
    text = convert(spec, base, report, is_whole=is_whole)
    assert {d.code for d in report.diagnostics} <= {"CIM328", "CIM340", "CIM371"}
    assert text is not None
    assert is_whole == ("tightens = " not in text)
    if not spec.roots:
        assert [d.code for d in report.diagnostics] == ["CIM371"]
        first = next(s for s in spec.selections if s.literals is None and s.properties)
        spec = replace(spec, roots=(root(first),))
        text = re.sub(rf"^# ({first.name} = )", r"\1", text, flags=re.MULTILINE)
    again = read_selection(RawSource(path="x.toml", data=text.encode()), report)
    assert again is not None
    assert selected(again, base) == selected(completed(spec), base)
