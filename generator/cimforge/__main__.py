"""``python -m cimforge`` and the console script."""

from __future__ import annotations

import sys

from cimforge.cli import main

if __name__ == "__main__":
    sys.exit(main())
