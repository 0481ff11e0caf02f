"""Settings: ``cimforge.toml`` and the command line, as one frozen value."""

from __future__ import annotations

from cimforge.settings.keys import EMITTERS
from cimforge.settings.model import Settings, for_inputs

__all__ = ["EMITTERS", "Settings", "for_inputs"]
