"""Our assignments against CP-SAT and plain HiGHS: same machine, same run, same limit, two threads each.

    python benchmarks/assignment.py [--seconds 30] [--bench ../shared/bench] [--large] [--json FILE]

Public instances: generalised assignment, where every item must be assigned. Invented programmes: buddies for
companies, all matched anew, with three capacities per buddy (companies, care hours, hours with travel); first
the least `unserved`, then the least `travel_min` at the `unserved` that the solver itself reached, with half
of the limit each. `--large` adds 200 x 4,000. HiGHS is the one in OR-Tools; it gets the whole program at once
with both gaps at 0, and has no option for threads. Our kernels are compiled beforehand. Values are recomputed
in integers from the assignment. Exit status 1: ours is worse than another solver's on a public instance.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from api.planning.programme import read_demo
from api.service.sources import default_sources
from benchmarks.gap_instances import assignment
from data.model.policy import ObjectiveName as N
from data.travel.provider import times_of
from matching import compile_kernels
from matching.assignment.by_program import program_of
from matching.assignment.instance import AssignmentInstance, Limit, Table, pairs_of, parse_assignment
from matching.assignment.solve import AssignmentOptions, objective, solve_assignment
from matching.levels.objectives import terms_of
from matching.levels.pairs import Pairs
from matching.levels.pairs import pairs_of as pairs_of_problem
from matching.program.highs import Limits, search
from matching.program.proof import rounded_up

ROOT = Path(__file__).parent.parent
THREADS = 2
PROGRAMMES = ((10, 200), (50, 1000))
LARGE = ((200, 4000),)


@dataclass(frozen=True)
class Answer:
    """One solver's answer: value (None: nothing found), bound, and seconds taken."""

    value: int | None
    bound: int | None
    seconds: float
    assignee: tuple[int | None, ...] | None = None

    def shown(self) -> str:
        mark = "*" if self.value is not None and self.value == self.bound else " "
        return f"{_or_dash(self.value)} / {_or_dash(self.bound)}{mark} {self.seconds:5.1f} s"


Solver = Callable[[AssignmentInstance, float], Answer]


def ours(instance: AssignmentInstance, seconds: float) -> Answer:
    began = perf_counter()
    result = solve_assignment(instance, AssignmentOptions(seconds=seconds, workers=THREADS))
    return Answer(result.objective, result.bound, perf_counter() - began, result.assignee)


def cp_sat(instance: AssignmentInstance, seconds: float) -> Answer:
    began = perf_counter()
    model = cp_model.CpModel()
    x = {pair: model.new_bool_var("") for pair in pairs_of(instance)}
    out = {j: model.new_bool_var("") for j, price in enumerate(instance.penalty) if price is not None}
    agents, items = range(len(instance.cost)), range(len(instance.penalty))

    def total(cost: Table, penalty: tuple[int | None, ...]) -> cp_model.LinearExpr:
        weights = [cost[i][j] or 0 for i, j in x] + [penalty[j] or 0 for j in out]
        return cp_model.LinearExpr.weighted_sum([*x.values(), *out.values()], weights)

    for j in items:
        model.add_exactly_one([x[i, j] for i in agents if (i, j) in x] + ([out[j]] if j in out else []))
    for r, load in enumerate(instance.load):
        for i in agents:
            mine = [j for j in items if (i, j) in x]
            taken = cp_model.LinearExpr.weighted_sum([x[i, j] for j in mine], [load[i][j] or 0 for j in mine])
            model.add(taken <= instance.capacity[r][i])
            model.add(taken >= instance.min_load[r][i])
    for limit in instance.limits:
        model.add(total(limit.cost, limit.penalty) <= limit.at_most)
    model.minimize(total(instance.cost, instance.penalty))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = THREADS
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (perf_counter() - began))
    status = solver.solve(model)
    assignee = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        taken_by = {j: i for (i, j), var in x.items() if solver.value(var)}
        assignee = tuple(taken_by.get(j) for j in items)
    return _answer(instance, assignee, round(solver.best_objective_bound), began)


def plain_highs(instance: AssignmentInstance, seconds: float) -> Answer:
    began = perf_counter()
    pairs = list(pairs_of(instance))
    found = search(program_of(instance, pairs), None, Limits(deadline=monotonic() + seconds))
    assignee = None
    if found.point is not None:
        taken_by = {j: i for (i, j), used in zip(pairs, found.point[: len(pairs)], strict=True) if used}
        assignee = tuple(taken_by.get(j) for j in range(len(instance.penalty)))
    return _answer(instance, assignee, rounded_up(found.bound), began)


SOLVERS: dict[str, Solver] = {"ours": ours, "CP-SAT": cp_sat, "HiGHS": plain_highs}


def _answer(
    instance: AssignmentInstance, assignee: tuple[int | None, ...] | None, bound: int, began: float
) -> Answer:
    value = None if assignee is None else objective(instance, assignee)
    return Answer(value, bound, perf_counter() - began, assignee)


