"""Passes: one verb each, from one immutable value to the next."""
