"""``python -m benchmarks``: cimforge beside its peers, in one run on one machine."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.peers import peers
from benchmarks.running import CommandFailed, Measured, measure
from benchmarks.suites import ROOT, suite

CORPUS = ROOT.parent / "shared" / "corpus"
CGMES = "rdfs/cgmes-3.0.0"
CARRIED = ROOT / "input_models" / "cim"
_CLOSING = """
Python {python}; medians of {rounds} interleaved rounds; CPU time of whole processes. cimgen, which others
compare themselves with, is on no package index: it was not run.
"""


def main() -> int:
    """Measure, and print every figure as a Markdown table; exit status 1 if a command failed."""
    options = _options()
    inputs = options.inputs or options.corpus / CGMES
    if not inputs.exists():
        print(f"{inputs} is not there: the model that cimforge carries is measured instead.\n")
        inputs = CARRIED
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        log = work / "log.txt"
        corpus = None if options.inputs or not options.corpus.is_dir() else options.corpus.resolve()
        try:
            installed = None if options.no_peers else peers(log)
            prepared = suite(
                work,
                inputs.resolve(),
                log,
                peers=installed,
                sizes=options.growth,
                large=options.large,
                corpus=corpus,
            )
            times = measure(prepared.commands, options.rounds, log)
        except CommandFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    print("".join(_lines(prepared.figures, times)), end="")
    print(_CLOSING.format(python=platform.python_version(), rounds=options.rounds), end="")
    return 0


def _lines(figures: tuple[Figure, ...], times: dict[str, Measured]) -> Iterator[str]:
    """Markdown tables, one a section."""
    section = ""
    for figure in figures:
        if figure.section != section:
            yield "\n" * bool(section)
            section = figure.section
            yield f"| {section} | reached | target | |\n|---|---:|---:|---|\n"
        value = figure.of(times)
        if figure.at_most is None:
            yield f"| {figure.name} | {_shown(value)}{figure.unit} | | |\n"
        else:
            verdict = "met" if value <= figure.at_most else "**missed**"
            yield f"| {figure.name} | {_shown(value)}{figure.unit} | {figure.at_most:g} | {verdict} |\n"


def _shown(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("-n", dest="rounds", type=int, default=5, metavar="N", help="rounds (5)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR", help="corpus with CGMES")
    parser.add_argument("--inputs", type=Path, metavar="DIR", help="folder of RDFS to build in its place")
    parser.add_argument(
        "--growth",
        type=lambda text: tuple(map(int, text.split(","))),
        default=(300, 600, 1200),
        metavar="N,N,...",
        help="numbers of classes (300,600,1200)",
    )
    parser.add_argument("--large", type=int, default=10_000, metavar="N", help="built once (10000; 0: not)")
    parser.add_argument("--no-peers", action="store_true", help="install and run no peers")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
