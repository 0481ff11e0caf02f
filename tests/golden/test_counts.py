"""What is read of every CIMTool profile of the corpus, counted against the corpus's own table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.profile import ProfileFile
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

VOCABULARY = {
    "golden/enddevicecontrols/EndDeviceControlsTestProfile.owl": 2,  # owl:Thing, msg:Message
    "owl/cimtool/cpsm2007.owl": 0,
}
"""Classes that a file declares and that are no profile classes: ``owl:Thing``, where not said otherwise."""

UNUSED = {
    # The table counts every owl:onProperty; these stand on nodes that nothing leads to any more,
    "golden/enddevicecontrols/EndDeviceControlsTestProfile.owl": 9,  # 3 of them on a union in a datatype
    "golden/gmdm-1.3/Asset.owl": 1,
    "golden/gmdm-1.3/MarketDER.owl": 3,
    "golden/gmdm-1.3/UnbalancedConnectivity.owl": 7,
    # or are bounds of members that the profile does not have (CIM360).
    "owl/gmdm-1.3/CIM18Canonical.owl": 2,
}
PROFILES = (
    "golden/avro4cim/SecurityAnalysisResult.owl",
    "golden/enddevicecontrols/EndDeviceControlsTestProfile.owl",
    "golden/es-cim/Maintenance_Orders/MaintenanceOrders.owl",
    "golden/es-cim/Radiation/RadiationMeasurements.owl",
    "golden/gmdm-1.3/Asset.owl",
    "golden/gmdm-1.3/MarketDER.owl",
    "golden/gmdm-1.3/MarketNode.owl",
    "golden/gmdm-1.3/UnbalancedConnectivity.owl",
    "owl/cimtool/SampleProfile.owl",
    "owl/cimtool/cpsm2007.owl",
    "owl/gmdm-1.3/CIM18Canonical.owl",
)


@pytest.mark.parametrize("path", PROFILES, ids=lambda p: Path(p).stem)
def test_classes_and_members(path: str, corpus: Path) -> None:
    table = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    rows = table if isinstance(table, list) else table["files"]
    [counts] = [row["counts"] for row in rows if row["file"] == path]
    report = Report()
    found = read_source(RawSource(path=path, data=(corpus / path).read_bytes()), report)
    assert isinstance(found, ProfileFile)
    assert not report.has_errors
    named = [s for s in found.spec.selections if not s.is_anonymous]
    assert len(named) == counts["classes"] - VOCABULARY.get(path, 1)
    used = {rule.property for s in found.spec.selections for rule in s.properties}
    assert len(used) == counts["properties_used"] - UNUSED.get(path, 0)
    roots = counts["stereotypes"].get("concrete", 0)
    assert len(found.spec.roots) == roots
