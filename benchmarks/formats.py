"""The whole CIM17 in each format that Sparx EA writes: the same model, read and linked, and built."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, build_command, peak
from benchmarks.running import Command, run

FORMATS = {"XMI 1.1": "xmi11.xmi", "XMI 1.1 (4.1RR)": "xmi11rr.xmi", "XMI 2.1": "xmi21.xmi", ".qea": "qea"}
UNIT = "xmi11.xmi"
"""The file whose parse is the unit; the others hold the same model in other bytes."""

_START = """\
import gc, sys
gc.disable()
from lxml import etree
from pathlib import Path
from cimforge.diagnostics import Report
from cimforge.passes import identify, link, merge, normalize
from cimforge.readers.inputs import collect
from cimforge.readers.sniff import read_source
"""
_PARSE = _START + "etree.parse(sys.argv[1])\n"
_LINK = _START + """\
report = Report()
(source,) = collect(sys.argv[1:], report)
facts = read_source(source, report)
merged = merge.merge(identify.identify_all([facts], "http://iec.ch/TC57/CIM100#", report), report)
assert len(normalize.normalize(link.link(merged, report)).classes) > 700, report.diagnostics
"""


def formats(work: Path, corpus: Path, log: Path) -> Iterator[Command | Figure]:
    """Reading and linking against lxml's parse of XMI 1.1, and a whole build of the ``.qea``."""
    synthetic, models = corpus / "synthetic", work / "cim17"
    script, facts = synthetic / "make_cim17.py", synthetic / "cim17_facts.json"
    run((sys.executable, script, facts, models, "--template", corpus / "qea/real/test.qea"), log)
    section = "Whole CIM17, read and linked (x: lxml's parse of the XMI 1.1 file; interpreter start left out)"
    yield Command(name="start", argv=(sys.executable, "-c", _START))
    for ending in dict.fromkeys(FORMATS.values()):
        if ending.endswith("xmi"):
            path = str(models / f"cim17.{ending}")
            yield Command(name=f"parse {ending}", argv=(sys.executable, "-c", _PARSE, path))
        yield Command(
            name=f"link {ending}", argv=(sys.executable, "-c", _LINK, str(models / f"cim17.{ending}"))
        )
    for name, ending in FORMATS.items():
        limit = 2.2 if ending.endswith("xmi") else 0.3 * 2.2
        unit = ending if ending.endswith("xmi") else UNIT
        yield _over_start(section, f"{name} (x: its own parse)" * (unit != UNIT) or name, ending, unit, limit)
    for name, ending in FORMATS.items():
        if ending.endswith("xmi"):
            yield _memory_over_start(section, f"{name}: peak memory (x: lxml's tree of it)", ending)
    yield peak(section, "XMI 1.1: peak memory", f"link {UNIT}")
    yield peak(section, "lxml's parse of it: peak memory", f"parse {UNIT}")
    yield peak(section, ".qea: peak memory", "link qea")
    section = "Build of whole CIM17 from `.qea` (R: as above)"
    yield build_command("whole", models / "cim17.qea", work / "whole")
    yield Figure(
        section=section,
        name="python, xsd, openapi, ir, from nothing",
        of=lambda times: times["whole"].cpu / times["rdflib"].cpu,
        unit=" R",
        at_most=0.6,
    )
    yield peak(section, "peak memory", "whole", 300)


def _over_start(section: str, name: str, ending: str, unit: str, at_most: float) -> Figure:
    return Figure(
        section=section,
        name=name,
        of=lambda times: (
            (times[f"link {ending}"].cpu - times["start"].cpu)
            / (times[f"parse {unit}"].cpu - times["start"].cpu)
        ),
        unit=" x",
        at_most=at_most,
    )


def _memory_over_start(section: str, name: str, ending: str) -> Figure:
    return Figure(
        section=section,
        name=name,
        of=lambda times: (
            (times[f"link {ending}"].peak - times["start"].peak)
            / (times[f"parse {ending}"].peak - times["start"].peak)
        ),
        unit=" x",
        at_most=0.5,
    )
