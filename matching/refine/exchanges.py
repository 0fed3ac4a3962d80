"""Exchanges of companies between buddies: moves, swaps, and ejection chains.

A *step* moves a company to another buddy, where it takes the place of an ejected one, or a free place.
Successive steps, each moving the company that the previous one ejected, form an exchange if the chain ends at
a free place or closes where it began. Every buddy loses and gains at most one company, so that the gains of
steps add up (cyclic and path exchanges of Ahuja, Orlin and Sharma 2001, doi:10.1007/s101070100234).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.program.arrays import Numbers

NOBODY = -1
LONGEST = 5
"""Maximum number of companies in one exchange."""
FRONTIER = 10_000
"""Number of best chains of each length that are extended or returned."""
FAR = 10**9
"""Larger than any change of a total."""


@dataclass(frozen=True)
class Steps:
    """Steps as arrays: `company` leaves `home` for `buddy`, where `ejected` leaves (`NOBODY`: a free place).

    `gain_min` is the estimated travel saved: the saving at `home` minus the increase at `buddy`. `change` has
    shape (limits, steps): what a step adds to limited totals.
    """

    company: Numbers
    home: Numbers
    buddy: Numbers
    ejected: Numbers
    gain_min: Numbers
    change: Numbers

    def only(self, kept: Numbers) -> "Steps":
        """Return some of the steps."""
        columns = (self.company, self.home, self.buddy, self.ejected, self.gain_min)
        company, home, buddy, ejected, gain_min = (column[kept] for column in columns)
        return Steps(company, home, buddy, ejected, gain_min, self.change[:, kept])


def exchanges(steps: Steps, room: Numbers, least_gain_min: int) -> list[tuple[int, ...]]:
    """Return exchanges as tuples of steps, the largest gain first, without duplicate sets of steps.

    Exchanges whose `change` does not fit into `room` are left out, and so are longer ones whose beginning
    gains less than `least_gain_min` or is not among the best.
    """
    least = np.array([_least_changes(steps, row) for row in steps.change]).reshape(steps.change.shape)
    useful = np.flatnonzero(
        np.all((least <= room[:, None]) | (least.min(axis=1, initial=0) < 0)[:, None], axis=0)
    )
    found = _closed_chains(steps.only(useful), least[:, useful], room, least_gain_min)
    ranked = sorted((-gain, tuple(useful[sorted(key)].tolist())) for key, gain in found.items())
    return [key for _, key in ranked]


def _least_changes(steps: Steps, change: Numbers) -> Numbers:
    """Return non-negative lower bounds on what each step adds to the change of any exchange containing it.

    Over an exchange they sum to no more than its change. If some exchange would lower the total, which a
    proved level rules out, no such bounds exist and the changes are returned unchanged. They are computed by
    node potentials (Bellman and Ford); a free place is an extra node, from which an exchange that ends there
    returns to its start.
    """
    free = 1 + max(steps.home.max(initial=-1), steps.buddy.max(initial=-1))
    to = np.where(steps.ejected == NOBODY, free, steps.buddy)
    arcs = np.full((free + 1, free + 1), FAR, dtype=np.int64)
    np.minimum.at(arcs, (steps.home, to), change)
    arcs[free, :free] = 0
    potential = np.zeros(free + 1, dtype=np.int64)
    for _ in range(free + 1):
        lower = np.minimum(potential, (arcs + potential).min(axis=1))
        if np.array_equal(lower, potential):
            return np.asarray(change - potential[steps.home] + potential[to])
        potential = lower
    return change


def _closed_chains(
    steps: Steps, least: Numbers, room: Numbers, least_gain_min: int
) -> dict[frozenset[int], int]:
    """Return the gain of each set of steps that forms an exchange, grown from the best beginnings."""
    order = np.argsort(steps.company, kind="stable")
    begins, ends = (np.searchsorted(steps.company[order], steps.ejected, side) for side in ("left", "right"))
    chains = np.arange(len(steps.company))[:, None]
    found: dict[frozenset[int], int] = {}
    for length in range(1, LONGEST + 1):
        first, last = chains[:, 0], chains[:, -1]
        gain = steps.gain_min[chains].sum(axis=1)
        closed = (steps.ejected[last] == NOBODY) | (steps.ejected[last] == steps.company[first])
        fits = np.all(steps.change[:, chains].sum(axis=2) <= room[:, None], axis=0)
        whole = np.flatnonzero(closed & fits & (gain >= least_gain_min))
        for k in whole[np.lexsort((whole, -gain[whole]))[:FRONTIER]].tolist():
            found.setdefault(frozenset(chains[k].tolist()), int(gain[k]))
        if length < LONGEST:
            open_ended = np.flatnonzero(~closed & (gain >= least_gain_min))
            fits = np.all(least[:, chains].sum(axis=2) <= room[:, None], axis=0)
            # The best of those that fit so far, then the best of those that need a later step to fit.
            rank = open_ended[np.lexsort((open_ended, -gain[open_ended], ~fits[open_ended]))]
            best = _one_between(steps, chains, fits, rank)[:FRONTIER]
            chains = _longer(steps, chains[best], (order, begins, ends))
    return found


def _one_between(steps: Steps, chains: Numbers, fits: Numbers, rank: Numbers) -> Numbers:
    """Of chains with the same start and end, return the first that fits so far and the first that doesn't."""
    ends = np.stack([steps.company[chains[rank, 0]], steps.ejected[chains[rank, -1]], fits[rank]])
    return np.asarray(rank[np.sort(np.unique(ends, axis=1, return_index=True)[1])])


def _longer(steps: Steps, chains: Numbers, following: Sequence[Numbers]) -> Numbers:
    """Return each chain extended by every step that may follow its last one."""
    order, begins, ends = following
    last = chains[:, -1]
    counts = ends[last] - begins[last]
    rows = np.repeat(np.arange(len(chains)), counts)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    follower = order[np.repeat(begins[last], counts) + offset]
    longer = np.column_stack([chains[rows], follower])
    closes = steps.ejected[follower] == steps.company[longer[:, 0]]
    passed = steps.home[longer] == steps.buddy[follower][:, None]
    return np.asarray(longer[closes | ~passed.any(axis=1)])
