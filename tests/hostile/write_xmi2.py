"""A sketch as XMI 2.1 of UML 2.1, as Sparx EA exports it: the model, and EA's own block behind it."""

from __future__ import annotations

from tests.hostile.model import Kind, Link, Member, Sketch, guid, in_attribute

_HEAD = (
    '<?xml version="1.0" encoding="windows-1252"?>\n'
    '<xmi:XMI xmi:version="2.1" xmlns:uml="http://schema.omg.org/spec/UML/2.1" '
    'xmlns:xmi="http://schema.omg.org/spec/XMI/2.1" '
    'xmlns:thecustomprofile="http://www.sparxsystems.com/profiles/thecustomprofile/1.0">\n'
    '<xmi:Documentation exporter="Enterprise Architect" exporterVersion="6.5"/>\n'
    '<uml:Model xmi:type="uml:Model" name="EA_Model" visibility="public">\n'
)


def xmi2(sketch: Sketch) -> bytes:
    """XMI 2.1, one element a line; descriptions, stereotypes and tags stand in the extension, as EA has it."""
    by_package: dict[str, list[tuple[str, Kind]]] = {p: [] for p in sketch.packages or ("Grid",)}
    first = next(iter(by_package))
    own = [(name, Kind(name=name, stereotype="Primitive")) for name in sketch.primitives]
    by_package[first] += own
    for key, kind in sketch.keyed():
        by_package[kind.package or first].append((key, kind))
    lines, applied, elements = [], [], []
    for i, (package, kinds) in enumerate(by_package.items()):
        place = f"EAPK_{guid(f'package {i}')}"
        name = in_attribute(package)
        lines.append(
            f'<packagedElement xmi:type="uml:Package" xmi:id="{place}" name="{name}" visibility="public">'
        )
        lines += [_class(key, kind) for key, kind in kinds]
        lines += [_association(n, link) for n, link in enumerate(sketch.links) if i == 0]
        lines.append("</packagedElement>")
        tag = (
            f'<tag xmi:id="T1" name="nsuri" value="{in_attribute(sketch.space)}" modelElement="{place}"/>'
            if i == 0
            else ""
        )
        elements.append(
            f'<element xmi:idref="{place}" xmi:type="uml:Package" name="{name}" scope="public">'
            f"<properties/><tags>{tag}</tags></element>"
        )
        for key, kind in kinds:
            if kind.stereotype:
                applied.append(f'<thecustomprofile:{kind.stereotype} base_Class="{_id(key)}"/>')
            elements.append(_element(key, kind, place))
    connectors = [
        f'<connector xmi:idref="EAID_{guid(f"{key} is {s}")}">'
        f'<source xmi:idref="{_id(key)}"/><target xmi:idref="{_id(s)}"/>'
        '<properties ea_type="Generalization"/></connector>'
        for key, kind in sketch.keyed()
        for s in kind.supers
    ]
    connectors += [_connector(n, link) for n, link in enumerate(sketch.links)]
    text = _HEAD + "\n".join(
        [
            *lines,
            *applied,
            "</uml:Model>",
            '<xmi:Extension extender="Enterprise Architect" extenderID="6.5">',
            "<elements>",
            *elements,
            "</elements>",
            "<connectors>",
            *connectors,
            "</connectors>",
            "</xmi:Extension>",
            "</xmi:XMI>",
        ]
    )
    return text.encode("cp1252", "xmlcharrefreplace") + b"\n"


def _id(key: str) -> str:
    return f"EAID_{guid(key)}"


def _bounds(text: str) -> str:
    lower, _, upper = text.partition("..")
    found = []
    for tag, value in (("lowerValue", lower), ("upperValue", upper or lower)):
        value = "-1" if value in ("*", "n") else value
        kind = "LiteralUnlimitedNatural" if value == "-1" else "LiteralInteger"
        found.append(f'<{tag} xmi:type="uml:{kind}" value="{value}"/>')
    return "".join(found)


def _class(key: str, kind: Kind) -> str:
    attributes = "".join(_attribute(key, i, m) for i, m in enumerate(kind.members))
    supers = "".join(
        f'<generalization xmi:type="uml:Generalization" xmi:id="EAID_{guid(f"{key} is {s}")}" '
        f'general="{_id(s)}"/>\n'
        for s in kind.supers
    )
    return (
        f'<packagedElement xmi:type="uml:Class" xmi:id="{_id(key)}" name="{in_attribute(kind.name)}" '
        f'visibility="public">\n{attributes}{supers}</packagedElement>'
    )


