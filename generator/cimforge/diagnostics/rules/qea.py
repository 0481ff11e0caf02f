"""Rules CIM175-184: reading EA project files."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM175"),
        name="damaged-database",
        severity="error",
        message="the database is damaged: {reason}",
        remedy="Take an undamaged copy, or open the project in Enterprise Architect and save it to a new file.",
        explain=(
            "SQLite checks the tables of a project before they are read, and found pages that contradict each\n"
            "other, are cut short or lead in circles. What could still be read would be part of the model, with\n"
            "nothing to say which part is missing.\n\n"
            "Example: a `.qea` file that was copied while the network was interrupted.\n\n"
            "Remedy: copy the file again; else run Enterprise Architect's project integrity check and transfer the\n"
            "project to a new file."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM176"),
        name="database-in-use",
        severity="error",
        message="the database is half-written: {reason}; is the project open in Enterprise Architect?",
        remedy="Close the project in Enterprise Architect, or export a copy of it, then read again.",
        explain=(
            "While a program writes to an SQLite database, part of its content stands in a file beside it, whose\n"
            "name ends in `-wal` or `-journal`, or the database is locked. The database alone is then not what\n"
            "its author sees, and reading it would give a model that never was.\n\n"
            "Example: `model.qea` with a `model.qea-wal` of some megabytes, after a crash.\n\n"
            "Remedy: close the project. If it was not closed properly, open it once in Enterprise Architect and\n"
            "close it again: that completes or undoes what was begun. The side files must not be deleted by hand."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM177"),
        name="no-ea-project",
        severity="error",
        message="this database is no Enterprise Architect project: {what}",
        remedy="Name the `.qea` file of the project, not another database.",
        explain=(
            "A project has the tables `t_package`, `t_object`, `t_attribute` and `t_connector`. This database has\n"
            "not, or has views in their place, which could compute anything for any length of time.\n\n"
            "Example: the browser's `places.sqlite`.\n\n"
            "Remedy: name the project's own file."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM178"),
        name="missing-column",
        severity="error",
        message="the table {table} has no column {column}",
        remedy="Save the project in a current version of Enterprise Architect, which brings its tables up to date.",
        explain=(
            "The column says something about the model that would be missing without it. Every version of\n"
            "Enterprise Architect since 2004 has it; other programs that write `.qea` files may leave it out.\n\n"
            "Example: `t_attribute` without `LowerBound`.\n\n"
            "Remedy: have the file written by Enterprise Architect."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM179"),
        name="unreadable-value",
        severity="error",
        message="{table}.{column} holds {found} where {wanted} is needed",
        remedy="Correct the row in the modelling tool, or run its project integrity check.",
        explain=(
            "SQLite lets any value stand in any column. Here is one that cannot mean what the column is for: a\n"
            "name that is NULL or binary, a key that is no number, text that is no UTF-8 or has no end.\n\n"
            "Example: `t_object.Name` is a BLOB in the row `t_object/1234`, whose `Object_ID` is 1234.\n\n"
            "Remedy: the place names table and key; correct the element there."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM180"),
        name="access-project",
        severity="error",
        message="this is an Access database (an EA .eap or .eapx project), and mdbtools is not there to read it",
        remedy="Install it with `apt install mdbtools`, or save the project as .qea in Enterprise Architect.",
        explain=(
            "Before version 16 Enterprise Architect kept projects in Access databases (Jet 3, Jet 4 or ACE). They\n"
            "are read by mdbtools, which is in Debian and its relatives, in Homebrew and in\n"
            "Fedora. The program was not found on the path.\n\n"
            "Example: `model.eap`.\n\n"
            "Remedy: install mdbtools; or open the project in Enterprise Architect 16 or later and save it as\n"
            "`.qea`, which needs nothing else."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM181"),
        name="duplicate-guid",
        severity="error",
        message="{second} has the GUID {guid}, which {first} has already",
        remedy="Give one of the two its own GUID: delete the copy in the modelling tool and paste it as new.",
        explain=(
            "A GUID names one element, in every file and every version. Where two rows carry the same, every\n"
            "reference to it could mean either, and taking the first would lose the second.\n\n"
            "Example: two classes of one GUID, after rows were copied from project to project by SQL.\n\n"
            "Remedy: both rows are named; correct one."
        ),
        unreadable=True,
    ),
    Rule(
        code=Code("CIM182"),
        name="stray-rows",
        severity="warning",
        message="rows of {table} that belong to no row of {owners} are {effect}: {count}",
        remedy="Run the project integrity check of Enterprise Architect, which finds and repairs such rows.",
        explain=(
            "An attribute belongs to an object and a tagged value to an element, by their keys. These keys lead\n"
            "nowhere, so nobody sees the rows in the modelling tool. They are left over from a deletion, or what\n"
            "they belonged to was lost. The place is the first of them.\n\n"
            "Example: attributes whose `Object_ID` is that of a class that was deleted.\n\n"
            "Remedy: Project Integrity Check, with the option to repair."
        ),
    ),
    Rule(
        code=Code("CIM183"),
        name="project-without-classes",
        severity="warning",
        message="no class stands in this project",
        remedy="Check that this is the project that holds the model.",
        explain=(
            "The file is an Enterprise Architect project, and nothing in it is a class, an enumeration or a\n"
            "datatype. It may hold a package tree and diagrams only, or be new.\n\n"
            "Example: the empty project that Enterprise Architect creates.\n\n"
            "Remedy: name the right file; leave this one out if it is meant to be empty."
        ),
    ),
    Rule(
        code=Code("CIM184"),
        name="unreadable-access-project",
        severity="error",
        message="mdbtools could not read {what}: {reason}",
        remedy="Save the project as .qea in Enterprise Architect 16 or later; it may need repair there.",
        explain=(
            "The project is an Access database, which `mdb-export` of mdbtools reads. It gave up, took too long\n"
            "or wrote more than any project holds.\n\n"
            "Example: a `.eap` project that was compressed, encrypted with a password, or copied in part.\n\n"
            "Remedy: open the project in Enterprise Architect, repair it if asked, and save it as `.qea`."
        ),
        unreadable=True,
    ),
)
