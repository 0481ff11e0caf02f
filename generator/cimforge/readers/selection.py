"""Selections: TOML files that say which part of an information model a message profile takes.

The format is ours. Rules of others that it holds to: a profile is not named like one of its classes
(CIM Modeling Guide, rule 188), extensions live in a namespace of their own (rule 174) and keep
messages valid for those who do not know them. Whether classes and members exist and whether
multiplicities only tighten is for select to say: a reader knows no model.
"""

from __future__ import annotations

import posixpath
from collections import ChainMap
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, cast

from cimforge.diagnostics import Report
from cimforge.ir.profile import ProfileSpec, RootRule, Selection
from cimforge.ir.value import replace
from cimforge.readers.selection_classes import called, enumerations, roots, selections
from cimforge.readers.selection_document import Document, dotted, open_document, printable, shown
from cimforge.readers.selection_header import (
    DATASET_KEYS,
    MESSAGE_KEYS,
    TEXT,
    TIGHTENS,
    VARIANT_KEYS,
    VERSION,
    extension,
    header,
    namespaces,
    optional,
    service,
)
from cimforge.readers.selection_values import Names
from cimforge.readers.source import RawSource

TABLES = ("profile", "roots", "classes", "enumerations", "extension", "namespaces")
_OF_MESSAGES = ("roots", "classes", "enumerations", "extension", "namespaces")

_NOTHING: Mapping[str, RawSource] = MappingProxyType({})


def read_selections(
    sources: Iterable[RawSource], report: Report, lookup: Mapping[str, RawSource] = _NOTHING
) -> tuple[ProfileSpec, ...]:
    """The profiles of many files, in the order of the files; a file with an error is left out, reported.

    Two files of one noun (and one variant) or of one namespace would write the same documents: CIM316.
    ``lookup`` is as for `read_selection`; the files themselves need not be in it.
    """
    files = tuple(sources)
    own = {s.path: s for s in files}
    # A lookup may read files as they are asked for, so it is asked by name and never copied.
    known = ChainMap(own, lookup)  # type: ignore[arg-type]  # a ChainMap writes to its first map alone
    found = (read_selection(source, report, known) for source in files)
    return distinct((spec for spec in found if spec is not None), report)


def distinct(specs: Iterable[ProfileSpec], report: Report) -> tuple[ProfileSpec, ...]:
    """``specs`` without those that would write the same documents as one before them, reported (CIM316)."""
    kept: list[ProfileSpec] = []
    for spec in specs:
        for other in kept:
            same = _same(spec, other)
            if same:
                report.add(
                    "CIM316",
                    at=spec.location,
                    related=(other.location,),
                    same=same,
                    other=other.location.file,
                )
                break
        else:
            kept.append(spec)
    return tuple(kept)


def read_selection(
    source: RawSource, report: Report, lookup: Mapping[str, RawSource] = _NOTHING
) -> ProfileSpec | None:
    """The profile that ``source`` states; None after any error (CIM301 to CIM315), all of which are reported.

    ``lookup`` holds the files that this one may refer to, by the same kind of path as
    ``source.path``: the profile it ``extends`` and the RDFS file that is the ``source`` of a dataset.
    Both are written relative to the file's own folder.

    A variant comes back whole: its base profile's header, roots and selections, with the members
    of its extension added.
    """
    document = open_document(source, report)
    if document is None:
        return None
    document.refuse_unknown(document.table, TABLES, ())
    profile = document.subtable("profile")
    if profile is None:
        return None
    if "profile" not in document.table:
        document.error("CIM304", (), key="profile", expects="a table")
        return None
    if "extends" in profile:
        return _variant(document, profile, report, lookup)
    spec = _standard(document, profile, lookup)
    return spec if document.sound else None


def _standard(
    document: Document, profile: Mapping[str, object], lookup: Mapping[str, RawSource]
) -> ProfileSpec:
    kind = _kind(document, profile)
    document.refuse_unknown(profile, DATASET_KEYS if kind == "dataset" else MESSAGE_KEYS, ("profile",))
    head = header(document, profile)
    dataset = ""
    extended = extension(document)
    if kind == "dataset":
        dataset = _beside(document, profile, "source", lookup)
        for name in _OF_MESSAGES:
            if name in document.table:
                expects = "nothing: the content of a dataset is its RDFS file"
                document.wrong((name,), document.table[name], expects)
    selected: tuple[Selection, ...] = ()
    rooted: tuple[RootRule, ...] = ()
    if kind == "message":
        names = Names(
            extension=extended.prefix if extended else "", namespaces=namespaces(document, extended)
        )
        selected = selections(document, names)
        rooted = roots(document, names, tuple(map(called, selected)))
        selected += enumerations(document, names)
    noun = head["noun"]
    if any(called(s) == noun and not s.is_anonymous for s in selected):
        document.error("CIM308", ("profile", "noun"), noun=noun)
    return ProfileSpec(
        name=noun,
        namespace=head["namespace"],
        version=head["version"],
        title=head["title"],
        doc=head["description"],
        service=service(document, profile, noun, head["namespace"]),
        kind=kind,
        dataset=dataset,
        roots=rooted,
        selections=selected,
        extension=extended,
        tightens=cast(
            'Literal["refuse", "narrow", "intersect"]', document.text(profile, TIGHTENS, ("profile",))
        ),
        location=document.at(("profile",)),
    )


