"""Selections: what a good file means, and the line of every fault of a bad one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from cimforge.diagnostics import Report
from cimforge.diagnostics.rules import RULES
from cimforge.ir.model import Facets, Multiplicity
from cimforge.readers.selection import read_selection, read_selections
from cimforge.readers.selection_values import CLASS_KEYS, ENUMERATION_KEYS, MEMBER_KEYS
from cimforge.readers.source import RawSource

GOOD = """\
[profile]
noun = "PoleInspections"
group = "AM"
namespace = "http://acme.example/2026/PoleInspections#"
version = "1.0"
title = "Pole inspections"
description = "What the inspectors found."
authority = "project"
aligns_with = "IEC 61968-4"
confidence = "knowledge"
requests = ["create", "get"]
events = ["created"]

[roots]
Asset = "1..*"

[classes.Asset]
mRID = "1..1"
kind = true
Location = { by = "value" }
AssetInfo = { multiplicity = "1..1", by = "reference" }

[classes.Location]
direction = true
"""
VARIANT = """\
[profile]
extends = "../base/poles.toml"
title = "Pole inspections of ACME"

[extension]
prefix = "acme"
namespace = "http://acme.example/cim-ext#"
owner = "ACME"
version = "2.1"
use_case = "UC-12"
description = "Treatment of poles."

[classes.Asset]
"acme:poleTreatment" = "0..1"

[classes."acme:Treatment"]
"acme:agent" = "1..1"
"""
DATASET = """\
[profile]
kind = "dataset"
source = "tp.ttl"
noun = "Topology"
group = "NMM"
namespace = "http://acme.example/2026/Topology#"
version = "1.0"
title = "Topology"
description = "Nodes."
requests = ["get"]
"""


def source(text: str | bytes, path: str = "base/poles.toml") -> RawSource:
    return RawSource(path=path, data=text if isinstance(text, bytes) else text.encode())


def found(report: Report) -> list[tuple[str, int | None]]:
    return [(d.code, d.location.line) for d in report.diagnostics]


def line_of(text: str, part: str) -> int:
    """The one line, from 1, that holds ``part``."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if part in line]
    assert len(lines) == 1, (part, lines)
    return lines[0]


def changed(old: str, new: str, base: str = GOOD) -> str:
    assert base.count(old) == 1
    return base.replace(old, new)


def test_a_good_file_is_read_whole() -> None:
    report = Report()
    spec = read_selection(source(GOOD), report)
    assert report.diagnostics == ()
    assert spec is not None
    assert (spec.name, spec.variant, spec.kind, spec.dataset) == ("PoleInspections", "", "message", "")
    assert spec.namespace == "http://acme.example/2026/PoleInspections#"
    assert (spec.version, spec.title, spec.doc) == ("1.0", "Pole inspections", "What the inspectors found.")
    service = spec.service
    assert service is not None
    assert (service.group, service.noun) == ("AM", "PoleInspections")
    assert (service.requests, service.events) == (("create", "get"), ("created",))
    assert (service.authority, service.aligns_with, service.confidence) == (
        "project",
        "IEC 61968-4",
        "knowledge",
    )
    assert [(r.class_, str(r.multiplicity), r.location.line) for r in spec.roots] == [("Asset", "1..*", 15)]
    assert [(s.class_, s.location.line) for s in spec.selections] == [("Asset", 17), ("Location", 23)]
    rules = [
        (p.property, p.multiplicity, p.containment, p.location.line) for p in spec.selections[0].properties
    ]
    assert rules == [
        ("mRID", Multiplicity(lower=1, upper=1), None, 18),
        ("kind", None, None, 19),
        ("Location", None, "value", 20),
        ("AssetInfo", Multiplicity(lower=1, upper=1), "reference", 21),
    ]
    assert spec.extension is None
    assert spec.location.file == "base/poles.toml"


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"", b"# Gr\xc3\xbc\xc3\x9fe\n"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_byte_order_mark_and_line_ends_do_not_matter(prefix: bytes, ends: bytes) -> None:
    report = Report()
    spec = read_selection(source(prefix + GOOD.encode().replace(b"\n", ends)), report)
    assert spec is not None
    assert spec.roots[0].location.line == 15 + prefix.count(b"\n")


