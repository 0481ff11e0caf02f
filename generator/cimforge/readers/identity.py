"""Identity in UML files: which ids are the world's and which are the file's own."""

from __future__ import annotations

import re

from cimforge.ir.ids import ElementId

_H = "[0-9A-Fa-f]"
_GUID = re.compile(rf"(?:(?:MX_)?EA(?:ID|PK)_|\{{)?({_H}{{8}}(?:[-_]{_H}{{4}}){{3}}[-_]{_H}{{12}})\}}?\Z")


def guid(text: str) -> str:
    """The GUID in ``text`` in capitals, or ``""``.

    Sparx EA writes one GUID as ``EAID_…`` (elements, connectors), ``EAPK_…`` (packages), ``MX_EAID_…``
    (the model element that stands for the exported package) and ``{…}`` (databases, ``ea_guid``).
    """
    found = _GUID.match(text)
    return text[found.start(1) : found.end(1)].replace("_", "-").upper() if found else ""


def element_id(path: str, raw: str, uuid: str = "") -> ElementId:
    """The id of an element whose ``xmi.id`` is ``raw`` and whose ``xmi.uuid`` is ``uuid``.

    A GUID is the same in every file and database, so it stands alone; so does an ``xmi.uuid``, which
    XMI defines as globally unique (Rose writes it). Any other ``xmi.id`` is unique in its file only
    (two Rose files both have a ``G.0``), so it is prefixed by the file's path.
    """
    return ElementId(guid(raw) or guid(uuid) or uuid or f"{path}#{raw}")
