"""Convert one buddy's week into a kernel instance, and the kernel's result into a week plan.

Node 0 is the buddy's base, the others are companies, places and bases of some days. Calls and videos take
minutes of the week but are not stops of a route.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from data.base.dates import days_of
from data.base.status import ReasonCode
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import CareMode
from data.results.promise import Promise, PromiseState
from data.results.solution import Matching, Stop
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence, DueVisit
from scheduling.cadence.room import work_room_min
from scheduling.plan.calls import WeekCalls, calls_of
from scheduling.plan.prices import Commitments, Prices, most_travel
from scheduling.plan.settled import AGAIN, HERE, SettledWeek, UnderWay
from scheduling.plan.shifts import shift_of
from scheduling.week.instance import LEGAL_BREAKS, MAX_VISITS, Day, WeekInstance, WeekVisit
from scheduling.week.instance import Promise as KernelPromise

MAX_WORK_MIN = 600
"""ArbZG § 3: at most ten hours of work a day."""
NO_COMMITMENTS = Commitments()


@dataclass(frozen=True)
class BuddyWeek:
    """One buddy's week to solve: the kernel instance, its visits by id, and its calls.

    `beyond` are the visits of least weight beyond the maximum that the kernel takes, which no week could hold
    anyway. If the week has begun, the instance covers what `settled` leaves open. `away` says for each day
    why the buddy does not work although it is usually a day of work, `starts` where it starts and ends, by
    id in travel times.
    """

    buddy: str
    week: str
    instance: WeekInstance
    visits: dict[str, DueVisit]
    nodes: tuple[str, ...]
    calls: WeekCalls
    beyond: tuple[DueVisit, ...] = ()
    settled: SettledWeek | None = None
    away: tuple[ReasonCode | None, ...] = (None,) * 7
    starts: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the buddy works on some day of the week, or did."""
        over = self.settled.over if self.settled else ()
        return any(self.instance.days) or any(over)

    @property
    def outside(self) -> frozenset[str]:
        """The ids of what is due and never reaches the kernel, and so is not planned."""
        return frozenset(visit.id for visit in (*self.beyond, *self.calls.left))


class WeekModel:
    """Converts due visits into instances, and results into week plans, for one problem and its times."""

    def __init__(self, problem: Problem, times: Times, calendar: Calendar) -> None:
        self.problem, self.times, self.calendar = problem, times, calendar

    def build(
        self,
        buddy: str,
        week: str,
        due: tuple[DueVisit, ...],
        settled: SettledWeek | None = None,
        commitments: Commitments = NO_COMMITMENTS,
    ) -> BuddyWeek:
        """Return the week of a buddy with the visits that are due in it and not yet settled."""
        weighty = [visit for visit in due if visit.mode is CareMode.VISIT]
        weighty.sort(key=lambda visit: (visit.start is None, -visit.weight, visit.id))
        visits = {visit.id: visit for visit in sorted(weighty[:MAX_VISITS], key=lambda v: v.id)}
        here = settled.under_way if settled else None
        places = {visit.place for visit in visits.values()} | ({here.place} if here else set())
        starts = tuple(self.problem.start(buddy, day) for day in days_of(week))
        nodes = (buddy, *sorted((places | set(starts)) - {buddy}))
        shifts = self.shifts(buddy, week)
        days = _from_bases(settled.days if settled else shifts, [nodes.index(start) for start in starts])
        room_min = work_room_min(self.problem, self.calendar, buddy, week)
        calls = calls_of(due, room_min, any(days) or (settled is not None and any(settled.over)))
        prices = Prices.above(most_travel(shifts), {v.id: v.weight for v in visits.values()}, commitments)
        asked = [self._visit(v, nodes, week, prices, commitments) for v in visits.values()]
        if here and here.settled:
            made = [each.id for each in visits.values() if _made_already(each, here.settled.stops)]
            asked = [_not_on(here.day, visit) if visit.id in made else visit for visit in asked]
        if here:
            days = _starting_at(days, here, nodes.index(here.place))
            asked += [_hold(here, nodes.index(here.place), len(days))] if here.settled else []
        instance = WeekInstance(
            days=days,
            travel_min=tuple(tuple(self.times.minutes(a, b) for b in nodes) for a in nodes),
            visits=tuple(asked),
            breaks=LEGAL_BREAKS.model_copy(update={"first_min": self.problem.policy.first_break_after_min}),
            max_work_min=MAX_WORK_MIN,
            max_week_work_min=max(0, room_min - calls.minutes - (settled.spent_work_min if settled else 0)),
            max_days=max(
                0, self.problem.buddy[buddy].max_days_per_week - (settled.used_days if settled else 0)
            ),
        )
        beyond = tuple(weighty[MAX_VISITS:])
        away = tuple(self.calendar.away(buddy, day) for day in days_of(week))
        return BuddyWeek(buddy, week, instance, visits, nodes, calls, beyond, settled, away, starts)

    def shifts(self, buddy: str, week: str) -> tuple[Day | None, ...]:
        """Return the shifts, each shortened to leave enough rest before the next one."""
        dates = days_of(week)
        duties = [self.calendar.on_duty(buddy, day) for day in (*dates, dates[-1] + timedelta(days=1))]
        return tuple(shift_of(duty, following) for duty, following in pairwise(duties))

    def _visit(
        self, visit: DueVisit, nodes: tuple[str, ...], week: str, prices: Prices, commitments: Commitments
    ) -> WeekVisit:
        pressing, bound = visit.id in commitments.pressing, commitments.binding(visit.id)
        promise = None if commitments.firm else _kernel_promise(bound, week, prices)
        return WeekVisit(
            id=visit.id,
            node=nodes.index(visit.place),
            duration_min=visit.minutes,
            penalty=visit.weight * (prices.pressing if pressing else prices.weight),
            windows=tuple(self._windows(visit, day, commitments) for day in days_of(week)),
            required=visit.start is not None or (commitments.firm and (pressing or bound is not None)),
            group=None if visit.care is None else f"{visit.company}#{visit.care}",
            promise=promise,
        )

    def _windows(self, visit: DueVisit, day: date, commitments: Commitments) -> tuple[tuple[int, int], ...]:
        """Return the minutes in which the service may start, except those that the company declined."""
        starts, promise = self._open_starts(visit, day), commitments.promises.get(visit.id)
        if promise is None or (promise.date != day and not commitments.firm):
            return starts
        within = (promise.from_min, promise.to_min)
        if promise.state is PromiseState.DECLINED:
            return outside(starts, within) if promise.date == day else starts
        if not commitments.firm:
            return starts
        return inside(starts, within) if promise.date == day else ()

    def _open_starts(self, visit: DueVisit, day: date) -> tuple[tuple[int, int], ...]:
        if visit.start is not None:
            return ((visit.start[1], visit.start[1]),) if visit.start[0] == day else ()
        if day < (visit.first_day or day) or day > (visit.last_day or day):
            return ()
        if visit.within is not None and visit.within[0] != day:
            return ()
        at_company = visit.company in self.problem.company
        opening = (
            self.calendar.opening(visit.company, day)
            if at_company
            else self.calendar.place_opening(visit.place, day)
        )
        starts = tuple(
            (opens, closes - visit.minutes) for opens, closes in opening if closes - opens >= visit.minutes
        )
        return starts if visit.within is None else inside(starts, visit.within[1:])


