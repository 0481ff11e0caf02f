"""A table of namespaces that appears, changes or goes beside a model: the next build takes it into account."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from tests.hostile.runs import COMMAND, environment

XMI = """<?xml version="1.0"?>
<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3"><XMI.content><UML:Model name="M" xmi.id="m">
<UML:Namespace.ownedElement><UML:Class name="Asset" xmi.id="a" stereotype="European"/>
</UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>
"""


def built(folder: Path) -> str:
    """The URI of the class after a build in ``folder``."""
    time.sleep(0.05)  # a record of a build is good only for files that are older than it
    ended = subprocess.run(
        [*COMMAND, "build", "grid.xmi", "--emit", "ir", "--out", "out"],
        cwd=folder,
        env=environment(folder / "home"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in ended.stderr
    (path,) = (p for p in (folder / "out" / "ir").glob("*.json") if p.name != "ir.schema.json")
    return str(json.loads(path.read_text())["model"]["classes"][0]["meta"]["uri"])


def test_a_record_of_a_build_knows_where_a_table_could_be(tmp_path: Path) -> None:
    (tmp_path / "grid.xmi").write_text(XMI)
    table = tmp_path / "grid.namespaces"
    assert built(tmp_path) == built(tmp_path) == "http://iec.ch/TC57/CIM100#Asset"
    table.write_text("European=http://eu.example/#\n")
    assert built(tmp_path) == built(tmp_path) == "http://eu.example/#Asset"
    table.write_text("European=http://other.example/#\n")
    assert built(tmp_path) == "http://other.example/#Asset"
    table.unlink()
    assert built(tmp_path) == "http://iec.ch/TC57/CIM100#Asset"
