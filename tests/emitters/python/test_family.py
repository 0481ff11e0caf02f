"""A family of profiles: one package, a module a profile, bases and profiles kept."""

from __future__ import annotations

import dataclasses
import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.ir.ids import ElementId
from cimforge.ir.model import AssociationEnd, Attribute, Class, InProfile, Model, Profile
from cimforge.ir.value import replace

from tests import small_models as small
from tests.emitters.python.emitting import emitted, imported, request, write

EQ, SSH = ElementId("EQ"), ElementId("SSH")


def _in(element: Any, **bounds: str) -> Any:
    """``element`` in the profiles named, with its multiplicity in each."""
    profiles = tuple(
        InProfile(profile=ElementId(p), multiplicity=small.bounds(b) if b else None)
        for p, b in bounds.items()
    )
    return replace(element, meta=replace(element.meta, profiles=profiles))


def _members(class_: Class, **profiles: dict[str, str]) -> Class:
    def placed(member: Any) -> Any:
        return _in(member, **profiles[member.name])

    return replace(
        class_,
        attributes=tuple(map(placed, class_.attributes)),
        ends=tuple(map(placed, class_.ends)),
    )


def family() -> Model:
    """Two profiles: ``EQ`` has all classes, ``SSH`` states of switches, and reports of its own."""
    kind = _in(small.enumeration("SwitchKind", "open", "None", "in-between"), EQ="")
    identified = _members(
        _in(
            small.class_("IdentifiedObject", small.attribute("mRID", many="1..1"), abstract=True),
            EQ="",
            SSH="",
        ),
        mRID={"EQ": "1..1", "SSH": "1..1"},
    )
    switch = _members(
        _in(
            small.class_(
                "Switch",
                small.attribute("normalOpen", "Boolean", "1..1"),
                small.attribute("open", "Boolean", "1..1"),
                small.attribute("kind", "SwitchKind", default="None", is_fixed=True),
                small.attribute("ratedCurrent", "CurrentFlow"),
                small.attribute("limit", "Float", default="many", is_fixed=True),
                small.attribute("since", "Date"),
                small.end("Terminals", "Terminal", "0..*", navigable=False),
                small.end("Location", "Location"),
                bases=["IdentifiedObject"],
                deprecated=True,
                doc="Makes and breaks.",
            ),
            EQ="",
            SSH="",
        ),
        normalOpen={"EQ": "1..1"},
        open={"SSH": "1..1"},
        kind={"EQ": "0..1"},
        ratedCurrent={"EQ": "0..1"},
        limit={"EQ": "0..1"},
        since={"EQ": "0..1"},
        Terminals={"EQ": "0..*"},
        Location={"EQ": "0..1"},
    )
    terminal = _members(
        _in(
            small.class_("Terminal", small.end("Switch", "Switch", "1..1"), bases=["IdentifiedObject"]), EQ=""
        ),
        Switch={"EQ": "1..1"},
    )
    location = _in(small.class_("Location", bases=["IdentifiedObject"]), EQ="")
    report = _members(
        _in(
            small.class_("Report", small.end("Switches", "Switch", "1..*"), bases=["IdentifiedObject"]),
            SSH="",
        ),
        Switches={"SSH": "1..*"},
    )
    inverse = {"Switch.Terminals": "Terminal.Switch", "Terminal.Switch": "Switch.Terminals"}

    def joined(class_: Class) -> Class:
        ends = tuple(replace(e, inverse=inverse.get(e.id)) for e in class_.ends)
        return replace(class_, ends=ends)

    model = small.model(
        *map(joined, (report, switch, terminal, location, identified)),
        kind,
        small.datatype("CurrentFlow", "Float", unit="A", multiplier="k"),
    )
    profiles = tuple(Profile(id=p, keyword=p, uri=f"http://example.org/{p}") for p in (EQ, SSH))
    return replace(model, name="family", profiles=profiles, envelope=None)


def family_unit(model: Model) -> Unit:
    """``model`` named as a family: modules by profile."""
    from cimforge.ir.index import Index
    from cimforge.passes.name import assign_names

    index, report = Index(model), Report()
    names = {"python": assign_names(index, "python", report), "xsd": assign_names(index, "xsd", report)}
    return Unit(name="family", model=model, index=index, spec=None, names=names)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = Report()
    files = emitted(request(family_unit(family()), name="family"), report)
    assert [(d.code, dict(d.facts)["value"]) for d in report.diagnostics] == [("CIM721", "many")]
    return write(tmp_path_factory.mktemp("family"), files)


def test_each_profile_has_a_module_and_the_package_every_class(folder: Path) -> None:
    assert {p.stem for p in (folder / "family").glob("[a-z]*.py")} == {"eq", "ssh"}
    with imported(folder, "family") as (package,):
        assert issubclass(package.Switch, package.IdentifiedObject)
        assert package.Report.__module__ == "family.ssh"
        assert "Report" in dir(package)


