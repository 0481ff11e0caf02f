"""The examples of input_models/README.md are selections that a reader takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.readers.selection import read_selection
from cimforge.readers.source import RawSource

README = Path(__file__).resolve().parents[2] / "input_models" / "README.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
HEADER = """\
[profile]
noun = "Examples"
namespace = "http://acme.example/2026/Examples#"
version = "1.0"
title = "Examples"
description = "Of the format."
"""


def test_there_are_examples_of_every_table() -> None:
    assert len(EXAMPLES) >= 7
    for table in ("profile", "roots", "classes", "enumerations", "namespaces"):
        assert any(re.search(rf"^\[{table}[.\]]", e, re.MULTILINE) for e in EXAMPLES), table


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example(number: int) -> None:
    text = EXAMPLES[number]
    if "[profile]" not in text:
        text = HEADER + text
    if "[roots]" not in text:
        first = re.search(r"^\[classes\.(.*)\]", text, re.MULTILINE)
        assert first
        text += f'\n[roots]\n{first[1]} = "0..*"\n'
    report = Report()
    spec = read_selection(RawSource(path="example.toml", data=text.encode()), report)
    assert [d.message for d in report.diagnostics] == []
    assert spec is not None
