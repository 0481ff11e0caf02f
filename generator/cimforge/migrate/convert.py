"""A profile in a format of other tools, as a selection."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.ir.index import Index
from cimforge.ir.model import Model
from cimforge.ir.profile import ProfileSpec
from cimforge.migrate.as_toml import as_toml
from cimforge.migrate.shorten import completed, shortened
from cimforge.passes.normalize import normalize
from cimforge.passes.select import select
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource


def convert(spec: ProfileSpec, base: Index, report: Report, *, is_whole: bool) -> str | None:
    """The text of a selection that takes the same profile out of ``base`` as ``spec`` does.

    ``is_whole``: ``base`` is an information model; else it is what the profile presupposes of one. None, and
    reported, if the profile does not go with ``base``, or says what no selection can say. A profile without
    roots gives a selection that still lacks them, which is reported too (CIM371).
    """
    full = completed(spec)
    wanted = _selected(full, base, report)
    if report.has_errors:
        return None
    source = spec.location.file
    remark = f"Made by `cimforge profile convert` from {source.rpartition('/')[2]}."
    if not is_whole:
        remark += "\nThe information model was not at hand: with it (-m), this gets shorter."
    text = as_toml(shortened(full, base, is_whole=is_whole), base, remark)
    if not full.roots:
        report.add("CIM371", at=spec.location, name=spec.name)
        return text
    again = read_selection(RawSource(path=f"{source} as TOML", data=text.encode()), report)
    if again is None:
        return None
    found = _selected(again, base, Report())
    if what := _told_apart(found, wanted):
        report.add("CIM370", at=spec.location, name=spec.name, what=what)
    return text


def _selected(spec: ProfileSpec, base: Index, report: Report) -> Model:
    return normalize(select(base, spec, report))


def _told_apart(found: Model, wanted: Model) -> str:
    """What of a profile is another in its selection, in words; empty if nothing is."""
    for kind in ("classes", "compounds", "enumerations", "datatypes", "primitives"):
        before, after = getattr(wanted, kind), getattr(found, kind)
        if before != after:
            names = sorted({c.name for c in before} ^ {c.name for c in after})
            names = names or [b.name for b, a in zip(before, after, strict=True) if b != a]
            return f"{kind} {', '.join(names[:3])}"
    return "" if found == wanted else "its header"
