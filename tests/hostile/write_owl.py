"""A sketch as an OWL schema, and as a profile of itself: CIMTool's OWL and its Catalog."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.model import Kind, Member, Sketch, escaped, in_attribute

UML = "http://langdale.com.au/2005/UML#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PROFILE = "http://example.org/profile#"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:owl="http://www.w3.org/2002/07/owl#" '
    f'xmlns:uml="{UML}" xmlns:msg="http://langdale.com.au/2005/Message#"'
)
_PLAIN = {"String": "string", "Integer": "integer", "Float": "float", "Decimal": "decimal"}
_PLAIN |= {"Boolean": "boolean", "Date": "date", "DateTime": "dateTime"}


def owl(sketch: Sketch) -> bytes:
    """An OWL schema in RDF/XML as CIMTool exports it, one statement a line."""
    base = escaped(sketch.space[:-1])
    lines = [f'{_HEAD} xml:base="{base}">']
    enums = {key for key, kind in sketch.keyed() if kind.stereotype == "enumeration"}

    def ref(key: str) -> str:
        return in_attribute(key if ":" in key else sketch.space + key)

    def thing(tag: str, key: str, *facts: str) -> None:
        lines.append(f'  <{tag} rdf:about="{ref(key)}">')
        lines.extend(f"    {fact}" for fact in facts if fact)
        lines.append(f"  </{tag}>")

    def text(tag: str, value: str | None) -> str:
        return f"<{tag}>{escaped(value)}</{tag}>" if value else ""

    def to(tag: str, iri: str) -> str:
        return f'<{tag} rdf:resource="{iri}"/>'

    def bounds(said: str) -> Iterator[str]:
        lower, _, upper = said.partition("..")
        yield text("uml:hasMinCardinality", lower)
        upper = upper or lower
        yield text("uml:hasMaxCardinality", upper) if upper not in ("n", "*") else ""

    packages = {name: f"Package_{i}" for i, name in enumerate(sketch.packages)}
    for name, key in packages.items():
        above = sketch.parents.get(name)
        thing(
            "uml:Package",
            key,
            text("rdfs:label", name),
            to("rdfs:isDefinedBy", ref(packages[above])) if above else "",
        )
    for name in sketch.primitives:
        thing("rdfs:Datatype", name, text("rdfs:label", name), to("uml:hasStereotype", f"{UML}primitive"))
    for key, kind in sketch.keyed():
        home = kind.package or (sketch.packages[0] if sketch.packages else "")
        thing(
            "owl:Class",
            key,
            f"<rdfs:label>{escaped(kind.name)}</rdfs:label>",
            *(to("rdfs:subClassOf", ref(s)) for s in kind.supers),
            text("rdfs:comment", kind.doc),
            to("uml:hasStereotype", f"{UML}{kind.stereotype.lower()}") if kind.stereotype else "",
            to("rdfs:isDefinedBy", ref(packages[home])) if home else "",
        )
        for i, member in enumerate(kind.members):
            place = f"{key}.{member.key or f'm{i}'}"
            said = (f"<rdfs:label>{escaped(member.name)}</rdfs:label>", text("rdfs:comment", member.doc))
            if member.type is None:
                thing("rdf:Description", place, to("rdf:type", ref(key)), *said)
                continue
            thing(
                "owl:ObjectProperty" if member.type in enums else "owl:DatatypeProperty",
                place,
                *said,
                to("rdfs:domain", ref(key)),
                to("rdfs:range", ref(member.type)),
                *bounds(member.bounds),
                text("uml:hasInitialValue", member.default),
                to("uml:hasStereotype", f"{UML}attribute"),
            )
    for i, link in enumerate(sketch.links):
        sides = (
            (f"{link.source}.t{i}", f"{link.target}.s{i}", link.target_role, link.target_bounds),
            (f"{link.target}.s{i}", f"{link.source}.t{i}", link.source_role, link.source_bounds),
        )
        for (place, other, role, said_bounds), (owner, target) in zip(
            sides, ((link.source, link.target), (link.target, link.source)), strict=True
        ):
            thing(
                "owl:ObjectProperty",
                place,
                text("rdfs:label", role),
                to("rdfs:domain", ref(owner)),
                to("rdfs:range", ref(target)),
                *bounds(said_bounds),
                to("owl:inverseOf", ref(other)),
            )
    return ("\n".join(lines) + "\n</rdf:RDF>\n").encode()


def _taken(sketch: Sketch) -> Iterator[tuple[str, Kind, list[tuple[str, Member]]]]:
    """Every class with its members, each with the identifier that a profile knows it by."""
    for key, kind in sketch.keyed():
        yield key, kind, [(f"{key}.{m.name}", m) for m in kind.members]


def cimtool(sketch: Sketch) -> bytes:
    """A CIMTool profile of everything in the sketch, in RDF/XML, one statement a line.

    A profile has no text of its own for an association's other end, and no default values.
    """
    kinds = dict(sketch.keyed())
    lines = [f'{_HEAD} xml:base="{PROFILE[:-1]}">']
    lines.append(
        f'  <owl:Ontology rdf:about="{PROFILE[:-1]}"><rdfs:label>Everything</rdfs:label>'
        f'<owl:imports rdf:resource="{in_attribute(sketch.space[:-1])}"/></owl:Ontology>'
    )

    def about(key: str) -> str:
        return in_attribute(sketch.space + key)

    def restriction(property_: str, *facts: str) -> str:
        inner = "".join(facts)
        on = f'<owl:onProperty rdf:resource="{about(property_)}"/>'
        return f"<rdfs:subClassOf><owl:Restriction>{on}{inner}</owl:Restriction></rdfs:subClassOf>"

    def cardinalities(property_: str, bounds: str) -> Iterator[str]:
        lower, _, upper = bounds.partition("..")
        upper = upper or lower
        if lower not in ("", "0"):
            yield restriction(property_, f"<owl:minCardinality>{escaped(lower)}</owl:minCardinality>")
        if upper not in ("n", "*"):
            yield restriction(property_, f"<owl:maxCardinality>{escaped(upper)}</owl:maxCardinality>")

    def value(property_: str, inside: str) -> str:
        return restriction(property_, f"<owl:allValuesFrom>{inside}</owl:allValuesFrom>")

    def part(target: str, stereotype: str = "") -> str:
        said = f'<uml:hasStereotype rdf:resource="{UML}{stereotype}"/>' if stereotype else ""
        listed = f'<owl:unionOf rdf:parseType="Collection"><owl:Class rdf:about="{PROFILE}{target}"/></owl:unionOf>'
        return f'<owl:Class>{said}<rdfs:subClassOf rdf:resource="{about(target)}"/>{listed}</owl:Class>'

    for key, kind, members in _taken(sketch):
        lines.append(f'  <owl:Class rdf:about="{PROFILE}{key}">')
        lines.append(f"    <rdfs:label>{escaped(kind.name)}</rdfs:label>")
        if kind.doc:
            lines.append(f"    <rdfs:comment>{escaped(kind.doc)}</rdfs:comment>")
        stereotype = {"enumeration": "enumeration", "Compound": "compound"}.get(kind.stereotype, "concrete")
        lines.append(f'    <uml:hasStereotype rdf:resource="{UML}{stereotype}"/>')
        lines.append(f'    <rdfs:subClassOf rdf:resource="{about(key)}"/>')
        lines += [f'    <rdfs:subClassOf rdf:resource="{PROFILE}{s}"/>' for s in kind.supers]
        if stereotype == "enumeration":
            lines.append('    <owl:oneOf rdf:parseType="Collection">')
            lines += [f'      <rdf:Description rdf:about="{about(place)}"/>' for place, _ in members]
            lines.append("    </owl:oneOf>")
            members = []
        for place, member in members:
            inner = kinds.get(member.type or "")
            if inner is None:
                iri = XSD + _PLAIN.get(member.type or "", "string")
                inside = f'<rdfs:Datatype><owl:equivalentClass rdf:resource="{iri}"/></rdfs:Datatype>'
            else:
                inside = part(member.type or "", inner.stereotype.lower())
            lines += [f"    {r}" for r in (value(place, inside), *cardinalities(place, member.bounds))]
        for link in sketch.links:
            if link.source == key:
                place = f"{key}.{link.target_role}"
                lines += [
                    f"    {r}"
                    for r in (value(place, part(link.target)), *cardinalities(place, link.target_bounds))
                ]
        lines.append("  </owl:Class>")
    return ("\n".join(lines) + "\n</rdf:RDF>\n").encode()


def catalog(sketch: Sketch) -> bytes:
    """The Catalog of such a profile, one element a line."""
    kinds = dict(sketch.keyed())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Catalog xmlns="http://langdale.com.au/2005/Message#" baseURI="{PROFILE}" name="Everything">',
    ]

    def about(key: str) -> str:
        return in_attribute(sketch.space + key)

    def occurs(bounds: str) -> str:
        lower, _, upper = bounds.partition("..")
        upper = upper or lower
        upper = "unbounded" if upper in ("n", "*") else upper
        return f'minOccurs="{in_attribute(lower)}" maxOccurs="{in_attribute(upper)}"'

    def comment(doc: str) -> str:
        return f"<Comment>{escaped(doc)}</Comment>" if doc else ""

    for key, kind, members in _taken(sketch):
        tag = {"enumeration": "EnumeratedType", "Compound": "CompoundType"}.get(kind.stereotype, "Root")
        lines.append(
            f'  <{tag} name="{in_attribute(kind.name)}" baseClass="{about(key)}" package="Grid" '
            'minOccurs="0" maxOccurs="unbounded">'
        )
        lines += [f"    {c}" for c in (comment(kind.doc),) if c]
        lines += [
            f'    <SuperType name="{in_attribute(kinds[s].name if s in kinds else s)}" baseClass="{about(s)}"/>'
            for s in kind.supers
        ]
        for place, member in members:
            name, doc = in_attribute(member.name), comment(member.doc)
            inner = kinds.get(member.type or "")
            if member.type is None:
                lines.append(
                    f'    <EnumeratedValue name="{name}" baseResource="{about(place)}">{doc}</EnumeratedValue>'
                )
                continue
            said = f'name="{name}" baseProperty="{about(place)}" {occurs(member.bounds)}'
            if inner is None:
                plain = _PLAIN.get(member.type, "string")
                lines.append(f'    <Simple dataType="{XSD}{plain}" xstype="{plain}" {said}>{doc}</Simple>')
            else:
                part = {"enumeration": "Enumerated", "Compound": "Compound"}.get(inner.stereotype, "Instance")
                type_ = f'baseClass="{about(member.type)}" type="{in_attribute(inner.name)}"'
                lines.append(f"    <{part} {type_} {said}>{doc}</{part}>")
        for link in sketch.links:
            if link.source == key:
                target = kinds[link.target].name if link.target in kinds else link.target
                lines.append(
                    f'    <Instance baseClass="{about(link.target)}" type="{in_attribute(target)}" '
                    f'name="{in_attribute(link.target_role)}" '
                    f'baseProperty="{about(f"{key}.{link.target_role}")}" {occurs(link.target_bounds)}/>'
                )
        lines.append(f"  </{tag}>")
    return ("\n".join(lines) + "\n</Catalog>\n").encode()
