"""Price a caseload in routed weeks: exactly by the planner, or by a quick estimate for thousands of moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

import numpy as np

from data.base.compiled import Ints
from data.base.dates import days_of
from data.model.problem import Problem
from data.model.vocabulary import CareMode
from data.results.refinement import Routed
from data.results.solution import Matching
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence, DueVisit
from scheduling.plan.model import MAX_WORK_MIN, BuddyWeek, WeekModel
from scheduling.plan.plan_weeks import solve_all
from scheduling.price.estimate import DAYS, Newcomers, StandingRoutes, exchange_min
from scheduling.week.day_judge import work_of
from scheduling.week.instance import Day, PlannedDay, WeekInstance, WeekResult
from scheduling.week.solve import WeekOptions

PRICING = WeekOptions(work=1_000_000)
"""Step limit for pricing a week; most weeks are proved by then, the others are close."""
LUNCH_MIN = 30
"""Kept free on a day without stops."""

Caseload = tuple[str, tuple[str, ...]]
"""A buddy and the companies that the buddy would have."""


class RoutedWeeks:
    """Prices caseloads of one problem by planning every week of its horizon, as `plan_weeks` does.

    Weeks that were already planned with the same visits are cached. For a company that comes to another
    buddy, the estimate uses the visits it has in the given matching, or those it would have alone.
    """

    def __init__(
        self,
        problem: Problem,
        matching: Matching,
        times: Times,
        executor: Executor | None = None,
        options: WeekOptions = PRICING,
    ) -> None:
        self.problem, self.times, self.executor, self.options = problem, times, executor, options
        self.cadence = Cadence(problem, matching, times)
        self.model = WeekModel(problem, times, self.cadence.calendar)
        self.travel_min = times.travel_min.astype(np.int64)
        self.of_buddies = {each.id for each in problem.appointments if each.buddies}
        self._solved: dict[WeekInstance, WeekResult] = {}
        self._visits = self._find_visits()

    @property
    def planned_weeks(self) -> int:
        """The number of weeks planned so far."""
        return len(self._solved)

    def routed(self, caseloads: Sequence[Caseload]) -> list[Routed]:
        """Return the totals of each caseload's weeks; the executor plans those not yet cached."""
        wanted = [self._weeks(*caseload) for caseload in caseloads]
        every = (week.instance for weeks in wanted for week in weeks)
        new = list(dict.fromkeys(instance for instance in every if instance not in self._solved))
        solved = solve_all(new, self.options, self.executor)
        self._solved.update(zip(new, (result for result, _ in solved), strict=True))
        return [sum(map(self._come_to, weeks), Routed(0, 0, 0)) for weeks in wanted]

    def exchanges(
        self, buddy: str, companies: tuple[str, ...], newcomers: Sequence[str]
    ) -> tuple[Ints, Ints]:
        """Return what each company saves by leaving, and what each newcomer adds; see `exchange_min`."""
        self.routed([(buddy, companies)])
        routes = self._routes(buddy, companies)
        return exchange_min(self.travel_min, routes, len(companies), self._newcomers(newcomers))

    def _weeks(self, buddy: str, companies: tuple[str, ...]) -> list[BuddyWeek]:
        due = self.cadence.due_with(buddy, companies)
        return [self.model.build(buddy, week, visits) for week, visits in due.items()]

    def _come_to(self, week: BuddyWeek) -> Routed:
        result = self._solved[week.instance]
        planned = {stop.id for day in result.days if day for stop in day.stops}
        left_out = sum(visit.weight for key, visit in week.visits.items() if key not in planned)
        return Routed(
            result.travel_min or 0, len(planned), left_out + sum(visit.weight for visit in week.beyond)
        )

    def _routes(self, buddy: str, companies: tuple[str, ...]) -> StandingRoutes:
        position = {company: k for k, company in enumerate(companies)}
        first, stops = [0], list[tuple[int, int, int]]()
        room, week_room, days_left = list[int](), list[int](), list[int]()
        for week in self._weeks(buddy, companies):
            days = self._solved[week.instance].days or (None,) * DAYS
            works = [work_of(week.instance, d, day) for d, day in enumerate(days)]
            for shift, day, work in zip(week.instance.days, days, works, strict=True):
                for stop in day.stops if day else ():
                    visit = week.visits[stop.id]
                    owner = -1 if visit.id in self.of_buddies else position.get(visit.company, -1)
                    stops.append((self.times.node[visit.place], owner, visit.minutes))
                first.append(len(stops))
                room.append(_room(shift, day, work))
            week_room.append((week.instance.max_week_work_min or 0) - sum(works))
            days_left.append((week.instance.max_days or DAYS) - sum(day is not None for day in days))
        node, owners, minutes = _columns(stops, 3)
        return StandingRoutes(
            base=self.times.node[buddy],
            first=_ints(first),
            node=node,
            owner=owners,
            minutes=minutes,
            room_min=_ints(room),
            week_room_min=_ints(week_room),
            days_left=_ints(days_left),
        )

    def _newcomers(self, companies: Sequence[str]) -> Newcomers:
        first, visits = [0], list[tuple[int, int, int]]()
        for company in companies:
            visits += self._visits[company]
            first.append(len(visits))
        week, minutes, days = _columns(visits, 3)
        node = _ints(self.times.node[company] for company in companies)
        return Newcomers(node=node, first=_ints(first), week=week, minutes=minutes, days=days)

    def _find_visits(self) -> dict[str, list[tuple[int, int, int]]]:
        """Return (week, minutes, possible days) of each company's visits in the matching, in order."""
        found = defaultdict[str, list[tuple[int, int, int]]](list)
        for buddy in sorted(each.id for each in self.problem.buddies):
            for w, (week, due) in enumerate(self.cadence.due(buddy).items()):
                for visit in due:
                    if visit.mode is CareMode.VISIT and visit.id not in self.of_buddies:
                        found[visit.company].append((w, visit.minutes, self._days(visit, week)))
        for visits in found.values():  # covers come after main buddies
            visits.sort(key=lambda visit: visit[0])
        return found

    def _days(self, visit: DueVisit, week: str) -> int:
        """Return the days of a week on which a visit is possible, as bits."""
        possible = 0
        for d, day in enumerate(days_of(week)):
            if visit.start is not None:
                held = visit.start[0] == day
            else:
                in_time = (visit.first_day or day) <= day <= (visit.last_day or day)
                opening = self.cadence.calendar.opening(visit.company, day)
                held = in_time and any(closes - opens >= visit.minutes for opens, closes in opening)
            possible |= held << d
        return possible


def _room(shift: Day | None, day: PlannedDay | None, work: int) -> int:
    """Return the remaining minutes of a day, -1 if the buddy does not work."""
    if shift is None:
        return -1
    if day is None:
        return max(0, min(MAX_WORK_MIN, shift.end - shift.start - LUNCH_MIN))
    return max(0, min(shift.end - day.back, MAX_WORK_MIN - work))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> tuple[Ints, ...]:
    table = np.array(rows, dtype=np.int64).reshape(-1, count)
    return tuple(np.ascontiguousarray(column) for column in table.T)
