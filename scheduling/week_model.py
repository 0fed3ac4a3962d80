"""One buddy's week as a kernel instance, and the kernel's answer in the programme's words.

Node 0 is the buddy's base, the others are companies and places. Calls and videos take minutes of the week
and no place in a route.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from data.calendar import DAY_MIN, Calendar, days_of
from data.problem import Problem
from data.solution import Break, DayRoute, Reason, ReasonCode, Status, Stop, Unplanned, WeekPlan
from data.travel.provider import Times
from data.words import CareMode
from scheduling.cadence import DueVisit, work_room_min
from scheduling.check_week import travel_of, work_of
from scheduling.instance import LEGAL_BREAKS, MAX_VISITS, Day, PlannedDay, WeekInstance, WeekResult, WeekVisit

MAX_WORK_MIN = 600
"""ArbZG § 3: at most ten hours of work a day."""
REST_MIN = 660
"""ArbZG § 5: eleven hours between two days of work."""


@dataclass(frozen=True)
class BuddyWeek:
    """One buddy's week to be solved: the kernel instance, its visits by id, and its minutes of calls.

    `beyond` are the least weighty visits where more are due than the kernel takes, and any week holds.
    """

    buddy: str
    week: str
    instance: WeekInstance
    visits: dict[str, DueVisit]
    nodes: tuple[str, ...]
    remote_min: int
    beyond: tuple[DueVisit, ...] = ()


class WeekModel:
    """Turns due visits into instances, and results into week plans, for one problem and its travel times."""

    def __init__(self, problem: Problem, times: Times, calendar: Calendar) -> None:
        self.problem, self.times, self.calendar = problem, times, calendar

    def build(self, buddy: str, week: str, due: tuple[DueVisit, ...]) -> BuddyWeek:
        """Return the week of a buddy with the visits that are due in it."""
        weighty = [visit for visit in due if visit.mode is CareMode.VISIT]
        weighty.sort(key=lambda visit: (visit.start is None, -visit.weight, visit.id))
        visits = {visit.id: visit for visit in sorted(weighty[:MAX_VISITS], key=lambda v: v.id)}
        remote_min = sum(visit.minutes for visit in due if visit.mode is not CareMode.VISIT)
        nodes = (buddy, *sorted({visit.place for visit in visits.values()}))
        days = self._days(buddy, week)
        instance = WeekInstance(
            days=days,
            travel_min=tuple(tuple(self.times.minutes(a, b) for b in nodes) for a in nodes),
            visits=tuple(self._visit(v, nodes, week, self._penalty_unit(days)) for v in visits.values()),
            breaks=LEGAL_BREAKS,
            max_work_min=MAX_WORK_MIN,
            max_week_work_min=self._work_left(buddy, week, remote_min),
            max_days=self.problem.buddy[buddy].max_days_per_week,
        )
        return BuddyWeek(buddy, week, instance, visits, nodes, remote_min, tuple(weighty[MAX_VISITS:]))

    def _days(self, buddy: str, week: str) -> tuple[Day | None, ...]:
        """Return the shifts, each ended early enough for the rest before the next one."""
        dates = days_of(week)
        shifts = [self.calendar.shift(buddy, day) for day in (*dates, dates[-1] + timedelta(days=1))]
        days: list[Day | None] = []
        for shift, following in pairwise(shifts):
            if shift is None:
                days.append(None)
                continue
            start, end = shift
            if following is not None:
                end = max(start, min(end, following[0] + DAY_MIN - REST_MIN))
            days.append(Day(start=start, end=end))
        return tuple(days)

    def _work_left(self, buddy: str, week: str, remote_min: int) -> int:
        """Return the minutes of work that are left to visits when calls are made."""
        return max(0, work_room_min(self.problem, self.calendar, buddy, week) - remote_min)

    @staticmethod
    def _penalty_unit(days: tuple[Day | None, ...]) -> int:
        """Return what one unit of weight costs: more than all travel that fits into the week's shifts."""
        return 1 + sum(day.end - day.start for day in days if day is not None)

    def _visit(self, visit: DueVisit, nodes: tuple[str, ...], week: str, unit: int) -> WeekVisit:
        return WeekVisit(
            id=visit.id,
            node=nodes.index(visit.place),
            duration_min=visit.minutes,
            penalty=visit.weight * unit,
            windows=tuple(self._windows(visit, day) for day in days_of(week)),
            required=visit.start is not None,
            group=visit.company if visit.start is None else None,
        )

    def _windows(self, visit: DueVisit, day: date) -> tuple[tuple[int, int], ...]:
        """Return the minutes in which the service may start so that it ends within the opening."""
        if visit.start is not None:
            return ((visit.start[1], visit.start[1]),) if visit.start[0] == day else ()
        if day < (visit.first_day or day) or day > (visit.last_day or day):
            return ()
        opening = self.calendar.opening(visit.company, day)
        return tuple(
            (opens, closes - visit.minutes) for opens, closes in opening if closes - opens >= visit.minutes
        )

    def plan(self, week: BuddyWeek, result: WeekResult, clash: tuple[str, ...] = ()) -> WeekPlan:
        """Return a kernel result as a week plan; `clash` are appointments that could not all be kept."""
        found = result.status in (Status.OPTIMAL, Status.FEASIBLE)
        if not found:
            return self._no_plan(week, result, clash)
        assert result.objective is not None
        days = tuple(None if day is None else self._day(week, d, day) for d, day in enumerate(result.days))
        return WeekPlan(
            buddy=week.buddy,
            week=week.week,
            status=result.status,
            objective=result.objective,
            bound=result.bound,
            travel_min=travel_of(week.instance, result.days),
            remote_min=week.remote_min,
            days=days,
            unplanned=(
                *(self._unplanned(week, v.id, v.reason, v.displaces) for v in result.unplanned),
                *_beyond(week),
            ),
            clash=clash,
        )

    def _no_plan(self, week: BuddyWeek, result: WeekResult, clash: tuple[str, ...]) -> WeekPlan:
        penalties = sum(visit.penalty for visit in week.instance.visits)
        return WeekPlan(
            buddy=week.buddy,
            week=week.week,
            status=result.status,
            objective=penalties,
            bound=min(result.bound, penalties),
            travel_min=0,
            remote_min=week.remote_min,
            days=(None,) * 7,
            unplanned=(
                *(self._unplanned(week, key, ReasonCode.WEEK_FULL, ()) for key in week.visits),
                *_beyond(week),
            ),
            clash=clash,
        )

    def _unplanned(
        self, week: BuddyWeek, key: str, code: ReasonCode, displaces: tuple[str, ...]
    ) -> Unplanned:
        lost = dict.fromkeys(week.visits[other].place for other in displaces)
        return Unplanned(
            id=key, company=week.visits[key].company, reason=Reason(code=code, found=", ".join(lost))
        )

    def _day(self, week: BuddyWeek, d: int, day: PlannedDay) -> DayRoute:
        places = [week.buddy, *(week.visits[stop.id].place for stop in day.stops), week.buddy]
        legs = list(pairwise(places))
        return DayRoute(
            leave=day.leave,
            back=day.back,
            work_min=work_of(week.instance, d, day),
            travel_min=sum(self.times.minutes(a, b) for a, b in legs),
            distance_m=sum(self.times.metres(a, b) for a, b in legs),
            stops=tuple(
                Stop(id=s.id, place=week.visits[s.id].place, arrive=s.arrive, start=s.start, end=s.end)
                for s in day.stops
            ),
            breaks=tuple(Break(start=rest.start, end=rest.end) for rest in day.breaks),
        )


def _beyond(week: BuddyWeek) -> tuple[Unplanned, ...]:
    """Return the visits that never reached the kernel, as not planned."""
    full = Reason(code=ReasonCode.WEEK_FULL)
    return tuple(Unplanned(id=visit.id, company=visit.company, reason=full) for visit in week.beyond)
