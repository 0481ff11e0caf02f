"""Profiles of the corpus against the schemas that their publishers made of them with CIMTool.

Every difference has a cause that is stated here and counted, so that one more or one fewer is noticed.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.ir.value import replace
from cimforge.settings.model import for_inputs

from tests.golden.trees import Difference, Tree, differences, json_tree, xsd_tree

GENERIC = "http://iec.ch/TC57/CIM-generic#"
CIM17 = "synthetic/cim17_metering.xmi11.xmi"
CANONICAL = "owl/gmdm-1.3/CIM18Canonical.owl"
ANOTHER_RELEASE = ("FloatQuantity", "UnitMultiplier", "UnitSymbol", "PerCent", "Temperature")


@dataclass(frozen=True)
class Both:
    """Two schemas, and one thing that they do not share."""

    difference: Difference
    theirs: Tree
    ours: Tree
    is_json: bool
    is_cim17: bool

    def is_open(self, name: str) -> bool:
        """Whether ``name`` is an enumeration of theirs that ours does not know the literals of."""
        theirs, ours = self.theirs.types.get(name), self.ours.types.get(name)
        return bool(theirs and theirs.values) and (ours is None or not ours.values)


def _upper_bound(both: Both) -> bool:
    d = both.difference
    return d.kind == "bounds" and d.theirs[:-1] == d.ours[:-1] and d.theirs[-1] == "1" and d.ours[-1] == "*"


def _literals(both: Both) -> bool:
    d = both.difference
    return d.kind in ("values", "base") and both.is_open(d.where)


def _place_of_enumerations(both: Both) -> bool:
    """Enumerations of which only the model knows that they are some stand among the ends, not the attributes."""
    d = both.difference
    if d.kind != "order":
        return False
    members = both.theirs.types[d.where].members
    known = [m.name for m in members if not both.is_open(m.type)]
    return [n for n in d.ours.split() if n in known] == [n for n in d.theirs.split() if n in known]


def _simple_type(both: Both) -> bool:
    """The value type of a CIMDatatype, or the type of an attribute, taken as text."""
    d = both.difference
    if d.kind == "base":
        return d.ours == "xs:string" and d.theirs in ("xs:float", "xs:decimal", "xs:integer")
    return d.kind == "type" and d.ours in ("xs:string", "string") and d.theirs not in ("reference", "inline")


def _json_datatype(both: Both) -> bool:
    """CIMTool defines a CIMDatatype apart; our documents state its JSON type where it is used."""
    d = both.difference
    target = both.theirs.types.get(d.theirs if d.kind == "type" else d.where)
    is_simple = target is not None and target.values is None and len(target.members) <= 1
    return both.is_json and is_simple and (d.kind == "type" or (d.kind == "presence" and d.ours == "-"))


def _json_number(both: Both) -> bool:
    """Decimals are strings in our documents; so is what no model says the type of."""
    d = both.difference
    return both.is_json and d.kind == "type" and (d.theirs, d.ours) == ("number", "string")


def _unused(both: Both) -> bool:
    """CIMTool writes every named class of a profile; ours leaves out enumerations that nothing has."""
    d = both.difference
    is_used = any(m.type == d.where for t in both.theirs.types.values() for m in t.members)
    return d.kind == "presence" and d.ours == "-" and "values" in d.theirs and not is_used


def _no_root(both: Both) -> bool:
    """CIMTool writes no document element for a profile without roots; ours writes an empty one."""
    d = both.difference
    if both.is_json:
        return False
    return (d.kind == "roots" and d.theirs == "{}") or (
        d.kind == "presence" and d.theirs == "-" and d.ours == "empty" and not both.theirs.roots
    )


def _another_release(both: Both) -> bool:
    """The schema at hand is CIM17, where the published one had another type (and datatypes) for a member."""
    d = both.difference
    if not both.is_cim17:
        return False
    if d.kind == "order":
        moved = [n for n in d.theirs.split() if n != "priceSignal"]
        return moved == [n for n in d.ours.split() if n != "priceSignal"]
    return d.where in ANOTHER_RELEASE or d.theirs in ANOTHER_RELEASE or d.ours in ANOTHER_RELEASE


def _order_of_literals(both: Both) -> bool:
    """CIMTool sorts literals by name; ours keeps the model's order."""
    d = both.difference
    return d.kind == "values" and sorted(d.theirs.split()) == sorted(d.ours.split())


