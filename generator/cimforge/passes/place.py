"""Which module each classifier of a family stands in."""

from __future__ import annotations

from collections import defaultdict

from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import Class, Compound
from cimforge.passes.identifiers import digest, file_stem


def place(index: Index) -> tuple[dict[ElementId, str], tuple[str, ...]]:
    """Module of every classifier, and the modules in an order in which they can be imported.

    A family of several profiles has one module a profile, a model of one profile one a package. The
    groups are ranked, those that share or serve most first; a classifier goes to the first group
    that it, or anything built on it (a subclass, a class with an attribute of its type), stands in. So a
    module needs only earlier ones at run time: no import cycle can arise, whatever the model.
    """
    classifiers = index.model.classifiers
    groups, labels = _groups(index)
    used_by = _dependents(index)
    rank = _ranked(groups, used_by)
    home = {c.id: min((rank[g] for g in groups[c.id]), default=len(rank)) for c in classifiers}

    # Pull every classifier to the earliest group that needs it, from the earliest groups on: each
    # classifier is lowered at most once, so this is linear in the dependencies.
    needs: dict[ElementId, list[ElementId]] = defaultdict(list)
    for needed, users in used_by.items():
        for user in users:
            needs[user].append(needed)
    settled: set[ElementId] = set()
    for start in sorted(home, key=lambda i: (home[i], i)):
        level, stack = home[start], [start]
        while stack:
            current = stack.pop()
            if current in settled:
                continue
            settled.add(current)
            home[current] = level
            stack.extend(n for n in needs[current] if n not in settled)

    ordered = sorted(rank, key=lambda g: rank[g])
    stems = _stems([labels.get(g, g) for g in ordered])
    modules = {i: stems[level] if level < len(stems) else "common" for i, level in home.items()}
    used = set(modules.values())
    order = tuple(s for s in (*stems, "common") if s in used)
    return modules, order


def _groups(index: Index) -> tuple[dict[ElementId, tuple[str, ...]], dict[str, str]]:
    model = index.model
    if len(model.profiles) > 1:
        groups = {c.id: tuple(str(p.profile) for p in c.meta.profiles) for c in model.classifiers}
        return groups, {str(p.id): p.keyword for p in model.profiles}
    return (
        {c.id: (str(c.package),) if c.package else () for c in model.classifiers},
        {str(p.id): p.name for p in model.packages},
    )


def _dependents(index: Index) -> dict[ElementId, list[ElementId]]:
    """For each classifier those that need it at run time: subclasses, and who holds values of it."""
    used_by: dict[ElementId, list[ElementId]] = defaultdict(list)
    for c in index.model.classes:
        for base in c.bases:
            used_by[base].append(c.id)
        for end in c.ends:
            if end.containment == "value":
                used_by[end.type].append(c.id)
    enumerations = {e.id for e in index.model.enumerations}
    for datatype in index.model.datatypes:
        if datatype.value in enumerations:
            used_by[datatype.value].append(datatype.id)
    owners: tuple[Class | Compound, ...] = (*index.model.classes, *index.model.compounds)
    for owner in owners:
        for attribute in owner.attributes:
            used_by[attribute.type].append(owner.id)
    return used_by


def _ranked(
    groups: dict[ElementId, tuple[str, ...]], used_by: dict[ElementId, list[ElementId]]
) -> dict[str, int]:
    """Groups by how much they share with and serve others, most first; ties by name."""
    weight: dict[str, int] = defaultdict(int)
    for element, mine in groups.items():
        users = {g for user in used_by[element] for g in groups.get(user, ())}
        for group in mine:
            weight[group] += (len(mine) - 1) + (1 if users - set(mine) else 0)
    return {g: i for i, g in enumerate(sorted(weight, key=lambda g: (-weight[g], g)))}


def _stems(labels: list[str]) -> list[str]:
    stems = [file_stem(label) for label in labels]
    return [
        stem if stems.count(stem) == 1 and stem != "common" else f"{stem}_{digest(label)}"
        for stem, label in zip(stems, labels, strict=True)
    ]
