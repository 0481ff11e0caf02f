"""Facets together: joined, looser, contradicting; and a profile's with those of its model."""

from __future__ import annotations

from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facets import contradiction, joined, looser, stated
from cimforge.ir.index import Index
from cimforge.ir.model import NO_FACETS, Facets, Model
from cimforge.ir.value import replace
from cimforge.passes.select import select
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource

from tests.passes.test_link_cases import linked

CASES = Path(__file__).parent.parent / "cases" / "passes" / "select"


@pytest.mark.parametrize(
    ("wanted", "base", "found"),
    [
        (Facets(max_length="64"), Facets(max_length="32"), ("max_length",)),
        (Facets(max_length="32"), Facets(max_length="32"), ()),
        (Facets(max_length="9"), Facets(max_length="32"), ()),
        (Facets(max_length="12"), Facets(length="10"), ("max_length",)),
        (Facets(min_length="1"), Facets(min_length="2"), ("min_length",)),
        (Facets(length="5"), Facets(max_length="4"), ("length",)),
        (Facets(length="5"), Facets(length="4"), ("length",)),
        (Facets(length="5"), Facets(min_length="6"), ("length",)),
        (Facets(allowed=("a", "c")), Facets(allowed=("a", "b")), ("allowed",)),
        (Facets(allowed=("a",)), Facets(allowed=("a", "b")), ()),
        (Facets(min_inclusive="-1"), Facets(min_inclusive="0"), ("min_inclusive",)),
        (Facets(min_inclusive="0"), Facets(min_exclusive="0"), ("min_inclusive",)),
        (Facets(min_exclusive="0"), Facets(min_inclusive="0"), ()),
        (Facets(max_inclusive="10"), Facets(max_inclusive="9.5"), ("max_inclusive",)),
        (Facets(max_inclusive="10"), Facets(max_exclusive="10.0"), ("max_inclusive",)),
        (Facets(max_exclusive="2026-02-01"), Facets(max_inclusive="2026-01-31"), ("max_exclusive",)),
        (Facets(total_digits="4"), Facets(total_digits="3"), ("total_digits",)),
        (Facets(fraction_digits="2"), NO_FACETS, ()),
        (Facets(patterns=("b",)), Facets(patterns=("a",)), ()),
    ],
)
def test_what_allows_more_is_looser(wanted: Facets, base: Facets, found: tuple[str, ...]) -> None:
    assert looser(wanted, base) == found


def test_joined_facets_are_the_tighter_of_each() -> None:
    one = Facets(max_length="8", patterns=("a",), allowed=("x", "y"), min_inclusive="0", max_exclusive="9")
    other = Facets(
        max_length="10", min_length="1", patterns=("b", "a"), allowed=("z", "y"), min_exclusive="0"
    )
    assert joined(one, other) == Facets(
        max_length="8",
        min_length="1",
        patterns=("a", "b"),
        allowed=("y",),
        min_exclusive="0",
        max_exclusive="9",
    )
    assert joined(one, NO_FACETS) is one
    assert joined(NO_FACETS, other) is other
    assert joined(Facets(min_inclusive="1"), Facets(min_exclusive="0")) == Facets(min_inclusive="1")
    assert joined(Facets(max_inclusive="1"), Facets(max_exclusive="2")) == Facets(max_inclusive="1")


@pytest.mark.parametrize(
    ("facets", "problem"),
    [
        (Facets(min_length="3", max_length="2"), "min_length 3 and max_length 2"),
        (Facets(length="3", max_length="2"), "length 3 and max_length 2"),
        (Facets(min_length="3", max_length="3"), ""),
        (Facets(min_inclusive="1", max_exclusive="1.0"), "min_inclusive 1 and max_exclusive 1.0"),
        (Facets(min_inclusive="1", max_inclusive="1.0"), ""),
        (Facets(fraction_digits="3", total_digits="2"), "fraction_digits 3 and total_digits 2"),
        (Facets(patterns=("a", "b")), ""),
    ],
)
def test_contradictions(facets: Facets, problem: str) -> None:
    assert contradiction(facets) == problem


def test_facets_have_one_order() -> None:
    assert stated(Facets(max_length="1", length="1", patterns=("a",))) == ("length", "max_length", "patterns")


PROFILE = """\
[profile]
noun = "Assets"
namespace = "http://cimforge.example/2026/Assets#"
version = "1.0"
title = "Assets"
description = "Assets for a test."

[roots]
Asset = "1..1"

[classes.Asset]
mRID = {{ {mrid} }}
aV = {{ {volt} }}
"""


def selected(mrid: str, volt: str) -> tuple[Model, list[str]]:
    """The profile of a model whose mRID has at most 36 characters, as texts have 80, and volts at most 1000."""
    report = Report()
    model = linked([CASES / "model.ttl"], report)
    classes = [
        replace(
            c,
            attributes=tuple(
                replace(a, facets=Facets(max_length="36", patterns=("[^ ]+",))) if a.name == "mRID" else a
                for a in c.attributes
            ),
        )
        for c in model.classes
    ]
    primitives = [
        replace(p, facets=Facets(max_length="80")) if p.name == "String" else p for p in model.primitives
    ]
    datatypes = [replace(d, facets=Facets(max_inclusive="1000")) for d in model.datatypes]
    model = replace(model, classes=tuple(classes), primitives=tuple(primitives), datatypes=tuple(datatypes))
    text = PROFILE.format(mrid=mrid, volt=volt)
    spec = read_selection(RawSource(path="Assets.toml", data=text.encode()), report)
    assert spec is not None, [d.message for d in report.diagnostics]
    return select(Index(model), spec, report), [d.message for d in report.diagnostics]


def test_a_profile_adds_its_facets_to_those_of_the_model() -> None:
    model, messages = selected('length = 12, pattern = "[0-9]+"', "min_exclusive = 0")
    assert messages == []
    mrid, volt = model.classes[0].attributes
    assert mrid.facets == Facets(length="12", max_length="36", patterns=("[^ ]+", "[0-9]+"))
    assert volt.facets == Facets(min_exclusive="0")
    assert model.datatypes[0].facets == Facets(max_inclusive="1000")


@pytest.mark.parametrize(
    ("mrid", "volt", "message"),
    [
        (
            "max_length = 37",
            "order = 1",
            "Asset.mRID is bound tighter in the information model than by max_length 37",
        ),
        (
            "order = 1",
            "max_inclusive = 1001",
            "Asset.aV is bound tighter in the information model than by max_inclusive 1001",
        ),
        (
            "order = 1",
            "min_inclusive = 1001",
            "no value of Asset.aV holds to min_inclusive 1001 and max_inclusive 1000",
        ),
    ],
)
def test_a_profile_cannot_loosen_the_facets_of_the_model(mrid: str, volt: str, message: str) -> None:
    assert selected(mrid, volt)[1] == [message]
