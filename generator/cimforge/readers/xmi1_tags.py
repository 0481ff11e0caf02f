"""Tagged values of XMI 1.x: documentation, the user's tags, and Sparx EA's own bookkeeping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cimforge.readers.ea import stereotypes, tag_text
from cimforge.readers.xmi1_names import local

if TYPE_CHECKING:
    from lxml import etree

_DOCUMENTATION = frozenset({"documentation", "description"})

_EA_READ = frozenset(
    {
        "$ea_xref_property",
        "ea_end",
        "ea_guid",
        "ea_sourceName",
        "ea_stype",
        "lowerBound",
        "package",
        "package2",
        "stereotype",
        "type",
        "upperBound",
    }
)
"""EA's own properties that say something about the model."""

# fmt: off
_EA_BOOKKEEPING = frozenset({
    # elements and packages
    "$ea_attsclassified", "author", "batchload", "batchsave", "complexity", "created",
    "date_created", "date_modified", "ea_eleType", "ea_ntype", "ea_package_id", "genfile",
    "gentype", "iscontrolled", "isprotected", "isSpecification", "lastloaddate", "lastsavedate",
    "logxml", "modified", "owner", "package_name", "packageFlags", "parent", "phase",
    "product_name", "status", "tagged", "tpos", "usedtd", "version", "xmipath", "xmiver", "xmlpath",
    # attributes
    "collection", "containment", "derived", "duplicates", "ea_localid", "length", "ordered",
    "position", "precision", "scale", "static", "style", "styleex",
    # connectors and their ends
    "deststyle", "direction", "dst_aggregation", "dst_changeable", "dst_containment",
    "dst_isNavigable", "dst_isOrdered", "dst_multiplicity", "dst_name", "dst_style",
    "dst_targetScope", "dst_visibility", "ea_sourceID", "ea_sourceType", "ea_targetID",
    "ea_targetName", "ea_targetType", "ea_type", "headStyle", "lb", "linecolor", "linemode",
    "lineStyle", "linewidth", "lmt", "lt", "mb", "mt", "privatedata1", "privatedata2",
    "privatedata3", "privatedata4", "privatedata5", "rb", "rmt", "rt", "seqno", "sourcestyle",
    "src_aggregation", "src_changeable", "src_containment", "src_isNavigable", "src_isOrdered",
    "src_multiplicity", "src_name", "src_style", "src_targetScope", "src_visibility", "subtype",
    "virtualInheritance",
})
# fmt: on
"""EA's own properties that say nothing about it. Neither have an ``xmi.id``; a user's tagged values do."""


@dataclass(slots=True)
class Tagged:
    """The tagged values of one element, sorted out."""

    doc: str = ""
    tags: list[tuple[str, str]] = field(default_factory=list)
    """Name and value of the tags that belong to the model, in file order."""
    ea: dict[str, str] = field(default_factory=dict)
    """EA's own properties by name: the type's label, the bounds, the GUID, the side of an end."""
    memos: list[str] = field(default_factory=list)
    """Names of tags whose text EA left out."""

    def add(self, tag: str, value: str) -> None:
        """Take one tagged value: as documentation if it is the first that says something, else as a tag."""
        text = tag_text(value)
        if text is None:
            self.memos.append(tag)
            text = ""
        value = text
        if tag in _DOCUMENTATION and not self.doc and value:
            self.doc = value
        else:
            self.tags.append((tag, value))

    def join(self, other: Tagged) -> None:
        """Take what ``other`` says, once."""
        self.doc = self.doc or other.doc
        self.tags = list(dict.fromkeys((*self.tags, *other.tags)))
        self.memos.extend(other.memos)

    @property
    def stereotypes(self) -> tuple[str, ...]:
        """Stereotypes that EA lists in its cross references, and the first, which it repeats in a tag."""
        if "stereotype" not in self.ea and "$ea_xref_property" not in self.ea:
            return ()
        named = stereotypes(self.ea.get("$ea_xref_property", ""))
        return (*named, self.ea.get("stereotype", ""))


@dataclass(slots=True)
class TagReading:
    """How tagged values are read in one file."""

    from_ea: bool
    """The exporter is Sparx EA: unidentified tagged values with its names are its bookkeeping."""
    definitions: Mapping[str, str]
    """UML 1.4: names of the ``TagDefinition``s by ``xmi.id``."""
    bookkeeping: int = 0
    """How many tagged values were EA's own."""

    def read(self, container: etree._Element | None) -> Tagged:
        """The tagged values that stand in ``container``."""
        into = Tagged()
        if container is None:
            return into
        read, bookkeeping = (_EA_READ, _EA_BOOKKEEPING) if self.from_ea else (frozenset(), frozenset())
        count = 0
        for element in container:
            get = element.get
            tag = get("tag")
            if tag in bookkeeping and get("xmi.id") is None:
                count += 1
            elif tag in read and get("xmi.id") is None:
                into.ea[tag] = get("value", "")
            elif local(element) == "TaggedValue":
                into.add(*self.pair(element))
        self.bookkeeping += count
        return into

    def pair(self, element: etree._Element) -> tuple[str, str]:
        """Name and value of a ``TaggedValue``.

        UML 1.3 has ``tag`` and ``value``; UML 1.4 a ``TagDefinition`` or ``name``, and ``dataValue``.
        """
        get = element.get
        tag, value = get("tag"), get("value")
        if tag and value is not None:
            return tag, value
        tag = tag or self.definitions.get(get("type", "")) or get("name")
        if value is None:
            value = get("dataValue")
        if tag is None or (value is None and len(element)):
            for child in element.iterchildren("*"):
                part = local(child)
                if part in ("value", "dataValue") and value is None:
                    value = child.text
                elif part == "type" and tag is None:
                    for definition in child.iterchildren("*"):
                        tag = self.definitions.get(definition.get("xmi.idref", ""), definition.get("name"))
        return tag or "", value or ""
