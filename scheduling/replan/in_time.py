"""Disruptions at the wrong time: what has not come cannot be missed, what is over cannot be planned."""

from collections.abc import Mapping
from datetime import date

from data.base.dates import days_of, iso_week
from data.base.message import message
from data.model.calendar import Calendar
from data.results.replanning import Away, Disruption, Late, Missed, Urgent
from data.results.solution import WeekPlan
from scheduling.replan.due_visits import UnknownDisruption, Week, visits_of


def check_in_time(
    plans: Mapping[Week, WeekPlan], calendar: Calendar, moment: tuple[date, int], disruption: Disruption
) -> None:
    """Raise `UnknownDisruption` if a disruption, known at a moment (date, minute), does not fit its time.

    A cancellation may come late: the buddy may report it after the visit.
    """
    match disruption:
        case Missed(visit=visit):
            _check_missed(plans, moment, visit)
        case Away(buddy=buddy, last=last) if last < moment[0]:
            raise UnknownDisruption(
                message("away_is_over", buddy=buddy, day=last), cause=message("time_over")
            )
        case Urgent(id=visit, due=due) if due < moment[0]:
            raise UnknownDisruption(message("due_is_over", visit=visit, day=due), cause=message("time_over"))
        case Late(buddy=buddy) if any(who == buddy for who, _ in plans):
            if not _works_still(plans, calendar, moment, buddy):
                raise UnknownDisruption(
                    message("late_without_work", buddy=buddy, day=moment[0]), cause=message("time_over")
                )


def _check_missed(plans: Mapping[Week, WeekPlan], moment: tuple[date, int], visit: str) -> None:
    """A visit that is planned must have begun; one that the plan leaves out has no time to be missed at."""
    having = [plan for plan in plans.values() if visit in visits_of(plan)]
    starts = [
        (day, stop.start)
        for plan in having
        for day, route in zip(days_of(plan.week), plan.days, strict=True)
        for stop in (route.stops if route else ())
        if stop.id == visit
    ]
    if having and not starts:
        said = message("missed_without_time", visit=visit)
        raise UnknownDisruption(said, cause=message("time_not_come", visit=visit))
    if starts and min(starts) > moment:
        day, minute = min(starts)
        said = message("missed_too_early", visit=visit, day=day, clock=f"{minute // 60:02}:{minute % 60:02}")
        raise UnknownDisruption(said, cause=message("time_not_come", visit=visit))


def _works_still(
    plans: Mapping[Week, WeekPlan], calendar: Calendar, moment: tuple[date, int], buddy: str
) -> bool:
    """Return whether the day of a moment is a day of work of a buddy and not over yet."""
    day, minute = moment
    plan, shift = plans.get((buddy, iso_week(day))), calendar.shift(buddy, day)
    if plan is None or shift is None:
        return False
    route = plan.days[day.weekday()]
    return minute < (max(route.back, shift[1]) if route else shift[1])
