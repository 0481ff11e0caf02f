"""The largest CIMTool profile at hand against rdflib's bare parse of the same bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.profile import ProfileFile
from cimforge.passes.link import link
from cimforge.passes.normalize import normalize
from cimforge.passes.presuppose import presuppose
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

MOST = 0.15
"""Of rdflib's time, for reading and linking."""


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def test_reading_and_linking_takes_a_fraction_of_an_rdflib_parse(corpus: Path) -> None:
    data = (corpus / "owl" / "gmdm-1.3" / "CIM18Canonical.owl").read_bytes()

    def ours() -> None:
        report = Report()
        file = read_source(RawSource(path="canonical.owl", data=data), report)
        assert isinstance(file, ProfileFile)
        model = normalize(link(presuppose([file], report), report))
        assert len(file.spec.selections) > 700
        assert len(model.classes) > 500

    def theirs() -> None:
        assert len(rdflib.Graph().parse(data=data, format="xml")) > 20_000

    ratio = 9.9
    for _ in range(4):
        mine, others = min(seconds(ours) for _ in range(3)), seconds(theirs)
        ratio = min(ratio, mine / others)
        if ratio <= MOST:
            return
    raise AssertionError(f"{ratio:.3f} of rdflib's time, in the best of four rounds")
