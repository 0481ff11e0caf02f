"""Models of any size, for growth: RDFS with the mixture of members that CIM classes have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cims="{_CIMS}"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xml:base="http://example.org/growth">
<rdf:Description rdf:about="#Package_Growth"><rdfs:label>Growth</rdfs:label>
<rdf:type rdf:resource="{_CIMS}ClassCategory"/></rdf:Description>
<rdfs:Class rdf:about="#String"><rdfs:label>String</rdfs:label>
<cims:stereotype>Primitive</cims:stereotype></rdfs:Class>
<rdfs:Class rdf:about="#Float"><rdfs:label>Float</rdfs:label>
<cims:stereotype>Primitive</cims:stereotype></rdfs:Class>
"""
_CLASS = """<rdf:Description rdf:about="#{name}"><rdfs:label>{name}</rdfs:label>
<rdfs:comment>A class of the growth model, with a sentence about it that is as long as most.</rdfs:comment>
<cims:belongsToCategory rdf:resource="#Package_Growth"/>{base}
<cims:stereotype rdf:resource="http://iec.ch/TC57/NonStandard/UML#concrete"/>
<rdf:type rdf:resource="http://www.w3.org/2000/01/rdf-schema#Class"/></rdf:Description>
"""
_MEMBER = """<rdf:Description rdf:about="#{owner}.{name}"><rdfs:label>{name}</rdfs:label>
<rdfs:comment>A member of the growth model, with a sentence about it that is as long as most.</rdfs:comment>
<rdfs:domain rdf:resource="#{owner}"/><{leads} rdf:resource="#{type}"/>{more}
<cims:multiplicity rdf:resource="http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#M:{bounds}"/>
<rdf:type rdf:resource="http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"/></rdf:Description>
"""
_ATTRIBUTES = 6
_LINKS = 2
_FAMILY = 8
"""Classes that share one superclass."""


def growth(classes: int) -> str:
    """RDF/XML of a model of ``classes`` classes: attributes, inheritance, and links between any two."""
    chance = random.Random(61970)
    return "".join((_HEAD, *_parts(classes, chance), "</rdf:RDF>\n"))


def _parts(classes: int, chance: random.Random) -> Iterator[str]:
    for number in range(classes):
        name = f"Class{number}"
        base = (
            f'<rdfs:subClassOf rdf:resource="#Class{number - number % _FAMILY}"/>' if number % _FAMILY else ""
        )
        yield _CLASS.format(name=name, base=base)
        for position in range(_ATTRIBUTES):
            type_ = "Float" if position % 2 else "String"
            yield _MEMBER.format(
                owner=name,
                name=f"a{number}x{position}",
                leads="cims:dataType",
                type=type_,
                more="",
                bounds="0..1",
            )
        for position in range(_LINKS):
            yield from _link(name, f"Class{chance.randrange(classes)}", f"l{number}x{position}")


def _link(owner: str, target: str, role: str) -> Iterator[str]:
    back = f"{role}of"
    for here, there, name, inverse, used, bounds in (
        (owner, target, role, back, "Yes", "0..1"),
        (target, owner, back, role, "No", "0..n"),
    ):
        pair = f'<cims:inverseRoleName rdf:resource="#{there}.{inverse}"/>'
        more = f"{pair}<cims:AssociationUsed>{used}</cims:AssociationUsed>"
        yield _MEMBER.format(owner=here, name=name, leads="rdfs:range", type=there, more=more, bounds=bounds)


def write_growth(folder: Path, classes: int) -> Path:
    """The file that holds `growth` of ``classes``."""
    path = folder / f"growth-{classes}.rdf"
    path.write_text(growth(classes), encoding="utf-8")
    return path