def test_a_variant_is_its_base_and_what_the_extension_adds() -> None:
    report = Report()
    lookup = {"base/poles.toml": source(GOOD)}
    spec = read_selection(source(VARIANT, "ext/poles.toml"), report, lookup)
    base = read_selection(source(GOOD), report)
    assert report.diagnostics == ()
    assert spec is not None
    assert base is not None
    assert (spec.name, spec.variant) == ("PoleInspections", "acme")
    assert (spec.namespace, spec.service, spec.roots) == (base.namespace, base.service, base.roots)
    assert (spec.version, spec.title, spec.doc) == ("1.0", "Pole inspections of ACME", base.doc)
    assert [s.class_ for s in spec.selections] == ["Asset", "Location", "acme:Treatment"]
    asset = spec.selections[0]
    assert asset.properties[:-1] == base.selections[0].properties
    added = asset.properties[-1]
    assert (added.property, str(added.multiplicity)) == ("acme:poleTreatment", "0..1")
    assert (added.location.file, added.location.line) == ("ext/poles.toml", 14)
    assert str(spec.selections[2].properties[0].multiplicity) == "1..1"
    assert spec.extension is not None
    assert (spec.extension.prefix, spec.extension.use_case) == ("acme", "UC-12")


def test_a_dataset_names_its_rdfs_file() -> None:
    report = Report()
    rdfs = source(b"", "nmm/tp.ttl")
    spec = read_selection(source(DATASET, "nmm/tp.toml"), report, {"nmm/tp.ttl": rdfs})
    assert report.diagnostics == ()
    assert spec is not None
    assert (spec.kind, spec.dataset, spec.roots, spec.selections) == ("dataset", "nmm/tp.ttl", (), ())


def test_a_profile_without_a_group_stands_outside_the_irm() -> None:
    text = "".join(
        line
        for line in GOOD.splitlines(keepends=True)
        if not line.startswith(("group", "requests", "events"))
    )
    report = Report()
    spec = read_selection(source(text), report)
    assert report.diagnostics == ()
    assert spec is not None
    assert spec.service is None


