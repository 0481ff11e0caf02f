"""Models that make no sense, and models that are merely unusual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cimforge.ir.value import replace

from tests.hostile.sketch import (
    FORMATS,
    RDF,
    RDFS,
    UML,
    Format,
    Kind,
    Link,
    Member,
    Sketch,
    enumeration,
    small,
)


@dataclass(frozen=True, kw_only=True)
class Senseless:
    """A model that must be refused."""

    name: str
    sketch: Sketch
    code: str
    says: tuple[str, ...]
    """Words of the message."""
    places: int = 1
    """How many places it names."""
    formats: tuple[Format, ...] = FORMATS
    errors: int = 1


def _with(*kinds: Kind, links: tuple[Link, ...] = ()) -> Sketch:
    sketch = small()
    return replace(sketch, kinds=(*sketch.kinds, *kinds), links=(*sketch.links, *links))


def _bounds(text: str) -> Sketch:
    return _with(Kind(name="Odd", members=(Member(name="often", type="String", bounds=text),)))


def _end_bounds(text: str) -> Sketch:
    return _with(
        links=(Link(source="Asset", target="Meter", source_role="a", target_role="b", target_bounds=text),)
    )


def _ring(*names: str) -> tuple[Kind, ...]:
    return tuple(
        Kind(name=name, key=name, supers=(names[(i + 1) % len(names)],)) for i, name in enumerate(names)
    )


def _namespaces() -> Iterator[Senseless]:
    """Namespaces that are none. In RDF they make identifiers that are none."""
    for name, space in (
        ("a quote", 'http://x.example/"; open("hostile_marker_file", "w") #'),
        ("a blank", "http://x.example/a b#"),
        ("a tag", "http://x.example/<a>#"),
        ("a backslash", "http://x.example/\\N{BULLET}#"),
        ("braces", "http://x.example/{{ x }}#"),
        ("a line end", "http://x.example/a\nb#"),
    ):
        sketch = replace(small(), space=space)
        yield Senseless(
            name=f"namespace with {name}",
            sketch=sketch,
            code="CIM132",
            says=("no IRI",),
            formats=("rdf",),
            errors=99,
        )
        yield Senseless(
            name=f"namespace with {name}", sketch=sketch, code="CIM130", says=("IRI",), formats=("ttl",)
        )
        yield Senseless(
            name=f"namespace with {name}",
            sketch=sketch,
            code="CIM217",
            says=("no absolute IRI",),
            formats=UML,
        )
    relative = replace(small(), space="grid#")
    yield Senseless(name="relative namespace", sketch=relative, code="CIM131", says=("base",), formats=RDF)
    yield Senseless(name="relative namespace", sketch=relative, code="CIM217", says=("grid#",), formats=UML)


SENSELESS: tuple[Senseless, ...] = (
    *_namespaces(),
    Senseless(
        name="inherits from itself",
        sketch=_with(*_ring("Self")),
        code="CIM206",
        says=("Self -> Self",),
        errors=1,
    ),
    Senseless(
        name="cycle of three",
        sketch=_with(*_ring("Ant", "Bee", "Cat")),
        code="CIM206",
        says=("Ant", "Bee", "Cat", " -> "),
        places=3,
    ),
    Senseless(
        name="packages in a circle",
        sketch=replace(
            small(), packages=("Grid", "Over", "Under"), parents={"Over": "Under", "Under": "Over"}
        ),
        code="CIM206",
        says=("Over", "Under"),
        places=2,
        formats=RDF,
    ),
    Senseless(
        name="missing superclass",
        sketch=_with(Kind(name="Orphan", supers=("Nobody",))),
        code="CIM203",
        says=("Orphan", "superclass"),
    ),
    Senseless(
        name="missing type",
        sketch=_with(Kind(name="Vague", members=(Member(name="what", type="Nothing"),))),
        code="CIM203",
        says=("Vague.what", "type"),
    ),
    Senseless(
        name="missing class at an end",
        sketch=_with(links=(Link(source="Meter", target="Ghost", source_role="m", target_role="Ghost"),)),
        code="CIM203",
        says=(),
        errors=2,
    ),
    Senseless(
        name="superclass that is an enumeration",
        sketch=_with(Kind(name="Odd", supers=("MeterKind",))),
        code="CIM204",
        says=("Odd", "enumeration"),
    ),
    Senseless(
        name="attribute typed by a class",
        sketch=_with(Kind(name="Odd", members=(Member(name="host", type="Asset"),))),
        code="CIM204",
        says=("Odd.host", "class"),
        formats=(*RDFS, *UML),  # in OWL the range tells an association from an attribute
    ),
    Senseless(
        name="end at an enumeration",
        sketch=_with(links=(Link(source="Meter", target="MeterKind", source_role="m", target_role="k"),)),
        code="CIM204",
        says=("Meter.k", "an enumeration"),
    ),
    Senseless(
        name="end at a primitive",
        sketch=_with(links=(Link(source="Meter", target="String", source_role="m", target_role="k"),)),
        code="CIM204",
        says=("Meter.k", "a primitive"),
    ),
    Senseless(
        name="end at a compound",
        sketch=_with(
            Kind(name="Place", stereotype="Compound", key="Place", members=(Member(name="x"),)),
            links=(Link(source="Meter", target="Place", source_role="m", target_role="p"),),
        ),
        code="CIM204",
        says=("Meter.p", "a compound"),
    ),
    Senseless(
        name="one attribute name twice",
        sketch=_with(Kind(name="Twice", members=(Member(name="same"), Member(name="same", type="Integer")))),
        code="CIM213",
        says=("Twice.same",),
        places=2,
        formats=RDF,
    ),
    Senseless(
        name="one attribute name twice",
        sketch=_with(Kind(name="Twice", members=(Member(name="same"), Member(name="same", type="Integer")))),
        code="CIM207",
        says=("Twice.same",),
        places=2,
        formats=UML,
    ),
    Senseless(
        name="one literal twice",
        sketch=_with(enumeration("Echo", "a", "b", "a")),
        code="CIM213",
        says=("Echo.a",),
        places=2,
        formats=RDF,
    ),
    Senseless(
        name="one literal twice",
        sketch=_with(enumeration("Echo", "a", "b", "a")),
        code="CIM207",
        says=("Echo.a",),
        places=2,
        formats=UML,
    ),
    Senseless(
        name="two parents with one member name",
        sketch=_with(
            Kind(name="Left", key="Left", members=(Member(name="kind"),)),
            Kind(name="Right", key="Right", members=(Member(name="kind", type="Integer"),)),
            Kind(name="Both", key="Both", supers=("Left", "Right")),
        ),
        code="CIM212",
        says=("Both", "kind"),
        places=3,
    ),
    *(
        Senseless(
            name=f"attribute bounds {text}", sketch=_bounds(text), code="CIM208", says=("Odd.often", text)
        )
        for text in ("5..2", "abc", "-1", "0..0", "1..x", "-1..1", "1...2", "0..99999999999999999999")
    ),
    Senseless(name="end bounds 5..2", sketch=_end_bounds("5..2"), code="CIM208", says=("Asset.b", "5..2")),
    Senseless(
        name="a class without a name",
        sketch=_with(Kind(name="")),
        code="CIM210",
        says=("class",),
        formats=UML,
    ),
    Senseless(
        name="a class without a name",
        sketch=_with(Kind(name="")),
        code="CIM137",
        says=("C3",),
        formats=RDF,
    ),
    Senseless(
        name="an attribute without a name",
        sketch=_with(Kind(name="Some", members=(Member(name=""),))),
        code="CIM210",
        says=("Some",),
        formats=UML,
    ),
    Senseless(
        name="an attribute without a name",
        sketch=_with(Kind(name="Some", members=(Member(name=" "),))),
        code="CIM137",
        says=("C3.m0",),
        formats=RDF,
    ),
    Senseless(
        name="a literal without a name",
        sketch=_with(enumeration("Some", "a", "")),
        code="CIM210",
        says=("Some",),
        formats=UML,
    ),
    Senseless(
        name="two classes of one id",
        sketch=_with(Kind(name="First", key="Same"), Kind(name="Second", key="Same")),
        code="CIM152",
        says=("First", "Second"),
        places=2,
        formats=("xmi", "xmi2"),
    ),
    Senseless(
        name="two classes of one id",
        sketch=_with(Kind(name="First", key="Same"), Kind(name="Second", key="Same")),
        code="CIM181",
        says=("t_object/1010", "t_object/1011"),
        places=2,
        formats=("qea",),
    ),
    Senseless(
        name="two classes of one id",
        sketch=_with(Kind(name="First", key="Same"), Kind(name="Second", key="Same")),
        code="CIM133",
        says=("First", "Second"),
        places=2,
        formats=RDF,
    ),
)
"""Every model that must be refused for what it says."""
