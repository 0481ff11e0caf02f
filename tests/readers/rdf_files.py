"""Facts of RDF files, as text and against rdflib."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from pathlib import Path

import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Ref
from cimforge.readers.sniff import read_source
from cimforge.readers.source import RawSource

BASE = "http://example.org/grid"

RDF_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
 xmlns:cims="http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#" xml:base="{BASE}">
BODY
</rdf:RDF>
"""


def read(data: bytes, path: str = "input.rdf") -> tuple[Facts | None, Report]:
    report = Report()
    return read_source(RawSource(path=path, data=data), report), report


def read_file(path: Path) -> tuple[Facts | None, Report]:
    return read(path.read_bytes(), path.name)


def rdf_xml(body: str) -> bytes:
    return RDF_XML.replace("BODY", body).encode()


@functools.cache
def oracle(path: Path) -> rdflib.Graph:
    """The file as rdflib reads it, literals untouched."""
    return parsed(path.read_bytes(), "turtle" if path.suffix == ".ttl" else "xml")


def parsed(data: bytes, format: str) -> rdflib.Graph:
    """The bytes as rdflib reads them, literals untouched."""
    normalize = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        return rdflib.Graph().parse(data=data, format=format)
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


def diagnostics(report: Report) -> str:
    lines = []
    for d in report.diagnostics:
        see = ", ".join(f"see line {r.line}" for r in d.related)
        text = f"{d.location.line or '-'} {d.code} {report.severity(d)}: {d.message}"
        lines.append(text + (f" ({see})" if see else "") + "\n")
    return "".join(lines)


def outline(facts: Facts) -> str:
    """One line for each fact, all its fields in it."""
    lines = []

    def short(iri: str) -> str:
        return iri.removeprefix(BASE)

    def ref(r: Ref) -> str:
        return short(r.value) if r.by == "uri" else f"{r.by} {r.value}"

    def common(fact: object, *parts: str) -> str:
        texts = [p for p in parts if p]
        if fact.uri != fact.id:
            texts.append(f"uri {short(fact.uri)}")
        if fact.stereotypes:
            texts.append(f"«{', '.join(fact.stereotypes)}»")
        if fact.doc:
            texts.append(f"doc {fact.doc!r}")
        texts += [f"{k} = {v}" for k, v in fact.tags]
        kind = {"Pac": "package", "Cla": "class", "Mem": "member"}[type(fact).__name__[:3]]
        return f"{kind} {short(fact.id)}: " + ", ".join((fact.name, f"line {fact.location.line}", *texts))

    for p in facts.profiles:
        named = {"keyword": p.keyword, "uri": p.uri, "version": p.version, "title": p.title}
        texts = [f"{k} {v}" for k, v in named.items() if v] + ([f"doc {p.doc!r}"] if p.doc else [])
        lines.append(f"profile {short(p.id)}: {', '.join(texts)}")
        lines += [f"  {short(k)} {v}" for k, v in p.header]
    lines += [common(p, f"in {ref(p.parent)}" if p.parent else "") for p in facts.packages]
    for c in facts.classes:
        lines.append(
            common(
                c,
                f"in {ref(c.package)}" if c.package else "",
                f"< {', '.join(map(ref, c.supers))}" if c.supers else "",
                c.metaclass if c.metaclass != "Class" else "",
                {None: "", True: "abstract", False: "concrete"}[c.is_abstract],
            )
        )
    for m in facts.members:
        lines.append(
            common(
                m,
                f"of {ref(m.owner)} at {m.position}",
                f"type {ref(m.type)}" if m.type else "",
                f"range {ref(m.range)}" if m.range else "",
                m.multiplicity,
                "" if m.default is None else f"{'fixed' if m.is_constant else 'default'} {m.default!r}",
                f"inverse {ref(m.inverse)}" if m.inverse else "",
                f"used {m.used}" if m.used else "",
                *(f"{facet} {value!r}" for facet, value in m.facets),
            )
        )
    for s in facts.shapes:
        stated = {
            "count": f"{s.min_count or 0}..{s.max_count or '*'}" if s.min_count or s.max_count else "",
            "datatype": short(s.datatype.value) if s.datatype else "",
            "class": short(s.class_.value) if s.class_ else "",
            "in": " ".join(map(short, s.allowed)),
            "node": s.node_kind,
            "severity": s.severity,
            "profile": s.profile,
            "doc": repr(s.doc) if s.doc else "",
        }
        texts = [f"{k} {v}" for k, v in stated.items() if v] + [f"{k} {v!r}" for k, v in s.facets]
        where = f"shape {short(s.id)}, line {s.location.line}, of {short(s.target.value)}"
        lines.append(f"{where}, {short(s.path.value)}: {', '.join(texts)}")
    lines += [f"note {kind}: {count}" for kind, count in facts.notes]
    return "".join(f"{line}\n" for line in lines)


def literal_text(value: str) -> str:
    """The text in XML markup, by another parser than the reader's."""
    try:
        return "".join(ET.fromstring(f"<x>{value}</x>").itertext())
    except ET.ParseError:
        return value
