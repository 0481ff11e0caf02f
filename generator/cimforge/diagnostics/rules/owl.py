"""Rules CIM185-199: OWL models, serialisations of RDF, and shapes."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM185"),
        name="blank-in-iri",
        severity="warning",
        message="IRIs with blanks, read as %20: {count} (first: `{first}`)",
        remedy="rename the elements, or write %20",
        explain="""\
No IRI holds a blank (RFC 3987). Tools make them of names such as `Text Message` all the same, so each is read as what the tool
should have written. Another file may spell the same element otherwise; then the two do not meet.

Example: rdf:about="#ContactMethodKind.Text Message", as CIMTool writes it for a literal of that name.

Remedy: rename the element in the modelling tool, or correct the file. Every other character that no IRI has is an error (CIM132).""",
    ),
)
