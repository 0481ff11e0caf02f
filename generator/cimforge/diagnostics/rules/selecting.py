"""Rules CIM320-349: selecting a profile out of an information model."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM321"),
        name="unknown-element",
        severity="error",
        message="the information model has no {what} {name}{hint}",
        remedy="Spell the name as the model does; `cimforge inspect` lists what it has.",
        unreadable=True,
        explain=(
            "A selection names a class or a member that the information model does not have, inherited members\n"
            "included.\n\n"
            "Example: `serialNo = true` in `[classes.Asset]`, where the attribute is `serialNumber`.\n\n"
            "Remedy: take one of the nearest names shown, or add the element to an extension."
        ),
    ),
    Rule(
        code=Code("CIM322"),
        name="widened-multiplicity",
        severity="error",
        message="{name} is {stated} in the information model; a profile cannot widen it to {wanted}",
        remedy="Use bounds within the information model's.",
        unreadable=True,
        explain=(
            "A profile may restrict what the information model allows: raise a minimum, lower a maximum. Widening\n"
            "would let data pass that the model forbids (modelling guide rules 216 to 224).\n\n"
            'Example: `mRID = "0..*"` where the model says 0..1.\n\n'
            "Remedy: tighten only."
        ),
    ),
    Rule(
        code=Code("CIM323"),
        name="class-not-selected",
        severity="error",
        message="{what} needs the class {name}, which this profile does not select",
        remedy='Add a [classes.{name}] table to the profile, or make the end `by = "reference"`.',
        unreadable=True,
        explain=(
            "A class whose objects stand in the document (a root, an end by value) needs a table that says which\n"
            "of its members stand there.\n\n"
            'Example: `Location = { by = "value" }` in `[classes.Asset]`, and no `[classes.Location]`.\n\n'
            "Remedy: add the table, or refer to the object instead of containing it."
        ),
    ),
    Rule(
        code=Code("CIM324"),
        name="not-selectable",
        severity="error",
        message="{name} is no class or compound; enumerations and datatypes come along by themselves",
        remedy="Remove the table.",
        unreadable=True,
        explain=(
            "Only classes and compounds have members to select. Enumerations, primitives and datatypes are taken\n"
            "whole with the attributes that use them.\n\n"
            "Example: `[classes.AssetKind]`, where `AssetKind` is an enumeration."
        ),
    ),
    Rule(
        code=Code("CIM325"),
        name="ambiguous-name",
        severity="error",
        message="several elements are called {name}: {candidates}",
        remedy="Write the name with its namespace prefix, such as `cim:{name}`.",
        unreadable=True,
        explain=(
            "Two namespaces have a class of this name, and the profile does not say which it means.\n\n"
            "Example: `[classes.Plant]` where the model has `cim:Plant` and `acme:Plant`.\n\n"
            "Remedy: write `prefix:Name`; the prefixes are those that the model's files declare."
        ),
    ),
    Rule(
        code=Code("CIM326"),
        name="repeated-member",
        severity="error",
        message="{class_name} lists {name}, which it already inherits from a class this profile selects",
        remedy="List it once: in the superclass's table, or in the subclasses' only.",
        unreadable=True,
        explain=(
            "If a superclass has its own table, subclasses inherit what it lists. Listing the member again would\n"
            "state it twice in the generated types, perhaps with other bounds.\n\n"
            "Example: `mRID = true` in `[classes.Asset]` and in `[classes.Meter]`, where a meter is an asset."
        ),
    ),
    Rule(
        code=Code("CIM327"),
        name="containment-of-attribute",
        severity="error",
        message="{name} is an attribute; only association ends are by value or by reference",
        remedy="Remove `by` from the line.",
        unreadable=True,
        explain=(
            "Attributes are always embedded; `by` chooses how the end of an association is written.\n\n"
            'Example: `serialNumber = { by = "value" }`.'
        ),
    ),
    Rule(
        code=Code("CIM328"),
        name="unused-table",
        severity="warning",
        message="no attribute of this profile has the compound type {name}; its table has no effect",
        remedy="Remove the table, or select an attribute of that type.",
        explain=(
            "A table of a compound restricts the compound where it is used; here it is not used.\n\n"
            "Example: `[classes.Status]` in a profile that selects no status."
        ),
    ),
    Rule(
        code=Code("CIM329"),
        name="required-extension",
        severity="error",
        unreadable=True,
        message="{name} belongs to an extension and is {bounds}; members of extensions are optional",
        remedy="Give it a minimum of 0 in the profile or in the extension's model.",
        explain=(
            "An extension adds to a standard message what receivers may ignore. A member that every message must\n"
            "have would make messages without it invalid, and so split those who know the extension from those who do\n"
            "not (our reading of IEC 61968-1, clause 6.2: the text is not public).\n\n"
            'Example: `"acme:grade" = true` where the extension\'s model says 1..1.\n\n'
            'Remedy: `"acme:grade" = "0..1"`.'
        ),
    ),
)
