"""Module placement: whatever the model, modules need only earlier modules."""

from __future__ import annotations

from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import Class, InProfile, Meta, Model, Profile
from cimforge.passes.cycles import first_cycle
from cimforge.passes.place import place
from hypothesis import given
from hypothesis import strategies as st

PROFILES = ["EQ", "SSH", "DY", "TP"]


@st.composite
def families(draw: st.DrawFn) -> Model:
    size = draw(st.integers(1, 12))
    classes = []
    for i in range(size):
        bases = draw(st.lists(st.integers(0, i - 1), max_size=2, unique=True)) if i else []
        uses = draw(st.lists(st.sampled_from(PROFILES), min_size=1, max_size=4, unique=True))
        classes.append(
            Class(
                id=ElementId(f"c{i}"),
                name=f"C{i}",
                bases=tuple(ElementId(f"c{b}") for b in bases),
                meta=Meta(profiles=tuple(InProfile(profile=ElementId(u)) for u in uses)),
            )
        )
    order = draw(st.permutations(classes))
    return Model(
        name="m",
        classes=tuple(order),
        profiles=tuple(Profile(id=ElementId(p), keyword=p, uri=p) for p in PROFILES),
    )


@given(families())
def test_bases_stand_in_the_same_or_an_earlier_module(model: Model) -> None:
    modules, order = place(Index(model))
    rank = {m: i for i, m in enumerate(order)}
    for c in model.classes:
        for base in c.bases:
            assert rank[modules[base]] <= rank[modules[c.id]]


@given(families())
def test_placement_does_not_depend_on_order(model: Model) -> None:
    turned = Model(name="m", classes=tuple(reversed(model.classes)), profiles=model.profiles)
    assert place(Index(model)) == place(Index(turned))


def test_a_deep_chain_is_no_recursion() -> None:
    chain = {ElementId(f"{i}"): (ElementId(f"{i + 1}"),) for i in range(20_000)}
    assert first_cycle(chain) == ()
    chain[ElementId("20000")] = (ElementId("0"),)
    assert len(first_cycle(chain)) == 20_001


def test_a_cycle_starts_at_its_smallest_id() -> None:
    a, b, c = ElementId("a"), ElementId("b"), ElementId("c")
    assert first_cycle({c: (a,), a: (b,), b: (c,)}) == (a, b, c)
    assert first_cycle({a: (a,)}) == (a,)
    assert first_cycle({a: (b, c), b: (c,)}) == ()
