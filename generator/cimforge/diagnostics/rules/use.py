"""Rules CIM0xx: use and settings, and CIM900."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM001"),
        name="unreadable-settings",
        severity="error",
        message="the settings file cannot be read: {problem}",
        remedy="name an existing cimforge.toml with -c, or start one with `cimforge init`",
        unreadable=True,
        explain="""\
The settings file named by -c, or cimforge.toml in the working folder, cannot be opened.

Example: `cimforge build -c cimforg.toml`, where the file is called cimforge.toml.

Remedy: name an existing, readable file of at most 1 MB. `cimforge init` writes one to start from.""",
    ),
    Rule(
        code=Code("CIM002"),
        name="settings-syntax",
        severity="error",
        message="the settings file is not valid TOML: {problem}",
        remedy="correct the line; texts stand in quotes, lists in square brackets",
        unreadable=True,
        explain="""\
cimforge.toml is TOML 1.0 in UTF-8. What the message names breaks that syntax, so nothing after it can be trusted and
the file is not read any further.

Example: `name = grid` in place of `name = "grid"`.

Remedy: correct the line named. Everything else in the file is checked once its syntax is right.""",
    ),
    Rule(
        code=Code("CIM003"),
        name="unknown-setting",
        severity="error",
        message="`{key}` is no setting; {near}the JSON Schema lists all",
        remedy="correct or remove the key",
        unreadable=True,
        explain="""\
cimforge.toml is strict: a key that has no meaning is an error, since a misspelt key would otherwise leave its setting
at the default without a word.

Example:
    [input]
    profile = ["profiles/*.toml"]    # the key is `profiles`

Remedy: correct the key; the message names the nearest one known. cimforge.schema.json, shipped in the package, gives
editors the list of keys with their meaning.""",
    ),
    Rule(
        code=Code("CIM004"),
        name="wrong-setting",
        severity="error",
        message="`{key}` is {value}; expected: {expects}",
        remedy="change the value to what is expected",
        unreadable=True,
        explain="""\
A setting has a value of another type than its own, or one that is not among the values it can take. Values are never
converted: "1" is no number, and a single text is no list.

Example:
    [output]
    emit = "python"       # a list: ["python"]

Remedy: change the value as the message says.""",
    ),
    Rule(
        code=Code("CIM005"),
        name="missing-setting",
        severity="error",
        message="`{key}` is missing",
        remedy="add the key",
        unreadable=True,
        explain="""\
Few settings have no default: `version`, the format of the file itself; `input.model`, without which there is nothing to
build; and `rule` and `reason` of each [[suppress]] table, since a rule is not silenced without a reason.

Example:
    [[suppress]]
    rule = "text-differs"     # and the reason?

Remedy: add the key.""",
    ),
    Rule(
        code=Code("CIM006"),
        name="settings-version",
        severity="error",
        message="the settings file has version {found}; this cimforge reads version {known}",
        remedy="use the cimforge that the file was written for, or bring the file up to date",
        unreadable=True,
        explain="""\
`version` is the version of the settings format. It changes when a key changes its meaning, so a file of another version
is refused, never half understood.

Example: `version = 2` given to a cimforge that knows version 1.

Remedy: install the matching cimforge, or rewrite the file after the notes of the release that raised the version.""",
    ),
    Rule(
        code=Code("CIM007"),
        name="unknown-rule",
        severity="error",
        message="there is no rule `{rule}`; {near}`cimforge explain --list` names all",
        remedy="name an existing rule",
        unreadable=True,
        explain="""\
[severity] and [[suppress]] name rules by name (`text-differs`) or code. A name that no rule bears would change nothing,
silently, so it is an error.

Example:
    [severity]
    multiplicity-difers = "error"

Remedy: take the name from `cimforge explain --list`.""",
    ),
    Rule(
        code=Code("CIM008"),
        name="error-stays-error",
        severity="error",
        message="`{rule}` is an error and cannot be made {wish}",
        remedy="remove the entry and correct what the rule finds",
        unreadable=True,
        explain="""\
Settings may raise a warning or note, lower a warning, or silence either with a reason. An error says that no right
output can be made from the input; lowering it would emit a wrong one.

Example:
    [severity]
    unknown-setting = "warning"

Remedy: remove the entry and correct the input.""",
    ),
    Rule(
        code=Code("CIM009"),
        name="file-exists",
        severity="error",
        message="`{path}` exists already",
        remedy="choose another folder, or remove the file first",
        unreadable=True,
        explain="""\
`cimforge init` writes a settings file and one profile to start from. It never overwrites a file, and writes nothing if
one of them is there.

Example: `cimforge init` in a folder that has a cimforge.toml.

Remedy: name another folder (`cimforge init mymodel`).""",
    ),
    Rule(
        code=Code("CIM010"),
        name="init-not-written",
        severity="error",
        message="the starting files cannot be written: {problem}",
        remedy="choose a folder that you may write to",
        unreadable=True,
        explain="""\
The operating system refused to write the files of `cimforge init`.

Example: `cimforge init /usr/share/models` without the rights for it.

Remedy: choose another folder.""",
    ),
    Rule(
        code=Code("CIM900"),
        name="compiler-fault",
        severity="error",
        message="a fault of cimforge itself: {fault}",
        remedy="please report it with the output of the same command with --debug added",
        explain="""\
cimforge came upon a state that it holds to be impossible. That is a fault of cimforge, whatever the input: bad input has
diagnostics of its own. Nothing was written; the previous output is as it was. The exit status is 3.

Example: an exception inside an emitter.

Remedy: run the command again with --debug and report the traceback, with the smallest input that shows it.""",
    ),
)
