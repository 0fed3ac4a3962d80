"""Solve assignments by enumeration."""

from itertools import product

from matching.assignment.instance import AssignmentInstance


def best_objective(instance: AssignmentInstance) -> int | None:
    """Return the least cost plus penalties of all feasible assignments, None if there is none."""
    agents: list[int | None] = [None, *range(len(instance.cost))]
    tried = product(agents, repeat=len(instance.penalty))
    return min((_price(instance, choice) for choice in tried if _holds(instance, choice)), default=None)


def _price(instance: AssignmentInstance, choice: tuple[int | None, ...]) -> int:
    return sum((instance.penalty[j] if i is None else instance.cost[i][j]) or 0 for j, i in enumerate(choice))


def _holds(instance: AssignmentInstance, choice: tuple[int | None, ...]) -> bool:
    for j, i in enumerate(choice):
        if (instance.penalty[j] if i is None else instance.cost[i][j]) is None:
            return False
    for capacity, min_load, load in zip(instance.capacity, instance.min_load, instance.load, strict=True):
        for i in range(len(instance.cost)):
            taken = sum(load[i][j] or 0 for j, agent in enumerate(choice) if agent == i)
            if not min_load[i] <= taken <= capacity[i]:
                return False
    for limit in instance.limits:
        total = sum((limit.penalty[j] if i is None else limit.cost[i][j]) or 0 for j, i in enumerate(choice))
        if total > limit.at_most:
            return False
    return True
