"""Kernel: an upper bound on the value of each position at given prices of companies.

A position is a knapsack with three limits: companies, care minutes, and care with travel. With a price on
each limit, the values of companies above the prices of their loads add up to a bound; the best prices give
the linear relaxation of the knapsack.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from data.base.compiled import Ints, compiled
from matching.assignment.search.tables import Flags

SCALE = 1 << 20
"""Weights are multiplied by this, so that prices can be integers and the bounds still be fine-grained."""
FIRST_REACH, MOST_TRIED = 64, 20
"""The first change of the price of a minute, and the maximum number of prices tried."""


class Openings(NamedTuple):
    """Positions and their possible companies, as plain arrays.

    The pairs of position i are those from `first[i]` up to `first[i + 1]`; each has its `company` and its
    load of `care` and `work` (care and travel) minutes. `room[i]` are the limits: companies, care, work.
    `must` marks the companies that a position has to serve if it is funded.
    """

    first: Ints
    company: Ints
    care: Ints
    work: Ints
    room: Ints
    must: Flags


@compiled
def price_all(openings: Openings, price: Ints, rate: Ints, value: Ints, taken: Flags) -> None:
    """Set each position's `value`, a bound on the sum of `price` (by company) that it can take.

    `taken` marks a choice of pairs close to that bound. It may break the limits: it is the choice that the
    bound counts, and so a subgradient of it. `rate` holds the prices of a minute of care and of work for each
    position: the start of the search for them, and its result.
    """
    taken[:] = 0
    longest = 1
    for i in range(len(value)):
        longest = max(longest, openings.first[i + 1] - openings.first[i])
    pair, worth = np.zeros(longest, dtype=np.int64), np.zeros(longest, dtype=np.int64)
    for i in range(len(value)):
        value[i] = _value(openings, price, rate, i, pair, worth, taken)


@compiled
def _value(openings: Openings, price: Ints, rate: Ints, i: int, pair: Ints, worth: Ints, taken: Flags) -> int:
    """Bound one position: its required companies, and the knapsack of the rest."""
    settled, listed = 0, 0
    places, care, work = openings.room[i, 0], openings.room[i, 1], openings.room[i, 2]
    for k in range(openings.first[i], openings.first[i + 1]):
        if openings.must[k]:
            settled += price[openings.company[k]]
            places -= 1
            care -= openings.care[k]
            work -= openings.work[k]
            taken[k] = 1
    if places <= 0 or care < 0 or work < 0:
        return settled
    for k in range(openings.first[i], openings.first[i + 1]):
        fits = openings.care[k] <= care and openings.work[k] <= work
        if not openings.must[k] and price[openings.company[k]] > 0 and fits:
            pair[listed] = k
            listed += 1
    rates_of(openings, price, pair, listed, worth, places, care, work, rate[i], taken)
    best, _, _ = _bound(
        openings, price, pair, listed, worth, places, care, work, rate[i, 0], rate[i, 1], taken, True
    )
    return int(settled + best)


@compiled
def rates_of(
    openings: Openings, price: Ints, pair: Ints, listed: int, worth: Ints,
    places: int, care: int, work: int, rate: Ints, taken: Flags,
) -> int:  # fmt: skip
    """Improve `rate`, the prices of a minute of care and of work, and return their bound.

    The knapsack is that of the first `listed` pairs, with `places`, `care` and `work` as its limits.
    """
    best, _, _ = _bound(
        openings, price, pair, listed, worth, places, care, work, rate[0], rate[1], taken, False
    )
    for on_care in (True, False):
        now, at = _along(
            openings, price, pair, listed, worth, places, care, work, rate[0], rate[1], on_care, taken
        )
        if now < best:
            best = now
            rate[0 if on_care else 1] = at
    return int(best)


@compiled
def _along(
    openings: Openings, price: Ints, pair: Ints, listed: int, worth: Ints,
    places: int, care: int, work: int, of_care: int, of_work: int, on_care: bool, taken: Flags,
) -> tuple[int, int]:  # fmt: skip
    """Return the least bound found, and its price, when only the price of care (or of work) changes.

    The bound is convex in the price: while the choice takes too much, the price is too low. The search starts
    at the previous price, which is usually close to the best, and doubles its distance until it is past it.
    """
    before = of_care if on_care else of_work
    best, at = 1 << 62, before
    low, high, reach = 0, -1, max(FIRST_REACH, before >> 5)
    middle = before
    for _ in range(MOST_TRIED):
        c, w = (middle, of_work) if on_care else (of_care, middle)
        now, over_care, over_work = _bound(
            openings, price, pair, listed, worth, places, care, work, c, w, taken, False
        )
        if now < best:
            best, at = now, middle
        over = over_care if on_care else over_work
        if over == 0 or (over < 0 and middle == 0):
            break
        if over > 0:
            low = middle
        else:
            high = middle
        if high < 0:
            middle, reach = low + reach, 2 * reach
        elif low == 0 and high > 2 * reach:
            middle, reach = high - reach, 2 * reach
        else:
            middle = (low + high) // 2
        if high >= 0 and high - low <= max(1, high >> 8):
            break
    return best, at


@compiled
def _bound(
    openings: Openings, price: Ints, pair: Ints, listed: int, worth: Ints,
    places: int, care: int, work: int, of_care: int, of_work: int, taken: Flags, mark: bool,
) -> tuple[int, int, int]:  # fmt: skip
    """Return the bound at these prices of a minute, and how much its choice exceeds care and work."""
    least = worths(openings, price, pair, listed, worth, places, of_care, of_work)
    total = least * places + of_care * care + of_work * work
    over_care, over_work, counted = -care, -work, 0
    for n in range(listed):
        if worth[n] > least:
            total += worth[n] - least
            counted += 1
            over_care += openings.care[pair[n]]
            over_work += openings.work[pair[n]]
            if mark:
                taken[pair[n]] = 1
    for n in range(listed):
        if worth[n] == least and least > 0 and counted < places:
            counted += 1
            over_care += openings.care[pair[n]]
            over_work += openings.work[pair[n]]
            if mark:
                taken[pair[n]] = 1
    return total, over_care, over_work


@compiled
def worths(
    openings: Openings, price: Ints, pair: Ints, listed: int, worth: Ints,
    places: int, of_care: int, of_work: int,
) -> int:  # fmt: skip
    """Set each pair's value beyond its minutes, and return the value of a place."""
    for n in range(listed):
        k = pair[n]
        worth[n] = price[openings.company[k]] - of_care * openings.care[k] - of_work * openings.work[k]
    return max(0, _largest(worth, listed, places)) if listed > places else 0


@compiled
def _largest(worth: Ints, listed: int, rank: int) -> int:
    """Return the rank-th largest of the first `listed` entries."""
    return int(np.partition(worth[:listed], listed - rank)[listed - rank])