WRONG = [
    # replaced, by what, the code, the part of the line that has to be named
    ('noun = "PoleInspections"', 'noune = "PoleInspections"', "CIM302", "noune"),
    ('version = "1.0"', 'version = "1.0"\nx = 1', "CIM302", "x = 1"),
    ("[roots]", "[root]", "CIM302", "[root]"),
    ('{ by = "value" }', '{ By = "value" }', "CIM302", "By"),
    ('{ by = "value" }', "{ by.value = true }", "CIM303", "by.value"),
    ('noun = "PoleInspections"', "noun = 7", "CIM303", "noun"),
    ('noun = "PoleInspections"', 'noun = "poles"', "CIM303", "noun"),
    ('noun = "PoleInspections"', 'noun = "Pole Inspections"', "CIM303", "noun"),
    ('noun = "PoleInspections"', 'noun = \'x"""\nimport os #\''.replace("\n", ""), "CIM303", "noun"),
    ('noun = "PoleInspections"', 'noun = "PoleInspections\\n"', "CIM303", "noun"),
    (
        '"http://acme.example/2026/PoleInspections#"',
        '"http://acme.example/2026/Poles"',
        "CIM303",
        "namespace",
    ),
    ('"http://acme.example/2026/PoleInspections#"', '"http://acme.example/a b#"', "CIM303", "namespace"),
    ('"http://acme.example/2026/PoleInspections#"', "'http://a.example/\"onload=#'", "CIM303", "namespace"),
    ('"http://acme.example/2026/PoleInspections#"', '"poles#"', "CIM303", "namespace"),
    ('version = "1.0"', "version = 1.0", "CIM303", "version"),
    ('version = "1.0"', 'version = "one"', "CIM303", "version"),
    ('title = "Pole inspections"', 'title = "a\\nb"', "CIM303", "title"),
    ('title = "Pole inspections"', 'title = " "', "CIM303", "title"),
    ('description = "What the inspectors found."', 'description = "a\\u0000b"', "CIM303", "description"),
    ('authority = "project"', 'authority = "iec"', "CIM303", "authority"),
    ('confidence = "knowledge"', 'confidence = "sure"', "CIM303", "confidence"),
    ('group = "AM"', 'group = "AMX"', "CIM303", "group"),
    ('["create", "get"]', '["create", "update"]', "CIM303", "update"),
    ('["create", "get"]', '[\n  "create",\n  "created",\n]', "CIM303", '"created",'),
    ('["create", "get"]', '["create", "get", "create"]', "CIM303", "requests"),
    ('["create", "get"]', '["create", 3]', "CIM303", "requests"),
    ('["create", "get"]', '"get"', "CIM303", "requests"),
    ('["created"]', '["cancelled"]', "CIM303", "cancelled"),
    ("kind = true", "kind = false", "CIM303", "kind"),
    ("kind = true", "kind = 1", "CIM303", "kind"),
    ("kind = true", "kind = {}", "CIM303", "kind"),
    ("kind = true", "kind = []", "CIM303", "kind"),
    ('{ by = "value" }', '{ by = "copy" }', "CIM303", "copy"),
    ("kind = true", '"ki nd" = true', "CIM303", "ki nd"),
    ("[classes.Location]\ndirection = true", "[classes]\nLocation = true", "CIM303", "Location = true"),
    ("[roots]\nAsset", "[roots]\nCrew", "CIM315", "Crew"),
    ('Asset = "1..*"', "", "CIM304", "[roots]"),
    ('mRID = "1..1"', 'mRID = "1"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "1..n"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "2..1"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "0..0"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "-1..1"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "0..99999999999999999999"', "CIM305", "mRID"),
    ('mRID = "1..1"', 'mRID = "٠..١"', "CIM305", "mRID"),
    ('multiplicity = "1..1"', "multiplicity = 1", "CIM305", "multiplicity"),
    ('Asset = "1..*"', "Asset = true", "CIM305", "Asset = true"),
    ('group = "AM"', 'group = "EXT"', "CIM306", "group"),
    ("http://acme.example/2026", "http://iec.ch/TC57/2026", "CIM307", "namespace"),
    ("http://acme.example/2026", "https://www.IEC.ch./2026", "CIM307", "namespace"),
    ("http://acme.example/2026/PoleInspections", "urn:iso:std:iec:61968", "CIM307", "namespace"),
    ('authority = "project"', 'authority = "published"', "CIM307", "namespace"),
    ("kind = true", '"acme:grade" = true', "CIM311", "acme:grade"),
    ("[classes.Location]", '[classes."acme:Spot"]', "CIM311", "acme:Spot"),
    ("kind = true", "mRID = true", "CIM301", "mRID = true"),
    ("kind = true", 'kind = { of = "Kind" }', "CIM302", "of = "),
    ("kind = true", "kind = { max_lenght = 1 }", "CIM302", "max_lenght"),
    ("kind = true", "kind = { to = [] }", "CIM303", "to = []"),
    ("kind = true", 'kind = { to = ["A", "A"] }', "CIM303", "to = "),
    ("kind = true", "kind = { to = 1 }", "CIM303", "to = "),
    ("kind = true", 'kind = { to = "a b" }', "CIM303", "to = "),
    ("kind = true", 'kind = { to = "acme:Kind" }', "CIM311", "to = "),
    ("kind = true", "kind = { order = 0 }", "CIM303", "order"),
    ("kind = true", "kind = { order = true }", "CIM303", "order"),
    ("kind = true", 'kind = { order = "1" }', "CIM303", "order"),
    ("kind = true", 'kind = { note = "" }', "CIM303", "note"),
    ("kind = true", 'kind = { note = "a\\u0000" }', "CIM303", "note"),
    ("kind = true", 'kind = { stereotypes = "x" }', "CIM303", "stereotypes"),
    ("kind = true", 'kind = { stereotypes = [" "] }', "CIM303", "stereotypes"),
    ("kind = true", "kind = { length = -1 }", "CIM303", "length"),
    ("kind = true", 'kind = { min_length = "1" }', "CIM303", "min_length"),
    ("kind = true", "kind = { max_length = 1.5 }", "CIM303", "max_length"),
    ("kind = true", "kind = { pattern = 1 }", "CIM303", "pattern"),
    ("kind = true", "kind = { allowed = [1] }", "CIM303", "allowed"),
    ("kind = true", "kind = { min_inclusive = true }", "CIM303", "min_inclusive"),
    ("kind = true", "kind = { max_inclusive = nan }", "CIM303", "max_inclusive"),
    ("kind = true", 'kind = { min_exclusive = " 1" }', "CIM303", "min_exclusive"),
    ("kind = true", "kind = { max_exclusive = 2026-01-01 }", "CIM303", "max_exclusive"),
    ("kind = true", "kind = { total_digits = 0 }", "CIM303", "total_digits"),
    ("kind = true", "kind = { fraction_digits = -1 }", "CIM303", "fraction_digits"),
    ("kind = true", "of = true", "CIM303", "of = true"),
    ("kind = true", 'of = "a b"', "CIM303", "of = "),
    ("kind = true", 'extends = "Asset"', "CIM303", "extends"),
    ("kind = true", 'inline = "0..1"', "CIM303", "inline"),
    ("kind = true", "abstract = 1", "CIM303", "abstract"),
    ("kind = true", "note = true", "CIM303", "note"),
    ("kind = true", 'stereotypes = ["a", "a"]', "CIM303", "stereotypes"),
    ("[classes.Location]", '[enumerations]\nKind = ["a"]\n[classes.Location]', "CIM303", "Kind = "),
    ("[classes.Location]", "[enumerations.Kind]\n[classes.Location]", "CIM303", "[enumerations.Kind]"),
    ("[classes.Location]", "[enumerations.Kind]\nvalues = []\n[classes.Location]", "CIM303", "values"),
    ("[classes.Location]", "[enumerations.Kind]\nvalue = ['a']\n[classes.Location]", "CIM302", "value = "),
    ("[classes.Location]", "[enumerations.'x:K']\nvalues = ['a']\n[classes.Location]", "CIM311", "x:K"),
    ("[classes.Location]", "[namespaces]\ncim = 'x'\n[classes.Location]", "CIM303", "cim = "),
    ("[classes.Location]", "[namespaces]\n'c m' = 'http://x.example/#'\n[classes.Location]", "CIM303", "c m"),
    ("[classes.Location]", '[classes."cim:Location"]\nof = "Location"', "CIM311", "cim:Location"),
    ('version = "1.0"', 'version = "1.0"\ntightens = "some"', "CIM303", "tightens"),
    ("kind = true", "kind = yes", "CIM301", "yes"),
    ("kind = true", 'kind = "unfinished', "CIM301", "unfinished"),
    ("[classes.Location]", "[classes.Asset]", "CIM301", None),
]


