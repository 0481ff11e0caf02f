"""Names that profiles of other tools do not give: of profiles, and of types without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 80
"""Characters of a made-up name."""

_NO_NAME = re.compile(r"[^A-Za-z0-9_]+")


def profile_name(label: str) -> str:
    """``label`` as the name of an element, a file and a module: letters, digits and ``_``."""
    name = _NO_NAME.sub("_", label.strip()).strip("_")[:LONGEST]
    if not name:
        return "Profile"
    return name if name[0].isalpha() else f"Profile_{name}"


class ProfileNames:
    """The names taken in one profile, with letter case left out of account."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken}
        self._last: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """``name``, with a number behind it where it is taken; it then is."""
        free = name
        while free.casefold() in self._taken:
            number = self._last[name] = self._last.get(name, 1) + 1
            free = f"{name}_{number}"
        self._taken.add(free.casefold())
        return free

    def anonymous(self, owner: str, member: str, part: str = "") -> str:
        """A name for the type that stands inline at ``member`` of the class ``owner``.

        ``part`` tells apart those of one member. ``member`` is the member's URI's last part or its name.
        Types in types in types are called by the last of these alone, where all would be beyond `LONGEST`.
        """
        local = member.rpartition(".")[2]
        name = "_".join(filter(None, (owner, local, part)))
        return self.unique(name if len(name) <= LONGEST else "_".join(filter(None, (local, part))))
