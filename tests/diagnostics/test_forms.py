"""The forms in which diagnostics leave: text, JSON, SARIF, GitHub."""

from __future__ import annotations

import json

import pytest
from cimforge.diagnostics import Report
from cimforge.diagnostics.as_github import as_github
from cimforge.diagnostics.as_json import as_json
from cimforge.diagnostics.as_sarif import as_sarif
from cimforge.diagnostics.as_text import as_text
from cimforge.diagnostics.rules import RULES
from cimforge.ir.facts import Location
from cimforge.ir.ids import Code, ElementId
from cimforge.ir.value import replace


@pytest.fixture(autouse=True)
def _made_up_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, name, severity in (
        ("CIM091", "broken-thing", "error"),
        ("CIM092", "odd-thing", "warning"),
        ("CIM093", "quiet-thing", "note"),
    ):
        rule = replace(
            RULES["CIM005"],
            code=Code(code),
            name=name,
            severity=severity,
            message="{what} is wrong",
            remedy="mend it",
            explain=f"A {name}.\n\nMore.\n\nExample: x\n\nRemedy: y",
        )
        monkeypatch.setitem(RULES, code, rule)


@pytest.fixture
def report() -> Report:
    made = Report(suppressed={"CIM093": "we know"})
    made.paths["a b.ttl"] = "models/a b.ttl"
    made.add(
        "CIM091",
        at=Location(file="a b.ttl", line=7, pointer="http://x#A"),
        element=ElementId("http://x#A"),
        related=(Location(file="other.ttl", line=3),),
        what="A: 100%, sure",
    )
    made.add("CIM092", at=Location(file="m.xmi", pointer="EAID_1"), what="B\n::error::\x1b[31m\u202e")
    made.add("CIM093", at=Location(file="m.xmi", line=2), what="C")
    return made


def test_text(report: Report) -> None:
    assert as_text(report) == (
        "error[CIM091 broken-thing]: A: 100%, sure is wrong\n"
        "  --> models/a b.ttl:7\n"
        "  and other.ttl:3\n"
        "  help: mend it\n"
        "warning[CIM092 odd-thing]: B\\n::error::\\x1b[31m\\u202e is wrong\n"
        "  --> m.xmi (EAID_1)\n"
        "  help: mend it\n"
        "1 silenced by the settings\n"
    )


def test_text_of_errors_only(report: Report) -> None:
    text = as_text(report, errors_only=True)
    assert "CIM091" in text
    assert "CIM092" not in text
    assert "silenced" not in text


def test_text_in_colour(report: Report) -> None:
    assert "\x1b[1;31merror[CIM091 broken-thing]\x1b[0m: " in as_text(report, colour=True)
    assert "\x1b" not in as_text(report)


def test_text_leaves_out(report: Report) -> None:
    assert "CIM091" not in as_text(report, leave_out=("CIM091",))


def test_many_of_one_rule_are_counted() -> None:
    report = Report()
    for number in range(25):
        report.add("CIM092", at=Location(file="m", line=number + 1), what=str(number))
    report.add("CIM091", what="x")
    text = as_text(report)
    assert text.count("warning[") == 10
    assert text.count("help: mend it") == 2
    assert "... and 15 more of CIM092; --message-format json shows all\n" in text
    assert len(as_json(report).splitlines()) == 26


def test_nothing_to_say() -> None:
    assert as_text(Report()) == ""
    assert as_json(Report()) == ""
    assert as_github(Report()) == ""


def test_json_is_one_object_a_line(report: Report) -> None:
    rows = [json.loads(line) for line in as_json(report).splitlines()]
    assert rows[0] == {
        "type": "diagnostic",
        "code": "CIM091",
        "name": "broken-thing",
        "severity": "error",
        "message": "A: 100%, sure is wrong",
        "file": "models/a b.ttl",
        "line": 7,
        "pointer": "http://x#A",
        "element": "http://x#A",
        "facts": {"what": "A: 100%, sure"},
        "related": [{"file": "other.ttl", "line": 3, "pointer": None}],
        "remedy": "mend it",
        "suppressed": None,
    }
    assert rows[1]["message"] == "B\n::error::\x1b[31m\u202e is wrong"
    assert rows[2]["suppressed"] == "we know"


def test_github_commands(report: Report) -> None:
    assert as_github(report).splitlines() == [
        "::error file=models/a b.ttl,line=7,title=CIM091 broken-thing::A: 100%25, sure is wrong (mend it)",
        "::warning file=m.xmi,title=CIM092 odd-thing::B\\n::error::\\x1b[31m\\u202e is wrong (mend it)",
    ]


def test_github_properties_are_escaped() -> None:
    report = Report()
    report.add("CIM091", at=Location(file="a,b:c\nd"), what="x")
    assert as_github(report).startswith("::error file=a%2Cb%3Ac%0Ad,title=")


def test_sarif(report: Report) -> None:
    log = json.loads(as_sarif(report, {"http://x#A": "Core::A"}))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CIM091", "CIM092", "CIM093"]
    first, second, third = run["results"]
    assert first["ruleId"] == rules[first["ruleIndex"]]["id"] == "CIM091"
    assert (first["level"], second["level"], third["level"]) == ("error", "warning", "note")
    assert first["message"] == {"text": "A: 100%, sure is wrong"}
    (location,) = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "models/a%20b.ttl"},
        "region": {"startLine": 7},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Core::A"}]
    assert first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "other.ttl"
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert "suppressions" not in first
    assert third["suppressions"] == [{"kind": "external", "justification": "we know"}]


def test_sarif_fingerprints_do_not_move_with_lines() -> None:
    def fingerprint(line: int, element: str | None, what: str = "A") -> str:
        report = Report()
        report.add(
            "CIM091",
            at=Location(file="m", line=line, pointer="p"),
            element=ElementId(element) if element else None,
            what=what,
        )
        (result,) = json.loads(as_sarif(report))["runs"][0]["results"]
        return str(result["partialFingerprints"]["cimforge/v1"])

    assert fingerprint(1, "e") == fingerprint(9, "e")
    assert fingerprint(1, "e") != fingerprint(1, "f")
    assert fingerprint(1, None) == fingerprint(9, None)
    assert fingerprint(1, None) != fingerprint(1, None, "B")


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    (run,) = json.loads(as_sarif(Report()))["runs"]
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_severities_in_force_are_the_settings() -> None:
    report = Report(severities={"CIM092": "error", "CIM091": "note"})
    report.add("CIM092", what="x")
    report.add("CIM091", what="x")
    assert [json.loads(line)["severity"] for line in as_json(report).splitlines()] == ["error", "error"]
