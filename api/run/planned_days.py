"""The days of a run in order, with what the printed files need beside a `DayRoute`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from api.run.run import Run
from data.base.dates import days_of, weeks_from
from data.results.solution import DayRoute, Stop


@dataclass(frozen=True)
class Leg:
    """A stop and the travel that leads to it, from the stop before or from the base."""

    stop: Stop
    travel_min: int
    appointment: bool

    @property
    def instead_of(self) -> str:
        """The main buddy of the company for whom another one makes the visit, else empty."""
        return self.stop.instead_of or ""


@dataclass(frozen=True)
class PlannedDay:
    """One buddy's day with visits; `home_min` is the travel from the last stop back to the base."""

    buddy: str
    week: str
    date: date
    route: DayRoute
    legs: tuple[Leg, ...]
    home_min: int


def planned_days(run: Run) -> Iterator[PlannedDay]:
    """Yield every day with visits, by buddy and date."""
    appointments = {appointment.id for appointment in run.problem.appointments}
    for weeks in sorted(run.weeks, key=lambda weeks: weeks.buddy):
        for plan in weeks.weeks:
            for day, route in zip(days_of(plan.week), plan.days, strict=True):
                if route is None:
                    continue
                start = route.base or weeks.buddy
                nodes = [start, *(stop.place for stop in route.stops), start]
                legs = [run.times.minutes(a, b) for a, b in pairwise(nodes)]
                yield PlannedDay(
                    buddy=weeks.buddy,
                    week=plan.week,
                    date=day,
                    route=route,
                    legs=tuple(
                        Leg(stop, minutes, stop.id in appointments)
                        for stop, minutes in zip(route.stops, legs, strict=False)
                    ),
                    home_min=legs[-1],
                )


def planned_weeks(run: Run) -> tuple[str, ...]:
    """Return the planned ISO weeks, or those of the whole horizon if none is planned."""
    planned = {plan.week for weeks in run.weeks for plan in weeks.weeks}
    horizon = run.problem.horizon
    return tuple(sorted(planned)) or weeks_from(horizon.first_week, horizon.weeks)


def clock(minute: int) -> str:
    """Return minutes after midnight as `08:30`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
