"""Rules CIM370-399: profiles of other tools as selections, and profiles on another information model."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM370"),
        name="converted-otherwise",
        severity="warning",
        message="the selection of {name} differs from its source in {what}",
        remedy="Compare the two by hand, and report what a selection cannot say.",
        explain=(
            "After a conversion both are read, the source and the selection, and the profiles that they give are\n"
            "compared. Here these are not the same.\n\n"
            "Example: a documentation with characters that a selection refuses.\n\n"
            "Remedy: compare the two. What is a fault of ours is welcome as an issue."
        ),
    ),
    Rule(
        code=Code("CIM371"),
        name="no-roots-to-convert",
        severity="error",
        message="{name} marks no class as one that documents begin with; its selection needs roots",
        remedy="Uncomment the roots in the selection.",
        explain=(
            "In a profile of CIMTool a class that stands directly in a document carries the stereotype «concrete». Without\n"
            "one there are types and no documents. A selection names its roots; the converted one lists the candidates as\n"
            "comments.\n\n"
            "Example: a profile of classes that another profile imports.\n\n"
            "Remedy: uncomment those that documents begin with."
        ),
    ),
    Rule(
        code=Code("CIM372"),
        name="class-gone",
        severity="error",
        message="the information model has no class {name}{hint}",
        remedy="Take its successor in the profile, or drop its table.",
        explain=(
            "A profile takes a class, compound or enumeration that this information model does not have. Given the model\n"
            "that the profile was made for (`--was`), a class of the same id (EA's GUID) under another name is shown.\n\n"
            "Example: a profile on CIM100 takes a class that CIM101 renamed.\n\n"
            "Remedy: write the new name, with `of` where the profile is to keep the old one."
        ),
    ),
    Rule(
        code=Code("CIM373"),
        name="member-gone",
        severity="error",
        message="the information model has no {name}{hint}",
        remedy="Take its successor in the profile, or drop the line.",
        explain=(
            "A profile takes an attribute or association end that its class does not have in this information model, nor\n"
            "inherits. Given the model that the profile was made for (`--was`), a member of the same id is shown, under\n"
            "its new name or at its new class.\n\n"
            "Example: an attribute that moved from a subclass to a class beside it.\n\n"
            "Remedy: write the new name, or take it at the class that has it now."
        ),
    ),
    Rule(
        code=Code("CIM374"),
        name="literal-gone",
        severity="error",
        message="the information model has no value {name}{hint}",
        remedy="Take its successor in the profile, or drop it from the values.",
        explain=(
            "A profile takes some values of an enumeration, and one of them is not in this information model.\n\n"
            'Example: `values = ["underground"]` where the value is called `belowGround` now.'
        ),
    ),
    Rule(
        code=Code("CIM375"),
        name="member-retyped",
        severity="error",
        message="{name} {problem}",
        remedy="See whether the profile still means what it says, then take the new type.",
        explain=(
            "A member that a profile takes has another type in this information model: messages made before cannot be read\n"
            "any more, or mean something else. Types are compared with those of the model that the profile was made for\n"
            "(`--was`); without it, only what the profile itself says of them can be seen to fail.\n\n"
            "Example: an attribute of the type String that became an enumeration."
        ),
    ),
    Rule(
        code=Code("CIM376"),
        name="bounds-narrower",
        severity="error",
        message="{name} is {stated} in the information model; the profile has {wanted}",
        remedy="Tighten the profile, too; messages without the member, or with more of it, are valid no longer.",
        explain=(
            "This information model allows less than the profile does, which cannot widen it (CIM322).\n\n"
            'Example: `serialNumber = "0..1"` where the model now says 1..1.'
        ),
    ),
    Rule(
        code=Code("CIM377"),
        name="superclass-moved",
        severity="error",
        message="{name} is no kind of {base} in the information model, and the profile extends it from there",
        remedy="Let the table extend something else, or take the members that it inherited itself.",
        explain=(
            "In the profile a class inherits from another one, which is not among its superclasses in this information\n"
            "model.\n\n"
            "Example: a class that became an IdentifiedObject of its own and was an Asset before."
        ),
    ),
    Rule(
        code=Code("CIM378"),
        name="profile-does-not-fit",
        severity="error",
        message="{name} cannot be taken out of the information model: {problem}",
        remedy="Correct the profile as the message says.",
        explain=(
            "Nothing that the profile takes is gone, and still it does not go with this information model.\n\n"
            "Example: a facet of the model that is tighter now than the profile's."
        ),
    ),
    Rule(
        code=Code("CIM379"),
        name="namespace-moved",
        severity="error",
        message="the profile names elements by their URIs in {old}, which the information model has in {new}",
        remedy="Convert the profile to a selection, which calls elements by name: `cimforge profile convert`.",
        explain=(
            "CIM releases have namespaces of their own. A profile that calls classes and members by URI does not fit the\n"
            "next release, even where nothing in it changed; it is reported once, and the rest is compared by name.\n\n"
            "Example: http://iec.ch/TC57/CIM100# and http://cim.ucaiug.io/CIM101/draft#."
        ),
    ),
)
