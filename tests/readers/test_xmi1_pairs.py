"""Five CGMES profiles in two notations each: the UML as XMI, and RDFS (with SHACL) of the same profile.

``xmi11/cgmes-schema`` has the XMI with the Turtle and SHACL that its publisher made of it;
``rdfs/cgmes-3.0.0`` is ENTSO-E's own RDFS of four of the profiles. Both are read here by rdflib alone. What
the notations say differently is listed below, each with its cause in the files; everything else must be
the same: classes, kinds, superclasses, attributes, types, bounds, fixed values, ends, inverses, texts.
"""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import rdflib
from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, EndFact, Facts, MemberFact, Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.source import RawSource
from cimforge.readers.xmi1 import read_xmi1
from cimforge.readers.xml_stream import open_xml
from rdflib.namespace import RDF, RDFS, SH

TURTLE = {"Topology", "CoreEquipment", "DiagramLayout", "GeographicalLocation", "SimulationSettings"}
ENTSOE = {"Topology": "TP", "CoreEquipment": "EQ", "DiagramLayout": "DL", "GeographicalLocation": "GL"}

CIMS = "http://iec.ch/TC57/1999/rdf-schema-extensions-19990926#"
CIM = "http://iec.ch/TC57/CIM100#"
EUROPEAN = "http://iec.ch/TC57/CIM100-European#"
XSD = "http://www.w3.org/2001/XMLSchema#"

TURTLE_SPACE = "http://iec.ch/TC57/2013/"
"""The Turtle is written with ``@base <http://iec.ch/TC57/2013/CIM-schema-cim16#>`` and ``<Name>``; resolving
a relative reference drops the base's last segment and fragment (RFC 3986, 5.2), so the names are these."""

# -- What differs, and why -----------------------------------------------------------------------------

ONTOLOGY = "-EU_Ontology"
"""1. The class «owl» with the profile's header (20 or 21 attributes) is an ontology header in ENTSO-E's RDFS
and nothing in the Turtle."""

LOST_STEREOTYPES: dict[str, dict[str, set[str]]] = {
    # 2. EA's 4.1RR export writes one stereotype for each element: no element of the five files has two, and
    #    none is in two of the lists at the end. The RDFS has all.
    "Topology": {
        "IdentifiedObject.energyIdentCodeEic": {"deprecated"},
        "IdentifiedObject.shortName": {"deprecated"},
    },
    "CoreEquipment": {
        "IdentifiedObject.energyIdentCodeEic": {"deprecated"},
        "IdentifiedObject.shortName": {"deprecated"},
        "SVCControlMode": {"deprecated"},
        "LimitKind": {"European"},
    },
    "DiagramLayout": {},
    "GeographicalLocation": {},
}
LOST_LITERAL_STEREOTYPES = {"CoreEquipment": {"LimitKind": ("European", 11)}}
"""2b. So do all literals of ``LimitKind``: «enum» stays, «European» is lost, and with it their namespace."""

AGGREGATION = {"CoreEquipment": {("GeneratingUnit", "GrossToNetActivePowerCurves")}}
"""3. The one diamond. XMI marks the end at ``GeneratingUnit``; the RDFS says «ofAggregate» on the property
that leads from there."""

LITERAL_CODES = {
    # 4. Literals have initial values in UML (codes of units and currencies), of which RDFS has nothing.
    "Topology": 0,
    "CoreEquipment": 344,
    "DiagramLayout": 157,
    "GeographicalLocation": 0,
    "SimulationSettings": 183,
}

FLATTENED = {
    # 5. The Turtle has no datatypes and enumerations: what they are typed by is an XSD type. Money is the one
    #    CIMDatatype here whose value is a Decimal.
    "enumeration": "string",
    "CIMDatatype": "double",
    "Money": "decimal",
    "String": "string",
    "Integer": "integer",
    "Float": "double",
    "Boolean": "boolean",
    "Duration": "duration",
}
NOT_FLATTENED = {"DateTime": "https://schema.org/DateTime", "MonthDay": f"{TURTLE_SPACE}MonthDay"}


