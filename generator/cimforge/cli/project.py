"""From the command line to settings, and from settings to what ``cimforge.lock`` says."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cimforge import __version__
from cimforge.cli.messages import print_messages, status
from cimforge.cli.options import Session
from cimforge.diagnostics import Report
from cimforge.ir.codec import IR_VERSION
from cimforge.ir.policies import DEFAULT_POLICIES
from cimforge.ir.value import replace
from cimforge.output.files import LockInputs
from cimforge.resources import resource
from cimforge.settings import Settings, for_inputs

if TYPE_CHECKING:
    from cimforge.pipeline import Build

SETTINGS_FILE = "cimforge.toml"
DEFAULT_OUT = Path("generated")


def settings_of(
    context: click.Context,
    inputs: tuple[str, ...],
    config: str | None,
    *,
    out: str | None = None,
    emit: tuple[str, ...] | None = None,
) -> Settings:
    """The settings that a command line asks for; ends the command where they are wrong.

    INPUTs take the place of the settings file's own inputs. Without INPUT and without ``config``,
    ``cimforge.toml`` of the working folder counts, and without that the model that cimforge carries,
    built into ``./generated``.
    """
    if inputs and config is None:
        settings = for_inputs(inputs, out=DEFAULT_OUT)
    else:
        from cimforge.settings.load import load_settings

        path = settings_file(config)
        report = Report()
        found = load_settings(path, report)
        if found is None:
            print_messages(report, context.ensure_object(Session).message_format)
            context.exit(status(report))
        settings = found
        if config is None and path != Path(SETTINGS_FILE):
            settings = replace(settings, out=DEFAULT_OUT)
        if inputs:
            settings = replace(settings, inputs=inputs, model=(), extensions=(), profiles=())
    return replace(
        settings,
        out=Path(out) if out else settings.out,
        emit=emit or settings.emit,
        namespace=context.ensure_object(Session).namespace or settings.namespace,
    )


def settings_file(config: str | None) -> Path:
    """The settings file that counts: the one named, else the working folder's, else the carried model's."""
    if config:
        return Path(config)
    here = Path(SETTINGS_FILE)
    return here if here.exists() else resource("input_models") / SETTINGS_FILE


def lock_inputs_of(settings: Settings, build: Build) -> LockInputs:
    """Everything that decided ``build``, without a path or a date of this machine."""
    formatter = ""
    if settings.format == "black":
        from cimforge.output.format import formatter_version

        formatter = formatter_version(settings.out)
    return LockInputs(
        tool=__version__,
        ir_version=IR_VERSION,
        settings=_settings_digest(settings),
        templates=_folder_digest(resource("templates")),
        sources=tuple((source.path, source.sha256) for source in build.sources),
        formatter=formatter,
    )


def _settings_digest(settings: Settings) -> str:
    content: dict[str, object] = {
        "name": settings.name,
        "release": settings.release,
        "model": settings.model,
        "extensions": settings.extensions,
        "profiles": settings.profiles,
        "namespace": settings.namespace,
        "options": {name: dict(table) for name, table in settings.options.items() if table},
        "format": settings.format,
    }
    if settings.namespaces:
        content["namespaces"] = [(row.stereotype, row.namespace) for row in settings.namespaces]
    if settings.policies != DEFAULT_POLICIES:
        content["merge"] = dict(settings.policies)
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _folder_digest(folder: Path) -> str:
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*.jinja") if p.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
