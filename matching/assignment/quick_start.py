"""A first assignment within milliseconds, so that no limit ends a solve with nothing."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints
from matching.assignment.instance import AssignmentInstance, Table

FAR = 1 << 60
"""The price of what is not allowed: above every sum."""
Assignee = tuple[int | None, ...]


def quick_start(instance: AssignmentInstance) -> Assignee | None:
    """Return the cheapest of a few greedy assignments, None if none of them keeps every load and limit.

    Items choose one after the other: those that must go first, then those that lose most by their second
    choice, or gain most for their size. The last attempt leaves out whatever may be left out.
    """
    greedy = _Greedy(instance)
    found = [assignee for assignee in greedy.attempts() if keeps_all(instance, assignee)]
    return min(found, key=greedy.value, default=None)


def keeps_all(instance: AssignmentInstance, assignee: Assignee) -> bool:
    """Return whether an assignment of eligible pairs keeps every load and limit, exactly."""
    chosen = [(i, j) for j, i in enumerate(assignee) if i is not None]
    for capacity, floor, load in zip(instance.capacity, instance.min_load, instance.load, strict=True):
        held = [0] * len(capacity)
        for i, j in chosen:
            held[i] += load[i][j] or 0
        if any(not low <= sum_ <= most for low, sum_, most in zip(floor, held, capacity, strict=True)):
            return False
    for limit in instance.limits:
        total = sum(limit.cost[i][j] or 0 for i, j in chosen)
        total += sum(limit.penalty[j] or 0 for j, i in enumerate(assignee) if i is None)
        if total > limit.at_most:
            return False
    return all(i is not None or instance.penalty[j] is not None for j, i in enumerate(assignee))


class _Greedy:
    """The instance as arrays: `price[i, j]` is what item j costs with agent i, the last row left out."""

    def __init__(self, instance: AssignmentInstance) -> None:
        agents = len(instance.cost)
        self.load = np.array([_filled(load, 0) for load in instance.load])
        self.capacity = np.array(instance.capacity, dtype=np.int64)
        self.floor = np.array(instance.min_load, dtype=np.int64)
        self.price = _filled((*instance.cost, instance.penalty), FAR)
        self.nobody = agents

    def attempts(self) -> Iterator[Assignee]:
        """Yield assignments that keep the capacities."""
        items = self.price.shape[1]
        if not items:
            yield ()
            return
        optional = self.price[-1] < FAR
        two = np.sort(np.vstack([self.price, np.full(items, FAR)]), axis=0)[:2]
        size = self.load.max(axis=(0, 1), initial=0)
        gain = (self.price[-1] - self.price[:-1].min(axis=0, initial=FAR)) / np.maximum(1, size)
        yield self._assigned(np.lexsort((two[0] - two[1], optional)))
        yield self._assigned(np.lexsort((-size, -gain, optional)))
        largest = np.lexsort((-size, optional))
        yield self._assigned(largest[: items - int(optional.sum())])

    def value(self, assignee: Assignee) -> int:
        """Return cost plus penalties."""
        return sum(int(self.price[self.nobody if i is None else i, j]) for j, i in enumerate(assignee))

    def _assigned(self, order: Ints) -> Assignee:
        """Give each item in this order to the cheapest agent with room, first to those below their floor."""
        room, lacking = self.capacity.copy(), self.floor.copy()
        owner = np.full(self.price.shape[1], self.nobody)
        for j in order.tolist():
            price = np.where(self._fits(room, j), self.price[:-1, j], FAR)
            needy = (lacking > 0).any(axis=0) & (price < FAR)
            if needy.any():
                price = np.where(needy, price, FAR)
            elif price.min(initial=FAR) >= self.price[-1, j]:
                continue
            i = int(price.argmin())
            if price[i] < FAR:
                owner[j] = i
                room[:, i] -= self.load[:, i, j]
                lacking[:, i] -= self.load[:, i, j]
        return tuple(None if i == self.nobody else i for i in owner.tolist())

    def _fits(self, room: Ints, j: int) -> NDArray[np.bool_]:
        fits: NDArray[np.bool_] = np.all(self.load[:, :, j] <= room, axis=0)
        return fits


def _filled(table: Table, nothing: int) -> Ints:
    """Return a table in which None becomes a number."""
    return np.array([[nothing if each is None else each for each in row] for row in table], dtype=np.int64)
