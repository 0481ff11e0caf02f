"""The EA project reader on the corpus, against SQL and the index; `end_to_end` compares it with XMI."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

PROJECTS = ("qea/real/test.qea", "qea/converted/IEEE1547.2.qea", "synthetic/cim17_metering.qea")


@cache
def read(path: Path) -> tuple[Facts, Report]:
    report = Report()
    facts = read_source(RawSource(path=path.name, data=path.read_bytes()), report)
    assert facts is not None
    return facts, report


def counted(path: Path, query: str) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return dict(connection.execute(query).fetchall())


def is_enumeration(fact: ClassFact) -> bool:
    marks = {s.casefold() for s in fact.stereotypes}
    return fact.metaclass == "Enumeration" or bool(marks & {"enumeration", "codelist"})


def test_no_project_is_forgotten(corpus: Path) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    assert sorted(e["file"] for e in index if e["kind"] == "qea") == sorted(PROJECTS)


@pytest.mark.parametrize("file", PROJECTS)
def test_counts_are_those_of_the_index(corpus: Path, file: str) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    (entry,) = (e for e in index if e["file"] == file)
    wanted = {k: v for k, v in entry["counts"].items() if k != "stereotypes"}
    wanted["packages"] -= 1  # the index counts the project's root, which is no package
    facts, report = read(corpus / file)
    assert not report.diagnostics
    enumerations = {c.id for c in facts.classes if is_enumeration(c)}
    assert wanted == {
        "packages": len(facts.packages),
        "classes": len(facts.classes) - len(enumerations),
        "enums": len(enumerations),
        "attributes": sum(m.owner.value not in enumerations for m in facts.members),
        "literals": sum(m.owner.value in enumerations for m in facts.members),
        "associations": sum(c.kind in ("Association", "Aggregation") for c in facts.connectors),
        "generalizations": sum(c.kind == "Generalization" for c in facts.connectors),
    }
    stereotypes = Counter(s.casefold() for c in (*facts.packages, *facts.classes) for s in c.stereotypes)
    assert stereotypes == {s.casefold(): n for s, n in entry["counts"]["stereotypes"].items()}


@pytest.mark.parametrize("file", PROJECTS)
def test_sql_counts_the_same(corpus: Path, file: str) -> None:
    """SQL of its own: joins by key, where the reader groups rows."""
    path = corpus / file
    facts, _ = read(path)
    name_by_id = {c.id: c.name for c in facts.classes}
    assert Counter(name_by_id[m.owner.value] for m in facts.members) == counted(
        path,
        "SELECT o.Name, count(*) FROM t_attribute a JOIN t_object o ON o.Object_ID = a.Object_ID GROUP BY o.ea_guid",
    )
    assert Counter(m.type.value for m in facts.members if m.type and m.type.by == "id") == {
        guid.strip("{}").upper(): count
        for guid, count in counted(
            path,
            "SELECT o.ea_guid, count(*) FROM t_attribute a JOIN t_object o ON CAST(o.Object_ID AS TEXT) = a.Classifier"
            " GROUP BY 1",
        ).items()
    }
    assert Counter(c.kind for c in facts.connectors) == counted(
        path, "SELECT Connector_Type, count(*) FROM t_connector GROUP BY 1"
    )
    ends = Counter(e.multiplicity for c in facts.connectors for e in (c.source, c.target))
    assert {k: v for k, v in ends.items() if k} == counted(
        path,
        "SELECT card, count(*) FROM (SELECT SourceCard AS card FROM t_connector UNION ALL SELECT DestCard FROM"
        " t_connector) WHERE card <> '' GROUP BY 1",
    )
    assert sum(len(e.tags) for e in (*facts.packages, *facts.classes)) == sum(
        counted(path, "SELECT 'tags', count(*) FROM t_objectproperties").values()
    )
    assert sum(len(m.tags) for m in facts.members) == sum(
        counted(path, "SELECT 'tags', count(*) FROM t_attributetag").values()
    )
    assert sum(len(m.doc) for m in facts.members) == sum(
        counted(
            path, "SELECT 'length', total(length(replace(Notes, char(13), ''))) FROM t_attribute"
        ).values()
    )


def test_a_real_project(corpus: Path) -> None:
    """What EA shows of ``test.qea``, looked up by hand in its own export."""
    facts, _ = read(corpus / "qea/real/test.qea")
    assert [p.name for p in facts.packages] == ["Test Model", "Test Schema"]
    schema = facts.packages[1]
    assert schema.stereotypes == ("applicationSchema",)
    assert schema.tags[:3] == (
        ("globalIdentifier", "EAID_3C71400F_3784_4f7a_B884_573BFC270352"),
        ("gmlProfileSchema", ""),
        ("jsonBaseURI", "http://portele.de/ows9"),
    )
    (association,) = facts.connectors
    assert (association.source.role, association.source.multiplicity) == ("role1", "0..*")
    assert (association.target.role, association.target.multiplicity) == ("role2", "1")
    assert association.source.navigable
    assert association.target.navigable
    assert [name for name, _ in association.source.tags] == ["sequenceNumber", "globalIdentifier"]
    assert [name for name, _ in association.target.tags] == ["globalIdentifier", "sequenceNumber"]
    assert dict(facts.notes) == {
        "CustomProperties in t_xref": 12,
        "root node of the project": 1,
        "t_diagram": 2,
        "t_objectconstraint": 1,
    }
