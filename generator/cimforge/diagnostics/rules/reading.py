"""Rules CIM101-149: finding and reading files, XML, RDFS."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule, Severity
from cimforge.ir.ids import Code


def _rule(
    code: str,
    name: str,
    message: str,
    remedy: str,
    explain: str,
    severity: Severity = "error",
    replaced_by: str = "",
) -> Rule:
    """A rule of reading: its errors mean that the input could not be used (exit status 2)."""
    return Rule(
        code=Code(code),
        name=name,
        severity=severity,
        message=message,
        remedy=remedy,
        explain=explain,
        unreadable=severity == "error",
        replaced_by=replaced_by,
    )


INPUTS = (
    _rule(
        "CIM101",
        "input-not-found",
        "there is no such file or folder",
        "correct the path; a glob must be quoted, so that the shell does not expand it first",
        """\
An INPUT names a file, a folder, a zip archive or a glob. Nothing lies at this path, and it holds no character that would
make it a glob.

Example: `cimforge build modles/` where the folder is called models.

Remedy: correct the path. Paths are relative to the working folder, those in cimforge.toml to that file.""",
    ),
    _rule(
        "CIM102",
        "input-unreadable",
        "it cannot be read: {reason}",
        "give the user that runs cimforge the right to read it, or repair the link",
        """\
Something lies at this path, but it gives no bytes: the right to read it is missing, it is a link whose target is gone, or
it is a device or a pipe. Reading stops at regular files, so that no input can block the build.

Example: `profiles/EQ.rdf` is a link to a network drive that is not mounted.

Remedy: the message says what the system answered. Pipes must be written to a file first.""",
    ),
    _rule(
        "CIM103",
        "no-model-files",
        "no model file is in it ({endings}); {holds}",
        "name the folder that holds the model files, or name the files themselves",
        """\
Folders and archives are searched, with all that lies below and the archives (`.zip`) in them, for files with one of the
endings listed. Hidden files and folders, and links to folders, are left out.

Example: a folder that holds only `model.eapb`.

Remedy: name another folder, or the file itself: a file that is named may have any ending.""",
    ),
    _rule(
        "CIM104",
        "glob-without-match",
        "no file matches this pattern",
        "correct the pattern; `**` matches folders of any depth",
        """\
The pattern is well-formed, but there is no file that it matches.

Example: `'profiles/*.rdf'` where the files end in .ttl.

Remedy: correct the pattern. `*` stays within one folder, `**` goes through all below, `[ab]` takes one character.""",
    ),
    _rule(
        "CIM105",
        "file-too-large",
        "the file has {size} bytes; the limit is {limit}",
        "split the model, or export only the packages that are needed",
        """\
A file above the limit is not opened. The largest public CIM models stay under a fifth of it, so what is above is most
often something else: a log, a data set, an archive.

Example: a 900 MB trace called `trace.xml` in the model folder.

Remedy: give the model file itself. If it is one, export the packages that the profiles use.""",
    ),
    _rule(
        "CIM106",
        "file-name-not-utf8",
        "the file's name is not valid UTF-8",
        "rename the file",
        """\
Names of files are bytes to the system. This one is no UTF-8, so it could be neither shown nor written into an output in
a way that every machine reads alike.

Example: a name in Latin-1 from an old archive.

Remedy: rename the file. Unpacking the archive again with the right encoding repairs a whole folder.""",
    ),
    _rule(
        "CIM107",
        "archive-unreadable",
        "the zip archive cannot be read: {reason}",
        "fetch or pack the archive again",
        """\
The file begins as a zip archive does, but its directory is damaged or of a kind that is not supported.

Example: an archive whose download broke off.

Remedy: fetch it again, or unpack it with a tool that can, and name the folder.""",
    ),
    _rule(
        "CIM108",
        "archive-member-refused",
        "member {member} is refused: {reason}",
        "pack the archive again, with plain relative names and without links or a password",
        """\
Members are read in memory and never unpacked to the disk. Yet a name that leads out of the archive (`../`, `/etc/…`), a link
or a device shows that the archive was not made by packing a folder of models; it is refused, not cleaned. So is what
is encrypted or damaged, what is packed by another method than deflate, and what other tools would unpack to another
file: a member whose header and the archive's directory disagree, or whose bytes are another member's as well.

Example: a member called `../../etc/cron.d/job`.

Remedy: look at what the archive holds, and pack it again.""",
    ),
    _rule(
        "CIM109",
        "archive-limit",
        "{what}; the limit is {limit}",
        "unpack the archive, look at it, and name the folder",
        """\
