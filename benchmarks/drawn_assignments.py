"""Random assignments from a number: penalties for all, scarcity, many components, several resources."""

from random import Random

from matching.assignment.instance import AssignmentInstance

KINDS = (
    "ample",
    "scarce",
    "components",
    "scarce components",
    "some must go",
    "two resources",
    "minimum loads",
)
SIZES = ((10, 150), (25, 500), (40, 900))
"""Agents and items, in turn."""

Table = list[list[int | None]]


def drawn_assignment(number: int) -> tuple[str, AssignmentInstance]:
    """Return the kind of instance and the instance; kinds and sizes take turns."""
    kind, (agents, items) = KINDS[number % len(KINDS)], SIZES[number // len(KINDS) % len(SIZES)]
    rng = Random(f"{number} {kind}")
    part_of_agent, part_of_item = _parts(rng, kind, agents, items)
    load, cost = _pairs(rng, part_of_agent, part_of_item)
    resources = 2 if kind == "two resources" else 1
    loads = [load, *([[v and rng.randint(1, 9) for v in row] for row in load] for _ in range(resources - 1))]
    share = 0.6 if "scarce" in kind else 1.1
    capacity = tuple(_capacity(rng, table, agents, share) for table in loads)
    must = 0.05 if kind == "some must go" else 0.0
    floor = 20 if kind == "minimum loads" else 0
    return f"{kind} {agents} x {items}", AssignmentInstance(
        capacity=capacity,
        min_load=tuple((floor if r == 0 else 0,) * agents for r in range(resources)),
        load=tuple(tuple(map(tuple, table)) for table in loads),
        cost=tuple(map(tuple, cost)),
        penalty=tuple(None if rng.random() < must else rng.randint(200, 2000) for _ in range(items)),
    )


def _parts(rng: Random, kind: str, agents: int, items: int) -> tuple[list[int], list[int]]:
    """Return the component of each agent and item: a single one, or a large one beside many small ones."""
    if "components" not in kind:
        return [0] * agents, [0] * items
    small = agents // 2
    of_agent = [max(0, i - agents + small + 1) for i in range(agents)]
    of_item = [rng.randint(1, small) if rng.random() < 0.5 else 0 for _ in range(items)]
    return of_agent, of_item


def _pairs(rng: Random, part_of_agent: list[int], part_of_item: list[int]) -> tuple[Table, Table]:
    """Return loads and costs: minutes of care, and travel that grows with the distance on a square."""
    here = [(rng.random(), rng.random()) for _ in part_of_agent]
    minutes = [rng.randint(15, 90) for _ in part_of_item]
    load: Table = [[None] * len(part_of_item) for _ in part_of_agent]
    cost: Table = [[None] * len(part_of_item) for _ in part_of_agent]
    for j, part in enumerate(part_of_item):
        x, y = rng.random(), rng.random()
        for i, (a, b) in enumerate(here):
            if part == part_of_agent[i] and rng.random() < 0.6:
                far = ((a - x) ** 2 + (b - y) ** 2) ** 0.5
                load[i][j] = minutes[j] + round(20 * far)
                cost[i][j] = round(120 * far) + rng.randint(0, 10)
    return load, cost


def _capacity(rng: Random, load: Table, agents: int, share: float) -> tuple[int, ...]:
    """Return capacities that hold a share of all loads, unevenly."""
    means = [[each for each in column if each is not None] for column in zip(*load, strict=True)]
    held = share * sum(sum(column) / len(column) for column in means if column) / agents
    return tuple(round(held * rng.uniform(0.7, 1.3)) for _ in range(agents))
