"""``cimforge explain --element``: one element, and everything that made it what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cimforge.cli.messages import print_messages, status
from cimforge.cli.project import settings_of
from cimforge.diagnostics import Report
from cimforge.diagnostics.as_text import place, printable

if TYPE_CHECKING:
    from cimforge.ir.facts import Location
    from cimforge.passes.explain import Explanation, Source
    from cimforge.passes.namespaces import Reason


def explain_element(
    context: click.Context, element: str, inputs: tuple[str, ...], config: str | None, *, as_json: bool
) -> None:
    """Print what is known of ``element`` in the files that a build of the same arguments reads.

    A name of several elements lists them, an unknown one those like it; the exit status is then 2.
    """
    from cimforge import pipeline

    settings = settings_of(context, inputs, config)
    report = Report(severities=settings.severities, suppressed=settings.suppressed)
    found = pipeline.explain_element(settings, element, report)
    if found is None:
        print_messages(report)
        context.exit(status(report))
    if found.candidates:
        listed = "".join(f"\n  {printable(uri)}" for uri in found.candidates)
        raise click.UsageError(f"{printable(element)} is several elements; name one by its URI:{listed}")
    if found.explanation is None:
        hint = f" Did you mean {', '.join(map(printable, found.nearest))}?" if found.nearest else ""
        raise click.UsageError(f"There is no element {printable(element)}.{hint}")
    if as_json:
        import msgspec

        from cimforge.ir.codec import IR_VERSION

        document = {"ir_version": IR_VERSION, "element": found.explanation}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        for line in _lines(found.explanation, report):
            click.echo(printable(line))


def _lines(told: Explanation, report: Report) -> Iterator[str]:
    yield f"{told.name}  {told.kind}"
    yield f"  URI        {told.uri}"
    yield f"  id         {told.id}"
    if told.extends:
        yield f"  merged     into {told.extends}"
    space = told.uri[: max(told.uri.rfind("#"), told.uri.rfind("/")) + 1]
    decisive = next((s for s in told.sources if s.namespace[0].namespace == space), None)
    if decisive is not None:
        first, *others = decisive.namespace
        yield f"  namespace  {_reason(first, report)}"
        yield from (f"        not  {_reason(other, report)}" for other in others)
    for source in told.sources:
        yield f"  stated in  {_place(source.location, report)}"
        said = _said(source)
        if said:
            yield f"             {said}"
        if source.uri != told.uri:
            yield f"             as {source.uri}"
        if source is not decisive and source.namespace[0].namespace != space:
            yield f"             its namespace: {_reason(source.namespace[0], report)}"
    for difference in told.differences:
        values = dict.fromkeys(s.value for s in difference.statements)
        shown = " / ".join(" ".join(value.split())[:60] for value in values)
        policy = f"{difference.field} ({difference.policy})"
        yield f"  differs    {policy}: {shown}; {difference.taken[:60]} counts"


def _said(source: Source) -> str:
    parts = [source.type, source.multiplicity]
    if source.default is not None:
        parts.append(f"= {source.default}")
    parts += [f"«{mark}»" for mark in source.stereotypes]
    if source.id != source.uri:
        parts.append(f"id {source.id}")
    if source.profile:
        parts.append(f"profile {source.profile}")
    return "  ".join(part for part in parts if part)


def _reason(reason: Reason, report: Report) -> str:
    where = _place(reason.location, report)
    return f"{reason.namespace}  by {reason.because}" + (f"  ({where})" if where else "")


def _place(location: Location, report: Report) -> str:
    shown = place(report, location)
    return f"{shown} ({location.pointer})" if location.pointer and not location.line else shown
