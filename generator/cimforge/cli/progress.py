"""A progress bar for whoever waits: on a terminal only, for a step that takes over a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

from cimforge.cli.messages import colour

_PATIENCE = 1.0


class Progress:
    """Told of each step as it goes on; shows the one that takes long, and nothing of it remains."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._step = ""
        self._since = 0.0
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` parts of ``step`` are ready."""
        if not self._shown:
            return
        now = time.monotonic()
        if step != self._step:
            self._close()
            self._step, self._since = step, now
        if self._bar is None and now - self._since >= _PATIENCE and done < total:
            self._bar = click.progressbar(length=total, label=step, file=sys.stderr, color=colour())
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
