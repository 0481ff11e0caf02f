"""Settings: ``cimforge.toml`` and the command line, as one frozen value."""

from __future__ import annotations

from cimforge.settings.keys import EMITTERS
from cimforge.settings.load import for_inputs, load_settings
from cimforge.settings.model import Settings

__all__ = ["EMITTERS", "Settings", "for_inputs", "load_settings"]
