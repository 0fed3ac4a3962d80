"""The share of a buddy's usual week that a week has, and the minutes of work that fit into it."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from data.base.dates import days_of
from data.model.calendar import SUNDAY, Calendar
from data.model.problem import Buddy, Problem


def working_share(calendar: Calendar, buddy: str, week: str) -> Fraction:
    """Return the share of a buddy's usual working days that a week has, at most 1.

    A buddy whose limit of days is below the number of shifts loses nothing while enough days are left.
    Sundays are never usual days; a buddy without usual days works whenever a rule opens a day. Where a term
    begins or ends within the week, each day is a share of the usual days that it has.
    """
    return min(Fraction(1), sum((share for _, share in _parts(calendar, buddy, week)), Fraction(0)))


def work_room_min(problem: Problem, calendar: Calendar, buddy: str, week: str) -> int:
    """Return the contract's minutes of a week minus desk work and the reserve.

    A week with days off (absence, holiday) has its share of the contract's minutes and desk work; a week in
    which a term begins or ends has a share of each of both contracts.
    """
    parts = list(_parts(calendar, buddy, week))
    room = sum((share * _spare_min(who, problem) for who, share in parts), Fraction(0))
    return int(room / max(Fraction(1), sum((share for _, share in parts), Fraction(0))))


def _spare_min(who: Buddy, problem: Problem) -> int:
    reserve = who.week_work_min * problem.policy.reserve_percent // 100
    return max(0, who.week_work_min - who.desk_work_min - reserve)


def _parts(calendar: Calendar, buddy: str, week: str) -> Iterator[tuple[Buddy, Fraction]]:
    """Yield the buddy as of each part of a week, with the share of the usual days worked in it."""
    for who, days in groupby(days_of(week), lambda day: calendar.buddy_on(buddy, day)):
        working = sum(calendar.shift(buddy, day) is not None for day in days)
        usual = min(sum(bool(shift) for shift in who.shifts[:SUNDAY]), who.max_days_per_week)
        yield who, Fraction(min(working, usual), usual) if usual else Fraction(working > 0)
