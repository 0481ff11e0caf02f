"""Rules CIM350-369: profiles that CIMTool wrote."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM350"),
        name="profile-in-no-namespace",
        severity="warning",
        message="the profile states no namespace; its documents get {namespace}",
        remedy="Give the file an `xml:base` and an `owl:Ontology`, as CIMTool writes them since 2008.",
        explain=(
            "The namespace of a profile's documents is the IRI of its ontology. Profiles of CIMTool's first years have\n"
            "neither an ontology nor an `xml:base`: their classes have no IRI that means anything outside the file.\n"
            "Element names and structure do not suffer, but documents of two such profiles cannot be told apart.\n\n"
            'Example: `<owl:Class rdf:ID="Breaker">` in a file whose root element has no `xml:base`.\n\n'
            "Remedy: open the profile in a newer CIMTool and save it, or add the two lines by hand."
        ),
    ),
    Rule(
        code=Code("CIM351"),
        name="broken-list",
        severity="error",
        message="the list {list} {what}",
        remedy="Save the profile again in CIMTool, or complete the list: each rdf:rest leads on, the last to rdf:nil.",
        explain=(
            "OWL writes a list as a chain of cells. A chain that breaks off, branches or comes back to itself has members\n"
            "that nobody can tell: a choice would lack a class, an enumeration a literal.\n\n"
            "Example: `_:a rdf:first :Name` without an `rdf:rest`, after the file was cut or edited.\n\n"
            "Remedy: the place of the last good cell is shown."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM352"),
        name="restriction-without-property",
        severity="warning",
        message="a restriction of the class {name} does not say which property it restricts, and is left out",
        remedy="Name one property by IRI with owl:onProperty, or remove the restriction.",
        explain=(
            "A restriction says something of one property of a class. Without `owl:onProperty`, or with several, it says\n"
            "nothing that can be held against a document. CIMTool passes over it without a word.\n\n"
            "Example: `<owl:Restriction><owl:minCardinality>1</owl:minCardinality></owl:Restriction>`.\n\n"
            "Remedy: complete it, or remove it."
        ),
    ),
    Rule(
        code=Code("CIM353"),
        name="unreadable-cardinality",
        severity="error",
        message="the {predicate} of {name} is no number: {text!r}",
        remedy="Write a whole number of at most nine digits.",
        explain=(
            "A cardinality is a count. What else stands there could be meant as any.\n\n"
            "Example: `<owl:maxCardinality>many</owl:maxCardinality>`; in a Catalog `maxOccurs` may be `unbounded`.\n\n"
            "Remedy: write the number, or leave the cardinality out where there is no bound."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM354"),
        name="contradictory-cardinality",
        severity="error",
        message="the profile wants at least {lower} and at most {upper} of {name}",
        remedy="Correct one of the two in CIMTool.",
        explain=(
            "No document can have that many values. Each of the two bounds may be the one that was meant, so that neither\n"
            "is taken.\n\n"
            "Example: `owl:minCardinality` 2 and `owl:maxCardinality` 1 on one property of one class.\n\n"
            "Remedy: correct the profile."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM355"),
        name="profile-class-twice",
        severity="error",
        message="two classes of the profile are called {name}: this one and {first}",
        remedy="Rename one of them in CIMTool; its label is its name.",
        explain=(
            "Documents, schemas and code know a class of a profile by its name alone. CIMTool takes the label, else the\n"
            "last part of the IRI, and would write two types of one name into one schema.\n\n"
            "Example: `#Name` and `#Name1`, the second with the label `Name`.\n\n"
            "Remedy: give one of the two another label."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM356"),
        name="profile-classes-in-a-circle",
        severity="error",
        message="classes of the profile extend each other in a circle: {cycle}",
        remedy="Remove one of the superclasses in CIMTool.",
        explain=(
            "A class that extends itself by way of others has no beginning: its members could not be listed, and no schema\n"
            "can be written for it.\n\n"
            "Example: `#Asset` is a subclass of `#Equipment`, and `#Equipment` one of `#Asset`.\n\n"
            "Remedy: the classes of the circle are shown in order; take one step out."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM357"),
        name="enumeration-without-literals",
        severity="warning",
        message="the profile takes every literal of {name} and lists none; without the information model its values are texts",
        remedy="Build with the information model that the profile was made of.",
        explain=(
            "A profile that takes an enumeration whole does not list its literals: they stand in the information model alone.\n"
            "Without it any text would have to pass as a value, and does.\n\n"
            "Example: `:YesNo` is a subclass of the CIM's `YesNo` without an `owl:oneOf`.\n\n"
            "Remedy: add the model to the inputs: `cimforge build model.xmi profile.owl`."
        ),
    ),
    Rule(
        code=Code("CIM358"),
        name="profile-class-without-base",
        severity="error",
        message="the profile class {name} is based on no class of an information model",
        remedy="Make it a subclass of the class it restricts.",
        explain=(
            "A profile takes classes out of an information model and tightens them. A class that is based on none has no\n"
            "members to take, and would be an extension that nobody declared.\n\n"
            "Example: `:Wrapper a owl:Class` without an `rdfs:subClassOf` that leaves the profile.\n\n"
            "Remedy: base it on a class, or declare an extension of the information model and base it on that."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM359"),
        name="profile-class-with-several-bases",
        severity="warning",
        message="the profile class {name} is based on several classes of the model; {chosen} stands, of {bases}",
        remedy="Leave one of them in CIMTool.",
        explain=(
            "A profile class restricts one class of the information model. Of several, the one with the class's own name is\n"
            "taken, else the first in alphabetical order; CIMTool takes whichever it reads last.\n\n"
            "Example: `:Asset` is a subclass of `cim:Asset` and of `cim:IdentifiedObject`.\n\n"
            "Remedy: remove the others; what they have is inherited anyway."
        ),
    ),
    Rule(
        code=Code("CIM360"),
        name="member-without-values",
        severity="note",
        message="{name} has bounds and no values (owl:allValuesFrom): it is no part of the profile, as in CIMTool",
        remedy="Add the member in CIMTool if it was meant to be kept, else remove its bounds.",
        explain=(
            "A member belongs to a profile if the profile says what its values are. A restriction that only counts them is\n"
            "what CIMTool leaves behind where a member was taken out; its own schemas do not have the member.\n\n"
            "Example: `owl:minCardinality` 1 on `IdentifiedObject.mRID`, and nothing else.\n\n"
            "Remedy: add the member again, or remove the restriction."
        ),
    ),
    Rule(
        code=Code("CIM361"),
        name="member-with-several-values",
        severity="warning",
        message="{name} is restricted to {count} different kinds of values; the first in the file stands",
        remedy="Leave one owl:allValuesFrom, with a union if several classes are meant.",
        explain=(
            "Several restrictions of one member mean that a value satisfies all of them, which CIMTool's profiles never\n"
            "mean: it takes whichever it reads last.\n\n"
            "Example: `owl:allValuesFrom` an anonymous class for `:Name`, and another for `:Name2`.\n\n"
            "Remedy: remove one."
        ),
    ),
    Rule(
        code=Code("CIM362"),
        name="profile-without-root",
        severity="warning",
        message="no class of {name} is «concrete»: its documents hold nothing",
        remedy="Mark the classes that stand directly in a document as concrete (Root) in CIMTool.",
        explain=(
            "A document of a profile holds objects of its root classes, and what these contain. A profile without a root\n"
            "has types, which other schemas may use, and no documents.\n\n"
            "Example: a profile of 2007, when CIMTool knew no roots.\n\n"
            "Remedy: mark the roots, or take the model's own dataset form (RDFS) where data is exchanged as CIM/XML."
        ),
    ),
    Rule(
        code=Code("CIM363"),
        name="profile-without-information-model",
        severity="note",
        message="no information model at hand: the bounds of {name} are the profile's own, and so is all that it says of types",
        remedy="Add the information model to the inputs: cimforge build MODEL PROFILE.",
        explain=(
            "A CIMTool profile states what it takes and how it tightens that. What it does not state stands in the\n"
            "information model: descriptions, the literals of enumerations that are taken whole, value types of datatypes,\n"
            "upper bounds. Without the model the profile is read by itself; attributes are then taken as 0..1 and ends as\n"
            "0..* where the profile states no bound.\n\n"
            "Example: `cimforge build Asset.owl`.\n\n"
            "Remedy: name the model that the profile was made of beside it."
        ),
    ),
    Rule(
        code=Code("CIM364"),
        name="presupposed-circle",
        severity="warning",
        message="the profile presupposes that {sub} is a kind of {base}, and elsewhere the reverse; the former is left out",
        remedy="Check which class the members belong to: a class has only members of its own and of its superclasses.",
        explain=(
            "Without an information model, the superclasses of its classes follow from what profiles do with them: a class\n"
            "that has a member of another is a kind of that other, and so is a class whose profile extends the other's.\n"
            "What follows must not go in a circle.\n\n"
            "Example: `:Asset` has `Meter.serial`, and `:Meter` has `Asset.name`.\n\n"
            "Remedy: correct the profile, or add the information model to the inputs."
        ),
    ),
    Rule(
        code=Code("CIM365"),
        name="presupposed-without-type",
        severity="warning",
        message="the profile does not say of which type {name} is; without the information model its values are texts",
        remedy="Build with the information model that the profile was made of.",
        explain=(
            "A profile need not repeat the type that a member has in the information model. Without the model any text has\n"
            "to pass as a value.\n\n"
            'Example: `owl:allValuesFrom [ a rdfs:Datatype ; rdfs:label "drProgramLevel" ]`, without an\n'
            "`owl:equivalentClass`.\n\n"
            "Remedy: add the model to the inputs."
        ),
    ),
    Rule(
        code=Code("CIM368"),
        name="presupposed-in-two-namespaces",
        severity="warning",
        message="{stale} is taken for {uri}: the profile says no more of it than its name",
        remedy="Build with the information model that the profile was made of.",
        explain=(
            "CIMTool keeps in a profile what the type of a member was called when the member was added. Where the model\n"
            "has got another namespace since, the profile has both; CIMTool follows the model and so does not mind.\n"
            "Without the model, a class of which the profile says nothing but its name is taken for the one class of that\n"
            "name of which it says more.\n\n"
            "Example: `http://epri.com/gmdm#TransformerTankInfo` as the type of a reference, beside a profile class that is\n"
            "based on `http://cim.ucaiug.io/CIM101/draft#TransformerTankInfo`.\n\n"
            "Remedy: add the model to the inputs."
        ),
    ),
    Rule(
        code=Code("CIM369"),
        name="profile-contradicts-model",
        severity="error",
        message="{name}: the profile wants {wanted}, the information model {stated}; no document can have both",
        remedy="Correct the bounds in CIMTool, or build with the model that the profile was made of.",
        explain=(
            "Where a profile of CIMTool allows more than the information model, what both allow stands. Here the two have\n"
            "no count in common.\n\n"
            "Example: `owl:minCardinality` 2 on an attribute, which the model has once at most.\n\n"
            "Remedy: correct the profile."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM366"),
        name="unknown-catalog-element",
        severity="warning",
        message="{count} elements <{tag}> of the Catalog are not read; the first stands here",
        remedy="Take the profile's .owl, from which CIMTool makes the Catalog, if what they say matters.",
        explain=(
            "The Catalog is what CIMTool's own schema builders read. It grows with CIMTool's versions, and what an element\n"
            "means that stands in none of those that were published is not known.\n\n"
            'Example: `<Operation name="cancel"/>` in a `ComplexType`.\n\n'
            "Remedy: read the profile's .owl instead; report the element if it should be read."
        ),
    ),
    Rule(
        code=Code("CIM367"),
        name="catalog-attribute-missing",
        severity="error",
        message="<{tag}> has no usable attribute {attribute}{name}",
        remedy="Write the Catalog again with CIMTool (builder `xml`).",
        explain=(
            "Without it the element cannot be told: what it is called, what it is based on, or what its values are.\n\n"
            'Example: `<Simple name="mRID" …/>` without `baseProperty`.\n\n'
            "Remedy: write the Catalog again; it is a product, not a source."
        ),
        unreadable=True,
    ),
)
