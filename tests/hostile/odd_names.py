"""Names and texts that no careful modeller writes, and that a schema compiler meets all the same."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable
from dataclasses import replace

from tests.hostile.sketch import PRIMITIVES, Kind, Member, Sketch, enumeration, small

MARKER = "hostile_marker_file"
"""What every payload would create."""

RUN = f"open({MARKER!r}, 'w').close()"
"""Code that would create it."""

LITERAL_RUN = f'open("{MARKER}", "w").close()'

OWN = (
    # what generated modules import, define or are called
    *(
        "Optional",
        "field",
        "dataclass",
        "Enum",
        "Decimal",
        "TYPE_CHECKING",
        "annotations",
        "List",
        "Any",
        "Union",
    ),
    *(
        "CimObject",
        "Reference",
        "InvalidMessage",
        "from_xml",
        "to_xml",
        "from_json",
        "to_json",
        "import_module",
    ),
    *(
        "XmlDate",
        "XmlDateTime",
        "XmlTime",
        "XmlDuration",
        "XmlPeriod",
        "QName",
        "Path",
        "Mapping",
        "Iterator",
    ),
    *(
        "grid",
        "Grid",
        "_runtime",
        "_documents",
        "_tables",
        "_texts",
        "_xml",
        "_json",
        "py_typed",
        "__init__",
        "__main__",
    ),
    *("typing", "enum", "dataclasses", "decimal", "xsdata", "lxml", "json", "sys", "os", "hostile"),
)
INSIDE = (
    # what dataclasses, Enum, slots and xsdata keep in a class
    *(
        "Meta",
        "self",
        "cls",
        "mro",
        "name",
        "value",
        "names",
        "iri",
        "ref",
        "referenceType",
        "fields",
        "metadata",
    ),
    *(
        "__init__",
        "__class__",
        "__dict__",
        "__slots__",
        "__doc__",
        "__eq__",
        "__repr__",
        "__hash__",
        "__module__",
    ),
    *("__post_init__", "__match_args__", "__dataclass_fields__", "__dataclass_params__", "__annotations__"),
    *(
        "_value_",
        "_name_",
        "_missing_",
        "_ignore_",
        "_order_",
        "_generate_next_value_",
        "__members__",
        "_sunder_",
    ),
    *("__private", "___", "_", "__", "required", "default", "default_factory", "kw_only", "type", "Element"),
)


def classes(names: Iterable[str]) -> Sketch:
    """A class, an attribute and a link to each of ``names``."""
    kinds = tuple(
        Kind(name=n, key=f"K{i}", members=(Member(name=f"plain{i}"),), supers=("Asset",))
        for i, n in enumerate(names)
        if n not in PRIMITIVES
    )
    sketch = small()
    return replace(sketch, kinds=(*sketch.kinds, *kinds))


def attributes(names: Iterable[str]) -> Sketch:
    """One class with an attribute of each name, of types in turn."""
    types = ("String", "Integer", "Decimal", "Boolean", "MeterKind", "DateTime")
    members = tuple(
        Member(name=n, type=types[i % len(types)], bounds=("0..1", "0..n")[i % 7 == 0], key=f"a{i}")
        for i, n in enumerate(names)
    )
    sketch = small()
    return replace(sketch, kinds=(*sketch.kinds, Kind(name="Holder", key="Holder", members=members)))


def literals(names: Iterable[str]) -> Sketch:
    """An enumeration with a literal of each name, and a class that uses it."""
    sketch = small()
    user = Kind(name="Holder", key="Holder", members=(Member(name="which", type="Odd"),))
    return replace(sketch, kinds=(*sketch.kinds, enumeration("Odd", *names, key="Odd"), user))


def descriptions(texts: Iterable[str]) -> Sketch:
    """A class, an attribute and a literal for each text, described by it."""
    kinds = tuple(
        Kind(name=f"Doc{i}", key=f"D{i}", doc=t, members=(Member(name=f"doc{i}", doc=t),))
        for i, t in enumerate(texts)
    )
    values = Kind(
        name="DocKind",
        stereotype="enumeration",
        key="DocKind",
        members=tuple(Member(name=f"v{i}", type=None, doc=t, key=f"L{i}") for i, t in enumerate(texts)),
    )
    sketch = small()
    return replace(sketch, kinds=(*sketch.kinds, *kinds, values))


SOFT = ("match", "case", "type", "_")
KEYWORDS = tuple(dict.fromkeys((*keyword.kwlist, *SOFT)))
BUILTINS = tuple(n for n in dir(builtins) if not n.startswith("_"))
FOLDED = (
    "\ufb01eld",
    "field_",
    "fi\u0065ld",
    "\u212bngstrom",
    "\u00c5ngstrom",
    "A\u030angstrom",
    "\uff21\uff22",
    "AB",
)
CLEANED = ("a-b", "a_b", "a.b", "a b", "a/b", "a:b", "a\u2013b", "ab")
CASES_ONLY = ("Plant", "PLANT", "plant", "pLANT", "pl\u0131nt", "plint")
HIDDEN = (
    "inv\u200bisible",
    "invisible",
    "rev\u202eersed",
    "zero\u200dwidth",
    "bom\ufeff",
    "soft\u00adhyphen",
)
DIGITS = ("1", "42nd", "2.0", "-1", "+", "*", "%", "$", "\u00b2nd", "\u0661one")
LONG = ("x" * 300, "x" * 301, "y" * 10_000, "y" * 10_001, "z" * 120, "\u00e9" * 120)
CODE = (
    "a\nb",
    f"x\n{RUN}\n#",
    f"x = {RUN}",
    f"x: int = 0; {RUN}",
    f"x(object): {RUN} #",
    f'"""; {RUN}; """',
    f'"; {LITERAL_RUN}; "',
    f"'; {RUN}; '",
    "\\",
    "{{ view }}",
    "${x}",
    "<script>",
    "a\tb",
    "\u2028x\u2029",
    "x\r\ny",
)
UNICODE = (
    "Z\u00e4hler",
    "\u8ba1\u91cf",
    "\u0441\u0447\u0435\u0442\u0447\u0438\u043a",
    "\U0001d504",
    "\U0001f50c",
    "\u03a9",
)
PATHS = (
    "../../escape",
    "/hostile_absolute",
    "..",
    ".",
    "~root",
    "C:\\escape",
    "a/../../b",
    "con",
    "CON",
    "nul.txt",
    "aux",
    "LPT1",
    "COM\u00b9",
    "trailing.",
    "trailing ",
    "-rf",
    ".hidden",
    ".git",
)
LITERALS = (
    *("None", "True", "mro", "name", "value", "names", "_missing_", "__init__", "iri", "self", "class"),
    *(
        "a-b",
        "a_b",
        "it's",
        'say "hi"',
        "1",
        "1.5",
        "",
        "<",
        "&amp;",
        " spaced ",
        "tab\tbed",
        "\\n",
        "\u2028",
    ),
    *(f'"; {LITERAL_RUN} #', f"'+{RUN}+'", "A", "a"),
)
TEXTS = (
    'three """ quotes',
    f'"""; {RUN}; """',
    f"'''; {RUN}; '''",
    "ends in a backslash \\",
    'ends in a quote "',
    "\\N{BULLET} \\u0041 \\x41 \\",
    "\\\\\\",
    '"',
    '""',
    '"""',
    "{{ 7*7 }} {% raw %} {# note #} {{{mustache}}}",
    "- yaml: [1, 2\n  key: value: !!python/object/apply:os.system ['true']",
    "<b>bold</b> & <script>alert(1)</script> ]]> --> <!--",
    "line one\nline two\n\n   indented\n\ttab",
    "carriage\rreturn",
    "null \u2028 separators \u2029 and \x85",
    "bidi \u202e override \u2066 isolate",
    "%s %(x)s {0} {x} $x ${x} #{x}",
    "\U0001f4a1 \u00e9 \u4e2d",
    "# type: ignore",
    f"\n{RUN}\n",
    "*/ // ; DROP TABLE meters; --",
    "word " * 3000,
)
DEFAULTS = (
    ("String", f"__import__('os').{RUN}"),
    ("String", f'"; {LITERAL_RUN}; "'),
    ("Integer", RUN),
    ("Integer", "1_000"),
    ("Integer", "9" * 5000),
    ("Boolean", "not a boolean"),
    ("Decimal", f"0 if {RUN} else 1"),
    ("Decimal", "1e999999999"),
    ("Float", "nan"),
    ("Float", "1e400"),
    ("DateTime", RUN),
    ("MeterKind", RUN),
    ("MeterKind", "MeterKind.gas"),
)