# -- Both sides in one shape ---------------------------------------------------------------------------


@dataclass
class Property:
    type: str
    bounds: tuple[int, int | None] | None
    doc: str
    stereotypes: set[str] = field(default_factory=set)
    fixed: str | None = None
    inverse: tuple[str, str] | None = None
    used: bool | None = None
    aggregation: str = ""


Properties = dict[tuple[str, str], Property]


@dataclass
class Uml:
    facts: Facts
    classes: dict[str, ClassFact]
    supers: dict[str, set[str]]
    attributes: Properties
    ends: Properties
    literals: dict[str, list[MemberFact]]

    def kind(self, name: str) -> str:
        marks = self.classes[name].stereotypes
        return next(
            (s for s in marks if s in ("enumeration", "Primitive", "CIMDatatype", "Compound")), "class"
        )


def bounds(text: str) -> tuple[int, int | None]:
    text = text.removeprefix("M:")
    lower, _, upper = text.rpartition("..") if ".." in text else (text, "", text)
    return int(lower), None if upper in ("n", "*", "-1") else int(upper)


def folded(text: object) -> str:
    return " ".join(html.unescape(str(text or "")).split())


@cache
def uml(path: Path) -> Uml:
    source = RawSource(path=path.name, data=path.read_bytes())
    stream = open_xml(source, Report())
    assert stream is not None
    facts = read_xmi1(source, stream, Report())
    assert facts is not None
    by_id = {c.id: c for c in facts.classes}
    labels = {c.name: c for c in facts.classes}
    assert len(labels) == len(by_id)

    def name(ref: Ref | None) -> str:
        assert ref is not None
        return by_id[ElementId(ref.value)].name if ref.by == "id" else ref.value

    result = Uml(facts, labels, {n: set() for n in labels}, {}, {}, {})
    for member in facts.members:
        owner = name(member.owner)
        if result.kind(owner) == "enumeration":
            result.literals.setdefault(owner, []).append(member)
        elif not owner.endswith(ONTOLOGY):
            result.attributes[owner, member.name] = Property(
                type=name(member.type),
                bounds=bounds(member.multiplicity),
                doc=member.doc,
                stereotypes=set(member.stereotypes),
                fixed=member.default if member.is_constant else None,
            )
    for connector in facts.connectors:
        if connector.kind == "Generalization":
            child = name(connector.source.element)
            result.supers[child].add(name(connector.target.element))
            continue
        assert connector.kind == "Association"
        for near, far in ((connector.source, connector.target), (connector.target, connector.source)):
            result.ends[name(near.element), far.role] = _end(
                far, name(far.element), (name(far.element), near.role), set(connector.stereotypes)
            )
    del result.classes[next(n for n in labels if n.endswith(ONTOLOGY))]
    return result


def _end(end: EndFact, type_: str, inverse: tuple[str, str], marks: set[str]) -> Property:
    return Property(
        type=type_,
        bounds=bounds(end.multiplicity),
        doc=end.doc,
        stereotypes=marks | set(end.stereotypes),
        inverse=inverse,
        used=end.navigable,
        aggregation=end.aggregation,
    )


@cache
def graph(*paths: Path) -> rdflib.Graph:
    found = rdflib.Graph()
    for path in paths:
        found.parse(path)
    return found


def tail(node: object) -> str:
    return str(node).removeprefix(TURTLE_SPACE).rpartition("#")[2]


# -- XMI and the Turtle that was made of it ------------------------------------------------------------


