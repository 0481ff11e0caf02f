"""What the templates print is what black leaves alone, whatever the names and texts."""

from __future__ import annotations

import ast

import black
from cimforge.emitters.protocol import Request
from cimforge.ir.ids import ElementId
from cimforge.ir.model import NO_FACETS, Class, Compound, Enumeration, Facets
from cimforge.ir.value import replace
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import small_models as small
from tests.emitters.python.emitting import emitted, request

SETTINGS = settings(max_examples=40, deadline=None)
TYPES = ("String", "Boolean", "Integer", "Float", "Decimal", "DateTime", "Minutes", "Kind", "Part")
FACETS = st.just(NO_FACETS) | st.builds(
    Facets,
    max_length=st.sampled_from(["", "8"]),
    patterns=st.lists(st.sampled_from(["[a-z]+", "a\"b'c", "x" * 70, "\\d{3}"]), max_size=3).map(tuple),
    allowed=st.lists(st.text(min_size=1, max_size=40), max_size=4).map(tuple),
    min_inclusive=st.sampled_from(["", "1"]),
)
LENGTHS = st.integers(1, 45) | st.integers(1, 200)


def _named(length: int, salt: int, first: str) -> str:
    stem = f"{first}{salt}"
    return stem + "x" * max(0, length - len(stem))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A model of one class with names of any length, and texts of any kind."""
    text = st.text(max_size=40) | st.sampled_from(
        ["", 'It\'s "so".', 'ends "', "back\\", '"""', "word " * 40]
    )
    target = _named(draw(LENGTHS), 0, "T")
    members = []
    for n in range(draw(st.integers(0, 6))):
        name = _named(draw(LENGTHS), n, "m")
        many = draw(st.sampled_from(["0..1", "1..1", "0..*", "1..*", "2..5"]))
        doc = draw(text)
        if draw(st.booleans()):
            by = draw(st.sampled_from(["value", "reference"]))
            others = (ElementId(target),) if draw(st.booleans()) else ()
            members.append(small.end(name, target, many, by=by, doc=doc, alternatives=others))
        else:
            fixed = draw(st.none() | text)
            members.append(
                small.attribute(
                    name,
                    draw(st.sampled_from(TYPES)),
                    many,
                    doc=doc,
                    default=fixed,
                    is_fixed=fixed is not None,
                    facets=draw(FACETS),
                    deprecated=draw(st.booleans()),
                    extension=draw(st.sampled_from(["", small.ACME])),
                )
            )
    literals = draw(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=4, unique=True))
    classifiers: list[Class | Compound | Enumeration] = [
        small.class_(_named(draw(LENGTHS), 1, "C"), *members, bases=[target], doc=draw(text)),
        small.class_(target, small.attribute("mRID", many="1..1"), doc=draw(text)),
        small.compound("Part", small.attribute("value")),
        small.enumeration("Kind", *literals, doc=draw(text)),
    ]
    model = small.model(*classifiers, small.datatype("Minutes", "Float", unit="min"))
    return request(small.unit(replace(model, name=draw(text))))


@given(asked=requests())
@SETTINGS
def test_black_changes_nothing(asked: Request) -> None:
    from cimforge.diagnostics import Report

    files = emitted(asked, Report())
    text = files["irm/edo/things.py"]
    ast.parse(text)
    assert black.format_str(text, mode=black.Mode()) == text


@given(texts=st.lists(st.text(max_size=200), min_size=4, max_size=4), value=st.text(min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_every_text_arrives_and_none_is_code(texts: list[str], value: str) -> None:
    model = small.model(
        small.class_("Thing", small.attribute("name", "Kind", doc=texts[0]), doc=texts[1]),
        small.enumeration("Kind", value, doc=texts[2]),
    )
    assert model.envelope is not None
    model = replace(model, envelope=replace(model.envelope, namespace=texts[3]))
    tree = ast.parse(emitted(request(small.unit(model)))["irm/edo/things.py"])
    classes = {n.name: n for n in tree.body if isinstance(n, ast.ClassDef)}
    assert set(classes) == {"Kind", "Thing", "Things"}
    said = ast.get_docstring(classes["Thing"], clean=False) or ""
    assert said.split() == texts[1].split() or not texts[1].split()
    assert (ast.get_docstring(classes["Kind"], clean=False) or "").split() == texts[2].split() or not texts[
        2
    ].split()
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    assert value in strings
    assert texts[3] in strings
    assert texts[0].split() in [s.split() for s in strings] or not texts[0].split()
    allowed = (ast.ImportFrom, ast.Assign, ast.ClassDef, ast.Expr, ast.If)
    assert all(isinstance(n, allowed) for n in tree.body)
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert calls == {"dataclass", "field"}