@pytest.mark.parametrize(("old", "new", "code", "part"), WRONG)
def test_each_fault_is_named_at_its_line(old: str, new: str, code: str, part: str | None) -> None:
    text = changed(old, new)
    report = Report()
    assert read_selection(source(text), report) is None
    line = 23 if part is None else line_of(text, part)
    assert (code, line) in found(report)
    assert report.has_unreadable
    for diagnostic in report.diagnostics:
        assert diagnostic.location.file == "base/poles.toml"
        assert "\n" not in diagnostic.message


@pytest.mark.parametrize("key", ["noun", "namespace", "version", "title", "description"])
def test_a_missing_key_is_named_at_its_table(key: str) -> None:
    text = "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(key + " "))
    report = Report()
    assert read_selection(source("\n# profile\n" + text), report) is None
    assert found(report) == [("CIM304", 3)]
    assert f"`profile.{key}` is missing" in report.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "CIM304", 1),
        (b"profile = 1", "CIM303", 1),
        (b'[profile]\nnoun = "\xff"', "CIM301", 2),
        (GOOD.encode("utf-16"), "CIM301", 1),
        (b"x = " + b"[" * 100_000, "CIM301", None),
        (b"#" * 1_000_001, "CIM301", None),
    ],
)
def test_what_is_no_profile_file_is_refused(text: bytes, code: str, line: int | None) -> None:
    report = Report()
    assert read_selection(source(text), report) is None
    assert found(report)[0] == (code, line)


