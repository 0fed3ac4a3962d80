"""Upper bound on what any choice of positions can serve: Lagrangian, for all numbers of positions at once.

With a price p_c for "company c is served once", at most its weight w_c,

    L_n(p) = Σ_c p_c + max over choices of n positions of Σ_i v_i(p),

where v_i(p) bounds the knapsack of position i over the companies' w_c − p_c. L_n is a bound for every n and
any prices, so one set of prices serves all n; subgradient steps improve it for one n (Held, Wolfe and Crowder
1974, doi:10.1007/BF01580223).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.positions.funding_choice import Purse
from matching.positions.knapsacks import SCALE, price_all
from matching.positions.openings import Field
from matching.program.arrays import Numbers

MOMENTUM = 0.7
"""Weight of the previous direction in the next one."""
PATIENCE = 15
"""After this many steps without gain, steps shrink by SHRINK and restart from the best prices."""
SHRINK = 0.7
SMALLEST = 0.01
GOOD_PERMILLE = 2
"""A gap of this size is good enough."""
SHARP = 5000
"""Steps end at a relative gap of one in this number."""
MOST_LEVELS = 32
"""Number of place values tried for flat prices, under which every place has the same value."""
ENOUGH = 20_000
"""The least relative gain that counts: one in this number."""


class Ascent:
    """The best bound so far for every amount, and the prices to continue from."""

    def __init__(self, field: Field, purse: Purse) -> None:
        self.field, self.purse = field, purse
        openings = field.openings
        self._weight = field.reach.weight * SCALE
        self._value = np.zeros(len(openings.room), dtype=np.int64)
        self._rate = np.zeros((len(openings.room), 2), dtype=np.int64)
        self._taken = np.zeros(len(openings.company), dtype=np.uint8)
        self._lengths = np.diff(openings.first)
        self._best = np.full(len(purse.amounts), field.whole * SCALE, dtype=np.int64)
        self._flat: list[Numbers] = [np.maximum(0, self._weight - level) for level in _levels(self._weight)]
        self._flat_bounds = np.stack([self._bound(prices, 0)[0] for prices in self._flat])
        self._prices: Numbers | None = None

    @property
    def bounds(self) -> Numbers:
        """A bound on the weight that each amount can serve; it never falls from one amount to the next."""
        least: Numbers = np.minimum.accumulate(self._best[::-1])[::-1] // SCALE
        return least

    def open(self, at: int, served: int) -> bool:
        """Return whether the bound for amount `at` is more than GOOD_PERMILLE above the served weight."""
        bound = int(self.bounds[at])
        return 1000 * (bound - served) > GOOD_PERMILLE * bound

    def learn(self, at: int, bound: int) -> None:
        """Record a bound for amount `at` that was proved elsewhere."""
        self._best[at] = min(self._best[at], bound * SCALE)

    def improve(self, at: int, served: int, steps: int, onward: bool = False) -> Numbers:
        """Take up to `steps` steps for amount `at`, for which a served weight of `served` is known.

        Starts from the last prices, or unless `onward` from flat ones if their bound is lower. Returns the
        units chosen by the best prices. Ends early once the bound is no more than `served`.
        """
        prices, flat = self._begin(at, onward)
        best_prices = prices.copy()
        direction = np.zeros(len(prices))
        size, stalled, best, units = 1.0, 0, 1 << 62, np.zeros(0, dtype=np.int64)
        for _ in range(steps):
            bounds, chosen = self._bound(prices, at)
            now = int(bounds[at])
            stalled += 1
            if now < best:
                stalled = 0 if now < best - best // ENOUGH else stalled
                best, best_prices, units = now, prices.copy(), chosen
            close = SHARP * (best - served * SCALE) <= best
            if best // SCALE <= served or close or size < SMALLEST:
                break
            if stalled > PATIENCE:
                size, stalled, prices = size * SHRINK, 0, best_prices.copy()
                direction[:] = 0.0
            direction = MOMENTUM * direction + self._takers(chosen) - 1.0
            free = ((prices > 0) | (direction > 0)) & ((prices < self._weight) | (direction < 0))
            slope = np.where(free, direction, 0.0)
            length = size * (now - served * SCALE) / max(1.0, float(slope @ slope))
            step: Numbers = np.rint(length * slope).astype(np.int64)
            prices = np.clip(prices + step, 0, self._weight)
        if not flat:
            self._prices = best_prices
        return units

    def _begin(self, at: int, onward: bool) -> tuple[Numbers, bool]:
        """Return the start prices, and whether flat ones are used in addition to the last prices.

        Steps from flat prices seldom get far, so the last prices are not replaced by their result.
        """
        flat = int(self._flat_bounds[:, at].argmin())
        if self._prices is None:
            return self._flat[flat], False
        if not onward and self._flat_bounds[flat, at] < self._bound(self._prices, at)[0][at]:
            return self._flat[flat], True
        return self._prices, False

    def _bound(self, prices: Numbers, at: int) -> tuple[Numbers, Numbers]:
        """Return the bounds for every amount, and the units chosen by the one for `at`."""
        field = self.field
        price_all(field.openings, self._weight - prices, self._rate, self._value, self._taken)
        unit_value = np.array([self._value[unit].sum() for unit in field.units], dtype=np.int64)
        base = int(prices.sum() + self._value[field.always].sum())
        bounds, chosen = self.purse.best(unit_value, field.cost, at)
        bounds = bounds + base
        np.minimum(self._best, bounds, out=self._best)
        return bounds, chosen

    def _takers(self, chosen: Numbers) -> NDArray[np.float64]:
        """Return how many of the funded positions take each company."""
        funded = np.zeros(len(self._value), dtype=bool)
        funded[self.field.always] = True
        for unit in chosen:
            funded[self.field.units[unit]] = True
        counted = (self._taken == 1) & np.repeat(funded, self._lengths)
        companies = self.field.openings.company[counted]
        return np.bincount(companies, minlength=len(self._weight)).astype(np.float64)


def _levels(weight: Numbers) -> Numbers:
    """Return possible values of a place: some weights of companies, from the heaviest down to zero."""
    found = np.unique(np.append(weight, 0))[::-1]
    places = np.unique(np.linspace(0, len(found) - 1, MOST_LEVELS).round().astype(np.int64))
    levels: Numbers = found[places]
    return levels
