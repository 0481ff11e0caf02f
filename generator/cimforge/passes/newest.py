"""Which of several profiles is the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cimforge.ir.facts import ProfileFact

_DATES = ("modified", "issued", "date", "created")
"""Header statements that date a profile, the most telling first: Dublin Core's, and the ``date`` of a
``*Version`` class of CGMES 2.4.15."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOCAL = re.compile(r"[#/.:]")


def newest(profiles: Sequence[ProfileFact | None]) -> tuple[list[int], str]:
    """The places in ``profiles`` of the newest, and how it is known; no place where it is not known.

    All must be dated, or all have a version of numbers; dates count first, versions among equal dates. There
    are several places where neither tells them apart.
    """
    dates = [_date(p) for p in profiles]
    places = list(range(len(profiles)))
    known = ""
    if all(dates) and len(set(dates)) > 1:
        latest = max(dates)
        places = [i for i in places if dates[i] == latest]
        known = f"it is of {latest}"
    versions = [_version(profiles[i]) for i in places]
    if len(places) > 1 and all(versions) and len(set(versions)) > 1:
        highest = max(versions)
        places = [i for i, version in zip(places, versions, strict=True) if version == highest]
        known = f"it is version {'.'.join(map(str, highest))}"
    return (places, known) if known else ([], "")


def _date(profile: ProfileFact | None) -> str:
    if profile is None:
        return ""
    stated = {_LOCAL.split(predicate)[-1].casefold(): value for predicate, value in reversed(profile.header)}
    found = (_DATE.match(stated[name].strip()) for name in _DATES if name in stated)
    return next((match.group() for match in found if match), "")


def _version(profile: ProfileFact | None) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d{1,9}", profile.version))) if profile else ()