def test_all_faults_are_reported_at_once() -> None:
    text = changed("kind = true", 'kind = "x"', changed('group = "AM"', 'group = "XX"'))
    text = changed('version = "1.0"', 'verison = "1.0"', text)
    report = Report()
    assert read_selection(source(text), report) is None
    assert found(report) == [("CIM304", 1), ("CIM303", 3), ("CIM302", 5), ("CIM305", 19)]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ('version = "1.0"', 'verison = "1.0"', "did you mean `version`?"),
        ('group = "AM"', 'group = "edo"', "did you mean `EDO`?"),
        ('["create", "get"]', '["creat"]', "did you mean `create`?"),
        ('["created"]', '["cancelled"]', "did you mean `canceled`?"),
        ('{ by = "value" }', '{ multiplicty = "0..1" }', "did you mean `multiplicity`?"),
        ('{ by = "value" }', '{ patern = "x" }', "did you mean `pattern`?"),
        ("kind = true", "note = true", 'is written { multiplicity = "0..1" }'),
        (
            "[classes.Location]",
            "[enumerations.K]\nvlues = ['a']\n[classes.Location]",
            "did you mean `values`?",
        ),
        ("[classes.Location]", "[enumeration.K]\n[classes.Location]", "did you mean `enumerations`?"),
    ],
)
def test_the_nearest_known_word_is_offered(old: str, new: str, hint: str) -> None:
    report = Report()
    assert read_selection(source(changed(old, new)), report) is None
    assert any(hint in d.message for d in report.diagnostics)


GROWN = """\
[profile]
noun = "PoleInspections"
namespace = "http://acme.example/2026/PoleInspections#"
version = "1.0"
title = "Pole inspections"
description = "What the inspectors found."
tightens = "narrow"

[namespaces]
cim = "http://example.org/cim#"

[roots]
Pole = "1..*"
"cim:Crew" = "0..1"

[classes.Pole]
of = "cim:Asset"
extends = ["Base", "cim:Crew"]
inline = true
abstract = false
note = "A pole."
stereotypes = ["concrete"]
"cim:mRID" = { multiplicity = "1..1", order = 2, note = "By hand.", stereotypes = ["key"], to = "Id" }
Location = { by = "reference", to = ["Site", "http://example.org/cim#Spot"] }
"http://example.org/cim#Asset.kind" = true
serialNumber = { length = 1, min_length = 2, max_length = 3, pattern = "a", allowed = ["x"] }
utcNumber = { pattern = ["a", "b"] }
height = { min_inclusive = 0, max_inclusive = 1.5, total_digits = 4, fraction_digits = 0 }
built = { min_exclusive = "1900-01-01", max_exclusive = "2100-01-01" }

[classes."cim:Crew"]
name = true
note.multiplicity = "0..1"

[enumerations.NewKind]
of = "AssetKind"
values = ["pole", "tower"]
inline = true
note = "Since 2026."
stereotypes = ["draft"]

[enumerations.StatusKind]
note = "As it is."
"""


