"""A small model said once and written in every format that is read: RDF/XML, Turtle, XMI 1.1.

The writers escape what their format asks them to escape and check nothing: a sketch may be as broken as
a test wants it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Literal

SPACE = "http://example.org/hostile#"
PRIMITIVES = ("String", "Integer", "Float", "Decimal", "Boolean", "Date", "DateTime")

_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "cims": "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcat": "http://www.w3.org/ns/dcat#",
}


@dataclass(frozen=True, kw_only=True)
class Member:
    """An attribute (``type``) or a literal (no type)."""

    name: str
    type: str | None = "String"
    """Key of a class of the sketch, or a primitive's name; anything else dangles."""
    bounds: str = "0..1"
    doc: str = ""
    default: str | None = None
    fixed: bool = False
    key: str = ""
    """What identifies it in its class; its place there if empty."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A class of any kind."""

    name: str
    stereotype: str = ""
    supers: tuple[str, ...] = ()
    """Keys of classes; what is none dangles."""
    members: tuple[Member, ...] = ()
    doc: str = ""
    package: str = ""
    key: str = ""
    """What identifies it in the file; its place there if empty."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """An association, each end with the role by which the other end's class sees it."""

    source: str
    target: str
    source_role: str
    target_role: str
    source_bounds: str = "0..1"
    target_bounds: str = "0..n"


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A model."""

    kinds: tuple[Kind, ...]
    links: tuple[Link, ...] = ()
    packages: tuple[str, ...] = ("Grid",)
    parents: Mapping[str, str] = field(default_factory=dict)
    """Package above a package. XMI nests packages, so only RDF can say that they go in a circle."""
    space: str = SPACE
    keyword: str = ""
    version: str = ""
    primitives: tuple[str, ...] = PRIMITIVES

    def keyed(self) -> tuple[tuple[str, Kind], ...]:
        """Every class with the key that identifies it."""
        return tuple((k.key or f"C{i}", k) for i, k in enumerate(self.kinds))


def enumeration(name: str, *literals: str, doc: str = "", key: str = "") -> Kind:
    """An enumeration."""
    return Kind(
        name=name,
        stereotype="enumeration",
        members=tuple(Member(name=v, type=None, key=f"L{i}") for i, v in enumerate(literals)),
        doc=doc,
        key=key,
    )


# -- RDF ------------------------------------------------------------------------------------------------


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


def escaped(text: str) -> str:
    """``text`` as it stands in XML, between tags or in quotes."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(char, entity)
    return text


def _attribute(text: str) -> str:
    return escaped(text).replace("\n", "&#10;").replace("\t", "&#9;")


def rdf_xml(sketch: Sketch) -> bytes:
    """RDF/XML as EA's profile exports write it, one statement a line."""
    spaces = "".join(f' xmlns:{p}="{u}"' for p, u in _PREFIXES.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<rdf:RDF{spaces} xml:base="{escaped(sketch.space[:-1])}">',
    ]
    for subject, facts in _statements(sketch):
        lines.append(f'  <rdf:Description rdf:about="{_attribute(subject)}">')
        for predicate, value in facts:
            if isinstance(value, _Iri):
                lines.append(f'    <{predicate} rdf:resource="{_attribute(value.value)}"/>')
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


# -- XMI ------------------------------------------------------------------------------------------------


def guid(text: str) -> str:
    """A GUID in EA's spelling that stands for ``text``."""
    h = md5(text.encode()).hexdigest().upper()
    return f"{h[:8]}_{h[8:12]}_{h[12:16]}_{h[16:20]}_{h[20:]}"


def xmi(sketch: Sketch) -> bytes:
    """XMI 1.1 (UML 1.3) as Sparx EA writes it, one element a line."""
    lines = [
        '<?xml version="1.0" encoding="windows-1252"?>',
        '<XMI xmi.version="1.1" xmlns:UML="omg.org/UML1.3">',
        "<XMI.header><XMI.documentation><XMI.exporter>Enterprise Architect</XMI.exporter>"
        "<XMI.exporterVersion>2.5</XMI.exporterVersion></XMI.documentation></XMI.header>",
        '<XMI.content><UML:Model name="EA Model" xmi.id="MX_EAID_1">',
        "<UML:Namespace.ownedElement>",
    ]
    by_package: dict[str, list[tuple[str, Kind]]] = {p: [] for p in sketch.packages or ("Grid",)}
    first = next(iter(by_package))
    for key, kind in sketch.keyed():
        by_package[kind.package or first].append((key, kind))
    for i, (package, kinds) in enumerate(by_package.items()):
        lines.append(f'<UML:Package name="{_attribute(package)}" xmi.id="EAPK_{guid(f"package {i}")}">')
        if i == 0:
            tag = _attribute(sketch.space)
            lines.append(
                f'<UML:ModelElement.taggedValue><UML:TaggedValue tag="nsuri" value="{tag}" xmi.id="T1"/>'
                "</UML:ModelElement.taggedValue>"
            )
        lines.append("<UML:Namespace.ownedElement>")
        if i == 0:
            lines += [_xmi_class(n, Kind(name=n, stereotype="Primitive"), sketch) for n in sketch.primitives]
        lines += [_xmi_class(key, kind, sketch) for key, kind in kinds]
        lines += [
            f'<UML:Generalization subtype="{_id(key)}" supertype="{_id(s)}" '
            f'xmi.id="EAID_{guid(f"{key} is {s}")}" visibility="public"/>'
            for key, kind in kinds
            for s in kind.supers
        ]
        if i == 0:
            lines += [_xmi_link(number, link) for number, link in enumerate(sketch.links)]
        lines.append("</UML:Namespace.ownedElement></UML:Package>")
    lines.append("</UML:Namespace.ownedElement></UML:Model></XMI.content></XMI>")
    return "\n".join(lines).encode("cp1252", "xmlcharrefreplace") + b"\n"


