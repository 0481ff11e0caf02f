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
        remedy="Remove the table; that of an enumeration stands below `enumerations`.",
        unreadable=True,
        explain=(
            "Only classes and compounds have members to select. Enumerations, primitives and datatypes are taken\n"
            "with the attributes that use them; `[enumerations.X]` takes some values of an enumeration.\n\n"
            "Example: `[classes.AssetKind]` with members, where `AssetKind` is an enumeration."
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
        message="no attribute of this profile has the type {name}; its table has no effect",
        remedy="Remove the table, or select an attribute of that type.",
        explain=(
            "A table of a compound or an enumeration restricts it where it is used; here it is not used.\n\n"
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
    Rule(
        code=Code("CIM330"),
        name="profile-name-taken",
        severity="error",
        unreadable=True,
        message="two elements of the profile would be called {name}: {one} and {other}",
        remedy="Give one of them another name in the profile.",
        explain=(
            "Classes, compounds, enumerations and datatypes of a profile share one room for names: each gives a type\n"
            "called as it is. Two tables have one name, a table is called as a type that comes along with an attribute,\n"
            "or two types of one name come from two namespaces.\n\n"
            'Example: `[classes.Status] of = "Asset"` in a profile with an attribute of the compound Status.\n\n'
            "Remedy: call the table otherwise; `of` names what it takes."
        ),
    ),
    Rule(
        code=Code("CIM331"),
        name="ambiguous-selection",
        severity="error",
        unreadable=True,
        message="{what} leads to {name}, which the profile takes several times: {candidates}",
        remedy="Say which one is meant: `to` for a member, `extends` for a superclass, the table's name for a root.",
        explain=(
            "A profile may take one class several times, with other members each time. Then what leads to it has to\n"
            "say which of them it means.\n\n"
            "Example: tables EndDevice and SimpleEndDevice, both of the class EndDevice, and\n"
            '`EndDevices = { by = "value" }`.\n\n'
            'Remedy: `EndDevices = { by = "value", to = "SimpleEndDevice" }`.'
        ),
    ),
    Rule(
        code=Code("CIM332"),
        name="unknown-selection",
        severity="error",
        unreadable=True,
        message="the profile has no table {name}{hint}",
        remedy="Use the name of a table of this profile.",
        explain=(
            "`to` and `extends` name tables of the profile: what stands behind `classes.` or `enumerations.` there. Only\n"
            "an end by reference may lead to a class without a table.\n\n"
            'Example: `EndDevices = { by = "value", to = "SimpleDevice" }` and no `[classes.SimpleDevice]`.\n\n'
            "Remedy: correct the name, or add the table."
        ),
    ),
    Rule(
        code=Code("CIM333"),
        name="target-of-another-kind",
        severity="error",
        unreadable=True,
        message="{what} cannot {verb} {target}: in the information model {kind} is no kind of {other}",
        remedy="Name a table of the class itself or of a subclass of it; what a table extends is its class or a superclass.",
        explain=(
            "A profile narrows what the information model allows: a member may lead to a table of its own type or of a\n"
            "subclass of it, and a table may extend one of its own class or of a superclass of it.\n\n"
            'Example: `Location = { by = "value", to = "Asset" }`: an asset is no location.\n\n'
            "Remedy: name a table of the right kind."
        ),
    ),
    Rule(
        code=Code("CIM334"),
        name="selections-extend-each-other",
        severity="error",
        unreadable=True,
        message="{name} extends itself, directly or by way of what it extends",
        remedy="Remove one of the `extends` that make the circle.",
        explain=(
            "What a table extends has to stand without it.\n\n"
            'Example: `extends = ["B"]` in table A and `extends = ["A"]` in table B, both of one class.'
        ),
    ),
    Rule(
        code=Code("CIM335"),
        name="values-of-no-enumeration",
        severity="error",
        unreadable=True,
        message="{name} is no enumeration; only enumerations have values to choose from",
        remedy="Move the table to [classes], or name the enumeration.",
        explain=(
            "A table below `enumerations` takes some of the values of an enumeration of the information model.\n\n"
            "Example: `[enumerations.Asset]`, where Asset is a class.\n\n"
            "Remedy: `[classes.Asset]`; for the values allowed of a text there is the facet `allowed`."
        ),
    ),
    Rule(
        code=Code("CIM336"),
        name="choice-of-attribute",
        severity="error",
        unreadable=True,
        message="{name} is an attribute; only association ends leave a choice between classes",
        remedy="Name one table in `to`.",
        explain=(
            "An attribute has one type. It may lead to a table of its compound or enumeration, but to one.\n\n"
            'Example: `kind = { to = ["NetworkKind", "CustomerKind"] }`.\n\n'
            "Remedy: make it one table that holds the values of both."
        ),
    ),
    Rule(
        code=Code("CIM337"),
        name="widened-facet",
        severity="error",
        unreadable=True,
        message="{name} is bound tighter in the information model than by {facet} {wanted}",
        remedy="Use a value within what the information model allows, or leave the facet out.",
        explain=(
            "Facets of a profile are added to those of the information model, of the attribute and of its type, and may\n"
            "only tighten them, as multiplicities may (CIM322).\n\n"
            "Example: `max_length = 64` where the model says 32.\n\n"
            "Remedy: tighten only."
        ),
    ),
    Rule(
        code=Code("CIM338"),
        name="facet-without-meaning",
        severity="error",
        unreadable=True,
        message="{facet} has no meaning for {name}, which is {kind}",
        remedy="Remove the facet.",
        explain=(
            "Lengths bound texts; ranges bound numbers, dates and durations; digits bound integers and decimals; patterns\n"
            "and allowed values bound all of these (XML Schema part 2, 4.3 and appendix H). Compounds, enumerations and\n"
            "association ends have no facets.\n\n"
            "Example: `max_length = 8` for an attribute of the type Integer."
        ),
    ),
    Rule(
        code=Code("CIM339"),
        name="contradicting-facets",
        severity="error",
        unreadable=True,
        message="no value of {name} holds to {problem}",
        remedy="Correct one of the two.",
        explain=(
            "The facets of a profile, with those of the information model, leave no value.\n\n"
            "Example: `min_length = 5` and `max_length = 3`.\n\n"
            "Remedy: correct one; `cimforge inspect --after link` shows those of the model."
        ),
    ),
    Rule(
        code=Code("CIM340"),
        name="narrowed-multiplicity",
        severity="note",
        message="{name} is {stated} in the information model: of the profile's {wanted} only what it allows stands",
        remedy="State the bounds in the profile as they are to be, if this is not what is meant.",
        explain=(
            "Profiles of other tools are read together with an information model that they were perhaps not made for.\n"
            "What a member may be is then what both allow: the profile never widens the model.\n\n"
            "Example: a profile made by CIMTool says 1..2, the model says 0..1: the member is 1..1."
        ),
    ),
    Rule(
        code=Code("CIM341"),
        name="choice-named-like-member",
        severity="error",
        unreadable=True,
        message="in {owner} two members would be written as {name}; one is an alternative of {member}",
        remedy="Give the alternative's table another name in the profile.",
        explain=(
            "The alternatives of a choice are written as elements called as their classes. Another member of the class, or\n"
            "of another choice there, has that name already: documents could not tell the two apart.\n\n"
            'Example: `Location = { to = ["Site", "Spot"] }` beside an association end called Site.\n\n'
            'Remedy: `[classes.SiteLocation]` with `of = "Site"`.'
        ),
    ),
    Rule(
        code=Code("CIM342"),
        name="selections-too-deep",
        severity="error",
        unreadable=True,
        message="{name} has more than {limit} levels of tables above it",
        remedy="Take the members in fewer tables.",
        explain=(
            "A table may extend another one, and that a third. So many levels as this are no profile that anybody reads,\n"
            "and what is generated from them could not be loaded.\n\n"
            "Example: a thousand tables of one class, each of which extends the one before."
        ),
    ),
    Rule(
        code=Code("CIM343"),
        name="profile-of-another-namespace",
        severity="error",
        message="{name} is a profile of the model in {wanted}; here its classes are in {found}",
        remedy="Build with --namespace {wanted} (or `namespace` under [input]) if the files name no namespace of their own.",
        unreadable=True,
        explain=(
            "CIMTool profiles name classes and members by URIs. The model at hand has classes of these names in\n"
            "another namespace. XMI and EA projects often name none; then cimforge takes that of the settings, which\n"
            "need not be the one that the profile was made with.\n\n"
            "Example: a profile of http://iec.ch/TC57/CIM-generic#Asset, and an EA project read as CIM100.\n\n"
            "Remedy: `--namespace`, or `[input] namespace`. If the model states its namespace, the profile was made for\n"
            "another release: `cimforge profile convert` makes it a selection, which calls elements by name."
        ),
    ),
)
