"""The command line. Nothing is imported here: each command imports what it needs, when it runs."""

from __future__ import annotations

import sys


def main() -> int:
    """Run ``cimforge`` with the arguments of the process; its exit status."""
    arguments = sys.argv[1:]
    from cimforge.output.replay import replay

    try:
        if replay(arguments):
            return 0
    except BrokenPipeError:
        pass
    from cimforge.cli.app import run

    return run(arguments)
