"""Rules CIM6xx: names."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM603"),
        name="hidden-characters-in-name",
        severity="warning",
        message="the name {name} holds control, bidirectional or zero-width characters; generated code calls it {renamed}",
        remedy="Remove the invisible characters from the name in the model.",
        explain=(
            "A name with invisible characters looks like another name in an editor or a review, which is\n"
            "how misleading code is slipped past readers. The element is kept under a name without\n"
            "them; its wire name in XML and JSON stays as the model says.\n\n"
            "Example: `Asset<U+200B>` beside `Asset`.\n\n"
            "Remedy: correct the name where the model is maintained."
        ),
    ),
    Rule(
        code=Code("CIM604"),
        name="renamed",
        severity="note",
        message="{name} is called {renamed} in generated code, since another element already has its name",
        remedy="Nothing needs doing; rename one of the two in the model if the suffix disturbs you.",
        explain=(
            "Two elements of one scope would get the same identifier: the same class name in two\n"
            "namespaces, or two names that differ only in characters an identifier cannot hold. The one whose\n"
            "name needs no change and which stands in the model's main namespace keeps it; the other gets a\n"
            "suffix made from its URI, so that its name does not depend on file order or on other elements.\n\n"
            "Example: `a-b` and `a_b` in one class: `a_b`, and `a_b_3f09c1` for `a-b`."
        ),
    ),
)
