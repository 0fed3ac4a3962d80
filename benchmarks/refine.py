"""Routed travel of four weeks: under the first guess of expected travel, calibrated, and refined.

python benchmarks/refine.py [--seeds 1 2 3] [--seconds 50] [--workers 2] [--json FILE]

Each programme is matched with its present relations kept, with `rematch`, without any relations (`anew`), and
anew without the level `without_language`. All weeks of the horizon are planned for each matching, with the
step limit that `refine` uses. A figure counts as a gain only if no more weight is left out and no fewer
visits are planned.
"""

import argparse
import json
import time
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.planning.programme import LEAST_HORIZON, read_demo
from api.service.sources import default_sources
from data.model.policy import ObjectiveName
from data.model.problem import Problem
from data.results.refinement import Routed
from data.results.solution import Matching
from data.travel.provider import Times, times_of
from matching.eligibility.expected_travel import COEFFICIENTS, Coefficients
from matching.judge.matching import check_matching
from matching.refine.refine import RefineOptions, check_refinement, refine
from matching.solve import MatchOptions, match
from scheduling.plan.plan_weeks import process_pool
from scheduling.price.route_price import RoutedWeeks

FIRST_GUESS = Coefficients(
    version="2026-11 first guess", round_trip_permille=300, near_leg_permille=700, neighbours=5
)
MODES = ("fill", "rematch", "anew", "anew, no language level")
NODES = 1000
"""As in a run of the command; without a language level the proofs take minutes."""


@dataclass(frozen=True)
class Case:
    """One programme in one mode, with the processes that plan it."""

    problem: Problem
    times: Times
    pool: Executor

    def matched(self, coefficients: Coefficients) -> Matching:
        return match(self.problem, self.times, MatchOptions(work=NODES), coefficients=coefficients)

    def routed(self, matching: Matching) -> Routed:
        weeks = RoutedWeeks(self.problem, matching, self.times, self.pool)
        caseloads = [(b.id, tuple(sorted(matching.companies_of.get(b.id, ())))) for b in self.problem.buddies]
        return sum(weeks.routed(caseloads), Routed(0, 0, 0))


def case(seed: int, mode: str, pool: Executor) -> Case:
    problem = read_demo(50, 1000, seed, LEAST_HORIZON).problem
    assert problem is not None
    policy = problem.policy
    if mode == "rematch":
        problem = problem.replace(policy=policy.replace(rematch=True))
    if mode.startswith("anew"):
        problem = problem.replace(relations=())
    if mode.endswith("no language level"):
        levels = tuple(each for each in policy.objectives if each.name is not ObjectiveName.WITHOUT_LANGUAGE)
        problem = problem.replace(policy=policy.replace(objectives=levels))
    return Case(problem, times_of(problem, default_sources().travel), pool)


def measured(of: Case, seconds: float) -> dict[str, Any]:
    guess, calibrated = of.matched(FIRST_GUESS), of.matched(COEFFICIENTS)
    begun = time.perf_counter()
    price = RoutedWeeks(of.problem, calibrated, of.times, of.pool)
    limit = RefineOptions(seconds=seconds)
    refined, refinement = refine(of.problem, of.times, calibrated, price, limit)
    took = time.perf_counter() - begun
    broken = check_matching(of.problem, of.times, refined) + check_refinement(refined, refinement)
    matchings = {"first guess": guess, "calibrated": calibrated, "refined": refined}
    routed = {
        "first guess": of.routed(guess),
        "calibrated": refinement.routed_before,
        "refined": refinement.routed,
    }
    least = routed["first guess"]
    return {
        "violations": len(broken),
        "seconds": round(took, 1),
        "moved": len(refinement.moved),
        "stopped": refinement.stopped,
        "matchings": {
            name: {
                "expected_min": sum(pair.travel_min for pair in matching.pairs),
                **routed[name]._asdict(),
                "against_guess_percent": round(100 * (1 - routed[name].travel_min / least.travel_min), 2),
                "levels": {
                    level.name: [level.value, level.held_at, level.final] for level in matching.levels
                },
            }
            for name, matching in matchings.items()
        },
    }


def row(seed: int, mode: str, found: dict[str, Any]) -> str:
    cells = [str(seed), mode]
    for each in found["matchings"].values():
        cells.append(
            f"{each['expected_min']:,} / {each['travel_min']:,} ({each['planned']}, {each['left_out']})"
        )
    for name in ("calibrated", "refined"):
        cells.append(f"{found['matchings'][name]['against_guess_percent']:.1f} %")
    return "| " + " | ".join([*cells, str(found["moved"]), f"{found['seconds']:.0f}"]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--modes", nargs="+", default=list(MODES[:3]), choices=MODES)
    parser.add_argument("--seconds", type=float, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    print("cells: expected / routed minutes (visits planned, weight left out)")
    print("| seed | mode | first guess | calibrated | refined | calibrated less | refined less | moved | s |")
    print("|" + "---|" * 9)
    found = []
    with process_pool(asked.workers) as pool:
        for seed in asked.seeds:
            for mode in asked.modes:
                result = measured(case(seed, mode, pool), asked.seconds)
                print(row(seed, mode, result), flush=True)
                found.append({"seed": seed, "mode": mode, **result})
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
