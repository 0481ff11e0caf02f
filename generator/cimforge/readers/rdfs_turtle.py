"""Turtle and N-Triples to a graph, by pyoxigraph."""

from __future__ import annotations

import re

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import STAND_IN, Graph, Subject, from_oxigraph
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import DEPTH_LIMIT

TEXT_LIMIT = 16 * 1024 * 1024
"""Bytes of one text: pyoxigraph's own limit."""

_BRACKETS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|' + r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*|[\[\]()]",
    re.DOTALL,
)

_LONG_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|' + r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''", re.DOTALL
)
_SUBJECT = re.compile(r"^(?:<([^<>\s]*)>|([\w.\-]*):([\w.\-%]*[\w\-%]))(?=[ \t\r\n])", re.MULTILINE)


def turtle_graph(source: RawSource, report: Report) -> tuple[Graph, tuple[tuple[str, str], ...]] | None:
    """The graph and the prefixes that the document states; None after an error (CIM113, 119, 120, 130).

    Subjects come in order of appearance, their statements in the order of the file.
    """
    from pyoxigraph import RdfFormat, parse

    data = source.data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bytes(source, error.start + len(source.data) - len(data), report)
        return None
    if (line := _line_of_excess(text)) is not None:
        report.add("CIM119", at=Location(file=source.path, line=line), limit=DEPTH_LIMIT)
        return None
    parser = parse(data, RdfFormat.TURTLE, base_iri=STAND_IN)
    try:
        subjects, relative = from_oxigraph(parser)
    except SyntaxError as error:
        at = Location(file=source.path, line=error.lineno)
        report.add("CIM130", at=at, format="Turtle", reason=_reason(error))
        return None
    except MemoryError:
        # What pyoxigraph raises for a text beyond its limit; memory itself is not short.
        at = Location(file=source.path, line=_line_of_longest_text(text))
        report.add("CIM120", at=at, limit=f"{TEXT_LIMIT:,}")
        return None
    missing = None
    if relative is None:
        _find_lines(text, subjects, parser.prefixes, parser.base_iri or "")
    else:
        place = text.find(f"<{relative}>")
        missing = (relative, text.count("\n", 0, place) + 1 if place >= 0 else None)
    return Graph(subjects=subjects, unbased=missing), tuple(sorted(parser.prefixes.items()))


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
    """The line in which blank nodes and collections stand deeper than `DEPTH_LIMIT`; None if nowhere.

    pyoxigraph itself knows no limit, and takes gigabytes for a million levels.
    """
    if text.count("[") + text.count("(") <= DEPTH_LIMIT:
        return None
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[(":
            depth += 1
            if depth > DEPTH_LIMIT:
                return text.count("\n", 0, found.start()) + 1
        elif found[0] in "])":
            depth -= 1
    return None


def _line_of_longest_text(text: str) -> int:
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


def _find_lines(text: str, subjects: dict[str, Subject], prefixes: dict[str, str], base: str) -> None:
    """Note the line of each subject that begins one, as those of nearly all files do."""
    bare = _LONG_TEXT.sub(_line_ends, text) if '"""' in text or "'''" in text else text
    line, end = 1, 0
    for match in _SUBJECT.finditer(bare):
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
            start = match.start()
            line += bare.count("\n", end, start)
            end = start
            subject.lines.append(line)


def _reason(error: SyntaxError) -> str:
    """pyoxigraph's message without the place, which the diagnostic gives."""
    return re.sub(r"^.*?(line \d+ )?(between )?columns? \d+( and [^:]*)?: ", "", error.msg)
