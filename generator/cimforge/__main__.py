"""``python -m cimforge`` and the console script."""

from __future__ import annotations

from cimforge.cli import main

if __name__ == "__main__":
    main()
