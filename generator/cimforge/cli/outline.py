"""A model (or what will become one) as a page to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cimforge.diagnostics.as_text import printable
from cimforge.ir.facts import Facts
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    Model,
    Primitive,
)
from cimforge.ir.names import NameTable
from cimforge.ir.profile import ProfileFile
from cimforge.sources import counted


def outline(value: Any) -> str:
    """Text of any step's result: facts counted, models class by class, name tables name by name."""
    return "".join(f"{printable(line)}\n" for line in _lines(value))


def _lines(value: Any) -> Iterator[str]:
    match value:
        case Model():
            yield from _model(value)
        case Facts():
            yield from _facts(value)
        case ProfileFile():
            yield from _facts(value.presupposed)
            kept = sum(len(s.properties) for s in value.spec.selections)
            classes = len(value.spec.selections)
            yield f"  profile {value.spec.name}: {classes} classes, {kept} members of theirs"
        case NameTable():
            for element, name in sorted(value.by_id.items()):
                module = value.modules.get(element, "")
                yield f"    {name}" + (f" ({module})" if module else "") + f"  {element}"
        case dict():
            for key, item in value.items():
                yield f"{key}:"
                yield from (f"  {line}" for line in _lines(item))
        case _:
            for item in value:
                yield from _lines(item)


def _facts(facts: Facts) -> Iterator[str]:
    for source in facts.sources:
        exporter = f" by {source.exporter}" if source.exporter else ""
        yield f"{source.path}  {source.format}{exporter}"
    kinds = ("profiles", "packages", "classes", "members", "connectors")
    yield "  " + ", ".join(f"{len(getattr(facts, kind))} {kind}" for kind in kinds)
    if facts.notes:
        yield "  not used: " + counted(facts.notes)


def _model(model: Model) -> Iterator[str]:
    name_by_id = {c.id: c.name for c in model.classifiers}
    yield f"model {model.name} {model.version}".rstrip()
    for profile in model.profiles:
        yield f"profile {profile.keyword} {profile.uri}".rstrip()
    homes: dict[ElementId | None, list[Classifier]] = {p.id: [] for p in model.packages}
    for classifier in model.classifiers:
        homes.setdefault(classifier.package, []).append(classifier)
    package_name = {p.id: p.name for p in model.packages}
    for home, classifiers in homes.items():
        yield f"package {package_name.get(home, '(none)') if home else '(none)'}"
        for classifier in sorted(classifiers, key=lambda c: c.name):
            yield from _classifier(classifier, name_by_id)


def _classifier(classifier: Classifier, name_by_id: dict[ElementId, str]) -> Iterator[str]:
    match classifier:
        case Class():
            bases = ", ".join(name_by_id.get(base, base) for base in classifier.bases)
            abstract = "abstract " if classifier.is_abstract else ""
            yield f"  {abstract}class {classifier.name}" + (f" < {bases}" if bases else "")
        case Compound():
            yield f"  compound {classifier.name}"
        case Datatype():
            unit = f"{classifier.multiplier} {classifier.unit}".strip()
            value = name_by_id.get(classifier.value, classifier.value)
            yield f"  datatype {classifier.name}: {value}" + (f" in {unit}" if unit else "")
            return
        case Enumeration():
            yield f"  enumeration {classifier.name}"
            yield from (f"    {literal.name}" for literal in classifier.literals)
            return
        case Primitive():
            yield f"  primitive {classifier.name}: {classifier.kind}"
            return
    members: tuple[Attribute | AssociationEnd, ...] = classifier.attributes
    if isinstance(classifier, Class):
        members = (*members, *classifier.ends)
    for member in sorted(members, key=lambda m: m.order):
        arrow = "-> " if isinstance(member, AssociationEnd) else ""
        type_ = name_by_id.get(member.type, member.type)
        yield f"    {member.name}: {arrow}{type_} {member.multiplicity}"
