"""RDF written as JSON (JSON-LD, HexTuples) to a graph. Nothing is fetched, no context either."""

from __future__ import annotations

import json
import re

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import (
    BLANK,
    IRI,
    STAND_IN,
    Graph,
    Subject,
    from_oxigraph,
    literal,
)
from cimforge.readers.rdfs_references import IN_NO_IRI
from cimforge.readers.rdfs_turtle import line_of_longest_text, syntax_reason
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import DEPTH_LIMIT

# Possessive, and with an end for what is not closed: see `rdfs_turtle`.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_ID = re.compile(r'"@id"\s*:\s*("(?:[^"\\]++|\\.)*+")')
_REFERENCE = re.compile(r"\{\s*\Z"), re.compile(r"\s*\}")
_PREFIX = re.compile(r'"([\w.\-]+)"\s*:\s*("[A-Za-z][\w+.\-]*:[^"\\]*[#/:]")')
_HEXTUPLE = re.compile(rb'\["(?:[^"\\]++|\\.)*+"\s*(?:,\s*"(?:[^"\\]++|\\.)*+"\s*){5}\]\s*(?:\n|\Z)')

TEXT_LIMIT = 8 * 1024 * 1024
"""Bytes of one text: pyoxigraph's own limit for JSON."""

_KEYWORDS = (b'"@context"', b'"@id"', b'"@graph"', b'"@type"')


def is_jsonld(data: bytes) -> bool:
    """Whether JSON text is JSON-LD: it says so by a keyword."""
    return any(keyword in data for keyword in _KEYWORDS)


def is_hextuples(data: bytes) -> bool:
    """Whether the first line is an array of six strings."""
    return _HEXTUPLE.match(data) is not None


def jsonld_graph(source: RawSource, report: Report) -> tuple[Graph, tuple[tuple[str, str], ...]] | None:
    """The graph and the prefixes of a JSON-LD document.

    None after an error: bytes that are no UTF-8 (CIM113), depth (CIM119), a context that stands elsewhere
    (CIM186), a syntax error (CIM130), an ``@id`` that is no IRI (CIM132).
    """
    from pyoxigraph import RdfFormat, parse

    text = _decoded(source, report)
    if text is None or not _is_shallow(source, text, report):
        return None
    parser = parse(text, RdfFormat.JSON_LD, base_iri=STAND_IN)
    try:
        read = from_oxigraph(parser)
    except SyntaxError as error:
        context = _remote_context(json.loads(text)) if "LoadDocument" in error.msg else None
        if context is not None:
            at = Location(file=source.path, line=_line_of(text, context))
            report.add("CIM186", at=at, context=context)
        else:
            at = Location(file=source.path, line=error.lineno)
            report.add("CIM130", at=at, format="JSON-LD", reason=syntax_reason(error))
        return None
    except MemoryError:
        at = Location(file=source.path, line=line_of_longest_text(text))
        report.add("CIM120", at=at, limit=f"{TEXT_LIMIT:,}")
        return None
    prefixes = {p: str(_string(v)) for p, v in _PREFIX.findall(text)} | dict(parser.prefixes)
    if not _find_ids(source, text, read.subjects, prefixes, parser.base_iri or "", report):
        return None
    missing = None
    if read.relative is not None:
        missing = (read.relative, _line_of(text, read.relative))
    graph = Graph(subjects=read.subjects, unbased=missing, graphs=read.graphs, notes=read.notes)
    return graph, tuple(sorted(parser.prefixes.items()))


