"""Facets of attributes, primitives and datatypes: from tagged values, from sources, and what is wrong with them."""

from __future__ import annotations

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.ir.model import NO_FACETS, Facets, Model
from cimforge.passes.facets import is_pattern
from cimforge.passes.link import link

AT = Location(file="model.xmi")

Pairs = tuple[tuple[str, str], ...]


def class_(name: str, *stereotypes: str, tags: Pairs = ()) -> ClassFact:
    return ClassFact(
        id=ElementId(name), name=name, uri=f"urn:x#{name}", stereotypes=stereotypes, tags=tags, location=AT
    )


def member(owner: str, name: str, type_: str, tags: Pairs = (), facets: Pairs = ()) -> MemberFact:
    return MemberFact(
        id=ElementId(f"{owner}.{name}"),
        owner=Ref(by="id", value=owner),
        name=name,
        type=Ref(by="id", value=type_),
        multiplicity="0..1",
        tags=tags,
        facets=facets,
        location=AT,
    )


def linked(tags: Pairs, facets: Pairs = (), type_: str = "String", **more: Pairs) -> tuple[Model, list[str]]:
    report = Report()
    facts = Facts(
        sources=(),
        classes=(
            class_("String", "Primitive", tags=more.get("string", ())),
            class_("Float", "Primitive"),
            class_("Kind", "enumeration"),
            class_("Power", "CIMDatatype", tags=more.get("power", ())),
            class_("Meter"),
        ),
        members=(
            member("Power", "value", "Float", more.get("value", ())),
            member("Meter", "x", type_, tags, facets),
        ),
    )
    model = link(facts, report)
    return model, [f"{d.code}: {d.message}" for d in report.diagnostics]


def facets_of(tags: Pairs, facets: Pairs = (), type_: str = "String") -> tuple[Facets, list[str]]:
    model, said = linked(tags, facets, type_)
    [meter] = [c for c in model.classes if c.name == "Meter"]
    return meter.attributes[0].facets, said


def test_tags_of_any_letter_case() -> None:
    tags = (
        ("MINLENGTH", "1"),
        ("maxLength", " 32 "),
        ("Pattern", "[A-Z]+"),
        ("pattern", r"\i\c*"),
        ("enumeration", "A"),
        ("enumeration", "B"),
        ("baseType", "xsd:token"),
        ("author", "minLength"),
    )
    found, said = facets_of(tags)
    assert not said
    assert found == Facets(min_length="1", max_length="32", patterns=("[A-Z]+", r"\i\c*"), allowed=("A", "B"))


def test_bounds_of_numbers() -> None:
    tags = (("minInclusive", "0"), ("maxExclusive", "1.5e3"), ("totalDigits", "5"), ("fractionDigits", "0"))
    found, said = facets_of(tags, type_="Float")
    assert not said
    assert (found.min_inclusive, found.max_exclusive) == ("0", "1.5e3")
    assert (found.total_digits, found.fraction_digits) == ("5", "0")


@pytest.mark.parametrize(
    ("facet", "value", "problem"),
    [
        ("minLength", "abc", "no whole number"),
        ("maxLength", "-1", "no whole number"),
        ("length", "1.0", "no whole number"),
        ("maxLength", "9" * 12, "no whole number"),
        ("totalDigits", "0", "no number of digits"),
        ("pattern", "[0-9", "no regular expression of XML Schema"),
        ("pattern", "(?i)a", "no regular expression of XML Schema"),
        ("pattern", "a{4294967296,4294967297}", "no regular expression of XML Schema"),
    ],
)
def test_invalid_values_are_reported_and_left_out(facet: str, value: str, problem: str) -> None:
    for found, said in (facets_of(((facet, value),)), facets_of((), ((facet, value),))):
        assert found == NO_FACETS
        assert said == [
            f"CIM195: Meter.x has the facet {facet} `{value}`, which is {problem}; it is left out"
        ]


@pytest.mark.parametrize("type_", ["Float", "Power"])
def test_bounds_of_a_number_are_numbers(type_: str) -> None:
    found, said = facets_of((("minInclusive", "low"),), type_=type_)
    assert found == NO_FACETS
    assert said == ["CIM195: Meter.x has the facet minInclusive `low`, which is no number; it is left out"]


def test_bounds_of_texts_are_not_looked_into() -> None:
    assert facets_of((("minInclusive", "low"),), type_="Kind") == (Facets(min_inclusive="low"), [])


def test_stated_facets_tighten_those_of_tags() -> None:
    found, said = facets_of((("maxLength", "32"), ("pattern", "a")), (("maxLength", "12"), ("pattern", "b")))
    assert not said
    assert found == Facets(max_length="12", patterns=("a", "b"))


def test_facets_that_exclude_each_other() -> None:
    found, said = facets_of((("minLength", "5"), ("maxLength", "3")))
    assert found == NO_FACETS
    assert [s.split(":")[0] for s in said] == ["CIM196"]
    found, said = facets_of((("minLength", "5"),), (("maxLength", "3"),))
    assert found == Facets(min_length="5")
    assert [s.split(":")[0] for s in said] == ["CIM196"]


def test_facets_of_primitives_and_datatypes() -> None:
    model, said = linked(
        (), string=(("maxLength", "64"),), power=(("minInclusive", "0"),), value=(("maxInclusive", "9"),)
    )
    assert not said
    assert {p.name: p.facets for p in model.primitives}["String"] == Facets(max_length="64")
    [power] = model.datatypes
    assert power.facets == Facets(min_inclusive="0", max_inclusive="9")
    model, said = linked((), power=(("minInclusive", "10"),), value=(("maxInclusive", "9"),))
    assert model.datatypes[0].facets == Facets(max_inclusive="9")
    assert [s.split(":")[0] for s in said] == ["CIM196"]


@pytest.mark.parametrize("text", [r"\p{Lu}[a-z-[aeiou]]", r"\i\c*", "a|b", "[0-9]{3}", r"\d+(\.\d+)?", ""])
def test_patterns_of_xml_schema(text: str) -> None:
    assert is_pattern(text)


@pytest.mark.parametrize("text", ["(", "[a", "a**", "(?=x)", "*"])
def test_what_is_no_pattern(text: str) -> None:
    assert not is_pattern(text)
