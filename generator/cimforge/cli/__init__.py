"""The command line. Nothing is imported here: each command imports what it needs, when it runs."""

from __future__ import annotations

import gc
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
    # What a command makes lives until its end: looking for garbage finds none, and takes a tenth of the time.
    gc.disable()
    from cimforge.cli.app import run

    status = run(arguments)
    gc.freeze()
    return status