def _kind(document: Document, profile: Mapping[str, object]) -> Literal["message", "dataset"]:
    kind = profile.get("kind", "message")
    if kind not in ("message", "dataset"):
        document.wrong(("profile", "kind"), kind, "one of message, dataset")
    return "dataset" if kind == "dataset" else "message"


def _variant(
    document: Document, profile: Mapping[str, object], report: Report, lookup: Mapping[str, RawSource]
) -> ProfileSpec | None:
    document.refuse_unknown(profile, VARIANT_KEYS, ("profile",))
    version = document.text(profile, optional("version", VERSION), ("profile",))
    title = document.text(profile, optional("title", TEXT), ("profile",))
    doc = document.text(profile, optional("description", TEXT), ("profile",))
    if "extension" not in document.table:
        document.error("CIM304", (), key="extension", expects="a table that declares the extension")
    extended = extension(document)
    for name in ("roots", "enumerations"):
        if name in document.table:
            document.error("CIM313", (name,), name=name, base=str(profile["extends"]))
    names = Names(extension=extended.prefix if extended else "", namespaces=namespaces(document, extended))
    added = selections(document, names, variant=True)
    path = _beside(document, profile, "extends", lookup)
    base_source = lookup.get(path) if path else None
    if base_source is None:
        return None
    base = _base(document, base_source, report, lookup)
    if base is None or extended is None:
        return None
    merged = _merged(document, base, added, extended.prefix)
    if not document.sound:
        return None
    return replace(
        base,
        variant=extended.prefix,
        version=version or base.version,
        title=title or base.title,
        doc=doc or base.doc,
        selections=merged,
        extension=extended,
        location=document.at(("profile",)),
    )


def _base(
    document: Document, source: RawSource, report: Report, lookup: Mapping[str, RawSource]
) -> ProfileSpec | None:
    """The profile that a variant extends; None if it has errors, or cannot be extended (CIM310)."""
    at = ("profile", "extends")
    opened = open_document(source, report)
    profile = opened.table.get("profile") if opened else None
    if isinstance(profile, dict) and "extends" in profile:
        document.error("CIM310", at, base=source.path, what="a variant itself")
        return None
    base = read_selection(source, report, lookup)
    if base is not None and base.kind == "dataset":
        document.error("CIM310", at, base=source.path, what="a dataset")
        return None
    if base is not None and base.extension is not None:
        document.error("CIM310", at, base=source.path, what="a profile with an extension of its own")
        return None
    return base


def _merged(
    document: Document, base: ProfileSpec, added: tuple[Selection, ...], prefix: str
) -> tuple[Selection, ...]:
    """The base's selections with the members of the extension at the end of each class."""
    more = {called(s): s for s in added}
    known = {called(s) for s in base.selections}
    merged = [
        replace(s, properties=(*s.properties, *more[called(s)].properties)) if called(s) in more else s
        for s in base.selections
    ]
    for selection in added:
        if called(selection) in known:
            continue
        if not selection.class_.startswith(prefix + ":"):
            where = ("classes", selection.class_)
            document.error("CIM313", where, name=selection.class_, base=base.name)
        merged.append(selection)
    return tuple(merged)


def _beside(
    document: Document, profile: Mapping[str, object], key: str, lookup: Mapping[str, RawSource]
) -> str:
    """Path, in terms of ``lookup``, of the file that ``key`` names; empty after an error."""
    where = ("profile", key)
    if key not in profile:
        document.error("CIM304", ("profile",), key=dotted(where), expects="a path relative to this file")
        return ""
    value = profile[key]
    if not isinstance(value, str) or not value or value.startswith("/") or "\\" in value or "\0" in value:
        document.wrong(where, value, "a path relative to this file, with / between its parts")
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), value))
    if path.startswith("..") or path not in lookup:
        document.error("CIM309", where, key=dotted(where), value=shown(value), sought=printable(path))
        return ""
    return path


def _same(one: ProfileSpec, other: ProfileSpec) -> str:
    """What two profiles share that they must not; empty if nothing."""
    if one.variant != other.variant:
        return ""
    if one.name.lower() == other.name.lower():
        return f"the noun {one.name}"
    return f"the namespace {one.namespace}" if one.namespace == other.namespace else ""
