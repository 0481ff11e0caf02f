"""``cimforge init``."""

from __future__ import annotations

import click

from cimforge.cli import options

PROFILE = "profiles/EDO/EndDeviceControls.toml"

SETTINGS = """\
# Settings of a cimforge build. `cimforge build` in this folder reads them.
# Every key is checked; `cimforge explain unknown-setting` says how.
version = 1

[build]
name = "example"        # the Python package that is emitted
release = "1.0"         # stands in headers and OpenAPI documents

[input]
# Globs relative to this file. Model files are RDFS (RDF/XML or Turtle) or XMI.
# `cimforge:` is the information model that cimforge carries: put your own in its place.
model = ["cimforge:cim/*.ttl"]
# extensions = ["extensions/**/*.ttl"]      # model files in namespaces of your own
profiles = ["profiles/**/*.toml"]           # what each message takes out of the model

[output]
dir = "generated"
# emit = ["python", "xsd", "openapi", "adapters", "ir"]
# format = "black"      # only for a style of your own in pyproject.toml

# Raise a warning or note, by name or code (`cimforge explain --list`):
# [severity]
# multiplicity-differs = "error"

# Silence one, with the reason:
# [[suppress]]
# rule = "text-differs"
# reason = "The two files come from two releases."
"""


@click.command()
@options.debug
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False))
@click.pass_context
def init(context: click.Context, folder: str) -> None:
    """Write a commented cimforge.toml and one example profile to DIR."""
    from pathlib import Path

    from cimforge.cli.messages import print_messages, status
    from cimforge.cli.project import SETTINGS_FILE
    from cimforge.diagnostics import Report
    from cimforge.ir.facts import Location
    from cimforge.resources import resource

    report = Report()
    home = Path(folder)
    texts = {
        home / SETTINGS_FILE: SETTINGS,
        home / PROFILE: (resource("input_models") / PROFILE).read_text(encoding="utf-8"),
    }
    for path in texts:
        if path.exists() or path.is_symlink():
            report.add("CIM009", at=Location(file=path.as_posix()), path=path.as_posix())
    if not report.has_errors:
        try:
            for path, text in texts.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                click.echo(f"wrote {path.as_posix()}")
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            report.add("CIM010", at=Location(file=home.as_posix()), problem=problem)
    print_messages(report)
    context.exit(status(report))
