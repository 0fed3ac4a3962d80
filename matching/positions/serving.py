"""Kernel: assign companies to funded positions by filling, reassigning and exchanging."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.base.compiled import Ints, compiled
from matching.assignment.search.tables import Flags
from matching.positions.knapsacks import Openings


class Reach(NamedTuple):
    """The same pairs, seen from the companies.

    The pairs of company c are `pair[k]` from `first[c]` up to `first[c + 1]`; `position[p]` is the position
    of pair p, `weight[c]` the value of serving c.
    """

    first: Ints
    pair: Ints
    position: Ints
    weight: Ints


class Serving(NamedTuple):
    """Who serves whom: for each company its pair (-1: none), for each position what is left of its limits.

    `funded` marks the positions that may serve; the first `size[i]` entries of `held[i]` are i's pairs.
    """

    pair: Ints
    left: Ints
    funded: Flags
    held: Ints
    size: Ints


@compiled
def served_weight(reach: Reach, serving: Serving) -> int:
    """Return the weight of the served companies."""
    total = 0
    for c in range(len(serving.pair)):
        if serving.pair[c] >= 0:
            total += reach.weight[c]
    return total


@compiled
def fund(openings: Openings, reach: Reach, serving: Serving, i: int) -> None:
    """Fund a position: it takes the companies that it must serve, from others if necessary."""
    serving.funded[i] = 1
    for k in range(openings.first[i], openings.first[i + 1]):
        if openings.must[k]:
            free(openings, reach, serving, openings.company[k])
            give(openings, reach, serving, k)


@compiled
def close(openings: Openings, reach: Reach, serving: Serving, i: int) -> None:
    """Stop funding a position; its companies become unserved."""
    serving.funded[i] = 0
    while serving.size[i] > 0:
        free(openings, reach, serving, openings.company[serving.held[i, 0]])


@compiled
def serve_exactly(openings: Openings, reach: Reach, serving: Serving, pairs: Ints) -> None:
    """Let exactly these pairs serve."""
    for c in range(len(serving.pair)):
        free(openings, reach, serving, c)
    for k in pairs:
        give(openings, reach, serving, k)


@compiled
def settle(openings: Openings, reach: Reach, serving: Serving, order: Ints) -> None:
    """Serve more as long as one step does: fill up, reassign a company to make room, exchange for a heavier.

    `order` lists the companies in the order in which they are tried.
    """
    better, stuck = True, np.zeros(len(order), dtype=np.uint8)
    while better:
        better = False
        for c in order:
            if serving.pair[c] < 0 and _serve(openings, reach, serving, c, stuck):
                better = True
                stuck[:] = 0


@compiled
def _serve(openings: Openings, reach: Reach, serving: Serving, c: int, stuck: Flags) -> bool:
    """Serve one more company, possibly in exchange for the lightest that must make room.

    `stuck` marks companies known since the last change to fit nowhere else.
    """
    lightest, instead, by = reach.weight[c], -1, -1
    for n in range(reach.first[c], reach.first[c + 1]):
        k = reach.pair[n]
        if serving.funded[reach.position[k]] and _fits(openings, reach, serving, k):
            give(openings, reach, serving, k)
            return True
    room = _some_room(serving)
    for n in range(reach.first[c], reach.first[c + 1]):
        k = reach.pair[n]
        i = reach.position[k]
        if not serving.funded[i] or openings.must[k]:
            continue
        for n_held in range(serving.size[i]):
            m = serving.held[i, n_held]
            d = openings.company[m]
            if openings.must[m] or not _fits_without(openings, serving, i, k, m):
                continue
            if room and not stuck[d]:
                if _hand_on(openings, reach, serving, m):
                    give(openings, reach, serving, k)
                    return True
                stuck[d] = 1
            if reach.weight[d] < lightest:
                lightest, instead, by = reach.weight[d], d, k
    if instead < 0:
        return False
    free(openings, reach, serving, instead)
    give(openings, reach, serving, by)
    return True


@compiled
def _some_room(serving: Serving) -> bool:
    """Return whether a funded position could have one more company."""
    return bool(np.any((serving.funded == 1) & (serving.left[:, 0] > 0)))


@compiled
def _hand_on(openings: Openings, reach: Reach, serving: Serving, m: int) -> bool:
    """Reassign the company of pair m to another funded position with room."""
    d = openings.company[m]
    for n in range(reach.first[d], reach.first[d + 1]):
        k = reach.pair[n]
        if k != m and serving.funded[reach.position[k]] and _fits(openings, reach, serving, k):
            free(openings, reach, serving, d)
            give(openings, reach, serving, k)
            return True
    return False


@compiled
def _fits(openings: Openings, reach: Reach, serving: Serving, k: int) -> bool:
    left = serving.left[reach.position[k]]
    return bool(left[0] >= 1 and left[1] >= openings.care[k] and left[2] >= openings.work[k])


@compiled
def _fits_without(openings: Openings, serving: Serving, i: int, k: int, m: int) -> bool:
    """Return whether pair k fits into position i once pair m has left it."""
    left = serving.left[i]
    enough = left[1] + openings.care[m] >= openings.care[k] and left[2] + openings.work[m] >= openings.work[k]
    return bool(left[0] >= 0 and enough)


@compiled
def give(openings: Openings, reach: Reach, serving: Serving, k: int) -> None:
    """Let pair k serve; its company must be unserved and fit."""
    i = reach.position[k]
    serving.pair[openings.company[k]] = k
    serving.held[i, serving.size[i]] = k
    serving.size[i] += 1
    serving.left[i, 0] -= 1
    serving.left[i, 1] -= openings.care[k]
    serving.left[i, 2] -= openings.work[k]


@compiled
def free(openings: Openings, reach: Reach, serving: Serving, c: int) -> None:
    """Unassign company c."""
    k = serving.pair[c]
    if k < 0:
        return
    i = reach.position[k]
    serving.pair[c] = -1
    last = serving.size[i] - 1
    for n in range(last):
        if serving.held[i, n] == k:
            serving.held[i, n] = serving.held[i, last]
            break
    serving.size[i] = last
    serving.left[i, 0] += 1
    serving.left[i, 1] += openings.care[k]
    serving.left[i, 2] += openings.work[k]
