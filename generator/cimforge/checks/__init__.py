"""Checks: model to diagnostics, never a new model."""
