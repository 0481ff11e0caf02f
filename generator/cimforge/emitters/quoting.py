"""Text of a model as Python source: literals and docstrings that nothing in the text can leave.

Both are stable under black (26): quotes, escapes and line ends are those black would choose itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE = re.compile(r"[^ -\[\]-~]")
"""In a literal, everything but printable ASCII without the backslash is escaped."""
_UNSAFE_IN_DOC = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb'
    "\U000e0000-\U000e007f]"
)
"""In a docstring: backslash, quote, controls, line separators, bidirectional and invisible characters."""


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def _escape_in_doc(match: re.Match[str]) -> str:
    return '\\"' if match.group() == '"' else _escape(match)


def string_literal(text: str) -> str:
    """An ASCII Python literal of exactly ``text``; double quotes unless single ones save escapes."""
    escaped = _UNSAFE.sub(_escape, text)
    if escaped.count('"') > escaped.count("'"):
        return "'" + escaped.replace("'", "\\'") + "'"
    return '"' + escaped.replace('"', '\\"') + '"'


def docstring(text: str, indent: int, width: int = 88) -> str:
    '''A docstring with its quotes, ``indent`` blanks deep: the words of ``text``, wrapped at ``width``.

    Line breaks of the text are kept, blanks at line ends and runs of blanks are not. One line stands between
    its quotes (black would pull it there); of several, the closing quotes stand on a line of their own.
    Empty text gives ``""" """``.
    '''
    return _docstring(text, indent, width)


@lru_cache(maxsize=4096)
def _docstring(text: str, indent: int, width: int) -> str:
    lines: list[str] = []
    room = max(width - indent, 20)
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"):
        words = [_UNSAFE_IN_DOC.sub(_escape_in_doc, word) for word in paragraph.split()]
        line = ""
        for word in words:
            used = len(line) + 3 * (not lines)
            if line and used + 1 + len(word) > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line or (lines and lines[-1]):
            lines.append(line)
    if not lines:
        return '""" """'
    margin = " " * indent
    if len(lines) == 1:
        closing = ' """' if lines[0].endswith('"') else '"""'
        head, blank, tail = lines[0].rpartition(" ")
        if not blank or len(lines[0]) + 3 + len(closing) <= room:
            return f'"""{lines[0]}{closing}'
        lines = [head, tail]
    body = "\n".join(margin + line if line else "" for line in lines).lstrip()
    return f'"""{body}\n{margin}"""'
