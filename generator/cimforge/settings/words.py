"""Keys and values of a settings file in the words of diagnostics."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from cimforge.diagnostics.toml_places import KeyPath


def dotted(path: KeyPath) -> str:
    """``suppress[0].rule``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text


def shown(value: object) -> str:
    """A value as TOML would spell it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"' if len(value) < 60 else f'"{value[:57]}..."'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return str(value)


def nearest(name: str, known: Iterable[str]) -> str:
    """``did you mean `x`? `` with the nearest known name; empty where none is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`? " if near else ""
