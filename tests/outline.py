"""A model as a page of text, for expectations that people can read."""

from __future__ import annotations

from cimforge.ir.index import own_properties
from cimforge.ir.model import AssociationEnd, Attribute, Classifier, Facets, Model, Property


def outline(model: Model) -> str:
    """One line for each classifier, member and literal of ``model``, in model order."""
    name = {c.id: c.name for c in model.classifiers}
    ends = {e.id: f"{c.name}.{e.name}" for c in model.classes for e in c.ends}
    keyword = {p.id: p.keyword for p in model.profiles}
    lines: list[str] = []

    def based(c: Classifier) -> str:
        taken = (c.meta.based_on or c.name).rpartition("#")[2]
        inline = " inline" if c.meta.is_anonymous else ""
        return f"{c.name} of {taken}{inline}" if model.envelope and taken != c.name else c.name + inline

    def stated(facets: Facets) -> str:
        said = [f"{f} {getattr(facets, f)!r}" for f in facets.__struct_fields__ if getattr(facets, f)]
        return f" [{', '.join(said)}]" if said else ""

    def member(p: Property) -> str:
        text = f"  {p.name}: {name[p.type]} {p.multiplicity}"
        match p:
            case Attribute():
                if p.default is not None:
                    text += f" {'fixed' if p.is_fixed else 'default'} {p.default!r}"
                text += stated(p.facets)
            case AssociationEnd():
                leads_to = " | ".join(name[a] for a in p.alternatives) or name[p.type]
                text = f"  {p.name} -> {leads_to} {p.multiplicity}"
                text += f" inverse {ends[p.inverse]}" if p.inverse else ""
                text += "" if p.navigable else " unused"
                text += f" {p.aggregation}" if p.aggregation != "none" else ""
                text += " by value" if p.containment == "value" else ""
        bounds = {str(u.multiplicity) for u in p.meta.profiles}
        if len(bounds) > 1:
            text += " {" + ", ".join(f"{keyword[u.profile]} {u.multiplicity}" for u in p.meta.profiles) + "}"
        return text + (f" extension {p.meta.extension}" if p.meta.extension else "")

    if model.envelope:
        lines.append(f"envelope {model.envelope.name} in {model.envelope.namespace}")
        lines += [f"  {name[r.class_]} {r.multiplicity}" for r in model.envelope.roots]
    for package in model.packages:
        lines.append(f"package {package.name}")
    for c in model.classes:
        bases = f" < {', '.join(name[b] for b in c.bases)}" if c.bases else ""
        lines.append(f"{'abstract ' if c.is_abstract else ''}class {based(c)}{bases}")
        lines += [member(p) for p in own_properties(c)]
    for compound in model.compounds:
        lines.append(f"compound {based(compound)}")
        lines += [member(a) for a in compound.attributes]
    for e in model.enumerations:
        lines.append(f"enumeration {based(e)}: {', '.join(v.name for v in e.literals)}")
    for d in model.datatypes:
        unit = " ".join(x for x in (d.multiplier, d.unit, d.denominator_multiplier, d.denominator_unit) if x)
        lines.append(f"datatype {d.name}: {name[d.value]} {unit}".rstrip())
    for primitive in model.primitives:
        lines.append(f"primitive {primitive.name}: {primitive.kind.value}")
    return "\n".join(lines) + "\n"
