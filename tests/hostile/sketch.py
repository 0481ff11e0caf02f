"""A small model said once and written in every format that is read.

The writers escape what their format asks them to escape and check nothing: a sketch may be as broken as
a test wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tests.hostile.model import (
    PRIMITIVES,
    SPACE,
    Kind,
    Link,
    Member,
    Sketch,
    enumeration,
    escaped,
    guid,
    small,
)
from tests.hostile.write_owl import catalog, cimtool, owl
from tests.hostile.write_qea import qea
from tests.hostile.write_rdf import json_ld, n_triples, rdf_xml, turtle
from tests.hostile.write_xmi1 import xmi
from tests.hostile.write_xmi2 import xmi2

__all__ = [
    "ALL",
    "ALL_XML",
    "BUILT",
    "FORMATS",
    "LIKE",
    "PRIMITIVES",
    "PROFILES",
    "RDF",
    "RDFS",
    "ROOTS",
    "SPACE",
    "TEXT",
    "TRIPLES",
    "UML",
    "WRITERS",
    "XML",
    "Format",
    "Kind",
    "Link",
    "Member",
    "Sketch",
    "catalog",
    "cimtool",
    "enumeration",
    "escaped",
    "guid",
    "json_ld",
    "n_triples",
    "owl",
    "qea",
    "rdf_xml",
    "small",
    "turtle",
    "xmi",
    "xmi2",
]

Format = Literal["rdf", "ttl", "nt", "jsonld", "owl", "xmi", "xmi2", "qea", "cimtool", "catalog"]
WRITERS: dict[Format, Callable[[Sketch], bytes]] = {
    "rdf": rdf_xml,
    "ttl": turtle,
    "nt": n_triples,
    "jsonld": json_ld,
    "xmi": xmi,
    "xmi2": xmi2,
    "qea": qea,
    "owl": owl,
    "cimtool": cimtool,
    "catalog": catalog,
}
PROFILES: tuple[Format, ...] = ("cimtool", "catalog")
"""CIMTool's: profiles, read here without the model that they are of."""
FORMATS: tuple[Format, ...] = ("rdf", "ttl", "nt", "jsonld", "owl", "xmi", "xmi2", "qea")
"""Formats of models."""
RDF: tuple[Format, ...] = tuple(f for f in FORMATS if f in ("rdf", "ttl", "nt", "jsonld", "owl"))
RDFS: tuple[Format, ...] = tuple(f for f in RDF if f != "owl")
UML: tuple[Format, ...] = tuple(f for f in FORMATS if f in ("xmi", "xmi2", "qea"))
TRIPLES: tuple[Format, ...] = tuple(f for f in RDF if f not in ("rdf", "owl"))
"""RDF that is no XML."""
XML: tuple[Format, ...] = tuple(f for f in FORMATS if f in ("rdf", "owl", "xmi", "xmi2"))
ALL: tuple[Format, ...] = (*FORMATS, *PROFILES)
ALL_XML: tuple[Format, ...] = (*XML, *PROFILES)
TEXT: tuple[Format, ...] = tuple(f for f in ALL if f != "qea")
BUILT: tuple[Format, ...] = ("rdf", "ttl", "xmi")
"""Formats of which whole builds are made; the others are shown to say the same as one of these."""
LIKE: dict[Format, Format] = {"nt": "ttl", "jsonld": "ttl", "xmi2": "xmi", "qea": "xmi"}
ROOTS = {
    **dict.fromkeys(("rdf", "owl", "cimtool"), b"rdf:RDF"),
    "xmi": b"XMI",
    "xmi2": b"xmi:XMI",
    "catalog": b"Catalog",
}
"""Root elements, as the writers spell them."""
