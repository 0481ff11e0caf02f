"""Diagnostics are values: a code, a place and facts; every word about them lives in the register."""

from cimforge.diagnostics.diagnostic import Diagnostic, Report
from cimforge.diagnostics.rule import Rule, Severity

__all__ = ["Diagnostic", "Report", "Rule", "Severity"]