def test_required_in_one_profile_of_two_is_not_required(folder: Path) -> None:
    with imported(folder, "family") as (package,):
        only_state = package.Switch(mRID="s", open=False)
        assert only_state.normalOpen is None
        assert only_state.open is False
        with pytest.raises(TypeError, match="mRID"):
            package.Switch()
        fields = {f.name: f.metadata for f in dataclasses.fields(package.Switch)}
        assert fields["normalOpen"]["profiles"] == {"EQ": "1..1"}
        assert fields["normalOpen"]["multiplicity"] == "1..1"
        assert "required" not in fields["normalOpen"]
        assert fields["mRID"]["profiles"] == {"EQ": "1..1", "SSH": "1..1"}
        assert fields["mRID"]["required"] is True
        assert package.Switch.Meta.profiles == ("EQ", "SSH")


def test_only_the_side_that_data_states_is_a_field(folder: Path) -> None:
    with imported(folder, "family") as (package,):
        assert "Terminals" not in {f.name for f in dataclasses.fields(package.Switch)}
        (switch,) = [f for f in dataclasses.fields(package.Terminal) if f.metadata["type"] and "Sw" in f.name]
        assert switch.name == "Switch_"
        assert switch.metadata["name"] == "Switch"
        assert switch.metadata["inverse"] == "Switch.Terminals"
        assert package.Report(mRID="r").Switches == []


def test_fixed_values_units_and_literals(folder: Path) -> None:
    with imported(folder, "family") as (package,):
        assert package.Switch(mRID="s").kind is package.SwitchKind.None_
        assert [x.value for x in package.SwitchKind] == ["open", "None", "in-between"]
        assert package.SwitchKind.in_between.iri == "http://iec.ch/TC57/CIM100#SwitchKind.literal2"
        fields = {f.name: f.metadata for f in dataclasses.fields(package.Switch)}
        assert (fields["ratedCurrent"]["unit"], fields["ratedCurrent"]["multiplier"]) == ("A", "k")
        assert fields["kind"]["fixed"] == "None"
        assert package.Switch(mRID="s").limit is None
        assert package.Switch.__doc__.split() == ["Makes", "and", "breaks.", "Deprecated."]
    assert "Unit: kA." in (folder / "family" / "eq.py").read_text(encoding="utf-8")


def test_xsdata_reads_every_class(folder: Path) -> None:
    from xsdata.formats.dataclass.context import XmlContext

    with imported(folder, "family") as (package,):
        for name in package.__all__:
            found = getattr(package, name)
            if dataclasses.is_dataclass(found):
                XmlContext().build(found)


def test_tools_and_import_orders(folder: Path) -> None:
    def run(*arguments: str) -> None:
        found = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True)
        assert found.returncode == 0, found.stdout + found.stderr

    run("-m", "mypy", "--strict", "family")
    run("-m", "black", "--check", "-q", "-l", "88", "family")
    for order in itertools.permutations(("family.eq", "family.ssh")):
        run("-c", f"import {', '.join(order)}")


def test_a_second_superclass_is_repeated_not_dropped(tmp_path: Path) -> None:
    model = small.model(
        small.class_("Both", small.attribute("own"), bases=["Left", "Right"]),
        small.class_("Left", small.attribute("left"), bases=["Top"]),
        small.class_("Right", small.attribute("right", "Kind"), bases=["Top"]),
        small.class_("Top", small.attribute("top")),
        small.enumeration("Kind", "a"),
    )
    report = Report()
    write(tmp_path, emitted(request(small.unit(model), name="both"), report))
    assert [d.code for d in report.diagnostics] == ["CIM720"]
    with imported(tmp_path, "both.edo.things") as (module,):
        assert [f.name for f in dataclasses.fields(module.Both)] == ["top", "left", "right", "own"]
        found = module.Both(top="1", left="2", right=module.Kind.a, own="4")
        assert (found.top, found.right) == ("1", module.Kind.a)
        assert issubclass(module.Both, module.Left)


def test_a_long_chain() -> None:
    classes = [small.class_("C0")]
    classes += [small.class_(f"C{n}", bases=[f"C{n - 1}"]) for n in range(1, 101)]
    assert emitted(request(small.unit(small.model(*reversed(classes)))))


def test_a_ring_of_references_and_of_values(tmp_path: Path) -> None:
    size = 300

    def ends(n: int) -> tuple[AssociationEnd | Attribute, ...]:
        following = f"C{(n + 1) % size}"
        return (
            small.end("next", following, "1..1"),
            small.end("part", following, "0..1", by="value"),
            small.end("self", f"C{n}", "0..*"),
        )

    model = small.model(*(small.class_(f"C{n}", *ends(n)) for n in range(size)))
    write(tmp_path, emitted(request(small.unit(model), name="ring")))
    with imported(tmp_path, "ring.edo.things", "ring") as (module, package):
        inner = module.C1(next=package.Reference("2"))
        message = module.Things(C0_=[module.C0(next=package.Reference("1"), part=inner)])
        assert package.from_xml(module.Things, package.to_xml(message)) == message
