"""The register of IRM groups: one TOML file, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cimforge.ir.service import Group

BOUNDARY = "EXT"
"""The group for which IEC 61968-1:2020 (scope) defines no standard interface."""


@cache
def groups() -> tuple[Group, ...]:
    """All sixteen groups in clause order (IEC 61968-1:2020, 4.3.2 to 4.3.17), EXT last."""
    text = Path(__file__).with_name("registry.toml").read_text(encoding="utf-8")
    return tuple(_group(entry) for entry in tomllib.loads(text)["group"])


def group(code: str) -> Group | None:
    """The group of that code; None if there is none."""
    return next((g for g in groups() if g.code == code), None)


def _group(entry: dict[str, Any]) -> Group:
    return Group(
        code=entry["code"],
        name=entry["name"],
        clause=entry["clause"],
        has_interface=entry["code"] != BOUNDARY,
        functions=tuple(entry["functions"]),
        nouns=tuple(entry["nouns"]),
        authority=entry["authority"],
        confidence=entry["confidence"],
        doc=entry["doc"],
    )
