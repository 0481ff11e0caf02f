"""The registry of IRM groups against the contents of IEC 61968-1:2020; verbs and errors of IEC 61968-100."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

from cimforge.ir.service import EventVerb, GroupCode, RequestVerb
from cimforge.irm import (
    ERROR_CODES,
    ERROR_TEXT_BY_CODE,
    EVENT_BY_REQUEST,
    PAIRINGS,
    group,
    groups,
)
from cimforge.irm.errors import CATEGORIES

CONTENTS = """
4.3.2 AM Asset Management
4.3.3 CM Customer Management
4.3.4 ES Emergency Simulation
4.3.5 EDO End Device Operation
4.3.6 EDM Engineering Design Management
4.3.7 FM Fault Management
4.3.8 CO Compliance Management
4.3.9 MO Market Operation
4.3.10 MS Market Settlement
4.3.11 NMM Network Model Management
4.3.12 NO Network Operation
4.3.13 POP Predictive Operation Planning
4.3.14 RMO Retail Market Operation
4.3.15 SDP System Development Planning
4.3.16 WM Work Management
4.3.17 EXT External to IEC
"""


def test_groups_are_those_of_the_standard_in_clause_order() -> None:
    assert [f"{g.clause} {g.code} {g.name}" for g in groups()] == CONTENTS.strip().splitlines()
    assert tuple(g.code for g in groups()) == get_args(GroupCode)


def test_ext_alone_has_no_interface() -> None:
    assert [g.code for g in groups() if not g.has_interface] == ["EXT"]
    boundary = group("EXT")
    assert boundary is not None
    assert boundary.nouns == ()
    assert boundary.authority == "external"


def test_nothing_of_ours_claims_to_be_published() -> None:
    assert {g.authority for g in groups() if g.has_interface} == {"project"}


def test_nouns_are_those_of_the_default_profiles(root: Path) -> None:
    found: dict[str, list[str]] = {}
    confidences: dict[str, set[str]] = {}
    for path in sorted((root / "input_models" / "profiles").glob("*/*.toml")):
        profile = tomllib.loads(path.read_text("utf-8"))["profile"]
        found.setdefault(profile["group"], []).append(profile["noun"])
        confidences.setdefault(profile["group"], set()).add(profile["confidence"])
    assert {g.code: list(g.nouns) for g in groups() if g.has_interface} == found
    assert {g.code: {g.confidence} for g in groups() if g.has_interface} == confidences


def test_every_group_says_what_it_does() -> None:
    for entry in groups():
        assert entry.functions
        assert len(set(entry.functions)) == len(entry.functions)
        assert entry.doc.endswith(".")
    assert group("ABC") is None


def test_verbs_are_the_fourteen_of_edition_one() -> None:
    used = [verb for pairing in PAIRINGS for verb in pairing.verbs]
    assert len(used) == len(set(used)) == 14
    assert set(used) == {*get_args(RequestVerb), *get_args(EventVerb), "reply"}
    assert tuple(EVENT_BY_REQUEST) == get_args(RequestVerb)
    assert tuple(v for v in EVENT_BY_REQUEST.values() if v) == get_args(EventVerb)
    assert EVENT_BY_REQUEST["cancel"] == "canceled"
    assert EVENT_BY_REQUEST["get"] is None


def test_archetypes_hold_what_the_envelope_allows() -> None:
    by_use = {pairing.use: pairing for pairing in PAIRINGS}
    assert by_use["reply"].required == ("Header", "Reply")
    assert "Reply" in by_use["query"].forbidden
    assert set(by_use["fault"].forbidden) == {"Header", "Request", "Payload"}
    assert set(by_use["event"].forbidden) == {"Request", "Reply"}
    for pairing in PAIRINGS:
        assert not {*pairing.required, *pairing.usual} & {*pairing.forbidden}


def test_error_codes_are_those_of_the_list() -> None:
    expected = {
        0: (0, 1, 2, 3),
        1: (5, 6, 7, 8, 9),
        2: (4, 5, 6, 9, 10, *range(12, 34)),
        3: (1, 2),
        4: (1,),
        5: tuple(range(1, 10)),
        6: tuple(range(1, 6)),
        7: tuple(range(1, 8)),
    }
    assert tuple(CATEGORIES) == tuple(expected)
    assert tuple(ERROR_TEXT_BY_CODE) == tuple(f"{c}.{n}" for c, numbers in expected.items() for n in numbers)
    assert [e.code for e in ERROR_CODES] == list(ERROR_TEXT_BY_CODE)
    for entry in ERROR_CODES:
        assert entry.category in CATEGORIES
        assert entry.text
    metering = {e.code for e in ERROR_CODES if e.metering_only}
    assert metering == {"2.4", "2.6", "2.10", "2.13", "2.17", "2.18", "2.30", "5.5", "5.6"}
