"""Identifiers: legal for every text, exact where the name already is."""

from __future__ import annotations

import keyword
import unicodedata

import pytest
from cimforge.passes.identifiers import (
    ENUM_RESERVED,
    MAX_FILE_STEM,
    WINDOWS_RESERVED,
    file_stem,
    ncname,
    python_identifier,
    schema_key,
)
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

NASTY = [
    "",
    " ",
    "a b",
    "a-b",
    "1x",
    "class",
    "_",
    "__init__",
    "_x_",
    "ﬁeld",
    "Ä",
    "a\nb",
    '";x',
    "x" * 5000,
    "‮abc",
]


@pytest.mark.parametrize("name", ["mRID", "ACLineSegment", "type", "Names", "status", "a_b"])
def test_a_cim_name_stays_as_it_is(name: str) -> None:
    assert python_identifier(name) == ncname(name) == schema_key(name) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("class", "class_"),
        ("None", "None_"),
        ("field", "field_"),
        ("1phase", "_1phase"),
        ("a-b", "a_b"),
        ("ﬁeld", "field_"),
    ],
)
def test_clashes_get_one_trailing_underscore(name: str, expected: str) -> None:
    assert python_identifier(name) == expected


@pytest.mark.parametrize("name", ["mro", "name", "value", "iri", "None"])
def test_enum_members_keep_clear_of_enum_internals(name: str) -> None:
    assert python_identifier(name, ENUM_RESERVED) == name + "_"


@pytest.mark.parametrize("name", NASTY)
def test_nasty_names(name: str) -> None:
    check_python(name)


@given(st.text())
def test_any_text_is_a_legal_python_identifier(name: str) -> None:
    check_python(name)


def check_python(name: str) -> None:
    found = python_identifier(name)
    assert found.isidentifier()
    assert not keyword.iskeyword(found)
    assert not found.startswith("__")
    assert unicodedata.normalize("NFKC", found) == found
    assert len(found) <= 201


@given(st.text())
def test_any_text_is_a_legal_xml_name(name: str) -> None:
    etree.Element(ncname(name))
    assert ":" not in ncname(name)


@given(st.text())
def test_any_text_is_a_safe_file_stem(name: str) -> None:
    stem = file_stem(name)
    assert stem.isascii()
    assert stem.isidentifier()
    assert stem == stem.lower()
    assert stem not in WINDOWS_RESERVED
    assert len(stem) <= MAX_FILE_STEM + 1


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("EndDeviceControls", "end_device_controls"),
        ("DERGroupForecasts", "der_group_forecasts"),
        ("EQ", "eq"),
        ("../../etc/passwd", "etc_passwd"),
        ("/abs", "abs"),
        ("con", "con_"),
    ],
)
def test_file_stems(name: str, stem: str) -> None:
    assert file_stem(name) == stem
