"""``cimforge explain``."""

from __future__ import annotations

import click

from cimforge.cli import options


@click.command()
@options.debug
@click.argument("words", nargs=-1, metavar="[CODE | INPUT...]")
@click.option("--list", "listing", is_flag=True, help="List every rule.")
@click.option(
    "--element",
    metavar="NAME",
    help="Explain an element of the INPUTs: Class, Class.member, a URI or a GUID.",
)
@click.option("--json", "as_json", is_flag=True, help="With --element: one JSON object.")
@options.namespace
@options.config
@click.pass_context
def explain(
    context: click.Context,
    words: tuple[str, ...],
    listing: bool,
    element: str | None,
    as_json: bool,
    config: str | None,
) -> None:
    """Explain a rule: what it says, why, an example, the remedy. Or an element of a model.

    CODE is the code of a diagnostic (CIM203) or its name (dangling-reference). With --element: the URI of the
    element, which source decided its namespace and which did not, and what each of the INPUTs (as in
    `cimforge build`) says of it, with file and line.
    """
    if element is not None:
        from cimforge.cli.explain_element import explain_element

        explain_element(context, element, words, config, as_json=as_json)
        return
    if len(words) > 1:
        raise click.UsageError("Name one rule, or --element and the files that it is in.")
    if as_json or config:
        raise click.UsageError("--json and --config go with --element.")
    rule = words[0] if words else None
    from difflib import get_close_matches

    from cimforge.diagnostics.rule import spelled
    from cimforge.diagnostics.rules import RULES

    if listing:
        width = max(len(r.name) for r in RULES.values())
        for row in sorted(RULES.values(), key=lambda r: r.code):
            click.echo(f"{row.code}  {row.severity:7}  {row.name:{width}}  {row.explain.splitlines()[0]}")
        return
    if rule is None:
        raise click.UsageError("Name a rule, or --list.")
    wanted = rule.strip("[]")
    for row in RULES.values():
        if wanted.upper() == row.code or wanted.lower() == row.name:
            click.echo(f"{row.code} {row.name} ({row.severity}, since {row.since})\n")
            if row.replaced_by:
                click.echo(f"Replaced by {row.replaced_by}.\n")
            click.echo(row.explain.rstrip())
            if "Remedy:" not in row.explain:
                click.echo(f"\nRemedy: {spelled(row.remedy)}")
            return
    near = get_close_matches(wanted.lower(), [r.name for r in RULES.values()], n=3)
    near = near or get_close_matches(wanted.upper(), list(RULES), n=3)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise click.UsageError(f"There is no rule {rule!r}.{hint} `cimforge explain --list` names all.")