A small archive can unpack to more than any memory. So there are limits on the number of members, on the bytes of one
and of all, on how much larger than its packed form a member and the whole may be, and on archives within each other.
They are counted while unpacking, not taken from the archive's own directory.

Example: ten gigabytes of blanks that zip packs into ten megabytes.

Remedy: unpack the archive yourself. If it holds an honest model, name the folder.""",
    ),
    _rule(
        "CIM110",
        "empty-file",
        "the file holds {holds}",
        "write or fetch the file again; its export may have failed",
        """\
The file is empty, or has blanks only. An export that failed half-way often leaves such a file behind.

Example: `Topology.rdf` with 0 bytes, left by an export that ran out of disk.

Remedy: export or fetch it again, or take it out of the folder.""",
    ),
)

FORMATS = (
    _rule(
        "CIM111",
        "not-a-model",
        "this is {found}; expected {expected}",
        "name the model file; in a folder of mixed content, name the files or use a glob",
        """\
Files are recognised by what they hold, not by their names. This one holds something that no CIM model is written in.

Examples: a web page that a download saved in place of the file, an XSD, a data set (CIM XML with objects) in place of the
profile that defines its classes, a model packed by gzip.

Remedy: name the right file, unpack what is packed. In a folder of mixed content name the files, or use a glob.""",
    ),
    _rule(
        "CIM112",
        "format-not-read",
        "{found} is not read yet",
        "export the model as {instead}",
        """\
The format is known, and one that CIM models come in, but this version has no reader for it. Nothing of it is used: half a
model would be worse than none.

Example: XMI 2.1.

Remedy: export the same model in the format named. Sparx EA writes XMI 1.1 by Publish > Export Package.""",
    ),
    _rule(
        "CIM113",
        "invalid-bytes",
        "byte {offset} of the file (0x{byte}) is not valid {encoding}{hint}",
        "save the file in the encoding it declares, or declare the encoding it is in",
        """\
The bytes do not agree with the encoding that the file declares (UTF-8, if it declares none). Reading on would replace or lose
characters.

Example: an EA export in windows-1252 whose first line says UTF-8, so that the byte E9 of an é stands alone.

Remedy: if the hint is right, write <?xml version="1.0" encoding="windows-1252"?> as the first line, or convert the file:
`iconv -f windows-1252 -t utf-8`.""",
    ),
    _rule(
        "CIM114",
        "encoding-not-read",
        "encoding {encoding} is not read; known are {allowed}",
        "convert the file to UTF-8 and declare that",
        """\
XML may come in any encoding that its first line declares. Only the few that models are really written in are read: others are
unknown here, or are ways to hide text from a check (UTF-7).

Example: `<?xml version="1.0" encoding="UTF-7"?>`.

Remedy: convert the file, `iconv -f NAME -t utf-8`, and correct its first line.""",
    ),
)

XML = (
    _rule(
        "CIM115",
        "xml-not-well-formed",
        "the XML is broken: {reason}",
        "correct the line, or fetch the file again if it ends too early",
        """\
XML has one structure or none; no reader can tell what a broken document was meant to say, and those that guess lose classes
without a word. So nothing of it is used.

Examples: a file cut off while downloading (premature end of data), a closing tag of another name, `&` in place of `&amp;`.

Remedy: correct the line that the place names. If the document ends too early, fetch or export it again.""",
    ),
    _rule(
        "CIM116",
        "xml-external-entity",
        "external entity `{entity}` is declared; external entities are never read",
        "put the text in the file itself and remove the declaration",
        """\
A document type declaration can name files and addresses whose content would be pulled into the model. That lets a model
read files of whoever builds it, so such a document is refused before anything is opened.

Example: <!ENTITY notes SYSTEM "notes.txt">

Remedy: put the text in place of `&notes;`. A DOCTYPE that merely names a DTD, as old EA exports have, is fine: the DTD is not
loaded. Internal entities are fine, too.""",
    ),
    _rule(
        "CIM117",
        "xml-entity-undefined",
        "{reason}",
        "declare the entity, or write its text",
        """\
`&name;` stands for a text that the document has to declare. XML itself knows only amp, lt, gt, quot and apos; HTML's
names, such as nbsp, are none of XML's.

Example: `R&eacute;seau` in a description, without a declaration of `eacute`.

Remedy: write the character itself, or its number: `&#160;`.""",
    ),
    _rule(
        "CIM118",
        "xml-entity-expansion",
        "its entities expand to far more than the file holds",
        "write the text out in place of nested entities",
        """\
Entities that hold entities can turn a kilobyte into gigabytes (the "billion laughs"). Expansion is stopped once it is out of
all proportion to the file, and so is an entity that holds itself.

