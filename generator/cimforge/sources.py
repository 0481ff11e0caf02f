"""Everything that a build reads, as facts and selections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location
from cimforge.ir.profile import ProfileFile, ProfileSpec
from cimforge.ir.value import Struct, field, only_values
from cimforge.readers.inputs import FILE_LIMIT, NAMESPACES, collect
from cimforge.readers.namespaces import Tables
from cimforge.readers.sniff import EXPECTED, is_selection, read_source
from cimforge.readers.source import RawSource
from cimforge.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done of it and what there is of it."""

_FRAME = frozenset(
    (
        "Diagram",
        "EARootClass",
        "Package that is a project's root node",
        "TaggedValue of the exporter",
        "http://langdale.com.au/2005/Message#Flag",
        "http://www.w3.org/2002/07/owl#imports",
        "root node of the project",
        "t_diagram",
        "umldi:UMLClassDiagram",
    )
)
"""Kinds in `Facts.notes` that tools write around nearly every model, and that are nothing to it."""


class Sources(Struct, frozen=True, kw_only=True):
    """Everything that was read."""

    raw: tuple[RawSource, ...]
    facts: tuple[Facts, ...]
    profiles: tuple[ProfileFile, ...] = ()
    """Profiles in formats of other tools."""
    specs: tuple[ProfileSpec, ...] = ()
    """Every profile: selections, and those of `profiles`."""
    datasets: Mapping[str, Facts] = field(default_factory=dict)
    """Facts of each dataset profile, by the path of its RDFS file."""


@only_values()
def read(settings: Settings, report: Report, step: Progress) -> Sources | None:
    """Every input of ``settings`` as facts and selections; None if one cannot be found or read."""
    if settings.inputs:
        collected = collect(settings.inputs, report)
        profile_sources: tuple[RawSource, ...] = ()
    else:
        collected = _collected(settings, (*settings.model, *settings.extensions), report)
        profile_sources = _collected(settings, settings.profiles, report)
    raw = tuple(s for s in collected if not s.path.endswith(NAMESPACES))
    tables = Tables(
        (s for s in collected if s.path.endswith(NAMESPACES)),
        _collected(settings, settings.namespace_files, report),
        raw,
        report,
    )
    if tables.sources and not raw:
        at = Location(file=tables.sources[0].path)
        report.add("CIM111", at=at, found="a table of namespaces, and no model beside it", expected=EXPECTED)
    if report.has_errors:
        return None
    specs: tuple[ProfileSpec, ...] = ()
    selections = tuple(s for s in profile_sources if is_selection(s))
    if selections:
        from cimforge.readers.selection import read_selections

        specs = read_selections(selections, report, _Beside(settings.base))
    facts: list[Facts] = []
    profiles: list[ProfileFile] = []
    for done, source in enumerate(raw):
        step("read", done, len(raw))
        found = read_source(source, report)
        if isinstance(found, ProfileFile):
            _told(found.presupposed, report)
            profiles.append(found)
        elif found is not None:
            facts.append(tables.beside(_told(found, report)))
    for source in profile_sources:
        if source not in selections:
            profiles += _profile(source, report)
    if profiles:
        from cimforge.readers.selection import distinct

        specs = distinct((*specs, *(p.spec for p in profiles)), report)
    datasets: dict[str, Facts] = {}
    dataset_sources: list[RawSource] = []
    for spec in specs:
        if spec.dataset and spec.dataset not in datasets:
            for source in _collected(settings, (spec.dataset,), report):
                found = read_source(source, report)
                dataset_sources.append(source)
                if isinstance(found, Facts):
                    datasets[spec.dataset] = _told(found, report)
    if report.has_errors:
        return None
    return Sources(
        raw=(*raw, *tables.sources, *profile_sources, *dataset_sources),
        facts=tuple(facts),
        profiles=tuple(profiles),
        specs=specs,
        datasets=datasets,
    )


def _told(facts: Facts, report: Report) -> Facts:
    """``facts`` of one file; what it has that is not used is reported (CIM266), but for `_FRAME`."""
    unused = [(kind, count) for kind, count in facts.notes if kind not in _FRAME]
    if unused:
        report.add("CIM266", at=Location(file=facts.sources[0].path), kinds=counted(unused))
    return facts


def counted(notes: Iterable[tuple[str, int]]) -> str:
    """What a reader has seen and not stated, as text: ``3 Diagram, 12,000 EAStub``."""
    return ", ".join(f"{count:,} {kind}" for kind, count in notes)


def _profile(source: RawSource, report: Report) -> list[ProfileFile]:
    """The profile in a file that settings call one; nothing, and reported, if it holds none."""
    found = read_source(source, report)
    if isinstance(found, ProfileFile):
        _told(found.presupposed, report)
        return [found]
    if found is not None:
        report.add(
            "CIM111",
            at=Location(file=source.path),
            found="an information model",
            expected="a profile: a selection (TOML), or CIMTool's OWL or Catalog",
        )
    return []


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


class _Beside(Mapping[str, RawSource]):
    """The files under a folder, read when they are asked for: what a profile may refer to."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __getitem__(self, path: str) -> RawSource:
        place = self._base / path
        try:
            # A device or a pipe would never end.
            if place.is_file() and place.stat().st_size <= FILE_LIMIT:
                return RawSource(path=path, data=place.read_bytes())
        except OSError:
            pass
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return (p.relative_to(self._base).as_posix() for p in sorted(self._base.rglob("*")) if p.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)