def public(folder: Path, seconds: float) -> list[dict[str, Any]]:
    """Solve every public instance with every solver."""
    rows = []
    with (folder / "best_known.csv").open() as handle:
        known = {row["instance"]: int(row["best_known_value"]) for row in csv.DictReader(handle)}
    for name, best in known.items():
        instance = parse_assignment(json.dumps(assignment((folder / name).read_text())))
        answers = {solver: solve(instance, seconds) for solver, solve in SOLVERS.items()}
        rows.append(_row(name, best, answers))
    return rows


def invented(buddies: int, companies: int, seconds: float) -> list[dict[str, Any]]:
    """Solve the two levels of an invented programme with every solver."""
    problem = read_demo(buddies, companies, 1, 1).problem
    assert problem is not None
    problem = problem.replace(policy=problem.policy.replace(rematch=True))
    pairs = pairs_of_problem(problem, times_of(problem, default_sources().travel))
    unserved, travel = terms_of(N.UNSERVED, pairs), terms_of(N.TRAVEL_MIN, pairs)
    first, second = dict[str, Answer](), dict[str, Answer]()
    for solver, solve in SOLVERS.items():
        answer = solve(_instance(pairs, unserved.pair_cost), seconds / 2)
        first[solver] = _shifted(answer, unserved.constant)
        if answer.value is not None:
            limits = (_limit(pairs, unserved.pair_cost, answer.value),)
            second[solver] = solve(_instance(pairs, travel.pair_cost, limits), seconds / 2)
    name = f"{buddies} x {companies}"
    return [_row(f"{name} unserved", None, first), _row(f"{name} travel_min", None, second)]


def _instance(pairs: Pairs, cost: np.ndarray, limits: tuple[Limit, ...] = ()) -> AssignmentInstance:
    nothing = (0,) * len(pairs.buddies)
    return AssignmentInstance(
        capacity=tuple(map(tuple, pairs.limits.T.tolist())),
        min_load=(nothing,) * len(pairs.loads),
        load=tuple(_table(pairs, load) for load in pairs.loads),
        cost=_table(pairs, cost),
        penalty=(0,) * len(pairs.companies),
        limits=limits,
    )


def _limit(pairs: Pairs, cost: np.ndarray, at_most: int) -> Limit:
    return Limit(cost=_table(pairs, cost), penalty=(0,) * len(pairs.companies), at_most=at_most)


def _table(pairs: Pairs, values: np.ndarray) -> Table:
    table: list[list[int | None]] = [[None] * len(pairs.companies) for _ in pairs.buddies]
    for i, j, value in zip(pairs.buddy.tolist(), pairs.company.tolist(), values.tolist(), strict=True):
        table[i][j] = value
    return tuple(map(tuple, table))


def _shifted(answer: Answer, constant: int) -> Answer:
    def shift(number: int | None) -> int | None:
        return None if number is None else number + constant

    return Answer(shift(answer.value), shift(answer.bound), answer.seconds)


def _row(name: str, best: int | None, answers: dict[str, Answer]) -> dict[str, Any]:
    cells = " | ".join(answers[solver].shown() if solver in answers else "–" for solver in SOLVERS)
    print(f"| {name} | {_or_dash(best)} | {cells} |", flush=True)
    figures = {
        solver: {key: value for key, value in asdict(answer).items() if key != "assignee"}
        for solver, answer in answers.items()
    }
    return {"instance": name, "best_known": best, "answers": figures}


def _or_dash(number: int | None) -> str:
    return "–" if number is None else f"{number}"


def _ours_is_worse(row: dict[str, Any]) -> bool:
    values = {solver: each["value"] for solver, each in row["answers"].items()}
    others = [value for solver, value in values.items() if solver != "ours" and value is not None]
    return bool(others) and (values["ours"] is None or values["ours"] > min(others))


def main() -> int:
    parser = argparse.ArgumentParser(description="Assignments against CP-SAT and plain HiGHS.")
    parser.add_argument("--seconds", type=float, default=30.0, help="limit of every solve (default: 30)")
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--large", action="store_true", help="also 200 buddies and 4,000 companies")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    compile_kernels.main()
    print("| instance | best known | " + " | ".join(SOLVERS) + " |\n|---|---|---|---|---|")
    rows = []
    if (given.bench / "gap").is_dir():
        rows = public(given.bench / "gap", given.seconds)
    else:
        print(f"no public instances at {given.bench / 'gap'}: skipped; name their folder with --bench")
    worse = [str(row["instance"]) for row in rows if _ours_is_worse(row)]
    for buddies, companies in PROGRAMMES + LARGE * given.large:
        rows += invented(buddies, companies, given.seconds)
    if given.json:
        given.json.write_text(json.dumps({"seconds": given.seconds, "rows": rows}, indent=2))
    if worse:
        print("worse than another solver:", ", ".join(worse))
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
