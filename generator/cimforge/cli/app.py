"""The group of commands, and what happens when one ends."""

from __future__ import annotations

import os
import sys

import click

from cimforge import __version__
from cimforge.cli.build import build, check
from cimforge.cli.explain import explain
from cimforge.cli.init import init
from cimforge.cli.inspect import inspect
from cimforge.cli.irm import irm
from cimforge.cli.options import Session
from cimforge.cli.profile import profile

FAULT = 3
INTERRUPTED = 130
BROKEN_PIPE = 141


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cimforge")
def cimforge() -> None:
    """Compile IEC CIM models to Python, XSD, OpenAPI and IRM adapters.

    `cimforge build` alone builds ./cimforge.toml or, without one, the model that cimforge carries.
    Exit status: 0 clean, 1 findings or stale output, 2 wrong use or unreadable input, 3 a fault of
    cimforge.
    """


@click.command()
def version() -> None:
    """Print the version of cimforge."""
    click.echo(f"cimforge {__version__}")


for _command in (build, check, inspect, explain, init, irm, profile, version):
    cimforge.add_command(_command)


def run(arguments: list[str]) -> int:
    """Run one command line; the process's exit status."""
    if "_CIMFORGE_COMPLETE" in os.environ:
        cimforge.main(arguments, prog_name="cimforge")
    session = Session(arguments=tuple(arguments))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # they are text files here
    try:
        with cimforge.make_context("cimforge", arguments, obj=session) as context:
            cimforge.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return _flushed(end.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted; the output is as it was", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return _broken_pipe()
    except Exception as fault:  # the last resort: a fault is told as one, never as a traceback
        return _fault(fault, session)
    return 0


def _flushed(status: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _broken_pipe()
    return status


def _broken_pipe() -> int:
    """Whoever reads our output has seen enough: end as a process that the signal ended."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _fault(fault: Exception, session: Session) -> int:
    from cimforge.cli.messages import print_messages
    from cimforge.diagnostics import Report

    if session.debug:
        import traceback

        traceback.print_exception(fault)
    report = Report()
    text = str(fault).splitlines()
    report.add("CIM900", fault=type(fault).__name__ + (f": {text[0]}" if text else ""))
    print_messages(report, session.message_format)
    return FAULT
