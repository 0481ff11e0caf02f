"""Where elements come from and stand: their meta data, and their part in each profile of a family."""

from __future__ import annotations

from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, Origin, Use
from cimforge.ir.model import InProfile, Meta, Multiplicity


class Origins:
    """Makes `Meta` and `InProfile` values."""

    def __init__(self, facts: Facts, extensions: tuple[str, ...]) -> None:
        self.facts = facts
        self.extensions = extensions
        self._in_profile: dict[tuple[object, ...], InProfile] = {}
        self.states_concrete = {
            u.profile for c in facts.classes for u in facts.uses.get(c.id, ()) if "concrete" in u.stereotypes
        }

    def class_meta(self, fact: ClassFact) -> Meta:
        """Meta data of a class; it is abstract in a profile that marks others «concrete» and not it."""
        uses = tuple(
            self.in_profile(
                u,
                None,
                is_abstract=(
                    u.is_abstract
                    if u.is_abstract is not None
                    else u.profile in self.states_concrete and "concrete" not in u.stereotypes
                ),
            )
            for u in self.facts.uses.get(fact.id, ())
        )
        return self.meta(fact, uses)

    def meta(self, fact: ClassFact | MemberFact, uses: tuple[InProfile, ...]) -> Meta:
        """Meta data of an element that stands in ``uses``."""
        return Meta(
            uri=fact.uri,
            doc=fact.doc,
            stereotypes=fact.stereotypes,
            tags=fact.tags,
            deprecated=bool(fact.stereotypes) and any(s.casefold() == "deprecated" for s in fact.stereotypes),
            extension=self._extension(fact.uri),
            profiles=uses,
            location=origin(fact.location),
        )

    def _extension(self, uri: str) -> str:
        for namespace in self.extensions:
            if uri.startswith(namespace):
                return namespace
        return ""

    def in_profile(self, use: Use, bounds: Multiplicity | None, *, is_abstract: bool) -> InProfile:
        """How an element stands in the profile that ``use`` speaks of; equal ones are one object."""
        key = (use.profile, bounds, is_abstract, use.used, use.stereotypes)
        found = self._in_profile.get(key)
        if found is None:
            used = use.used.casefold()
            found = self._in_profile[key] = InProfile(
                profile=use.profile,
                multiplicity=bounds,
                is_abstract=is_abstract,
                navigable=(used == "yes") if used else None,
                is_description="Description" in use.stereotypes,
            )
        return found


def origin(location: Location) -> Origin:
    """``location`` as the origin of a model element."""
    return Origin(file=location.file, line=location.line, pointer=location.pointer)
