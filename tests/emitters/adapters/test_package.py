"""The packages as files: types, format, names, one command, old handlers, what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import black
import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.adapters import AdaptersEmitter
from cimforge.emitters.protocol import Unit
from cimforge.ir.index import Index
from cimforge.ir.profile import ExtensionRule
from cimforge.ir.value import replace

from tests.emitters.adapters.building import EDO, emit_all, message_units, running, write
from tests.models import end_device_controls, end_device_controls_spec, unit

NASTY = (
    'quote " triple """ back\\slash \\N{DASH} \u202e bidi \x00 {{ x }} {% y %} \'; raise SystemExit; #\nline'
)


def other(noun: str, **more: Any) -> Unit:
    """The unit of the output page under another noun."""
    model = end_device_controls()
    assert model.envelope is not None
    model = replace(model, name=noun, envelope=replace(model.envelope, name=noun))
    spec = end_device_controls_spec()
    assert spec.service is not None
    spec = replace(spec, name=noun, service=replace(spec.service, noun=noun), **more)
    found = unit(model, spec)
    module = re.sub(r"\W", "_", f"edo.{noun.lower()}").replace("edo_", "edo.", 1)
    names = dict(found.names)
    names["python"] = replace(
        names["python"],
        modules={c.id: module for c in model.classifiers},
        module_order=(module,),
        envelope=noun,
    )
    return replace(found, names=names)


def emitted(*units: Unit, name: str = "grid", **more: Any) -> dict[str, str]:
    report = Report()
    request = replace(message_units(*units, name=name), **more)
    found = dict(emit_all(request, report))
    assert not report.diagnostics
    return found


def python(args: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH",)}
    environ.update(more.pop("env", {}))
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, env=environ, timeout=60, **more
    )


