"""Fuzz the readers: ``python -m tests.fuzz [TARGET ...] [--seconds N]``, from the checkout.

N seconds for each target, guided by coverage (atheris) where that is installed, else at random from a
seed. An input for which the property does not hold is kept as ``tests/cases/fuzz/<target>/<hash>/input``
with what was wrong in ``was.txt``, and the exit status is 1: mend the reader, keep the folder.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

LONGEST = 100_000
"""Bytes of an input."""
HANGS = 60
"""Seconds after which an input is taken to hang."""
MEGABYTES = 3000


def main(arguments: list[str]) -> int:
    """Run the targets one after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="without atheris, even where it is installed")
    parser.add_argument("--keep", type=Path, default=Path("tests/cases/fuzz"), help="where finds go")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.inside:
        return _one(given)
    status = 0
    for target in given.targets or _names():
        more = ["--plain"] if given.plain or not importlib.util.find_spec("atheris") else []
        with tempfile.TemporaryDirectory() as work:
            command = [sys.executable, "-m", "tests.fuzz", target, "--inside", "--keep", str(given.keep)]
            command += ["--seconds", str(given.seconds), "--seed", str(given.seed), *more]
            ended = subprocess.run(
                command,
                env={**os.environ, "FUZZ_WORK": work},
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            if ended.returncode != 0:
                print(ended.stderr[-5000:], file=sys.stderr)
            runs = re.search(r"number_of_executed_units: *(\d+)|(\d+) runs", ended.stdout + ended.stderr)
            for odd in sorted(Path(work).glob("*-*")):
                if odd.is_file():  # libFuzzer's: a hang, too much memory, a crash of the interpreter
                    _keep(given.keep / target, odd.read_bytes(), odd.name.partition("-")[0])
        outcome = "nothing found" if ended.returncode == 0 else "FOUND"
        print(f"fuzz: {target}: {outcome}, {runs[1] or runs[2] if runs else 'few'} runs", flush=True)
        status = status or int(ended.returncode != 0)
    return status


def _names() -> list[str]:
    from tests.fuzz.targets import TARGETS

    return list(TARGETS)


def _one(given: argparse.Namespace) -> int:
    [name] = given.targets
    return _at_random(name, given) if given.plain else _guided(name, given)


def _guided(name: str, given: argparse.Namespace) -> int:
    import atheris

    with atheris.instrument_imports(include=["cimforge"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]
    work = Path(os.environ["FUZZ_WORK"])
    corpus = work / "corpus"
    corpus.mkdir()
    for i, seed in enumerate(target.seeds()):
        (corpus / f"{i:04}").write_bytes(seed)

    def one(data: bytes) -> None:
        _try(target, given.keep / name, data)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        return target.mutate(data, random.Random(seed))[:longest]

    options = {
        "max_total_time": max(1, round(given.seconds)),
        "seed": given.seed,
        "max_len": LONGEST,
        "timeout": HANGS,
        "rss_limit_mb": MEGABYTES,
        "artifact_prefix": f"{work}/",
        "verbosity": 0,
        "print_final_stats": 1,
    }
    words = [f"-{key}={value}" for key, value in options.items()]
    atheris.Setup(["fuzz", *words, str(corpus)], one, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


def _at_random(name: str, given: argparse.Namespace) -> int:
    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    seeds = target.seeds()
    chance = random.Random(given.seed)
    until = time.monotonic() + given.seconds
    runs = 0
    while time.monotonic() < until:
        data = chance.choice(seeds)
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            data = target.mutate(data, chance)[:LONGEST]
        _try(target, given.keep / name, data)
        runs += 1
    print(f"{runs} runs", flush=True)
    return 0


def _try(target: Any, keep: Path, data: bytes) -> None:
    """End the process, with the input kept, if the property does not hold."""
    try:
        target.holds(data)
    except Exception as error:  # that nothing is raised is the property
        traceback.print_exc()
        _keep(keep, data, f"{type(error).__name__}: {error}")
        sys.stderr.flush()
        os._exit(1)


def _keep(folder: Path, data: bytes, was: str) -> None:
    place = folder / hashlib.sha256(data).hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)
    (place / "input").write_bytes(data)
    (place / "was.txt").write_text(was[:500].rstrip() + "\n", encoding="utf-8", errors="backslashreplace")
    print(f"fuzz: kept {place}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
