"""Kernel: raise the Lagrangian bound by subgradient steps."""

import numpy as np

from data.base.compiled import Ints, compiled
from matching.assignment.search.knapsacks import bound
from matching.assignment.search.tables import SCALE, Domain, Scratch, Tables

MOMENTUM = 0.7
"""Weight of the previous direction in the next one."""
SMALLEST = 1e-3
"""An ascent ends when its steps have shrunk to this share of Polyak's."""


@compiled
def ascend(
    tables: Tables,
    domain: Domain,
    u: Ints,
    scratch: Scratch,
    at_most: int,
    steps: int,
    size: float,
    patience: int,
    stop: Ints,
) -> int:
    """Return the best bound of at most `steps` steps; u becomes its multipliers, `scratch` its solution.

    Ends early if the bound exceeds `at_most`, if the solution gives every item to one agent and so is an
    assignment of that value, or when `stop[0]` is set. Steps are `size` times the step that would reach
    `at_most` if the bound were linear (Polyak); after `patience` steps without improvement they shrink and
    restart from the best multipliers.
    """
    best, stalled = -(1 << 62), 0
    scratch.best_u[:] = u
    scratch.direction[:] = 0.0
    while steps > 0 and size > SMALLEST and stop[0] == 0:
        steps -= 1
        now = bound(tables, domain, u, scratch)
        if now > at_most:
            return now
        stalled += 1
        if now > best:
            if now > best + max(SCALE // 50, abs(best) >> 20):
                stalled = 0
            best = now
            scratch.best_u[:] = u
        if stalled > patience:
            size *= 0.7
            stalled = 0
            u[:] = scratch.best_u
            scratch.direction[:] = 0.0
        violated, square = _turn(domain, scratch)
        if violated == 0:
            return now
        reach = min(at_most + SCALE - now, abs(now) // 8 + 64 * SCALE)
        length = size * reach / max(square, 1.0)
        for j in range(len(u)):
            if domain.owner[j] < 0:
                u[j] += np.int64(np.rint(length * scratch.direction[j]))
    u[:] = scratch.best_u
    return bound(tables, domain, u, scratch)


@compiled
def _turn(domain: Domain, scratch: Scratch) -> tuple[int, float]:
    """Add the subgradient to the direction; return the number of unassigned items and the squared norm."""
    violated, square = 0, 0.0
    for j in range(len(domain.owner)):
        if domain.owner[j] < 0:
            missing = 1 - scratch.takers[j]
            if missing != 0:
                violated += 1
            scratch.direction[j] = MOMENTUM * scratch.direction[j] + missing
            square += scratch.direction[j] ** 2
    return violated, square
