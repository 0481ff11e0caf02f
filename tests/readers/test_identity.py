"""One element, one id: however and wherever an exporter writes it."""

from __future__ import annotations

import pytest
from cimforge.readers.identity import element_id, guid

WANTED = "B2F5BB89-2808-40C8-99CF-E193FB21DE24"


@pytest.mark.parametrize(
    "text",
    [
        "EAID_B2F5BB89_2808_40c8_99CF_E193FB21DE24",
        "EAPK_B2F5BB89_2808_40c8_99CF_E193FB21DE24",
        "MX_EAID_B2F5BB89_2808_40c8_99CF_E193FB21DE24",
        "{B2F5BB89-2808-40c8-99CF-E193FB21DE24}",
        "b2f5bb89-2808-40c8-99cf-e193fb21de24",
    ],
)
def test_a_guid_is_one_id_in_every_file(text: str) -> None:
    assert guid(text) == WANTED
    assert element_id("some/model.xmi", text) == WANTED
    assert element_id("other.xmi", "local", text) == WANTED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "G.12",
        "eaxmiid3",
        "EAID_src5BB89_2808_40c8_99CF_E193FB21DE24",
        "EAID_B2F5BB89_2808_40c8_99CF_E193FB21DE24_Collaboration",
        "EAID_B2F5BB89_2808_40c8_99CF_E193FB21DE2",
        "EAID_B2F5BB89_2808_40c8_99CF_E193FB21DE24\n",
        "xB2F5BB89-2808-40c8-99CF-E193FB21DE24",
    ],
)
def test_nothing_else_is_a_guid(text: str) -> None:
    assert guid(text) == ""


def test_an_id_of_the_file_names_the_file() -> None:
    assert element_id("a/model.xmi", "G.0") == "a/model.xmi#G.0"
    assert element_id("b/model.xmi", "G.0") == "b/model.xmi#G.0"


def test_a_uuid_stands_for_itself() -> None:
    assert element_id("model.xmi", "G.0", "3A8BA6F80327") == "3A8BA6F80327"
    assert element_id("model.xmi", "{B2F5BB89-2808-40c8-99CF-E193FB21DE24}", "3A8BA6F80327") == WANTED
