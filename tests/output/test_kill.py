"""SIGKILL at random moments: the old output or the new one, or a state that ``check`` calls unclean."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.output.check import compare
from cimforge.output.files import OutputFile

from .folders import LOCK_INPUTS, names, put, tree

SECONDS = 12.0

DRIVER = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from cimforge.diagnostics import Report
from cimforge.output import commit
from cimforge.output.write import write
from tests.output.folders import LOCK_INPUTS
from tests.output.test_kill import release
for name in ("replace", "link", "unlink"):
    def slow(*args, _real=getattr(os, name), **kwargs):
        time.sleep(0.0005)
        return _real(*args, **kwargs)
    setattr(commit.os, name, slow)
print("ready", flush=True)
sys.stdin.readline()
write(release(int(sys.argv[3])), Path(sys.argv[2]), LOCK_INPUTS, force=False, report=Report())
"""


def release(number: int) -> tuple[OutputFile, ...]:
    """Release ``number`` of an output: files that change, files that stay, files that come and go."""
    return (
        *(
            OutputFile(path=f"changes/{n}.txt", data=b"%d in release %d\n" % (n, number) * 20)
            for n in range(30)
        ),
        *(OutputFile(path=f"stays/{n}.txt", data=b"%d\n" % n) for n in range(10)),
        *(OutputFile(path=f"only/{number}/{n}.txt", data=b"%d\n" % n) for n in range(10)),
        OutputFile(path="handlers.py", data=b"stub of %d\n" % number, owner="user"),
    )


def is_clean(out: Path, number: int) -> bool:
    """What ``check`` of release ``number`` says."""
    comparison = compare(release(number), out, LOCK_INPUTS, report=Report())
    return comparison is not None and comparison.is_clean


def content(out: Path) -> dict[str, bytes]:
    """Bytes by path of what is not a build's own work folder."""
    return {p: row[1] for p, row in tree(out).items() if row[0] != "folder" and not p.startswith(".cimforge")}


def test_killed_builds_never_look_whole(tmp_path: Path, root: Path) -> None:
    chance = random.Random(20)
    whole = {}
    for number in (1, 2):
        put(tmp_path / str(number), *release(number))
        (tmp_path / str(number) / "handlers.py").write_text("mine\n")
        (tmp_path / str(number) / "only" / "note.md").write_text("foreign\n")
        whole[number] = content(tmp_path / str(number))
    out = tmp_path / "1"
    old, new = 1, 2
    outcomes = {"old": 0, "new": 0, "mixed": 0}
    span = 0.15
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and min(outcomes.values()) < 5:
        run = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(root), str(out), str(new)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert run.stdin
        assert run.stdout
        run.stdout.readline()
        run.stdin.write(b"\n")
        run.stdin.flush()
        time.sleep(chance.uniform(0, span))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        found = content(out)
        if found == whole[old]:
            outcomes["old"] += 1
        elif found == whole[new]:
            outcomes["new"] += 1
            old, new = new, old
        else:
            outcomes["mixed"] += 1
            assert not is_clean(out, old)
            assert not is_clean(out, new)
            if chance.random() < 0.5:
                continue  # the next build, which finishes this one first, may be killed too
            finish = chance.choice((old, new))
            put(out, *release(finish))
            assert content(out) == whole[finish]
            assert is_clean(out, finish)
            if finish == new:
                old, new = new, old
    assert outcomes["mixed"] >= 3, outcomes
    put(out, *release(old))
    assert is_clean(out, old)
    assert not [name for name in names(out) if name.startswith(".cimforge")]
