"""First multipliers of the Lagrangian bound: duals of the linear relaxation, found in a fraction of a second.

From them the ascent starts within a per cent of its end; from the items' second lowest costs it takes
hundreds of steps where capacity is scarce.
"""

import numpy as np

from data.base.compiled import Ints
from matching.assignment.search.tables import Tables
from matching.program.arrays import FREE, Draft
from matching.program.highs import Limits, relax


def first_multipliers(tables: Tables, limits: Limits) -> Ints:
    """Return a multiplier for each item; any are valid."""
    agents, items = tables.cost.shape
    agent, item = np.nonzero(tables.eligible)
    draft = Draft()
    x = draft.add_columns(np.zeros(len(agent)), np.ones(len(agent)))
    draft.add_rows(np.ones(items), np.ones(items), item, x, np.ones(len(agent)))
    draft.add_rows(np.full(agents, -FREE), tables.capacity, agent, x, tables.load[agent, item])
    duals = relax(draft.program(tables.cost[agent, item]), limits).duals
    if duals is None:
        return _second_cheapest(tables)
    return np.rint(duals[:items]).astype(np.int64)


def _second_cheapest(tables: Tables) -> Ints:
    """Return each item's second lowest cost, to be paid if one agent refuses it."""
    cost = np.sort(np.where(tables.eligible == 1, tables.cost, np.iinfo(np.int64).max), axis=0)
    start: Ints = np.where(tables.eligible.sum(axis=0) > 1, cost[min(1, len(cost) - 1)], cost[0])
    return start
