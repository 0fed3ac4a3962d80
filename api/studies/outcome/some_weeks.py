"""Plans only some weeks of a horizon; what is due in them is still chosen over the whole horizon."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from api.planning.engines import Progress
from api.planning.replanning import WEEK_WORK
from api.run.run import Run
from data.base.dates import parse_week
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Problem
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.week.solve import WeekOptions


class WeeksBefore(BuddyplanError):
    """The weeks to plan lie before a problem's first week, or too far after it."""


def with_horizon(problem: Problem, weeks: Sequence[str]) -> Problem:
    """Return the problem with a horizon that extends a week beyond the last of `weeks`.

    This way a buddy who is away in all of them is seen to return. Raises `WeeksBefore`.
    """
    if not weeks:
        return problem
    first = problem.horizon.first_week
    if min(weeks) < first:
        raise WeeksBefore(message("week_before_problem", week=min(weeks), first=first))
    needed = (parse_week(max(weeks)) - parse_week(first)).days // 7 + 2
    if needed > 53:
        raise WeeksBefore(message("week_too_late", week=max(weeks), first=first))
    length = max(problem.horizon.weeks, needed)
    return problem.replace(horizon=problem.horizon.replace(weeks=length))


def planned_some(
    run: Run, weeks: Sequence[str], seed: int, executor: Executor | None, progress: Progress
) -> Run:
    """Return a matched run with the plans of these weeks for every buddy."""
    assert run.matching is not None
    progress("plan", 0.0)
    options, told = WeekOptions(work=WEEK_WORK, seed=seed), partial(_tell, progress)
    plans = plan_weeks(run.problem, run.matching, run.times, weeks, options, executor, told)
    return replace(run, weeks=plans)


def _tell(progress: Progress, done: int, of: int) -> None:
    progress("plan", done / max(1, of))