def hextuples_graph(source: RawSource, report: Report) -> Graph | None:
    """The graph of HexTuples, an array of six strings a line; None after an error (CIM113, 130, 132)."""
    text = _decoded(source, report)
    if text is None:
        return None
    subjects: dict[str, Subject] = {}
    blanks: dict[str, str] = {}
    graphs: set[str] = set()

    def blank(label: str) -> str:
        return blanks.setdefault(label.removeprefix("_:"), f"_:b{len(blanks) + 1}")

    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        found = _six(line)
        if found is None:
            reason = "the line is no array of six strings"
            report.add(
                "CIM130", at=Location(file=source.path, line=number), format="HexTuples", reason=reason
            )
            return None
        node, predicate, value, datatype, language, graph = found
        if bad := next((i for i in (node, predicate) if IN_NO_IRI.search(i)), None):
            _refuse_iri(source, number, bad, report)
            return None
        if graph:
            graphs.add(graph)
        key = blank(node) if node.startswith("_:") else node
        subject = subjects.get(key)
        if subject is None:
            subject = subjects[key] = Subject(key)
            subject.lines.append(number)
        if datatype == "globalId":
            if IN_NO_IRI.search(value):
                _refuse_iri(source, number, value, report)
                return None
            term = (value, IRI)
        elif datatype == "localId":
            term = (blank(value), BLANK)
        else:
            term = literal(value, language or None, datatype)
        subject.say(predicate, (term,))
    return Graph(subjects=subjects, graphs=len(graphs))


def _six(line: str) -> list[str] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_six = isinstance(found, list) and len(found) == 6 and all(isinstance(f, str) for f in found)
    return found if is_six else None


def _decoded(source: RawSource, report: Report) -> str | None:
    try:
        return source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.add(
            "CIM113",
            at=Location(file=source.path, line=source.data.count(b"\n", 0, error.start) + 1),
            byte=f"{source.data[error.start]:02X}",
            offset=error.start + 1,
            encoding="UTF-8",
            hint="; JSON is always UTF-8",
        )
        return None


def _is_shallow(source: RawSource, text: str, report: Report) -> bool:
    """Whether arrays and objects stand no deeper than `DEPTH_LIMIT`; if not, CIM119.

    pyoxigraph ends the whole program where they do.
    """
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                line = text.count("\n", 0, found.start()) + 1
                report.add("CIM119", at=Location(file=source.path, line=line), limit=DEPTH_LIMIT)
                return False
        elif found[0] in "]}":
            depth -= 1
    return True


def _remote_context(value: object) -> str | None:
    """The first context below ``value`` that is an address."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("@context", "@import"):
                for context in inner if isinstance(inner, list) else [inner]:
                    if isinstance(context, str):
                        return context
        value = list(value.values())
    if isinstance(value, list):
        return next((found for v in value if (found := _remote_context(v)) is not None), None)
    return None


def _line_of(text: str, value: str) -> int | None:
    """Where ``value`` stands first as a string."""
    place = text.find(json.dumps(value, ensure_ascii=False))
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def _find_ids(
    source: RawSource,
    text: str,
    subjects: dict[str, Subject],
    prefixes: dict[str, str],
    base: str,
    report: Report,
) -> bool:
    """Note the line of each node object; whether every ``@id`` is an IRI (JSON-LD would leave others out)."""
    line, end = 1, 0
    before, after = _REFERENCE
    for match in _ID.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        name = _string(match[1])
        if name is None or IN_NO_IRI.search(name):
            _refuse_iri(source, line, name or match[1], report)
            return False
        if before.search(text, max(0, end - 200), end) and after.match(text, match.end()):
            continue
        prefix, colon, local = name.partition(":")
        key = prefixes[prefix] + local if colon and prefix in prefixes else name
        if not colon:
            key = base.partition("#")[0] + name
        subject = subjects.get(key)
        if subject is not None:
            subject.lines.append(line)
    return True


def _string(quoted: str) -> str | None:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return None


def _refuse_iri(source: RawSource, line: int, iri: str, report: Report) -> None:
    bad = IN_NO_IRI.search(iri)
    at = Location(file=source.path, line=line)
    report.add("CIM132", at=at, iri=iri, character=ascii(bad[0])[1:-1] if bad else "")
