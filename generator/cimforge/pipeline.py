"""The whole compiler on one page: settings in, files in memory out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Emitter, Request, Unit
from cimforge.ir.facts import Facts
from cimforge.ir.model import Class, Compound, Datatype, Model
from cimforge.ir.policies import Difference
from cimforge.ir.service import Group
from cimforge.ir.value import Struct, only_values, replace
from cimforge.output.files import OutputFile
from cimforge.passes.absorb import absorb
from cimforge.passes.identify import identify_all
from cimforge.passes.link import link
from cimforge.passes.merge import Merged, merge_and_compare
from cimforge.passes.normalize import normalize
from cimforge.passes.tighten import tighten
from cimforge.readers.source import RawSource
from cimforge.settings import Settings
from cimforge.sources import Progress, Sources, read
from cimforge.units import derived_name, name_units, profile_units

if TYPE_CHECKING:
    from cimforge.passes.explain import Found

STAGES = ("read", "merge", "absorb", "link", "select", "name")


class Build(Struct, frozen=True, kw_only=True):
    """One finished compilation: the models, their names, and every output file in memory."""

    name: str
    model: Model
    units: tuple[Unit, ...]
    files: tuple[OutputFile, ...]
    sources: tuple[RawSource, ...]

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """What was read and emitted, as rows of (what, how much) for the closing table."""
        counted = counts(self.model)
        read = ", ".join(
            f"{counted[k]} {k.replace('_', ' ')}" for k in ("classes", "attributes", "enumerations")
        )
        rows = [("read", f"{len(self.sources)} files: {read}")]
        messages = [u for u in self.units if u.spec is not None]
        if messages:
            groups = {u.spec.service.group for u in messages if u.spec and u.spec.service}
            where = (
                f" in {len(groups)} IRM groups" if groups else f": {', '.join(u.name for u in messages[:8])}"
            )
            rows.append(("profiles", f"{len(messages)}{where}"))
        else:
            rows.append(("profiles", ", ".join(p.keyword for p in self.model.profiles)))
        by_emitter: dict[str, int] = {}
        for file in self.files:
            emitter = file.path.partition("/")[0]
            by_emitter[emitter] = by_emitter.get(emitter, 0) + 1
        rows += [(emitter, f"{count} files") for emitter, count in by_emitter.items()]
        return tuple(rows)

    @property
    def look_first(self) -> str:
        """The output file to open first: the first standard profile's Python module, else any."""
        standard = [u for u in self.units if u.spec is None or not u.spec.variant]
        for unit in standard[:1]:
            module = unit.names["python"].module_order[:1]
            path = f"python/{self.name}/{'/'.join(module).replace('.', '/')}.py"
            if any(f.path == path for f in self.files):
                return path
        return next((f.path for f in self.files if f.elements), "")


def compile_project(settings: Settings, report: Report, progress: Progress | None = None) -> Build | None:
    """The build that ``settings`` ask for; None if ``report`` has errors. Nothing is written."""
    step = progress or _silent
    found = _named_units(settings, report, step)
    if found is None:
        return None
    model, units, raw = found
    name = settings.name or derived_name(model)
    request = _request(settings, name, model, units)
    files: list[OutputFile] = []
    for done, target in enumerate(settings.emit):
        step(f"emit {target}", done, len(settings.emit))
        files += [
            OutputFile(
                path=f"{target}/{a.path}", data=a.data, elements=tuple(map(str, a.elements)), owner=a.owner
            )
            for a in _emitter(target).emit(request, report)
        ]
    if report.has_errors:
        return None
    step("emit", 1, 1)
    return Build(name=name, model=model, units=units, files=tuple(files), sources=raw)


def _named_units(
    settings: Settings, report: Report, step: Progress
) -> tuple[Model, tuple[Unit, ...], tuple[RawSource, ...]] | None:
    """The model, what is to be emitted of it, and the files they came from; None if ``report`` has errors.

    Facts live no longer than this call: what is emitted takes their place in memory.
    """
    sources = read(settings, report, step)
    if sources is None or report.has_errors:
        return None
    step("link", 0, 1)
    model = information_model(settings, sources, report)
    if report.has_errors:
        return None
    step("select", 0, 1)
    units = name_units(_profiles(model, sources, settings, report), report)
    return None if report.has_errors else (model, units, sources.raw)


def inspect(settings: Settings, report: Report, after: str) -> Any:
    """The value after stage ``after`` (one of `STAGES`), even where ``report`` has errors.

    ``read``: the facts of each file; ``merge`` and ``absorb``: one `Facts`; ``link``: the `Model`;
    ``select``: the profiles' models by name; ``name``: the name tables by profile and target. None if nothing
    could be read.
    """
    sources = read(settings, report, _silent)
    if sources is None:
        return None
    if after == "read":
        return (*sources.facts, *sources.profiles)
    if after == "merge":
        return _facts(settings, sources, report)
    if after == "absorb":
        return _absorbed(settings, sources, report)
    model = information_model(settings, sources, report)
    if after == "link":
        return model
    selected = _profiles(model, sources, settings, report)
    if after == "select":
        return {u.name: u.model for u in selected}
    return {u.name: dict(u.names) for u in name_units(selected, report)}


