"""The share of a buddy's usual week that a week has, and the minutes of work that fit into it."""

from fractions import Fraction

from data.base.dates import days_of
from data.model.calendar import SUNDAY, Calendar
from data.model.problem import Buddy, Problem


def working_share(buddy: Buddy, calendar: Calendar, week: str) -> Fraction:
    """Return the share of a buddy's usual working days that a week has, at most 1.

    A buddy whose limit of days is below the number of shifts loses nothing while enough days are left.
    Sundays are never usual days; a buddy without usual days works whenever a rule opens a day.
    """
    working = sum(calendar.shift(buddy.id, day) is not None for day in days_of(week))
    usual = min(sum(bool(shift) for shift in buddy.shifts[:SUNDAY]), buddy.max_days_per_week)
    return Fraction(min(working, usual), usual) if usual else Fraction(working > 0)


def work_room_min(problem: Problem, calendar: Calendar, buddy: str, week: str) -> int:
    """Return the contract's minutes of a week minus desk work and the reserve.

    A week with days off (absence, holiday) has its share of the contract's minutes and desk work.
    """
    who = problem.buddy[buddy]
    reserve = who.week_work_min * problem.policy.reserve_percent // 100
    spare = who.week_work_min - who.desk_work_min - reserve
    return int(spare * working_share(who, calendar, week))
