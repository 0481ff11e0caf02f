"""The command line. Nothing is imported here: each command imports what it needs, when it runs."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run ``cimforge`` with the arguments of the process, and exit with its status."""
    arguments = sys.argv[1:]
    from cimforge.output.replay import replay

    try:
        if replay(arguments):
            sys.exit(0)
    except BrokenPipeError:
        pass
    from cimforge.cli.app import run

    sys.exit(run(arguments))
