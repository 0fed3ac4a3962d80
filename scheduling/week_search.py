"""The best set of day routes, one at most a day: a dynamic programme over the days (numba).

A state is the set of visits settled so far with its cost, work and days; its excess is how far the duals
say that every completion lies above the bound. Only states whose excess stays within a budget are kept, so
a search that finds nothing proves that the objective exceeds bound + budget, and one that finds a plan
within its budget has proved it the best. A visit that no later day can take is settled there and then:
paid for if it was not made, and counted as done, so that states which differ only in the past fall together.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduling.compiled import Ints, compiled
from scheduling.day_routes import DayRoutes, rehashed, slot_of
from scheduling.week_bound import Duals, WeekLimits, added_work

MOST_STATES = 6_000_000
NO_LIMIT = 1 << 40
MASK, EXCESS, COST, WORK, DAYS, BEFORE, ROUTE, FIELDS = 0, 1, 2, 3, 4, 5, 6, 7
NOTHING = -1


@dataclass(frozen=True)
class Chosen:
    """The routes chosen, as (day, kind, route), and the objective of the whole plan."""

    objective: int
    routes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Search:
    """One search within a budget: its best plan, if any, whether it saw all states, and how many it held."""

    plan: Chosen | None
    complete: bool
    states: int


class WeekSearch:
    """The routes of all days, sorted by reduced cost, ready to be searched within growing budgets."""

    def __init__(
        self,
        routes: tuple[DayRoutes, ...],
        penalty: Ints,
        required: NDArray[np.bool_],
        limits: WeekLimits,
        duals: Duals,
    ) -> None:
        self.days = [(d, k) for k, kind in enumerate(routes) for d in kind.kind.days]
        self.limits = limits
        self.penalty = penalty
        self.left_excess = penalty * duals.scale - duals.visit
        self.required = _bits(required)
        self.order, self.table, self.idle = [], [], []
        for listed in routes:
            reduced = duals.reduced(listed)
            least = min(0, int(reduced.min(initial=0)))
            order = np.lexsort((listed.mask, reduced))
            work = added_work(listed) if limits.max_work_min is not None else 0
            columns = (listed.mask, reduced - least, listed.cost, work + np.zeros_like(reduced))
            self.order.append(order)
            self.table.append(np.stack(columns, axis=1)[order])
            self.idle.append(-least)
        self.settled = self._settled_after([_bits_of(listed.mask) for listed in routes])

    def _settled_after(self, covers: list[int]) -> list[int]:
        """Return the visits to be settled before the first day and after each day, as bits."""
        everything = (1 << len(self.penalty)) - 1
        later, settled = 0, []
        for _, k in reversed(self.days):
            settled.append(everything & ~later)
            later |= covers[k]
        settled.append(everything & ~later)
        settled.reverse()
        return settled

    def within(self, budget: int, stop: Ints, most_states: int = MOST_STATES, beam: int = 0) -> Search:
        """Search all plans whose excess is at most `budget`, holding at most `most_states` states a day.

        A `beam` above 0 keeps only so many states of each day, those of least excess.
        """
        layer = np.zeros((1, FIELDS), dtype=np.int64)
        layer[0, BEFORE] = layer[0, ROUTE] = NOTHING
        idle = np.zeros((0, 4), dtype=np.int64)
        layer, complete = self._next(layer, idle, 0, self.settled[0], budget, stop, most_states)
        layers, states = [layer], len(layer)
        for (_, k), settled in zip(self.days, self.settled[1:], strict=True):
            layer, all_seen = self._next(
                layer, self.table[k], self.idle[k], settled, budget, stop, most_states
            )
            complete = complete and all_seen
            if 0 < beam < len(layer):
                layer = layer[np.sort(np.argsort(layer[:, EXCESS], kind="stable")[:beam])]
                complete = False
            states += len(layer)
            layers.append(layer)
            if not len(layer):
                break
        return Search(self._plan(layers), complete, states)

    def _next(
        self, layer: Ints, table: Ints, idle: int, settled: int, budget: int, stop: Ints, most_states: int
    ) -> tuple[Ints, bool]:
        found, complete = _next_layer(
            layer, table, idle, settled, self.required, self.left_excess, self.penalty, budget,
            NO_LIMIT if self.limits.max_work_min is None else self.limits.max_work_min,
            NO_LIMIT if self.limits.max_days is None else self.limits.max_days,
            stop, most_states,
        )  # fmt: skip
        return found, bool(complete)

    def _plan(self, layers: list[Ints]) -> Chosen | None:
        last = layers[-1]
        if len(layers) <= len(self.days) or not len(last):
            return None
        row = int(np.lexsort((last[:, DAYS], last[:, WORK], last[:, COST]))[0])
        objective = int(last[row, COST])
        routes = []
        for layer, (d, k) in zip(reversed(layers), reversed(self.days), strict=False):
            route = int(layer[row, ROUTE])
            if route != NOTHING:
                routes.append((d, k, int(self.order[k][route])))
            row = int(layer[row, BEFORE])
        return Chosen(objective, tuple(sorted(routes)))


def _bits(flags: NDArray[np.bool_]) -> int:
    return sum(1 << v for v, flag in enumerate(flags) if flag)


def _bits_of(masks: Ints) -> int:
    return int(np.bitwise_or.reduce(masks)) if len(masks) else 0


@compiled
def _next_layer(
    layer: Ints, table: Ints, idle: int, settled: int, required: int, left_excess: Ints, left_cost: Ints,
    budget: int, max_work: int, max_days: int, stop: Ints, most_states: int,
) -> tuple[Ints, bool]:  # fmt: skip
    """Extend every state by no route and by every route of the day that fits; returns (states, saw all).

    Of states with one mask only those are kept that no other beats in cost, work and days together.
    """
    n = left_cost.shape[0]
    found = np.empty((1024, FIELDS), dtype=np.int64)
    following = np.empty(1024, dtype=np.int32)
    alive = np.empty(1024, dtype=np.bool_)
    keys = np.empty(1024, dtype=np.int64)
    head = np.empty(1024, dtype=np.int32)
    n_found, n_keys, slots = 0, 0, rehashed(keys, 0)
    complete, limited = True, max_work < NO_LIMIT or max_days < NO_LIMIT
    for s in range(layer.shape[0]):
        if stop[0] != 0 or n_found > most_states:
            complete = False
            break
        for c in range(-1, table.shape[0]):
            excess, cost = layer[s, EXCESS], layer[s, COST]
            work, days, mask = layer[s, WORK], layer[s, DAYS], layer[s, MASK]
            if c < 0:
                excess += idle
            else:
                excess += table[c, 1]
                if excess > budget:
                    break
                if mask & table[c, 0] != 0:
                    continue
                cost, work, days = cost + table[c, 2], work + table[c, 3], days + 1
                if work > max_work or days > max_days:
                    continue
                mask |= table[c, 0]
            missing = settled & ~mask
            if missing & required != 0:
                continue
            if missing != 0:
                for v in range(n):
                    if (missing >> v) & 1:
                        excess += left_excess[v]
                        cost += left_cost[v]
                mask |= settled
            if excess > budget:
                continue
            # Keep unless another state of this mask is as good; drop those that it beats.
            slot = slot_of(slots, keys, mask)
            key = slots[slot]
            if key < 0:
                if n_keys == keys.shape[0]:
                    keys, head = _doubled(keys), _doubled(head)
                key = n_keys
                keys[key], head[key], slots[slot] = mask, NOTHING, key
                n_keys += 1
                if 2 * n_keys > slots.shape[0]:
                    slots = rehashed(keys, n_keys)
            other, beaten = head[key], False
            while other >= 0:
                if alive[other]:
                    no_dearer, no_better = found[other, COST] <= cost, cost <= found[other, COST]
                    if limited:
                        no_dearer &= found[other, WORK] <= work and found[other, DAYS] <= days
                        no_better &= work <= found[other, WORK] and days <= found[other, DAYS]
                    if no_dearer:
                        beaten = True
                        break
                    if no_better:
                        alive[other] = False
                other = following[other]
            if beaten:
                continue
            if n_found == found.shape[0]:
                larger = np.empty((2 * n_found, FIELDS), dtype=np.int64)
                larger[:n_found] = found
                found, following, alive = larger, _doubled(following), _doubled(alive)
            found[n_found, MASK], found[n_found, EXCESS], found[n_found, COST] = mask, excess, cost
            found[n_found, WORK], found[n_found, DAYS] = work, days
            found[n_found, BEFORE], found[n_found, ROUTE] = s, c
            following[n_found], head[key] = head[key], n_found
            alive[n_found] = True
            n_found += 1
    return found[:n_found][alive[:n_found]], complete


@compiled
def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    larger = np.empty(2 * array.shape[0], dtype=array.dtype)
    larger[: array.shape[0]] = array
    return larger