@pytest.mark.parametrize("stem", sorted(TURTLE))
def test_turtle_and_shacl_say_the_same(corpus: Path, stem: str) -> None:
    folder = corpus / "xmi11/cgmes-schema"
    model = uml(folder / f"{stem}.xmi")
    rdfs, shacl = graph(folder / f"{stem}.ttl"), graph(folder / f"{stem}Shape.ttl")
    classes = {tail(c): c for c in rdfs.subjects(RDF.type, RDFS.Class)}
    assert set(classes) == {n for n in model.classes if model.kind(n) in ("class", "Compound")}
    for name, node in classes.items():
        assert {tail(o) for o in rdfs.objects(node, RDFS.subClassOf)} == model.supers[name], name
        assert folded(rdfs.value(node, RDFS.comment)) == folded(model.classes[name].doc)

    wanted = {
        k: p
        for k, p in (model.attributes | model.ends).items()
        if model.kind(k[0]) in ("class", "Compound")  # 5: the attributes of datatypes went with them
    }
    found: Properties = {}
    # rdfs:Property does not exist; the publisher writes it all the same
    for node in rdfs.subjects(RDF.type, rdflib.URIRef(f"{RDFS}Property")):
        owner, _, member = tail(node).partition(".")
        assert tail(rdfs.value(node, RDFS.domain)) == owner
        (shape,) = shacl.subjects(SH.path, node)
        lower, upper = shacl.value(shape, SH.minCount), shacl.value(shape, SH.maxCount)
        found[owner, member] = Property(
            type=str(rdfs.value(node, RDFS.range)),
            bounds=(int(str(lower or 0)), None if upper is None else int(str(upper))),
            doc=folded(rdfs.value(node, RDFS.comment)),
        )
    assert {k: (_turtle_type(model, p), p.bounds, folded(p.doc)) for k, p in wanted.items()} == {
        k: (p.type, p.bounds, p.doc) for k, p in found.items()
    }


def _turtle_type(model: Uml, property_: Property) -> str:
    kind = model.kind(property_.type)
    if kind in ("class", "Compound"):
        return TURTLE_SPACE + property_.type
    other = NOT_FLATTENED.get(property_.type)
    return other or XSD + (FLATTENED.get(property_.type) or FLATTENED[kind])


# -- XMI and ENTSO-E's RDFS ----------------------------------------------------------------------------


def rdfs_of(corpus: Path, stem: str) -> rdflib.Graph:
    return graph(corpus / f"rdfs/cgmes-3.0.0/IEC61970-600-2_CGMES_3_0_0_RDFS2020_{ENTSOE[stem]}.rdf")


def marks_of(rdfs: rdflib.Graph, node: rdflib.term.Node) -> set[str]:
    return {tail(s) for s in rdfs.objects(node, rdflib.URIRef(f"{CIMS}stereotype"))}


@pytest.mark.parametrize("stem", sorted(ENTSOE))
def test_entsoe_classes_are_the_same(corpus: Path, stem: str) -> None:
    model, rdfs = uml(corpus / f"xmi11/cgmes-schema/{stem}.xmi"), rdfs_of(corpus, stem)
    nodes = {tail(c): c for c in rdfs.subjects(RDF.type, RDFS.Class)}
    assert set(nodes) == set(model.classes)
    for name, node in nodes.items():
        fact, marks = model.classes[name], marks_of(rdfs, node)
        assert {tail(o) for o in rdfs.objects(node, RDFS.subClassOf)} == model.supers[name], name
        assert folded(rdfs.value(node, RDFS.comment)) == folded(fact.doc), name
        if model.kind(name) == "class":
            assert ("concrete" in marks) is (fact.is_abstract is False), name
        lost = LOST_STEREOTYPES[stem].get(name, set())
        assert marks - {"concrete"} == set(fact.stereotypes) | lost, name
        assert str(node) == (EUROPEAN if "European" in marks else CIM) + name


@pytest.mark.parametrize("stem", sorted(ENTSOE))
def test_entsoe_properties_are_the_same(corpus: Path, stem: str) -> None:
    model, rdfs = uml(corpus / f"xmi11/cgmes-schema/{stem}.xmi"), rdfs_of(corpus, stem)
    attributes, ends = _rdfs_properties(rdfs)
    for found, stated in ((attributes, model.attributes), (ends, model.ends)):
        assert set(found) == set(stated)
        for key, theirs in found.items():
            ours = stated[key]
            lost = LOST_STEREOTYPES[stem].get(".".join(key), set())
            assert theirs.stereotypes == ours.stereotypes | lost, key
            assert (theirs.type, theirs.bounds, theirs.fixed) == (ours.type, ours.bounds, ours.fixed), key
            assert (theirs.inverse, theirs.used) == (ours.inverse, ours.used), key
            assert theirs.doc == folded(ours.doc), key
    diamonds = AGGREGATION.get(stem, set())
    assert {k for k, p in ends.items() if p.aggregation} == diamonds
    assert {p.inverse for p in model.ends.values() if p.aggregation != "none"} == diamonds


