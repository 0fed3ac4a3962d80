"""The best week of one buddy, with proof: the kernel behind `buddyplan solve week`.

It lists every useful route of each kind of day (`scheduling.week.day.routes`), bounds the week by the linear
relaxation over that list (`scheduling.week.listed.bound`) and searches the days within growing budgets above
the bound (`scheduling.week.listed.search`): the first plan found within its budget is optimal. Weeks that
take longer are searched as well (`scheduling.week.large.solve`), in turns with the proof
(`scheduling.week.schedule`); without a list they are bounded, with no guarantee of proof.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.base.status import Status
from scheduling.week.answer import answers, result_of
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.loading import load_kernels
from scheduling.week.schedule import Schedule

Stopped = Literal["seconds", "work", "memory"]


@dataclass(frozen=True)
class WeekOptions:
    """Limits of a solve: wall-clock `seconds`, and `work` in steps of listing and search (None: no limit).

    Seconds count from when the compiled kernels are loaded.
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

    The result is the same on every machine unless `stopped` is "seconds", and passes the judge. More work
    never gives a worse one.
    """
    if options.seconds is not None:
        load_kernels()
    begun = time.perf_counter()
    with _stop_after(options.seconds) as stop:
        limited = options.seconds is not None or options.work is not None
        schedule = Schedule(week, stop, options.work, limited, options.seed)
        schedule.run(options.workers)
        result = _judged(week, answers(schedule, options.reasons), schedule.bound, options.reasons)
        stopped = _stopped(result, schedule)
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


def _judged(week: WeekInstance, found: Iterable[WeekResult], bound: int, reasons: bool) -> WeekResult:
    """Return the best answer that the judge accepts; a plan that breaks a rule is never returned.

    To leave everything out is an answer too, if nothing is required.
    """
    accepted = [answer for answer in found if _is_right(week, answer, reasons)]
    if any(answer.status is Status.INFEASIBLE for answer in accepted):
        return accepted[0]
    accepted.append(result_of(week, (None,) * len(week.days), bound))
    plans = [answer for answer in accepted if answer.objective is not None]
    return min(plans or accepted, key=lambda answer: answer.objective or 0)


def _is_right(week: WeekInstance, answer: WeekResult, reasons: bool) -> bool:
    """Return whether the judge accepts an answer; without reasons, visits left out are named for it."""
    if answer.days and not reasons:
        answer = answer.model_copy(update={"unplanned": result_of(week, answer.days, 0).unplanned})
    return not check_week(week, answer)


def _stopped(result: WeekResult, schedule: Schedule) -> Stopped | None:
    """Return what stopped a solve early: either its proof, or only that of its reasons (by time as well)."""
    if schedule.stop[0] != 0:
        return "seconds"
    if result.status in (Status.OPTIMAL, Status.INFEASIBLE):
        return None
    return "work" if schedule.used >= schedule.work else "memory"
