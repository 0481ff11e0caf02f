"""Emitters: from a model and its names to artifacts."""