def defaults(*, fixed: bool) -> Sketch:
    """One class with a default of each kind."""
    members = tuple(
        Member(name=f"d{i}", type=t, default=text, fixed=fixed, key=f"d{i}")
        for i, (t, text) in enumerate(DEFAULTS)
    )
    sketch = small()
    return replace(sketch, kinds=(*sketch.kinds, Kind(name="Holder", key="Holder", members=members)))


HEADERS: dict[str, dict[str, object]] = {
    "version with a line end": {"keyword": "EQ", "version": f"1.0\n{RUN}\n#"},
    "version with a carriage return": {"keyword": "EQ", "version": f"1.0\r{RUN}"},
    "version with other line ends": {"keyword": "EQ", "version": f"1.0\x85{RUN}\u2028{RUN}\u2029{RUN}"},
    "version with quotes": {"keyword": "EQ", "version": f'1.0""" ; {RUN} ; """'},
    "version that closes a comment": {"keyword": "EQ", "version": "1.0 --> <x/> -- */"},
    "long version": {"keyword": "EQ", "version": "1." * 5000},
    "keyword that is a path": {"keyword": "../../escape"},
    "keyword that is an absolute path": {"keyword": "/hostile_absolute"},
    "keyword of dots": {"keyword": ".."},
    "keyword that is code": {"keyword": f"x\n{RUN}"},
    "keyword with quotes": {"keyword": f'"; {LITERAL_RUN} #'},
    "keyword that is a device": {"keyword": "CON"},
    "keyword of blanks": {"keyword": "  "},
    "keyword that is long": {"keyword": "k" * 3000},
    "keyword of the package's own": {"keyword": "_runtime"},
    "keyword __init__": {"keyword": "__init__"},
    "keyword in another script": {"keyword": "\u8ba1\u91cf"},
    "one package that is a path": {"packages": ("../../escape",)},
    "one package that is a device": {"packages": ("nul",)},
    "one package that is code": {"packages": (f'x"""\n{RUN}',)},
    "one package that is a module of Python": {"packages": ("enum",)},
}
"""What a profile is called, and what ends in the first line of every file."""

