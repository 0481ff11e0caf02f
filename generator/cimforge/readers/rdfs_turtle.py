"""Turtle and N-Triples to a graph, by pyoxigraph."""

from __future__ import annotations

import re

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.rdfs_graph import STAND_IN, Graph, Subject, from_oxigraph, unbased
from cimforge.readers.source import RawSource

NESTING_LIMIT = 256
"""Blank nodes and collections within each other; the limit that XML has."""

_LONG_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|' + r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''", re.DOTALL
)
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*")
_SUBJECT = re.compile(r"^(?:<([^<>\s]*)>|([\w.\-]*):([\w.\-%]*[\w\-%]))(?=[ \t\r\n])", re.MULTILINE)


def turtle_graph(source: RawSource, report: Report) -> tuple[Graph, tuple[tuple[str, str], ...]] | None:
    """The graph and the prefixes that the document states; None after an error (CIM113, CIM119, CIM130).

    Subjects come in order of appearance, their statements in the order of the file.
    """
    from pyoxigraph import RdfFormat, parse

    data = source.data.removeprefix(b"\xef\xbb\xbf")
    if _broken_utf8(source, report):
        return None
    text = data.decode("utf-8")
    depth_line = _too_deep(text)
    if depth_line:
        report.add("CIM119", at=Location(file=source.path, line=depth_line), limit=NESTING_LIMIT)
        return None
    parser = parse(data, RdfFormat.TURTLE, base_iri=STAND_IN)
    try:
        subjects = from_oxigraph(parser)
    except SyntaxError as error:
        at = Location(file=source.path, line=error.lineno)
        report.add("CIM130", at=at, format="Turtle", reason=reason_of(error))
        return None
    reference = unbased(subjects)
    line = None
    if reference is not None:
        place = re.search(rf"<{re.escape(reference)}>", text)
        line = text.count("\n", 0, place.start()) + 1 if place else None
    else:
        _find_lines(text, subjects, parser.prefixes, parser.base_iri or "")
    missing = None if reference is None else (reference, line)
    return Graph(subjects=subjects, unbased=missing), tuple(sorted(parser.prefixes.items()))


def _broken_utf8(source: RawSource, report: Report) -> bool:
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        report.add(
            "CIM113",
            at=Location(file=source.path, line=line),
            byte=f"{source.data[error.start]:02X}",
            offset=error.start + 1,
            encoding="UTF-8",
            hint="; Turtle is always UTF-8",
        )
        return True
    return False


def _too_deep(text: str) -> int:
    """Line where brackets nest deeper than the limit; 0 if they do not."""
    if text.count("[") + text.count("(") <= NESTING_LIMIT:
        return 0
    bare = _TEXT.sub("", _LONG_TEXT.sub(_line_ends, text))
    depth = 0
    for match in re.finditer(r"[\[\]()]", bare):
        depth += 1 if match[0] in "[(" else -1
        if depth > NESTING_LIMIT:
            return bare.count("\n", 0, match.start()) + 1
    return 0


def _line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _find_lines(text: str, subjects: dict[str, Subject], prefixes: dict[str, str], base: str) -> None:
    """Note the line of each subject that begins one, as those of nearly all files do."""
    bare = _LONG_TEXT.sub(_line_ends, text)
    line, end = 1, 0
    for match in _SUBJECT.finditer(bare):
        if match[1] is not None:
            name = match[1]
            key = name if ":" in name else base.partition("#")[0].rpartition("/")[0] + "/" + name
            if key not in subjects and name.startswith("#"):
                key = base.partition("#")[0] + name
        else:
            key = prefixes.get(match[2], "") + match[3]
        subject = subjects.get(key)
        if subject is not None:
            line += bare.count("\n", end, match.start())
            end = match.start()
            subject.lines.append(line)


def reason_of(error: SyntaxError) -> str:
    """pyoxigraph's message without the place, which the diagnostic gives."""
    return re.sub(r"^.*?(line \d+ )?(between )?columns? \d+( and [^:]*)?: ", "", error.msg)
