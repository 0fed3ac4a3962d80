"""Choose which units to fund, given their values: by number of positions, or by an amount of money."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from matching.program.arrays import Numbers


class Purse(Protocol):
    """The amounts that may be spent, and the most that each can buy."""

    amounts: Numbers

    def best(self, value: Numbers, cost: Numbers, at: int) -> tuple[Numbers, Numbers]:
        """Return for every amount a bound on the value of affordable units, and the units for amount `at`."""
        ...


class Count:
    """0 up to `most` positions; units of several positions are chosen exactly by dynamic programming."""

    def __init__(self, most: int) -> None:
        self.amounts: Numbers = np.arange(most + 1)

    def best(self, value: Numbers, cost: Numbers, at: int) -> tuple[Numbers, Numbers]:
        """See `Purse.best`; the bound is the optimal choice itself."""
        most = len(self.amounts) - 1
        single, several = np.flatnonzero(cost == 1), np.flatnonzero((cost > 1) & (cost <= most))
        ranked = single[np.argsort(-value[single], kind="stable")][:most]
        prefix = np.concatenate([[0], np.cumsum(value[ranked])])
        prefix = np.concatenate([prefix, np.full(most + 1 - len(prefix), prefix[-1])])
        if not len(several):
            return prefix, ranked[:at]
        table, taken = np.zeros(most + 1, dtype=np.int64), []
        for unit in several:
            size = int(cost[unit])
            offered = np.concatenate([np.full(size, -1), table[:-size] + value[unit]])
            taken.append(offered > table)
            table = np.maximum(table, offered)
        spent = np.add.outer(table, prefix)  # [t, s]: t positions in bundles and s single ones
        bounds = np.array([spent[np.arange(n + 1), n - np.arange(n + 1)].max() for n in range(most + 1)])
        left = int(spent[np.arange(at + 1), at - np.arange(at + 1)].argmax())
        chosen = list(ranked[: at - left])
        for unit, took in zip(several[::-1], taken[::-1], strict=True):
            if took[left]:
                chosen.append(unit)
                left -= int(cost[unit])
        return bounds, np.array(chosen, dtype=np.int64)


class Money:
    """One amount of money; the bound is that of the linear relaxation, rounded up (Dantzig 1957)."""

    def __init__(self, amount: int) -> None:
        self.amounts: Numbers = np.array([amount])

    def best(self, value: Numbers, cost: Numbers, at: int) -> tuple[Numbers, Numbers]:
        """See `Purse.best`; the units are those that the relaxation funds in full."""
        left, total, chosen = int(self.amounts[at]), 0, []
        for unit in np.argsort(-(value / np.maximum(cost, 1)), kind="stable").tolist():
            price, worth = int(cost[unit]), int(value[unit])
            if price <= left:
                left -= price
                total += worth
                chosen.append(unit)
            else:
                total += -(-worth * left // price)
                break
        return np.array([total]), np.array(chosen, dtype=np.int64)
