"""Rules CIM3xx: profiles and selections. CIM301 to CIM319 are about reading selections."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM301"),
        name="unreadable-selection",
        severity="error",
        message="the profile file cannot be read: {problem}",
        remedy="correct the line; texts stand in quotes, a key stands once in its table",
        unreadable=True,
        explain="""\
A profile file is TOML 1.0 in UTF-8 of at most 1 MB. What the message names breaks that, so nothing after it can be
trusted and the file is not read any further. A key given twice in one table is such a break, too.

Example:
    [classes.Asset]
    kind = true
    kind = "1..1"         # given twice

Remedy: correct the line named. Everything else in the file is checked once its syntax is right.""",
    ),
    Rule(
        code=Code("CIM302"),
        name="unknown-selection-key",
        severity="error",
        message="`{key}` has no meaning in a profile file; {near}`cimforge explain unknown-selection-key` lists the keys",
        remedy="correct or remove the key",
        unreadable=True,
        explain="""\
Profile files are strict: a key that has no meaning is an error, since a misspelt one would otherwise change nothing
without a word. The keys are:

    [profile]         noun, namespace, version, title, description; kind, source (a dataset); group, requests,
                      events, authority, aligns_with, confidence, tightens. In a variant: extends, version, title,
                      description; all else comes from the profile that it extends.
    [roots]           class = "1..*"
    [classes.X]       of, extends, inline, abstract, note, stereotypes, and members: member = true, "0..1" or a table
    a member's table  multiplicity, by ("value" or "reference"), to, order, note, stereotypes, and facets: length,
                      min_length, max_length, pattern, allowed, min_inclusive, max_inclusive, min_exclusive,
                      max_exclusive, total_digits, fraction_digits
    [enumerations.X]  of, values, inline, note, stereotypes
    [extension]       prefix, namespace, owner, version, use_case, description
    [namespaces]      prefix = "namespace"

Example: `request = ["get"]`, where the key is `requests`.

Remedy: correct the key; the message names the nearest one where there is one.""",
    ),
    Rule(
        code=Code("CIM303"),
        name="wrong-selection-value",
        severity="error",
        message="`{key}` is {value}; expected: {expects}",
        remedy="change the value to what is expected",
        unreadable=True,
        explain="""\
A key of a profile file has a value of another type or form than its own. Values are never converted or guessed.

Verbs are those of IEC 61968-100: create, change, cancel, close, delete, execute and get are requests; created,
changed, canceled (one l), closed, deleted and executed are events. The set is closed: an extension adds no verbs.

Example:
    requests = ["get", "update"]      # a change is called change
    version = 1.0                     # a text: "1.0"

Remedy: change the value as the message says.""",
    ),
    Rule(
        code=Code("CIM304"),
        name="missing-selection-key",
        severity="error",
        message="`{key}` is missing; expected: {expects}",
        remedy="add the key",
        unreadable=True,
        explain="""\
A profile needs a noun, a namespace, a version, a title and a description; a message needs at least one root class and
a table for each class it takes; a profile of an IRM group needs at least one verb. Nothing is made up in their place.

Example:
    [profile]
    noun = "AssetList"
    # no namespace: documents of this profile could not be told from others

Remedy: add the key that the message names.""",
    ),
    Rule(
        code=Code("CIM305"),
        name="unreadable-selection-multiplicity",
        severity="error",
        message="`{key}` has the multiplicity {value}; expected: {expects}",
        remedy='write two bounds as UML does, such as "0..1", "1..1" or "0..*"',
        unreadable=True,
        explain="""\
A multiplicity in a profile file is a text of two bounds with two dots between them; `*` stands for no upper bound.
The lower bound is not above the upper one, and the upper one is at least 1.

Example:
    serialNumber = "1"        # "1..1"
    kind = "0..0"             # leave the line out to leave the member out

Remedy: write both bounds.""",
    ),
    Rule(
        code=Code("CIM306"),
        name="group-without-interface",
        severity="error",
        message="{noun} claims group EXT, for which IEC 61968-1 defines no interface",
        remedy="name the group that the noun serves, or leave `group` out: the profile then stands outside the IRM",
        unreadable=True,
        explain="""\
IEC 61968-1 defines standard interfaces for the groups of its Interface Reference Model except EXT, External to IEC.
EXT is where systems outside its scope stand; an interface generated for it would look like a standard one and is none.

Example: `group = "EXT"` in a profile about personnel data.

Remedy: name the group whose business the noun is. For a private message, leave `group` out: schema and Python are
generated, no operations.""",
    ),
    Rule(
        code=Code("CIM307"),
        name="authority-and-namespace",
        severity="error",
        message='the namespace {namespace} does not go with authority = "{authority}"',
        remedy="use a namespace of your own with project or external, IEC's with published or published-informative",
        unreadable=True,
        explain="""\
Namespaces below iec.ch are IEC's to give: a message in one of them is taken for IEC's own profile. So a profile in
such a namespace has the authority `published` (or `published-informative`), and only such a profile has it.

Example: namespace "http://iec.ch/TC57/2026/PoleInspections#" for a utility's own noun.

Remedy: put your own profile into a namespace of your own, such as "http://acme.example/2026/PoleInspections#".""",
    ),
    Rule(
        code=Code("CIM308"),
        name="noun-named-like-class",
        severity="error",
        message="the profile {noun} is named like a class that it takes",
        remedy="name the profile in the plural of its root class, or <Class>Config",
        unreadable=True,
        explain="""\
