"""Rules CIM165-174: reading XMI 2.x. What holds for XMI 1.x too is in `xmi`."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM165"),
        name="not-a-uml-model",
        severity="error",
        message="XMI that holds {found} and no UML 2 model",
        remedy="Export the model itself as UML: XMI 2.1 or later, or a `.uml` file of Eclipse UML2 or Papyrus.",
        explain=(
            "XMI can carry models of any language. This file has no element of UML 2: it may be a metamodel\n"
            "(Ecore, CMOF), a diagram or the data of some tool, in which there are no UML classes to be found.\n\n"
            'Example: `<ecore:EPackage xmi:version="2.0" …>`, the Ecore file that Eclipse makes of a UML model.\n\n'
            "Remedy: give the UML model from which it was made."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM166"),
        name="element-without-type",
        severity="error",
        message="the {tag} {name} does not say what it is: it has no xmi:type",
        remedy="Export the model again; if the file was edited, give the element its `xmi:type`.",
        explain=(
            "A package owns elements of many kinds, and `xmi:type` says of which kind each is. Without it a\n"
            "class, an association and a package look alike, and whatever is in them would be lost.\n\n"
            'Example: `<packagedElement xmi:id="_1" name="Asset"/>`.\n\n'
            'Remedy: write `xmi:type="uml:Class"`, or whatever the element is.'
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM167"),
        name="missing-association",
        severity="warning",
        message="{name} is the end of an association that is not in the file: {reference}",
        remedy="Export the package that holds the association too.",
        explain=(
            "A class can own the far end of an association. The association, which knows the near end and all\n"
            "that is said about the pair, is not in this file; so the end is read as a property that leads one\n"
            "way only.\n\n"
            'Example: `<ownedAttribute name="Asset" association="_7" …/>` in a file without an element `_7`.\n\n'
            "Remedy: export both packages into one file."
        ),
    ),
    Rule(
        code=Code("CIM168"),
        name="missing-initial-value",
        severity="warning",
        message="the initial value of {name} is an element that is not in the file: {reference}",
        remedy="Give the file that defines the literal too, or write the value as text.",
        explain=(
            "An attribute's initial value can be an element of the model, mostly a literal of an enumeration.\n"
            "This one is not in the file, so its name is unknown and the attribute is read without the value.\n\n"
            'Example: `<defaultValue xmi:type="uml:InstanceValue" instance="_9"/>` without an element `_9`.\n\n'
            "Remedy: keep the enumeration in the model that uses it."
        ),
    ),
    Rule(
        code=Code("CIM169"),
        name="stereotype-applied-to-nothing",
        severity="warning",
        message="the stereotype {stereotype} is applied to an element that is not in the file: {reference}",
        remedy="Delete the application, or give the model in which the element is.",
        explain=(
            "Stereotypes stand beside the model and name the element that they are applied to by its id. No\n"
            "element has this id, so a stereotype or the tagged values in it belong to nothing. Stereotypes\n"
            "decide what a class is: one that lost its own is read as something else.\n\n"
            'Example: `<CIM:CIMDatatype base_DataType="_4"/>` after `_4` was deleted from the model.\n\n'
            "Remedy: save the model again in the tool that applied the profile."
        ),
    ),
)
