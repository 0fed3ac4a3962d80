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
from math import ceil

from ortools.linear_solver import pywraplp

from data.base.status import Status
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
        self.solver = pywraplp.Solver.CreateSolver("SAT")
        self.load = [dict[pywraplp.Variable, int]() for _ in instance.weeks]
        self.arcs: list[dict[tuple[int, int], pywraplp.Variable]] = []
        self._opened = self._ways()
        for choice in instance.choices:
            self.arcs.append(self._choice(choice))
        self._levels()

    def _bool(self, price: int) -> pywraplp.Variable:
        variable = self.solver.BoolVar("")
        self.solver.Objective().SetCoefficient(variable, price)
        return variable

    def _at_least(self, bound: float, terms: dict[pywraplp.Variable, int]) -> None:
        row = self.solver.Constraint(bound, self.solver.infinity())
        for variable, factor in terms.items():
            row.SetCoefficient(variable, factor)

    def _ways(self) -> list[list[pywraplp.Variable]]:
        tree, opened = self.instance.tree, []
        for w, week in enumerate(self.instance.weeks):
            fixed = tree.opened(set(week.fixed_places))
            ways = [self._bool(detour) for detour in tree.detour_min]
            for place, way in enumerate(ways):
                if tree.parent[place] >= 0:
                    self._at_least(0, {ways[tree.parent[place]]: 1, way: -1})
                if place in fixed:
                    way.SetLb(1)
                self.load[w][way] = tree.detour_min[place]
            opened.append(ways)
        return opened

    def _choice(self, choice: Choice) -> dict[tuple[int, int], pywraplp.Variable]:
        entering = defaultdict[int, list[pywraplp.Variable]](list)
        arcs = {}
        tails = [(-1, choice.first), *enumerate(choice.following)]
        for tail, heads in tails:
            for head in heads:
                arc = self._bool(choice.price(head))
                arcs[tail, head] = arc
                entering[head].append(arc)
                minutes = choice.minutes(choice.contacts[head])
                self.load[choice.contacts[head].week][arc] = minutes
        for tail, heads in tails:
            if heads:
                row = self.solver.Constraint(int(tail < 0), int(tail < 0))
                for head in heads:
                    row.SetCoefficient(arcs[tail, head], 1)
                for arc in entering[tail]:
                    row.SetCoefficient(arc, -1)
        self._visits(choice, entering)
        return arcs

    def _visits(self, choice: Choice, entering: dict[int, list[pywraplp.Variable]]) -> None:
        if choice.place is None:
            return
        twice = {
            choice.contacts[k].week
            for k, heads in enumerate(choice.following)
            for head in heads
            if choice.contacts[head].week == choice.contacts[k].week
        }
        together = defaultdict[tuple[int, int], dict[pywraplp.Variable, int]](dict)
        for k, contact in enumerate(choice.contacts):
            if contact.possible:
                # Contacts that cannot share a week share one row, which is tighter.
                key = (contact.week, k if contact.week in twice else -1)
                together[key] |= dict.fromkeys(entering[k], -1)
        for (week, _), arcs in together.items():
            self._at_least(0, {self._opened[week][choice.place]: 1} | arcs)

    def _levels(self) -> None:
        levels = self.instance.level_min
        for load, week, level in zip(self.load, self.instance.weeks, levels, strict=True):
            for price, most in ((UNLEVEL_PRICE, level), (OVERLOAD_PRICE, week.room_min)):
                beyond = self.solver.IntVar(0, self.solver.infinity(), "")
                self.solver.Objective().SetCoefficient(beyond, price)
                terms = {variable: -minutes for variable, minutes in load.items()}
                self._at_least(week.fixed_min - most, {beyond: 1} | terms)

    def solve(self) -> Chosen:
        self.solver.SetSolverSpecificParametersAsString(
            f"num_workers:1 random_seed:0 max_deterministic_time:{DETERMINISTIC_WORK}"
        )
        status = self.solver.Solve()
        placed = tuple(map(cheapest_way, self.instance.choices))
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return Chosen(placed, self.instance.cost(placed), 0)
        placed = min(placed, tuple(map(self._way, self.instance.choices, self.arcs)), key=self.instance.cost)
        value = self.instance.cost(placed)
        return Chosen(placed, value, min(value, ceil(self.solver.Objective().BestBound() - 1e-6)))

    def _way(self, choice: Choice, arcs: dict[tuple[int, int], pywraplp.Variable]) -> tuple[Contact, ...]:
        at, way, heads = -1, list[Contact](), choice.first
        while heads:
            at = next(head for head in heads if arcs[at, head].solution_value() > 0.5)
            way.append(choice.contacts[at])
            heads = choice.following[at]
        return tuple(way)