CAUSES: dict[str, Callable[[Both], bool]] = {
    "upper bound in the model only": _upper_bound,
    "literals in the model only": _literals,
    "place of an enumeration": _place_of_enumerations,
    "another release": _another_release,
    "numbers as text in JSON": _json_number,
    "type in the model only": _simple_type,
    "datatypes in JSON": _json_datatype,
    "unused enumeration": _unused,
    "no root": _no_root,
    "order of literals": _order_of_literals,
}


@dataclass(frozen=True)
class Pair:
    """A profile and what was published of it."""

    profile: str
    published: str
    counts: dict[str, int] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    """The information model, or what serves as one."""
    namespace: str = ""

    @property
    def id(self) -> str:
        beside = "".join(f"+{Path(b).stem.partition('.')[0]}" for b in self.beside)
        return f"{Path(self.profile).name}{beside}-{Path(self.published).name.partition('.')[2]}"


EDC = "golden/enddevicecontrols/EndDeviceControlsTestProfile"
EDC_OUT = "golden/enddevicecontrols/cimtool-out/EndDeviceControlsTestProfile"
GMDM = "golden/gmdm-1.3"
ES = "golden/es-cim"

PAIRS = (
    Pair(
        f"{EDC}.owl",
        f"{EDC_OUT}.xsd",
        counts={
            "literals in the model only": 2,
            "type in the model only": 5,
            "upper bound in the model only": 8,
        },
    ),
    Pair(
        f"{EDC}.owl",
        f"{EDC_OUT}.xsd",
        beside=(CIM17,),
        namespace=GENERIC,
        counts={"another release": 9, "order of literals": 1},
    ),
    Pair(f"{EDC}.xml", f"{EDC_OUT}.xsd", counts={}),
    Pair(
        f"{EDC}.xml",
        f"{EDC_OUT}.xsd",
        beside=(CIM17,),
        namespace=GENERIC,
        counts={"another release": 9, "order of literals": 1},
    ),
    Pair(
        f"{EDC}.owl",
        f"{EDC_OUT}.draft-07.schema.json",
        counts={
            "literals in the model only": 2,
            "numbers as text in JSON": 3,
            "type in the model only": 2,
            "upper bound in the model only": 10,
        },
    ),
    Pair(
        f"{EDC}.owl",
        f"{EDC_OUT}.draft-2020-12.schema.json",
        beside=(CIM17,),
        namespace=GENERIC,
        counts={"another release": 4, "order of literals": 1},
    ),
    Pair(f"{EDC}.xml", f"{EDC_OUT}.draft-07.schema.json", counts={}),
    Pair(f"{EDC}.xml", f"{EDC_OUT}.draft-2020-12.schema.json", counts={}),
    Pair(
        f"{ES}/Radiation/RadiationMeasurements.owl",
        f"{ES}/Radiation/REST-and-JSON/RadiationMeasurements.xsd",
        counts={
            "literals in the model only": 2,
            "place of an enumeration": 1,
            "type in the model only": 1,
            "upper bound in the model only": 7,
        },
    ),
    Pair(
        f"{ES}/Radiation/RadiationMeasurements.owl",
        f"{ES}/Radiation/REST-and-JSON/RadiationMeasurements.draft-07.schema.json",
        counts={
            "datatypes in JSON": 1,
            "literals in the model only": 2,
            "type in the model only": 1,
            "upper bound in the model only": 7,
        },
    ),
    Pair(
        f"{ES}/Maintenance_Orders/MaintenanceOrders.owl",
        f"{ES}/Maintenance_Orders/REST-and-JSON/MaintenanceOrders.xsd",
        counts={
            "literals in the model only": 38,
            "place of an enumeration": 13,
            "type in the model only": 1,
            "upper bound in the model only": 63,
        },
    ),
    Pair(
        f"{ES}/Maintenance_Orders/MaintenanceOrders.owl",
        f"{ES}/Maintenance_Orders/REST-and-JSON/MaintenanceOrders.draft-07.schema.json",
        counts={
            "datatypes in JSON": 1,
            "literals in the model only": 38,
            "numbers as text in JSON": 1,
            "type in the model only": 2,
            "upper bound in the model only": 63,
        },
    ),
    Pair(
        f"{GMDM}/Asset.owl",
        f"{GMDM}/Asset.xsd",
        counts={"type in the model only": 7, "unused enumeration": 1, "upper bound in the model only": 5},
    ),
    Pair(
        f"{GMDM}/Asset.owl",
        f"{GMDM}/Asset.xsd",
        beside=(CANONICAL,),
        counts={"type in the model only": 7, "unused enumeration": 1, "upper bound in the model only": 5},
    ),
    Pair(
        f"{GMDM}/MarketDER.owl",
        f"{GMDM}/MarketDER.xsd",
        counts={"literals in the model only": 2, "upper bound in the model only": 1},
    ),
    Pair(
        f"{GMDM}/MarketDER.owl",
        f"{GMDM}/MarketDER.xsd",
        beside=(CANONICAL,),
        counts={"upper bound in the model only": 1},
    ),
    Pair(
        f"{GMDM}/MarketDER.owl",
        f"{GMDM}/MarketDER.draft-07.schema.json",
        counts={
            "literals in the model only": 4,
            "numbers as text in JSON": 2,
            "upper bound in the model only": 2,
        },
    ),
    Pair(
        f"{GMDM}/MarketDER.owl",
        f"{GMDM}/MarketDER.draft-2020-12.schema.json",
        beside=(CANONICAL,),
        counts={"numbers as text in JSON": 2, "upper bound in the model only": 2},
    ),
    Pair(f"{GMDM}/MarketNode.owl", f"{GMDM}/MarketNode.xsd", counts={"no root": 2}),
    Pair(
        f"{GMDM}/UnbalancedConnectivity.owl",
        f"{GMDM}/UnbalancedConnectivity.xsd",
        counts={
            "literals in the model only": 2,
            "type in the model only": 1,
            "upper bound in the model only": 16,
        },
    ),
    Pair(
        f"{GMDM}/UnbalancedConnectivity.owl",
        f"{GMDM}/UnbalancedConnectivity.xsd",
        beside=(CANONICAL,),
        counts={"type in the model only": 1, "upper bound in the model only": 16},
    ),
)


