"""``cimforge build`` and ``cimforge check``."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from cimforge.cli import options
from cimforge.cli.options import Session

if TYPE_CHECKING:
    from cimforge.cli.progress import Progress
    from cimforge.diagnostics import Report
    from cimforge.output.check import Comparison
    from cimforge.output.files import OutputFile
    from cimforge.output.write import Written
    from cimforge.pipeline import Build
    from cimforge.settings import Settings

_DIFF_LINES = 200


@click.command()
@options.building
@click.option("--check", "checking", is_flag=True, help="Compare with what is there; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that were edited by hand, or are in the way.")
@click.pass_context
def build(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    emit: tuple[str, ...] | None,
    out: str | None,
    quiet: bool,
    message_format: str,
    checking: bool,
    force: bool,
) -> None:
    """Compile models to everything that cimforge emits.

    INPUTs are model files, folders, globs or zips; without any, ./cimforge.toml says what to build,
    and without that the model that cimforge carries is built. All is written or nothing.
    """
    _run(context, inputs, config, emit, out, quiet, message_format, checking=checking, force=force)


@click.command()
@options.building
@click.pass_context
def check(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    emit: tuple[str, ...] | None,
    out: str | None,
    quiet: bool,
    message_format: str,
) -> None:
    """Tell whether the output is what a build would write now.

    Builds in memory, names each file that is missing, changed, stale or edited by hand, shows the
    difference and the command that repairs it. Writes nothing; exit status 1 if anything differs.
    """
    _run(context, inputs, config, emit, out, quiet, message_format, checking=True, force=False)


def _run(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    emit: tuple[str, ...] | None,
    out: str | None,
    quiet: bool,
    message_format: str,
    *,
    checking: bool,
    force: bool,
) -> None:
    since = time.time_ns()
    from cimforge import pipeline
    from cimforge.cli.closing import as_if_unchanged, closing, states_text, summary_line
    from cimforge.cli.messages import messages, status
    from cimforge.cli.progress import Progress
    from cimforge.cli.project import lock_inputs_of, settings_file, settings_of
    from cimforge.diagnostics import Report
    from cimforge.output.write import write

    settings = settings_of(context, inputs, config, out=out, emit=emit)
    report = Report(severities=settings.severities, suppressed=settings.suppressed)
    is_text = message_format == "text"
    with Progress(shown=not quiet and is_text) as progress:
        built = pipeline.compile_project(settings, report, progress)
        files = _formatted(settings, built, report, progress) if built else None
    written: Written | None = None
    comparison: Comparison | None = None
    if built is not None and files is not None and not report.has_errors:
        lock = lock_inputs_of(settings, built)
        if checking:
            from cimforge.output.check import compare

            comparison = compare(files, settings.out, lock, report=report, scope=emit)
        else:
            written = write(
                files, settings.out, lock, force=force, report=report, scope=emit, waiting=_say_waiting
            )
    elif not report.has_errors:
        raise RuntimeError("the build ended without output and without an error")

    names = _qualified_names(built) if built and message_format == "sarif" else {}
    stdout, stderr = messages(
        report, message_format, quiet=quiet, leave_out=("CIM710",) if comparison else (), names=names
    )

    def told(written: Written | None) -> tuple[str, str]:
        """All that this command says: (to stdout, to stderr)."""
        out_text, err_text = stdout, stderr
        if built and written and is_text and not quiet:
            err_text += closing(settings.out, built.summary, built.look_first, written)
        if comparison and is_text:
            out_text += states_text(comparison, quiet=quiet, limit=_DIFF_LINES)
            if not comparison.is_clean:
                err_text += f"repair: {_repair(context, inputs, config, emit, out, comparison)}\n"
        if message_format == "json":
            out_text += summary_line(written, comparison)
        return out_text, err_text

    for stream, text in zip((sys.stdout, sys.stderr), told(written), strict=True):
        stream.write(text)
        stream.flush()
    if built and files and written and not force:
        from cimforge.cli.memory import paths_made, paths_read
        from cimforge.output.replay import remember

        again_out, again_err = told(as_if_unchanged(written))
        settings_path = None if inputs and not config else settings_file(config)
        remember(
            list(context.ensure_object(Session).arguments),
            out=again_out,
            err=again_err,
            read=paths_read(settings, settings_path, built, report),
            made=paths_made(settings, files),
            since=since,
        )
    context.exit(status(report))


def _formatted(
    settings: Settings, build: Build, report: Report, progress: Progress
) -> tuple[OutputFile, ...] | None:
    if settings.format != "black":
        return build.files
    from cimforge.output.format import format_files

    return format_files(build.files, settings.out, report=report, progress=progress)


def _say_waiting() -> None:
    click.echo("another build is writing to this output folder: waiting for it to end", err=True)


def _qualified_names(build: Build) -> dict[str, str]:
    """``Package::Class.member`` by element id."""
    package = {p.id: p.name for p in build.model.packages}
    names: dict[str, str] = {}
    for classifier in build.model.classifiers:
        home = package.get(classifier.package, "") if classifier.package else ""
        name = f"{home}::{classifier.name}" if home else classifier.name
        names[classifier.id] = name
        for kind in ("attributes", "ends", "literals"):
            for member in getattr(classifier, kind, ()):
                names[member.id] = f"{name}.{member.name}"
    return names


def _repair(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    emit: tuple[str, ...] | None,
    out: str | None,
    comparison: Comparison,
) -> str:
    """The command that makes ``check`` clean."""
    import shlex

    words = ["cimforge", "build", *inputs]
    words += ["-c", config] if config else []
    namespace = context.ensure_object(Session).namespace
    words += ["--namespace", namespace] if namespace else []
    words += ["--emit", ",".join(emit)] if emit else []
    words += ["--out", out] if out else []
    if comparison.count("edited"):
        return shlex.join([*words, "--force"]) + "   (overwrites what was edited by hand)"
    return shlex.join(words)