Example: ten entities, each of which stands for ten of the one before.

Remedy: no model needs that. Write the texts out.""",
    ),
    _rule(
        "CIM119",
        "nesting-limit",
        "elements stand more than {limit} deep; that is the limit",
        "look for what was nested by mistake: models stay under 30",
        """\
How deep elements (in Turtle: blank nodes and collections) may stand within each other is limited, so that no file can exhaust
the machine. Real models stay under 30.

Example: a thousand `<rdf:Description>` inside one another.

Remedy: look at the place; most often a closing tag was lost in whatever wrote the file.""",
    ),
    _rule(
        "CIM120",
        "text-limit",
        "one text, attribute, name or comment is too long; the limit is {limit} bytes (a name: 50,000)",
        "shorten it, or keep it in a file of its own",
        """\
No single text of a model may be longer than the limit. Descriptions reach some ten thousand characters; what is longer is
mostly an embedded picture or file.

Example: a picture as base64 text in a comment.

Remedy: remove the embedded content from the model's notes.""",
    ),
    _rule(
        "CIM121",
        "xml-character",
        "a character that XML has no place for: {reason}",
        "remove the character",
        """\
XML has no NUL and hardly any control character, neither as a byte nor as a reference such as `&#x0;`.

Example: a note pasted from a terminal, with its colour codes.

Remedy: remove it in the modelling tool and export again.""",
    ),
    _rule(
        "CIM122",
        "xml-undeclared-prefix",
        "a prefix is not declared: {reason}",
        'declare the prefix at the root: xmlns:prefix="…"',
        """\
A name with a prefix belongs to a namespace, and the document has to say to which. Without that, `cim:Meter` and `foo:Meter` are
the same to nobody.

Example: <eu:Extra> in a document that has no xmlns:eu.

Remedy: declare the prefix at the root element.""",
    ),
    _rule(
        "CIM123",
        "xml-include-ignored",
        "xi:include of `{href}` is ignored",
        "put the content in the file, or give both files as input",
        """\
XInclude would pull another file into this one. It is not followed, since a model must not reach for files that nobody named;
what it would have brought is missing.

Example: `<xi:include href="common.xml"/>`.

Remedy: several files given together are one model. Name the other one, too.""",
        severity="warning",
    ),
    _rule(
        "CIM124",
        "attribute-limit",
        "an element has more than {limit} attributes; that is the limit",
        "look at the element: models have a dozen attributes at most",
        """\
How many attributes one element may have is limited, so that no file can exhaust the machine.

Example: a data set written with one attribute for each of its values.

Remedy: look at the place; what stands there is hardly a model.""",
    ),
)

