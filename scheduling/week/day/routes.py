"""Every useful route of one day: a forward dynamic program over (set of visits, last visit) (numba).

Sets are bit masks. A set of k visits is reached from each of its subsets of k − 1 visits, so all labels of
(set, last) come from one subset and can be compared at once. A set is not skipped because a subset is
infeasible, and nothing is pruned by the direct way home, since the triangle inequality need not hold.
"""

from dataclasses import dataclass

from data.base.compiled import Ints
from scheduling.week.day.arrays import DayArrays
from scheduling.week.day.labels import LAST, PARENT
from scheduling.week.day.listing import R_BACK, R_COST, R_LABEL, R_MASK, R_WORK, list_routes

MOST_LABELS = 8_000_000
"""About 500 MB during listing; a day that needs more is too large to list."""


@dataclass(frozen=True)
class DayRoutes:
    """The routes of one kind of day, one row per route; a set has several if more cost allows less work.

    `mask` are the visits as bits, `cost` travel and broken promises, `work_min` the least work at that cost
    (meaningful if the day has `exact_work`), `order` the index of the label that ends the route (for
    `visits_in_order`), `back` its earliest return. `complete` is False if listing was stopped early; `steps`
    counts the extensions tried.
    """

    kind: DayArrays
    mask: Ints
    cost: Ints
    work_min: Ints
    order: Ints
    back: Ints
    labels: Ints
    complete: bool
    steps: int

    def visits_in_order(self, route: int) -> list[int]:
        """Return the visits of a route in order."""
        visits, label = [], int(self.order[route])
        while label >= 0:
            visits.append(int(self.labels[label, LAST]))
            label = int(self.labels[label, PARENT])
        return visits[::-1]


def list_day(
    kind: DayArrays,
    conflicts: Ints,
    stop: Ints,
    most_steps: int,
) -> DayRoutes:
    """List the routes of a kind of day, the cheapest per set (and per amount of work, if work counts).

    `conflicts[v]` are the visits, as bits, that may not share a day with v (including v itself). Listing
    stops early if `stop[0]` is not 0, or at `most_steps` or the memory limit.
    """
    complete, steps, columns, labels = list_routes(
        kind.rules, kind.totals, kind.leg_min, kind.home_min, kind.duration_min,
        kind.first, kind.opens, kind.closes, kind.prices,
        conflicts, kind.exact_work, stop, most_steps, MOST_LABELS,
    )  # fmt: skip
    return DayRoutes(
        kind=kind,
        mask=columns[R_MASK],
        cost=columns[R_COST],
        work_min=columns[R_WORK],
        order=columns[R_LABEL],
        back=columns[R_BACK],
        labels=labels,
        complete=bool(complete),
        steps=int(steps),
    )
