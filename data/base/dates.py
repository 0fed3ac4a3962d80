"""ISO weeks, and local time."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

ZONE = "Europe/Berlin"
DAY_MIN = 1440
Day = TypeVar("Day", bound=date)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years of dates that people ask about; a calendar has all weeks before and after them."""


def parse_week(week: str) -> date:
    """Return the Monday of an ISO week such as `2026-W48`; raises ValueError if it does not exist."""
    match = re.fullmatch(r"(\d{4})-W(\d{2})", week)
    if not match:
        raise ValueError(f'"{week}" is no ISO week; write it like 2026-W48')
    year, number = int(match[1]), int(match[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f'week "{week}" is out of reach: years go from {FIRST_YEAR} to {LAST_YEAR}')
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week  # 28 December always lies in the last week of its year
        raise ValueError(f'week "{week}" does not exist: {year} has the weeks W01 to W{last}') from None


def in_reach(day: Day) -> Day:
    """Return a day or moment; raises ValueError for one of a year that nobody plans or remembers."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day.isoformat()} is out of reach: years go from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def iso_week(day: date) -> str:
    """Return the ISO week of a day, such as `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weeks_from(first: str, count: int) -> tuple[str, ...]:
    """Return `count` ISO consecutive ISO weeks, starting with `first`."""
    monday = parse_week(first)
    return tuple(iso_week(monday + timedelta(weeks=i)) for i in range(count))


def days_of(week: str) -> tuple[date, ...]:
    """Return Monday to Sunday of an ISO week."""
    monday = parse_week(week)
    return tuple(monday + timedelta(days=i) for i in range(7))


def aware(day: date, minute: int, zone: str = ZONE) -> datetime:
    """Return the moment at which the local clock on `day` shows `minute` minutes after midnight.

    Minute 600 is 10:00 on every day, even after a clock change. A time skipped by the change in spring moves
    forward by one hour; of a time repeated by the change in autumn the first is used. Minutes past 1440
    belong to the following days.
    """
    further, rest = divmod(minute, DAY_MIN)
    wall = datetime.combine(day + timedelta(days=further), time(rest // 60, rest % 60), ZoneInfo(zone))
    return wall.astimezone(UTC).astimezone(ZoneInfo(zone))


def minute_of(moment: datetime, zone: str = ZONE) -> tuple[date, int]:
    """Return the local day and minute after midnight of an aware moment."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    wall = moment.astimezone(ZoneInfo(zone))
    return wall.date(), wall.hour * 60 + wall.minute
