"""``cimforge irm``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cimforge.cli import options

if TYPE_CHECKING:
    from cimforge.ir.service import Group


@click.command()
@options.debug
@click.argument("group", required=False)
@click.option("--json", "as_json", is_flag=True, help="The registry as JSON.")
def irm(group: str | None, as_json: bool) -> None:
    """List the groups of the Interface Reference Model (IEC 61968-1), or one of them."""
    import json

    from msgspec.structs import asdict

    from cimforge.irm import groups

    known = tuple(groups())
    if group is not None:
        chosen = tuple(g for g in known if g.code == group.upper())
        if not chosen:
            raise click.UsageError(
                f"There is no IRM group {group!r}. There are {', '.join(g.code for g in known)}."
            )
        known = chosen
    if as_json:
        rows = [asdict(g) for g in known]
        click.echo(json.dumps(rows if group is None else rows[0], indent=2, ensure_ascii=False))
    elif group is None:
        width = max(len(g.name) for g in known)
        for g in known:
            click.echo(f"{g.code:4}  {g.name:{width}}  {', '.join(g.nouns)}".rstrip())
    else:
        click.echo(_card(known[0]))


def _card(group: Group) -> str:
    lines = [f"{group.code}  {group.name} (IEC 61968-1, {group.clause})", "", group.doc, ""]
    if not group.has_interface:
        lines.append("A boundary: it has no interface of its own, and nothing is emitted for it.")
    lines += ["Functions:", *(f"  {function}" for function in group.functions)]
    lines += ["Nouns:", *(f"  {noun}" for noun in group.nouns)]
    lines.append(f"Authority: {group.authority}; confidence: {group.confidence}")
    return "\n".join(lines)