NAMED: dict[str, Sketch] = {
    "classes called as keywords": classes(KEYWORDS),
    "attributes called as keywords": attributes(KEYWORDS),
    "classes called as builtins": classes(BUILTINS),
    "attributes called as builtins": attributes(BUILTINS),
    "classes called as what modules import": classes(OWN),
    "attributes called as what modules import": attributes(OWN),
    "classes called as what classes hold": classes(INSIDE),
    "attributes called as what classes hold": attributes(INSIDE),
    "attributes called as their types": attributes(("Asset", "Meter", "MeterKind", "String", "Holder")),
    "literals": literals(LITERALS[:16] + tuple(t for t in LITERALS[16:] if t.strip())),
    "literals called as keywords": literals(KEYWORDS),
    "literals called as what classes hold": literals(INSIDE),
    "classes that differ by case": classes(CASES_ONLY),
    "attributes that differ by case": attributes(CASES_ONLY),
    "classes equal once cleaned": classes(CLEANED),
    "attributes equal once cleaned": attributes(CLEANED),
    "classes equal once folded": classes(FOLDED),
    "attributes equal once folded": attributes(FOLDED),
    "literals equal once folded": literals(FOLDED),
    "classes with hidden characters": classes(HIDDEN),
    "attributes with hidden characters": attributes(HIDDEN),
    "classes with digits first": classes(DIGITS),
    "attributes with digits first": attributes(DIGITS),
    "long classes": classes(LONG),
    "long attributes": attributes(LONG),
    "code for classes": classes(CODE),
    "code for attributes": attributes(CODE),
    "code for literals": literals(CODE),
    "other scripts for classes": classes(UNICODE),
    "other scripts for attributes": attributes(UNICODE),
    "paths for classes": classes(PATHS),
    "paths for packages": replace(
        classes(()),
        packages=("Grid", *PATHS),
        kinds=(*small().kinds, *(Kind(name=f"P{i}", package=p) for i, p in enumerate(PATHS))),
    ),
    **{name: replace(small(), **change) for name, change in HEADERS.items()},
    "descriptions": descriptions(TEXTS),
    "defaults": defaults(fixed=False),
    "fixed values": defaults(fixed=True),
}
"""Every sound model with strange names and texts in it, by name."""