def _rdfs_properties(rdfs: rdflib.Graph) -> tuple[Properties, Properties]:
    attributes: Properties = {}
    ends: Properties = {}
    for node in rdfs.subjects(RDF.type, RDF.Property):
        about = {str(p): o for p, o in rdfs.predicate_objects(node) if str(p) != f"{CIMS}stereotype"}
        owner, _, member = tail(node).partition(".")
        assert tail(about[str(RDFS.domain)]) == owner
        marks = marks_of(rdfs, node)
        assert str(node).startswith(EUROPEAN if "European" in marks else CIM)
        inverse, used = about.get(f"{CIMS}inverseRoleName"), about.get(f"{CIMS}AssociationUsed")
        fixed = about.get(f"{CIMS}isFixed")
        near, _, role = tail(inverse).partition(".")
        (ends if inverse else attributes)[owner, member] = Property(
            type=tail(about.get(f"{CIMS}dataType") or about[str(RDFS.range)]),
            bounds=bounds(tail(about[f"{CIMS}multiplicity"])),
            doc=folded(about.get(str(RDFS.comment))),
            stereotypes=marks - {"attribute", "ofAggregate"},
            fixed=None if fixed is None else str(fixed),
            inverse=(near, role) if inverse else None,
            used=None if used is None else {"Yes": True, "No": False}[str(used)],
            aggregation="shared" if "ofAggregate" in marks else "",
        )
    return attributes, ends


@pytest.mark.parametrize("stem", sorted(ENTSOE))
def test_entsoe_literals_are_the_same(corpus: Path, stem: str) -> None:
    model, rdfs = uml(corpus / f"xmi11/cgmes-schema/{stem}.xmi"), rdfs_of(corpus, stem)
    for name, literals in model.literals.items():
        (node,) = (c for c in rdfs.subjects(RDF.type, RDFS.Class) if tail(c) == name)
        found = {tail(n).partition(".")[2]: n for n in rdfs.subjects(RDF.type, node)}
        assert Counter(list(found)) == Counter(m.name for m in literals)
        lost, count = LOST_LITERAL_STEREOTYPES.get(stem, {}).get(name, ("", len(literals)))
        assert len(literals) == count
        for literal in literals:
            node = found[literal.name]
            assert folded(rdfs.value(node, RDFS.comment)) == folded(literal.doc)
            assert marks_of(rdfs, node) == {*literal.stereotypes, lost} - {""}
            assert str(node).startswith(EUROPEAN if lost else CIM)


@pytest.mark.parametrize("stem", sorted(TURTLE))
def test_only_uml_has_codes_of_literals(corpus: Path, stem: str) -> None:
    model = uml(corpus / f"xmi11/cgmes-schema/{stem}.xmi")
    literals = [m for each in model.literals.values() for m in each]
    assert sum(m.default is not None for m in literals) == LITERAL_CODES[stem]


@pytest.mark.parametrize("stem", sorted(TURTLE))
def test_export_writes_one_stereotype_at_most(corpus: Path, stem: str) -> None:
    """The cause of `LOST_STEREOTYPES`, in the file itself."""
    text = (corpus / f"xmi11/cgmes-schema/{stem}.xmi").read_text(encoding="cp1252")
    lists = text[text.index("<UML:Stereotype ") :]
    listed = Counter(line for line in map(str.strip, lists.splitlines()) if "Core.ModelElement xmi" in line)
    assert listed
    assert set(listed.values()) == {1}
