"""Every key of ``cimforge.toml``, once: what `load` accepts and what the JSON Schema says come from here."""

from __future__ import annotations

import re
from typing import Any, Literal

from cimforge.ir.policies import DEFAULT_POLICIES, POLICIES, Field
from cimforge.ir.value import Struct

EMITTERS = ("python", "xsd", "openapi", "adapters", "ir")
SEVERITIES = ("error", "warning", "note")
DEFAULT_NAMESPACE = "http://iec.ch/TC57/CIM100#"
VERSION = 1


class Key(Struct, frozen=True, kw_only=True):
    """One key: its type, what it may hold and what it means."""

    name: str
    type: Literal["integer", "string", "strings"]
    doc: str
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()
    """The only values allowed (for ``strings``: of each item)."""
    pattern: str = ""
    """Regular expression that the whole value (each item) matches."""
    expects: str = ""
    """``pattern`` in words, for diagnostics."""
    filled: bool = False
    """A ``strings`` value must hold at least one item."""

    def refuses(self, value: str) -> bool:
        """Whether ``pattern`` rules this text out."""
        return bool(self.pattern) and re.fullmatch(self.pattern, value) is None


class Table(Struct, frozen=True, kw_only=True):
    """One table of fixed keys; ``repeated`` for an array of tables."""

    name: str
    doc: str
    keys: tuple[Key, ...] = ()
    repeated: bool = False


_GLOB = r"[^\x00-\x1f\x7f]+"
_GLOB_WORDS = "a path or glob pattern without control characters"

NAMESPACE = r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>\"'{}|\\^`]+[#/]"
NAMESPACE_WORDS = "an absolute IRI that ends in # or /"

VERSION_KEY = Key(
    name="version",
    type="integer",
    doc=f"Version of this file's format: {VERSION}.",
    required=True,
)

BUILD = Table(
    name="build",
    doc="What the build is called.",
    keys=(
        Key(
            name="name",
            type="string",
            doc="Name of the build and of the Python package it emits. Left out, the model gives it.",
            default="",
            pattern=r"[A-Za-z][A-Za-z0-9_]{0,59}",
            expects="a Python package name: a letter, then at most 59 letters, digits and underscores",
        ),
        Key(
            name="release",
            type="string",
            doc="Release of what is built; stands in file headers and OpenAPI documents.",
            default="",
            pattern=r"[0-9A-Za-z.+_~-]{0,60}",
            expects="at most 60 letters, digits and the characters . + _ ~ -",
        ),
    ),
)

CIM_NAMESPACE = Key(
    name="namespace",
    type="string",
    doc="CIM namespace of the sources that name none.",
    default=DEFAULT_NAMESPACE,
    pattern=NAMESPACE,
    expects=NAMESPACE_WORDS,
)

INPUT = Table(
    name="input",
    doc="The model files, as globs relative to this file's folder.",
    keys=(
        Key(
            name="model",
            type="strings",
            doc="Information model: RDFS (RDF/XML, Turtle) or XMI files, folders, zips.",
            required=True,
            pattern=_GLOB,
            expects=_GLOB_WORDS,
            filled=True,
        ),
        Key(
            name="extensions",
            type="strings",
            doc="Model files of extensions, each in a namespace of its own.",
            default=(),
            pattern=_GLOB,
            expects=_GLOB_WORDS,
        ),
        Key(
            name="profiles",
            type="strings",
            doc="Profiles: TOML files that select what a message takes out of the information model.",
            default=(),
            pattern=_GLOB,
            expects=_GLOB_WORDS,
        ),
        CIM_NAMESPACE,
        Key(
            name="namespaces",
            type="strings",
            doc="Tables of namespaces by stereotype (CIMTool's `.namespaces` files), for all model files. One"
            " beside a model file and of its name is found as it is.",
            default=(),
            pattern=_GLOB,
            expects=_GLOB_WORDS,
        ),
    ),
)

OUTPUT = Table(
    name="output",
    doc="Where the output goes, and which outputs there are.",
    keys=(
        Key(
            name="dir",
            type="string",
            doc="Output folder, relative to this file's folder.",
            default="generated",
            pattern=_GLOB,
            expects="a folder path without control characters",
        ),
        Key(
            name="emit",
            type="strings",
            doc="The outputs: each fills one folder of the output folder.",
            default=EMITTERS,
            choices=EMITTERS,
            filled=True,
        ),
        Key(
            name="format",
            type="string",
            doc="Formatter run over emitted Python, which is laid out as black does it anyway: `black` is for"
            " a style of your own in pyproject.toml, and slow.",
            default="none",
            choices=("none", "black"),
        ),
    ),
)

_FIELDS: dict[Field, str] = {
    "multiplicity": "Multiplicity of a member. Each profile keeps its own bounds, whatever the policy.",
    "type": "Type of an attribute, class that an association end leads to.",
    "superclass": "Superclasses of a class.",
    "kind": "Whether it is a class, enumeration, primitive, datatype or compound.",
    "stereotypes": "Stereotypes, but for those that say how one profile uses an element.",
    "text": "Description; blanks do not count.",
    "default": "Default or fixed value of an attribute.",
    "inverse": "The other end of an association.",
    "abstractness": "Whether a class is abstract. Each profile keeps its own statement.",
}

MERGE = Table(
    name="merge",
    doc="What becomes of an element that several files state differently, by what differs: `error`,"
    " `warning` and `note` report it, `newest` takes what the newest profile says, `union` keeps all.",
    keys=tuple(
        Key(
            name=field,
            type="string",
            doc=doc,
            default=DEFAULT_POLICIES[field],
            choices=POLICIES[field],
        )
        for field, doc in _FIELDS.items()
    ),
)

EMITTER_TABLES = (
    Table(name="python", doc="Options of the Python emitter: none yet."),
    Table(name="xsd", doc="Options of the XSD emitter: none yet."),
    Table(name="openapi", doc="Options of the OpenAPI emitter: none yet."),
    Table(name="adapters", doc="Options of the adapter emitter: none yet."),
)

SUPPRESS = Table(
    name="suppress",
    doc="Rules (warnings and notes) that this project silences, each with the reason.",
    keys=(
        Key(name="rule", type="string", doc="Name or code of a rule.", required=True),
        Key(
            name="reason",
            type="string",
            doc="Why, for whoever reads this next. Stands in SARIF output.",
            required=True,
            pattern=r"(?s).*\S.*",
            expects="a reason",
        ),
    ),
    repeated=True,
)

TABLES = (BUILD, INPUT, MERGE, OUTPUT, *EMITTER_TABLES, SUPPRESS)

SEVERITY_TABLE = "severity"
SEVERITY_DOC = "Severity of a warning or note, by the rule's name or code. An error stays an error."

NAMESPACES_TABLE = "namespaces"
NAMESPACES_DOC = (
    "Namespace of what has a stereotype, by the stereotype (letter case does not count). Overrides the"
    " model's tags and the rows of `.namespaces` files."
)

TOP_LEVEL = (VERSION_KEY.name, *(table.name for table in TABLES), NAMESPACES_TABLE, SEVERITY_TABLE)