The document element of a message is named after its profile, and each class gives a type of its own name: a schema has
room for one of them (CIM Modeling Guide, rule 188). Published nouns are the plural of the root class or <Class>Config.

Example: a profile `Asset` with the root class Asset.

Remedy: name the profile otherwise, such as `AssetList` or `Assets`.""",
    ),
    Rule(
        code=Code("CIM309"),
        name="missing-selection-source",
        severity="error",
        message="`{key}` names {value}, but there is no {sought} among the inputs",
        remedy="correct the path; it is relative to the profile file's own folder",
        unreadable=True,
        explain="""\
A profile file refers to another file: a variant to the profile that it extends, a dataset to its RDFS file. The path
is relative to the folder of the profile file and cannot lead out of the folder that the inputs were found in.

Example: `extends = "AssetList.toml"` where the file lies at "../../profiles/AM/AssetList.toml".

Remedy: correct the path, or add the file to the inputs.""",
    ),
    Rule(
        code=Code("CIM310"),
        name="variant-of-a-variant",
        severity="error",
        message="{base} cannot be extended: it is {what}",
        remedy="extend the standard profile; put what both variants add into one extension",
        unreadable=True,
        explain="""\
A variant is a message profile plus one extension. It cannot extend another variant, a profile that has an extension
already, or a dataset: which parts a receiver may leave out would no longer be plain to see.

Example: `extends = "AssetList.toml"` in a folder where AssetList.toml is itself a variant.

Remedy: name the standard profile.""",
    ),
    Rule(
        code=Code("CIM311"),
        name="undeclared-extension",
        severity="error",
        message="{name} has the prefix {prefix}, which this file declares no extension for",
        remedy="declare the extension in a table [extension], or correct the prefix",
        unreadable=True,
        explain="""\
A name with a prefix means a class or member of an extension. Each profile file declares the one extension it admits:
its prefix, namespace, owner, version, use case and description. So nobody takes in an extension unawares.

Example:
    [classes.Asset]
    "acme:poleTreatment" = "0..1"     # no table [extension] with prefix = "acme"

Remedy: add the table, or correct the prefix. Standard names have no prefix.""",
    ),
    Rule(
        code=Code("CIM312"),
        name="extension-in-standard-namespace",
        severity="error",
        message="the {what} {value} is not an extension's to take",
        remedy="choose a prefix and a namespace of your own",
        unreadable=True,
        explain="""\
An extension lives in a namespace of its own, so that its parts can be told from the standard's (CIM Modeling Guide,
rule 174). Namespaces below iec.ch are IEC's; prefixes such as cim, md, rdf or eu mean something else to readers of CIM
files.

Example: prefix "cim", or namespace "http://iec.ch/TC57/CIM100-acme#".

Remedy: prefix "acme", namespace "http://acme.example/cim-ext#".""",
    ),
    Rule(
        code=Code("CIM313"),
        name="variant-changes-standard",
        severity="error",
        message="a variant adds members of its extension only; {name} would change {base}",
        remedy="remove the line, or make it a profile of its own, with its own namespace",
        unreadable=True,
        explain="""\
A variant keeps the standard message as it is and adds what one extension defines. Whoever leaves the additions out
reads a standard message. Other roots, further standard classes or members and other multiplicities would break that.

Example:
    [profile]
    extends = "../../profiles/AM/AssetList.toml"
    [classes.Asset]
    serialNumber = "1..1"             # tightens the standard profile

Remedy: remove the line. A message that differs in such ways is another profile and needs another namespace.""",
    ),
    Rule(
        code=Code("CIM314"),
        name="required-extension-member",
        severity="error",
        message="{name} has the multiplicity {multiplicity}, but what an extension adds has to be optional",
        remedy='let the lower bound be 0, such as "0..1"',
        unreadable=True,
        explain="""\
A document without the extension has to stay valid in the variant, since senders of the standard message know nothing
of it. So every member that a variant adds to a standard class has the lower bound 0.

Example: `"acme:poleTreatment" = "1..1"` on Asset.

Remedy: write "0..1" or "0..*".""",
    ),
    Rule(
        code=Code("CIM315"),
        name="root-not-selected",
        severity="error",
        message="the root class {name} has no table [classes.{name}]",
        remedy="add the table with the members that the profile takes",
        unreadable=True,
        explain="""\
A root is a class whose objects stand directly in a document. What of it the profile takes is said in its table; without
one, documents would be empty.

Example:
    [roots]
    Asset = "1..*"
    # and no [classes.Asset]

Remedy: add the table, or remove the root.""",
    ),
    Rule(
        code=Code("CIM316"),
        name="profile-defined-twice",
        severity="error",
        message="{other} defines a profile with {same}, too",
        remedy="rename one of them, or leave one out of the inputs",
        unreadable=True,
        explain="""\
Two profile files of one build have the same noun (letter case aside) or the same namespace. They would write the same
files, and their documents could not be told apart.

Example: EDO/MeterReadings.toml and RMO/MeterReadings.toml, both with noun "MeterReadings".

Remedy: keep one of them, or give each its own noun and namespace.""",
    ),
)
