"""The elements of an information model by the names that selections call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from cimforge.ir.index import Index
from cimforge.ir.model import Classifier, Enumeration, EnumLiteral, Property
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.value import Struct
from cimforge.passes.identifiers import namespace


class Missing(Struct, frozen=True, kw_only=True):
    """Nothing is called so."""

    nearest: tuple[str, ...]
    """What is called nearly so, the nearest first."""


class Ambiguous(Struct, frozen=True, kw_only=True):
    """Several elements are called so."""

    candidates: tuple[str, ...]
    """Their URIs, sorted."""


class Lookup:
    """What ``spec`` calls the elements of ``base``: by name, ``prefix:name`` or URI.

    Prefixes are those of the model's namespaces and that of the extension which ``spec`` declares.
    """

    def __init__(self, base: Index, spec: ProfileSpec) -> None:
        self.base = base
        self.prefixes = dict(base.model.namespaces)
        self.extension = spec.extension.namespace if spec.extension else None
        if spec.extension:
            self.prefixes[spec.extension.prefix] = spec.extension.namespace

    def classifier(self, name: str) -> Classifier | Missing | Ambiguous:
        """The one classifier called ``name``."""
        prefix, _, local = name.rpartition(":")
        candidates = self.base.by_name.get(local, ())
        if prefix:
            candidates = self._by_uri.get(name, ())
            if not candidates and prefix in self.prefixes:
                uri = self.prefixes[prefix] + local
                candidates = tuple(c for c in self.base.by_name.get(local, ()) if c.meta.uri == uri)
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return Ambiguous(candidates=tuple(sorted(c.meta.uri for c in candidates)))
        same = self.base.by_name.get(_last_part(name), ()) if prefix else ()
        elsewhere = tuple(sorted(c.meta.uri for c in same))
        return Missing(nearest=elsewhere or nearest(name, self.base.by_name))

    def member(self, available: Mapping[str, Sequence[Property]], name: str) -> Property | Missing:
        """The member called ``name`` among ``available``, by name as `by_name` has them.

        Of several, the one of the most derived class. A name without prefix means a member of the
        standard where an extension has one of that name, too.
        """
        if name in available:
            candidates = list(available[name])
            if len(candidates) > 1 and self.extension:
                candidates = [p for p in candidates if not p.meta.uri.startswith(self.extension)]
        else:
            prefix, _, local = name.rpartition(":")
            space = self.prefixes.get(prefix)
            candidates = [
                p
                for p in (available.get(local, ()) if space else ())
                if space and p.meta.uri.startswith(space)
            ]
            if not candidates and prefix:
                likely = available.get(_last_part(name).rpartition(".")[2], ())
                candidates = [p for p in likely if _is_called(p, name)] or [
                    p for same in available.values() for p in same if _is_called(p, name)
                ]
        return candidates[-1] if candidates else Missing(nearest=nearest(name, available))

    def literal(self, enumeration: Enumeration, name: str) -> EnumLiteral | Missing:
        """The literal of ``enumeration`` called ``name``, by name or URI."""
        for literal in enumeration.literals:
            if name in (literal.name, literal.meta.uri):
                return literal
        prefix, _, local = name.rpartition(":")
        space = self.prefixes.get(prefix)
        for literal in enumeration.literals if space else ():
            if literal.name == local and literal.meta.uri.startswith(str(space)):
                return literal
        return Missing(nearest=nearest(name, [v.name for v in enumeration.literals]))

    @cached_property
    def _by_uri(self) -> dict[str, tuple[Classifier, ...]]:
        found: dict[str, tuple[Classifier, ...]] = {}
        for c in self.base.model.classifiers:
            if c.meta.uri:
                found[c.meta.uri] = (*found.get(c.meta.uri, ()), c)
        return found


def other_namespaces(base: Index, spec: ProfileSpec) -> Iterator[tuple[str, str]]:
    """Each namespace in which ``spec`` names classes, and that in which the model has most of these names.

    None where the model has a class in one of the former: what is unknown then is a class, no namespace.
    """
    wanted: dict[str, list[str]] = {}
    for table in spec.selections:
        local = _last_part(table.class_)
        if local != table.class_:
            wanted.setdefault(table.class_[: -len(local)], []).append(local)
    if not wanted.keys().isdisjoint(namespace(c.meta.uri) for c in base.model.classifiers):
        return
    for space, names in wanted.items():
        found = Counter(namespace(c.meta.uri) for n in names for c in base.by_name.get(n, ()))
        if found:
            yield space, min(found, key=lambda s: (-found[s], s))


def _is_called(member: Property, name: str) -> bool:
    """Whether ``name`` is the member's URI, or its namespace and its name (as ``prefix:name`` means it)."""
    uri = member.meta.uri
    if uri == name:
        return True
    space = uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]
    return bool(space) and name == space + member.name


def by_name(members: Iterable[Property]) -> dict[str, list[Property]]:
    """``members`` by name, in their order: several where a member redefines an inherited one."""
    found: dict[str, list[Property]] = {}
    for member in members:
        found.setdefault(member.name, []).append(member)
    return found


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of ``known`` that are nearly ``name``; of a name with parts the last one counts."""
    return tuple(get_close_matches(_last_part(name).rpartition(".")[2], sorted(set(known)), n=3, cutoff=0.5))


def _last_part(name: str) -> str:
    """What stands behind the namespace of a URI; any other name as it is."""
    return name.rpartition("#")[2].rpartition("/")[2]
