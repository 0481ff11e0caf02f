"""Turtle and its kin (N-Triples, N-Quads, TriG, N3) to a graph, by pyoxigraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import STAND_IN, Graph, Subject, from_oxigraph
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import DEPTH_LIMIT

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

TEXT_LIMIT = 16 * 1024 * 1024
"""Bytes of one text: pyoxigraph's own limit."""

# Possessive, and with an end for what is not closed: else a long text takes a hundred times its memory,
# and many open ones take for ever.
_LONG_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"""|\Z)|' + r"'''(?:[^'\\]++|\\.|'{1,2}(?!'))*+(?:'''|\Z)",
    re.DOTALL,
)
_SHORT_TEXT = r'"(?:[^"\\\n]++|\\.)*+"?'
_BRACKETS = re.compile(
    _LONG_TEXT.pattern
    + f"|{_SHORT_TEXT}|{_SHORT_TEXT.replace(chr(34), chr(39))}"
    + r"|<[^<>\s]*>|#[^\n]*|[\[\](){}]",
    re.DOTALL,
)
_NAME = r"(?:<([^<>\s]*)>|([\w.\-]*):([\w.\-%]*[\w\-%]))(?=[ \t\r\n])"
_SUBJECT = re.compile("^" + _NAME, re.MULTILINE)
_SUBJECT_IN_GRAPH = re.compile(r"(?:\A|(?<=[.{}]\n)|(?<=[.{}]\r\n))\s*" + _NAME)
_GRAPH = re.compile(
    r"(?:^|[.}][ \t])[ \t]*(?:(?:graph\s+)?(?:<[^<>\s]*>|[\w.\-]*:[\w.\-%]*|_:\S+)\s*)?\{", re.I | re.M
)
_QUAD = re.compile(
    r"^[ \t]*(?:<[^<>\s]*>|_:\S+)[ \t]+<[^<>\s]*>[ \t]+"
    r'(?:<[^<>\s]*>|_:\S+|"(?:[^"\\\n]++|\\.)*+"(?:@[\w\-]+|\^\^<[^<>\s]*>)?)'
    r"[ \t]+(?:<[^<>\s]*>|_:\S+)[ \t]*\.",
    re.MULTILINE,
)
_DIRECTIVE = re.compile(r"^[ \t]*(?:@prefix|@base|prefix\s|base\s*<)", re.I | re.M)


def turtle_graph(source: RawSource, report: Report) -> tuple[Graph, tuple[tuple[str, str], ...]] | None:
    """The graph and the prefixes that the document states; None after an error (CIM113, 119, 120, 130).

    Subjects come in order of appearance, their statements in the order of the file. What is no Turtle is
    tried as N3, which holds more (variables excepted); where that fails too, the error is that of the attempt
    that came further.
    """
    from pyoxigraph import RdfFormat, parse

    data = source.data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bytes(source, error.start + len(source.data) - len(data), report)
        return None
    if (excess := _line_of_excess(text)) is not None:
        report.add("CIM119", at=Location(file=source.path, line=excess), limit=DEPTH_LIMIT)
        return None
    name, format_ = _format(text)
    failed: tuple[int, str, SyntaxError] | None = None
    for attempt in dict.fromkeys((format_, format_ if format_ is RdfFormat.N_QUADS else RdfFormat.N3)):
        base = None if attempt is RdfFormat.N_QUADS else STAND_IN
        parser = parse(data, attempt, base_iri=base)
        try:
            read = from_oxigraph(parser, has_formulae=attempt is RdfFormat.N3)
        except SyntaxError as error:
            line = error.lineno or 0
            if failed is None or line > failed[0]:
                failed = (line, name if attempt is format_ else "N3", error)
            continue
        except MemoryError:
            # What pyoxigraph raises for a text beyond its limit; memory itself is not short.
            at = Location(file=source.path, line=line_of_longest_text(text))
            report.add("CIM120", at=at, limit=f"{TEXT_LIMIT:,}")
            return None
        missing = None
        if read.relative is None:
            pattern = _SUBJECT if format_ is RdfFormat.TURTLE else _SUBJECT_IN_GRAPH
            _find_lines(text, read.subjects, parser.prefixes, parser.base_iri or "", pattern)
        else:
            place = text.find(f"<{read.relative}>")
            missing = (read.relative, text.count("\n", 0, place) + 1 if place >= 0 else None)
        graph = Graph(subjects=read.subjects, unbased=missing, graphs=read.graphs, notes=read.notes)
        return graph, tuple(sorted(parser.prefixes.items()))
    assert failed is not None
    line, name, worst = failed
    at = Location(file=source.path, line=line or None)
    report.add("CIM130", at=at, format=name, reason=syntax_reason(worst))
    return None


def _format(text: str) -> tuple[str, RdfFormat]:
    """Name and parser of the one of the family that ``text`` is; N3 is not told from Turtle here."""
    from pyoxigraph import RdfFormat

    if "{" in text and _GRAPH.search(_LONG_TEXT.sub("", text)):
        return "TriG", RdfFormat.TRIG
    if not _DIRECTIVE.search(text) and _QUAD.search(text):
        return "N-Quads", RdfFormat.N_QUADS
    return "Turtle", RdfFormat.TURTLE


def _report_bytes(source: RawSource, start: int, report: Report) -> None:
    report.add(
        "CIM113",
        at=Location(file=source.path, line=source.data.count(b"\n", 0, start) + 1),
        byte=f"{source.data[start]:02X}",
        offset=start + 1,
        encoding="UTF-8",
        hint="; Turtle is always UTF-8",
    )


def _line_of_excess(text: str) -> int | None:
    """The line in which nodes, collections and graphs stand deeper than `DEPTH_LIMIT`; None if nowhere.

    pyoxigraph itself knows no limit, and takes gigabytes for a million levels.
    """
    if text.count("[") + text.count("(") + text.count("{") <= DEPTH_LIMIT:
        return None
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[({":
            depth += 1
            if depth > DEPTH_LIMIT:
                return text.count("\n", 0, found.start()) + 1
        elif found[0] in "])}":
            depth -= 1
    return None


def line_of_longest_text(text: str) -> int:
    """The line in which the longest run between two double quotes begins."""
    end, longest, line = 0, 0, 1
    while (start := text.find('"', end)) >= 0:
        end = text.find('"', start + 1)
        end = end if end >= 0 else len(text)
        if end - start > longest:
            longest, line = end - start, text.count("\n", 0, start) + 1
        end += 1
    return line


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _find_lines(
    text: str, subjects: dict[str, Subject], prefixes: dict[str, str], base: str, pattern: re.Pattern[str]
) -> None:
    """Note the line of each subject that begins one, as those of nearly all files do."""
    bare = _LONG_TEXT.sub(_line_ends, text) if '"""' in text or "'''" in text else text
    line, end = 1, 0
    for match in pattern.finditer(bare):
        name, prefix, local = match.groups()
        if name is None:
            key = prefixes.get(prefix, "") + local
        elif ":" in name:
            key = name
        elif name.startswith("#"):
            key = base.partition("#")[0] + name
        else:
            key = base.partition("#")[0].rpartition("/")[0] + "/" + name
        subject = subjects.get(key)
        if subject is not None:
            start = match.start(1 if name is not None else 2)
            line += bare.count("\n", end, start)
            end = start
            subject.lines.append(line)


def syntax_reason(error: SyntaxError) -> str:
    """pyoxigraph's message without the place, which the diagnostic gives."""
    return re.sub(r"^.*?(line \d+ )?(between )?columns? \d+( and [^:]*)?: ", "", error.msg)
