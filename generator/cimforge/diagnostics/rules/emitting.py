"""Rules CIM720-799: emitting."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

SCHEMAS: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM730"),
        name="text-not-in-xml",
        severity="warning",
        message="a text holds characters that XML cannot carry, here replaced by U+FFFD: {text}",
        remedy="Remove the control characters from the text in the model.",
        explain=(
            "XML 1.0 has no way to write most control characters, lone surrogates or U+FFFE, not even escaped. A\n"
            "description or an enumeration value that holds one would make a schema that no processor reads.\n"
            "The schema carries U+FFFD, the replacement character, in the place of each.\n"
            "\n"
            "Example: a description pasted from a terminal, with `\\x1b[0m` in it.\n"
            "\n"
            "Remedy: correct the text where the model is maintained."
        ),
    ),
    Rule(
        code=Code("CIM731"),
        name="redefined-member",
        severity="warning",
        message="{name} redefines {member} of {ancestor}; in schemas {name} stands without that superclass and holds all its members",
        remedy="Rename one of the two members, or drop the one in the subclass if they mean the same.",
        explain=(
            "A class has a member with the name of an inherited one. XML Schema 1.0 cannot derive such a type by\n"
            "extension: two elements of one name need one type and clear places (cos-element-consistent,\n"
            "cos-nonambig); libxml2 overlooks it, Xerces refuses the schema. So the class's type has no base: it\n"
            "holds all members, inherited ones included, and its own declaration stands in for the inherited one.\n"
            "Where the superclass is expected, an object of this class can then not be sent.\n"
            "\n"
            "Example: `Asset.kind` of type AssetKind, and `Meter.kind` of type MeterKind, Meter being an Asset.\n"
            "\n"
            "Remedy: rename one of them in the model, or leave one out of the profile."
        ),
    ),
    Rule(
        code=Code("CIM732"),
        name="superclass-folded",
        severity="warning",
        message="{name} has several superclasses: schemas keep {kept}, the members of {folded} are folded into {name}",
        remedy="Nothing needs doing where no document has a place for any {folded}; else make the profile inherit once.",
        explain=(
            "XML Schema types have one base. Of several superclasses the first stays the base, and what the others\n"
            "would pass on is declared in the class itself. Nothing is lost in the class's own documents, but an\n"
            "object of it cannot stand where one of the folded superclasses is expected.\n"
            "\n"
            "Example: `class Feeder(EquipmentContainer, EnergyArea)`: the members of EnergyArea stand in Feeder.\n"
            "\n"
            "Remedy: select one superclass in the profile and leave the other out."
        ),
    ),
    Rule(
        code=Code("CIM733"),
        name="extension-element-conflict",
        severity="error",
        message="the extension {namespace} gives {name} two different types, and a namespace has one element of a name",
        remedy="Give the two members of the extension different names, or the same type.",
        unreadable=True,
        explain=(
            "What an extension adds to standard classes is declared as global elements of the extension's own\n"
            "namespace, so that the standard types stay where they are. A namespace holds one global element\n"
            "of a name, so all members of that name need one type.\n"
            "\n"
            "Example: `acme:grade` as a String on Asset and as an Integer on Meter.\n"
            "\n"
            "Remedy: rename one (`acme:meterGrade`)."
        ),
    ),
    Rule(
        code=Code("CIM734"),
        name="fixed-value-outside-type",
        severity="warning",
        message="the fixed value {value} of {name} is no value of {type}; schemas leave it out",
        remedy="Correct the fixed value in the model.",
        explain=(
            "The model says that a member always has one value, and that value is not one its type allows. A schema\n"
            "that said so could not be read, so it leaves the value out and keeps the type.\n"
            "\n"
            "Example: an attribute of type Boolean fixed to `yes`; an enumeration fixed to a literal that it lacks.\n"
            "\n"
            "Remedy: correct the value, or the type."
        ),
    ),
    Rule(
        code=Code("CIM735"),
        name="endless-content",
        severity="warning",
        message="{name} requires an object that requires an object in turn, without end: no document can hold one ({path})",
        remedy="Make one of the ends on the way optional, or put it by reference.",
        explain=(
            "Members by value nest. Where every member on a circle is required, an object needs another inside it,\n"
            "that one needs one more, and so on: the schemas are legal, but no document satisfies them.\n"
            "\n"
            "Example: `Plan.Steps` 1..* by value and `Step.Plan` 1..1 by value.\n"
            "\n"
            "Remedy: in the profile, set one of them to 0..1 or to by reference."
        ),
    ),
    Rule(
        code=Code("CIM736"),
        name="profile-without-namespace",
        severity="error",
        message="{name} has no namespace, so its documents have no names",
        remedy="Give the profile a namespace that ends in #.",
        unreadable=True,
        explain=(
            "Element names of a message belong to the namespace of its profile (IEC 62361-100); without one there is\n"
            "no schema to write.\n"
            "\n"
            "Example: a profile file whose `namespace` is empty.\n"
            "\n"
            'Remedy: state it, for example `namespace = "http://example.org/2026/MeterReadings#"`.'
        ),
    ),
    Rule(
        code=Code("CIM737"),
        name="empty-enumeration",
        severity="warning",
        message="the enumeration {name} has no literals: schemas accept any text for it",
        remedy="Add the literals to the model, or keep them in the profile.",
        explain=(
            "An enumeration without literals allows no value at all if taken by the word, and a document could never\n"
            "state a member of this type. Schemas therefore type it as text.\n"
            "\n"
            "Example: an enumeration whose literals the profile left out by mistake.\n"
            "\n"
            "Remedy: add the literals, or use String if the list is open."
        ),
    ),
    Rule(
        code=Code("CIM738"),
        name="key-collision",
        severity="error",
        message="{name} would be described twice in {document}",
        remedy="Give one of the two another name.",
        unreadable=True,
        explain=(
            "Two things of one group ask for the same path or schema key in the OpenAPI document, which would keep\n"
            "only one of them.\n"
            "\n"
            "Example: two profiles of group EDO for the noun `EndDeviceControls`.\n"
            "\n"
            "Remedy: rename one noun, or make one a variant."
        ),
    ),
    Rule(
        code=Code("CIM739"),
        name="namespace-not-a-uri",
        severity="error",
        message="{name} uses the namespace {namespace}, which is no URI",
        remedy="Write the namespace as a URI: no blanks, quotes, braces or letters beyond ASCII.",
        unreadable=True,
        explain=(
            "A namespace name is a URI reference (Namespaces in XML 1.0, RFC 3986). Schema processors refuse a\n"
            "document that declares anything else.\n"
            "\n"
            "Example: `http://example.org/My Profile#`; `http://example.org/{version}#`.\n"
            "\n"
            "Remedy: percent-encode what a URI cannot hold, or choose another namespace."
        ),
    ),
)

ADAPTERS: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM750"),
        name="noun-without-document",
        severity="error",
        message="{noun} has a service but no document element, so no message can carry it",
        remedy="Give the profile at least one root class.",
        unreadable=True,
        explain=(
            "A request or reply of IEC 61968-100 carries its objects in one element, named after the noun and\n"
            "typed by the profile. A profile without roots has no such element, and no adapter can be written for it.\n"
            "\n"
            "Example: a profile of group AM with verbs, in which no class is marked as a root.\n"
            "\n"
            "Remedy: name the root class, or take the service out of the profile."
        ),
    ),
    Rule(
        code=Code("CIM751"),
        name="several-variants-of-noun",
        severity="warning",
        message="{noun} has several extended variants ({variants}): its service is typed without any of them",
        remedy="Join the extensions in one variant, or read the others' content from the received message.",
        explain=(
            "A noun has one service. Where the project extends the noun once, the service is typed with the extended\n"
            "profile, which reads standard documents too. Of several extensions none goes before the others, so the\n"
            "service is typed with the standard profile; the adapter leaves extension content out of its objects.\n"
            "\n"
            "Example: `AssetList.acme` and `AssetList.regio`, both for noun AssetList.\n"
            "\n"
            "Remedy: one variant that holds both extensions; or read the foreign content from the message as received."
        ),
    ),
    Rule(
        code=Code("CIM752"),
        name="interface-for-external-group",
        severity="error",
        message="{noun} asks for an adapter of group {group}, for which IEC 61968-1 defines no interface",
        remedy="Move the noun to the group whose function it serves.",
        unreadable=True,
        explain=(
            "IEC 61968-1 foresees interfaces for the classes of applications in its Interface Reference Model except\n"
            "those in EXT, which are external to the standard. Nothing is generated for EXT under the standard's name.\n"
            "\n"
            'Example: a profile with `group = "EXT"`.\n'
            "\n"
            "Remedy: choose one of the other groups, or leave the profile without a service."
        ),
    ),
    Rule(
        code=Code("CIM753"),
        name="noun-served-twice",
        severity="error",
        message="two profiles offer the service of {noun} in one group",
        remedy="Rename one noun, or make one profile a variant of the other.",
        unreadable=True,
        explain=(
            "Verb and noun together name one operation at one address. Two profiles of one group for one noun would\n"
            "compete for it.\n"
            "\n"
            "Example: two files in `profiles/EDO` whose service has noun EndDeviceControls.\n"
            "\n"
            "Remedy: give one of them another noun, or state it as an extended variant."
        ),
    ),
    Rule(
        code=Code("CIM754"),
        name="variant-without-standard",
        severity="warning",
        message="{noun} has an extended variant and no standard profile: it gets no service",
        remedy="Add the standard profile of the noun, or drop `variant` from the one there is.",
        explain=(
            "Operations belong to the standard profile of a noun; an extended variant adds content to their messages.\n"
            "Without the standard profile there is nothing to extend.\n"
            "\n"
            "Example: a build that selects `AssetList.acme` alone.\n"
            "\n"
            "Remedy: build the standard profile too."
        ),
    ),
)

FACETS: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM740"),
        name="facet-not-carried",
        severity="warning",
        message="{document} does not carry {facet} {value} of {name}: {reason}",
        remedy="Correct the facet in the model or profile; or check this elsewhere.",
        explain=(
            "Facets are carried into the XML Schema, the JSON Schemas and the checks of the Python classes. One that\n"
            "means nothing for the type, contradicts another, or says what an output has no words for is left out there.\n"
            "\n"
            "Example: a pattern with a Unicode block such as `\\p{IsGreek}`, which JSON Schema's expressions do not know.\n"
            "\n"
            "Remedy: correct the facet, or say it in simpler terms such as `[a-z]`."
        ),
    ),
)

PYTHON: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM720"),
        name="several-superclasses",
        severity="note",
        message="{class_name} has several superclasses; in Python it derives from {base} and repeats the members of the others",
        remedy="Nothing is lost; where `isinstance` matters, keep one superclass in the model.",
        explain=(
            "A Python class with slots can have only one base with slots. The first superclass becomes the base; the\n"
            "members of the others stand in the class itself, so every member is there and messages are the same,\n"
            "but `isinstance` knows the first superclass only.\n"
            "\n"
            "Example: a class that is both an Asset and a PowerSystemResource.\n"
            "\n"
            "Remedy: none needed. Order the superclasses in the model, or keep one, if the base matters to you."
        ),
    ),
    Rule(
        code=Code("CIM721"),
        name="fixed-value-not-of-type",
        severity="warning",
        message="the fixed value of {property} is no {type}: {value}; Python gets no default for it",
        remedy="Correct the fixed value or the type in the model.",
        explain=(
            "A fixed value becomes the default of the field in Python, so it has to be a value of the field's type:\n"
            "a number for a number, `true` or `false` for a Boolean, one of the literals for an enumeration.\n"
            "\n"
            'Example: `isFixed "high"` on an attribute of type Float.\n'
            "\n"
            "Remedy: correct the value or the type where the model is maintained."
        ),
    ),
    Rule(
        code=Code("CIM723"),
        name="module-collision",
        severity="error",
        message="two profiles of this build want the Python module {module}; the second is {unit}",
        remedy="Rename one of the profiles, or build them into two packages.",
        unreadable=True,
        explain=(
            "Every profile has a module of its own, named after its noun or its keyword. Two profiles whose names\n"
            "become the same module name would overwrite each other.\n"
            "\n"
            "Example: two dataset profiles with the keyword `EQ` in one build.\n"
            "\n"
            "Remedy: give one another name or keyword, or build the two separately under different `[build] name`s."
        ),
    ),
)

RULES: tuple[Rule, ...] = (*PYTHON, *SCHEMAS, *FACETS, *ADAPTERS)