RDFS = (
    _rule(
        "CIM130",
        "rdf-syntax",
        "this is no valid {format}: {reason}",
        "correct the line",
        """\
The document breaks the syntax of its format, so nothing of it is used.

Examples: in Turtle a missing `.` or an undeclared prefix; in RDF/XML text between two properties.

Remedy: correct the place named. Any RDF tool (`rapper`, `riot`) can be used to check the file.""",
    ),
    _rule(
        "CIM131",
        "no-base",
        "`{reference}` is a relative reference, and the file declares no base",
        'declare one: xml:base="http://…" at the root, in Turtle `@base <http://…> .`',
        """\
`#Meter` means the same in every file of a model only if every file says what it is relative to. Without a base it would depend
on where the file lies.

Example: <rdf:RDF …> without xml:base, and rdf:about="#Meter" in it.

Remedy: declare the namespace of the model as base. For CGMES 3.0 it is http://iec.ch/TC57/CIM100.""",
    ),
    _rule(
        "CIM132",
        "invalid-iri",
        "`{iri}` is no IRI: `{character}` has no place in one",
        "rename the element, or write the character as %XX",
        """\
Elements are known by IRIs, which hold no blanks, quotes, angle or curly brackets, backslashes or control characters (RFC 3987).
IRIs go into every output, so they are not repaired in silence.

Example: rdf:about="#End Device"

Remedy: rename the element in the modelling tool; if the name must stay, its IRI needs %20 for a blank.""",
    ),
    _rule(
        "CIM133",
        "contradictory-description",
        "{name} has two values of {predicate}: `{first}` and `{second}`",
        "keep the right one",
        """\
One file says two different things of one element where there can only be one: two names, two owners, two types. Which is meant
nobody can tell, so neither is chosen.

Example:
    <rdf:Description rdf:about="#Meter.x"><rdfs:domain rdf:resource="#Meter"/></rdf:Description>
    <rdf:Description rdf:about="#Meter.x"><rdfs:domain rdf:resource="#Asset"/></rdf:Description>

Remedy: remove one. Labels and comments may differ by language; the English one is used.""",
    ),
    _rule(
        "CIM134",
        "described-twice",
        "{name} is described in {count} places of this file",
        "nothing has to be done; joining them makes the file easier to review",
        """\
RDF allows what is said of one thing to stand in several places, and all of it counts. In a profile it is often a leftover of a
merge, which is why it is mentioned.

Example: `rdf:about="#Asset"` in line 20 with a label, and in line 900 with a comment.

Remedy: none needed. Contradictions between the places are reported on their own.""",
        severity="note",
    ),
    _rule(
        "CIM135",
        "duplicate-rdf-id",
        "rdf:ID `{id}` stands twice, first in line {first}",
        "rename one, or write rdf:about if both describe the same thing",
        """\
rdf:ID says that something begins here; within a document each may stand once (RDF/XML, constraint-id).

Example: `<rdfs:Class rdf:ID="Asset">` in line 20 and in line 900.

Remedy: if it is one element described twice, write rdf:about="#…" the second time; if there are two, rename one.""",
    ),
    _rule(
        "CIM136",
        "property-without-domain",
        "property {name} has no rdfs:domain",
        "say which class it belongs to",
        """\
A property belongs to the class that its domain names. Its own name often hints at one, but hints are not taken.

Example: `#Asset.serialNumber` with a label and a type, but no domain.

Remedy: add <rdfs:domain rdf:resource="#Class"/>.""",
    ),
    _rule(
        "CIM137",
        "empty-name",
        "<{iri}> has no name",
        "give it an rdfs:label",
        """\
Every element needs a name: its rdfs:label, or the end of its IRI. This one has an empty label, or neither.

Example: `<rdfs:label xml:lang="en"></rdfs:label>`.

Remedy: give it a label.""",
    ),
    _rule(
        "CIM138",
        "misspelt-property-type",
        "{count} properties have the type rdfs:Property, which RDFS does not know; read as rdf:Property (first: {first})",
        "write rdf:Property",
        """\
The class of properties is rdf:Property, in the RDF namespace. Some generators write rdfs:Property, and what is meant is
beyond doubt, so it is read.

Example: `<Asset.kind> rdf:type rdfs:Property`.

Remedy: correct the generator; other tools will not see these properties.""",
        severity="note",
    ),
    _rule(
        "CIM139",
        "no-classes",
        "the file defines no class and no property",
        "check that it is the right file",
        """\
The file is sound RDF, but says nothing that a schema could be made of.

Example: a file that holds only prefixes and an ontology header.

Remedy: check that it is the file you meant. A data set has objects, a profile has classes.""",
        severity="warning",
    ),
    _rule(
        "CIM140",
        "shapes-not-read",
        "{count} SHACL shapes are not read yet",
        "none needed: give the RDFS of the profile, too, which holds its classes",
        """\
SHACL shapes state what instance data must satisfy. They are counted, and nothing is made of them in this version; they do
not take the place of the RDFS that defines the classes.

Example: `ex:AssetShape a sh:NodeShape ; sh:targetClass cim:Asset`.

Remedy: give the RDFS files. The shapes can stay where they are.""",
        severity="note",
        replaced_by="CIM192",
    ),
    _rule(
        "CIM141",
        "class-and-property",
        "{name} is a class and a property at once",
        "give one of the two another IRI",
        """\
RDF would allow it, UML does not: what has instances cannot also be a member of a class.

Example: `#Status` as a class, and as an attribute of `#Asset`.

Remedy: two elements have got one IRI. Rename one of them.""",
    ),
    _rule(
        "CIM142",
        "text-for-reference",
        "{predicate} of {name} is the text `{value}`, not a reference",
        'write it as a reference: rdf:resource="#…"',
        """\
Domain, range, superclass, type, package and inverse name other elements, so they are references. The same characters as a
text name nothing.

Example: <rdfs:domain>#Meter</rdfs:domain>

Remedy: <rdfs:domain rdf:resource="#Meter"/>""",
    ),
    _rule(
        "CIM143",
        "several-headers",
        "the file has the headers of two profiles, <{first}> and <{second}>; its elements count to the first",
        "give each profile a file of its own",
        """\
The profile of an element is the one of its file. A file with two ontology headers leaves open which that is; the first
is taken.

Example: `EQ.rdf` and `SSH.rdf` joined into one file, both headers kept.

Remedy: one file for each profile.""",
        severity="warning",
    ),
)

RULES: tuple[Rule, ...] = (*INPUTS, *FORMATS, *XML, *RDFS)
