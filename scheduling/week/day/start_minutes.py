"""In which minutes one visit can start if the day keeps its order and the others adjust."""

import numpy as np

from data.base.compiled import Ints
from scheduling.week.day.arrays import DayArrays
from scheduling.week.day.labels import BUFFER, FIELDS
from scheduling.week.day.timing import NOTHING, earliest_back, exact_rules


def same_order_starts(
    kind: DayArrays, order: list[int], visit: int, around: int, cost: int, most_work: int
) -> tuple[int, int]:
    """Return the first and the last minute of the interval around `around` in which `visit` can start.

    The day is driven in this order at a cost (travel and broken promises) of at most `cost` and at most
    `most_work` minutes of work, with breaks as required by law. `around` must be a possible start.
    """
    possible = _Starts(kind, order, visit, cost, most_work)
    earliest = latest = around
    while possible.at(earliest - 1):
        earliest -= 1
    while possible.at(latest + 1):
        latest += 1
    return earliest, latest


class _Starts:
    """Tries one start after another for the visit of an order."""

    def __init__(self, kind: DayArrays, order: list[int], visit: int, cost: int, most_work: int) -> None:
        self.kind, self.order, self.cost, self.most_work = kind, np.array(order, np.int64), cost, most_work
        self.rules = exact_rules(kind.rules)
        rows = [np.arange(kind.first[v], kind.first[v + 1]) for v in order]
        self.first = np.cumsum([0, *(len(each) for each in rows)]).astype(np.int64)
        every = np.concatenate(rows)
        self.opens, self.closes, self.prices = kind.opens[every], kind.closes[every], kind.prices[every]
        place = order.index(visit)
        self.own = slice(int(self.first[place]), int(self.first[place + 1]))
        self.labels: Ints = np.empty((2, BUFFER, FIELDS), dtype=np.int64)

    def at(self, minute: int) -> bool:
        """Return whether the visit can start at exactly this minute."""
        opens, closes = self.opens.copy(), self.closes.copy()
        held = (opens[self.own] <= minute) & (minute <= closes[self.own])
        opens[self.own] = minute
        closes[self.own] = np.where(held, minute, NOTHING)
        kind = self.kind
        back = earliest_back(
            self.rules, kind.totals, kind.leg_min, kind.home_min, kind.duration_min, self.order, self.first,
            opens, closes, self.prices, NOTHING, self.cost, self.most_work, self.labels[0], self.labels[1],
        )  # fmt: skip
        return int(back) != NOTHING
