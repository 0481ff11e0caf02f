"""Folder cases of the EA project reader: ``input.sql`` fills a project; ``facts.json``, ``diagnostics.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.ea_project import SMALL, problems, project, read
from tests.readers.fact_files import CASES, Expect, check_case


@pytest.mark.parametrize("folder", sorted((CASES / "qea").iterdir()), ids=lambda f: f.name)
def test_case(folder: Path, expect: Expect) -> None:
    facts, report = read(project((folder / "input.sql").read_text(encoding="utf-8")))
    assert facts is not None
    check_case(folder, facts, problems(report), expect)


def test_places_are_rows() -> None:
    facts, _ = read(project())
    assert facts is not None
    places = [f.location.pointer for f in (*facts.packages, *facts.classes, *facts.members)]
    assert places == ["t_package/2", "t_object/10", "t_attribute/100"]
    assert {f.location.file for f in facts.members} == {"input.qea"}
    assert [s.format for s in facts.sources] == ["qea"]


def test_what_a_table_holds_in_no_order_is_stated_in_one() -> None:
    statements = [s + ";" for s in SMALL.strip().split(";")[:-1]]
    keyless = "ALTER TABLE t_package RENAME TO old; CREATE TABLE t_package AS SELECT * FROM old;"
    forwards, backwards = (read(project(keyless + "".join(s)))[0] for s in (statements, statements[::-1]))
    assert forwards is not None
    assert backwards is not None
    assert (forwards.packages, forwards.classes) == (backwards.packages, backwards.classes)


def test_a_table_of_tags_that_is_not_there_is_told_of() -> None:
    facts, report = read(project(without=("t_xref", "t_attributetag")))
    assert facts is not None
    assert not report.diagnostics
    assert dict(facts.notes) == {
        "root node of the project": 1,
        "t_attributetag (no such table)": 1,
        "t_xref (no such table)": 1,
    }


def test_a_project_without_classes_is_a_warning() -> None:
    facts, report = read(project(""))
    assert facts is not None
    assert problems(report) == ["- CIM183: no class stands in this project"]
    assert not report.has_errors
