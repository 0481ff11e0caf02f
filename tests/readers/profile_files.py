"""Profiles of other tools, as text."""

from __future__ import annotations

from pathlib import Path

from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Ref
from cimforge.ir.profile import ProfileFile, ProfileSpec, PropertyRule, Selection
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

MODEL = "http://example.org/cim#"
PROFILE = "http://example.org/profile#"


def read_profile(path: Path) -> tuple[ProfileFile | None, Report]:
    report = Report()
    found = read_source(RawSource(path=path.name, data=path.read_bytes()), report)
    assert found is None or isinstance(found, ProfileFile), found
    return found, report


def outline(file: ProfileFile) -> str:
    """One line for each statement of the profile, then of what it presupposes."""
    lines = [*_spec(file.spec), "", *_facts(file.presupposed)]
    return "".join(f"{line}\n" for line in lines)


def _spec(spec: ProfileSpec) -> list[str]:
    lines = [f"profile {spec.name} {short(spec.namespace)}: {spec.tightens}"]
    lines += [f"  {key} {value!r}" for key in ("version", "title", "doc") if (value := getattr(spec, key))]
    lines += [f"root {r.class_} {r.multiplicity}" for r in spec.roots]
    for selection in spec.selections:
        lines.append(_selection(selection))
        lines += [_rule(r) for r in selection.properties]
    return lines


def _selection(selection: Selection) -> str:
    texts = [f"selection {selection.name} of {short(selection.class_)}"]
    if selection.bases:
        texts.append(f"extends {', '.join(selection.bases)}")
    if selection.literals is not None:
        texts.append(f"literals {' '.join(map(short, selection.literals))}")
    if selection.is_anonymous:
        texts.append("anonymous")
    return ", ".join([*texts, *_added(selection)])


def _rule(rule: PropertyRule) -> str:
    texts = [f"  {short(rule.property)}"]
    if rule.multiplicity is not None:
        texts[0] += f" {rule.multiplicity}"
    if rule.targets:
        texts.append(f"to {' or '.join(rule.targets)}")
    if rule.containment:
        texts.append(f"by {rule.containment}")
    return ", ".join([*texts, *_added(rule)])


def _added(stated: Selection | PropertyRule) -> list[str]:
    marks = [f"«{', '.join(stated.stereotypes)}»"] if stated.stereotypes else []
    return marks + ([f"note {stated.note!r}"] if stated.note else [])


def _facts(facts: Facts) -> list[str]:
    lines = []
    for p in facts.packages:
        texts = [f"package {short(p.id)}: {p.name}"]
        texts += [f"in {ref(p.parent)}"] if p.parent else []
        lines.append(", ".join(texts + ([f"doc {p.doc!r}"] if p.doc else [])))
    for c in facts.classes:
        texts = [f"class {short(c.id)}"]
        texts += [f"in {ref(c.package)}"] if c.package else []
        texts += [f"< {', '.join(map(ref, c.supers))}"] if c.supers else []
        texts += [f"«{', '.join(c.stereotypes)}»"] if c.stereotypes else []
        texts += [f"doc {c.doc!r}"] if c.doc else []
        lines.append(", ".join(texts))
    for m in facts.members:
        texts = [f"member {short(m.id)} ({m.name} of {ref(m.owner)} at {m.position})"]
        texts += [m.multiplicity] if m.multiplicity else []
        texts += [f"type {ref(m.type)}"] if m.type else []
        texts += [f"range {ref(m.range)}"] if m.range else []
        texts += [f"doc {m.doc!r}"] if m.doc else []
        lines.append(", ".join(texts))
    return lines + [f"note {kind}: {count}" for kind, count in facts.notes]


def ref(r: Ref) -> str:
    return short(r.value) if r.by == "uri" else f"{r.by} {r.value}"


def short(uri: str) -> str:
    """``uri`` with the prefixes of the test files."""
    for space, prefix in ((MODEL, "cim:"), (PROFILE, ":"), ("http://www.w3.org/2001/XMLSchema#", "xsd:")):
        if uri.startswith(space):
            return prefix + uri.removeprefix(space)
    return uri
