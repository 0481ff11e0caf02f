"""Counts of every RDFS file of the corpus against those of its index.

Left out are the three of golden/enddevicecontrols, which are defective: their properties have no domain, so
most belong to no class (CIM136). OWL is counted in test_owl, shapes in test_shacl.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from cimforge.ir.facts import Facts

from tests.readers.rdf_files import read_file

KINDS = ("rdfs2020", "rdfs-augmented", "rdfs-plain")

DATATYPES = {"xmi11/cgmes-schema/CoreEquipment.ttl": 1, "xmi11/cgmes-schema/SimulationSettings.ttl": 3}
"""The index counts rdfs:Class in plain vocabularies; these have so many rdfs:Datatype, too."""

STEREOTYPES_UNCOUNTED = {"rdfs/statnett/Assets.ttl"}
"""The index does not count ``cims:stereotype`` in Turtle."""


def counts(facts: Facts) -> dict[str, int]:
    """By the rules of the index: enumerations are no classes, an association is two properties."""
    enums = [c for c in facts.classes if any(s.casefold() == "enumeration" for s in c.stereotypes)]
    ends = [m for m in facts.members if m.inverse]
    literals = [m for m in facts.members if not (m.type or m.range or m.multiplicity or m.is_constant)]
    return {
        "packages": len(facts.packages),
        "classes": len(facts.classes) - len(enums),
        "enums": len(enums),
        "attributes": len(facts.members) - len(ends) - len(literals),
        "literals": len(literals),
        "associations": len(ends) // 2,
    }


def test_counts_are_those_of_the_index(corpus: Path) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    files = [e for e in index if e["kind"] in KINDS or e["file"].startswith("golden/gmdm-1.3/")]
    files = [e for e in files if e["file"].endswith((".rdf", ".rdfs", ".ttl"))]
    assert len(files) == 29
    for entry in files:
        name, wanted = entry["file"], entry["counts"]
        facts, _ = read_file(corpus / name)
        assert isinstance(facts, Facts), name
        found = counts(facts)
        if "properties" in wanted:
            # Turtle: the index counts rdfs:Class or owl:Class, and OWL's properties.
            assert found["classes"] + found["enums"] == wanted["classes"] + DATATYPES.get(name, 0), name
            if wanted["properties"]:
                assert found["attributes"] + 2 * found["associations"] == wanted["properties"], name
        else:
            assert found == {kind: wanted[kind] for kind in found}, name
        if name not in STEREOTYPES_UNCOUNTED:
            marks = Counter(
                s for f in (*facts.packages, *facts.classes, *facts.members) for s in f.stereotypes
            )
            assert marks == wanted["stereotypes"], name
