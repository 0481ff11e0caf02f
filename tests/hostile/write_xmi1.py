"""A sketch as XMI 1.1, as Sparx EA exports it."""

from __future__ import annotations

from tests.hostile.model import Kind, Link, Member, Sketch, guid, in_attribute


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
        lines.append(f'<UML:Package name="{in_attribute(package)}" xmi.id="EAPK_{guid(f"package {i}")}">')
        if i == 0:
            tag = in_attribute(sketch.space)
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
        f'<UML:ModelElement.taggedValue><UML:TaggedValue tag="documentation" value="{in_attribute(doc)}"/>'
        "</UML:ModelElement.taggedValue>"
    )


def _stereotype(name: str) -> str:
    if not name:
        return ""
    named = f'<UML:Stereotype name="{in_attribute(name)}"/>'
    return f"<UML:ModelElement.stereotype>{named}</UML:ModelElement.stereotype>"


def _xmi_class(key: str, kind: Kind, sketch: Sketch) -> str:
    features = [_xmi_member(key, i, m) for i, m in enumerate(kind.members)]
    body = "\n".join(features)
    return (
        f'<UML:Class name="{in_attribute(kind.name)}" xmi.id="{_id(key)}" visibility="public" isAbstract="false">'
        f"{_stereotype(kind.stereotype)}{_doc(kind.doc)}"
        + (f"<UML:Classifier.feature>\n{body}\n</UML:Classifier.feature>" if features else "")
        + "</UML:Class>"
    )


def _xmi_member(owner: str, number: int, member: Member) -> str:
    lower, _, upper = member.bounds.partition("..")
    initial = ""
    if member.default is not None:
        body = in_attribute(member.default)
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
        f'<UML:Attribute name="{in_attribute(member.name)}" changeable="{changeable}" '
        f'xmi.id="EAID_{guid(f"{owner}.{member.key or number}")}">{initial}{type_}{bounds}'
        f"{_stereotype('enum' if member.type is None else '')}{_doc(member.doc)}</UML:Attribute>"
    )


def _xmi_link(number: int, link: Link) -> str:
    def end(side: str, key: str, role: str, bounds: str, navigable: bool) -> str:
        return (
            f'<UML:AssociationEnd name="{in_attribute(role)}" multiplicity="{bounds}" type="{_id(key)}" '
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
