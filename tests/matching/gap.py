"""Reader of generalised-assignment instances in OR-Library text."""

from pathlib import Path

from matching.instance import AssignmentInstance


def parse_gap(text: str) -> AssignmentInstance:
    """Read agents, items, cost rows, load rows and capacities; every item must be assigned."""
    numbers = [int(word) for word in text.split()]
    agents, items = numbers[:2]
    rows = [tuple(numbers[2 + k * items : 2 + (k + 1) * items]) for k in range(2 * agents)]
    return AssignmentInstance(
        capacity=(tuple(numbers[2 + 2 * agents * items :]),),
        min_load=((0,) * agents,),
        load=(tuple(rows[agents:]),),
        cost=tuple(rows[:agents]),
        penalty=(None,) * items,
    )


def read_gap(path: Path) -> AssignmentInstance:
    return parse_gap(path.read_text())