def test_types_hold(built: Path) -> None:
    run = python(
        [
            *("-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(built / "mypy")),
            *("-p", "grid_adapter", "-p", "grid_edo"),
        ],
        cwd=built,
        env={"MYPYPATH": "python:adapters"},
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_a_handler_is_typed(built: Path) -> None:
    """What a user writes is checked against the profile: a wrong payload or a wrong reply is found."""
    good = built / "good.py"
    good.write_text(
        "from grid.edo.end_device_controls import EndDeviceControls\n"
        "from grid_adapter import ID, Header, OperationSet, RequestParameters, Response\n"
        "from grid_edo import service\n\n\n"
        "class Mine(service.EndDeviceControlsService):\n"
        "    def create(self, header: Header, payload: EndDeviceControls) -> Response[EndDeviceControls]:\n"
        "        return Response.ok(ids=[c.mRID for c in payload.EndDeviceControl_])\n\n"
        "    async def get(\n"
        "        self, header: Header, request: RequestParameters\n"
        "    ) -> Response[EndDeviceControls]:\n"
        "        return Response.ok(EndDeviceControls(EndDeviceControl_=[]))\n"
    )
    bad = built / "bad.py"
    text = good.read_text().replace("c.mRID for", "c.nonsense for")
    bad.write_text(text.replace("Response.ok(EndDeviceControls(EndDeviceControl_=[]))", "None"))
    flags = ["-m", "mypy", "--strict", "--cache-dir", str(built / "mypy")]
    env = {"MYPYPATH": "python:adapters"}
    assert python([*flags, "good.py"], cwd=built, env=env).returncode == 0
    run = python([*flags, "bad.py"], cwd=built, env=env)
    assert "nonsense" in run.stdout
    assert "Found 2 errors" in run.stdout


def test_uncommented_guidance_is_typed_code(built: Path) -> None:
    lines = (built / "adapters/grid_edo/handlers.py").read_text().splitlines()
    code = [re.sub(r"^( *)# (?!Handlers need)", r"\1", line) for line in lines]
    (built / "uncommented.py").write_text("\n".join(code) + "\n")
    assert sum(line.startswith("    def ") for line in code) == 5
    run = python(
        ["-m", "mypy", "--strict", "--cache-dir", str(built / "mypy"), "uncommented.py"],
        cwd=built,
        env={"MYPYPATH": "python:adapters"},
    )
    assert run.returncode == 0, run.stdout


LONG = "EndDeviceControlsOfTheWholeDistributionNetwork"


@pytest.mark.parametrize("nouns", [("EndDeviceControls",), ("Header", "Service"), (LONG, "X")])
def test_black_changes_nothing(nouns: tuple[str, ...]) -> None:
    files = emitted(*(other(noun, doc=NASTY, title=NASTY) for noun in nouns))
    mode = black.Mode(line_length=88)
    for path, text in files.items():
        if path.startswith("adapters/") and path.endswith(".py"):
            assert black.format_str(text, mode=mode) == text, path


def test_output_is_the_same_twice_and_plain() -> None:
    first, second = emitted(), emitted()
    assert first == second
    for path, text in first.items():
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "cimforge" not in re.sub(
            r"http://cimforge\.example|Code generated by cimforge|as cimforge", "", text
        )


def test_nasty_texts_never_reach_code(tmp_path: Path) -> None:
    files = emitted(other("EndDeviceControls", doc=NASTY, title=NASTY, version=NASTY))
    write(tmp_path, files.items())
    code = "import grid_edo.service as s; print(ascii(s.EndDeviceControlsService.binding.revision))"
    env = {"PYTHONPATH": os.pathsep.join((str(tmp_path / "python"), str(tmp_path / "adapters")))}
    run = python(["-c", code], env=env)
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, ascii(NASTY), "")


@pytest.mark.parametrize("noun", ["Header", "Service", "Response", "Any", "Publisher", "ID", "OperationSet"])
def test_nouns_may_be_called_like_what_the_service_module_imports(noun: str, tmp_path: Path) -> None:
    write(tmp_path, emitted(other(noun), other(noun + "Service")).items())
    env = {"PYTHONPATH": os.pathsep.join((str(tmp_path / "python"), str(tmp_path / "adapters")))}
    code = (
        "import grid_edo.app as a; a.create_app();"
        "from grid_edo.service import SERVICES; print([s.binding.noun for s in SERVICES],"
        " [s.binding.payload.__name__ for s in SERVICES])"
    )
    run = python(["-c", code], env=env)
    assert (run.stdout.strip(), run.stderr) == (f"{[noun, noun + 'Service']} {[noun, noun + 'Service']}", "")


def test_old_handlers_work_when_the_service_grows(tmp_path: Path) -> None:
    spec = end_device_controls_spec()
    assert spec.service is not None
    small = replace(spec, service=replace(spec.service, requests=("create",), events=()))
    files = emitted(unit(end_device_controls(), small))
    old = files["adapters/grid_edo/handlers.py"]
    assert "def get" not in old
    grown = emitted(unit(end_device_controls()), other("MeterReadings"))
    write(tmp_path, {**grown, "adapters/grid_edo/handlers.py": old}.items())
    env = {"PYTHONPATH": os.pathsep.join((str(tmp_path / "python"), str(tmp_path / "adapters")))}
    code = (
        "from starlette.testclient import TestClient; from grid_edo.app import create_app, ENDPOINTS\n"
        "c = TestClient(create_app())\n"
        "for e in ENDPOINTS:\n"
        "    ids = {'ID': [{'value': '1'}]}\n"
        "    header = {'Verb': e.verb, 'Noun': e.noun}\n"
        "    r = c.request(e.method, e.path, json={'Header': header, 'Request': ids})\n"
        "    print(e.verb, r.status_code, r.json()['Reply']['Error'][0]['code'])\n"
    )
    run = python(["-W", "ignore", "-c", code], env=env)
    assert run.stderr == ""
    each = ["create 400 1.7", "change 400 1.7", "get 501 5.2", "cancel 501 5.2", "close 501 5.2"]
    assert run.stdout.splitlines() == each * 2


def test_handlers_belong_to_the_user() -> None:
    report = Report()
    found = {str(a.path): a for a in AdaptersEmitter().emit(message_units(), report)}
    assert [p for p, a in found.items() if a.owner == "user"] == ["grid_edo/handlers.py"]
    assert "DO NOT EDIT" not in found["grid_edo/handlers.py"].text
    assert all(
        "DO NOT EDIT" in a.text for p, a in found.items() if p.endswith(".py") and a.owner == "generator"
    )
    assert found["grid_edo/service.py"].elements


def test_one_command_starts_it(built: Path) -> None:
    document = json.loads((built / "adapters/grid_edo/openapi.json").read_text())
    with running("grid_edo", built / "adapters") as address:
        with urllib.request.urlopen(f"{address}/openapi.json") as response:
            assert response.read() == (built / "adapters/grid_edo/openapi.json").read_bytes()
        for path, item in document["paths"].items():
            for method, operation in item.items():
                sample = operation["requestBody"]["content"]["application/json"]["examples"]["sample"]
                asked = urllib.request.Request(
                    address + path,
                    data=json.dumps(sample["value"]).encode(),
                    method=method.upper(),
                    headers={"Content-Type": "application/json"},
                )
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(asked)
                with refused.value as reply:
                    assert reply.code == 501
                    assert json.load(reply)["Reply"]["Error"][0]["code"] == "5.2"


def test_what_is_missing_is_named(built: Path, tmp_path: Path) -> None:
    write(tmp_path, ((p, t) for p, t in emitted().items() if p.startswith("adapters/")))
    run = python(["-m", "grid_edo"], cwd=tmp_path / "adapters")
    assert run.returncode == 2
    assert "PYTHONPATH" in run.stderr
    assert "Traceback" not in run.stderr
    handlers = tmp_path / "adapters/grid_edo/handlers.py"
    handlers.write_text("from grid_edo.service import GoneService\n")
    run = python(["-m", "grid_edo"], cwd=tmp_path / "adapters", env={"PYTHONPATH": str(built / "python")})
    assert run.returncode == 2
    assert "GoneService" in run.stderr
    assert "Traceback" not in run.stderr


def test_groups_without_interface_get_none() -> None:
    """EXT-20."""
    report = Report()
    spec = end_device_controls_spec()
    assert spec.service is not None
    external = unit(end_device_controls(), replace(spec, service=replace(spec.service, group="EXT")))
    request = message_units(external, groups=(replace(EDO, code="EXT", has_interface=False),))
    assert list(AdaptersEmitter().emit(request, report)) == []
    assert [d.code for d in report.diagnostics] == ["CIM752"]


def test_a_noun_is_served_once_and_needs_a_document() -> None:
    report = Report()
    bare = replace(end_device_controls(), envelope=None)
    first = unit(end_device_controls())
    request = message_units(
        first, first, Unit(name="x", model=bare, index=Index(bare), spec=first.spec, names=first.names)
    )
    files = {str(a.path): a.text for a in AdaptersEmitter().emit(request, report)}
    assert {d.code for d in report.diagnostics} >= {"CIM753", "CIM750"}
    assert files["grid_edo/service.py"].count("(Service[") == 1


def variant(prefix: str) -> Unit:
    rule = ExtensionRule(
        prefix=prefix,
        namespace=f"http://{prefix}.example/x#",
        owner="o",
        version="1",
        use_case="u",
        doc="d",
    )
    found = other("EndDeviceControls", variant=prefix, extension=rule)
    names = dict(found.names)
    module = f"edo.end_device_controls_{prefix}"
    names["python"] = replace(names["python"], module_order=(module,))
    return replace(found, name=f"EndDeviceControls.{prefix}", names=names)


def test_one_variant_types_the_service_two_do_not() -> None:
    def service(*units: Unit) -> tuple[str, list[str]]:
        report = Report()
        found = {str(a.path): a.text for a in AdaptersEmitter().emit(message_units(*units), report)}
        return found.get("grid_edo/service.py", ""), [d.code for d in report.diagnostics]

    standard = unit(end_device_controls())
    text, codes = service(standard, variant("acme"))
    assert "from grid.edo.end_device_controls_acme import EndDeviceControls\n" in text
    assert 'extension_prefix="acme"' in text
    assert text.count("(Service[") == 1
    assert codes == []
    text, codes = service(standard, variant("acme"), variant("regio"))
    assert "from grid.edo.end_device_controls import EndDeviceControls\n" in text
    assert codes == ["CIM751"]
    text, codes = service(variant("acme"))
    assert (text, codes) == ("", ["CIM754"])
