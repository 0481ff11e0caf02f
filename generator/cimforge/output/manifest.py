"""``manifest.json``: which files of the output folder are ours, and the bytes that we gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from cimforge.ir.value import Struct
from cimforge.output.files import LockInputs, OutputFile

MANIFEST = "manifest.json"
LOCK = "cimforge.lock"
VERSION = 1


class Entry(Struct, frozen=True, kw_only=True):
    """One file of the manifest."""

    path: str
    sha256: str
    owner: Literal["generator", "user"]
    elements: tuple[str, ...] = ()


class UnreadableManifest(ValueError):
    """The text is no manifest that this cimforge reads."""


def entries_of(files: Iterable[OutputFile]) -> dict[str, Entry]:
    """The manifest's entries for ``files``, by path."""
    return {
        file.path: Entry(path=file.path, sha256=file.sha256, owner=file.owner, elements=file.elements)
        for file in files
    }


def encode(entries: Mapping[str, Entry]) -> str:
    """Text of the manifest: one line a file, sorted by path."""
    rows = (
        {"path": e.path, "sha256": e.sha256, "owner": e.owner, "elements": e.elements}
        for _, e in sorted(entries.items())
    )
    return _document("manifest_version", {}, "files", rows)


def decode(data: bytes) -> dict[str, Entry]:
    """The entries that ``data`` holds, by path.

    Raises:
        UnreadableManifest: it is no manifest, or of another version.
    """
    try:
        document = json.loads(data)
        if document["manifest_version"] != VERSION:
            raise UnreadableManifest(f"it is of version {document['manifest_version']}, not {VERSION}")
        entries = (
            Entry(
                path=row["path"] + "",
                sha256=row["sha256"] + "",
                owner="user" if row["owner"] == "user" else "generator",
                elements=tuple(row["elements"]),
            )
            for row in document["files"]
        )
        return {entry.path: entry for entry in entries}
    except UnreadableManifest:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableManifest("it is not what cimforge wrote") from error


def lock_file(inputs: LockInputs) -> OutputFile:
    """``cimforge.lock``: what the output was made from, one line a source, sorted."""
    head = {
        "tool": inputs.tool,
        "ir_version": inputs.ir_version,
        "settings": inputs.settings,
        "templates": inputs.templates,
        "formatter": inputs.formatter,
    }
    rows = ({"path": path, "sha256": digest} for path, digest in sorted(inputs.sources))
    return OutputFile(path=LOCK, data=_document("lock_version", head, "sources", rows).encode())


def _document(
    version: str, head: Mapping[str, object], list_name: str, rows: Iterable[Mapping[str, object]]
) -> str:
    lines = [
        f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in {version: VERSION, **head}.items()
    ]
    items = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    body = f"[\n{items}\n  ]" if items else "[]"
    return "{\n" + "".join(lines) + f'  "{list_name}": {body}\n' + "}\n"