def buddy_weeks(
    problem: Problem, matching: Matching, times: Times, weeks: int | None = None
) -> tuple[WeekModel, list[BuddyWeek]]:
    """Return every buddy's first weeks as instances, buddy by buddy, with the model that made them."""
    return weeks_due(Cadence(problem, matching, times), weeks)


def weeks_due(
    cadence: Cadence, weeks: int | Collection[str] | None = None
) -> tuple[WeekModel, list[BuddyWeek]]:
    """Return every buddy's weeks from a cadence, selected as in `plan_weeks`, with their model."""
    model = WeekModel(cadence.problem, cadence.times, cadence.calendar)
    found = []
    for buddy in cadence.problem.buddies:
        due = cadence.due(buddy.id)
        chosen = list(due)[:weeks] if weeks is None or isinstance(weeks, int) else weeks
        found += [model.build(buddy.id, week, due[week]) for week in chosen]
    return model, found


def relaxed(instance: WeekInstance, clash: tuple[str, ...]) -> WeekInstance:
    """Return the week with the clashing visits optional, each with a penalty above all other visits."""
    dearest = 1 + sum(visit.penalty for visit in instance.visits)
    visits = tuple(
        visit.model_copy(update={"required": False, "penalty": dearest}) if visit.id in clash else visit
        for visit in instance.visits
    )
    return instance.model_copy(update={"visits": visits})


def _from_bases(days: tuple[Day | None, ...], starts: Sequence[int]) -> tuple[Day | None, ...]:
    """Return the shifts, those that start and end elsewhere than usual at their node."""
    return tuple(
        day.model_copy(update={"from_node": node, "to_node": node}) if day is not None and node else day
        for day, node in zip(days, starts, strict=True)
    )


def _starting_at(days: tuple[Day | None, ...], here: UnderWay, node: int) -> tuple[Day | None, ...]:
    """Return the shifts; the one under way starts at the buddy's current location."""
    return tuple(
        day.model_copy(update={"from_node": node}) if day is not None and d == here.day else day
        for d, day in enumerate(days)
    )


def _made_already(visit: DueVisit, stops: Collection[Stop]) -> bool:
    """Return whether stops of a day rule a visit out: none is repeated then, and no care seen to twice."""
    if visit.id.removesuffix(AGAIN) in {stop.id for stop in stops}:
        return True
    return visit.care is not None and visit.company in {stop.place for stop in stops}


def _not_on(day: int, visit: WeekVisit) -> WeekVisit:
    """Return a visit that is not possible on one day."""
    windows = tuple(() if d == day else starts for d, starts in enumerate(visit.windows))
    return visit.model_copy(update={"windows": windows})


def _hold(here: UnderWay, node: int, days: int) -> WeekVisit:
    """Return the settled stop as a required visit at exactly that time."""
    windows = tuple(((here.until, here.until),) if d == here.day else () for d in range(days))
    return WeekVisit(id=HERE, node=node, duration_min=0, penalty=0, windows=windows, required=True)


def _kernel_promise(promise: Promise | None, week: str, prices: Prices) -> KernelPromise | None:
    """Return a promise in the kernel's format, None if it is for another week."""
    if promise is None or promise.date not in days_of(week):
        return None
    return KernelPromise(
        day=days_of(week).index(promise.date),
        from_min=promise.from_min,
        to_min=promise.to_min,
        cost=prices.of(promise.state),
    )


def inside(starts: tuple[tuple[int, int], ...], within: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the parts of closed intervals that are inside another one."""
    pieces = ((max(opens, within[0]), min(closes, within[1])) for opens, closes in starts)
    return tuple((opens, closes) for opens, closes in pieces if opens <= closes)


def outside(starts: tuple[tuple[int, int], ...], without: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the parts of closed intervals that are outside another one."""
    pieces = (
        piece
        for opens, closes in starts
        for piece in ((opens, min(closes, without[0] - 1)), (max(opens, without[1] + 1), closes))
    )
    return tuple((opens, closes) for opens, closes in pieces if opens <= closes)
