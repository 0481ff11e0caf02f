"""``cimforge profile``: profiles of other tools, and profiles on another information model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cimforge.cli import options
from cimforge.cli.options import Session

if TYPE_CHECKING:
    from cimforge.diagnostics import Report
    from cimforge.ir.index import Index
    from cimforge.sources import Sources


@click.group()
def profile() -> None:
    """Convert profiles of other tools; check profiles against a newer information model."""


@profile.command()
@options.debug
@options.message_format
@options.namespace
@click.option(
    "-m",
    "--model",
    "models",
    multiple=True,
    metavar="MODEL",
    help="The information model: a file, folder or glob; may be given several times.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the selection to FILE, not to stdout.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@click.argument("source", metavar="PROFILE")
@click.pass_context
def convert(
    context: click.Context,
    source: str,
    models: tuple[str, ...],
    output: str | None,
    force: bool,
    message_format: str,
) -> None:
    """Turn a profile of CIMTool (.owl, Catalog .xml) into a selection (TOML) that yields the same.

    With the information model at hand, names and bounds are those that hold there, and the text is
    short. Without it, the selection says all that the profile says.
    """
    from cimforge.cli.messages import print_messages, status
    from cimforge.diagnostics import Report
    from cimforge.migrate.convert import convert as converted

    if message_format != "text" and output is None:
        raise click.UsageError("stdout is for the selection or for findings: name a FILE with -o.")
    report = Report()
    target = Path(output) if output else None
    if target is not None and not force and (target.exists() or target.is_symlink()):
        raise click.UsageError(f"{target.as_posix()} exists already; --force overwrites it.")
    text: str | None = None
    opened = _opened(context, models, (source,), report)
    if opened is not None:
        sources, base = opened
        if len(sources.specs) != 1:
            raise click.UsageError(f"{source} leads to {len(sources.specs)} profiles; name one.")
        text = converted(sources.specs[0], base, report, is_whole=bool(models))
    if text is not None and target is None:
        click.echo(text, nl=False)
    elif text is not None and target is not None:
        try:
            with target.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise click.UsageError(f"{target.as_posix()}: {(error.strerror or str(error)).lower()}") from None
    print_messages(report, message_format)
    context.exit(status(report))


@profile.command()
@options.debug
@options.message_format
@options.namespace
@options.config
@click.option(
    "-m",
    "--model",
    "models",
    multiple=True,
    metavar="MODEL",
    help="The newer information model; that of the settings if it is not given.",
)
@click.option(
    "--was",
    multiple=True,
    metavar="MODEL",
    help="The information model that the profiles were made for: shows what was renamed or retyped.",
)
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.pass_context
def check(
    context: click.Context,
    profiles: tuple[str, ...],
    models: tuple[str, ...],
    was: tuple[str, ...],
    config: str | None,
    message_format: str,
) -> None:
    """List what an information model breaks in profiles that were made for another one.

    PROFILEs are selections (.toml) or CIMTool's (.owl, Catalog .xml). Exit status 1 if anything breaks.
    """
    from cimforge.cli.messages import print_messages, status
    from cimforge.diagnostics import Report
    from cimforge.migrate.breaks import find_breaks

    if not models:
        from cimforge.cli.project import settings_of

        settings = settings_of(context, (), config)
        models = tuple(settings.pattern(g) for g in (*settings.model, *settings.extensions))
    reading, report = Report(), Report()
    opened = _opened(context, models, profiles, reading)
    before = _opened(context, was, profiles, Report()) if was and opened is not None else None
    if opened is None or (was and before is None):
        if was and opened is not None:
            _opened(context, was, profiles, reading)
        print_messages(reading, message_format)
        context.exit(status(reading) or 2)
    report.paths.update(reading.paths)
    sources, new = opened
    for spec in sources.specs:
        found = len(report.diagnostics)
        if spec.kind == "message":
            find_breaks(spec, new, before[1] if before else None, report)
        if message_format == "text":
            count = len(report.diagnostics) - found
            click.echo(f"{spec.location.file}: {f'{count} broken' if count else 'nothing breaks'}")
    print_messages(report, message_format)
    context.exit(status(report))


def _opened(
    context: click.Context, models: tuple[str, ...], profiles: tuple[str, ...], report: Report
) -> tuple[Sources, Index] | None:
    """Profiles and the information model that they are read with; None if one cannot be read."""
    from cimforge import pipeline
    from cimforge.ir.facts import Location
    from cimforge.ir.index import Index
    from cimforge.ir.value import replace
    from cimforge.settings import Settings
    from cimforge.sources import read

    settings = Settings(base=Path(), model=models, profiles=profiles, out=Path())
    settings = replace(settings, namespace=context.ensure_object(Session).namespace or settings.namespace)
    sources = read(settings, report, lambda step, done, total: None)
    if sources is None or report.has_errors:
        return None
    if models and not sources.facts:
        report.add(
            "CIM111",
            at=Location(file=", ".join(models)),
            found="a profile",
            expected="an information model, of which profiles take parts",
        )
        return None
    model = pipeline.information_model(settings, sources, report)
    return None if report.has_errors else (sources, Index(model))
