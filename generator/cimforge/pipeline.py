"""The whole compiler on one page: settings in, files in memory out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Emitter, Request, Unit
from cimforge.ir.facts import Facts
from cimforge.ir.index import Index
from cimforge.ir.model import Class, Compound, Datatype, Model
from cimforge.ir.names import NameTable
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.service import Group
from cimforge.ir.value import Struct, field, replace
from cimforge.output.files import OutputFile
from cimforge.passes.identifiers import file_stem
from cimforge.passes.identify import identify
from cimforge.passes.link import link
from cimforge.passes.merge import merge
from cimforge.passes.name import assign_names
from cimforge.passes.normalize import normalize
from cimforge.passes.restrict import restrict
from cimforge.passes.select import as_dataset, select
from cimforge.readers.inputs import collect
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource
from cimforge.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done of it and what there is of it."""

STAGES = ("read", "merge", "link", "select", "name")


class Sources(Struct, frozen=True, kw_only=True):
    """Everything that was read."""

    raw: tuple[RawSource, ...]
    facts: tuple[Facts, ...]
    specs: tuple[ProfileSpec, ...] = ()
    datasets: Mapping[str, Facts] = field(default_factory=dict)
    """Facts of each dataset profile, by the path of its RDFS file."""


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
            rows.append(("profiles", f"{len(messages)} in {len(groups)} IRM groups"))
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
    sources = read(settings, report, step)
    if sources is None or report.has_errors:
        return None
    step("link", 0, 1)
    model = information_model(settings, sources, report)
    if report.has_errors:
        return None
    name = settings.name or derived_name(model)
    step("select", 0, 1)
    units = name_units(profiles(model, sources, settings, report), report)
    if report.has_errors:
        return None
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
    return Build(name=name, model=model, units=units, files=tuple(files), sources=sources.raw)


def inspect(settings: Settings, report: Report, after: str) -> Any:
    """The value after stage ``after`` (one of `STAGES`), even where ``report`` has errors.

    ``read``: the facts of each file; ``merge``: one `Facts`; ``link``: the `Model`; ``select``: the
    profiles' models by name; ``name``: the name tables by profile and target. None if nothing could be read.
    """
    sources = read(settings, report, _silent)
    if sources is None:
        return None
    if after == "read":
        return sources.facts
    if after == "merge":
        return merged(settings, sources.facts, report)
    model = information_model(settings, sources, report)
    if after == "link":
        return model
    selected = profiles(model, sources, settings, report)
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


# -- the steps ----------------------------------------------------------------------------------------


def read(settings: Settings, report: Report, step: Progress) -> Sources | None:
    """Every input of ``settings`` as facts and selections; None if one cannot be found or read."""
    if settings.inputs:
        raw = collect(settings.inputs, report)
        profile_sources: tuple[RawSource, ...] = ()
    else:
        raw = _collected(settings, (*settings.model, *settings.extensions), report)
        profile_sources = _collected(settings, settings.profiles, report)
    if report.has_errors:
        return None
    specs: tuple[ProfileSpec, ...] = ()
    if profile_sources:
        from cimforge.readers.selection import read_selections

        specs = read_selections(profile_sources, report, _Beside(settings.base))
    facts: list[Facts] = []
    for done, source in enumerate(raw):
        step("read", done, len(raw))
        found = read_source(source, report)
        if found is not None:
            facts.append(found)
    datasets: dict[str, Facts] = {}
    dataset_sources: list[RawSource] = []
    for spec in specs:
        if spec.dataset and spec.dataset not in datasets:
            for source in _collected(settings, (spec.dataset,), report):
                found = read_source(source, report)
                dataset_sources.append(source)
                if found is not None:
                    datasets[spec.dataset] = found
    if report.has_errors:
        return None
    return Sources(
        raw=(*raw, *profile_sources, *dataset_sources), facts=tuple(facts), specs=specs, datasets=datasets
    )


def merged(settings: Settings, facts: Sequence[Facts], report: Report) -> Facts:
    """One `Facts` of several files, each in the shape in which RDFS states it."""
    return merge([identify(f, settings.namespace, report) for f in facts], report)


def information_model(settings: Settings, sources: Sources, report: Report) -> Model:
    """The linked, normalized model of all model files."""
    facts = merged(settings, sources.facts, report)
    extensions = tuple(sorted({s.extension.namespace for s in sources.specs if s.extension}))
    model = normalize(link(facts, report, version=settings.release or _version(facts), extensions=extensions))
    return _named(model, settings.name or derived_name(model))


def profiles(model: Model, sources: Sources, settings: Settings, report: Report) -> tuple[Unit, ...]:
    """What is to be emitted, still without names: every selection, or else the model as one family."""
    base = Index(model)
    if not sources.specs:
        members = tuple(_unit(p.keyword, restrict(model, p), None) for p in model.profiles)
        return (_unit(model.name, model, None, members),)
    units: list[Unit] = []
    for spec in sources.specs:
        if spec.kind == "dataset":
            facts = sources.datasets.get(spec.dataset)
            if facts is None:
                continue
            linked = link(merged(settings, (facts,), report), report, name=spec.name, version=spec.version)
            selected = normalize(as_dataset(linked, spec))
        else:
            selected = normalize(select(base, spec, report))
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


class _Beside(Mapping[str, RawSource]):
    """The files under a folder, read when they are asked for: what a profile may refer to."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __getitem__(self, path: str) -> RawSource:
        try:
            return RawSource(path=path, data=(self._base / path).read_bytes())
        except OSError:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return (p.relative_to(self._base).as_posix() for p in sorted(self._base.rglob("*")) if p.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _collected(settings: Settings, globs: Iterable[str], report: Report) -> tuple[RawSource, ...]:
    """The files that globs under the settings' folder name, known by their path under that folder."""
    patterns = [settings.pattern(g) for g in globs]
    if not patterns:
        return ()
    found: list[RawSource] = []
    for source in collect(patterns, report):
        shown = report.paths.get(source.path, source.path)
        path = settings.known_as(shown)
        report.paths[path] = shown
        found.append(RawSource(path=path, data=source.data))
    return tuple(sorted(found, key=lambda s: s.path))


def _version(facts: Facts) -> str:
    versions = {p.version for p in facts.profiles if p.version}
    return versions.pop() if len(versions) == 1 else ""


def _named(model: Model, name: str) -> Model:
    return replace(model, name=name)


def _unit(name: str, model: Model, spec: ProfileSpec | None, members: tuple[Unit, ...] = ()) -> Unit:
    return Unit(name=name, model=model, index=Index(model), spec=spec, names={}, members=members)


def _with_names(unit: Unit, report: Report) -> Unit:
    names: dict[str, NameTable] = {
        "python": assign_names(unit.index, "python", report, module=_module(unit)),
        "xsd": assign_names(unit.index, "xsd", report),
        "openapi": assign_names(unit.index, "openapi", report),
    }
    members = tuple(replace(m, names={"xsd": assign_names(m.index, "xsd", report)}) for m in unit.members)
    return replace(unit, names=names, members=members)


def _module(unit: Unit) -> str:
    """Python module of a message unit, under the build's package: ``edo.end_device_controls``."""
    if unit.spec is None:
        return ""
    folder = unit.spec.service.group.lower() if unit.spec.service else "messages"
    stem = file_stem(unit.spec.name)
    return f"{folder}.{stem}_{file_stem(unit.spec.variant)}" if unit.spec.variant else f"{folder}.{stem}"


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
