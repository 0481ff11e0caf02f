"""Identity: what an element is known by, whatever it is called and wherever it stands."""

from typing import NewType

ElementId = NewType("ElementId", str)
"""The source's own GUID, normalised, else the element's URI."""

Code = NewType("Code", str)
"""A diagnostic code, ``CIM`` and three digits."""
