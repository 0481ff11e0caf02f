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
)
