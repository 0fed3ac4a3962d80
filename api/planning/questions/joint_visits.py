"""When a buddy who leaves and the successor could be at a company together: both have room, and it is open.

The earliest time is taken: of a day with a published route what is before and after it, and beside an
appointment what it leaves with the way from home and back.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from api.planning.questions.in_force import PlanInForce
from data.base.dates import days_of, minute_of
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import Window
from data.results.questions import JointVisit
from data.travel.provider import Times

MINUTES = 60
STEP_MIN = 15
WEEKS = 4
"""A joint visit is at most so many weeks before the last day."""
MOST_A_DAY = 2
"""So many joint visits a buddy makes on one day: it is no farewell tour."""


class JointVisits:
    """Joint visits of a buddy who leaves on some days; each that is found takes its time of both."""

    def __init__(
        self, problem: Problem, times: Times, plans: Sequence[PlanInForce], buddy: str, days: Sequence[date]
    ) -> None:
        self.problem, self.times, self.buddy = problem, times, buddy
        self.days = list(days)[-7 * WEEKS :]
        self._calendar = Calendar(problem)
        self._busy = defaultdict[tuple[str, date], list[Window]](list)
        self._made = defaultdict[tuple[str, date], int](int)
        self._read(plans)

    def at(self, company: str, successor: str) -> JointVisit | None:
        """Return the next joint visit at a company, None if there is no time for one."""
        for day in self.days:
            if any(self._made[who, day] >= MOST_A_DAY for who in (self.buddy, successor)):
                continue
            start = self._start(company, successor, day)
            if start is not None:
                for who in (self.buddy, successor):
                    self._busy[who, day].append(self._span(who, company, start))
                    self._made[who, day] += 1
                return JointVisit(company=company, buddy=successor, day=day, start_min=start, minutes=MINUTES)
        return None

    def _start(self, company: str, successor: str, day: date) -> int | None:
        """Return the first minute at which both can begin at an open company, None if there is none."""
        for opens, closes in self._calendar.opening(company, day):
            for start in range(-(-opens // STEP_MIN) * STEP_MIN, closes - MINUTES + 1, STEP_MIN):
                if all(self._free(who, company, day, start) for who in (self.buddy, successor)):
                    return start
        return None

    def _free(self, who: str, company: str, day: date, start: int) -> bool:
        leave, back = self._span(who, company, start)
        at_work = any(begin <= leave and back <= end for begin, end in self._calendar.on_duty(who, day))
        return at_work and all(back <= begin or end <= leave for begin, end in self._busy[who, day])

    def _span(self, who: str, place: str, start: int, minutes: int = MINUTES) -> Window:
        there = self.times.minutes(who, place) if place in self.times.node else 0
        back = self.times.minutes(place, who) if place in self.times.node else 0
        return max(0, start - there), start + minutes + back

    def _read(self, plans: Sequence[PlanInForce]) -> None:
        for plan in plans:
            for own in plan.published.weeks:
                for each in own.weeks if own.buddy in self.problem.buddy else ():
                    for day, route in zip(days_of(each.week), each.days, strict=True):
                        if route and each.week in plan.weeks:
                            self._busy[own.buddy, day].append((route.leave, route.back))
        for appointment in self.problem.appointments:
            day, minute = minute_of(appointment.start)
            for who in appointment.buddies:
                span = self._span(who, appointment.place, minute, appointment.minutes)
                self._busy[who, day].append(span)
