"""Templates only place text: what decides, computes or quotes has no place in them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from cimforge.emitters.templating import environment
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.jinja"))
VIEW = re.compile(r"\{# view: (?P<file>[\w/]+\.py):(?P<name>\w+) #\}\n")
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)
COMMENT = re.compile(r"#[^\n]*")
MARK = "\0"

PLACING = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Include,
)
MAX_LINES = 60


def _identity(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def misplaced(source: str) -> list[str]:
    """What ``source`` does beside placing text."""
    found: list[str] = []
    tree = environment().parse(source)
    included = {id(n.template) for n in tree.find_all(nodes.Include)}
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter) and node.name == "indent":
            included.update(id(a) for a in node.args)
        elif isinstance(node, nodes.Const) and id(node) in included:
            continue
        elif isinstance(node, (nodes.For, nodes.If)) and (
            not isinstance(
                node.test if isinstance(node, nodes.If) else node.iter, (nodes.Name, nodes.Getattr)
            )
            or (isinstance(node, nodes.For) and (node.test or node.recursive))
        ):
            found.append(f"line {node.lineno}: {type(node).__name__} over more than a name")
        elif not isinstance(node, PLACING):
            found.append(f"line {node.lineno}: {type(node).__name__}")
    return found


def quoted(source: str) -> list[str]:
    """The expressions of ``source`` that stand inside a Python string."""
    marked = STATEMENT.sub("", EXPRESSION.sub(MARK, source))
    return [m.group() for m in STRING.finditer(_without_comments(marked)) if MARK in m.group()]


def _without_comments(text: str) -> str:
    """``text`` with comments blanked: an apostrophe in one opens no string."""
    parts, last = [], 0
    for string in STRING.finditer(text):
        parts += [COMMENT.sub("", text[last : string.start()]), string.group()]
        last = string.end()
    return "".join([*parts, COMMENT.sub("", text[last:])])


def is_verbatim(source: str) -> bool:
    """Whether ``source`` is a file as it stands, but for the header line."""
    return EXPRESSION.findall(source) in ([], ["{{ view.header }}"]) and "{%" not in source


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 5


@pytest.mark.parametrize("path", TEMPLATES, ids=_identity)
def test_a_template_only_places_text(path: Path) -> None:
    assert not misplaced(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_identity)
def test_no_expression_stands_in_quotes(path: Path) -> None:
    assert not quoted(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_identity)
def test_the_first_line_names_the_view(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    view = VIEW.match(source)
    assert view, source.partition("\n")[0]
    module = ROOT / "generator" / "cimforge" / view["file"]
    classes = [n for n in ast.parse(module.read_text(encoding="utf-8")).body if isinstance(n, ast.ClassDef)]
    assert view["name"] in {c.name for c in classes}


@pytest.mark.parametrize("path", TEMPLATES, ids=_identity)
def test_a_template_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert is_verbatim(source) or source.count("\n") <= MAX_LINES


@pytest.mark.parametrize(
    "path", [p for p in TEMPLATES if is_verbatim(p.read_text(encoding="utf-8"))], ids=_identity
)
def test_a_verbatim_template_is_python(path: Path) -> None:
    ast.parse(STATEMENT.sub("", EXPRESSION.sub("header", path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "source",
    [
        "{{ a.b | upper }}",
        "{{ a.b() }}",
        "{{ a + b }}",
        "{{ a if b else c }}",
        "{{ a['b'] }}",
        "{{ 'text' }}",
        "{% if a and b %}{% endif %}",
        "{% if not a %}{% endif %}",
        "{% if a == b %}{% endif %}",
        "{% if a is defined %}{% endif %}",
        "{% for a in b if a %}{% endfor %}",
        "{% for a in b.c() %}{% endfor %}",
        "{% set a = b %}",
        "{% macro a() %}{% endmacro %}",
        "{{ a | safe }}",
        "{{ a | e }}",
        "{{ a ~ b }}",
    ],
)
def test_the_lint_finds_what_is_misplaced(source: str) -> None:
    assert misplaced(source)


def test_the_lint_lets_placing_pass() -> None:
    fine = '{% for a in b.c %}{% if a.d %}{{ a.e | indent(4) }}{% else %}x{% endif %}{% include "y" %}{% endfor %}'
    assert not misplaced(fine)


@pytest.mark.parametrize(
    "source",
    [
        'name = "{{ a }}"',
        "name = '{{ a }}'",
        'name = "x {{ a }} y"',
        '"""{{ a }}"""',
        '"""Text.\n\n{{ a }}\n"""',
        '# it\'s\nname = "{{ a }}"',
    ],
)
def test_the_lint_finds_quotes(source: str) -> None:
    assert quoted(source)


@pytest.mark.parametrize(
    "source", ['a = "x"\nb = {{ c }}\nd = "y"', "# it's\nb = {{ c }}\n# it's", '"""x"""\n{{ c }}']
)
def test_the_lint_lets_finished_text_pass(source: str) -> None:
    assert not quoted(source)
