"""How long a whole matching takes, level by level, as programmes grow: does it stay close to linear?

    python benchmarks/matching_sizes.py [--sizes 50x1000 200x4000 800x16000] [--mode fill rematch anew]

A programme of more than 200 buddies is several states side by side: each invented with a seed of its own, 16
of 50 × 1,000 for 800 × 16,000, with nobody near enough to work across a border. `fill` keeps present
relations, `rematch` may end them, `anew` has none. Each size runs in its own process, whose peak memory is
reported. Exit status 1: a level ends with a gap above 0.1 % (0.05 % for 50 × 1,000).
"""

import argparse
import json
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from api.planning.programme import read_demo
from api.service.sources import default_sources
from data.model.problem import Problem
from data.travel.provider import Times, times_of
from matching.levels.lexicographic import Step
from matching.solve import MatchOptions, match

STATE = (50, 1000)
"""Buddies and companies in one of several states."""
APART_MIN = 1000
"""Travel between states, so long that nobody makes it."""
OWNED = {
    "hosts": ("id",),
    "buddies": ("id", "host"),
    "companies": ("id", "host", "enterprise"),
    "specialists": ("company",),
    "care": ("company",),
    "relations": ("company", "buddy"),
    "places": ("id",),
    "availability": ("who",),
    "pins": ("company", "buddy"),
    "bans": ("company", "buddy"),
}
"""Tables that a matching reads, and their columns that hold ids."""


def measured(buddies: int, companies: int, mode: str, seed: int, workers: int) -> dict[str, Any]:
    """Match one programme and return seconds, levels and the peak memory of this process."""
    problem, times = programme(buddies, companies, seed)
    policy = problem.policy.replace(rematch=mode != "fill")
    problem = problem.replace(policy=policy, **({"relations": ()} if mode == "anew" else {}))
    seconds: dict[str, float] = {}
    begun, level, began = perf_counter(), "pairs", perf_counter()

    def follow(step: Step) -> None:
        nonlocal level, began
        if step.level == level:
            return
        seconds[level] = seconds.get(level, 0) + perf_counter() - began
        level, began = step.level or "reasons", perf_counter()

    matching = match(problem, times, MatchOptions(workers=workers), follow)
    seconds[level] = perf_counter() - began
    return {
        "buddies": buddies,
        "companies": companies,
        "mode": mode,
        "seconds": round(perf_counter() - begun, 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "levels": [
            {
                "name": each.name,
                "value": each.value,
                "bound": each.bound,
                "gap_percent": round(100 * each.gap, 4),
                "seconds": round(seconds.get(each.name, 0.0), 2),
            }
            for each in matching.levels
        ],
    }


def programme(buddies: int, companies: int, seed: int) -> tuple[Problem, Times]:
    """Return an invented programme with its travel times; a large one consists of several states."""
    if buddies <= 200:
        problem = _invented(buddies, companies, seed)
        return problem, times_of(problem, default_sources().travel)
    states = buddies // STATE[0]
    parts = [_of_state(_invented(*STATE, seed + k), k) for k in range(states)]
    tables = {name: sum((getattr(part, name) for part in parts), ()) for name in OWNED}
    travel = default_sources().travel
    return parts[0].replace(**tables), _side_by_side([times_of(part, travel) for part in parts])


def _invented(buddies: int, companies: int, seed: int) -> Problem:
    problem = read_demo(buddies, companies, seed, 1).problem
    assert problem is not None, "the generator writes programmes that can be read"
    return problem.replace(history=(), requests=(), appointments=())


def _of_state(problem: Problem, k: int) -> Problem:
    """Return the problem with ids and district keys that are unique to a state."""

    def district(ags: str) -> str:
        return f"{k + 1:02d}{ags[2:]}" if ags else ""

    def own(row: Any, columns: tuple[str, ...]) -> Any:
        changes = {name: f"{k + 1:02d}-{getattr(row, name)}" for name in columns if getattr(row, name)}
        return row.model_copy(update=changes)

    tables = {
        name: tuple(own(row, columns) for row in getattr(problem, name)) for name, columns in OWNED.items()
    }
    tables["buddies"] = tuple(
        row.model_copy(update={"districts": tuple(district(ags) for ags in row.districts)})
        for row in tables["buddies"]
    )
    tables["companies"] = tuple(
        row.model_copy(update={"district": district(row.district)}) for row in tables["companies"]
    )
    return problem.replace(**tables)


def _side_by_side(parts: list[Times]) -> Times:
    """Return one table of travel times, with the states' own tables on its diagonal."""
    ids = tuple(key for part in parts for key in part.ids)
    travel_min = np.full((len(ids), len(ids)), APART_MIN, dtype=np.int32)
    at = 0
    for part in parts:
        travel_min[at : at + len(part.ids), at : at + len(part.ids)] = part.travel_min
        at += len(part.ids)
    return Times(ids=ids, travel_min=travel_min, distance_m=travel_min, source=parts[0].source)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time whole matchings of growing programmes.")
    parser.add_argument("--sizes", nargs="+", default=["50x1000", "200x4000", "800x16000"])
    parser.add_argument("--mode", nargs="+", default=["fill", "rematch", "anew"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results, wide = [], False
    for size in given.sizes:
        buddies, companies = (int(number) for number in size.split("x"))
        for mode in given.mode:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                found = pool.submit(measured, buddies, companies, mode, given.seed, given.workers).result()
            results.append(found)
            most = 0.05 if buddies <= 50 else 0.1
            worst = max(level["gap_percent"] for level in found["levels"])
            wide |= worst > most
            each = "  ".join(f"{level['name']} {level['seconds']:.1f}" for level in found["levels"])
            print(
                f"{size} {mode}: {found['seconds']} s, {found['memory_mib']} MiB, worst gap {worst} %: {each}"
            )
    if given.json:
        given.json.write_text(json.dumps(results, indent=2))
    sys.exit(1 if wide else 0)


if __name__ == "__main__":
    main()
