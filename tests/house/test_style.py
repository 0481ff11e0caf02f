"""The house's own style, checked by the tools that know it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = {
    "ruff": ("-m", "ruff", "check", "."),
    "black": ("-m", "black", "--check", "--quiet", "generator", "tests", "benchmarks"),
    "mypy": ("-m", "mypy"),
    "layers": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
}


@pytest.mark.parametrize("check", CHECKS)
def test_style(root: Path, check: str) -> None:
    run = subprocess.run(
        [sys.executable, *CHECKS[check]], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_files_are_of_one_thing(root: Path) -> None:
    """A file of over 300 lines says in its docstring why it is one thing; a band of rules is one table."""
    for path in sorted((root / "generator").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > 300 and path.parent.name != "rules":
            docstring = "\n".join(lines).split('"""')[1]
            assert "one thing" in docstring, f"{path.relative_to(root)}: {len(lines)} lines"
