"""Packages of XMI 1.x as facts, with the tagged values that Sparx EA writes elsewhere."""

from __future__ import annotations

from collections import defaultdict

from cimforge.ir.facts import PackageFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import guid
from cimforge.readers.xmi1_collected import Standing
from cimforge.readers.xmi1_reading import Reading
from cimforge.readers.xmi1_tags import Tagged


def package_facts(reading: Reading) -> tuple[PackageFact, ...]:
    """Every package, in file order.

    EA writes a package's tagged values with the package, with the model element that stands for the
    exported package (the same GUID), or with a ``ClassifierRole``. A role is the package's if it has the
    package's GUID or names it (``package2``), else if one package alone has its name, in the package that
    the role says it stands in if it says so. Where several could be meant, the tags are left out and
    reported (CIM153).
    """
    found = reading.found
    said = {found.ids[p.key]: p for p in found.packages}
    parent = {found.ids[p.key]: found.ids.get(p.package) for p in found.packages}
    for package in found.packages:
        reading.tagged(package.written, package.key)
    for model in found.models:
        tagged = reading.tagged(model.written, model.key)
        if (own := ElementId(guid(model.key))) in said:
            said[own].written.tagged.join(tagged)
        elif tagged.tags:
            found.notes["TaggedValue of the model"] += len(tagged.tags)
    named: dict[tuple[str, str], list[ElementId]] = defaultdict(list)
    for id_, each in said.items():
        named[each.written.name, ""].append(id_)
        if above := parent[id_]:
            named[each.written.name, above].append(id_)
    for role in found.roles:
        _join_role(reading, role, said, named)
    return tuple(
        PackageFact(
            id=id_,
            name=each.written.name,
            parent=Ref(by="id", value=above) if (above := parent[id_]) else None,
            stereotypes=reading.stereotypes(each.written, each.key),
            doc=each.written.tagged.doc,
            tags=tuple(each.written.tagged.tags or ()),
            location=found.at(each.written),
        )
        for id_, each in said.items()
    )


def _join_role(
    reading: Reading,
    role: Standing,
    said: dict[ElementId, Standing],
    named: dict[tuple[str, str], list[ElementId]],
) -> None:
    """Give the tags of ``role`` to its package; ``named`` has packages by name, alone and with the parent."""
    found = reading.found
    tagged = reading.tagged(role.written, role.key)
    if tagged.ea.get("ea_stype", "Package") != "Package":
        found.notes["ClassifierRole"] += 1
        return
    for own in (guid(role.key), guid(tagged.ea.get("package2", ""))):
        if ElementId(own) in said:
            said[ElementId(own)].written.tagged.join(tagged)
            return
    name = role.written.name
    meant = named.get((name, ""), [])
    if len(meant) > 1:
        meant = named.get((name, guid(tagged.ea.get("package", ""))), meant)
    if len(meant) == 1:
        said[meant[0]].written.tagged.join(tagged)
        return
    found.notes["ClassifierRole"] += 1
    is_lost = tagged.tags or (tagged.doc and not all(said[id_].written.tagged.doc for id_ in meant))
    if meant and is_lost:
        _report_ambiguous(reading, role, tagged, len(meant), [said[id_] for id_ in meant[:5]])


def _report_ambiguous(
    reading: Reading, role: Standing, tagged: Tagged, count: int, meant: list[Standing]
) -> None:
    names = [tag for tag, _ in tagged.tags or ()] or ["documentation"]
    reading.found.report.add(
        "CIM153",
        at=reading.found.at(role.written),
        related=tuple(reading.found.at(m.written) for m in meant),
        package=role.written.name,
        count=count,
        tags=", ".join(names),
    )
