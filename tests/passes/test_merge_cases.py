"""Each folder of tests/cases/passes/merge: models as text in, what they are together and differ in out.

A case is also merged in every order of its files, and with a copy of each of them: nothing may change but places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, MemberFact, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.ir.policies import DEFAULT_POLICIES
from cimforge.ir.value import replace
from cimforge.passes.identify import identify_all
from cimforge.passes.merge import Merged, merge_and_compare
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.uml_text import read_uml

CASES = sorted((Path(__file__).parent.parent / "cases" / "passes" / "merge").iterdir())


def merged(text: str, report: Report, order: Sequence[int] | None = None) -> Merged:
    """The files of ``text`` together; lines ``policy field=policy`` change the policies."""
    lines = text.splitlines()
    chosen = dict(line.removeprefix("policy ").split("=") for line in lines if line.startswith("policy "))
    files = read_uml("\n".join("" if line.startswith("policy ") else line for line in lines))
    files = tuple(files[i] for i in order) if order else files
    identified = identify_all(files, "http://example.org/cim#", report)
    return merge_and_compare(identified, report, DEFAULT_POLICIES | chosen)  # type: ignore[arg-type, operator]  # text


def outline(result: Merged) -> list[str]:
    facts = result.facts
    name = {e.id: e.uri.rpartition("#")[2] for e in (*facts.classes, *facts.members)}

    def shown(ref: Ref | None) -> str:
        return "" if ref is None else name.get(ElementId(ref.value), f"?{ref.value}")

    def uses(element: ElementId) -> str:
        return "; ".join(
            " ".join((u.profile, u.multiplicity, *u.stereotypes)).strip() for u in facts.uses.get(element, ())
        )

    lines = []
    for c in facts.classes:
        marks = "".join(f" «{s}»" for s in c.stereotypes)
        supers = f" < {', '.join(map(shown, c.supers))}" if c.supers else ""
        lines.append(f"{c.uri} ({c.id}){supers}{marks}{' abstract' if c.is_abstract else ''} {c.doc!r}")
        lines.append(f"    in {uses(c.id)}")
    for m in facts.members:
        marks = "".join(f" «{s}»" for s in m.stereotypes)
        default = f" = {m.default}" if m.default else ""
        settled = "!" if m.is_settled else ""
        inverse = f" inverse {shown(m.inverse)}" if m.inverse else ""
        type_ = shown(m.type or m.range)
        lines.append(
            f"{m.uri} ({m.id}) of {shown(m.owner)}: {type_} {m.multiplicity}{settled}{default}{inverse}{marks}"
        )
        lines.append(f"    in {uses(m.id)}")
    for d in result.differences:
        stated = ", ".join(f"{s.value} ({s.location.file}:{s.location.line})" for s in d.statements)
        lines.append(f"{d.name} {d.field} [{d.policy}]: {stated}; together {d.taken}")
    return lines


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    text = (case / "model.txt").read_text(encoding="utf-8")
    report = Report()
    result = merged(text, report)
    said = [
        f"{d.code} {report.severity(d)} {d.location.file}:{d.location.line}: {d.message}"
        for d in report.diagnostics
    ]
    expect(case / "expected.txt", "".join(f"{line}\n" for line in (*outline(result), *said)))

    for order in permutations(range(text.count("\n== ") + text.startswith("== "))):
        turned = Report()
        assert merged(text, turned, order) == result, order
        assert turned.diagnostics == report.diagnostics, order


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_file_given_twice_says_nothing_new(case: Path) -> None:
    files = read_uml(
        "\n".join(
            "" if line.startswith("policy ") else line
            for line in (case / "model.txt").read_text(encoding="utf-8").splitlines()
        )
    )
    copies = tuple(copy_of(f) for f in files)
    once = merge_and_compare(identify_all(files, "http://example.org/cim#", Report()), Report())
    twice = merge_and_compare(identify_all((*files, *copies), "http://example.org/cim#", Report()), Report())
    assert content(twice.facts) == content(once.facts)
    assert [(d.element, d.field, d.taken) for d in twice.differences] == [
        (d.element, d.field, d.taken) for d in once.differences
    ]


def copy_of(facts: Facts) -> Facts:
    """The same file by another name, behind all others."""
    path = f"~copy/{facts.sources[0].path}"

    def moved(fact: ClassFact | MemberFact) -> ClassFact | MemberFact:
        return replace(fact, location=replace(fact.location, file=path))

    return replace(
        facts,
        sources=(replace(facts.sources[0], path=path),),
        classes=tuple(map(moved, facts.classes)),
        members=tuple(map(moved, facts.members)),
    )


def content(facts: Facts) -> tuple[object, ...]:
    """All that is said, without where."""
    nowhere = read_uml("== a\nclass A")[0].classes[0].location

    def placeless(use: Use) -> Use:
        return replace(use, location=nowhere)

    return (
        *(facts.classes, facts.members, facts.connectors, facts.packages, facts.namespaces),
        {element: tuple(map(placeless, uses)) for element, uses in facts.uses.items()},
    )


# -- Any models ------------------------------------------------------------------------------------------

CLASSES = ("A", "B", "C")
_member = st.tuples(
    st.sampled_from("xyz"),
    st.sampled_from(CLASSES),
    st.sampled_from(("0..1", "1..1", "0..*", "")),
    st.sampled_from(("", " = 1", " = 2")),
    st.sampled_from(("", ' "one"', ' "two"', " «deprecated»")),
)
_class = st.tuples(
    st.sampled_from(CLASSES),
    st.sampled_from(("", " «enumeration»", " «Compound»", " abstract", ' "text"')),
    st.lists(_member, max_size=3, unique_by=lambda m: m[0]),
)
_file = st.tuples(
    st.lists(_class, max_size=3, unique_by=lambda c: c[0]), st.sampled_from(("", "B > A", "C > A"))
)


@given(st.lists(_file, min_size=2, max_size=4), st.randoms())
@settings(max_examples=80, deadline=None)
def test_the_order_of_files_decides_nothing(files: list[Any], random: Random) -> None:
    text = ""
    for number, (classes, gen) in enumerate(files):
        text += f"== f{number}.xmi\nprofile P{number} version={number % 2}\n"
        for name, marks, members in classes:
            text += f"class {name} @f{number}{name}{marks}\n"
            for member, type_, bounds, default, more in members:
                text += f"  {member}: f{number}{type_} [{bounds}]{default}{more}\n"
        if gen and all(part in [c[0] for c in classes] for part in gen.split(" > ")):
            text += "gen " + " > ".join(f"f{number}{part}" for part in gen.split(" > ")) + "\n"
    order = list(range(len(files)))
    random.shuffle(order)
    one, other = Report(), Report()
    assert merged(text, one) == merged(text, other, order)
    assert one.diagnostics == other.diagnostics