def test_every_key_of_a_class_a_member_and_an_enumeration() -> None:
    report = Report()
    spec = read_selection(source(GROWN), report)
    assert [d.message for d in report.diagnostics] == []
    assert spec is not None
    cim = "http://example.org/cim#"
    assert spec.tightens == "narrow"
    assert [r.class_ for r in spec.roots] == ["Pole", cim + "Crew"]
    pole, crew, new_kind, status_kind = spec.selections
    assert (pole.name, pole.class_, pole.bases) == ("Pole", cim + "Asset", ("Base", cim + "Crew"))
    assert (pole.is_anonymous, pole.is_abstract, pole.note) == (True, False, "A pole.")
    assert pole.stereotypes == ("concrete",)
    assert (crew.name, crew.class_, crew.bases, crew.is_abstract) == ("", cim + "Crew", None, None)
    by_name = {p.property: p for p in pole.properties}
    mrid = by_name[cim + "mRID"]
    assert (mrid.order, mrid.note, mrid.stereotypes, mrid.targets) == (2, "By hand.", ("key",), ("Id",))
    assert by_name["Location"].targets == ("Site", cim + "Spot")
    assert by_name["Location"].containment == "reference"
    assert by_name[cim + "Asset.kind"].multiplicity is None
    assert by_name["serialNumber"].facets == Facets(
        length="1", min_length="2", max_length="3", patterns=("a",), allowed=("x",)
    )
    assert by_name["utcNumber"].facets == Facets(patterns=("a", "b"))
    assert by_name["height"].facets == Facets(
        min_inclusive="0", max_inclusive="1.5", total_digits="4", fraction_digits="0"
    )
    assert by_name["built"].facets == Facets(min_exclusive="1900-01-01", max_exclusive="2100-01-01")
    assert [p.property for p in crew.properties] == ["name", "note"], "a table is a member, whatever its name"
    assert str(crew.properties[1].multiplicity) == "0..1"
    assert (new_kind.name, new_kind.class_, new_kind.literals) == ("NewKind", "AssetKind", ("pole", "tower"))
    assert (new_kind.is_anonymous, new_kind.note, new_kind.stereotypes) == (True, "Since 2026.", ("draft",))
    assert (status_kind.class_, status_kind.literals, status_kind.note) == ("StatusKind", None, "As it is.")


def test_each_key_of_the_format_is_in_that_file() -> None:
    keys = {*CLASS_KEYS, *MEMBER_KEYS, *ENUMERATION_KEYS}
    assert [k for k in sorted(keys) if f"{k} = " not in GROWN] == []
    explained = RULES["CIM302"].explain
    assert [k for k in sorted(keys) if k not in explained] == []


def test_a_noun_named_like_one_of_its_classes_is_refused() -> None:
    report = Report()
    text = changed('"PoleInspections"', '"Location"')
    assert read_selection(source(text), report) is None
    assert found(report) == [("CIM308", 2)]


def test_a_published_profile_in_its_own_namespace_is_read() -> None:
    text = changed("http://acme.example/2026", "http://iec.ch/TC57/2026")
    report = Report()
    spec = read_selection(source(changed('"project"', '"published"', text)), report)
    assert report.diagnostics == ()
    assert spec is not None


@pytest.mark.parametrize(
    "host", ["http://notiec.ch/", "http://iec.ch.example/", "http://iec.ch@acme.example/"]
)
def test_a_namespace_that_only_looks_like_one_of_iec_is_free(host: str) -> None:
    report = Report()
    assert read_selection(source(changed("http://acme.example/", host)), report) is not None


