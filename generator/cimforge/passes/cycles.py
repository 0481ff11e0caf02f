"""Cycles in a relation, found without recursion."""

from __future__ import annotations

from collections.abc import Mapping

from cimforge.ir.ids import ElementId


def depths(targets: Mapping[ElementId, tuple[ElementId, ...]]) -> dict[ElementId, int]:
    """Length of the longest way from each node of a relation without cycles; 0 where none begins."""
    found: dict[ElementId, int] = {}
    for start in targets:
        stack = [start]
        while stack:
            current = stack[-1]
            missing = [t for t in targets.get(current, ()) if t not in found]
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
                found[current] = max((found[t] + 1 for t in targets.get(current, ())), default=0)
    return found


def first_cycle(targets: Mapping[ElementId, tuple[ElementId, ...]]) -> tuple[ElementId, ...]:
    """One cycle of ``targets``, starting at its smallest id; empty if there is none.

    Linear in the relation's size. The same relation gives the same cycle, whatever its order.
    """
    done: set[ElementId] = set()
    for start in sorted(targets):
        if start in done:
            continue
        path: list[ElementId] = []
        on_path: dict[ElementId, int] = {}
        stack: list[tuple[ElementId, bool]] = [(start, False)]
        while stack:
            current, leaving = stack.pop()
            if leaving:
                path.pop()
                del on_path[current]
                done.add(current)
                continue
            if current in on_path:
                cycle = path[on_path[current] :]
                turn = cycle.index(min(cycle))
                return tuple(cycle[turn:] + cycle[:turn])
            if current in done:
                continue
            on_path[current] = len(path)
            path.append(current)
            stack.append((current, True))
            stack.extend((t, False) for t in sorted(targets.get(current, ()), reverse=True))
    return ()
