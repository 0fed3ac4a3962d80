"""Kernel: refill a funded position from its own and unserved companies, as an exact knapsack.

If companies' weights are roughly proportional to their loads, filling one by one leaves a remainder that only
several simultaneous exchanges could fill: a subset-sum problem. At the prices of the limits only few
companies are undecided; this core (Balas and Zemel 1980, doi:10.1287/opre.28.5.1130) is chosen by number and
care minutes.
"""

from __future__ import annotations

import numpy as np

from data.base.compiled import Ints, compiled
from matching.assignment.search.tables import Flags
from matching.positions.knapsacks import SCALE, Openings, rates_of, worths
from matching.positions.serving import Reach, Serving, free, give

CORE = 64
"""Maximum number of undecided companies of a position."""
MOST_CELLS = 1 << 22
"""Cells of the table; with wide limits fewer companies are undecided."""


@compiled
def refill(openings: Openings, reach: Reach, serving: Serving, price: Ints) -> bool:
    """Refill every funded position that can serve more weight; return whether any can.

    `price` is the weight of each company, times SCALE.
    """
    better = False
    for i in range(len(serving.funded)):
        if serving.funded[i] and _refill(openings, reach, serving, price, i):
            better = True
    return better


@compiled
def _refill(openings: Openings, reach: Reach, serving: Serving, price: Ints, i: int) -> bool:
    """Refill position i if that serves more."""
    pair, listed, now, places, care, work = _offered(openings, reach, serving, i)
    if places <= 0 or listed == 0:
        return False
    worth = np.zeros(listed, dtype=np.int64)
    rate, unused = np.zeros(2, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    bound = rates_of(openings, price, pair, listed, worth, places, care, work, rate, unused)
    gain = bound - now * SCALE
    if gain < SCALE:
        return False
    least = worths(openings, price, pair, listed, worth, places, rate[0], rate[1])
    worth -= least
    order = np.argsort(np.abs(worth))
    doubtful = 0
    while doubtful < min(CORE, listed) and abs(worth[order[doubtful]]) < gain:
        doubtful += 1
    chosen = np.zeros(listed, dtype=np.uint8)
    weight = 0
    for n in order[doubtful:]:
        if worth[n] > 0:
            chosen[n] = 1
            weight += reach.weight[openings.company[pair[n]]]
            places -= 1
            care -= openings.care[pair[n]]
            work -= openings.work[pair[n]]
    if places < 0 or care < 0 or work < 0:
        return False
    weight += _core(openings, reach, pair, order[:doubtful], places, care, work, max(1, rate[1]), chosen)
    if weight <= now:
        return False
    for n in range(listed):
        if serving.pair[openings.company[pair[n]]] >= 0:
            free(openings, reach, serving, openings.company[pair[n]])
    for n in range(listed):
        if chosen[n]:
            give(openings, reach, serving, pair[n])
    return True


@compiled
def _offered(
    openings: Openings, reach: Reach, serving: Serving, i: int
) -> tuple[Ints, int, int, int, int, int]:
    """List the pairs that position i may choose from; return their number, current weight and the room."""
    pair = np.zeros(openings.first[i + 1] - openings.first[i], dtype=np.int64)
    listed, now = 0, 0
    places, care, work = serving.left[i, 0], serving.left[i, 1], serving.left[i, 2]
    for k in range(openings.first[i], openings.first[i + 1]):
        if serving.pair[openings.company[k]] == k and not openings.must[k]:
            now += reach.weight[openings.company[k]]
            places += 1
            care += openings.care[k]
            work += openings.work[k]
    for k in range(openings.first[i], openings.first[i + 1]):
        server = serving.pair[openings.company[k]]
        fits = openings.care[k] <= care and openings.work[k] <= work
        if (server < 0 or server == k) and not openings.must[k] and fits:
            pair[listed] = k
            listed += 1
    return pair, listed, now, places, care, work


@compiled
def _core(
    openings: Openings, reach: Reach, pair: Ints, core: Ints,
    places: int, care: int, work: int, of_work: int, chosen: Flags,
) -> int:  # fmt: skip
    """Mark in `chosen` the core pairs with the largest total weight, and return that weight.

    A cell of the table is a number of companies and their care; it holds the best weight minus `of_work` per
    minute of work, so of equal weights the one with least work. Work itself is checked only at the end:
    choices that exceed it are skipped.
    """
    unit, together = 0, 0
    for n in core:
        unit = np.gcd(unit, openings.care[pair[n]])
        together += openings.care[pair[n]]
    unit = max(1, unit)
    rows, columns = min(places, len(core)) + 1, min(care, together) // unit + 1
    core = core[: MOST_CELLS // (rows * columns)]
    if len(core) == 0:
        return 0
    value = np.full((rows, columns), -(1 << 62), dtype=np.int64)
    used = np.zeros((rows, columns), dtype=np.int64)
    took = np.zeros((len(core), rows, columns), dtype=np.uint8)
    value[0, 0] = 0
    for m in range(len(core)):
        k = pair[core[m]]
        takes, minutes = openings.care[k] // unit, openings.work[k]
        worth = reach.weight[openings.company[k]] * SCALE - of_work * minutes
        for row in range(min(rows - 1, m + 1), 0, -1):
            for column in range(columns - 1, takes - 1, -1):
                offered = value[row - 1, column - takes] + worth
                if offered > value[row, column]:
                    value[row, column] = offered
                    used[row, column] = used[row - 1, column - takes] + minutes
                    took[m, row, column] = 1
    best, at_row, at_column = 0, 0, 0
    for row in range(rows):
        for column in range(columns):
            weight = value[row, column] + of_work * used[row, column]
            if used[row, column] <= work and weight > best:
                best, at_row, at_column = weight, row, column
    for m in range(len(core) - 1, -1, -1):
        if took[m, at_row, at_column]:
            chosen[core[m]] = 1
            at_column -= openings.care[pair[core[m]]] // unit
            at_row -= 1
    return best // SCALE
