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
    Rule(
        code=Code("CIM186"),
        name="remote-context",
        severity="error",
        message="the JSON-LD context `{context}` stands elsewhere, and nothing is fetched",
        remedy="write the context into the file, in place of its address",
        explain="""\
What the names in a JSON-LD file mean is said by its context. This one is an address. A model must mean the same today and
tomorrow, online and offline, so nothing is fetched, and without the context the file means nothing.

Example: "@context": "https://example.org/cim-context.jsonld"

Remedy: replace the address by what it leads to ("@context": {{ … }}), or expand the document with a JSON-LD tool.""",
        unreadable=True,
    ),
    Rule(
        code=Code("CIM187"),
        name="named-graphs",
        severity="note",
        message="the statements of {count} named graphs are read as one model",
        remedy="nothing has to be done; where the graphs are versions or variants, put each into a file of its own",
        explain="""\
TriG, N-Quads, TriX, HexTuples and JSON-LD can keep statements in graphs that have names. What they are for each tool decides for
itself; here all statements count alike, whatever graph they stand in.

Example: `GRAPH <http://example.org/EQ> { … }` and `GRAPH <http://example.org/SSH> { … }` in one file.

Remedy: none needed. Files are what tells profiles apart, so graphs that are profiles belong into files.""",
    ),
    Rule(
        code=Code("CIM188"),
        name="uml-id-twice",
        severity="warning",
        message="{second} has the UML id {id}, which {first} has already; both are known by their IRIs instead",
        remedy="correct the id in the modelling tool, and export again",
        explain="""\
An id that a UML tool gave an element is how the element is known across formats. Two elements of one id would become one.

Example: two classes with `uml:id "EAID_0D2BEBD3_B3EF_46c6_B7C8_533F3340D673"`.

Remedy: delete one in the modelling tool and add it as new, so that it gets an id of its own.""",
    ),
)
