"""The default build: all fifteen groups, whole, and committed as it would be built now."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cimforge.irm import groups

IRM = ("AM", "CM", "ES", "EDO", "EDM", "FM", "CO", "MO", "MS", "NMM", "NO", "POP", "RMO", "SDP", "WM")
"""The groups with interfaces, in clause order (IEC 61968-1:2020, 4.3.2 to 4.3.16)."""


def test_the_registry_has_fifteen_groups_and_the_boundary() -> None:
    assert tuple(g.code for g in groups() if g.has_interface) == IRM
    assert [g.code for g in groups() if not g.has_interface] == ["EXT"]


def test_every_group_has_its_python_xsd_openapi_and_adapter(root: Path) -> None:
    generated = root / "generated"
    for group in groups():
        code, folder = group.code, group.code.lower()
        modules = {p.stem for p in (generated / "python" / "irm" / folder).glob("*.py")} - {"__init__"}
        schemas = {p.name for p in (generated / "xsd" / code).glob("*.xsd")}
        models = {p.name for p in (generated / "ir" / code).glob("*.json")}
        document = generated / "openapi" / f"{code}.json"
        adapter = generated / "adapters" / f"irm_{folder}"
        if not group.has_interface:
            assert not modules
            assert not schemas
            assert not document.exists()
            assert not adapter.exists()
            continue
        assert group.nouns
        assert len(modules) >= len(group.nouns)
        assert {f"{noun}.xsd" for noun in group.nouns} <= schemas
        assert {f"{noun}.json" for noun in group.nouns} <= models
        operations = [
            operation["operationId"]
            for path in json.loads(document.read_text(encoding="utf-8"))["paths"].values()
            for operation in path.values()
        ]
        for noun in group.nouns:
            assert any(o.endswith(noun) for o in operations), (code, noun)
        assert {"__main__.py", "app.py", "handlers.py", "openapi.json", "service.py"} <= {
            p.name for p in adapter.iterdir()
        }
        assert (adapter / "openapi.json").read_bytes() == document.read_bytes()


def test_what_is_committed_is_what_a_build_gives(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cimforge", "check", "-c", "input_models/cimforge.toml"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_project_interfaces_claim_no_standard(root: Path) -> None:
    """No IEC namespace is a target namespace, and every document says whose interface it is."""
    for schema in (root / "generated" / "xsd").rglob("*.xsd"):
        text = schema.read_text(encoding="utf-8")
        assert 'targetNamespace="http://iec.ch' not in text
    for document in (root / "generated" / "openapi").glob("*.json"):
        info = json.loads(document.read_text(encoding="utf-8"))["info"]
        assert info["x-irm-group"]["authority"] == "project", document.name
