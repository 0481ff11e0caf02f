"""One target for each reader: the property, the mutation, the small files that it starts from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import holds, mutate
from tests.hostile.sketch import json_ld, qea, rdf_xml, small, turtle, xmi, xmi2
from tests.readers.ea_project import project

CASES = Path(__file__).resolve().parent.parent / "cases"
SMALL = 40_000
"""Bytes of a seed: time is better spent on many small files than on few large ones."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is fuzzed, and how."""

    holds: Callable[[bytes], None]
    mutate: mutate.Mutate
    seeds: Callable[[], list[bytes]]


def _files(*patterns: str) -> list[bytes]:
    """Small files of the case folders."""
    found = sorted(p for pattern in patterns for p in CASES.glob(pattern) if p.is_file())
    return [p.read_bytes() for p in found if p.stat().st_size <= SMALL]


def _project(script: bytes) -> bytes:
    return project(script.decode("utf-8"))


def _archives() -> list[bytes]:
    seeds = []
    for names in (("a.rdf", "b/c.ttl"), ("in.zip",)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in names:
                packed.writestr(name, seeds[0] if name == "in.zip" else turtle(small()))
        seeds.append(out.getvalue())
    return seeds


TARGETS: dict[str, Target] = {
    "rdf_xml": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: [rdf_xml(small()), *_files("readers/rdfs/*/*.rdf", "readers/rdfs/*/*.xml")],
    ),
    "turtle": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: [turtle(small()), *_files("readers/rdfs/*/*.ttl")],
    ),
    "rdf_kin": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: [json_ld(small()), *_files("readers/rdf/*/input.*", "readers/rdfs/*/*.json*")],
    ),
    "owl": Target(holds=holds.model, mutate=mutate.marked_up, seeds=lambda: _files("readers/owl/*/input.*")),
    "shacl": Target(
        holds=holds.model, mutate=mutate.marked_up, seeds=lambda: _files("readers/shacl/*/input.*")
    ),
    "xmi1": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: [xmi(small()), *_files("readers/xmi1/*/*.xmi")],
    ),
    "xmi2": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: [xmi2(small()), *_files("readers/xmi2/*/input.*")],
    ),
    "qea": Target(
        holds=holds.model,
        mutate=mutate.database,
        seeds=lambda: [qea(small()), project(), *map(_project, _files("readers/qea/*/input.sql"))],
    ),
    "cimtool": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: _files("readers/cimtool/*/input.*", "passes/presuppose/*/*.ttl"),
    ),
    "catalog": Target(
        holds=holds.model,
        mutate=mutate.marked_up,
        seeds=lambda: _files("readers/catalog/*/input.xml", "passes/presuppose/*/*.xml"),
    ),
    "selection": Target(
        holds=holds.selection,
        mutate=mutate.marked_up,
        seeds=lambda: _files("readers/selection/*/*.toml", "passes/select/*/*.toml"),
    ),
    "archive": Target(holds=holds.archive, mutate=mutate.zipped, seeds=_archives),
}
"""Every target by name. Found inputs are kept in ``cases/fuzz/<target>``."""