def _id(key: str) -> str:
    return f"EAID_{guid(key)}"


def _doc(doc: str) -> str:
    if not doc:
        return ""
    return (
        f'<UML:ModelElement.taggedValue><UML:TaggedValue tag="documentation" value="{_attribute(doc)}"/>'
        "</UML:ModelElement.taggedValue>"
    )


def _stereotype(name: str) -> str:
    if not name:
        return ""
    named = f'<UML:Stereotype name="{_attribute(name)}"/>'
    return f"<UML:ModelElement.stereotype>{named}</UML:ModelElement.stereotype>"


def _xmi_class(key: str, kind: Kind, sketch: Sketch) -> str:
    features = [_xmi_member(key, i, m) for i, m in enumerate(kind.members)]
    body = "\n".join(features)
    return (
        f'<UML:Class name="{_attribute(kind.name)}" xmi.id="{_id(key)}" visibility="public" isAbstract="false">'
        f"{_stereotype(kind.stereotype)}{_doc(kind.doc)}"
        + (f"<UML:Classifier.feature>\n{body}\n</UML:Classifier.feature>" if features else "")
        + "</UML:Class>"
    )


def _xmi_member(owner: str, number: int, member: Member) -> str:
    lower, _, upper = member.bounds.partition("..")
    initial = ""
    if member.default is not None:
        body = _attribute(member.default)
        initial = f'<UML:Attribute.initialValue><UML:Expression body="{body}"/></UML:Attribute.initialValue>'
    type_ = ""
    if member.type is not None:
        classifier = f'<UML:Classifier xmi.idref="{_id(member.type)}"/>'
        type_ = f"<UML:StructuralFeature.type>{classifier}</UML:StructuralFeature.type>"
    bounds = (
        "<UML:StructuralFeature.multiplicity><UML:Multiplicity><UML:Multiplicity.range>"
        f'<UML:MultiplicityRange lower="{lower}" upper="{upper or lower}"/>'
        "</UML:Multiplicity.range></UML:Multiplicity></UML:StructuralFeature.multiplicity>"
    )
    changeable = "frozen" if member.fixed else "none"
    return (
        f'<UML:Attribute name="{_attribute(member.name)}" changeable="{changeable}" '
        f'xmi.id="EAID_{guid(f"{owner}.{member.key or number}")}">{initial}{type_}{bounds}'
        f"{_stereotype('enum' if member.type is None else '')}{_doc(member.doc)}</UML:Attribute>"
    )


def _xmi_link(number: int, link: Link) -> str:
    def end(side: str, key: str, role: str, bounds: str, navigable: bool) -> str:
        return (
            f'<UML:AssociationEnd name="{_attribute(role)}" multiplicity="{bounds}" type="{_id(key)}" '
            f'isNavigable="{str(navigable).lower()}" aggregation="none">'
            f'<UML:ModelElement.taggedValue><UML:TaggedValue tag="ea_end" value="{side}"/>'
            "</UML:ModelElement.taggedValue></UML:AssociationEnd>"
        )

    return (
        f'<UML:Association xmi.id="EAID_{guid(f"link {number}")}" visibility="public">'
        f"<UML:Association.connection>{end('source', link.source, link.source_role, link.source_bounds, False)}\n"
        f"{end('target', link.target, link.target_role, link.target_bounds, True)}"
        "</UML:Association.connection></UML:Association>"
    )


WRITERS: dict[str, Callable[[Sketch], bytes]] = {"rdf": rdf_xml, "ttl": turtle, "xmi": xmi}
Format = Literal["rdf", "ttl", "xmi"]
FORMATS: tuple[Format, ...] = ("rdf", "ttl", "xmi")
XML: tuple[Format, ...] = ("rdf", "xmi")


def small() -> Sketch:
    """A sound model with one of everything: the start of most cases."""
    return Sketch(
        kinds=(
            Kind(
                name="Asset",
                doc="Something of worth.",
                members=(Member(name="mRID", bounds="1..1"),),
                key="Asset",
            ),
            Kind(
                name="Meter",
                supers=("Asset",),
                doc="A device that counts.",
                members=(
                    Member(name="serial", doc="Written on the plate."),
                    Member(name="kind", type="MeterKind"),
                    Member(name="reading", type="Decimal", bounds="0..n"),
                ),
                key="Meter",
            ),
            enumeration("MeterKind", "gas", "water", key="MeterKind"),
        ),
        links=(Link(source="Meter", target="Asset", source_role="Meters", target_role="Host"),),
    )
