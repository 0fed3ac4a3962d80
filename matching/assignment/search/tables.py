"""Input and working arrays of the kernels for an assignment with one resource."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints

Flags = NDArray[np.uint8]
SCALE = 1024
"""Costs are multiplied by this, so that multipliers can be integers and the bound still be fine-grained."""


class Tables(NamedTuple):
    """Every item goes to one eligible agent at least cost, within the agents' capacities.

    Agents are rows, items columns; loads are not negative, costs are multiplied by `SCALE`. If items may be
    left out, the last agent is a dummy for that, with loads and capacity 0.
    """

    cost: Ints
    load: Ints
    capacity: Ints
    eligible: Flags


class Domain(NamedTuple):
    """The open pairs, and a trail to undo closings.

    `choices[j]` counts the open agents of item j; once there is only one, it is `owner[j]` (else -1). `room`
    is the capacity left after subtracting the loads of owned items. The first `length[0]` entries of the
    trail are closed pairs as i·n + j, and items that got an owner as -1 - j.
    """

    open: Flags
    choices: Ints
    owner: Ints
    room: Ints
    trail: Ints
    length: Ints


class Scratch(NamedTuple):
    """One thread's working memory.

    The open pairs without an owner, agent by agent from `first[i]` on; the worthwhile items of one knapsack
    with their `weight` and `price`, and tables of the best price by items and load; the Lagrangian solution
    `taken` with the number of `takers` of each item; how much each pair `raised` the bound; the best
    multipliers of an ascent and its direction.
    """

    first: Ints
    pair_item: Ints
    pair_cost: Ints
    pair_load: Ints
    item: Ints
    weight: Ints
    price: Ints
    forward: Ints
    backward: Ints
    taken: Flags
    takers: Ints
    raised: Ints
    best_u: Ints
    direction: NDArray[np.float64]


def domain_of(tables: Tables) -> Domain:
    """Return the domain in which every eligible pair is open."""
    agents, items = tables.cost.shape
    return Domain(
        open=tables.eligible.copy(),
        choices=tables.eligible.sum(axis=0, dtype=np.int64),
        owner=np.full(items, -1, dtype=np.int64),
        room=tables.capacity.copy(),
        trail=np.zeros(agents * items + items, dtype=np.int64),
        length=np.zeros(1, dtype=np.int64),
    )


def scratch_for(tables: Tables) -> Scratch:
    """Allocate working memory for these tables."""
    agents, items = tables.cost.shape
    width = int(tables.capacity.max(initial=0)) + 1

    def integers(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return Scratch(
        first=integers(agents + 1),
        pair_item=integers(agents * items),
        pair_cost=integers(agents * items),
        pair_load=integers(agents * items),
        item=integers(items),
        weight=integers(items),
        price=integers(items),
        forward=integers(items + 1, width),
        backward=integers(items + 1, width),
        taken=np.zeros((agents, items), dtype=np.uint8),
        takers=integers(items),
        raised=integers(agents, items),
        best_u=integers(items),
        direction=np.zeros(items),
    )
