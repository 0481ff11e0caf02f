"""Tagged values of XMI 1.x: documentation, the user's tags, and Sparx EA's own bookkeeping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from cimforge.readers.ea import MEMO, NOTES, stereotypes, tag_text
from cimforge.readers.xmi1_names import local, reference

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


_Item = TypeVar("_Item")


def _with(items: list[_Item] | None, item: _Item) -> list[_Item]:
    """``items``, which may be none yet, with one more at the end."""
    if items is None:
        return [item]
    items.append(item)
    return items


TagText = tuple[str, str, str, str]
"""Tag, the ``xmi.id`` of its definition, another name for it, and the value, as written or empty."""


class Tagged:
    """The tagged values of one element, sorted out; a list without anything in it is None, as most are."""

    doc: str = ""
    tags: list[tuple[str, str]] | None = None
    """Name and value of the tags that belong to the model, in file order."""
    ea: Mapping[str, str] = {}
    """EA's own properties by name: the type's label, the bounds, the GUID, the side of an end."""
    memos: list[str] | None = None
    """Names of tags whose text EA left out."""
    open: list[TagText] | None = None
    """UML 1.4: what stands from the first tag on whose definition is still to come."""

    def add(self, tag: str, value: str) -> None:
        """Take one tagged value: as documentation if it is the first that says something, else as a tag."""
        text = tag_text(value) if value[:6] == MEMO or NOTES in value else value
        if text is None:
            self.memos = _with(self.memos, tag)
            text = ""
        if text and not self.doc and tag in _DOCUMENTATION:
            self.doc = text
        else:
            self.tags = _with(self.tags, (tag, text))

    def join(self, other: Tagged) -> None:
        """Take what ``other`` says, once."""
        self.doc = self.doc or other.doc
        self.tags = list(dict.fromkeys((*(self.tags or ()), *(other.tags or ()))))
        self.memos = [*(self.memos or ()), *(other.memos or ())]

    @property
    def stereotypes(self) -> tuple[str, ...]:
        """Stereotypes that EA lists in its cross references, and the first, which it repeats in a tag."""
        if "stereotype" not in self.ea and "$ea_xref_property" not in self.ea:
            return ()
        named = stereotypes(self.ea.get("$ea_xref_property", ""))
        return (*named, self.ea.get("stereotype", ""))


class TagReading:
    """How tagged values are read in one file."""

    def __init__(self, *, from_ea: bool = False) -> None:
        self.from_ea = from_ea
        """The exporter is Sparx EA: unidentified tagged values with its names are its bookkeeping."""
        self.definitions: dict[str, str] = {}
        """UML 1.4: names of the ``TagDefinition``s by ``xmi.id``."""
        self.bookkeeping = 0
        """How many tagged values were EA's own."""

    def read(self, container: etree._Element, into: Tagged) -> None:
        """Add the tagged values that stand in ``container``."""
        read, bookkeeping = _EA_READ, _EA_BOOKKEEPING if self.from_ea else None
        ea: dict[str, str] = {}
        count = 0
        for element in container:
            if bookkeeping and len(given := element.values()) == 2:
                # Nine in ten tagged values of EA are its own: a tag and a value, in this order.
                if given[0] in bookkeeping:
                    count += 1
                    continue
                if given[0] in read:
                    ea[given[0]] = given[1]
                    continue
            tag, value = element.get("tag"), element.get("value")
            if tag and value is not None and not into.open:
                into.add(tag, value)
            elif local(element) == "TaggedValue":
                self.take(self.said(element), into)
        self.bookkeeping += count
        if ea:
            into.ea = {**into.ea, **ea}

    def take(self, said: TagText, into: Tagged) -> None:
        """Add one tagged value; or keep it for `finish` if its definition, or one before, is yet to come."""
        tag, definition, _, _ = said
        if into.open or (not tag and definition and definition not in self.definitions):
            into.open = _with(into.open, said)
        else:
            into.add(*self._resolved(said))

    def finish(self, into: Tagged) -> None:
        """Add what was kept: every definition is known, or none will be."""
        for said in into.open or ():
            into.add(*self._resolved(said))
        into.open = None

    def _resolved(self, said: TagText) -> tuple[str, str]:
        tag, definition, name, value = said
        return tag or self.definitions.get(definition) or name, value

    def said(self, element: etree._Element) -> TagText:
        """What a ``TaggedValue`` says.

        UML 1.3 has ``tag`` and ``value``; UML 1.4 a ``TagDefinition`` or ``name``, and ``dataValue``; each is
        an attribute or, in verbose exports, a child element.
        """
        get = element.get
        tag, value = get("tag"), get("value")
        if tag and value is not None:
            return tag, "", "", value
        definition, name = get("type", ""), get("name", "")
        if value is None:
            value = get("dataValue")
        for child in element:
            part = local(child)
            if part in ("value", "dataValue") and value is None:
                value = child.text
            elif part == "tag" and not tag:
                tag = child.text
            elif part == "type" and not definition:
                for referred in child:
                    definition = reference(referred)
                    name = name or referred.get("name", "")
        return tag or "", definition, name, value or ""
