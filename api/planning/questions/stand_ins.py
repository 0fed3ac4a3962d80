"""Who could stand in for a buddy at a company or place: its dated cover, else deputies and colleagues."""

from collections.abc import Collection, Sequence
from datetime import date

from api.planning.questions.in_force import PlanInForce
from data.base.dates import days_of, minute_of, weeks_from
from data.model.calendar import Calendar
from data.model.covers import Covers
from data.model.problem import Problem
from data.results.questions import StandIn
from data.results.solution import DayRoute
from data.travel.provider import Times
from matching.eligibility.colleagues import colleagues

MOST = 3
"""So many colleagues are named."""


class StandIns:
    """Who could stand in for one buddy in the weeks of a problem.

    Free time is what is left of a day's hours beside the published stops, ways and breaks, or beside fixed
    appointments in a week that is not published; the way from base to place and back must fit into it too.
    `among` are those who are told of; None: all.
    """

    def __init__(
        self,
        problem: Problem,
        times: Times,
        plans: Sequence[PlanInForce],
        buddy: str,
        among: Collection[str] | None = None,
    ) -> None:
        self.among = set(problem.buddy if among is None else among) - {buddy}
        self.problem, self.times, self.buddy = problem, times, buddy
        self.weeks = weeks_from(problem.horizon.first_week, problem.horizon.weeks)
        self._calendar, self._covers = Calendar(problem), Covers(problem)
        self._colleagues = colleagues(problem, times)
        self._booked = _booked(problem, plans)

    def of(self, company: str, place: str, days: Sequence[date], minutes: int) -> tuple[StandIn, ...]:
        """Return who could be there on one of some days for so long: a dated cover alone, else others.

        Each is told with the first day that is possible; the buddy's deputies come first in their order, then
        colleagues of the company's host, then the nearest.
        """
        for day in days:
            cover = self._covers.on(company, day)
            if cover in self.among and self._calendar.shift(cover, day):
                return (StandIn(buddy=cover, day=day, free_min=self.free_min(cover, day), dated=True),)
        found = list[StandIn]()
        for buddy in self._in_order(company, place):
            free = self._first_free(buddy, days, minutes + self._way_min(buddy, place))
            found += [free] if free else []
            if len(found) == MOST:
                break
        return tuple(found)

    def _in_order(self, company: str, place: str) -> tuple[str, ...]:
        """Return who may stand in at a company, once each: deputies, then each tier of colleagues."""
        tiers = self._colleagues(company)
        deputies = self.problem.buddy[self.buddy].deputies if tiers else ()
        banned = {ban.buddy for ban in self.problem.bans if ban.company == company}
        order = [buddy for buddy in deputies if buddy in self.among - banned]
        for tier in tiers:
            order += sorted(self.among.intersection(tier), key=lambda b: (self._way_min(b, place), b))
        return tuple(dict.fromkeys(order))

    def free_min(self, buddy: str, day: date) -> int:
        """Return the minutes of a buddy's day for which nothing is planned."""
        duty = sum(end - start for start, end in self._calendar.on_duty(buddy, day))
        return max(0, duty - self._booked.get((buddy, day), 0))

    def _first_free(self, buddy: str, days: Sequence[date], minutes: int) -> StandIn | None:
        for day in days:
            free = self.free_min(buddy, day)
            if free >= minutes and self._calendar.shift(buddy, day):
                return StandIn(buddy=buddy, day=day, free_min=free, dated=False)
        return None

    def _way_min(self, buddy: str, place: str) -> int:
        if place not in self.times.node:
            return 0
        return self.times.minutes(buddy, place) + self.times.minutes(place, buddy)


def _booked(problem: Problem, plans: Sequence[PlanInForce]) -> dict[tuple[str, date], int]:
    """Return the planned minutes of each buddy's day; of days in unpublished weeks those of appointments."""
    booked, published = dict[tuple[str, date], int](), set[date]()
    for plan in plans:
        published |= {day for week in plan.weeks for day in days_of(week)}
        for own in plan.published.weeks:
            for each in own.weeks:
                for day, route in zip(days_of(each.week), each.days, strict=True):
                    if route and each.week in plan.weeks:
                        booked[own.buddy, day] = _planned_min(route)
    for appointment in problem.appointments:
        day = minute_of(appointment.start)[0]
        for buddy in appointment.buddies if day not in published else ():
            booked[buddy, day] = booked.get((buddy, day), 0) + appointment.minutes
    return booked


def _planned_min(route: DayRoute) -> int:
    stops = sum(stop.end - stop.start for stop in route.stops)
    return route.travel_min + stops + sum(rest.end - rest.start for rest in route.breaks)