@functools.cache
def built(inputs: tuple[str, ...], namespace: str) -> dict[str, bytes]:
    """Every file of a build, by path."""
    settings = for_inputs(inputs, out=Path("out"), emit=("xsd", "openapi"))
    if namespace:
        settings = replace(settings, namespace=namespace)
    report = Report()
    build = pipeline.compile_project(settings, report)
    assert build is not None, [d.message for d in report.diagnostics if report.severity(d) == "error"]
    return {f.path: f.data for f in build.files}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.id)
def test_differences_have_causes(pair: Pair, corpus: Path) -> None:
    inputs = tuple(str(corpus / path) for path in (pair.profile, *pair.beside))
    files = built(inputs, pair.namespace)
    published = (corpus / pair.published).read_bytes()
    name = Path(pair.published).name.partition(".")[0].removesuffix("TestProfile")
    where = ""
    if pair.published.endswith(".xsd"):
        theirs, ours = xsd_tree(published), xsd_tree(files[f"xsd/{name}.xsd"])
    else:
        where = "$defs" if "$defs" in json.loads(published) else "definitions"
        theirs = json_tree(published, (where,))
        ours = json_tree(files[f"openapi/{name}.json"], ("components", "schemas"))
    assert len(theirs.types) > 4, "the published schema was read"
    counts: Counter[str] = Counter()
    unexplained = []
    for difference in differences(theirs, ours):
        both = Both(difference, theirs, ours, where != "", bool(pair.namespace))
        cause = next((name for name, holds in CAUSES.items() if holds(both)), None)
        if cause is None:
            unexplained.append(str(difference))
        else:
            counts[cause] += 1
    assert unexplained == []
    assert dict(counts) == pair.counts
