"""A model that makes no sense is refused: never guessed at, never half built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.bad_models import SENSELESS, Senseless
from tests.hostile.refusals import place, refuse
from tests.hostile.sketch import WRITERS, Format

CASES = [pytest.param(case, f, id=f"{case.name}-{f}") for case in SENSELESS for f in case.formats]


@pytest.mark.parametrize(("case", "format_"), CASES)
def test_refused(case: Senseless, format_: Format, built_world: Path, tmp_path: Path) -> None:
    errors = refuse(built_world, tmp_path / f"model.{format_}", WRITERS[format_](case.sketch))
    assert {e["code"] for e in errors} == {case.code}, errors
    assert len(errors) <= case.errors, errors
    for word in case.says:
        assert word in errors[0]["message"], errors[0]
    places = {place(p) for p in (errors[0], *errors[0]["related"])}
    assert len(places) == case.places, errors[0]
