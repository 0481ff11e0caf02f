"""``cimforge inspect``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cimforge.cli import options

if TYPE_CHECKING:
    from cimforge.settings import Settings

STAGES = ("read", "merge", "absorb", "link", "select", "name")


@click.command()
@options.debug
@options.message_format
@click.option(
    "--after",
    type=click.Choice(STAGES),
    default="link",
    show_default=True,
    help="The step whose result is shown.",
)
@click.option(
    "--diff", is_flag=True, help="What the step changed, as a diff of the JSON before and after it."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Canonical JSON: the IR after link, with its ir_version."
)
@click.option("--counts", is_flag=True, help="One JSON object: how many elements of each kind.")
@click.option(
    "--conflicts", is_flag=True, help="What files state differently: element, field, what each file says."
)
@options.namespace
@options.config
@options.inputs
@click.pass_context
def inspect(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    counts: bool,
    as_json: bool,
    diff: bool,
    conflicts: bool,
    after: str,
    message_format: str,
) -> None:
    """Show the model as it is after a step of the compiler.

    INPUTs as in `cimforge build`. Findings go to stderr, so that stdout can be piped.
    """
    if counts + as_json + diff > 1:
        raise click.UsageError("--counts, --json and --diff exclude each other.")
    if conflicts and (counts or diff):
        raise click.UsageError("--conflicts goes with --json only.")
    from cimforge import pipeline
    from cimforge.cli.messages import print_messages, status
    from cimforge.cli.project import settings_of
    from cimforge.diagnostics import Report

    settings = settings_of(context, inputs, config)
    report = Report(severities=settings.severities, suppressed=settings.suppressed)
    if counts and after not in ("link", "select"):
        raise click.UsageError("--counts counts a model: --after link or --after select.")
    value = pipeline.differences(settings, report) if conflicts else pipeline.inspect(settings, report, after)
    if value is not None:
        if conflicts:
            from cimforge.cli.conflicts import conflicts_json, conflicts_text

            text = conflicts_json(value) if as_json else conflicts_text(value, report)
        elif counts:
            text = _counted(value)
        elif as_json:
            text = encoded(value, after)
        elif diff:
            text = _difference(settings, value, after)
        else:
            from cimforge.cli.outline import outline

            text = outline(value)
        sys.stdout.write(text)
        sys.stdout.flush()
    print_messages(report, "text" if message_format == "text" else message_format)
    context.exit(status(report))


def encoded(value: Any, after: str) -> str:
    """JSON of a step's result: the canonical IR for a model, else an object with the same version."""
    import msgspec

    from cimforge.ir.codec import IR_VERSION, encode
    from cimforge.ir.model import Model

    if isinstance(value, Model):
        return encode(value).decode()
    document = {"ir_version": IR_VERSION, "after": after, "value": value}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _counted(value: Any) -> str:
    import json

    from cimforge import pipeline
    from cimforge.ir.model import Model

    if isinstance(value, Model):
        return json.dumps(pipeline.counts(value)) + "\n"
    return json.dumps({name: pipeline.counts(model) for name, model in value.items()}) + "\n"


def _difference(settings: Settings, value: Any, after: str) -> str:
    """Unified diff of the JSON after the step before (nothing, before the first) and after this one."""
    from difflib import unified_diff

    from cimforge import pipeline
    from cimforge.diagnostics import Report

    number = STAGES.index(after)
    before, old = "nothing", ""
    if number:
        before = STAGES[number - 1]
        old = encoded(pipeline.inspect(settings, Report(), before), before)
    lines = unified_diff(
        old.splitlines(), encoded(value, after).splitlines(), f"after {before}", f"after {after}", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