def counts(model: Model) -> dict[str, int]:
    """How many elements of each kind ``model`` has; attributes are those of every classifier."""
    owners: tuple[Class | Compound | Datatype, ...] = (*model.classes, *model.compounds, *model.datatypes)
    return {
        "packages": len(model.packages),
        "classes": len(model.classes),
        "attributes": sum(len(o.attributes) for o in owners),
        "association_ends": sum(len(c.ends) for c in model.classes),
        "enumerations": len(model.enumerations),
        "literals": sum(len(e.literals) for e in model.enumerations),
        "datatypes": len(model.datatypes),
        "compounds": len(model.compounds),
        "primitives": len(model.primitives),
    }


def merged(settings: Settings, facts: Sequence[Facts], report: Report) -> Facts:
    """One `Facts` of several files, each in the shape in which RDFS states it, tightened by SHACL shapes."""
    return tighten(_merged(settings, facts, report).facts, report)


def differences(settings: Settings, report: Report) -> tuple[Difference, ...] | None:
    """Everything that the model files state differently, by element and field; None if none could be read."""
    sources = read(settings, report, _silent)
    if sources is None:
        return None
    found = _merged(settings, sources.facts, report).differences
    return tuple(sorted(found, key=lambda d: (d.name, d.uri, d.field)))


def explain_element(settings: Settings, wanted: str, report: Report) -> Found | None:
    """What ``wanted`` names in the model files, and where that comes from; None if they could not be read."""
    from cimforge.passes.explain import explain
    from cimforge.readers.identity import guid

    sources = read(settings, report, _silent)
    if sources is None:
        return None
    return explain(
        sources.facts,
        wanted,
        guid(wanted),
        default_namespace=settings.namespace,
        table=settings.namespaces,
        policies=settings.policies,
    )


def _merged(settings: Settings, facts: Sequence[Facts], report: Report) -> Merged:
    identified = identify_all(facts, settings.namespace, report, table=settings.namespaces)
    return merge_and_compare(identified, report, settings.policies)


def _facts(settings: Settings, sources: Sources, report: Report) -> Facts:
    if sources.facts or not sources.profiles:
        return merged(settings, sources.facts, report)
    from cimforge.passes.presuppose import presuppose

    for profile in sources.profiles:
        report.add("CIM363", at=profile.spec.location, name=profile.spec.name)
    return presuppose(sources.profiles, report)


def _absorbed(settings: Settings, sources: Sources, report: Report) -> Facts:
    facts = _facts(settings, sources, report)
    return absorb(facts, settings.namespace, report) if sources.facts else facts


@only_values()
def information_model(settings: Settings, sources: Sources, report: Report) -> Model:
    """The linked, normalized model of all model files; without any, what profiles presuppose of one."""
    facts = _absorbed(settings, sources, report)
    extensions = tuple(sorted({s.extension.namespace for s in sources.specs if s.extension}))
    model = normalize(link(facts, report, version=settings.release or _version(facts), extensions=extensions))
    return replace(model, name=settings.name or derived_name(model))


def _profiles(model: Model, sources: Sources, settings: Settings, report: Report) -> tuple[Unit, ...]:
    datasets = {
        path: link(merged(settings, (facts,), report), report) for path, facts in sources.datasets.items()
    }
    return profile_units(model, sources.specs, datasets, report)


def _version(facts: Facts) -> str:
    versions = {p.version for p in facts.profiles if p.version}
    return versions.pop() if len(versions) == 1 else ""


def _request(settings: Settings, name: str, model: Model, units: tuple[Unit, ...]) -> Request:
    present = {u.spec.service.group for u in units if u.spec and u.spec.service}
    groups: tuple[Group, ...] = ()
    if present:
        from cimforge.irm import groups as registered

        groups = tuple(g for g in registered() if g.code in present)
    version = f" {_one_line(model.version)}" if model.version else ""
    return Request(
        name=name,
        version=model.version,
        units=units,
        groups=groups,
        options=settings.options,
        header=f"Code generated by cimforge from {name}{version}. DO NOT EDIT.",
    )


def _one_line(text: str) -> str:
    """``text`` as it may stand in a comment of any language: one line, nothing invisible, not endless."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return line if len(line) <= 80 else line[:79] + "…"


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _emitter(name: str) -> Emitter:
    """The emitter called ``name``; imported here, so that a build pays only for what it emits."""
    match name:
        case "python":
            from cimforge.emitters.python import PythonEmitter

            return PythonEmitter()
        case "xsd":
            from cimforge.emitters.xsd import XsdEmitter

            return XsdEmitter()
        case "openapi":
            from cimforge.emitters.openapi import OpenApiEmitter

            return OpenApiEmitter()
        case "adapters":
            from cimforge.emitters.adapters import AdaptersEmitter

            return AdaptersEmitter()
        case "ir":
            from cimforge.emitters.ir_json import IrEmitter

            return IrEmitter()
    raise ValueError(f"no emitter is called {name}")
