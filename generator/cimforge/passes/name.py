"""Every identifier and file name of a target, decided once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from cimforge.diagnostics import Report
from cimforge.ir.choices import as_written
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import Class, Classifier, Compound, EnumLiteral, Property
from cimforge.ir.names import NameTable
from cimforge.passes.identifiers import (
    ENUM_RESERVED,
    class_identifier,
    digest,
    has_hidden_characters,
    namespace,
    ncname,
    python_identifier,
    schema_key,
)
from cimforge.passes.place import place

Target = Literal["python", "xsd", "openapi"]


def assign_names(index: Index, target: Target, report: Report, *, module: str = "") -> NameTable:
    """The names of ``index.model`` in ``target``.

    After the call every classifier that the target declares has an identifier of its own (no target
    declares primitives, and Python no datatypes: they are built-in types there), every property one
    that no other property of its class has, inherited ones included, every literal one of its own in its
    enumeration; all injective under NFKC. Who keeps the plain name never depends on order: a name that
    needs no change wins over one that does, an element of the model's main namespace over another's;
    the loser gets a suffix made from its URI. A rename is reported (CIM604). A dataset called as one of
    its classes leaves the name to the class.

    Args:
        index: The model.
        target: ``python``, ``xsd`` or ``openapi``.
        report: Takes CIM603 and CIM604.
        module: Module of every classifier of a message unit; empty for a family, whose modules
            follow its profiles (`place`).
    """
    scheme = _SCHEMES[target]
    names = _Names(index, scheme, report)
    envelope = names.classifiers()
    if target == "python":
        names.python_members()
    else:
        names.wire_members()
    modules: dict[ElementId, str] = {}
    order: tuple[str, ...] = ()
    if target == "python":
        if module:
            modules, order = {c.id: module for c in index.model.classifiers}, (module,)
        else:
            modules, order = place(index)
    return NameTable(target=target, by_id=names.by_id, modules=modules, module_order=order, envelope=envelope)


_SCHEMES: dict[str, Callable[[str], str]] = {
    "python": class_identifier,
    "xsd": ncname,
    "openapi": schema_key,
}


class _Names:
    def __init__(self, index: Index, scheme: Callable[[str], str], report: Report) -> None:
        self.index = index
        self.scheme = scheme
        self.report = report
        self.by_id: dict[ElementId, str] = {}
        self.main_namespace = _main_namespace(index)
        self.warns = scheme is class_identifier

    def classifiers(self) -> str:
        model = self.index.model
        taken: set[str] = set()
        emitted: tuple[Classifier, ...] = (*model.classes, *model.enumerations, *model.compounds)
        by_value: tuple[Classifier, ...] = model.primitives
        if self.scheme is class_identifier:
            by_value += model.datatypes
        else:
            emitted += model.datatypes
        envelope = ""
        if model.envelope:
            envelope = self.scheme(model.envelope.name)
            if _fold(envelope) in {_fold(self.scheme(c.name)) for c in emitted}:
                envelope = f"{envelope}_{digest(model.envelope.namespace)}"
            taken.add(_fold(envelope))
        self._assign(emitted, taken, self.scheme)
        for classifier in by_value:
            self.by_id[classifier.id] = self.scheme(classifier.name)
        return envelope

    def wire_members(self) -> None:
        """Element and key names: a redefinition in a subclass keeps its inherited wire name."""
        self._members_of_classes(self.scheme, redefining=True)
        for enumeration in self.index.model.enumerations:
            for literal in enumeration.literals:
                self.by_id[literal.id] = literal.name

    def python_members(self) -> None:
        model = self.index.model
        declared: tuple[Classifier, ...] = (*model.classes, *model.enumerations, *model.compounds)
        classes = frozenset(self.by_id[c.id] for c in declared)

        def field_name(name: str) -> str:
            identifier = python_identifier(name)
            return identifier + "_" if identifier in classes else identifier

        self._members_of_classes(field_name, redefining=False)
        for enumeration in model.enumerations:
            self._assign(enumeration.literals, set(), lambda n: python_identifier(n, ENUM_RESERVED))

    def _members_of_classes(self, scheme: Callable[[str], str], *, redefining: bool) -> None:
        """Names of members, apart from those of inherited ones.

        ``redefining``: a member called as an inherited one takes its name; it takes its place as well.
        """
        inherited: dict[ElementId, dict[str, str]] = {}
        beside = self._inherited_together()
        for owner in self._owners():
            members = self._members(owner)
            known = dict(beside.get(owner.id, ()))
            for base in owner.bases if isinstance(owner, Class) else ():
                known.update(inherited.get(base, ()))
            wanted = [(scheme(m.name), m) for m in members]
            folded = {_fold(name): m.name for name, m in wanted}
            if len(folded) == len(wanted) and known.keys().isdisjoint(folded):
                self._give(wanted)
                known.update(folded)
            else:
                taken = set(known)
                if redefining:
                    taken -= {f for name, m in wanted if known.get(f := _fold(name)) == m.name}
                self._assign(members, taken, scheme)
                known.update((_fold(self.by_id[m.id]), m.name) for m in members)
            inherited[owner.id] = known
            if owner.id in beside:
                beside[owner.id].update(known)

    def _inherited_together(self) -> dict[ElementId, dict[str, str]]:
        """A map of names, still empty, for each group of classes that some class inherits side by side."""
        group: dict[ElementId, dict[str, str]] = {}
        for class_ in self.index.model.classes:
            if len(class_.bases) > 1:
                above = [a.id for a in self.index.ancestors(class_.id)]
                merged = {id(group[a]) for a in above if a in group}
                shared: dict[str, str] = {}
                group.update((a, shared) for a, names in list(group.items()) if id(names) in merged)
                group.update((a, shared) for a in above)
        return group

    def _owners(self) -> Iterable[Class | Compound]:
        """Classes with every base before its subclasses, then compounds."""
        done: set[ElementId] = set()
        for class_ in self.index.model.classes:
            if class_.id in done:
                continue
            above = () if done.issuperset(class_.bases) else self.index.ancestors(class_.id)
            for owner in (*above, class_):
                if owner.id not in done:
                    done.add(owner.id)
                    yield owner
        yield from self.index.model.compounds

    def _assign(
        self,
        elements: Iterable[Classifier | Property | EnumLiteral],
        taken: set[str],
        scheme: Callable[[str], str],
    ) -> None:
        wanted = [(scheme(e.name), e) for e in elements]
        folded = {_fold(n) for n, _ in wanted}
        if len(folded) == len(wanted) and taken.isdisjoint(folded):
            taken |= folded
            self._give(wanted)
            return
        wanted.sort(key=lambda w: (w[0] != w[1].name, not self._is_main(w[1]), w[1].id))
        for name, element in wanted:
            if _fold(name) in taken:
                key = element.meta.uri or element.id
                name = f"{name}_{digest(key)}"
                self.report.add(
                    "CIM604", at=element.meta.location, element=element.id, name=element.name, renamed=name
                )
            taken.add(_fold(name))
            self._give([(name, element)])

    def _give(self, names: Sequence[tuple[str, Classifier | Property | EnumLiteral]]) -> None:
        """Each element gets the name beside it; hidden characters in the model's own are told."""
        for name, element in names:
            self.by_id[element.id] = name
            if self.warns and not element.name.isprintable() and has_hidden_characters(element.name):
                self.report.add(
                    "CIM603",
                    at=element.meta.location,
                    element=element.id,
                    name=ascii(element.name),
                    renamed=name,
                )

    def _members(self, owner: Class | Compound) -> tuple[Property, ...]:
        """What is written of ``owner``: of a choice its options, beside which the end keeps its own name."""
        if not isinstance(owner, Class):
            return owner.attributes
        for end in owner.ends:
            if end.alternatives:
                self.by_id[end.id] = self.scheme(end.name)
        return (*owner.attributes, *as_written(owner.ends, self.index))

    def _is_main(self, element: Classifier | Property | EnumLiteral) -> bool:
        return namespace(element.meta.uri) == self.main_namespace


def _fold(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def _main_namespace(index: Index) -> str:
    count: dict[str, int] = {}
    for c in index.model.classes:
        space = namespace(c.meta.uri)
        count[space] = count.get(space, 0) + 1
    return min(count, key=lambda s: (-count[s], s), default="")
