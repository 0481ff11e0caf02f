"""What identify makes of connectors, whatever the order of the export."""

from __future__ import annotations

from itertools import permutations

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, ConnectorFact, EndFact, Facts, Location, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.passes.identify import identify

AT = Location(file="model.xmi")


def association(name: str, source: str, source_role: str, target: str, target_role: str) -> ConnectorFact:
    def end(side: str, class_: str, role: str) -> EndFact:
        return EndFact(id=ElementId(f"{name}-{side}"), element=Ref(by="id", value=class_), role=role)

    return ConnectorFact(
        id=ElementId(name),
        kind="Association",
        source=end("source", source, source_role),
        target=end("target", target, target_role),
        location=AT,
    )


def test_ends_follow_attributes_by_name_then_id() -> None:
    """EA's XMI 1.1, XMI 2.1 and project files list the associations of one model in three orders."""
    connectors = (
        association("a2", "Terminal", "Terminals", "Equipment", "Equipment"),
        association("a1", "Equipment", "Equipment", "Terminal", "Alarms"),
        association("a0", "Equipment", "", "Terminal", "Terminals"),
        association("a3", "Equipment", "Parent", "Equipment", "Children"),
    )
    for order in permutations(connectors):
        facts = Facts(
            sources=(),
            classes=tuple(
                ClassFact(id=ElementId(name), name=name, location=AT) for name in ("Equipment", "Terminal")
            ),
            members=(
                MemberFact(
                    id=ElementId("z"), owner=Ref(by="id", value="Equipment"), name="zone", location=AT
                ),
            ),
            connectors=order,
        )
        found = identify(facts, "urn:x#", Report())
        owned = sorted((m for m in found.members if m.owner.value == "Equipment"), key=lambda m: m.position)
        assert [(m.name, m.id) for m in owned] == [
            ("zone", "z"),
            ("Alarms", "a1-target"),
            ("Children", "a3-target"),
            ("Parent", "a3-source"),
            ("Terminals", "a0-target"),
            ("Terminals", "a2-source"),
        ]
        assert [m.position for m in owned] == list(range(6))
