"""The ``[profile]`` and ``[extension]`` tables of a selection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from cimforge.ir.profile import ExtensionRule
from cimforge.ir.service import Authority, Confidence, EventVerb, GroupCode, RequestVerb, Service
from cimforge.ir.value import replace
from cimforge.readers.selection_document import Document, Field

_NO_CONTROL = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
"""One character that XML 1.0 can carry and that is no control character but tab and line end."""
_IRI = r"[^\x00-\x20\x7f-\x9f<>\"{}|\\^`#\u2028\u2029\ufffe\uffff]"
_LINE = r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+"

TEXT = Field(name="", pattern=rf"(?=(?s:.*)\S){_NO_CONTROL}+", expects="a text without control characters")
LINE = Field(name="", pattern=_LINE, expects="a text of one line")
VERSION = Field(
    name="",
    pattern=r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}([-+][0-9A-Za-z.-]{1,40})?",
    expects="a version such as 1.0, in quotes",
)

NOUN = Field(
    name="noun",
    pattern=r"[A-Z][A-Za-z0-9]{0,79}",
    expects="a name in upper camel case: a capital letter, then letters and digits",
    required=True,
)
NAMESPACE = Field(
    name="namespace",
    pattern=rf"(https?://[^/?\x00-\x20<>\"{{}}|\\^`#]+(/{_IRI}*)?|urn:[A-Za-z0-9-]{{2,31}}:{_IRI}+)#",
    expects="an http, https or urn IRI that ends in #",
    required=True,
)
HEADER = (
    NOUN,
    NAMESPACE,
    replace(VERSION, name="version", required=True),
    replace(LINE, name="title", required=True),
    replace(TEXT, name="description", required=True),
)

GROUPS: tuple[GroupCode, ...] = get_args(GroupCode)
AUTHORITIES: tuple[Authority, ...] = get_args(Authority)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
REQUESTS: tuple[RequestVerb, ...] = get_args(RequestVerb)
EVENTS: tuple[EventVerb, ...] = get_args(EventVerb)

GROUP = Field(name="group", pattern="", expects="a group of the IRM", choices=GROUPS)
AUTHORITY = Field(name="authority", pattern="", expects="", choices=AUTHORITIES, default="project")
CONFIDENCE = Field(name="confidence", pattern="", expects="", choices=CONFIDENCES, default="inferred")
ALIGNS = Field(name="aligns_with", pattern=rf"|{_LINE}", expects="a text of one line, or an empty one")

TIGHTENINGS: tuple[str, ...] = ("refuse", "narrow", "intersect")
TIGHTENS = Field(name="tightens", pattern="", expects="", choices=TIGHTENINGS, default="refuse")

DATASET_KEYS = (
    "kind",
    *(field.name for field in HEADER),
    "group",
    "authority",
    "aligns_with",
    "confidence",
    "requests",
    "events",
    "extends",
    "source",
)
MESSAGE_KEYS = (*(k for k in DATASET_KEYS if k != "source"), "tightens")
VARIANT_KEYS = ("extends", "version", "title", "description")

PREFIX = Field(
    name="prefix",
    pattern=r"[a-z][a-z0-9]{0,29}",
    expects="a prefix of at most 30 small letters and digits",
    required=True,
)
_SPACE = rf"(https?://[^/?\x00-\x20<>\"{{}}|\\^`#]+(/{_IRI}*)?|urn:[A-Za-z0-9-]{{2,31}}:{_IRI}+)[#/]"
EXTENSION = (
    PREFIX,
    Field(
        name="namespace",
        pattern=_SPACE,
        expects="an http, https or urn IRI that ends in # or /",
        required=True,
    ),
    replace(LINE, name="owner", required=True),
    replace(VERSION, name="version", required=True),
    replace(LINE, name="use_case", required=True),
    replace(TEXT, name="description", required=True),
)

RESERVED_PREFIXES = frozenset(
    (
        "cim",
        "cims",
        "dc",
        "dcat",
        "dct",
        "dm",
        "entsoe",
        "eu",
        "http",
        "https",
        "m",
        "md",
        "msg",
        "owl",
        "part100",
        "rdf",
        "rdfs",
        "sawsdl",
        "sh",
        "skos",
        "uml",
        "urn",
        "xml",
        "xmlns",
        "xs",
        "xsd",
        "xsi",
    )
)
"""Prefixes that readers of CIM files take for something else."""


def optional(name: str, field: Field) -> Field:
    """``field`` under another name, not required."""
    return replace(field, name=name)


def header(document: Document, profile: Mapping[str, Any]) -> dict[str, str]:
    """Noun, namespace, version, title and description; empty texts where, reported, wrong."""
    return {field.name: document.text(profile, field, ("profile",)) for field in HEADER}


def service(document: Document, profile: Mapping[str, Any], noun: str, namespace: str) -> Service | None:
    """How the profile is exchanged; None for a profile outside the IRM, which names no group.

    Refused: group EXT, for which IEC 61968-1 defines no interface (its scope); a namespace of IEC
    under an authority that is not IEC's, and the other way round.
    """
    at = ("profile",)
    group = document.text(profile, GROUP, at)
    authority = document.text(profile, AUTHORITY, at)
    confidence = document.text(profile, CONFIDENCE, at)
    aligns_with = document.text(profile, ALIGNS, at)
    requests = document.words(profile, "requests", REQUESTS, at)
    events = document.words(profile, "events", EVENTS, at)
    if group == "EXT":
        document.error("CIM306", (*at, "group"), noun=noun)
    if namespace and (authority in ("published", "published-informative")) != is_iec(namespace):
        document.error("CIM307", (*at, "namespace"), namespace=namespace, authority=authority)
    if "group" not in profile:
        for name in ("requests", "events"):
            if name in profile:
                document.error(
                    "CIM304", at, key="profile.group", expects=f"an IRM group, since {name} are given"
                )
        return None
    if not requests and not events and not profile.get("requests") and not profile.get("events"):
        document.error(
            "CIM304", at, key="profile.requests", expects="at least one verb in requests or events"
        )
    return Service(
        group=group,
        noun=noun,
        requests=cast("tuple[RequestVerb, ...]", tuple(requests)),
        events=cast("tuple[EventVerb, ...]", tuple(events)),
        authority=cast("Authority", authority),
        aligns_with=aligns_with,
        confidence=cast("Confidence", confidence),
    )


def extension(document: Document) -> ExtensionRule | None:
    """The extension that the file declares; None if it declares none or, reported, not properly.

    Refused: a namespace of IEC and a prefix that CIM files use for something else (CIM Modeling
    Guide, rules 132 to 136 and 174).
    """
    if "extension" not in document.table:
        return None
    table = document.subtable("extension")
    if table is None:
        return None
    at = ("extension",)
    document.refuse_unknown(table, tuple(f.name for f in EXTENSION), at)
    said = {field.name: document.text(table, field, at) for field in EXTENSION}
    if said["prefix"] in RESERVED_PREFIXES:
        document.error("CIM312", (*at, "prefix"), what="prefix", value=said["prefix"])
    if is_iec(said["namespace"]):
        document.error("CIM312", (*at, "namespace"), what="namespace", value=said["namespace"])
    if not all(said.values()):
        return None
    return ExtensionRule(
        prefix=said["prefix"],
        namespace=said["namespace"],
        owner=said["owner"],
        version=said["version"],
        use_case=said["use_case"],
        doc=said["description"],
    )


def namespaces(document: Document, extended: ExtensionRule | None) -> dict[str, str]:
    """The namespaces that ``[namespaces]`` gives prefixes to, for names that have to say which they mean.

    None is that of the extension ``extended``, whose prefix is declared with it.
    """
    table = document.subtable("namespaces") or {}
    found: dict[str, str] = {}
    for prefix, value in table.items():
        at = ("namespaces", prefix)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,29}", prefix):
            document.wrong(at, prefix, "a prefix of at most 30 letters and digits")
        elif not isinstance(value, str) or not re.fullmatch(_SPACE, value):
            document.wrong(at, value, "an http, https or urn IRI that ends in # or /")
        elif extended and (prefix == extended.prefix or value == extended.namespace):
            document.wrong(at, value, "another prefix and namespace than the extension's")
        else:
            found[prefix] = value
    return found


def is_iec(namespace: str) -> bool:
    """Whether a namespace is IEC's own to give: below the host iec.ch, or a URN of IEC."""
    if re.match(r"urn:(iec|iso:std:iec):", namespace, re.IGNORECASE):
        return True
    try:
        host = (urlsplit(namespace).hostname or "").rstrip(".")
    except ValueError:
        return False
    return host == "iec.ch" or host.endswith(".iec.ch")
