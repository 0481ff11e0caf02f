"""Settings, validated and frozen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from cimforge.diagnostics.rule import Severity
from cimforge.ir.facts import SpaceFact
from cimforge.ir.policies import DEFAULT_POLICIES, Field, Policy
from cimforge.ir.value import Struct, field
from cimforge.resources import resource
from cimforge.settings.keys import DEFAULT_NAMESPACE, EMITTERS

CARRIED = "cimforge:"
"""Prefix of a glob that leads to the model that cimforge carries."""


class Settings(Struct, frozen=True, kw_only=True):
    """What one build is to do."""

    base: Path
    """Folder that the globs are relative to: the folder of the settings file."""
    name: str = ""
    """Name of the build; empty where the model is to give it."""
    release: str = ""
    model: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    """INPUTs of the command line, relative to the working folder; ``model``, ``extensions`` and
    ``profiles`` are then empty."""
    namespace: str = DEFAULT_NAMESPACE
    """CIM namespace of sources that name none."""
    namespaces: tuple[SpaceFact, ...] = ()
    """The table of namespaces by stereotype."""
    namespace_files: tuple[str, ...] = ()
    """Globs of such tables in files, for every model file."""
    policies: Mapping[Field, Policy] = field(default_factory=lambda: DEFAULT_POLICIES)
    """What becomes of what files state differently."""
    out: Path
    emit: tuple[str, ...] = EMITTERS
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By emitter: its own table."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """By rule code."""
    suppressed: Mapping[str, str] = field(default_factory=dict)
    """Reason by rule code."""
    format: Literal["none", "black"] = "none"

    def pattern(self, glob: str) -> str:
        """``glob`` of this project as a glob of the working folder."""
        if glob.startswith(CARRIED):
            return str(resource("input_models") / glob.removeprefix(CARRIED))
        return str(self.base / glob)

    def known_as(self, path: str) -> str:
        """Name of a file found by `pattern`, the same everywhere: relative to ``base``, or ``cimforge:…``."""
        carried = resource("input_models")
        if Path(path).is_relative_to(carried) and not self.base.resolve().is_relative_to(carried):
            return CARRIED + Path(path).relative_to(carried).as_posix()
        return os.path.relpath(path, self.base).replace(os.sep, "/")


def for_inputs(
    inputs: Iterable[str], *, out: Path, emit: tuple[str, ...] | None = None, base: Path = Path()
) -> Settings:
    """Settings for INPUTs given on the command line, without a settings file: all else is default."""
    settings = Settings(base=base, inputs=tuple(inputs), out=out)
    if emit is None:
        return settings
    return Settings(base=base, inputs=settings.inputs, out=out, emit=emit)
