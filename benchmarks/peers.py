"""The peers, in an environment of their own: they are no part of the project."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.running import run

FOLDER = Path(__file__).parent / ".venv"
REQUIREMENTS = ("xsdata[cli]==26.10", "pycgmes==2.0.6")


def peers(log: Path) -> Path:
    """The folder of the peers' commands; installed at first use, from the package index that pip knows.

    Raises:
        CommandFailed: pip could not install them.
    """
    commands = FOLDER / "bin"
    mark = FOLDER / "installed.txt"
    wanted = "\n".join(REQUIREMENTS)
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        run((sys.executable, "-m", "venv", FOLDER), log)
        run(
            (
                commands / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                *REQUIREMENTS,
            ),
            log,
        )
        mark.write_text(wanted, encoding="utf-8")
    return commands
