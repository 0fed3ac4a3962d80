"""ISO weeks as people type them, checked; and the one that comes next."""

from datetime import date, timedelta

from data.base.dates import iso_week, parse_week
from data.base.errors import BuddyplanError


def week_that_is(text: str) -> str:
    """Return an ISO week such as `2026-W48`; raises `BuddyplanError` where there is none of that name."""
    try:
        parse_week(text)
    except ValueError as error:
        raise BuddyplanError(str(error)) from None
    return text


def next_week() -> str:
    """Return the ISO week after the present one."""
    return iso_week(date.today() + timedelta(weeks=1))
