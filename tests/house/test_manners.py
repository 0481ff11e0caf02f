"""What no command ever does: open a socket, or run what it generated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys

out = sys.argv[1]

def watch(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"BROKEN: {event} {arguments}")
    if event == "exec" and getattr(arguments[0], "co_filename", "").startswith(out):
        raise SystemExit(f"BROKEN: ran {arguments[0].co_filename}")
    if event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn"):
        raise SystemExit(f"BROKEN: {event} {arguments}")

sys.addaudithook(watch)
sys.argv[:] = ["cimforge", *sys.argv[2:]]
from cimforge.cli import main
raise SystemExit(main())
"""


def watched(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WATCHED, str(cwd), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "XDG_CACHE_HOME": str(cwd / "cache")},
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "--check"),
        ("inspect", "MODEL", "--json"),
        ("inspect", "MODEL", "--counts"),
        ("explain", "CIM203"),
        ("irm", "EDO", "--json"),
        ("init", "somewhere"),
        ("--help",),
        ("build", "http://example.org/model.rdf"),
    ],
    ids=" ".join,
)
def test_no_socket_and_nothing_generated_is_run(
    root: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    if "--check" in arguments:
        watched(tmp_path, "build")
    model = str(root / "input_models" / "cim")
    run = watched(tmp_path, *(model if a == "MODEL" else a for a in arguments))
    assert "BROKEN" not in run.stdout + run.stderr
    assert run.returncode == (2 if "example.org" in arguments[-1] else 0), run.stderr


def test_the_watch_sees(tmp_path: Path) -> None:
    """The watch itself can fail: what it looks for is seen."""
    for seen in ("import socket; socket.socket()", "exec(compile('1', out + '/x.py', 'exec'))"):
        script = WATCHED.replace("from cimforge.cli import main", seen).replace(
            "raise SystemExit(main())", ""
        )
        run = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert "BROKEN" in run.stderr
