"""CIMTool's ``.namespaces`` files: which stereotype stands for which namespace, and in which model files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Location, SourceFile, SpaceFact
from cimforge.ir.value import replace
from cimforge.readers.inputs import NAMESPACES, collect
from cimforge.readers.source import RawSource

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+\Z")

_NAMED_BY_URI = frozenset({"rdfs", "owl", "shacl", "cimtool", "catalog", "profile"})
"""Formats whose elements have URIs, so that no table of namespaces says anything of them."""


def read_namespaces(source: RawSource, report: Report) -> tuple[SpaceFact, ...]:
    """The rows of a table of namespaces, one a line: ``stereotype=URI``.

    Empty lines and lines that begin with ``#`` or ``!`` say nothing. A namespace without ``#`` or ``/`` at
    its end gets ``#``. A line that is no row, a value that is no absolute IRI and a stereotype with two
    namespaces are errors (CIM260); of these rows none is returned.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = source.data.count(b"\n", 0, error.start) + 1
        report.add("CIM260", at=Location(file=source.path, line=broken), problem="it is not UTF-8 text")
        return ()
    rows: dict[str, SpaceFact] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith(("#", "!")):
            continue
        at = Location(file=source.path, line=number)
        stereotype, equals, namespace = (part.strip() for part in line.partition("="))
        if not equals or not stereotype:
            report.add("CIM260", at=at, problem="the line does not say `stereotype=namespace`")
        elif not _IRI.match(namespace):
            report.add("CIM260", at=at, problem=f"`{namespace}` is no absolute IRI")
        else:
            closed = namespace if namespace[-1] in "#/" else namespace + "#"
            row = SpaceFact(stereotype=stereotype, namespace=closed, location=at)
            twin = rows.setdefault(stereotype.casefold(), row)
            if twin.namespace != row.namespace:
                report.add("CIM260", at=at, problem=f"«{stereotype}» stands for {twin.namespace} already")
    return tuple(rows.values())


class Tables:
    """The tables of namespaces of some inputs. `sources` are their files, those found beside models included.

    A table with the name and folder of a model file (``grid.xmi``, ``grid.namespaces``) goes with that file,
    be it among the inputs or merely there; any other goes with all. Where both give a stereotype a
    namespace, the one of the model file's own table counts.
    """

    def __init__(
        self,
        given: Iterable[RawSource],
        general: Iterable[RawSource],
        models: Sequence[RawSource],
        report: Report,
    ) -> None:
        self._report = report
        self.sources: list[RawSource] = []
        self._rows: dict[str, tuple[SpaceFact, ...]] = {}
        self._own: dict[str, RawSource] = {}
        self._general: list[RawSource] = []
        stems = {_stem(m.path) for m in models}
        for table in given:
            if _stem(table.path) in stems:
                self._own[_stem(table.path)] = self._read(table)
            else:
                self._general.append(self._read(table))
        self._general += [self._read(table) for table in general]

    def beside(self, facts: Facts) -> Facts:
        """``facts`` of one model file with the rows and the files of every table that goes with it."""
        model = facts.sources[0]
        if model.format in _NAMED_BY_URI:
            return facts
        own = self._own.get(_stem(model.path)) or self._found(model.path)
        tables = [*([own] if own else []), *(t for t in self._general if t is not own)]
        named = tuple(SourceFile(path=t.path, format="namespaces", sha256=t.sha256) for t in tables)
        rows = tuple(row for table in tables for row in self._rows[table.path])
        return replace(facts, sources=(*facts.sources, *named), spaces=rows) if tables else facts

    def _found(self, path: str) -> RawSource | None:
        """The table that lies beside the model file ``path`` without being named."""
        shown = Path(self._report.paths.get(path, path)).with_suffix(NAMESPACES)
        if not shown.is_file():
            return None
        for table in collect([str(shown)], self._report):
            named = RawSource(path=_stem(path) + NAMESPACES, data=table.data)
            self._report.paths[named.path] = str(shown)
            self._own[_stem(path)] = named
            return self._read(named)
        return None

    def _read(self, table: RawSource) -> RawSource:
        if table.path not in self._rows:
            self._rows[table.path] = read_namespaces(table, self._report)
            self.sources.append(table)
        return table


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] or name)
