"""Packages of XMI 1.x as facts, with the tagged values that Sparx EA writes elsewhere."""

from __future__ import annotations

from collections import defaultdict

from cimforge.ir.facts import PackageFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.xmi1_collect import Standing
from cimforge.readers.xmi1_ids import guid
from cimforge.readers.xmi1_names import parts
from cimforge.readers.xmi1_reading import Reading, Said
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
    said = {found.ids[p.raw]: reading.said(p.element, p.raw) for p in found.packages}
    parent = {found.ids[p.raw]: found.ids.get(p.package) for p in found.packages}
    for model in found.models:
        tagged = reading.tagged(model.element, parts(model.element).get("taggedValue"), model.raw)
        if (own := ElementId(guid(model.raw))) in said:
            said[own].tagged.join(tagged)
        elif tagged.tags:
            found.notes["TaggedValue of the model"] += len(tagged.tags)
    by_name: dict[str, list[ElementId]] = defaultdict(list)
    for id_, each in said.items():
        by_name[each.name].append(id_)
    for role in found.roles:
        _join_role(reading, role, said, parent, by_name)
    return tuple(
        PackageFact(
            id=id_,
            name=each.name,
            parent=Ref(by="id", value=above) if (above := parent[id_]) else None,
            stereotypes=each.stereotypes,
            doc=each.tagged.doc,
            tags=each.tags,
            location=each.location,
        )
        for id_, each in said.items()
    )


def _join_role(
    reading: Reading,
    role: Standing,
    said: dict[ElementId, Said],
    parent: dict[ElementId, ElementId | None],
    by_name: dict[str, list[ElementId]],
) -> None:
    found, element = reading.found, role.element
    tagged = reading.tagged(element, parts(element).get("taggedValue"), role.raw)
    if tagged.ea.get("ea_stype", "Package") != "Package":
        found.notes["ClassifierRole"] += 1
        return
    for own in (guid(role.raw), guid(tagged.ea.get("package2", ""))):
        if ElementId(own) in said:
            said[ElementId(own)].tagged.join(tagged)
            return
    meant = by_name.get(element.get("name", ""), [])
    if len(meant) > 1 and (above := guid(tagged.ea.get("package", ""))):
        meant = [id_ for id_ in meant if parent[id_] == above] or meant
    if len(meant) == 1:
        said[meant[0]].tagged.join(tagged)
        return
    found.notes["ClassifierRole"] += 1
    if meant and (tagged.tags or tagged.doc):
        _report_ambiguous(reading, role, tagged, [said[id_] for id_ in meant])


def _report_ambiguous(reading: Reading, role: Standing, tagged: Tagged, meant: list[Said]) -> None:
    names = [tag for tag, _ in tagged.tags] or ["documentation"]
    reading.found.report.add(
        "CIM153",
        at=reading.found.at(role.element),
        related=tuple(m.location for m in meant),
        package=role.element.get("name", ""),
        count=len(meant),
        tags=", ".join(names),
    )
