"""docs/limits.md says what the code does."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from cimforge.diagnostics import as_text
from cimforge.diagnostics.rules import RULES

LIMITS = {
    "bytes of one file": "readers.inputs.FILE_LIMIT",
    "members of a zip archive and of the archives in it": "readers.inputs_zip.MEMBER_COUNT",
    "archives within each other": "readers.inputs_zip.NESTING_LIMIT",
    "bytes of one member, unpacked": "readers.inputs_zip.MEMBER_LIMIT",
    "bytes of all members taken from an archive and those in it, unpacked": "readers.inputs_zip.TOTAL_LIMIT",
    "times its packed size that a member, or an archive with all in it, may unpack to": "readers.inputs_zip.RATIO_LIMIT",
    "unpacked bytes that are not asked for that ratio": "readers.inputs_zip.RATIO_FREE",
    "bytes of a settings file": "settings.load._LIMIT",
    "bytes of a profile (TOML)": "readers.selection_document.LIMIT",
    "parts of a key in either": "diagnostics.toml_places.KEY_LIMIT",
    "elements within each other": "readers.strict_xml.DEPTH_LIMIT",
    "bytes of one text, attribute value or comment": "readers.strict_xml.TEXT_LIMIT",
    "attributes of one element": "readers.strict_xml.ATTRIBUTE_LIMIT",
    "bytes of one text": "readers.rdfs_turtle.TEXT_LIMIT",
    "bytes of one text in JSON-LD": "readers.rdf_json.TEXT_LIMIT",
    "bytes of one text of a project": "readers.qea_cells.TEXT_LIMIT",
    "steps of SQLite's machine for one table, in millions": "readers.qea_sqlite.STEP_LIMIT",
    "bytes that mdbtools may print of one table": "readers.qea_access.OUTPUT_LIMIT",
    "seconds that mdbtools may take for one table": "readers.qea_access.SECONDS",
    "levels of superclasses above a class": "passes.references.MAX_INHERITANCE",
    "digits of a multiplicity's bound": "passes.multiplicity.MOST_DIGITS",
    "characters of an identifier in generated code": "passes.identifiers.MAX_IDENTIFIER",
    "characters of a file's name made from a model's name": "passes.identifiers.MAX_FILE_STEM",
    "bytes of one part of a path": "output.paths._LONGEST",
    "digits of an integer constant": "emitters.lexical.MOST_DIGITS",
}
"""Where each limit of the page stands in the code."""


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "limits.md").read_text("utf-8")


def rows(page: str) -> dict[str, tuple[int, str]]:
    """Value and consequence by limit."""
    found = re.findall(r"^\| ([^|]+?) \| ([\d,]+) \| ([^|]*?) ?\|$", page, re.MULTILINE)
    return {name: (int(value.replace(",", "")), beyond) for name, value, beyond in found}


def test_the_page_has_the_values_of_the_code(page: str) -> None:
    found = rows(page)
    assert found.keys() == LIMITS.keys()
    for name, place in LIMITS.items():
        module, _, constant = place.rpartition(".")
        assert found[name][0] == getattr(import_module(f"cimforge.{module}"), constant), name


def test_the_findings_are_rules(page: str) -> None:
    codes = set(re.findall(r"CIM\d{3}", page))
    assert codes <= RULES.keys()
    assert all(RULES[code].unreadable for code in codes)


def test_every_limit_of_the_code_is_on_the_page(root: Path) -> None:
    """A constant that is called a limit is one of those above."""
    known = set(LIMITS.values())
    package = root / "generator" / "cimforge"
    for path in package.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Name) and re.search(r"(^|_)LIMIT$|^MAX_", target.id):
                    place = ".".join(path.relative_to(package).with_suffix("").parts) + f".{target.id}"
                    assert place in known, f"{place} is not in docs/limits.md"


def test_what_the_templates_and_the_text_output_limit(page: str, root: Path) -> None:
    tables = (root / "templates" / "python" / "_tables.py.jinja").read_text("utf-8")
    depth = re.search(r"^MAX_DEPTH = (\d+)$", tables, re.MULTILINE)
    assert depth
    assert f"nest deeper than {depth[1]}." in page
    shown = as_text._SHOWN_OF_A_RULE
    assert f"{shown['error']} errors, {shown['warning']} warnings and {shown['note']} notes" in page
