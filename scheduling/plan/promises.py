"""Promises made by publishing a plan: for each visit a window around the planned start."""

from collections.abc import Iterable, Iterator

from data.base.dates import days_of
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import Window
from data.results.promise import Promise, PromiseState
from data.results.solution import BuddyWeeks, Stop


def promises_of(
    problem: Problem, weeks: Iterable[BuddyWeeks], state: PromiseState = PromiseState.PROPOSED
) -> tuple[Promise, ...]:
    """Return a promise for every planned visit: start ± `promise_min`, within the opening window it is in.

    Appointments get none: their time is fixed anyway.
    """
    calendar, fixed = Calendar(problem), {appointment.id for appointment in problem.appointments}
    found = []
    for own in weeks:
        for plan in own.weeks:
            for day, route in zip(days_of(plan.week), plan.days, strict=True):
                for stop in route.stops if route else ():
                    if stop.id in fixed or stop.place not in problem.company:
                        continue
                    start, end = _window(problem, stop, calendar.opening(stop.place, day))
                    found.append(
                        Promise(
                            visit=stop.id,
                            company=stop.place,
                            date=day,
                            from_min=start,
                            to_min=end,
                            state=state,
                        )
                    )
    return tuple(found)


def _window(problem: Problem, stop: Stop, opening: tuple[Window, ...]) -> Window:
    give, minutes = problem.policy.promise_min, stop.end - stop.start
    within: Iterator[Window] = (
        (opens, closes - minutes) for opens, closes in opening if opens <= stop.start <= closes - minutes
    )
    opens, closes = next(within, (stop.start, stop.start))
    return max(opens, stop.start - give), min(closes, stop.start + give)
