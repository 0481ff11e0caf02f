"""Multiplicity texts to bounds."""

from __future__ import annotations

import pytest
from cimforge.ir.model import Multiplicity
from cimforge.passes.multiplicity import is_within, parse_multiplicity, widest
from hypothesis import given
from hypothesis import strategies as st

BOUNDS = st.builds(
    lambda lower, span: Multiplicity(lower=lower, upper=None if span is None else lower + span),
    st.integers(0, 5),
    st.none() | st.integers(1, 5),
)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("0..1", 0, 1),
        ("1", 1, 1),
        ("1..1", 1, 1),
        ("M:1", 1, 1),
        ("M:0..n", 0, None),
        ("0..*", 0, None),
        ("1..n", 1, None),
        ("0..-1", 0, None),
        ("0..2", 0, 2),
        ("2..n", 2, None),
        ("*", 0, None),
        ("n", 0, None),
        (" 0 .. 1 ", 0, 1),
    ],
)
def test_bounds_are_exact(text: str, lower: int, upper: int | None) -> None:
    assert parse_multiplicity(text) == Multiplicity(lower=lower, upper=upper)


@pytest.mark.parametrize(
    "text", ["", "abc", "5..2", "-1", "0..0", "0", "1..", "..1", "1.5", "0..1 or so", "1..-2", "9" * 30]
)
def test_nonsense_is_refused(text: str) -> None:
    assert parse_multiplicity(text) is None


@given(BOUNDS, BOUNDS, st.integers(0, 12))
def test_widest_allows_what_either_allows(a: Multiplicity, b: Multiplicity, count: int) -> None:
    def allows(m: Multiplicity) -> bool:
        return m.lower <= count and (m.upper is None or count <= m.upper)

    if allows(a) or allows(b):
        assert allows(widest(a, b))
    assert is_within(a, widest(a, b))
    if is_within(a, b) and allows(a):
        assert allows(b)
