"""From a model's names to identifiers a target accepts.

Every function is total: any text gives a legal identifier; which texts deserve a diagnostic is the
name pass's business.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from functools import lru_cache

MAX_IDENTIFIER = 200
MAX_FILE_STEM = 80

PYTHON_RESERVED = frozenset(
    {
        *keyword.kwlist,
        # Names that generated modules use in annotations, defaults and metadata: a field that
        # shadowed one would change the meaning of the fields after it.
        *("str", "int", "float", "bool", "list", "dict", "object", "property", "super", "tuple"),
        *("dataclass", "field", "Decimal", "Enum", "Reference", "CimObject", "TYPE_CHECKING", "annotations"),
        *("XmlDate", "XmlDateTime", "XmlDuration", "XmlPeriod", "XmlTime", "Meta", "self"),
    }
)
CLASS_RESERVED = PYTHON_RESERVED | {
    # Names of the package's own that its lazy __init__ uses or offers beside the classes.
    *("AttributeError", "getattr", "globals", "sorted", "import_module"),
    *("InvalidMessage", "from_json", "from_xml", "to_json", "to_xml"),
}
ENUM_RESERVED = PYTHON_RESERVED | {"mro", "name", "value", "names", "iri", "_missing_", "_ignore_"}

WINDOWS_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}
)

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\Z")
_WORD_EDGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_FILE = re.compile(r"[^a-z0-9]+")
_FILE_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,78}[A-Za-z0-9])?\Z")
_NOT_KEY = re.compile(r"[^A-Za-z0-9_.-]")


def namespace(uri: str) -> str:
    """What comes before the last name in ``uri``, its ``#`` or ``/`` included."""
    return uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]


def digest(text: str) -> str:
    """Six hex digits that stand for ``text``: the same in every run and for every order."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _bounded(name: str, limit: int, original: str) -> str:
    return name if len(name) <= limit else f"{name[: limit - 7]}_{digest(original)}"


@lru_cache(maxsize=65536)
def python_identifier(name: str, reserved: frozenset[str] = PYTHON_RESERVED) -> str:
    """``name`` if Python takes it as it is, else the nearest identifier.

    Characters that no identifier holds become ``_``, a leading digit gets ``_`` before it, a leading
    ``__`` (private names) and ``_sunder_`` names get ``x`` before them, a reserved name one
    underscore after it. The result is in NFKC, as Python itself folds identifiers.
    """
    if _PLAIN.match(name) and len(name) <= MAX_IDENTIFIER:
        return name + "_" if name in reserved else name
    folded = unicodedata.normalize("NFKC", name)
    text = "".join(c if ("a" + c).isidentifier() else "_" for c in folded) or "_"
    if not text[0].isidentifier():
        text = "_" + text
    if text.startswith("__") or (text.startswith("_") and text.endswith("_")):
        text = "x" + text
    text = _bounded(unicodedata.normalize("NFKC", text), MAX_IDENTIFIER, name)
    return text + "_" if text in reserved else text


def class_identifier(name: str) -> str:
    """`python_identifier` of a class."""
    return python_identifier(name, CLASS_RESERVED)


@lru_cache(maxsize=65536)
def ncname(name: str) -> str:
    """``name`` if it is an XML NCName, else the nearest one (characters outside become ``_``)."""
    if _PLAIN.match(name):
        return name
    text = "".join(c if c.isalnum() or c in "_-." else "_" for c in unicodedata.normalize("NFC", name)) or "_"
    # XML 1.0 names are narrower than str.isalnum beyond Latin: keep to what every processor takes.
    text = "".join(c if ord(c) < 0x2000 and c not in "ªµº²³¹¼½¾×÷" else "_" for c in text)
    if not (text[0].isalpha() or text[0] == "_"):
        text = "_" + text
    return _bounded(text, MAX_IDENTIFIER, name)


def schema_key(name: str) -> str:
    """``name`` as an OpenAPI component key: ``[A-Za-z0-9_.-]+``."""
    if name.isalnum() and name.isascii() and len(name) <= MAX_IDENTIFIER:
        return name
    return _bounded(_NOT_KEY.sub("_", name) or "_", MAX_IDENTIFIER, name)


@lru_cache(maxsize=4096)
def file_stem(name: str) -> str:
    """``name`` in lower snake case, safe as a file name on every system: ``end_device_controls``."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = _NOT_FILE.sub("_", _WORD_EDGE.sub("_", ascii_name).lower()).strip("_")
    if not stem:
        stem = f"x_{digest(name)}"
    if stem[0].isdigit():
        stem = f"n{stem}"
    stem = _bounded(stem, MAX_FILE_STEM, name)
    return stem + "_" if stem in WINDOWS_RESERVED or stem in PYTHON_RESERVED else stem


def is_file_name(name: str) -> bool:
    """Whether ``name`` can stand as a file name, before an ending, on every system."""
    return _FILE_NAME.match(name) is not None and name.lower() not in WINDOWS_RESERVED


def has_hidden_characters(name: str) -> bool:
    """Whether ``name`` holds control, bidirectional or zero-width characters."""
    return any(unicodedata.category(c) in ("Cc", "Cf") for c in name)
