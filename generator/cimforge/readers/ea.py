"""Ways in which Sparx EA writes things, the same in each of its formats."""

from __future__ import annotations

import re

MEMO = "<memo>"
"""A tagged value whose text EA keeps in the tag's notes."""

ROOT_CLASS = "EAID_11111111_5487_4080_A7F4_41526CB0AA00"
"""EA gives this class, the same in every file, to collaborations that need a base."""

NOTES = "#NOTES#"
"""What EA puts between the value of a tag and its notes."""

_STEREOTYPES = re.compile(r"@STEREO;Name=([^;]*);")


def tag_text(value: str) -> str | None:
    """The text of a tagged value written as ``value``; None where EA left the text out.

    In its exports EA joins a tag's value and notes by ``#NOTES#``. The notes are the text where the value is
    ``<memo>``, and otherwise explain the tag, which says nothing about the model.
    """
    text, _, notes = value.partition(NOTES)
    if text != MEMO:
        return text
    return notes or None


def stereotypes(xref: str) -> tuple[str, ...]:
    """The stereotypes that EA lists in a cross reference: ``@STEREO;Name=…;…@ENDSTEREO;`` repeated."""
    return tuple(_STEREOTYPES.findall(xref))
