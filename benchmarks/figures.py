"""One figure, and the commands and ratios that most figures are made of."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.running import Command, Measured

EMITTERS = "python,xsd,openapi,ir"

Times = Mapping[str, Measured]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: how it follows from what was measured, and what it is to be."""

    section: str
    name: str
    of: Callable[[Times], float]
    unit: str
    """Follows the figure: `` R``, `` x``, `` ms``, `` MiB``."""
    at_most: float | None = None


def cimforge() -> tuple[str, ...]:
    script = Path(sys.executable).with_name("cimforge")
    return (str(script),) if script.exists() else (sys.executable, "-m", "cimforge")


def build_command(
    name: str, source: Path, out: Path, emit: str = EMITTERS, rounds: int | None = None
) -> Command:
    """A build from nothing: neither output nor record of an earlier one."""
    cache = out.with_suffix(".cache")
    argv = (*cimforge(), "build", str(source), "--emit", emit, "--out", str(out), "--quiet")
    return Command(
        name=name, argv=argv, clean=(out, cache), environment={"XDG_CACHE_HOME": str(cache)}, rounds=rounds
    )


def ratio(
    section: str, name: str, numerator: str, denominator: str, unit: str, at_most: float | None = None
) -> Figure:
    return Figure(
        section=section,
        name=name,
        of=lambda times: times[numerator].cpu / times[denominator].cpu,
        unit=unit,
        at_most=at_most,
    )


def peak(section: str, name: str, command: str, at_most: float | None = None) -> Figure:
    return Figure(
        section=section, name=name, of=lambda times: times[command].peak, unit=" MiB", at_most=at_most
    )