WRONG_VARIANTS = [
    ('extends = "../base/poles.toml"', 'extends = "../base/pole.toml"', "CIM309", "extends"),
    ('extends = "../base/poles.toml"', 'extends = "../../base/poles.toml"', "CIM309", "extends"),
    ('extends = "../base/poles.toml"', 'extends = "/base/poles.toml"', "CIM303", "extends"),
    ('extends = "../base/poles.toml"', 'extends = ["../base/poles.toml"]', "CIM303", "extends"),
    ('extends = "../base/poles.toml"', 'extends = "poles.toml"', "CIM310", "extends"),
    ('extends = "../base/poles.toml"', 'extends = "../nmm/tp.toml"', "CIM310", "extends"),
    ('title = "Pole inspections of ACME"', 'noun = "X"', "CIM302", "noun"),
    ('prefix = "acme"', 'prefix = "cim"', "CIM312", "prefix"),
    ('prefix = "acme"', 'prefix = "Acme"', "CIM303", "prefix"),
    ("http://acme.example/cim-ext#", "http://iec.ch/TC57/CIM100-acme#", "CIM312", "namespace"),
    ("http://acme.example/cim-ext#", "cim-ext", "CIM303", "namespace"),
    ('use_case = "UC-12"', 'use_cases = "UC-12"', "CIM302", "use_cases"),
    ('owner = "ACME"', "", "CIM304", "[extension]"),
    ('"acme:poleTreatment" = "0..1"', 'serialNumber = "1..1"', "CIM313", "serialNumber"),
    ('"acme:poleTreatment" = "0..1"', '"acme:poleTreatment" = "1..1"', "CIM314", "poleTreatment"),
    ('"acme:poleTreatment" = "0..1"', '"other:poleTreatment" = "0..1"', "CIM311", "poleTreatment"),
    ("[classes.Asset]", "[classes.Crew]", "CIM313", "classes.Crew"),
    ("[classes.Asset]", '[classes.Asset]\nnote = "x"', "CIM313", "note"),
    ("[classes.Asset]", "[enumerations.K]\nvalues = ['a']\n[classes.Asset]", "CIM313", "[enumerations"),
    ("[classes.Asset]", "[namespaces]\nacme = 'http://x.example/#'\n[classes.Asset]", "CIM303", "acme = 'h"),
    ("[classes.Asset]", '[roots]\nCrew = "0..1"\n[classes.Asset]', "CIM313", "[roots]"),
]


@pytest.mark.parametrize(("old", "new", "code", "part"), WRONG_VARIANTS)
def test_each_fault_of_a_variant_is_named_at_its_line(old: str, new: str, code: str, part: str) -> None:
    text = changed(old, new, VARIANT)
    report = Report()
    variant = source(text, "ext/poles.toml")
    lookup = {
        "base/poles.toml": source(GOOD),
        "ext/poles.toml": variant,
        "nmm/tp.toml": source(DATASET, "nmm/tp.toml"),
        "nmm/tp.ttl": source(b"", "nmm/tp.ttl"),
    }
    assert read_selection(variant, report, lookup) is None
    assert (code, line_of(text, part)) in found(report)


def test_faults_of_the_base_are_shown_there() -> None:
    report = Report()
    lookup = {"base/poles.toml": source(changed('version = "1.0"', "version = 1"))}
    assert read_selection(source(VARIANT, "ext/poles.toml"), report, lookup) is None
    assert [(d.code, d.location.file, d.location.line) for d in report.diagnostics] == [
        ("CIM303", "base/poles.toml", 5)
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ('source = "tp.ttl"', "", "CIM304", "[profile]"),
        ('source = "tp.ttl"', 'source = "gone.ttl"', "CIM309", "gone"),
        ('kind = "dataset"', 'kind = "data"', "CIM303", "kind"),
        ('requests = ["get"]', 'requests = ["get"]\n[roots]\nA = "0..1"', "CIM303", "[roots]"),
    ],
)
def test_each_fault_of_a_dataset_is_named_at_its_line(old: str, new: str, code: str, part: str) -> None:
    text = changed(old, new, DATASET)
    report = Report()
    lookup = {"nmm/tp.ttl": source(b"", "nmm/tp.ttl")}
    assert read_selection(source(text, "nmm/tp.toml"), report, lookup) is None
    assert (code, line_of(text, part)) in found(report)


