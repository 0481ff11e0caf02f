"""Text of a model as Python source: literals and docstrings that nothing in the text can leave.

Both are stable under black (26): quotes, escapes and line ends are those black would choose itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"'}
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
"""Controls, line separators, lone surrogates, bidirectional and invisible characters."""
_IN_LITERAL = re.compile(r"[^ -\[\]-~]")
_IN_DOCSTRING = re.compile(f'[\\\\"{_HIDDEN}]')


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


@lru_cache(maxsize=8192)
def string_literal(text: str) -> str:
    """An ASCII literal whose value is exactly ``text``, in the quotes that need fewer escapes."""
    escaped = text if text.isalnum() and text.isascii() else _IN_LITERAL.sub(_escape, text)
    if '"' not in escaped:
        return f'"{escaped}"'
    if escaped.count('"') > escaped.count("'"):
        return "'" + escaped.replace("'", "\\'") + "'"
    return '"' + escaped.replace('"', '\\"') + '"'


@lru_cache(maxsize=8192)
def docstring(text: str, indent: int, width: int = 88) -> str:
    '''A docstring with its quotes: the words of ``text``, ``indent`` columns deep, wrapped at ``width``.

    Paragraphs of the text (line breaks) are kept; runs of white space fold to one blank. What fits one
    line stands on one; otherwise the closing quotes have a line of their own. Text without words
    gives ``""" """``.
    '''
    room = width - indent
    lines: list[str] = []
    for paragraph in text.splitlines():
        escaped, is_printable = paragraph, paragraph.isprintable()
        if not is_printable or "  " in paragraph or paragraph != paragraph.strip():
            escaped = " ".join(paragraph.split())
        if not escaped:
            if lines and lines[-1]:
                lines.append("")
            continue
        # What has to be escaped is one of the two, or not printable.
        if '"' in escaped or "\\" in escaped or not is_printable:
            escaped = _IN_DOCSTRING.sub(_escape, escaped)
        _wrap(escaped, room, lines)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return '""" """'
    first = lines[0]
    if len(lines) == 1:
        # Escaped or not, black parts a final quote from the closing ones.
        first += " " if first[-1] == '"' else ""
        cut = -1 if len(first) + 6 <= room else first.rstrip().rfind(" ")
        if cut < 0:
            return f'"""{first}"""'
        lines = [first[:cut], first[cut + 1 :].rstrip()]
    margin = " " * indent
    body = "\n".join([lines[0], *(margin + line if line else "" for line in lines[1:])])
    return f'"""{body}\n{margin}"""'


def _wrap(text: str, room: int, lines: list[str]) -> None:
    """Appends ``text`` to ``lines``, broken at blanks; the opening quotes take three columns of line one."""
    start, end = 0, len(text)
    while True:
        limit = start + room - (0 if lines else 3)
        if end <= limit:
            lines.append(text[start:])
            return
        cut = text.rfind(" ", start, limit + 1)
        if cut <= start:
            cut = text.find(" ", start)
            if cut < 0:
                lines.append(text[start:])
                return
        lines.append(text[start:cut])
        start = cut + 1
