"""A sketch as RDFS, in each serialisation."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.hostile.model import Sketch, escaped, in_attribute

_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "cims": "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcat": "http://www.w3.org/ns/dcat#",
}


@dataclass(frozen=True)
class _Iri:
    value: str


_Said = list[tuple[str, list[tuple[str, "_Iri | str"]]]]
"""(subject, [(prefix:name, object)])."""


def _statements(sketch: Sketch) -> _Said:
    said: _Said = []
    enums = {key for key, kind in sketch.keyed() if kind.stereotype == "enumeration"}

    def iri(key: str) -> _Iri:
        return _Iri(key if ":" in key else sketch.space + key)

    if sketch.keyword or sketch.version:
        header: list[tuple[str, _Iri | str]] = [("rdf:type", _Iri(_PREFIXES["owl"] + "Ontology"))]
        header += [("dcat:keyword", sketch.keyword)] if sketch.keyword else []
        header += [("owl:versionInfo", sketch.version)] if sketch.version else []
        said.append((sketch.space + "Ontology", header))
    for package in sketch.packages:
        facts: list[tuple[str, _Iri | str]] = [
            ("rdf:type", _Iri(_PREFIXES["cims"] + "ClassCategory")),
            ("rdfs:label", package),
        ]
        if package in sketch.parents:
            facts.append(("cims:belongsToCategory", _Iri(_package(sketch, sketch.parents[package]))))
        said.append((_package(sketch, package), facts))
    for name in sketch.primitives:
        said.append(
            (
                sketch.space + name,
                [
                    ("rdf:type", _Iri(_PREFIXES["rdfs"] + "Class")),
                    ("rdfs:label", name),
                    ("cims:stereotype", "Primitive"),
                ],
            )
        )
    for key, kind in sketch.keyed():
        facts = [("rdf:type", _Iri(_PREFIXES["rdfs"] + "Class")), ("rdfs:label", kind.name)]
        facts += [("rdfs:subClassOf", iri(s)) for s in kind.supers]
        facts += [("rdfs:comment", kind.doc)] if kind.doc else []
        if kind.stereotype:
            facts.append(
                (
                    "cims:stereotype",
                    (
                        _Iri("http://iec.ch/TC57/NonStandard/UML#enumeration")
                        if kind.stereotype == "enumeration"
                        else kind.stereotype
                    ),
                )
            )
        home = kind.package or (sketch.packages[0] if sketch.packages else "")
        facts += [("cims:belongsToCategory", _Iri(_package(sketch, home)))] if home else []
        said.append((sketch.space + key, facts))
        for i, member in enumerate(kind.members):
            place = f"{sketch.space}{key}.{member.key or f'm{i}'}"
            facts = [("rdfs:label", member.name)]
            facts += [("rdfs:comment", member.doc)] if member.doc else []
            if member.type is None:
                facts = [("rdf:type", _Iri(sketch.space + key)), *facts, ("cims:stereotype", "enum")]
            else:
                where = "rdfs:range" if member.type in enums else "cims:dataType"
                facts = [
                    ("rdf:type", _Iri(_PREFIXES["rdf"] + "Property")),
                    *facts,
                    ("rdfs:domain", _Iri(sketch.space + key)),
                    (where, iri(member.type)),
                    ("cims:multiplicity", _Iri(f"{_PREFIXES['cims']}M:{member.bounds}")),
                    ("cims:stereotype", _Iri("http://iec.ch/TC57/NonStandard/UML#attribute")),
                ]
            if member.default is not None:
                facts.append(("cims:isFixed" if member.fixed else "cims:isDefault", member.default))
            said.append((place, facts))
    for i, link in enumerate(sketch.links):
        places = (f"{sketch.space}{link.source}.t{i}", f"{sketch.space}{link.target}.s{i}")
        sides = (
            (places[0], places[1], link.source, link.target, link.target_role, link.target_bounds, "Yes"),
            (places[1], places[0], link.target, link.source, link.source_role, link.source_bounds, "No"),
        )
        for place, other, owner, target, role, bounds, used in sides:
            said.append(
                (
                    place,
                    [
                        ("rdf:type", _Iri(_PREFIXES["rdf"] + "Property")),
                        ("rdfs:label", role),
                        ("rdfs:domain", iri(owner)),
                        ("rdfs:range", iri(target)),
                        ("cims:multiplicity", _Iri(f"{_PREFIXES['cims']}M:{bounds}")),
                        ("cims:inverseRoleName", _Iri(other)),
                        ("cims:AssociationUsed", used),
                    ],
                )
            )
    return said


def _package(sketch: Sketch, name: str) -> str:
    index = sketch.packages.index(name) if name in sketch.packages else name
    return f"{sketch.space}Package_{index}"


def rdf_xml(sketch: Sketch) -> bytes:
    """RDF/XML as EA's profile exports write it, one statement a line."""
    spaces = "".join(f' xmlns:{p}="{u}"' for p, u in _PREFIXES.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<rdf:RDF{spaces} xml:base="{escaped(sketch.space[:-1])}">',
    ]
    for subject, facts in _statements(sketch):
        lines.append(f'  <rdf:Description rdf:about="{in_attribute(subject)}">')
        for predicate, value in facts:
            if isinstance(value, _Iri):
                lines.append(f'    <{predicate} rdf:resource="{in_attribute(value.value)}"/>')
            else:
                lines.append(f"    <{predicate}>{escaped(value)}</{predicate}>")
        lines.append("  </rdf:Description>")
    lines.append("</rdf:RDF>")
    return "\n".join(lines).encode() + b"\n"


_TURTLE_ESCAPE = re.compile('["\\\\\x00-\x1f]')


def turtle(sketch: Sketch) -> bytes:
    """Turtle, one statement a line."""
    lines = [f"@prefix {p}: <{u}> ." for p, u in _PREFIXES.items()]
    for subject, facts in _statements(sketch):
        body = " ;\n    ".join(f"{p} {_term(v)}" for p, v in facts)
        lines.append(f"<{_turtle_iri(subject)}>\n    {body} .")
    return "\n".join(lines).encode() + b"\n"


def _term(value: _Iri | str) -> str:
    if isinstance(value, _Iri):
        return f"<{_turtle_iri(value.value)}>"
    return '"' + _TURTLE_ESCAPE.sub(lambda m: f"\\u{ord(m[0]):04X}", value) + '"'


def _turtle_iri(iri: str) -> str:
    return iri.replace("\\", "\\u005C").replace('"', "\\u0022")


def n_triples(sketch: Sketch) -> bytes:
    """N-Triples: one triple a line."""
    lines = []
    for subject, facts in _statements(sketch):
        for predicate, value in facts:
            lines.append(f"<{_turtle_iri(subject)}> <{_whole(predicate)}> {_term(value)} .")
    return "\n".join(lines).encode() + b"\n"


def json_ld(sketch: Sketch) -> bytes:
    """Expanded JSON-LD: one node a line."""
    nodes = []
    for subject, facts in _statements(sketch):
        node: dict[str, Any] = {"@id": subject}
        for predicate, value in facts:
            if predicate == "rdf:type" and isinstance(value, _Iri):
                node.setdefault("@type", []).append(value.value)
            else:
                term = {"@id": value.value} if isinstance(value, _Iri) else {"@value": value}
                node.setdefault(_whole(predicate), []).append(term)
        nodes.append(json.dumps(node))
    return ("[\n" + ",\n".join(nodes) + "\n]\n").encode()


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local
