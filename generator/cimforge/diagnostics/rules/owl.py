"""Rules CIM185-199: OWL models, serialisations of RDF, shapes, and facets."""

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

Remedy: rename the element in the modelling tool, or correct the file. Every other character that no IRI has is an error
(CIM132).""",
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
TriG, N-Quads, TriX, HexTuples and JSON-LD can keep statements in graphs that have names. What they are for each tool decides
for itself; here all statements count alike, whatever graph they stand in.

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
    Rule(
        code=Code("CIM189"),
        name="contradictory-shape",
        severity="warning",
        message="a shape demands {shape} of {name}, which the model has {model}: no number of values satisfies both",
        remedy="correct the one that is wrong; the model's stands",
        explain="""\
A shape and the model bound the number of values of one member, and the bounds do not meet. Nobody can tell which is wrong, so
the shape is left out.

Example: `sh:minCount 2` for a member whose multiplicity is 0..1.

Remedy: both places are shown. Correct the shape, or the profile.""",
    ),
    Rule(
        code=Code("CIM190"),
        name="wider-shape",
        severity="note",
        message="shapes that allow more values than the model, left out: {count} (first: {name}, {shape} where the model has {model})",
        remedy="nothing has to be done: what both allow is allowed",
        explain="""\
Shapes tighten a profile, they do not widen it: data must satisfy both. A shape that states a lower minimum or a higher maximum
changes nothing, which may not be what its author thought.

Example: `sh:maxCount 2` for a member whose multiplicity is 0..1.

Remedy: none needed. If the wider bounds are right, change the profile.""",
    ),
    Rule(
        code=Code("CIM191"),
        name="shape-type-differs",
        severity="warning",
        message="shapes that demand another type than the model's: {count} (first: {name} is {model}, the shape says {shape})",
        remedy="correct the one that is wrong; the model's type stands",
        explain="""\
A shape says by sh:datatype, sh:class or sh:nodeKind what the values of a member are, and the model says something else. Types
are the model's to state; the shape is not followed in this.

Example: `sh:datatype xsd:string` for a member of type Float.

Remedy: the first place is shown in both files. Often the shapes were made from another version of the model.""",
    ),
    Rule(
        code=Code("CIM192"),
        name="shape-without-member",
        severity="warning",
        message="shapes for classes and members that the model does not have: {count} (first: {name} of {target})",
        remedy="give the model files that the shapes were written for, or the namespace that the model is in",
        explain="""\
A shape is for a member, which it names by its IRI, of a class. Neither the class nor the member, or not that member of that
class, is in the model, so the shape means nothing here.

Example: shapes for `http://iec.ch/TC57/2013/Diagram`, beside a model in `http://iec.ch/TC57/CIM100#`.

Remedy: compare the IRI in the message with the one in the model (`cimforge explain --element`).""",
    ),
    Rule(
        code=Code("CIM193"),
        name="shape-for-some-classes",
        severity="note",
        message="shapes that bind some of the classes that share an inherited member, left out: {count} (first: {name} of {target})",
        remedy="nothing has to be done; a validator with the shapes checks what the model cannot say",
        explain="""\
A member that classes inherit has one multiplicity for all of them. Where every concrete class has a shape for it, the member is
tightened to what all of them allow; where only some have, it stays as it is.

Example: IdentifiedObject.name is required of TopologicalNode, and of no other class.

Remedy: none needed.""",
    ),
    Rule(
        code=Code("CIM194"),
        name="advisory-shape",
        severity="note",
        message="shapes whose violation is no error (sh:severity), left out: {count} (first: {name}, {shape})",
        remedy="nothing has to be done; sh:Violation makes a demand of an advice",
        explain="""\
SHACL lets a shape say how bad its violation is. Data that go against sh:Warning or sh:Info are still valid, so such a shape
bounds nothing.

Example: `sh:minCount 1 ; sh:severity sh:Warning`.

Remedy: none needed.""",
    ),
    Rule(
        code=Code("CIM195"),
        name="invalid-facet",
        severity="warning",
        message="{name} has the facet {facet} `{value}`, which is {problem}; it is left out",
        remedy="correct the value",
        explain="""\
Facets of XML Schema narrow the values of a type: lengths and digits are whole numbers, patterns are its regular expressions,
bounds are values of the type. What is none of these would make a schema that no tool reads.

Example: the tagged value `maxLength` = `abc`, or `pattern` = `[0-9`.

Remedy: correct the tagged value in the modelling tool, or the shape.""",
    ),
    Rule(
        code=Code("CIM196"),
        name="contradictory-facets",
        severity="warning",
        message="{name} has facets that no value satisfies ({problem}); those of the {source} are left out",
        remedy="correct the one that is wrong",
        explain="""\
The facets of one element exclude each other, as the model states them or once a shape is added.

Example: `minLength` = 10 and `maxLength` = 5.

Remedy: correct the model or the shape.""",
    ),
    Rule(
        code=Code("CIM197"),
        name="unknown-value-in-shape",
        severity="warning",
        message="sh:in of a shape for {name} holds `{value}`, which is no literal of {enumeration}",
        remedy="correct the shape, or give the enumeration that has the literal",
        explain="""\
A shape lists the literals that a member may have, and one is not in the member's enumeration. The others are taken.

Example: `sh:in ( "positive" "sideways" )` for a member of type OrientationKind.

Remedy: correct the shape; often the enumeration has been renamed since.""",
    ),
)
