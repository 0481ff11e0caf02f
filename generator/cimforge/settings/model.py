"""Settings, validated and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cimforge.diagnostics.rule import Severity
from cimforge.settings.keys import DEFAULT_NAMESPACE, EMITTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
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
    out: Path
    emit: tuple[str, ...] = EMITTERS
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By emitter: its own table."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """By rule code."""
    suppressed: Mapping[str, str] = field(default_factory=dict)
    """Reason by rule code."""
    format: Literal["none", "black"] = "none"
