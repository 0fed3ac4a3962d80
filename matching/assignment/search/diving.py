"""Kernel: fix many items at once according to the Lagrangian solution, to find a first assignment quickly."""

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints, compiled
from matching.assignment.search.ascent import ascend
from matching.assignment.search.domains import close_dear, give, list_open, settle
from matching.assignment.search.knapsacks import raises
from matching.assignment.search.tables import Domain, Scratch, Tables

STEPS, STEP_SIZE, PATIENCE = 20, 0.4, 5
"""The ascent between two rounds of fixing."""


@compiled
def dive(
    tables: Tables,
    domain: Domain,
    u: Ints,
    scratch: Scratch,
    at_most: int,
    share: int,
    leave: int,
    stop: Ints,
) -> bool:
    """Fix items until at most `leave` are open; False if no assignment of at most `at_most` remains that way.

    Each round fixes one in `share` open items to the only agent whose knapsack takes it; first those for
    which any other agent would raise the bound most.
    """
    while settle(tables, domain) and stop[0] == 0:
        list_open(tables, domain, scratch)
        now = ascend(tables, domain, u, scratch, at_most, STEPS, STEP_SIZE, PATIENCE, stop)
        if now > at_most:
            return False
        raises(tables, domain, u, scratch)
        regret = _regrets(domain, scratch)
        open_items = (domain.owner < 0).sum()
        if open_items <= leave:
            return True
        close_dear(domain, scratch, at_most - now)
        order = np.argsort(-regret)[: max(1, open_items // share)]
        for j in order:
            i = _cheapest(domain, scratch, j)
            if i >= 0 and (j == order[0] or regret[j] >= 0):
                give(domain, i, j)
    return False


@compiled
def _regrets(domain: Domain, scratch: Scratch) -> NDArray[np.float64]:
    """Return how much more each item's second agent raises the bound; negative: do not fix the item."""
    regret = np.full(len(domain.owner), -np.inf)
    for j in range(len(domain.owner)):
        if domain.owner[j] < 0:
            least = second = np.inf
            for i in range(len(domain.room)):
                if domain.open[i, j]:
                    raised = float(scratch.raised[i, j])
                    if raised < least:
                        least, second = raised, least
                    elif raised < second:
                        second = raised
            regret[j] = second - least if scratch.takers[j] == 1 else -1.0
    return regret


@compiled
def _cheapest(domain: Domain, scratch: Scratch, j: int) -> int:
    """Return the open agent that raises the bound least; in a tie the one that already takes the item."""
    best = -1
    for i in range(len(domain.room)):
        if domain.open[i, j] and (
            best < 0
            or scratch.raised[i, j] < scratch.raised[best, j]
            or (scratch.raised[i, j] == scratch.raised[best, j] and scratch.taken[i, j])
        ):
            best = i
    return best
