"""What a UML file takes for granted of the other files: it stands in the file's profile, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cimforge.ir.facts import ClassFact, Facts, Ref, Use
from cimforge.ir.ids import ElementId
from cimforge.passes.references import UML_FORMATS


def reached_uses(
    files: Sequence[Facts], classes: Sequence[ClassFact], alias: Mapping[ElementId, ElementId]
) -> dict[ElementId, tuple[Use, ...]]:
    """For each of ``classes`` (merged) a `Use` for every UML file that refers to it without stating it.

    A profile in RDFS states every class that it has members of, leads to or derives from. The UML of an
    extension does not: its associations and generalizations end at classes of the model that it extends.
    """
    class_by_id = {c.id: c for c in classes}
    found: dict[ElementId, tuple[Use, ...]] = {}
    for facts in files:
        if not facts.profiles or not facts.sources or facts.sources[0].format not in UML_FORMATS:
            continue
        own = {alias.get(c.id, c.id) for c in facts.classes}
        reached: list[ElementId] = []
        seen = set(own)
        waiting = [i for m in facts.members for i in _targets(alias, m.owner, m.range)]
        waiting += [i for c in facts.classes for i in _targets(alias, *_plain_supers(c))]
        while waiting:
            id_ = waiting.pop()
            if id_ not in seen and id_ in class_by_id:
                seen.add(id_)
                reached.append(id_)
                waiting += _targets(alias, *_plain_supers(class_by_id[id_]))
        for id_ in sorted(reached):
            fact = class_by_id[id_]
            use = Use(profile=facts.profiles[0].id, is_abstract=fact.is_abstract, location=fact.location)
            found[id_] = (*found.get(id_, ()), use)
    return found


def _plain_supers(fact: ClassFact) -> list[Ref]:
    return [r for r in fact.supers if r not in fact.mixins]


def _targets(alias: Mapping[ElementId, ElementId], *refs: Ref | None) -> list[ElementId]:
    return [alias.get(ElementId(r.value), ElementId(r.value)) for r in refs if r is not None]
