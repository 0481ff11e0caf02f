"""The package as a whole: lazy, importable in any order, clean for every tool."""

from __future__ import annotations

import ast
import itertools
import subprocess
import sys
from pathlib import Path

import black
import pytest
from cimforge.ir.value import replace

from tests import models, small_models
from tests.emitters.python.emitting import emitted, request, write

RULES = "E,F,I,B,UP,SIM,C4,PIE,RET,W,RUF"
# Long IRIs; reference targets in quotes, which xsdata needs; names and characters of the model.
EXCEPT = "E501,E741,UP037,RUF001,RUF002,RUF003,RUF022"

USER = """
from decimal import Decimal

from controls import Reference, from_json, from_xml, to_xml
from controls.edo import EndDeviceControls
from controls.edo.end_device_controls import EndDevice, EndDeviceControl, EndDeviceControlType


def doubled(data: bytes) -> list[Decimal]:
    message = from_xml(EndDeviceControls, data)
    for control in message.EndDeviceControl_:
        target: Reference[EndDeviceControlType] = control.EndDeviceControlType_
        control.EndDevices.append(EndDevice(mRID=target.ref))
    assert to_xml(message) and from_json(EndDeviceControls, "{}").EndDeviceControl_
    return [c.priceSignal * 2 for c in message.EndDeviceControl_ if c.priceSignal is not None]
"""
WRONG = {
    'EndDevice(isVirtual=True)': 'Missing named argument "mRID"',
    'EndDevice(mRID=5)': '"int"; expected "str"',
    'EndDevice(mRID="x").isVirtual + 1': 'Unsupported',
    'EndDeviceControl(mRID="x", EndDeviceControlType_="3.31")': 'expected "Reference[EndDeviceControlType]"',
    'EndDevice(mRID="x").noSuch': 'has no attribute "noSuch"',
    'from_xml(EndDevice, b"").drProgramLevel': 'has no attribute "drProgramLevel"',
}  # fmt: skip


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_package_and_its_user_are_strictly_typed(controls_folder: Path, tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text(USER, encoding="utf-8")
    found = run("-m", "mypy", "--strict", "controls", str(user), cwd=controls_folder)
    assert found.returncode == 0, found.stdout


def test_misuse_is_a_type_error(controls_folder: Path, tmp_path: Path) -> None:
    user = tmp_path / "wrong.py"
    user.write_text(USER + "\n\n" + "\n".join(WRONG) + "\n", encoding="utf-8")
    found = run("-m", "mypy", "--strict", str(user), cwd=controls_folder)
    first = USER.count("\n") + 3
    for line, (call, error) in enumerate(WRONG.items(), first):
        assert any(f":{line}: " in out and error in out for out in found.stdout.splitlines()), (
            call,
            found.stdout,
        )


def test_black_and_ruff_have_nothing_to_say(controls_folder: Path) -> None:
    for path in controls_folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert black.format_str(text, mode=black.Mode()) == text, path
    command = ("-m", "ruff", "check", "--isolated", "--select", RULES, "--ignore", EXCEPT, ".")
    found = run(*command, cwd=controls_folder)
    assert found.returncode == 0, found.stdout


LAZY = """
import sys
before = set(sys.modules)
import controls
assert {m for m in set(sys.modules) - before} == {"controls"}, set(sys.modules) - before
import controls.edo
from controls.edo import EndDeviceControls
assert not {"lxml", "xsdata", "json"} & set(sys.modules)
assert controls.edo.end_device_controls.EndDeviceControls is EndDeviceControls
assert controls.Reference.__name__ == "Reference"
assert {"edo", "Reference", "from_xml"} <= set(dir(controls))
try:
    controls.Nonsense
except AttributeError as error:
    assert "Nonsense" in str(error)
else:
    raise AssertionError
"""


def test_nothing_loads_before_it_is_used(controls_folder: Path) -> None:
    found = run("-c", LAZY, cwd=controls_folder)
    assert found.returncode == 0, found.stderr


def test_modules_import_in_any_order(controls_folder: Path) -> None:
    names = ["controls", "controls.edo.end_device_controls", "controls._xml", "controls._json"]
    for order in itertools.permutations(names, 2):
        found = run("-c", f"import {', '.join(order)}", cwd=controls_folder)
        assert found.returncode == 0, found.stderr


def test_packages_say_what_they_offer(controls_folder: Path) -> None:
    for path in controls_folder.rglob("__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        offered = next(
            ast.literal_eval(n.value)
            for n in tree.body
            if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "__all__"
        )
        assert offered == sorted(set(offered))
    assert (controls_folder / "controls" / "py.typed").is_file()


def test_a_variant_stands_beside_the_standard_profile(tmp_path: Path) -> None:
    standard = models.unit(models.end_device_controls())
    extended = small_models.unit(
        small_models.model(
            small_models.class_("Thing", small_models.attribute("grade", extension=small_models.ACME))
        ),
        small_models.acme_spec(),
    )
    plain = small_models.unit(
        small_models.model(small_models.class_("Thing", small_models.attribute("mRID")))
    )
    moved = dict.fromkeys(extended.names["python"].modules, "edo.things_acme")
    table = replace(extended.names["python"], modules=moved, module_order=("edo.things_acme",))
    extended = replace(extended, names={**extended.names, "python": table})
    for units in itertools.permutations((standard, plain, extended)):
        files = emitted(request(*units))
        assert '"Things": ".things",' in files["irm/edo/__init__.py"]
        assert '".edo.things", "Things"' in files["irm/_documents.py"]
        assert "things_acme" in files["irm/edo/__init__.py"]
    field = files["irm/edo/things_acme.py"]
    assert f'"namespace": "{small_models.ACME}"' in field
    assert f'"extension": "{small_models.ACME}"' in field
    write(tmp_path, files)
    check = """
from irm import from_json, from_xml, to_json, to_xml
from irm.edo.things_acme import Thing, Things
message = Things(Thing_=[Thing(grade="2")])
data = to_xml(message)
assert b'xmlns:x1="http://acme.example/cim/2026#"' in data and b"<x1:grade>2</x1:grade>" in data
assert from_xml(Things, data) == message == from_json(Things, to_json(message))
from xsdata.formats.dataclass.parsers import XmlParser
assert XmlParser().from_bytes(data, Things) == message
"""
    found = run("-c", check, cwd=tmp_path)
    assert found.returncode == 0, found.stderr


def test_two_units_of_one_module_are_an_error() -> None:
    from cimforge.diagnostics import Report

    report = Report()
    unit = models.unit(models.end_device_controls())
    emitted(request(unit, unit), report)
    assert [d.code for d in report.diagnostics] == ["CIM723"]


@pytest.mark.parametrize("name", ["class", "no-name", "1st", "", "x y"])
def test_what_is_no_identifier_stops_the_emitter(name: str) -> None:
    unit = models.unit(models.end_device_controls())
    table = unit.names["python"]
    names = {**table.by_id, models.element("EndDevice"): name}
    broken = replace(unit, names={**unit.names, "python": replace(table, by_id=names)})
    with pytest.raises(AssertionError, match="no Python identifier"):
        emitted(request(broken))
