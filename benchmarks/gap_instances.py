"""Generalised assignment instances of the OR-Library as files for `buddyplan solve assignment`.

    python benchmarks/gap_instances.py ../shared/bench/gap/a05100 | buddyplan solve assignment -

A text file holds the numbers of agents and items, the cost of every item for each agent, the load of every
item on each agent, and the capacities. Every item must be assigned.
"""

import argparse
import json
from pathlib import Path
from typing import Any


def assignment(text: str) -> dict[str, Any]:
    """Return the assignment instance of an OR-Library text."""
    numbers = [int(number) for number in text.split()]
    agents, items, table = numbers[0], numbers[1], numbers[2:]
    rows = [table[k * items : (k + 1) * items] for k in range(2 * agents)]
    capacity = table[2 * agents * items : 2 * agents * items + agents]
    return {"capacity": capacity, "cost": rows[:agents], "load": rows[agents:], "penalty": [None] * items}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write an OR-Library instance as JSON.")
    parser.add_argument("file", type=Path, help="an instance such as a05100")
    print(json.dumps(assignment(parser.parse_args().file.read_text())))
