"""Plan all weeks of all buddies: due visits → instances → solved in parallel → week plans.

Weeks are independent of each other, so they go to any `concurrent.futures.Executor` as small pickled
instances; results do not depend on the executor or its number of workers.
"""

import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import get_all_start_methods, get_context, parent_process

from data.base.status import Status
from data.model.problem import Problem
from data.results.solution import RULES, BuddyWeeks, Matching, WeekPlan
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence
from scheduling.plan.model import relaxed, weeks_due
from scheduling.plan.result import week_plan
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.solve import WeekOptions, solve_week

UNLIMITED = WeekOptions()
Progress = Callable[[int, int], None]
"""Called with the number of weeks done and the total."""
Solved = tuple[WeekResult, tuple[str, ...]]
"""A week's result and the clashing appointments in it."""
POLL_S = 0.1
"""Interval for checking cancellation while waiting for weeks."""


def plan_weeks(
    problem: Problem,
    matching: Matching,
    times: Times,
    weeks: int | Collection[str] | None = None,
    options: WeekOptions = UNLIMITED,
    executor: Executor | None = None,
    progress: Progress = lambda done, of: None,
    cadence: Cadence | None = None,
    cancel: threading.Event | None = None,
) -> tuple[BuddyWeeks, ...]:
    """Return weeks of every buddy, in the order of buddies: the first `weeks`, the named ones, or all.

    Without an executor they are solved one by one. A given `cadence` has already chosen what is due. Once
    `cancel` is set no further week is started, and unsolved ones are missing.
    """
    if cadence is None:
        cadence = Cadence(problem, matching, times)
        if executor is not None:
            cadence.choose_all(executor)
    due = weeks_due(cadence, weeks)[1]
    solved = solve_until([week.instance for week in due], options, executor, progress, cancel)
    plans: dict[str, list[WeekPlan]] = {buddy.id: [] for buddy in problem.buddies}
    for week, answer in zip(due, solved, strict=True):
        if answer is not None:
            plans[week.buddy].append(week_plan(times, week, *answer))
    return tuple(
        BuddyWeeks(
            buddy=buddy,
            problem_hash=problem.hash,
            matching_hash=matching.hash,
            weeks=tuple(own),
            cadence=cadence.plan(buddy),
            rules=RULES,
        )
        for buddy, own in plans.items()
    )


def process_pool(
    workers: int | None = None, modules: Sequence[str] = ()
) -> AbstractContextManager[ProcessPoolExecutor | None]:
    """Return a pool of processes for `plan_weeks`, by default one for each processor.

    There is none for a single worker: starting another process would only take time from this one.
    Workers are forked from a clean server where the system can, so that they neither inherit the threads
    of this process nor load the kernels one by one. Nor do they load the `modules` that other tasks need.
    """
    count = workers or os.cpu_count() or 1
    if count == 1:
        return nullcontext()
    forked = "forkserver" in get_all_start_methods()
    context = get_context("forkserver" if forked else None)
    if forked:
        context.set_forkserver_preload(["scheduling.plan.plan_weeks", *modules])
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin_process)


def _begin_process() -> None:
    """Leave Ctrl-C to the parent, and end with it even if it was killed and could not end its workers."""
    # Otherwise each process would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None, "a process of a pool has a parent"

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def solve_or_relax(instance: WeekInstance, options: WeekOptions) -> tuple[WeekResult, tuple[str, ...]]:
    """Solve a week; clashing appointments become optional, so that they never cost the buddy the whole week.

    Returns the result and the clashing required visits (several sets in sequence, if there are several).
    """
    clash: tuple[str, ...] = ()
    result = solve_week(instance, options)
    while result.status is Status.INFEASIBLE and result.clash:
        clash += result.clash
        result = solve_week(relaxed(instance, clash), options)
    return result, clash


def solve_all(
    instances: list[WeekInstance],
    options: WeekOptions = UNLIMITED,
    executor: Executor | None = None,
    progress: Progress = lambda done, of: None,
) -> list[Solved]:
    """Solve weeks like `solve_or_relax`, in the given order; without an executor one by one."""
    return [answer for answer in solve_until(instances, options, executor, progress) if answer is not None]


def solve_until(
    instances: Sequence[WeekInstance],
    options: WeekOptions = UNLIMITED,
    executor: Executor | None = None,
    progress: Progress = lambda done, of: None,
    cancel: threading.Event | None = None,
) -> list[Solved | None]:
    """Solve weeks like `solve_all`; once `cancel` is set no other is started, and its result is None."""
    cancel = cancel or threading.Event()
    progress(0, len(instances))
    if executor is None:
        solved: list[Solved | None] = []
        for instance in instances:
            solved.append(None if cancel.is_set() else solve_or_relax(instance, options))
            progress(len(solved), len(instances))
        return solved
    # The largest first, so that no worker is busy alone with a large one at the end.
    order = sorted(range(len(instances)), key=lambda i: (-len(instances[i].visits), i))
    futures = {i: executor.submit(solve_or_relax, instances[i], options) for i in order}
    left, told = set(futures.values()), 0
    while left:
        if cancel.is_set():
            left = {future for future in left if not future.cancel()}
        left = wait(left, POLL_S, FIRST_COMPLETED).not_done
        for done in range(told, len(instances) - len(left)):
            progress(done + 1, len(instances))
        told = len(instances) - len(left)
    return [None if futures[i].cancelled() else futures[i].result() for i in range(len(instances))]
