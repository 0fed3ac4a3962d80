"""Choose the weeks of one buddy, with a bound: an integer program over the ways through every choice.

    minimise   Σ price(c) y(c) + Σ detour(p) z(p,w) + UNLEVEL Σ above(w) + OVERLOAD Σ over(w)
    such that  the arcs of each choice are a way from its start to an end, y(c) those that lead to c
               z(p,w) ≥ y(c) for contacts c at place p in week w,  z(parent of p, w) ≥ z(p,w)
               load(w) = fixed(w) + Σ minutes(c) y(c) + Σ detour(p) z(p,w)
               above(w) ≥ load(w) − level(w),   over(w) ≥ load(w) − room(w)

CP-SAT solves it on one thread up to a limit of deterministic work, so that the same instance has the same
result on every run.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from data.base.status import Status
from data.solver.mip import Floats, Method, Mip, Stop
from data.solver.solve import solve
from scheduling.cadence.contacts import Contact
from scheduling.cadence.model import OVERLOAD_PRICE, UNLEVEL_PRICE, CadenceInstance, Choice, cheapest_way

DETERMINISTIC_WORK = 0.5


@dataclass(frozen=True)
class Chosen:
    """The contacts of each choice, in order, with their cost and a bound on any choice."""

    placed: tuple[tuple[Contact, ...], ...]
    value: int
    bound: int

    @property
    def status(self) -> Status:
        """Optimal if value and bound are equal."""
        return Status.OPTIMAL if self.value == self.bound else Status.FEASIBLE


def choose_weeks(instance: CadenceInstance) -> Chosen:
    """Return the best choice found, and the proof."""
    return _Programme(instance).solve()


class _Programme:
    def __init__(self, instance: CadenceInstance) -> None:
        self.instance = instance
        self.cost, self.lower, self.upper = list[int](), list[float](), list[float]()
        self.limits, self.entries = list[tuple[float, float]](), list[tuple[int, int, int]]()
        self.load = [dict[int, int]() for _ in instance.weeks]
        self.arcs: list[dict[tuple[int, int], int]] = []
        self._opened = self._ways()
        for choice in instance.choices:
            self.arcs.append(self._choice(choice))
        self._levels()

    def _column(self, price: int, most: float = 1) -> int:
        self.cost.append(price)
        self.lower.append(0)
        self.upper.append(most)
        return len(self.cost) - 1

    def _row(self, lower: float, upper: float, terms: dict[int, int]) -> None:
        self.entries += [(len(self.limits), column, factor) for column, factor in terms.items() if factor]
        self.limits.append((lower, upper))

    def _at_least(self, bound: float, terms: dict[int, int]) -> None:
        self._row(bound, inf, terms)

    def _ways(self) -> list[list[int]]:
        tree, opened = self.instance.tree, []
        for w, week in enumerate(self.instance.weeks):
            fixed = tree.opened(set(week.fixed_places))
            ways = [self._column(detour) for detour in tree.detour_min]
            for place, way in enumerate(ways):
                if tree.parent[place] >= 0:
                    self._at_least(0, {ways[tree.parent[place]]: 1, way: -1})
                if place in fixed:
                    self.lower[way] = 1
                self.load[w][way] = tree.detour_min[place]
            opened.append(ways)
        return opened

    def _choice(self, choice: Choice) -> dict[tuple[int, int], int]:
        entering = defaultdict[int, list[int]](list)
        arcs = {}
        tails = [(-1, choice.first), *enumerate(choice.following)]
        for tail, heads in tails:
            for head in heads:
                arc = self._column(choice.price(head))
                arcs[tail, head] = arc
                entering[head].append(arc)
                minutes = choice.minutes(choice.contacts[head])
                self.load[choice.contacts[head].week][arc] = minutes
        for tail, heads in tails:
            if heads:
                leaving = dict.fromkeys((arcs[tail, head] for head in heads), 1)
                self._row(int(tail < 0), int(tail < 0), leaving | dict.fromkeys(entering[tail], -1))
        self._visits(choice, entering)
        return arcs

    def _visits(self, choice: Choice, entering: dict[int, list[int]]) -> None:
        if choice.place is None:
            return
        twice = {
            choice.contacts[k].week
            for k, heads in enumerate(choice.following)
            for head in heads
            if choice.contacts[head].week == choice.contacts[k].week
        }
        together = defaultdict[tuple[int, int], dict[int, int]](dict)
        for k, contact in enumerate(choice.contacts):
            if contact.own:
                # Contacts that cannot share a week share one row, which is tighter.
                key = (contact.week, k if contact.week in twice else -1)
                together[key] |= dict.fromkeys(entering[k], -1)
        for (week, _), arcs in together.items():
            self._at_least(0, {self._opened[week][choice.place]: 1} | arcs)

    def _levels(self) -> None:
        levels = self.instance.level_min
        for load, week, level in zip(self.load, self.instance.weeks, levels, strict=True):
            for price, most in ((UNLEVEL_PRICE, level), (OVERLOAD_PRICE, week.room_min)):
                beyond = self._column(price, inf)
                terms = {column: -minutes for column, minutes in load.items()}
                self._at_least(week.fixed_min - most, {beyond: 1} | terms)

    def solve(self) -> Chosen:
        found = solve(self._mip(), Method.CP_SAT, Stop(work=DETERMINISTIC_WORK), seed=0)
        placed = tuple(map(cheapest_way, self.instance.choices))
        if found is None or found.point is None:
            return Chosen(placed, self.instance.cost(placed), 0)
        ways = tuple(
            self._way(*each, found.point) for each in zip(self.instance.choices, self.arcs, strict=True)
        )
        placed = min(placed, ways, key=self.instance.cost)
        value = self.instance.cost(placed)
        return Chosen(placed, value, min(value, ceil(found.bound - 1e-6)))

    def _mip(self) -> Mip:
        row, column, coefficient = np.array(self.entries, dtype=np.int64).reshape(-1, 3).T
        row_lower, row_upper = np.array(self.limits, dtype=np.float64).reshape(-1, 2).T
        return Mip(self.cost, self.lower, self.upper, row_lower, row_upper, row, column, coefficient)

    def _way(self, choice: Choice, arcs: dict[tuple[int, int], int], point: Floats) -> tuple[Contact, ...]:
        at, way, heads = -1, list[Contact](), choice.first
        while heads:
            at = next(head for head in heads if point[arcs[at, head]] > 0.5)
            way.append(choice.contacts[at])
            heads = choice.following[at]
        return tuple(way)
