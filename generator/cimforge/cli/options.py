"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable

import click

EMITTERS = ("python", "xsd", "openapi", "adapters", "ir")
FORMATS = ("text", "json", "sarif", "github")


class Session:
    """What the end of a command has to know about its beginning."""

    def __init__(self, arguments: tuple[str, ...] = ()) -> None:
        self.arguments = arguments
        self.debug = False
        self.message_format = "text"
        self.namespace = ""


def _emit_list(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """``python,xsd`` as names in the order of `EMITTERS`, each once."""
    if value is None:
        return None
    from difflib import get_close_matches

    names = [name.strip() for name in value.split(",")]
    for name in names:
        if name not in EMITTERS:
            near = get_close_matches(name, EMITTERS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.BadParameter(f"{name!r} is no output; there are {', '.join(EMITTERS)}.{hint}")
    return tuple(name for name in EMITTERS if name in names)


def _note_debug(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Session).debug = value


def _note_format(ctx: click.Context, param: click.Parameter, value: str) -> str:
    ctx.ensure_object(Session).message_format = value
    return value


def _note_namespace(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    from cimforge.settings.keys import CIM_NAMESPACE

    if CIM_NAMESPACE.refuses(value):
        raise click.BadParameter(f"{value!r} is not {CIM_NAMESPACE.expects}.")
    ctx.ensure_object(Session).namespace = value


inputs = click.argument("inputs", nargs=-1, metavar="[INPUT]...")
config = click.option(
    "-c",
    "--config",
    metavar="FILE",
    help="Settings file; ./cimforge.toml if it is there.",
)
namespace = click.option(
    "--namespace",
    metavar="IRI",
    expose_value=False,
    callback=_note_namespace,
    help="CIM namespace of the models that name none, in place of that in the settings.",
)
message_format = click.option(
    "--message-format",
    type=click.Choice(FORMATS),
    default="text",
    callback=_note_format,
    help="How findings are told: text goes to stderr, the others to stdout.",
)
debug = click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_note_debug,
    help="Show the traceback of a fault of cimforge.",
)


def building(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments and options of ``build`` and ``check``."""
    for option in (
        debug,
        message_format,
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        click.option(
            "--out",
            metavar="DIR",
            help="Output folder (default: ./generated).",
        ),
        click.option(
            "--emit",
            callback=_emit_list,
            metavar="LIST",
            help=f"Only these of {','.join(EMITTERS)}; the other outputs stay as they are.",
        ),
        namespace,
        config,
        inputs,
    ):
        command = option(command)
    return command
