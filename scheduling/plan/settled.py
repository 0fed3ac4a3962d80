"""Settle a published week at a moment: stops done or under way stay, everything else is planned again.

A day under way continues where its last settled stop ends. In the kernel's instance that stop is a required
visit of zero duration (`HERE`), so that the day counts as used and the way home is included.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from data.base.dates import days_of
from data.results.solution import Break, DayRoute, WeekPlan
from scheduling.week.instance import Day, SoFar

AGAIN = "-again"
"""Suffix of the id of a missed visit: the same visit, due once more."""
HERE = " here"
"""The id of the settled stop in the instance; ids of visits never start with a blank."""


@dataclass(frozen=True)
class UnderWay:
    """The day under way: the settled part of its route, and where and when the rest begins.

    `settled` is None if no stop was made yet; the buddy is free and on duty at `until`, at `place`; `breaks`
    are those already begun, `off` the times off before `until`.
    """

    day: int
    settled: DayRoute | None
    place: str
    until: int
    breaks: tuple[Break, ...]
    off: tuple[Break, ...] = ()


@dataclass(frozen=True)
class SettledWeek:
    """A week at a moment: `over` are final routes, `days` the shifts still to be planned.

    A day is over once the buddy is back. In shortened routes `travel_min` and `distance_m` are still those of
    the whole route: `WeekModel.plan`, which joins the pieces, recomputes them.
    """

    over: tuple[DayRoute | None, ...]
    days: tuple[Day | None, ...]
    under_way: UnderWay | None = None

    @property
    def spent_work_min(self) -> int:
        """Work of the days that are over."""
        return sum(route.work_min for route in self.over if route)

    @property
    def used_days(self) -> int:
        """Number of days that are over and had visits."""
        return sum(route is not None for route in self.over)


def settle(
    plan: WeekPlan,
    shifts: tuple[Day | None, ...],
    moment: tuple[date, int],
    minutes: Callable[[str, str], int],
    starts: Sequence[str],
    away: Collection[date] = (),
    late_min: int = 0,
) -> SettledWeek:
    """Split a published week at a moment (date, minute after midnight) into what is settled and what is open.

    `shifts` are those of the week as planned, `starts` where its days start and end, `away` the dates on
    which the buddy no longer works, and `late_min` how much later than planned, or than now, the buddy is
    free on the day of the moment.
    """
    over, days, under_way = list[DayRoute | None](), list[Day | None](), None
    each_day = zip(days_of(plan.week), plan.days, shifts, starts, strict=True)
    for d, (day, route, shift, start) in enumerate(each_day):
        if day > moment[0]:
            over.append(None)
            days.append(None if day in away else shift)
        elif day < moment[0] or shift is None or (route is not None and route.back <= moment[1]):
            over.append(route)
            days.append(None)
        else:
            now = _under_way(d, start, route, shift, moment[1], late_min, minutes)
            rest = None if now is None else _rest(now, shift, minutes(now.place, start))
            if day in away or (now is not None and rest is None):
                home_min = minutes(now.place, start) if now else 0
                over.append(_cut_short(now, shift, late_min, home_min) if now else None)
                days.append(None)
                continue
            over.append(None)
            days.append(rest or shift)
            under_way = now
    return SettledWeek(tuple(over), tuple(days), under_way)


def _under_way(
    d: int, start: str, route: DayRoute | None, shift: Day, now: int, late_min: int,
    minutes: Callable[[str, str], int],
) -> UnderWay | None:  # fmt: skip
    """Return the day under way, None if nothing of it has begun."""
    settled, place, until = [], start, max(now, shift.start)
    for stop in route.stops if route else ():
        if stop.arrive - minutes(place, stop.place) > now:
            break
        settled.append(stop)
        place, until = stop.place, max(now, stop.end)
    begun = tuple(rest for rest in route.breaks if rest.start < now) if route else ()
    until = max(until, *(rest.end for rest in begun)) if begun else until
    until = shift.on_duty_from(until + late_min, 0)
    if until == shift.start:
        return None
    kept = route.replace(stops=tuple(settled)) if route and settled else None
    return UnderWay(d, kept, place, until, begun, off_before(shift, until))


def _rest(now: UnderWay, shift: Day, home_min: int) -> Day | None:
    """Return the rest of the shift, long enough for the way home; None if it is over."""
    end = max(shift.end, shift.on_duty_from(now.until, home_min) + home_min) if now.settled else shift.end
    if now.until > end:
        return None
    rested, off_min = (sum(each.end - each.start for each in pauses) for pauses in (now.breaks, now.off))
    so_far = SoFar(
        work_min=now.until - shift.start - rested - off_min,
        break_min=rested,
        off_min=off_min,
        stretch_from=max((each.end for each in (*now.breaks, *now.off)), default=shift.start),
    )
    off = tuple(each for each in shift.off if now.until <= each[0])
    return Day(start=now.until, end=end, off=off, so_far=so_far)


def _cut_short(now: UnderWay, shift: Day, late_min: int, home_min: int) -> DayRoute | None:
    """Return the route of a day that ends after its settled stops, with the way home right afterwards."""
    if now.settled is None:
        return None
    left = max(now.settled.stops[-1].end + late_min, *(rest.end for rest in now.breaks), 0)
    rested = sum(rest.end - rest.start for rest in now.breaks)
    back = shift.on_duty_from(left, home_min) + home_min
    work_min = back - shift.start - shift.off_before(back) - rested
    return now.settled.replace(back=back, work_min=work_min, breaks=now.breaks, off=off_before(shift, back))


def off_before(shift: Day, minute: int) -> tuple[Break, ...]:
    """Return the times off of a shift that end by a minute."""
    return tuple(Break(start=begin, end=end) for begin, end in shift.off if end <= minute)
