"""Convert an assignment instance into tables for the one-resource kernel, split into independent parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from matching.assignment.instance import AssignmentInstance, Row
from matching.assignment.search.tables import SCALE, Tables

MOST_ITEMS, MOST_CELLS = 2000, 6_000_000
"""Larger ones are left to HiGHS: tables have a cell (32 bytes) for each item and unit of capacity."""


@dataclass(frozen=True)
class TablePart:
    """Some agents and items of an instance; the tables may have a dummy agent `nobody` for leaving out."""

    agents: Ints
    items: Ints
    tables: Tables
    nobody: int | None

    def inside(self, assignee: Sequence[int | None]) -> Ints:
        """Return which row of the tables each item of the part has in an assignment of the whole instance."""
        place = {int(i): row for row, i in enumerate(self.agents)}
        rows = [self.nobody if assignee[j] is None else place[assignee[j]] for j in self.items.tolist()]
        return np.array(rows, dtype=np.int64)

    def outside(self, rows: Ints) -> list[int | None]:
        """Return the instance's agent of each item, None if it is left out."""
        return [None if row == self.nobody else int(self.agents[row]) for row in rows.tolist()]


def table_parts(instance: AssignmentInstance) -> list[TablePart] | None:
    """Return the parts; None if the instance has other constraints than one resource, or is too large."""
    if len(instance.load) != 1 or instance.limits or not instance.penalty:
        return None
    load, cost = _filled(instance.load[0]), _filled(instance.cost)
    capacity = np.array(instance.capacity[0], dtype=np.int64)
    if np.any(np.array(instance.min_load[0]) > 0) or capacity.min() < 0 or load.min() < 0:
        return None
    eligible = np.array([[each is not None for each in row] for row in instance.cost])
    eligible &= load <= capacity[:, None]
    parts = [_part(instance, cost, load, capacity, eligible, *group) for group in _groups(eligible)]
    return parts if _fit(parts) else None


def _fit(parts: list[TablePart]) -> bool:
    cells = sum(len(part.items) * int(part.tables.capacity.max(initial=0)) for part in parts)
    return cells <= MOST_CELLS and all(len(part.items) <= MOST_ITEMS for part in parts)


def _groups(eligible: NDArray[np.bool_]) -> Iterator[tuple[Ints, Ints]]:
    """Yield the agents and items of every part, by its first item; items without agents form one part."""
    label = np.arange(eligible.shape[1])
    for row in eligible:
        joined = np.unique(label[row])
        if len(joined) > 1:
            label[np.isin(label, joined)] = joined[0]
    label[~eligible.any(axis=0)] = -1
    for first in np.unique(label):
        items = np.flatnonzero(label == first)
        yield np.flatnonzero(eligible[:, items].any(axis=1)), items


def _part(
    instance: AssignmentInstance,
    cost: Ints,
    load: Ints,
    capacity: Ints,
    eligible: NDArray[np.bool_],
    agents: Ints,
    items: Ints,
) -> TablePart:
    """Extract a part, with loads divided by their common divisor and capacities capped at their sum."""
    corner = np.ix_(agents, items)
    flags, loads = eligible[corner].astype(np.uint8), load[corner] * eligible[corner]
    divisor = np.maximum(np.gcd.reduce(loads, axis=1, initial=0), 1)
    loads //= divisor[:, None]
    room = np.minimum(capacity[agents] // divisor, loads.sum(axis=1))
    costs = cost[corner]
    prices = [instance.penalty[j] for j in items.tolist()]
    nobody = None
    if any(price is not None for price in prices):
        nobody = len(agents)
        costs = np.vstack([costs, _filled([tuple(prices)])])
        loads = np.vstack([loads, np.zeros_like(items)])
        room = np.append(room, 0)
        flags = np.vstack([flags, [price is not None for price in prices]]).astype(np.uint8)
    return TablePart(agents, items, Tables(costs * SCALE, loads, room, flags), nobody)


def _filled(table: Sequence[Row]) -> Ints:
    """Return a table in which None becomes zero."""
    return np.array([[each or 0 for each in row] for row in table], dtype=np.int64)
