"""Profiles on their way."""
