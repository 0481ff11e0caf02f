"""Commands, run in interleaved rounds; CPU time and peak memory of each whole process."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MEASURE = """
import os, sys
child = os.spawnvp(os.P_NOWAIT, sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    seconds = usage.ru_utime + usage.ru_stime
    file.write(f"{os.waitstatus_to_exitcode(status)} {seconds} {usage.ru_maxrss}")
"""
"""A small process between: the kernel counts into a child's memory what its parent had at the start."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One process to measure."""

    name: str
    argv: tuple[str, ...]
    clean: tuple[Path, ...] = ()
    """What is removed before each run, so that nothing of the run before helps."""
    environment: dict[str, str] = field(default_factory=dict)
    repeat: int = 1
    """Runs in a round, for processes so short that one says little; their median counts."""
    rounds: int | None = None
    """Rounds it takes part in, where not in all."""


@dataclass(frozen=True)
class Measured:
    """A command over all rounds."""

    cpu: float
    """Median of the rounds, in seconds of user and system time."""
    peak: float
    """Largest resident size seen, in MiB."""


class CommandFailed(Exception):
    """A command to be measured ended with an error."""


def measure(commands: Sequence[Command], rounds: int, log: Path) -> dict[str, Measured]:
    """Every command by name, after one round that does not count and ``rounds`` that do.

    The commands take turns within each round, so that what else the machine does hits all alike.

    Raises:
        CommandFailed: a command's exit status was not 0; ``log`` holds what it said.
    """
    times: dict[str, list[float]] = {c.name: [] for c in commands}
    peaks: dict[str, float] = dict.fromkeys(times, 0.0)
    for number in range(rounds + 1):
        for command in commands:
            if command.rounds is not None and number > command.rounds:
                continue
            runs = [_run(command, log) for _ in range(command.repeat)]
            if number or command.rounds == 0:
                times[command.name].append(statistics.median(cpu for cpu, _ in runs))
                peaks[command.name] = max(peaks[command.name], *(peak for _, peak in runs))
            _show(f"round {number} of {rounds}: {command.name}")
    _show("")
    return {name: Measured(statistics.median(found), peaks[name]) for name, found in times.items()}


def run(argv: Iterable[str | Path], log: Path, **environment: str) -> None:
    """Run a command that prepares a measurement.

    Raises:
        CommandFailed: its exit status was not 0.
    """
    _run(Command(name="preparation", argv=tuple(map(str, argv)), environment=environment), log)


def _run(command: Command, log: Path) -> tuple[float, float]:
    for path in command.clean:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    # Without byte code every import would be measured cold, which users see once.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    cost = log.with_name("cost.txt")
    with log.open("wb") as said:
        subprocess.run(
            [sys.executable, "-S", "-c", _MEASURE, cost, *command.argv],
            stdout=said,
            stderr=said,
            env={**environment, **command.environment},
            cwd=log.parent,
            check=True,
        )
    status, seconds, size = cost.read_text(encoding="ascii").split()
    if status != "0":
        text = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandFailed(f"{command.name} ended with {status}: {command.argv}\n{text}")
    kibibytes = int(size) / 1024 if sys.platform == "darwin" else int(size)
    return float(seconds), kibibytes / 1024


def _show(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
