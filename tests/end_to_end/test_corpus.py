"""Every model and profile of the corpus, read and linked by itself: what fails does so for what is in the file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.settings import for_inputs

KINDS = (
    *("golden-in", "golden-mid", "owl-profile", "owl-schema", "qea", "xmi2x"),
    *("rdfs-augmented", "rdfs-plain", "rdfs-shacl-ttl", "rdfs2020", "shacl"),
    *("xmi11-ea25", "xmi11-rose", "xmi11-rr"),
)

DEFECTIVE_FILES = {
    f"golden/enddevicecontrols/cimtool-out/EndDeviceControlsTestProfile.{kind}.rdfs"
    for kind in ("legacy-rdfs", "legacy-rdfs-augmented", "rdfs-2020")
}
DEFECTIVE = {"CIM133": 5}
"""These outputs give the URI `#` to elements of a choice, and two ranges to one property (see the corpus' README)."""

ERRORS = {
    # one literal of UnitSymbol carries the label and id of another
    "owl/statnett/Asset.rdf": {"CIM213": 1},
    "owl/statnett/Asset.ttl": {"CIM213": 1},
    # no CIM: types in words that ISO's own models define, and attributes that are typed by classes
    "qea/real/test.qea": {"CIM203": 12, "CIM204": 4},
    "qea/real/test.xmi": {"CIM203": 12, "CIM204": 4},
    "xmi2/aas/IDTA-01001-3-0-1.ea.xmi": {"CIM203": 1, "CIM204": 48, "CIM207": 1, "CIM215": 1},
    "xmi2/lutaml/ea-xmi-2.5.1.xmi": {"CIM203": 31, "CIM204": 1},
    # parts of larger models: superclasses and types were not exported, or were cut off
    "xmi11/other/ISO_19112_Edition_2.xml": {"CIM203": 25},
    "xmi11/rose/cim11v09_part.xmi": {"CIM203": 6},
    # primitives and units are used and not defined
    "golden/gmdm-1.3/Asset.rdfs-2020.rdfs": {"CIM203": 21},
    "golden/gmdm-1.3/UnbalancedConnectivity.rdfs-2020.rdfs": {"CIM203": 3},
    **dict.fromkeys(DEFECTIVE_FILES, DEFECTIVE),
}
"""Errors by code, of the files that have any."""


READ_ELSEWHERE = ("namespaces", "golden-out")
"""Tables of namespaces; what CIMTool makes of profiles, of which only RDFS is a model."""

NO_MODELS = ("facts", "instance", "message", "script", "xsd")


def test_every_kind_is_known(corpus: Path) -> None:
    kinds = {e["kind"] for e in json.loads((corpus / "index.json").read_text(encoding="utf-8"))}
    assert not {k for k in kinds if k not in (*KINDS, *READ_ELSEWHERE) and not k.startswith(NO_MODELS)}


def test_every_file_links_or_says_why_not(corpus: Path) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    files = [e["file"] for e in index if e["kind"] in KINDS]
    files += [e["file"] for e in index if e["kind"] == "golden-out" and e["file"].endswith(".rdfs")]
    found = {}
    empty = set()
    for file in files:
        report = Report()
        model = pipeline.inspect(for_inputs([str(corpus / file)], out=Path("unused")), report, "link")
        if model is None or not model.classes:
            empty.add(file)
        errors = Counter(d.code for d in report.diagnostics if report.severity(d) == "error")
        if errors:
            found[file] = errors
    assert found == ERRORS
    shapes = {e["file"] for e in index if e["kind"] in ("shacl", "rdfs-shacl-ttl")}
    assert empty == shapes | DEFECTIVE_FILES
