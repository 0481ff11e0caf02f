"""Literals and docstrings: exact, inert, and as black would write them."""

from __future__ import annotations

import ast

import black
import pytest
from cimforge.emitters.quoting import docstring, string_literal
from hypothesis import given, settings
from hypothesis import strategies as st

NASTY = (
    "",
    "plain",
    'ends with a quote "',
    '"starts with one',
    'closes """; raise SystemExit; """',
    "back\\slash \\N{DASH} \\",
    "it's 'single'",
    "tab\tnul\x00 bell\x07",
    "bidi \u202e\u2066 separators \u2028\u2029\x85 bom \ufeff zero\u200bwidth",
    "lone surrogate \ud800, astral \U0001f600, accents äöü",
    "two\n\nparagraphs\r\nand lines   with   runs\n",
    "{{ view }} {% raw %} ${x} %s {0}",
    "word " * 60,
    "w" * 200,
    "w" * 79 + ' "',
)
ANY_TEXT = st.text(st.characters(codec=None))


def _documented(text: str, indent: int) -> str:
    margin = " " * indent
    head = "".join(f"{' ' * depth}class C{depth}:\n" for depth in range(0, indent, 4))
    return f"{head}{margin}{docstring(text, indent)}\n\n{margin}x = 1\n"


def _doc(source: str) -> str:
    body: list[ast.stmt] = ast.parse(source).body
    while isinstance(body[0], ast.ClassDef):
        body = body[0].body
    assert len(body) == 2
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    return str(body[0].value.value)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_literals_are_exact_and_ascii(text: str) -> None:
    literal = string_literal(text)
    assert ast.literal_eval(literal) == text
    assert literal.isascii()
    assert literal.isprintable()


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_literal_is_exact(text: str) -> None:
    assert ast.literal_eval(string_literal(text)) == text


@pytest.mark.parametrize("indent", [4, 8])
@pytest.mark.parametrize("text", NASTY)
def test_nasty_docstrings_keep_every_word_and_are_stable(text: str, indent: int) -> None:
    source = _documented(text, indent)
    assert _doc(source).split() == text.split()
    assert black.format_str(source, mode=black.Mode(line_length=88)) == source


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_docstring_keeps_every_word(text: str) -> None:
    assert _doc(_documented(text, 4)).split() == text.split()


@given(st.text(st.sampled_from("ab \"'\\\n\tN{}")))
@settings(max_examples=100, deadline=None)
def test_black_leaves_both_alone(text: str) -> None:
    source = _documented(text, 4) + f"\n\ny = {string_literal(text)}\n"
    if len(source.splitlines()[-1]) <= 88:
        assert black.format_str(source, mode=black.Mode(line_length=88)) == source


def test_lines_keep_to_the_width() -> None:
    assert max(len(line) for line in ("    " + docstring("some words here " * 40, 4, 60)).splitlines()) <= 60
