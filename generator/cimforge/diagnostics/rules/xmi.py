"""Rules CIM150-164: reading XMI. Those of CIM150 to CIM159 that can occur in XMI 2.x are used there too."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM150"),
        name="unsupported-xmi-version",
        severity="error",
        message="XMI version {version}; XMI 1.1, 1.2, 1.3 and 2.0 to 2.5.1 are read here",
        remedy="Export the model again as XMI 2.1 (UML 2) or XMI 1.1 (UML 1.3).",
        explain=(
            "Each version of XMI writes the same model in other elements. Reading one that is not known as if it\n"
            "were another would find nothing, and an empty model would pass for a good one.\n\n"
            'Example: `<XMI xmi.version="1.0">`, whose classes are `Foundation.Core.Class` elements.\n\n'
            "Remedy: export the model as XMI 2.1 or XMI 1.1; Enterprise Architect offers both under Publish."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM151"),
        name="xmi-without-classes",
        severity="warning",
        message="no class stands in this XMI file",
        remedy="Check that the package was exported with its content, and not a diagram or a stub.",
        explain=(
            "The file is XMI, and nothing in it is a class, an enumeration or a datatype. It may hold a\n"
            "package tree, diagrams or only references into other files.\n\n"
            "Example: the export of a package whose classes are all under version control in other files.\n\n"
            "Remedy: export the package with its sub-packages and elements; leave the file out if it is meant to be empty."
        ),
    ),
    Rule(
        code=Code("CIM152"),
        name="duplicate-xmi-id",
        severity="error",
        message="{second} has the id {id}, which {first} has already",
        remedy="Give one of the two its own id: delete the copy in the modelling tool and paste it as new.",
        explain=(
            "An id names one element. Where two carry the same, every reference to it could mean either, and\n"
            "taking the first would lose the second.\n\n"
            'Example: two `UML:Class` with `xmi.id="EAID_…"` of one GUID, after files were joined by hand.\n\n'
            "Remedy: both places are shown; correct one."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM153"),
        name="ambiguous-package-tags",
        severity="warning",
        message="tagged values for a package named {package} could belong to {count} packages: {tags}",
        remedy="Rename one of the packages, or export them into files of their own.",
        explain=(
            "Enterprise Architect does not write a package's tagged values with the package, but with a\n"
            "`ClassifierRole` of the same name in a collaboration. Its id, or the package it says it stands in,\n"
            "tells which package is meant; where neither does and several packages have the name, the tags are left out.\n\n"
            "Example: two packages `Domain`, one of which has `nsuri`.\n\n"
            "Remedy: rename one package, or state the namespace in the project's settings."
        ),
    ),
    Rule(
        code=Code("CIM154"),
        name="association-without-two-ends",
        severity="error",
        message="the association {name} has {count} ends",
        remedy="Model it as a class with one association to each participant.",
        explain=(
            "The CIM and its profiles know associations between two classes only. With one end, or with three\n"
            "and more, there is no property that data could state.\n\n"
            "Example: an association `Sale` among `Buyer`, `Seller` and `Broker`.\n\n"
            "Remedy: make it a class that has an association to each of them."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM155"),
        name="end-without-class",
        severity="error",
        message="the {kind} {name} does not say what its {side} is attached to",
        remedy="Attach the connector to a class in the modelling tool and export again.",
        explain=(
            "An association end, a generalization or a dependency leads from one element to another. This one\n"
            "names nothing at one side: neither an attribute nor a nested reference.\n\n"
            'Example: `<UML:AssociationEnd name="Terminals"/>` without `type`.\n\n'
            "Remedy: reconnect or delete it."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM156"),
        name="missing-generalization",
        severity="warning",
        message="{name} says that it has a superclass by a generalization that is not in the file: {reference}",
        remedy="Export the package that holds the superclass too, if members inherited from it are needed.",
        explain=(
            "A class lists its generalizations by reference; this reference leads to nothing, so the superclass\n"
            "is unknown and the class is read without it. Enterprise Architect leaves the generalization out\n"
            "when the superclass is outside the exported package.\n\n"
            "Example: a profile's class `Equipment` that derives from `IdentifiedObject` of a package beside it.\n\n"
            "Remedy: export both packages into one file if the inheritance matters."
        ),
    ),
    Rule(
        code=Code("CIM157"),
        name="unknown-stereotype",
        severity="warning",
        message="{name} has a stereotype that is not in the file: {reference}",
        remedy="Export the model with its stereotypes, or apply the stereotype by name.",
        explain=(
            "The element refers to a stereotype by id, and no stereotype has it. Stereotypes decide what a class\n"
            "is (enumeration, datatype, compound), so the element may be read as something else.\n\n"
            'Example: `<UML:Stereotype xmi.idref="S.12"/>` where `S.12` is in a profile file.\n\n'
            "Remedy: include the stereotype in the export."
        ),
    ),
    Rule(
        code=Code("CIM158"),
        name="memo-without-text",
        severity="warning",
        message="the tagged value {tag} of {name} is a memo whose text is not in the file",
        remedy="Export the notes of tagged values too, or shorten the value to 255 characters.",
        explain=(
            "Enterprise Architect keeps a long tagged value apart and writes `<memo>` in its place. The text did\n"
            "not come with the export, so the tag is read as empty.\n\n"
            'Example: `<UML:TaggedValue tag="nsuri" value="&lt;memo&gt;"/>`.\n\n'
            "Remedy: store the value in the tag itself."
        ),
    ),
    Rule(
        code=Code("CIM159"),
        name="many-sided-link",
        severity="warning",
        message="the {kind} {name} leads from {sources} elements to {targets}; it is left out",
        remedy="Draw one connector for each pair that is meant.",
        explain=(
            "UML lets a dependency have several clients and several suppliers at once. Whether each client\n"
            "depends on each supplier is for its author to say, so it is left out and not multiplied.\n\n"
            'Example: `<UML:Usage client="A B" supplier="C D"/>`.\n\n'
            "Remedy: draw one dependency for each pair."
        ),
    ),
)
