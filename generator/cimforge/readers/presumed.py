"""What a profile takes for granted of an information model, element by element, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, PackageFact, Ref, SourceFile
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Multiplicity
from cimforge.ir.value import replace
from cimforge.readers.rdfs_graph import fragment


class Presumed:
    """Grows with what a profile mentions; what is said first of an element stands.

    Elements are known by their URIs, as profiles know them. `facts` may hold superclasses in a circle and
    members without a type, where a profile implies the one and does not state the other:
    `passes.presuppose` settles both.
    """

    def __init__(self) -> None:
        self._classes: dict[str, ClassFact] = {}
        self._supers: dict[str, dict[str, None]] = {}
        self._members: dict[str, MemberFact] = {}
        self._literals: dict[str, dict[str, MemberFact]] = {}
        self._packages: dict[str, PackageFact] = {}
        self._bounds: dict[str, Multiplicity] = {}

    def class_(
        self,
        uri: str,
        at: Location,
        *,
        name: str = "",
        package: str = "",
        doc: str = "",
        stereotypes: Iterable[str] = (),
    ) -> None:
        """The class ``uri``, of any kind; ``package`` is the package's URI."""
        known = self._classes.get(uri)
        if known is None:
            known = self._classes[uri] = ClassFact(
                id=ElementId(uri), name=local_name(uri), uri=uri, location=replace(at, pointer=uri)
            )
        if not (name or package or doc or stereotypes):
            return
        added = tuple(s for s in stereotypes if s not in known.stereotypes)
        self._classes[uri] = replace(
            known,
            name=name or known.name,
            package=known.package or (Ref(by="uri", value=package) if package else None),
            doc=known.doc or doc,
            stereotypes=(*known.stereotypes, *added),
        )

    def package(self, uri: str, name: str, at: Location, *, parent: str = "", doc: str = "") -> None:
        """The package ``uri``."""
        known = self._packages.get(uri) or PackageFact(
            id=ElementId(uri), name=name, uri=uri, location=replace(at, pointer=uri)
        )
        self._packages[uri] = replace(
            known,
            parent=known.parent or (Ref(by="uri", value=parent) if parent else None),
            doc=known.doc or doc,
        )

    def extends(self, sub: str, base: str, at: Location) -> None:
        """That ``sub`` is a subclass of ``base``, in one step or several.

        Of two classes of one name one stands in a namespace that the model has no more, or extends the other.
        """
        for uri in (sub, base):
            if uri not in self._classes:
                self.class_(uri, at)
        if fragment(sub) != fragment(base):
            self._supers.setdefault(sub, {})[base] = None

    def member(
        self,
        uri: str,
        user: str,
        at: Location,
        *,
        type_: str = "",
        range_: str = "",
        bounds: Multiplicity | None = None,
        doc: str = "",
    ) -> None:
        """The member ``uri`` that a profile of the class ``user`` has.

        Its owner is the class in its URI (``Class.member``), and a superclass of ``user``; ``user`` itself
        where the URI has none. ``type_`` is a datatype, ``range_`` what may be a class. Of several
        ``bounds`` the widest are what the model allows.
        """
        owner, name = _owner_and_name(uri, user)
        self.extends(user, owner, at)
        known = self._members.get(uri)
        if known is None or ((type_ or range_) and known.type is None and known.range is None):
            self._members[uri] = MemberFact(
                id=ElementId(uri),
                owner=Ref(by="uri", value=owner),
                name=name,
                uri=uri,
                type=Ref(by="uri", value=type_) if type_ else None,
                range=Ref(by="uri", value=range_) if range_ else None,
                doc=doc if known is None else known.doc or doc,
                location=replace(at, pointer=uri) if known is None else known.location,
            )
        elif doc and not known.doc:
            self._members[uri] = replace(known, doc=doc)
        if bounds is not None:
            self._bounds[uri] = _widest(self._bounds.get(uri, bounds), bounds)

    def literal(self, uri: str, enumeration: str, at: Location, *, name: str = "", doc: str = "") -> None:
        """The literal ``uri``; of the enumeration in its URI, else of ``enumeration``."""
        owner, local = _owner_and_name(uri, enumeration)
        self.class_(owner, at, stereotypes=("enumeration",))
        self._literals.setdefault(owner, {}).setdefault(
            uri,
            MemberFact(
                id=ElementId(uri),
                owner=Ref(by="uri", value=owner),
                name=name or local,
                uri=uri,
                doc=doc,
                location=replace(at, pointer=uri),
            ),
        )

    def datatype(self, uri: str, at: Location, *, value: str = "", package: str = "", doc: str = "") -> None:
        """The CIMDatatype ``uri``, whose value is of the XSD type ``value`` if that is known."""
        self.class_(uri, at, package=package, doc=doc, stereotypes=("CIMDatatype",))
        if value and f"{uri}.value" not in self._members:
            self._members[f"{uri}.value"] = MemberFact(
                id=ElementId(f"{uri}.value"),
                owner=Ref(by="uri", value=uri),
                name="value",
                uri=f"{uri}.value",
                type=Ref(by="uri", value=value),
                multiplicity="0..1",
                location=replace(at, pointer=f"{uri}.value"),
            )

    def facts(self, source: SourceFile, notes: Mapping[str, int]) -> Facts:
        """All of it. Literals are in the order of their names: profiles list them in none.

        Prefixes are left out: those that profiles declare stand for vocabularies, not for the model.
        """
        members: list[MemberFact] = []
        positions: dict[str, int] = {}
        for literals in self._literals.values():
            members.extend(sorted(literals.values(), key=lambda m: (m.name, m.id)))
        members.extend(self._members.values())
        for index, member in enumerate(members):
            position = positions.get(member.owner.value, 0)
            positions[member.owner.value] = position + 1
            stated = self._bounds.get(member.id)
            multiplicity = str(stated) if stated else member.multiplicity
            members[index] = replace(member, position=position, multiplicity=multiplicity)
        return Facts(
            sources=(source,),
            packages=tuple(self._packages.values()),
            classes=tuple(
                replace(c, supers=tuple(Ref(by="uri", value=s) for s in self._supers.get(uri, ())))
                for uri, c in self._classes.items()
            ),
            members=tuple(members),
            notes=tuple(sorted(notes.items())),
        )


def local_name(uri: str) -> str:
    """The name in a URI's last part; blanks are written there as ``%20``."""
    return (fragment(uri) or uri).replace("%20", " ")


def _owner_and_name(uri: str, user: str) -> tuple[str, str]:
    """URI of the class and name of the member in ``uri``; ``user`` and the whole where it names no class.

    What an extension adds to a class keeps the extension's namespace and is called after that class.
    """
    local = fragment(uri)
    owner, dot, name = local.partition(".")
    if not dot or not owner or not name:
        return user, local_name(uri)
    if owner == fragment(user):
        return user, name.replace("%20", " ")
    return uri[: len(uri) - len(local)] + owner, name.replace("%20", " ")


def _widest(first: Multiplicity, second: Multiplicity) -> Multiplicity:
    upper = None if first.upper is None or second.upper is None else max(first.upper, second.upper)
    return Multiplicity(lower=min(first.lower, second.lower), upper=upper)