def test_lines_are_right_in_awkward_toml() -> None:
    text = dedent('''\
        # [classes.Asset] in a comment
        profile.noun = "Poles"
        profile.namespace = "http://acme.example/Poles#"
        profile.version = "1.0"
        profile.title = "Poles"
        profile.description = """
        kind = "no key"
        [classes.Nothing]
        """
        profile.group = "AM"
        profile.requests = [  # "get"
          "get", "]",
        ]

        [ "roots" ]  # spaces and quotes
        'Asset' = "1..x"
        [classes]
        Asset.kind = "no"
        Asset."mRID" = { multiplicity = "1..1", "by" = "nobody" }
        ''')
    report = Report()
    assert read_selection(source(text), report) is None
    assert found(report) == [("CIM303", 12), ("CIM305", 16), ("CIM305", 18), ("CIM303", 19)]


def test_two_files_of_one_noun_or_namespace_are_refused() -> None:
    same_noun = changed("http://acme.example/2026", "http://acme.example/2027", changed('"AM"', '"EDM"'))
    same_namespace = changed('"PoleInspections"', '"Poles"')
    report = Report()
    files = [source(GOOD, "a.toml"), source(same_noun, "b.toml"), source(same_namespace, "c.toml")]
    specs = read_selections(files, report)
    assert [s.location.file for s in specs] == ["a.toml"]
    assert [(d.code, d.location.file, d.related[0].file) for d in report.diagnostics] == [
        ("CIM316", "b.toml", "a.toml"),
        ("CIM316", "c.toml", "a.toml"),
    ]


def test_a_profile_and_its_variant_stand_together() -> None:
    report = Report()
    specs = read_selections([source(GOOD), source(VARIANT, "ext/poles.toml")], report)
    assert report.diagnostics == ()
    assert [(s.name, s.variant) for s in specs] == [("PoleInspections", ""), ("PoleInspections", "acme")]


def test_the_default_profiles_are_read_without_a_word(root: Path) -> None:
    folder = root / "input_models"
    lookup = {
        path.relative_to(folder).as_posix(): RawSource(
            path=path.relative_to(folder).as_posix(), data=path.read_bytes()
        )
        for path in sorted(folder.glob("*/**/*.*"))
    }
    report = Report()
    specs = read_selections((s for p, s in lookup.items() if p.endswith(".toml")), report, lookup)
    assert report.diagnostics == ()
    assert len(specs) == 18
    assert sum(s.variant == "acme" for s in specs) == 1
    served = sorted({s.service.group for s in specs if s.service})
    assert " ".join(served) == "AM CM CO EDM EDO ES FM MO MS NMM NO POP RMO SDP WM"


def test_a_lookup_is_asked_by_name_only() -> None:
    class OnDemand(Mapping[str, RawSource]):
        def __getitem__(self, path: str) -> RawSource:
            return {"base/poles.toml": source(GOOD)}[path]

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("every file would be read")

        def __len__(self) -> int:
            raise AssertionError("every file would be read")

    report = Report()
    assert read_selections([source(VARIANT, "ext/poles.toml")], report, OnDemand())
    assert report.diagnostics == ()


def test_every_rule_of_the_reader_has_a_case() -> None:
    codes = {code for *_, code, _ in (*WRONG, *WRONG_VARIANTS)} | {"CIM308", "CIM309", "CIM316"}
    assert codes == {code for code in RULES if "CIM301" <= code <= "CIM319"}
