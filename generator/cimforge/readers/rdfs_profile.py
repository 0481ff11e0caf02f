"""Which profile a file defines: by its ontology header, its ``*Version`` class, its package or its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Location, MemberFact, PackageFact, ProfileFact
from cimforge.ir.ids import ElementId
from cimforge.readers.rdfs_graph import BLANK, OWL, RDF_TYPE, Subject
from cimforge.readers.source import RawSource

KEYWORDS = ("http://www.w3.org/ns/dcat#keyword",)
TITLES = ("http://purl.org/dc/terms/title", "http://purl.org/dc/elements/1.1/title")
TEXTS = ("http://purl.org/dc/terms/description", "http://purl.org/dc/elements/1.1/description")
VERSION_IRI, VERSION = OWL + "versionIRI", OWL + "versionInfo"


def profiles(
    source: RawSource,
    ontologies: Sequence[Subject],
    packages: Sequence[PackageFact],
    classes: Sequence[ClassFact],
    members: Sequence[MemberFact],
    report: Report,
) -> tuple[ProfileFact, ...]:
    """The profile of the file, by the best evidence it has.

    An ontology header (RDFS2020), else the class of fixed attributes that CGMES 2.4.15 keeps its version
    in, else the first top package, else the file's name. A second header is reported (CIM143) and kept.
    A file without classes and members has no profile.
    """
    if not classes and not members:
        return ()
    if ontologies:
        if len(ontologies) > 1:
            first, second = ontologies[:2]
            report.add(
                "CIM143",
                at=Location(file=source.path, line=second.line, pointer=second.iri),
                related=(Location(file=source.path, line=first.line, pointer=first.iri),),
                first=first.iri,
                second=second.iri,
            )
        return tuple(_from_header(source, ontology) for ontology in ontologies)
    top = next((p for p in packages if p.parent is None), packages[0] if packages else None)
    version = _version_class(classes, members)
    if version is not None:
        return (_from_version_class(*version, packages),)
    if top is not None:
        return (ProfileFact(id=top.id, title=top.name, doc=top.doc, location=top.location),)
    stem = source.path.rpartition(".")[0] or source.path
    return (
        ProfileFact(
            id=ElementId(stem), title=stem[stem.rfind("/") + 1 :], location=Location(file=source.path)
        ),
    )


def _from_header(source: RawSource, ontology: Subject) -> ProfileFact:
    header = tuple((p, v) for p, v, kind in ontology.statements() if p != RDF_TYPE and kind != BLANK)

    def first(predicates: Iterable[str]) -> str:
        return next((v for wanted in predicates for p, v in header if p == wanted), "")

    return ProfileFact(
        id=ElementId(ontology.iri),
        keyword=first(KEYWORDS).strip(),
        uri=first((VERSION_IRI,)) or ontology.iri,
        version=first((VERSION,)),
        title=first(TITLES),
        doc=first(TEXTS),
        header=header,
        location=Location(file=source.path, line=ontology.line, pointer=ontology.iri),
    )


def _version_class(
    classes: Sequence[ClassFact], members: Sequence[MemberFact]
) -> tuple[ClassFact, tuple[MemberFact, ...]] | None:
    """The class ``…Version`` whose fixed attributes name the profile, and those attributes.

    ``IEC61970CIMVersion`` and its like, which date the information model, have no URI attribute.
    """
    for class_ in classes:
        if class_.name.endswith("Version"):
            fixed = tuple(m for m in members if m.is_constant and m.owner.value == class_.uri)
            if any(m.name == "shortName" or m.name.startswith(("entsoeURI", "baseURI")) for m in fixed):
                return class_, fixed
    return None


def _from_version_class(
    class_: ClassFact, fixed: Sequence[MemberFact], packages: Sequence[PackageFact]
) -> ProfileFact:
    def first(prefix: str) -> str:
        return next((m.default.strip() for m in fixed if m.name.startswith(prefix) and m.default), "")

    home = None if class_.package is None else class_.package.value
    package = next((p for p in packages if p.uri == home), None)
    return ProfileFact(
        id=class_.id,
        keyword=first("shortName"),
        uri=first("entsoeURI") or first("baseURI"),
        version=first("entsoeUML"),
        title=package.name if package else class_.name,
        doc=package.doc if package else "",
        header=tuple((m.uri, m.default or "") for m in fixed),
        location=class_.location,
    )
