"""Diagnostics and the report that collects them."""

from __future__ import annotations

from collections.abc import Mapping

from cimforge.diagnostics.rule import Rule, Severity
from cimforge.diagnostics.rules import RULES
from cimforge.ir.facts import NOWHERE, Location, Origin
from cimforge.ir.ids import Code, ElementId
from cimforge.ir.value import Struct


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One finding: which rule, where, about which element, with which facts."""

    code: Code
    location: Location
    element: ElementId | None = None
    facts: tuple[tuple[str, str], ...] = ()
    related: tuple[Location, ...] = ()

    @property
    def rule(self) -> Rule:
        """The row of the register that this diagnostic is an instance of."""
        return RULES[self.code]

    @property
    def message(self) -> str:
        """The rule's message with this diagnostic's facts filled in."""
        return self.rule.message.format_map(dict(self.facts))

    @property
    def remedy(self) -> str:
        """The rule's way out with this diagnostic's facts filled in."""
        return self.rule.remedy.format_map(dict(self.facts))


class Report:
    """Every diagnostic of one run, append-only: the one mutable object that crosses stages.

    ``severities`` overrides the register's severity per code (a warning or note may be raised to
    any severity; an error stays an error). ``suppressed`` maps codes to the reason given.
    """

    def __init__(
        self,
        *,
        severities: Mapping[str, Severity] | None = None,
        suppressed: Mapping[str, str] | None = None,
    ) -> None:
        self._severities = dict(severities or {})
        self._suppressed = dict(suppressed or {})
        self._found: list[Diagnostic] = []
        self._seen: set[Diagnostic] = set()
        self.paths: dict[str, str] = {}
        """Path to show for each `SourceFile.path`: as the user gave it."""

    def add(
        self,
        code: str,
        *,
        at: Location = NOWHERE,
        element: ElementId | None = None,
        related: tuple[Location, ...] = (),
        **facts: object,
    ) -> None:
        """Record a diagnostic; an equal one already recorded is not recorded twice."""
        found = Diagnostic(
            code=Code(code),
            location=_place(at),
            element=element,
            facts=tuple(sorted((k, str(v)) for k, v in facts.items())),
            related=tuple(map(_place, related)),
        )
        found.message  # noqa: B018  (a missing fact must fail here, where the caller stands)
        if found not in self._seen:
            self._seen.add(found)
            self._found.append(found)

    def severity(self, diagnostic: Diagnostic) -> Severity:
        """The severity in force for ``diagnostic`` after the settings' overrides."""
        default = diagnostic.rule.severity
        return default if default == "error" else self._severities.get(diagnostic.code, default)

    def is_suppressed(self, diagnostic: Diagnostic) -> bool:
        """Whether settings silence this diagnostic (never an error)."""
        return diagnostic.code in self._suppressed and self.severity(diagnostic) != "error"

    def suppression_reason(self, diagnostic: Diagnostic) -> str:
        """The reason the settings give for silencing this diagnostic's code; empty if none."""
        return self._suppressed.get(diagnostic.code, "")

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics, suppressed ones included, sorted by place, then code, then facts."""
        return tuple(
            sorted(
                self._found,
                key=lambda d: (d.location.file, d.location.line or 0, d.location.pointer, d.code, d.facts),
            )
        )

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(self.severity(d) == "error" for d in self._found)

    @property
    def has_unreadable(self) -> bool:
        """Whether any error is about use or unreadable input (exit status 2)."""
        return any(d.rule.unreadable and self.severity(d) == "error" for d in self._found)


def _place(location: Location) -> Location:
    """``location`` as a place that counts in comparisons (an `Origin` does not)."""
    if isinstance(location, Origin):
        return Location(file=location.file, line=location.line, pointer=location.pointer)
    return location
