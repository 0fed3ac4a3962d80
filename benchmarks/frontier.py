"""The coverage frontier of 1 … 50 positions on 1,000 companies, and peers on single points of it.

python benchmarks/frontier.py [--companies 1000] [--most 50] [--seed 1] [--keep]
                              [--weight companies specialists care_hours]
                              [--peers 5 10 20 35] [--peer-seconds 30] [--json FILE]

The peers get one point each as one integer program with every candidate: HiGHS (in MathOpt) and CP-SAT with
one worker, each for `--peer-seconds`. Every frontier is checked by its judge. It fails if a gap is above 1 %.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from ortools.sat.python import cp_model

from api.planning.programme import DEMO_WEEK, read_demo
from api.service.sources import default_sources
from data.model.policy import CoverageWeight
from data.model.problem import Problem
from data.positions.candidates import candidate_positions
from data.positions.file import read_positions, write_positions
from data.positions.position import Position, with_positions
from data.results.frontier import Frontier
from data.travel.provider import times_of
from matching.judge.frontier import check_frontier
from matching.levels.pairs import pairs_of
from matching.positions.frontier import field_of_positions, frontier
from matching.positions.openings import Field
from matching.positions.program import choice_program
from matching.program.arrays import Program
from matching.program.highs import Limits, search

MOST_GAP = 0.01


@dataclass(frozen=True)
class Found:
    """A peer's result for one point, and its time."""

    served: int | None
    bound: int
    seconds: float

    @property
    def gap(self) -> float | None:
        return None if self.served is None else (self.bound - self.served) / max(1, self.bound)


def programme(buddies: int, companies: int, seed: int, weight: str) -> tuple[Problem, tuple[Position, ...]]:
    problem = read_demo(buddies, companies, seed, 4).problem
    assert problem is not None
    rows, gazetteer = candidate_positions(problem, default_sources().gazetteer), default_sources().gazetteer
    with TemporaryDirectory() as folder:
        path = Path(folder) / "positions.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write_positions(file, rows)
        positions = read_positions(path, problem, gazetteer).positions
    policy = problem.policy.replace(coverage_weight=CoverageWeight(weight))
    return problem.replace(policy=policy), positions


def highs(program: Program, seconds: float) -> Found:
    begun = time.perf_counter()
    found = search(program, None, Limits(deadline=time.monotonic() + seconds))
    served = None if found.point is None else -program.value(found.point)
    bound = -program.cost.sum() if np.isinf(found.bound) else int(np.floor(-found.bound + 1e-6))
    return Found(served, min(int(bound), int(-program.cost.sum())), time.perf_counter() - begun)


def cp_sat(program: Program, seconds: float) -> Found:
    begun = time.perf_counter()
    model = cp_model.CpModel()
    x = [model.new_int_var(int(a), int(b), "") for a, b in zip(program.lower, program.upper, strict=True)]
    order = np.argsort(program.row, kind="stable")
    bounds = np.searchsorted(program.row[order], np.arange(len(program.row_lower) + 1))
    for row in range(len(program.row_lower)):
        entries = order[bounds[row] : bounds[row + 1]]
        terms = cp_model.LinearExpr.weighted_sum(
            [x[j] for j in program.column[entries]], program.coefficient[entries].tolist()
        )
        low = max(int(program.row_lower[row]), -(1 << 40))
        model.add_linear_constraint(terms, low, min(int(program.row_upper[row]), 1 << 40))
    costly = np.flatnonzero(program.cost)
    model.maximize(cp_model.LinearExpr.weighted_sum([x[j] for j in costly], (-program.cost[costly]).tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, seconds
    status = solver.solve(model)
    served = int(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return Found(served, int(solver.best_objective_bound), time.perf_counter() - begun)


def shown(weight: str, found: Frontier, seconds: float, cpu: float) -> None:
    points = f"{len(found.points) - 1} points, whole weight {found.whole}"
    print(f"\n{weight}: {seconds:.1f} s ({cpu:.1f} s of CPU) for {points}")
    print("positions  served   bound   gap %")
    for point in found.points:
        print(f"{point.count:9d} {point.served:7d} {point.bound:7d} {100 * point.gap:7.3f}")
    gaps = [point.gap for point in found.points]
    proved = sum(gap == 0 for gap in gaps[1:])
    print(
        f"largest gap {100 * max(gaps):.3f} %, mean {100 * sum(gaps) / len(gaps):.4f} %, {proved} proved best"
    )


def beside(field: Field, found: Frontier, points: list[int], seconds: float) -> list[dict[str, object]]:
    rows = []
    for n in points:
        program, point = choice_program(field, n), found.points[n]
        for name, solve in (("HiGHS", highs), ("CP-SAT", cp_sat)):
            peer = solve(program, seconds)
            gap = "–" if peer.gap is None else f"{100 * peer.gap:.2f} %"
            print(
                f"n = {n:2d} {name:7s} served {peer.served}, bound {peer.bound}, gap {gap}, "
                f"{peer.seconds:.1f} s; ours {point.served}, {point.bound}, {100 * point.gap:.3f} %",
                flush=True,
            )
            rows.append(
                {"n": n, "peer": name, **vars(peer), "our_served": point.served, "our_bound": point.bound}
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--most", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weight", nargs="*", default=[weight.value for weight in CoverageWeight])
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--peers", type=int, nargs="*", default=[])
    parser.add_argument("--peer-seconds", type=float, default=30)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    told, worst = [], 0.0
    for weight in options.weight:
        problem, positions = programme(options.buddies, options.companies, options.seed, weight)
        whole = with_positions(problem, positions, options.keep)
        times = times_of(whole, default_sources().travel)
        begun, busy = time.perf_counter(), time.process_time()
        found = frontier(whole, times, positions, options.most)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
        assert check_frontier(whole, times, positions, found) == []
        shown(weight, found, seconds, cpu)
        worst = max(worst, *(point.gap for point in found.points))
        peers = []
        if options.peers:
            field = field_of_positions(pairs_of(whole, times), positions)
            peers = beside(field, found, options.peers, options.peer_seconds)
        points = [point.model_dump(exclude={"buddy_of"}) for point in found.points]
        told.append(
            {"weight": weight, "seconds": seconds, "cpu_seconds": cpu, "points": points, "peers": peers}
        )
    if options.json:
        options.json.write_text(json.dumps({"week": DEMO_WEEK, "runs": told}, indent=1))
    if worst > MOST_GAP:
        sys.exit(f"a gap of {100 * worst:.2f} % is above {100 * MOST_GAP:.0f} %")


if __name__ == "__main__":
    main()
