"""The metaclasses of UML 2 that are stated as facts, and those that XMI 2.x leaves unsaid."""

from __future__ import annotations

PACKAGES = frozenset({"Package", "Model"})
CLASSES = frozenset({"Class", "AssociationClass", "Enumeration", "DataType", "PrimitiveType", "Interface"})
ASSOCIATIONS = frozenset({"Association", "AssociationClass"})
SIDES = {
    # kind: (source, target)
    "Dependency": ("client", "supplier"),
    "Abstraction": ("client", "supplier"),
    "Realization": ("client", "supplier"),
    "Usage": ("client", "supplier"),
    "Generalization": ("specific", "general"),
    "InterfaceRealization": ("implementingClassifier", "contract"),
    "Substitution": ("substitutingClassifier", "contract"),
}
DEFAULT_KINDS = {
    "elementImport": "ElementImport",
    "eAnnotations": "EAnnotation",
    "generalization": "Generalization",
    "interfaceRealization": "InterfaceRealization",
    "ownedAttribute": "Property",
    "ownedComment": "Comment",
    "ownedEnd": "Property",
    "ownedLiteral": "EnumerationLiteral",
    "ownedOperation": "Operation",
    "ownedPort": "Port",
    "ownedRule": "Constraint",
    "packageImport": "PackageImport",
    "packageMerge": "PackageMerge",
    "profileApplication": "ProfileApplication",
    "substitution": "Substitution",
}
"""The metaclass of an element that does not say it: the one that the property is declared with."""

MANY_KINDS = frozenset({"packagedElement", "ownedMember", "ownedType", "nestedClassifier"})
"""Properties that hold elements of many kinds, so that each has to say its own."""
