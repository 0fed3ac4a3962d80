"""Replans a run in force: the disruptions, the colleagues who can help, and the judged result."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime

from api.run.run import Run
from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.status import Violation
from data.model.calendar import Calendar
from data.results.promise import Promise, PromiseState
from data.results.replanning import Disruption, Replanning
from data.results.solution import BuddyWeeks
from matching.eligibility.colleagues import colleagues
from scheduling.judge.plan import check_weeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.promises import promises_of
from scheduling.replan.in_time import check_in_time
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import replan
from scheduling.week.solve import WeekOptions

WEEK_WORK = 40_000_000
"""Steps after which a week's solution is accepted: under a minute, and the same on every machine."""


class NoPlan(BuddyplanError):
    """The run was only matched, so there is nothing to replan."""


def published(run: Run) -> Published:
    """Return the plan in force; raises `NoPlan` if the run has none."""
    if run.matching is None or not run.weeks:
        raise NoPlan(message("run_without_weeks"))
    return Published(run.problem, run.matching, run.times, run.weeks, run.replannings)


def promised(run: Run, state_of: Callable[[str], PromiseState]) -> tuple[Promise, ...]:
    """Return the promises of the plan in force, each in its current state."""
    made = promises_of(run.problem, published(run).weeks)
    return tuple(promise.replace(state=state_of(promise.visit)) for promise in made)


def replanned(
    run: Run,
    moment: datetime,
    disruptions: tuple[Disruption, ...],
    promises: tuple[Promise, ...],
    executor: Executor | None = None,
) -> Run:
    """Return the run after the disruptions known at an aware moment.

    Raises `NoPlan`, and what `scheduling.replan.replan.replan` raises.
    """
    before = published(run)
    funded = run.matching.funded if run.matching else None
    able = colleagues(run.problem, run.times, funded)
    done = replan(before, moment, disruptions, promises, able, WeekOptions(work=WEEK_WORK), executor)
    return replace(run, weeks=done.weeks, replannings=(*run.replannings, done.record))


def check_times(run: Run, moment: datetime, disruptions: tuple[Disruption, ...]) -> None:
    """Raise `UnknownDisruption` if one of the disruptions does not fit the time of an aware moment."""
    plans = {(own.buddy, plan.week): plan for own in run.weeks for plan in own.weeks}
    calendar, known = Calendar(run.problem), minute_of(moment)
    for disruption in disruptions:
        check_in_time(plans, calendar, known, disruption)


def check_planned(run: Run, complete: bool = True) -> list[Violation]:
    """Judge the weeks of a run: the first plan by what was due, each replanning by the one before it.

    If not `complete`, the first plan may lack weeks.
    """
    assert run.matching is not None
    first, *later = list(_versions(run))
    found = check_weeks(run.problem, run.times, run.matching, first, complete)
    weeks = first
    for number, (record, after) in enumerate(zip(run.replannings, later, strict=True)):
        before = Published(run.problem, run.matching, run.times, weeks, run.replannings[:number])
        found += check_replanning(before, record, after)
        weeks = after
    return found


def _versions(run: Run) -> Iterator[tuple[BuddyWeeks, ...]]:
    """Yield the weeks of every version, the oldest first; a record holds the weeks that it changed."""
    versions, weeks = [run.weeks], run.weeks
    for record in reversed(run.replannings):
        weeks = _undone(weeks, record)
        versions.append(weeks)
    yield from reversed(versions)


def _undone(weeks: tuple[BuddyWeeks, ...], record: Replanning) -> tuple[BuddyWeeks, ...]:
    before = {own.buddy: own for own in record.before}
    return tuple(before.get(own.buddy, own) for own in weeks)
