"""Rules CIM2xx: merging and linking."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM203"),
        name="dangling-reference",
        severity="error",
        message="{referrer} names a {role} that is in none of the files: {target}",
        remedy="Add the file that defines it to the inputs, or correct the reference in the model.",
        unreadable=True,
        explain=(
            "A superclass, a type, a package or the class at an association's end is referred to but\n"
            "defined nowhere in the inputs. Guessing a type here would give code that loses data, so nothing is built.\n\n"
            'Example: `rdfs:subClassOf rdf:resource="#Equipmnt"` where the class is `Equipment`.\n\n'
            "Remedy: give cimforge all files of the release in one call, or correct the name."
        ),
    ),
    Rule(
        code=Code("CIM204"),
        name="wrong-kind",
        severity="error",
        message="{what} should be {wanted} and is {found}",
        remedy="Correct the reference or the stereotype of the element it leads to.",
        unreadable=True,
        explain=(
            "A reference leads to an element of a kind that cannot stand there: an attribute typed by a class\n"
            "(modelling guide rule 43), an association that leads to a compound (rule 46), a class derived from\n"
            "an enumeration.\n\n"
            "Example: `Asset.owner` with `cims:dataType` `#Organisation`, a class.\n\n"
            "Remedy: make it an association, or give the target its stereotype."
        ),
    ),
    Rule(
        code=Code("CIM205"),
        name="undefined-package",
        severity="note",
        message="{count} classes name a package that is in none of the files: {package}",
        remedy="Nothing needs doing; add the file that defines the package if its name matters to you.",
        explain=(
            "Profiles published as RDFS often leave out the package of their datatypes (CGMES 2.4.15 names a\n"
            "`Package_DomainProfile` that no file defines). The classes are kept, without a package.\n\n"
            "Example: `cims:belongsToCategory` names `#Package_DomainProfile`; the file defines `#Package_EquipmentProfile` only."
        ),
    ),
    Rule(
        code=Code("CIM206"),
        name="cycle",
        severity="error",
        message="inheritance or containment goes in a circle: {cycle}",
        remedy="Remove one generalization of the circle from the model.",
        unreadable=True,
        explain=(
            "A class is its own ancestor, or a package contains itself. No schema language can express it and\n"
            "no order of generation exists.\n\n"
            "Example: `A` derives from `B`, `B` from `C`, `C` from `A`.\n\n"
            "Remedy: one of the generalizations named is wrong; remove it."
        ),
    ),
    Rule(
        code=Code("CIM207"),
        name="duplicate-element",
        severity="error",
        message="{name} is defined twice in one file: {uri}",
        remedy="Remove or rename one of the two definitions.",
        unreadable=True,
        explain=(
            "Two definitions in one file claim the same identity. Taking the first or the last in silence\n"
            "would lose the other.\n\n"
            "Example: two classes `Plant` in one namespace, in two packages.\n\n"
            "Remedy: give one its own namespace (`nsuri` tag) or its own name. The same element in *different*\n"
            "files is no duplicate: it is merged, and differences are reported as CIM221 to CIM224."
        ),
    ),
    Rule(
        code=Code("CIM208"),
        name="unreadable-multiplicity",
        severity="error",
        message="the multiplicity of {name} makes no sense: {text!r}",
        remedy="State it as lower..upper, such as 0..1, 1..*, 0..2.",
        unreadable=True,
        explain=(
            "A multiplicity has a lower and an upper bound, the lower not above the upper, the upper not 0;\n"
            "`n`, `*` and EA's `-1` as upper bound mean unbounded.\n\n"
            "Examples that are refused: `5..2`, `abc`, `-1` alone, `0..0`.\n\n"
            "Remedy: correct the bounds in the model."
        ),
    ),
    Rule(
        code=Code("CIM209"),
        name="unstated-multiplicity",
        severity="note",
        message="{count} members state no multiplicity; attributes are taken as 0..1, association ends as 0..*",
        remedy="State the multiplicities in the model if 0..1 and 0..* are not meant.",
        explain=(
            "The source does not say how often these members may stand. The loosest reading is taken, so that no\n"
            "data is refused that the model might allow.\n\n"
            "Example: RDFS written by tools that put cardinalities into a SHACL file beside it."
        ),
    ),
    Rule(
        code=Code("CIM210"),
        name="nameless-element",
        severity="error",
        message="a {kind} has no name",
        remedy="Name it in the model; the place or id shown leads to it.",
        unreadable=True,
        explain=(
            "An element without a name can be neither generated nor referred to in data.\n\n"
            'Example: `<UML:Class name="" xmi.id="EAID_…">`.\n\n'
            "Remedy: find it by the id shown and name or delete it."
        ),
    ),
    Rule(
        code=Code("CIM211"),
        name="unnamed-role",
        severity="note",
        message="an association of {class_name} has no role name at its {target} end; the property is called {target}",
        remedy="Name both ends of the association (modelling guide rule 198).",
        explain=(
            "An association end without a role name gives a property without a name. It is called after the\n"
            "class it leads to, so that the association is not lost.\n\n"
            "Example: an association of `Asset` and `Location` whose end at `Location` is unnamed gives `Asset.Location`.\n\n"
            "Remedy: name the role in the model."
        ),
    ),
    Rule(
        code=Code("CIM212"),
        name="ambiguous-inheritance",
        severity="error",
        message="{class_name} inherits two members called {name}, from superclasses beside each other",
        remedy="Rename one of the two members, or move the one that both mean to a common superclass.",
        unreadable=True,
        explain=(
            "Of two superclasses neither of which derives from the other, each has a member of this name. An object\n"
            "of the class would have both, and neither XML nor JSON could tell them apart.\n\n"
            "Example: `Feeder` derives from `EquipmentContainer` and `EnergyArea`, which both have a `kind`.\n\n"
            "Remedy: rename one; or, if they mean the same, give the member to a superclass of both."
        ),
    ),
    Rule(
        code=Code("CIM213"),
        name="duplicate-member",
        severity="error",
        message="{name} is defined twice",
        remedy="Remove or rename one of the two members.",
        unreadable=True,
        explain=(
            "One class has two members of one name, or one enumeration two literals of one name. Data could\n"
            "not tell them apart.\n\n"
            "Example: `status: Status` twice in the class `Asset`.\n\n"
            "Remedy: remove or rename one in the model."
        ),
    ),
    Rule(
        code=Code("CIM214"),
        name="unknown-primitive",
        severity="warning",
        message="{name} is a primitive that neither the CIM nor XML Schema knows; its values are taken as strings",
        remedy="Use one of the CIM's primitives: String, Integer, Float, Decimal, Boolean, Date, DateTime, Time, Duration, MonthDay, URI.",
        explain=(
            "The lexical space of a primitive follows from its name. A name that is not known gets the widest\n"
            "space there is, string, and nothing is lost; but nothing is checked either.\n\n"
            "Example: `Blob` with the stereotype «Primitive».\n\n"
            "Remedy: reuse a CIM primitive (modelling guide rule 185 asks to avoid new ones)."
        ),
    ),
    Rule(
        code=Code("CIM215"),
        name="untyped-member",
        severity="error",
        message="{name} has no type",
        remedy="Give it a type in the model: cims:dataType or rdfs:range in RDFS, a classifier in UML.",
        unreadable=True,
        explain=(
            "A member without a type says nothing about its values; guessing one would let wrong data pass.\n\n"
            "Example: `Asset.note` with a domain and a multiplicity, but no data type and no range.\n\n"
            "Remedy: type the attribute in the model."
        ),
    ),
    Rule(
        code=Code("CIM216"),
        name="datatype-without-value",
        severity="warning",
        message="the datatype {name} has no attribute value; its values are taken as its name says, else as strings",
        remedy="Give the datatype a value attribute typed by a primitive (modelling guide rule 55).",
        explain=(
            "A CIMDatatype is a value with a unit and a multiplier; without `value` its lexical space is unknown.\n\n"
            "Example: `Voltage` «CIMDatatype» with `unit` and `multiplier` only.\n\n"
            "Remedy: add `value`, `unit` and `multiplier` to the datatype."
        ),
    ),
    Rule(
        code=Code("CIM217"),
        name="unusable-namespace",
        severity="error",
        message="`{namespace}` is no namespace: it is no absolute IRI",
        remedy="Correct the tagged value nsuri (or baseuri), such as http://example.org/grid#.",
        unreadable=True,
        explain=(
            "The tagged values `nsuri` and `baseuri` give the namespace of a package's or an element's content. It\n"
            "becomes part of every IRI, of schemas and of generated code, so it must be an absolute IRI (RFC 3987):\n"
            "it begins with a scheme, and has no blanks, quotes, angle or curly brackets, backslashes or control\n"
            "characters.\n\n"
            "Examples that are refused: `example.org/grid`, `http://example.org/my grid#`.\n\n"
            "Remedy: correct the tagged value in the model."
        ),
    ),
    Rule(
        code=Code("CIM218"),
        name="inheritance-too-deep",
        severity="error",
        message="{name} has more than {limit} levels of superclasses; that is the limit",
        remedy="Flatten the chain of superclasses in the model.",
        unreadable=True,
        explain=(
            "Generated code and documents repeat inherited members, so their size grows with the square of the\n"
            "length of a chain of superclasses, and what Python spends on them with its cube. The deepest chain in\n"
            "the CIM has about ten classes.\n\n"
            "Example: a generated model in which each of 2,000 classes derives from the one before.\n\n"
            "Remedy: flatten the chain; look for generalizations that were meant as associations."
        ),
    ),
    Rule(
        code=Code("CIM219"),
        name="unpaired-end",
        severity="warning",
        message="{name} names an inverse that is no association end of the model or does not name it back: {inverse}",
        remedy="Correct cims:inverseRoleName on one of the two ends.",
        explain=(
            "The two ends of an association name each other as inverse. This one names an end that does not\n"
            "exist or belongs to another association; the end is kept, without an inverse.\n\n"
            "Example: `Terminal.Equipment` with the inverse `Equipment.Terminal`, where the role is `Terminals`.\n\n"
            "Remedy: correct the name, or add the file that defines the other end."
        ),
    ),
    Rule(
        code=Code("CIM220"),
        name="both-ends-used",
        severity="warning",
        message="the profile {profile} uses both ends of an association, {name} and its inverse",
        remedy="State cims:AssociationUsed Yes on one end only.",
        explain=(
            "In a profile of datasets one end of an association is written in data, the other follows from it. With\n"
            "both used the same fact is stated twice, and the two statements may differ.\n\n"
            "Example: `cims:AssociationUsed` is `Yes` on `Terminal.Equipment` and on `Equipment.Terminals`.\n\n"
            "Remedy: mark the end that data does not state with `No`."
        ),
    ),
    Rule(
        code=Code("CIM221"),
        name="meaning-differs",
        severity="error",
        message="two files differ about the {field} of {name}: {first} in {first_file}, here {second}",
        remedy="Use files of one release together, or correct the one that is wrong.",
        unreadable=True,
        explain=(
            "The same element is stated with another kind, superclass or type in another file. No model can\n"
            "hold both, and first-wins would make the result depend on file order.\n\n"
            "Example: `Breaker` is a `ProtectedSwitch` in EQ and a `Switch` in SSH.\n\n"
            "Remedy: check that all files are of one release; correct the one that is wrong."
        ),
    ),
    Rule(
        code=Code("CIM222"),
        name="multiplicity-differs",
        severity="warning",
        message="profiles differ about the multiplicity of {name}: {first} in {first_file}, here {second}",
        remedy="Nothing needs doing if the profiles mean it: each keeps its own, the family takes the widest.",
        explain=(
            "Profiles of one family often restrict one element differently. Each profile's XSD keeps the\n"
            "profile's own bounds; classes that serve the whole family take the widest, and say in their\n"
            "metadata what each profile asks.\n\n"
            "Example: `IdentifiedObject.name` in CGMES 3.0 is 1..1 in EQ and 0..1 in others."
        ),
    ),
    Rule(
        code=Code("CIM223"),
        name="detail-differs",
        severity="warning",
        message="two files differ about the {field} of {name}: {first} in {first_file}, here {second}",
        remedy="Correct the file that is wrong; the first in path order is used.",
        explain=(
            "A default, a fixed value or an inverse role differs between files. The statement of the first file in\n"
            "path order is used for the family.\n\n"
            "Example: the inverse of `Terminal.TopologicalNode` is spelled `Terminal` in one file and `Terminals` in another.\n\n"
            "Remedy: correct the file that is wrong."
        ),
    ),
    Rule(
        code=Code("CIM224"),
        name="text-differs",
        severity="note",
        message="two files describe {name} differently; the text of {first_file} is used",
        remedy="Nothing needs doing.",
        explain=(
            "The description of an element differs between files. The first in path order is used in generated\n"
            "documentation.\n\n"
            'Example: the boundary profile says "the region", the core profile "the geographical region".'
        ),
    ),
    Rule(
        code=Code("CIM225"),
        name="duplicate-profile",
        severity="warning",
        message="two files define the same profile: {profile}",
        remedy="Give only one version of each profile file.",
        explain=(
            "Two files carry the same ontology identity. Their elements are merged as one profile.\n\n"
            "Example: `EQ_v1.rdf` and `EQ_v2.rdf` of one folder, both with the same ontology IRI.\n\n"
            "Remedy: remove the copy, or the older version, from the inputs."
        ),
    ),
)
