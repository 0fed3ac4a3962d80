"""Convert the kernel's result for a buddy's week into routes, figures, and unplanned visits."""

from itertools import pairwise

from data.base.dates import days_of
from data.base.status import AWAY, ReasonCode, Status
from data.results.reason import VisitReason
from data.results.solution import Break, Call, DayRoute, Stop, Unplanned, WeekPlan
from data.travel.provider import Times
from scheduling.cadence.choose import DueVisit
from scheduling.plan.calls import why_not_made
from scheduling.plan.model import BuddyWeek
from scheduling.plan.settled import HERE, off_before
from scheduling.week.day_judge import work_of
from scheduling.week.instance import PlannedDay, UnplannedVisit, WeekResult


def week_plan(times: Times, week: BuddyWeek, result: WeekResult, clash: tuple[str, ...] = ()) -> WeekPlan:
    """Return a kernel result as a week plan; `clash` are appointments that could not all be kept."""
    penalties = sum(visit.penalty for visit in week.instance.visits)
    found, left_out = result.days, result.unplanned
    if result.status not in (Status.OPTIMAL, Status.FEASIBLE):
        found = (None,) * 7
        left_out = tuple(UnplannedVisit(id=key, reason=ReasonCode.WEEK_FULL) for key in week.visits)
    days = tuple(_day(times, week, d, day) for d, day in enumerate(found))
    return WeekPlan(
        buddy=week.buddy,
        week=week.week,
        status=result.status,
        objective=penalties if result.objective is None else result.objective,
        bound=min(result.bound, penalties) if result.objective is None else result.bound,
        travel_min=sum(day.travel_min for day in days if day),
        remote_min=week.calls.minutes,
        calls=calls_made(week),
        days=days,
        unplanned=(
            *(_unplanned(week, v.id, v.reason, v.displaces) for v in left_out),
            *_beyond(week),
            *calls_left(week),
        ),
        clash=clash,
    )


def calls_made(week: BuddyWeek) -> tuple[Call, ...]:
    """Return the calls that a week makes, as a plan lists them."""
    return tuple(
        Call(
            id=call.id,
            company=call.company,
            mode=call.mode,
            day=call.about or days_of(week.week)[0],
            minutes=call.minutes,
            instead_of=call.instead_of(week.buddy),
        )
        for call in week.calls.made
    )


def calls_left(week: BuddyWeek) -> tuple[Unplanned, ...]:
    """Return the calls that a week does not make, as unplanned."""
    return tuple(
        unplanned(call, why_not_made(call, week.buddy, week.away, week.works)) for call in week.calls.left
    )


def _unplanned(week: BuddyWeek, key: str, code: ReasonCode, displaces: tuple[str, ...]) -> Unplanned:
    lost = dict.fromkeys(week.visits[other].place for other in displaces)
    reason = VisitReason(code=code, displaced=tuple(lost))
    if code is ReasonCode.NO_DAY_OPEN and (why := _why_away(week, key)):
        reason = VisitReason(code=why, away=week.buddy)
    return unplanned(week.visits[key], reason)


def _why_away(week: BuddyWeek, key: str) -> ReasonCode | None:
    """Return why the buddy works on none of the days on which a visit could be, if that is the reason."""
    (visit,) = (visit for visit in week.instance.visits if visit.id == key)
    found = {why for starts, why in zip(visit.windows, week.away, strict=True) if starts}
    return next((why for why in AWAY if why in found), None)


def unplanned(visit: DueVisit, reason: VisitReason) -> Unplanned:
    """Return a due visit as one that is not planned; an appointment of no company says where it is."""
    place = None if visit.company else visit.place
    return Unplanned(id=visit.id, company=visit.company, reason=reason, place=place)


def _day(times: Times, week: BuddyWeek, d: int, day: PlannedDay | None) -> DayRoute | None:
    """Return the route of a day: its settled part, then what the kernel added."""
    settled = week.settled
    over = settled.over[d] if settled else None
    if over is not None:
        start = over.base or week.buddy
        return _with_travel(times, start, over) if start in times.node else over
    if day is None:
        return None
    here = settled.under_way if settled and settled.under_way and settled.under_way.day == d else None
    shift = week.instance.days[d]
    assert shift is not None
    leave, breaks, off = day.leave, here.breaks if here else (), here.off if here else ()
    stops: tuple[Stop, ...] = ()
    if here and here.settled:
        leave, stops = here.settled.leave, here.settled.stops
    added = tuple(
        Stop(
            id=s.id,
            place=week.visits[s.id].place,
            arrive=s.arrive,
            start=s.start,
            end=s.end,
            instead_of=week.visits[s.id].instead_of(week.buddy),
        )
        for s in day.stops
        if s.id != HERE
    )
    breaks += tuple(Break(start=rest.start, end=rest.end) for rest in day.breaks)
    whole = DayRoute(
        leave=leave,
        back=day.back,
        work_min=work_of(week.instance, d, day),
        travel_min=0,
        distance_m=0,
        stops=(*stops, *added),
        breaks=breaks,
        off=(*off, *off_before(shift, day.back)),
        base="" if week.starts[d] == week.buddy else week.starts[d],
    )
    return _with_travel(times, week.starts[d], whole)


def _with_travel(times: Times, start: str, route: DayRoute) -> DayRoute:
    legs = list(pairwise((start, *(stop.place for stop in route.stops), start)))
    return route.replace(
        travel_min=sum(times.minutes(a, b) for a, b in legs),
        distance_m=sum(times.metres(a, b) for a, b in legs),
    )


def _beyond(week: BuddyWeek) -> tuple[Unplanned, ...]:
    """Return the visits that never reached the kernel, as unplanned."""
    full = VisitReason(code=ReasonCode.WEEK_FULL)
    return tuple(unplanned(visit, full) for visit in week.beyond)