def _attribute(owner: str, number: int, member: Member) -> str:
    type_ = f'<type xmi:idref="{_id(member.type)}"/>' if member.type is not None else ""
    default = ""
    if member.default is not None:
        default = f'<defaultValue xmi:type="uml:LiteralString" value="{in_attribute(member.default)}"/>'
    return (
        f'<ownedAttribute xmi:type="uml:Property" xmi:id="EAID_{guid(f"{owner}.{member.key or number}")}" '
        f'name="{in_attribute(member.name)}" visibility="public" isReadOnly="{str(member.fixed).lower()}">'
        f"{_bounds(member.bounds)}{type_}{default}</ownedAttribute>\n"
    )


def _association(number: int, link: Link) -> str:
    whole = guid(f"link {number}")
    ends = {"src": f"EAID_src{whole[5:]}", "dst": f"EAID_dst{whole[5:]}"}

    def end(side: str, key: str, role: str, bounds: str) -> str:
        return (
            f'<ownedEnd xmi:type="uml:Property" xmi:id="{ends[side]}" name="{in_attribute(role)}" '
            f'visibility="public" association="EAID_{whole}" aggregation="none">'
            f'<type xmi:idref="{_id(key)}"/>{_bounds(bounds)}</ownedEnd>\n'
        )

    return (
        f'<packagedElement xmi:type="uml:Association" xmi:id="EAID_{whole}" visibility="public">'
        f'<memberEnd xmi:idref="{ends["dst"]}"/><memberEnd xmi:idref="{ends["src"]}"/>\n'
        f"{end('src', link.source, link.source_role, link.source_bounds)}"
        f"{end('dst', link.target, link.target_role, link.target_bounds)}</packagedElement>"
    )


def _element(key: str, kind: Kind, package: str) -> str:
    """What EA's own block says of a class."""
    properties = 'sType="Class" scope="public"'
    if kind.doc:
        properties += f' documentation="{in_attribute(kind.doc)}"'
    if kind.stereotype:
        properties += f' stereotype="{in_attribute(kind.stereotype)}"'
    attributes = []
    for i, member in enumerate(kind.members):
        lower, _, upper = member.bounds.partition("..")
        doc = f' value="{in_attribute(member.doc)}"' if member.doc else ""
        initial = f' body="{in_attribute(member.default)}"' if member.default is not None else ""
        stereotype = ' stereotype="enum"' if member.type is None else ""
        attributes.append(
            f'<attribute xmi:idref="EAID_{guid(f"{key}.{member.key or i}")}" name="{in_attribute(member.name)}">'
            f"<initial{initial}/><documentation{doc}/>"
            f'<properties changeability="{"frozen" if member.fixed else "changeable"}"/>'
            f'<containment containment="Not Specified" position="{i}"/><stereotype{stereotype}/>'
            f'<bounds lower="{lower}" upper="{upper or lower}"/><tags/></attribute>'
        )
    return (
        f'<element xmi:idref="{_id(key)}" xmi:type="uml:Class" name="{in_attribute(kind.name)}" scope="public">'
        f'<model package="{package}"/><properties {properties}/><tags/>'
        f"<attributes>{''.join(attributes)}</attributes></element>"
    )


def _connector(number: int, link: Link) -> str:
    def end(tag: str, key: str, role: str, bounds: str, navigable: str) -> str:
        return (
            f'<{tag} xmi:idref="{_id(key)}"><role name="{in_attribute(role)}" visibility="Public"/>'
            f'<type multiplicity="{bounds}" aggregation="none"/><modifiers isNavigable="{navigable}"/>'
            f"<documentation/><tags/></{tag}>"
        )

    return (
        f'<connector xmi:idref="EAID_{guid(f"link {number}")}">'
        f"{end('source', link.source, link.source_role, link.source_bounds, 'false')}"
        f"{end('target', link.target, link.target_role, link.target_bounds, 'true')}"
        '<properties ea_type="Association" direction="Source -&gt; Destination"/></connector>'
    )
