"""Which profile a UML file defines: by its ontology class, its top package or its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from cimforge.ir.facts import ClassFact, Location, MemberFact, PackageFact, ProfileFact
from cimforge.ir.ids import ElementId

_NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
"""What the stereotypes of an ontology class and of its attributes stand for."""


def is_ontology(stereotypes: Sequence[str]) -> bool:
    """Whether a class is a profile's header and not part of what the profile describes: «owl»."""
    return any(s.casefold() == "owl" for s in stereotypes)


def profile_fact(
    path: str,
    packages: Sequence[PackageFact],
    classes: Sequence[ClassFact],
    members: Sequence[MemberFact],
) -> ProfileFact:
    """The one profile of a file.

    It is named after the top package, or after the file where there are several or none. ENTSO-E's UML keeps
    what stands in the ontology header of the RDFS in a class «owl»: the initial values of its attributes,
    each stereotyped by the vocabulary it is from («dct» ``title``, «dcat» ``keyword``). Where one class is
    such a header, it gives keyword, URI, version and title. The class itself is stated like any other.
    """
    top = [p for p in packages if p.parent is None]
    name, doc, location = PurePosixPath(path).stem, "", Location(file=path)
    if len(top) == 1:
        name, doc, location = top[0].name, top[0].doc, top[0].location
    header = _header(classes, members)
    first: dict[str, str] = {}
    for predicate, value in header:
        first.setdefault(predicate, value.strip())
    owl, dct, dcat = _NAMESPACES["owl"], _NAMESPACES["dct"], _NAMESPACES["dcat"]
    return ProfileFact(
        id=ElementId(f"uml:{name}"),
        keyword=first.get(f"{dcat}keyword") or name,
        uri=first.get(f"{owl}versionIRI", ""),
        version=first.get(f"{owl}versionInfo", ""),
        title=first.get(f"{dct}title") or name,
        doc=first.get(f"{dct}description") or doc,
        header=header,
        location=location,
    )


def _header(classes: Sequence[ClassFact], members: Sequence[MemberFact]) -> tuple[tuple[str, str], ...]:
    ontologies = [c for c in classes if is_ontology(c.stereotypes)]
    if len(ontologies) != 1:
        return ()
    found: list[tuple[str, str]] = []
    for member in members:
        if member.owner.value == ontologies[0].id and member.default is not None:
            spaces = [_NAMESPACES[s.casefold()] for s in member.stereotypes if s.casefold() in _NAMESPACES]
            found.extend((space + member.name, member.default) for space in spaces)
    return tuple(found)
