"""Patterns of XML Schema as expressions of Python say the same as lxml's own reading of them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from cimforge.emitters.facets import holds, usable
from cimforge.emitters.patterns import as_regex
from cimforge.ir.model import Facets, PrimitiveKind
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

XS = "http://www.w3.org/2001/XMLSchema"
PATTERNS = [
    "[a-z]+",
    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "a|bc",
    "(a|b)?c*",
    r"\d{2,}",
    r"[^\d]",
    r"a\.b",
    "a.b",
    "^a$",
    r"[\^a]",
    "[^^]",
    r"\s|\S",
    r"[\s]+x",
    "x{0}",
    r"\i\c*",
    "a/b",
    "[a-]",
    r"\-",
    "",
]
TEXTS = [
    "",
    "a",
    "b",
    "bc",
    "c",
    "abc",
    "a.b",
    "axb",
    "^a$",
    "^",
    "12",
    "1",
    " x",
    "a/b",
    "-",
    "x",
    "a\nb",
    "_a:1",
]
TEXTS += ["01234567-89ab-cdef-0123-456789abcdef"]


@cache
def schema(pattern: str) -> Any:
    root = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS})
    element = etree.SubElement(root, f"{{{XS}}}element", name="e")
    simple = etree.SubElement(element, f"{{{XS}}}simpleType")
    restriction = etree.SubElement(simple, f"{{{XS}}}restriction", base="xs:string")
    etree.SubElement(restriction, f"{{{XS}}}pattern", value=pattern)
    return etree.XMLSchema(root)


def accepts(pattern: str, text: str) -> bool:
    element = etree.Element("e")
    element.text = text
    return bool(schema(pattern).validate(element))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_both_accept_the_same(pattern: str) -> None:
    regex = as_regex(pattern)
    assert regex is not None
    found = [t for t in TEXTS if re.fullmatch(regex, t)]
    assert found == [t for t in TEXTS if accepts(pattern, t)]


@given(
    text=st.text("ab-^]\\.", max_size=4),
    parts=st.lists(
        st.sampled_from(
            [
                "a",
                "b",
                "[ab]",
                "[^a]",
                "(",
                ")",
                "|",
                "*",
                "+",
                "?",
                "{2}",
                "{1,3}",
                "{2,}",
                ".",
                "^",
                "$",
                r"\.",
                r"\\",
                "-",
                "[",
                "]",
                r"\d",
            ]
        ),
        max_size=6,
    ),
)
@settings(max_examples=300, deadline=None)
def test_whatever_the_pattern(text: str, parts: list[str]) -> None:
    pattern = "".join(parts)
    regex = as_regex(pattern)
    if regex is None:
        return
    try:
        expected = accepts(pattern, text)
    except etree.XMLSchemaParseError:
        return
    assert bool(re.fullmatch(regex, text)) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}",
        r"\p{IsGreek}",
        "[a-z-[aeiou]]",
        r"\I",
        r"\C",
        r"\w",
        "a**",
        "*a",
        "(a",
        "a)",
        "[a",
        "a{",
        "(?=a)",
        r"\b",
        "[]",
        "a{99999999999}",
        "[a&&b]",
    ],
)
def test_what_python_cannot_say_is_left(pattern: str) -> None:
    assert as_regex(pattern) is None


def test_useless_facets_are_told() -> None:
    facets = Facets(
        max_length="8", min_inclusive="x", max_inclusive="9", total_digits="0", allowed=("1", "a")
    )
    found, useless = usable(facets, PrimitiveKind.INTEGER)
    assert found == Facets(max_inclusive="9", allowed=("1",))
    assert [u.facet for u in useless] == ["max_length", "allowed", "min_inclusive", "total_digits"]
    found, useless = usable(Facets(min_length="3", max_length="2", length="2"), PrimitiveKind.STRING)
    assert found == Facets(length="2")
    assert {u.reason for u in useless} == {"no value holds to min_length 3 and max_length 2"}
    found, _ = usable(Facets(min_inclusive="1", min_exclusive="1"), PrimitiveKind.FLOAT)
    assert found == Facets(min_exclusive="1"), "a schema can say one of them"


@pytest.mark.parametrize(
    ("facets", "kind", "text", "expected"),
    [
        (Facets(length="2"), PrimitiveKind.STRING, "ab", True),
        (Facets(length="2"), PrimitiveKind.STRING, "abc", False),
        (Facets(max_length="2"), PrimitiveKind.STRING, "abc", False),
        (Facets(total_digits="2", fraction_digits="1"), PrimitiveKind.DECIMAL, "1.50", True),
        (Facets(total_digits="2", fraction_digits="1"), PrimitiveKind.DECIMAL, "1.55", False),
        (Facets(min_exclusive="1"), PrimitiveKind.INTEGER, "1", False),
        (Facets(min_inclusive="1", max_inclusive="1"), PrimitiveKind.INTEGER, "1", True),
        (Facets(max_exclusive="1"), PrimitiveKind.INTEGER, "1", False),
        (Facets(patterns=("a+", r"\p{L}+")), PrimitiveKind.STRING, "aa", False),
        (Facets(allowed=("x",)), PrimitiveKind.STRING, "y", False),
    ],
)
def test_what_surely_holds(facets: Facets, kind: PrimitiveKind, text: str, expected: bool) -> None:
    assert holds(facets, kind, text) is expected
