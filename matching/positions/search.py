"""Choose which units to fund: grown one by one, taken from a bound, and improved by exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.positions.knapsacks import SCALE, price_all
from matching.positions.openings import Field, copy_of
from matching.positions.serving import Serving, close, served_weight
from matching.program.arrays import Numbers

TRIED = 4
"""Number of most promising units that are tried."""
TRIED_INSTEAD = 3
"""Number of units tried as a replacement of one."""


@dataclass(frozen=True)
class Choice:
    """Funded units, their total cost, whom they serve, and the served weight."""

    units: tuple[int, ...]
    cost: int
    serving: Serving
    served: int


class Search:
    """Searches choices of one field; deterministic for the same calls."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._rate = np.zeros((len(field.openings.room), 2), dtype=np.int64)

    def nothing(self) -> Choice:
        """Return the choice without units."""
        return self._choice((), self.field.nothing_funded())

    def of_units(self, units: Iterable[int]) -> Choice:
        """Return the choice of these units."""
        chosen = tuple(sorted(units))
        rows = [self.field.units[unit] for unit in chosen]
        positions = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
        return self._choice(chosen, self.field.with_funded(self.field.nothing_funded(), positions))

    def of_pairs(self, units: Iterable[int], pairs: Numbers) -> Choice:
        """Return the choice of these units serving these pairs, which must be within all limits."""
        choice = self.of_units(units)
        serving = self.field.with_pairs(choice.serving, pairs)
        return self._choice(choice.units, serving)

    def grown(self, choices: Sequence[Choice], most: int) -> Choice:
        """Return the best choice of at most `most` made of one of the given choices and one more unit.

        `choices` are sorted by cost limit: choice n costs at most n.
        """
        best = choices[-1]
        for size in np.unique(self.field.cost[self.field.cost <= most]).tolist():
            before = choices[most - size]
            for unit in self._promising(before, size, size, TRIED):
                best = better(best, self._added(before, unit))
        return best

    def filled(self, choice: Choice, most: int) -> Choice:
        """Add the units with the best value for their cost until none is affordable."""
        while True:
            units = self._promising(choice, 0, most - choice.cost, 1)
            if not units:
                return choice
            choice = self._added(choice, units[0])

    def exchanged(self, choice: Choice, most: int, trials: int) -> Choice:
        """Improve the choice by exchanging single units, for at most `trials` trials."""
        better = True
        while better and trials > 0:
            better = False
            for unit in choice.units:
                without = self._removed(choice, unit)
                for other in self._promising(without, 0, most - without.cost, TRIED_INSTEAD):
                    trials -= 1
                    if other == unit or trials < 0:
                        continue
                    found = self.filled(self._added(without, other), most)
                    if found.served > choice.served:
                        choice, better = found, True
                        break
                if better or trials <= 0:
                    break
        return choice

    def _promising(self, choice: Choice, least: int, most: int, count: int) -> list[int]:
        """Return units within these costs by how much unserved weight they could serve, best first.

        If costs differ, it is the weight per unit of cost.
        """
        field = self.field
        gain, taken = np.zeros(len(self._rate), dtype=np.int64), np.zeros(len(field.index), dtype=np.uint8)
        price = np.where(choice.serving.pair < 0, field.reach.weight * SCALE, 0)
        price_all(field.openings, price, self._rate, gain, taken)
        value = np.array([gain[unit].sum() for unit in field.units], dtype=np.float64)
        open_units = np.ones(len(value), dtype=bool)
        open_units[list(choice.units)] = False
        listed = np.flatnonzero(open_units & (field.cost >= least) & (field.cost <= most))
        worth = value[listed] / np.maximum(field.cost[listed], 1)
        return [int(unit) for unit in listed[np.argsort(-worth, kind="stable")][:count]]

    def _added(self, choice: Choice, unit: int) -> Choice:
        serving = self.field.with_funded(choice.serving, self.field.units[unit])
        return self._choice((*choice.units, unit), serving)

    def _removed(self, choice: Choice, unit: int) -> Choice:
        field, serving = self.field, copy_of(choice.serving)
        for i in field.units[unit]:
            close(field.openings, field.reach, serving, int(i))
        field.settle(serving)
        return self._choice((other for other in choice.units if other != unit), serving)

    def _choice(self, units: Iterable[int], serving: Serving) -> Choice:
        chosen = tuple(sorted(units))
        cost = int(self.field.cost[list(chosen)].sum())
        return Choice(chosen, cost, serving, served_weight(self.field.reach, serving))


def better(one: Choice, other: Choice) -> Choice:
    """Return the choice that serves more; in a tie the first."""
    return other if other.served > one.served else one
