"""Output: the only code that touches the disk.

Nothing is imported here: `replay` must load without the rest.
"""
