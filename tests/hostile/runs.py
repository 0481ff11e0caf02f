"""The command run in this process, and the world it must leave alone."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cimforge.cli.app import run


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The diagnostics of ``--message-format json``."""
        rows = [json.loads(line) for line in self.stdout.splitlines()]
        return [r for r in rows if r.get("type") not in ("build", "check", "file")]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The errors among them."""
        return [f for f in self.findings if f["severity"] == "error"]

    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {f["code"] for f in self.findings}


def cimforge(*arguments: str | Path) -> Ended:
    """Run ``cimforge`` with ``arguments``, in this process."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    words = [str(a) for a in arguments]
    with redirect_stdout(out), redirect_stderr(err):
        status = run(words)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]  # a BytesIO
    return Ended(status=status, stdout=texts[0], stderr=texts[1])


def world(folder: Path) -> dict[str, tuple[str, object, int]]:
    """Everything below ``folder``: kind, content, time of change; by path."""
    found: dict[str, tuple[str, object, int]] = {}
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = os.path.join(place, name)
            info = os.lstat(path)
            key = os.path.relpath(path, folder)
            if os.path.islink(path):
                found[key] = ("link", os.readlink(path), 0)
            elif os.path.isdir(path):
                found[key] = ("folder", None, 0)
            else:
                with open(path, "rb") as file:
                    found[key] = ("file", file.read(), info.st_mtime_ns)
    return found


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a subprocess is given: nothing of ours but the path, a home of its own."""
    kept = {
        k: os.environ[k]
        for k in ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH", "TMPDIR")
        if k in os.environ
    }
    return {**kept, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **more}


COMMAND = (sys.executable, "-m", "cimforge")
"""The command as a process of its own; the checkout or the installed package, as this process has it."""
