"""Services: how a profile is exchanged (IEC 61968-1 IRM group, IEC 61968-100 verbs)."""

from __future__ import annotations

from typing import Literal

from cimforge.ir.value import Struct

Authority = Literal["published", "published-informative", "project", "external"]
Confidence = Literal["verified", "secondary", "knowledge", "inferred"]

GroupCode = Literal[
    "AM", "CM", "ES", "EDO", "EDM", "FM", "CO", "MO", "MS", "NMM", "NO", "POP", "RMO", "SDP", "WM", "EXT"
]
"""Groups of the Interface Reference Model in clause order (IEC 61968-1:2020, 4.3.2 to 4.3.17)."""

RequestVerb = Literal["create", "change", "cancel", "close", "delete", "execute", "get"]
EventVerb = Literal["created", "changed", "canceled", "closed", "deleted", "executed"]


class Service(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One noun of one IRM group with the verbs it answers and the events it sends."""

    group: str
    """IRM group code, ``EDO`` (IEC 61968-1:2020, 4.3)."""
    noun: str
    requests: tuple[RequestVerb, ...]
    events: tuple[EventVerb, ...] = ()
    authority: Authority = "project"
    aligns_with: str = ""
    """The standard part whose subject this follows, such as ``IEC 61968-9``; never a claim of conformity."""
    confidence: Confidence = "inferred"


class Group(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One group of business functions of the Interface Reference Model."""

    code: str
    name: str
    clause: str
    has_interface: bool
    """False for EXT alone: IEC 61968-1 defines no standard interface for it."""
    functions: tuple[str, ...]
    nouns: tuple[str, ...]
    authority: Authority
    confidence: Confidence
    doc: str
