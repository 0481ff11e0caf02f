"""Packages, classes and members of an EA project as facts."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from cimforge.ir.facts import ClassFact, Location, MemberFact, PackageFact, Ref
from cimforge.ir.value import replace
from cimforge.readers.qea_reading import Reading, text
from cimforge.readers.qea_schema import ATTRIBUTES, OBJECTS, PACKAGES, Row
from cimforge.readers.qea_tags import report_strays

CLASSES = frozenset({"Class", "AssociationClass", "Enumeration", "DataType", "PrimitiveType", "Interface"})
"""Object types that are stated as classes."""

_ASSOCIATION_CLASS = 17
"""``NType`` of a class that is an association too."""
_NO_CLASSIFIER = frozenset({None, "", "0"})


def package_facts(reading: Reading) -> list[PackageFact]:
    """Every package, in the order of their keys; ``reading`` knows their ids after.

    What EA keeps of a package as of any element (stereotypes, tags) belongs to the object of type ``Package``
    whose ``PDATA1`` is the package's key. The root of a project has no such object. A package whose parent
    does not exist stands at the top (CIM182).
    """
    rows = reading.rows[PACKAGES.name]
    objects = {row[7]: row for row in reading.rows[OBJECTS.name] if row[1] == "Package"}
    ids = dict(zip((row[0] for row in rows), reading.ids(PACKAGES, rows), strict=True))
    reading.package_ids = {key: id_ for key, id_ in ids.items() if id_}
    found: list[PackageFact] = []
    strays: list[Row] = []
    for row in rows:
        key, name, parent, notes, _ = row
        id_ = ids[key]
        if not id_:
            continue
        object_: Row = objects.get(str(key), _NO_OBJECT)
        reading.object_ids[object_[0]] = id_
        above = reading.package_ids.get(parent)
        if parent and above is None:
            strays.append(row)
        if not parent and object_ is _NO_OBJECT:
            reading.roots.add(id_)
        found.append(
            PackageFact(
                id=id_,
                name=reading.name(PACKAGES, key, name),
                parent=Ref(by="id", value=above) if above else None,
                stereotypes=reading.stereotypes(id_, object_[5]),
                doc=text(notes) or text(object_[3]),
                tags=reading.object_tags.get(object_[0], ()),
                location=reading.at(PACKAGES, key),
            )
        )
    report_strays(reading, PACKAGES, PACKAGES, strays, "read as top packages")
    return found


def without_roots(
    reading: Reading, packages: Sequence[PackageFact], classes: Sequence[ClassFact]
) -> tuple[PackageFact, ...]:
    """``packages`` without the root nodes of the project, which are counted; what is in one is at the top.

    EA has no element for a root node (mostly called ``Model``), and whether an export holds it depends on
    where the export began. One that has a text or classes of its own stays.
    """
    roots = reading.roots - {c.package.value for c in classes if c.package is not None}
    roots -= {p.id for p in packages if p.doc}
    if not roots:
        return tuple(packages)
    reading.notes["root node of the project"] += len(roots)
    return tuple(
        replace(p, parent=None) if p.parent is not None and p.parent.value in roots else p
        for p in packages
        if p.id not in roots
    )


_NO_OBJECT: Row = (0, "Package", None, None, 0, None, None, None, None, 0, None)


def class_facts(reading: Reading) -> list[ClassFact]:
    """Every object of a type in `CLASSES`, in the order of their keys; others are counted.

    ``reading`` knows the types of all objects and the ids of classes after.
    """
    rows: list[Row] = []
    for row in reading.rows[OBJECTS.name]:
        type_ = row[1] or "untyped"
        reading.object_types[row[0]] = type_
        if type_ in CLASSES:
            rows.append(row)
        elif type_ != "Package":
            reading.notes[f"{type_} in {OBJECTS.name}"] += 1
    packages = {key: Ref(by="id", value=id_) for key, id_ in reading.package_ids.items()}
    found: list[ClassFact] = []
    for id_, row in zip(reading.ids(OBJECTS, rows), rows, strict=True):
        key, type_, name, note, package, stereotype, abstract, _, _, ntype, association = row
        if not id_:
            continue
        reading.object_ids[key] = id_
        if ntype == _ASSOCIATION_CLASS and type_ == "Class":
            type_ = "AssociationClass"
        if type_ == "AssociationClass" and (association or "").isdecimal():
            reading.association_classes[int(association)] = id_
        found.append(
            ClassFact(
                id=id_,
                name=name if name is not None else reading.name(OBJECTS, key, name),
                package=packages.get(package) or _missing(reading, package),
                stereotypes=reading.stereotypes(id_, stereotype),
                is_abstract=_ABSTRACT.get(abstract),
                doc=text(note),
                tags=reading.object_tags.get(key, ()),
                metaclass=type_,
                location=Location(file=reading.path, pointer=f"t_object/{key}"),
            )
        )
    return found


_ABSTRACT = {"0": False, "1": True}


def _missing(reading: Reading, package: int) -> Ref | None:
    return Ref(by="id", value=f"{reading.path}#{PACKAGES.name}/{package}") if package else None


def member_facts(reading: Reading) -> list[MemberFact]:
    """Every attribute and literal, by class and in the order that EA shows them (``Pos``).

    A type is the object that ``Classifier`` names, else the name in ``Type``. Attributes of objects that are
    no classes are counted, those of objects that do not exist left out and reported (CIM182).
    """
    rows, owners = _owned(reading)
    place, tags = reading.path, reading.attribute_tags
    stereotypes, marked = reading.stereotypes, reading.marked
    types: dict[tuple[str | None, str | None], Ref | None] = {}
    found: list[MemberFact] = []
    last, position = 0, 0
    for id_, row in zip(reading.ids(ATTRIBUTES, rows), rows, strict=True):
        key, owner, name, stereotype, lower, upper, notes, _, const, classifier, default, label, _ = row
        if not id_:
            continue
        if owner != last:
            last, position = owner, 0
        if (classifier, label) not in types:
            types[classifier, label] = _type(reading, key, classifier, label)
        found.append(
            MemberFact(
                id=id_,
                owner=owners[owner],
                name=name if name is not None else reading.name(ATTRIBUTES, key, name),
                type=types[classifier, label],
                multiplicity=f"{lower or ''}..{upper or ''}" if lower or upper else "",
                default=default or None,
                is_constant=const == 1,
                position=position,
                stereotypes=stereotypes(id_, stereotype) if stereotype or id_ in marked else (),
                doc=text(notes) if notes else "",
                tags=tags.get(key, ()),
                location=Location(file=place, pointer=f"t_attribute/{key}"),
            )
        )
        position += 1
    return found


def _owned(reading: Reading) -> tuple[list[Row], dict[int, Ref]]:
    """The attributes of classes, in order, and the classes by key; other attributes are told of."""
    types = reading.object_types
    owners = {key: reading.ref(key) for key in reading.object_ids if types.get(key) in CLASSES}
    rows = sorted(reading.rows[ATTRIBUTES.name], key=itemgetter(1, 7, 0))
    others = [row for row in rows if row[1] not in owners]
    if others:
        rows = [row for row in rows if row[1] in owners]
        strays = [row for row in others if row[1] not in types]
        report_strays(reading, ATTRIBUTES, OBJECTS, strays)
        reading.notes.update(f"attribute of {types[row[1]]}" for row in others if row[1] in types)
    return rows, owners


def _type(reading: Reading, key: int, classifier: str | None, label: str | None) -> Ref | None:
    """The type of the attribute ``key``; CIM179 if its classifier is no key of an object."""
    if classifier in _NO_CLASSIFIER:
        return Ref(by="name", value=label) if label else None
    assert classifier is not None
    if classifier.strip().isdecimal():
        return reading.ref(int(classifier))
    reading.report.add(
        "CIM179",
        at=reading.at(ATTRIBUTES, key),
        table=ATTRIBUTES.name,
        column="Classifier",
        wanted="the key of an object",
        found=f"“{classifier[:40]}”",
    )
    return None
