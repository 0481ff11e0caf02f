"""Readers: one file each, from bytes to facts. They state; link decides."""
