"""From a linked model to what is emitted: the profiles, with their names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.ir.index import Index
from cimforge.ir.model import Model
from cimforge.ir.names import NameTable
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.value import replace
from cimforge.passes.identifiers import digest, file_stem, ncname
from cimforge.passes.name import assign_names
from cimforge.passes.normalize import normalize
from cimforge.passes.restrict import restrict


def profile_units(
    model: Model, specs: Iterable[ProfileSpec], datasets: Mapping[str, Model], report: Report
) -> tuple[Unit, ...]:
    """What is to be emitted, still without names: every selection, or else the model as one family.

    ``datasets`` holds the linked model of each dataset profile, by the path of its RDFS file.
    """
    chosen = tuple(specs)
    if not chosen:
        members = tuple(_unit(p.keyword, restrict(model, p), None) for p in model.profiles)
        return (_unit(model.name, model, None, members),)
    from cimforge.passes.select import as_dataset, select

    base = Index(model)
    units: list[Unit] = []
    for spec in chosen:
        if spec.kind == "message":
            selected = normalize(select(base, spec, report))
        elif spec.dataset in datasets:
            selected = normalize(as_dataset(datasets[spec.dataset], spec))
        else:
            continue
        units.append(_unit(f"{spec.name}.{spec.variant}" if spec.variant else spec.name, selected, spec))
    return tuple(units)


def name_units(units: Iterable[Unit], report: Report) -> tuple[Unit, ...]:
    """``units`` with their name tables."""
    return tuple(_with_names(u, report) for u in units)


def derived_name(model: Model) -> str:
    """Name of a build that was given none: from the namespace most classes stand in (``cim100``)."""
    count: dict[str, int] = {}
    for c in model.classes:
        space = c.meta.uri[: c.meta.uri.rfind("#") + 1]
        count[space] = count.get(space, 0) + 1
    main = min(count, key=lambda s: (-count[s], s), default="")
    release = re.findall(r"cim\d+", main.casefold())
    if release:
        return str(release[-1])
    stem = file_stem(main.rstrip("#/").rpartition("/")[2] or "model")
    if not stem.isidentifier() or stem in sys.stdlib_module_names or stem in ("lxml", "xsdata", "starlette"):
        # A package of that name would hide the module that other code imports.
        return f"{stem}_model" if stem.isidentifier() else "model"
    return stem


def _unit(name: str, model: Model, spec: ProfileSpec | None, members: tuple[Unit, ...] = ()) -> Unit:
    return Unit(name=name, model=model, index=Index(model), spec=spec, names={}, members=members)


def _with_names(unit: Unit, report: Report) -> Unit:
    names: dict[str, NameTable] = {
        "python": assign_names(unit.index, "python", report, module=_module(unit)),
        "xsd": assign_names(unit.index, "xsd", report),
        "openapi": assign_names(unit.index, "openapi", report),
    }
    members = tuple(replace(m, names={"xsd": _of_member(m, names["xsd"])}) for m in unit.members)
    return replace(unit, names=names, members=members)


def _of_member(member: Unit, family: NameTable) -> NameTable:
    """The names of one profile of a family: the family's, so that all schemas call an element alike."""
    envelope = ncname(member.model.envelope.name) if member.model.envelope else ""
    if member.model.envelope and any(family.by_id[c.id] == envelope for c in member.model.classifiers):
        envelope = f"{envelope}_{digest(member.model.envelope.namespace)}"
    return replace(family, envelope=envelope)


def _module(unit: Unit) -> str:
    """Python module of a message unit, under the build's package: ``edo.end_device_controls``."""
    if unit.spec is None:
        return ""
    folder = unit.spec.service.group.lower() if unit.spec.service else "messages"
    stem = file_stem(unit.spec.name)
    return f"{folder}.{stem}_{file_stem(unit.spec.variant)}" if unit.spec.variant else f"{folder}.{stem}"
