"""``cimforge explain``."""

from __future__ import annotations

import click

from cimforge.cli import options


@click.command()
@options.debug
@click.argument("rule", required=False, metavar="CODE")
@click.option("--list", "listing", is_flag=True, help="List every rule.")
def explain(rule: str | None, listing: bool) -> None:
    """Explain a rule: what it says, why, an example, the remedy.

    CODE is the code of a diagnostic (CIM203) or its name (dangling-reference).
    """
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
