"""CIM260 to CIM299: namespaces, shadow extensions, differences between files, words for references."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES = (
    Rule(
        code=Code("CIM260"),
        name="unreadable-namespaces",
        severity="error",
        message="the table of namespaces cannot be read: {problem}",
        remedy="State one row a line: stereotype=namespace.",
        unreadable=True,
        explain=(
            "A `.namespaces` file, which CIMTool has invented, says which stereotype stands for which namespace:\n"
            "one row a line, `stereotype=namespace`; lines that begin with `#` are comments. Letter case of\n"
            "stereotypes does not count. A row that cannot be read would leave elements in the wrong namespace.\n\n"
            "Example: `European http://iec.ch/TC57/CIM100-European#`, without the equals sign.\n\n"
            "Remedy: correct the line named."
        ),
    ),
    Rule(
        code=Code("CIM261"),
        name="conflicting-namespace-tags",
        severity="warning",
        message="two tags give {name} two namespaces: {first} and {second}; the first is used",
        remedy="Remove one of the tags, or make them say the same.",
        explain=(
            "The modelling guide's tag for a namespace is `nsuri` (rules 132 to 142), CIMTool's is `baseuri`. One\n"
            "element states both, and they differ. `nsuri` counts.\n\n"
            "Example: a package with `nsuri` http://acme.example/grid# and `baseuri` http://acme.example/cim#.\n\n"
            "Remedy: correct the model; `cimforge explain --element` shows which elements follow from the tag."
        ),
    ),
    Rule(
        code=Code("CIM262"),
        name="unknown-namespace-prefix",
        severity="warning",
        message="the tag {tag} of {name} names the prefix {prefix}, which nothing binds to a namespace; it is not used",
        remedy="State nsuri beside nsprefix, there or on an enclosing package.",
        explain=(
            "The tags `nsprefix` and `baseprefix` name a prefix. Its namespace is the one stated beside the prefix on any\n"
            "element, in the head of a file, or in a table of namespaces. Here it is nowhere.\n\n"
            "Example: a class with the tag `baseprefix` acme, where no package has `baseprefix` acme and `baseuri`.\n\n"
            "Remedy: add the tag `nsuri`, or a row for the prefix to the `.namespaces` file."
        ),
    ),
    Rule(
        code=Code("CIM263"),
        name="prefix-of-two-namespaces",
        severity="warning",
        message="the prefix {prefix} stands for two namespaces: {first} and, here, {second}",
        remedy="Give each namespace a prefix of its own.",
        explain=(
            "Tags beside each other bind a prefix to a namespace, and two places bind the same prefix differently. Where\n"
            "only the prefix is named, the first counts.\n\n"
            "Example: `nsprefix` acme with `nsuri` http://acme.example/a# in one package, http://acme.example/b# in another.\n\n"
            "Remedy: correct one of the two in the model."
        ),
    ),
    Rule(
        code=Code("CIM264"),
        name="unclear-association-namespace",
        severity="warning",
        message="{name} joins classes of two extensions, {first} and {second}; nothing says whose the association is",
        remedy="Give the association a stereotype or a tag nsuri of its own.",
        explain=(
            "An association between a standard class and an extension's belongs to the extension. Between the\n"
            "classes of two extensions it could be either's; each end is taken to belong to its own class.\n\n"
            "Example: an association of `acme:Pole` and `nc:RemedialAction` without a stereotype.\n\n"
            "Remedy: tag the association in the model."
        ),
    ),
    Rule(
        code=Code("CIM265"),
        name="overruled-namespace-tag",
        severity="note",
        message="«{stereotype}» puts {name} into {namespace}, by a table of namespaces; its own {tag} does not count",
        remedy="Remove the tag, or the row of the table.",
        explain=(
            "A table of namespaces (a `.namespaces` file, or `[namespaces]` in cimforge.toml) overrides the tags of the\n"
            "model, as it does in CIMTool: whoever gives one wants it to decide. Here it overrides a tag on the\n"
            "very element that has the stereotype.\n\n"
            "Example: a class «European» with a tag `baseuri`, and the row `European=http://iec.ch/TC57/CIM100-European#`.\n\n"
            "Remedy: let the two say the same."
        ),
    ),
    Rule(
        code=Code("CIM266"),
        name="not-used",
        severity="note",
        message="the file holds what cimforge does not use: {kinds}",
        remedy="Nothing needs doing, unless something that matters to you is among it.",
        explain=(
            "What a reader meets and has no place for in the model is counted, so that nothing is dropped in silence:\n"
            "operations, comments, constraints, resources of unknown types. The frame of an export, its diagrams and its\n"
            "exporter's own bookkeeping are counted, too, but stand in `cimforge inspect --after read` alone.\n\n"
            "Example: `3 Comment, 1 Constraint` in an XMI file."
        ),
    ),
    Rule(
        code=Code("CIM267"),
        name="types-by-name",
        severity="note",
        message="types named in words, without a link to them: {count} ({names})",
        remedy="Set the classifier of these attributes in the model.",
        explain=(
            "In a UML tool the type of an attribute can be text that leads nowhere. It is taken as the classifier of that\n"
            "name where there is one; as the one in the attribute's own namespace where there are several; for a tool's\n"
            "native types (`int`, `double`, `boolean`) as the model's primitive of that meaning, or XML Schema's.\n\n"
            "Example: `Asset.kind` with the type text `AssetKind` and no classifier, as in some UML that ENTSO-E published.\n\n"
            "Remedy: set the classifiers; the first three are named, `cimforge inspect` shows what each was taken for."
        ),
    ),
    Rule(
        code=Code("CIM268"),
        name="ambiguous-type-name",
        severity="error",
        message="{name} names its type in words, {type}, and several could be meant: {candidates}",
        remedy="Set the classifier of the attribute in the model.",
        unreadable=True,
        explain=(
            "The type of an attribute is text that leads nowhere, and several classifiers of that name are in namespaces\n"
            "other than the attribute's, or in its own. Taking one of them would be a guess.\n\n"
            "Example: `nc:Plan.status` with the type text `Status`, where there are `cim:Status` and `acme:Status`.\n\n"
            "Remedy: link the attribute to the classifier that is meant."
        ),
    ),
    Rule(
        code=Code("CIM270"),
        name="absorbed-extension",
        severity="note",
        message="{name} extends {host} and is merged into it, {count} members; it is drawn as its {drawn}, and known by {seen_by}",
        remedy="Nothing needs doing.",
        explain=(
            "A shadow class adds members to a standard class without touching the class itself (modelling guide 6.1.2): it\n"
            "is drawn as the parent of the class, with «CIMExtension» or CIMTool's «MixIn» on the generalization, or\n"
            "«ShadowExtension» on the shadow, or the same name in another namespace. Its members become members of\n"
            "the class and stay in the extension's namespace; the shadow itself is gone.\n\n"
            "Example: `eu:IdentifiedObject` with `shortName`, parent of `IdentifiedObject`, gives `eu:IdentifiedObject.shortName`\n"
            "on `IdentifiedObject`.\n\n"
            "Remedy: none; `cimforge inspect --after absorb --diff` shows what it changed."
        ),
    ),
    Rule(
        code=Code("CIM271"),
        name="unfit-extension",
        severity="error",
        message="{name} ({kind}) is drawn as an extension of {host} ({host_kind}), which cannot take it",
        remedy="Extend classes by classes and enumerations by enumerations; give a new datatype a name of its own.",
        unreadable=True,
        explain=(
            "What an extension adds to a class are members, to an enumeration literals. A primitive or a CIMDatatype has\n"
            "nothing to add to: its values are what it is.\n\n"
            "Example: `acme:Voltage` «CIMDatatype», drawn as parent of `Voltage` with «CIMExtension» on the generalization.\n\n"
            "Remedy: model a datatype of another name, and attributes of it."
        ),
    ),
    Rule(
        code=Code("CIM272"),
        name="second-extension",
        severity="warning",
        message="{name} is a second extension of {host} in {namespace}, beside {other}; both are merged into it",
        remedy="Merge the two in the model.",
        explain=(
            "An extension has one shadow class for each class that it extends (modelling guide 6.1.2). With two, nobody\n"
            "finds all that it adds in one place.\n\n"
            "Example: `acme:Asset` and `acme:AssetExtra`, both parents of `Asset` by a generalization «CIMExtension».\n\n"
            "Remedy: move the members of one to the other."
        ),
    ),
    Rule(
        code=Code("CIM273"),
        name="unclear-extension",
        severity="warning",
        message="{name} is drawn as an extension and is not merged into any class: {problem}",
        remedy="Give the extension a namespace of its own, and one class that it extends; or remove the mark.",
        explain=(
            "A generalization or a class is marked as an extension's, but which class it extends is not clear, or it is in\n"
            "that class's own namespace, so that nothing would tell its members from the standard's. It stays an\n"
            "ordinary superclass: its members are inherited, nothing is lost.\n\n"
            "Example: `acme:Aged` with «MixIn» generalizations from both `Asset` and `Location`.\n\n"
            "Remedy: one shadow class for each class that is extended, in the extension's namespace."
        ),
    ),
    Rule(
        code=Code("CIM280"),
        name="difference-noted",
        severity="note",
        message="two files differ about the {field} of {name}: {first} in {first_file}, here {second}",
        remedy="Nothing needs doing: `[merge]` in the settings makes this a note.",
        explain=(
            "Files state one element differently, in a field that the settings' table `[merge]` makes a note. What the\n"
            "first file in the order of paths says counts; of multiplicities the widest, of classes concrete before\n"
            "abstract, and every stereotype. `cimforge inspect --conflicts` lists what each file says.\n\n"
            'Example: `[merge]` has `default = "note"`, and `Asset.critical` has the default true in one file, false in another.'
        ),
    ),
    Rule(
        code=Code("CIM281"),
        name="newest-taken",
        severity="note",
        message="files differ about the {field} of {name}: {taken} is taken, since {how}, before {others}",
        remedy="Nothing needs doing: `[merge]` in the settings asks for the newest.",
        explain=(
            "Files state one element differently, in a field for which the settings' table `[merge]` asks for the newest\n"
            "profile. Newest is the latest date in the headers (`modified`, `issued`, `date`, `created`, in this order), if all\n"
            "have one; among equal dates, or without dates, the highest version, if all have one.\n\n"
            'Example: `[merge]` has `type = "newest"`, and `Asset.kind` is a String in a profile of 2021, an AssetKind in one of 2024.'
        ),
    ),
    Rule(
        code=Code("CIM282"),
        name="newest-unknown",
        severity="warning",
        message="files differ about the {field} of {name}, and none is known to be the newest: {taken} is taken before {others}",
        remedy="Date the profiles' headers, or choose another policy in `[merge]`.",
        explain=(
            "The settings' table `[merge]` asks for the newest profile, and the headers do not say which it is: not all have a\n"
            "date or version, or those that differ have the same. What the first file in the order of paths says is taken.\n\n"
            "Example: two profiles of one release that differ about a default.\n\n"
            "Remedy: for files of one release `warning` or `error` are the policies that make sense."
        ),
    ),
    Rule(
        code=Code("CIM283"),
        name="renamed-element",
        severity="warning",
        message="one element has two names: {taken} is taken, since {why}; here it is {other}",
        remedy="Use files of one release of the model, or rename the element in the older.",
        explain=(
            "In two files an element has the same GUID, and so is the same, but another name or namespace: it was renamed\n"
            "between two versions of the model, or a table of namespaces goes with only one of the files.\n\n"
            "Example: `Asset.lotNo` in one export of a model, `Asset.lotNumber` in a later one.\n\n"
            "Remedy: build from exports of one version."
        ),
    ),
)
