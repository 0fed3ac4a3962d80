"""The best week of one buddy, with proof: the kernel behind `buddyplan solve week`.

It lists every useful route of each kind of day (`scheduling.week.day.routes`), bounds the week by the linear
relaxation over that list (`scheduling.week.listed.bound`) and searches the days within growing budgets above
the bound (`scheduling.week.listed.search`): the first plan found within its budget is optimal. Weeks too
large to list are solved by `scheduling.week.large.solve`, without a guarantee of proof.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.base.status import ReasonCode, Status
from scheduling.week.instance import UnplannedVisit, WeekInstance, WeekResult
from scheduling.week.judge import objective_of, travel_of
from scheduling.week.large.solve import solve_large_week
from scheduling.week.listed.reasons import clash, explained, first_obstacle, obstacle_detail
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.listed.ties import most_even
from scheduling.week.size import too_large_to_list

Stopped = Literal["seconds", "work", "memory"]


@dataclass(frozen=True)
class WeekOptions:
    """Limits of a solve: wall-clock `seconds`, and `work` in steps of listing and search (None: no limit).

    `workers` is the number of threads that list kinds of day in parallel, with the same result. `seed`
    controls the search of weeks too large to list. With `reasons` False, unplanned visits get no reasons
    (`unplanned` is then empty).
    """

    seconds: float | None = None
    work: int | None = None
    workers: int = 1
    seed: int = 0
    reasons: bool = True

    def __post_init__(self) -> None:
        for name, value in (("seconds", self.seconds), ("work", self.work), ("workers", self.workers)):
            if value is not None and value <= 0:
                raise ValueError(f"{name} must be positive, got {value}")


def solve_week(week: WeekInstance, options: WeekOptions = WeekOptions()) -> WeekResult:
    """Solve a week to optimality, or as far as the options allow.

    The result is the same on every machine unless `stopped` is "seconds".
    """
    begun = time.perf_counter()
    with _stop_after(options.seconds) as stop:
        too_large = too_large_to_list(week, options.seconds)
        listed = None if too_large else ListedWeek(week, stop, options.work, options.workers)
        if listed is not None and listed.complete:
            result, out_of_work = _listed_result(listed, options.reasons), listed.out_of_work
        else:
            result, out_of_work = _large_result(week, options, stop, begun)
        stopped = _stopped(result, out_of_work, stop)
    return result.model_copy(update={"stopped": stopped, "seconds": round(time.perf_counter() - begun, 3)})


@contextmanager
def _stop_after(seconds: float | None) -> Iterator[NDArray[np.int64]]:
    """Yield a flag for the compiled kernels that is raised when the time is over."""
    stop = np.zeros(1, dtype=np.int64)
    if seconds is None:
        yield stop
        return
    timer = threading.Timer(seconds, stop.__setitem__, (0, 1))
    timer.daemon = True
    timer.start()
    try:
        yield stop
    finally:
        timer.cancel()


def _listed_result(listed: ListedWeek, reasons: bool) -> WeekResult:
    solved = listed.best()
    if solved.plan is None:
        clashing = clash(listed) if solved.status is Status.INFEASIBLE else ()
        return WeekResult(status=solved.status, bound=solved.bound, clash=clashing)
    plan = most_even(listed, solved, solved.plan)
    left_out: tuple[UnplannedVisit, ...] = ()
    if reasons:
        plan, left_out = explained(listed, plan)
    days = listed.timed(plan)
    return WeekResult(
        status=Status.OPTIMAL if plan.objective == solved.bound else solved.status,
        objective=plan.objective,
        bound=solved.bound,
        travel_min=travel_of(listed.week, days),
        days=days,
        unplanned=left_out,
    )


def _large_result(
    week: WeekInstance, options: WeekOptions, stop: NDArray[np.int64], begun: float
) -> tuple[WeekResult, bool]:
    """Return the result, and whether the work ran out."""
    left = None if options.seconds is None else max(1e-6, begun + options.seconds - time.perf_counter())
    plan = solve_large_week(week, options.seed, stop, options.work, left)
    days = plan.days
    planned = {stop.id for day in days if day for stop in day.stops}
    if any(visit.required and visit.id not in planned for visit in week.visits):
        return WeekResult(status=Status.UNKNOWN, bound=plan.bound), plan.out_of_work
    objective = objective_of(week, days)
    result = WeekResult(
        status=Status.OPTIMAL if objective == plan.bound else Status.FEASIBLE,
        objective=objective,
        bound=plan.bound,
        travel_min=travel_of(week, days),
        days=days,
        unplanned=tuple(
            _not_found(week, v) for v in range(len(week.visits)) if week.visits[v].id not in planned
        ),
    )
    return result, plan.out_of_work


def _not_found(week: WeekInstance, v: int) -> UnplannedVisit:
    obstacle = first_obstacle(week, v)
    detail = obstacle_detail(obstacle) if obstacle else "no place found; the week is too large for a proof"
    return UnplannedVisit(id=week.visits[v].id, reason=obstacle or ReasonCode.WEEK_FULL, detail=detail)


def _stopped(result: WeekResult, out_of_work: bool, stop: NDArray[np.int64]) -> Stopped | None:
    """Return what stopped a solve early: either its proof, or only that of its reasons (by time as well)."""
    if stop[0] != 0:
        return "seconds"
    if result.status in (Status.OPTIMAL, Status.INFEASIBLE):
        return None
    return "work" if out_of_work else "memory"
