"""Parses ISO weeks that people type, and computes the next week."""

from datetime import date, timedelta

from data.base.dates import iso_week, parse_week
from data.base.errors import BuddyplanError
from data.base.message import message


def week_that_is(text: str) -> str:
    """Return an ISO week such as `2026-W48`; raises `BuddyplanError` if there is no such week."""
    try:
        parse_week(text)
    except ValueError as error:
        raise BuddyplanError(str(error), cause=message("no_such_week", week=text)) from None
    return text


def next_week() -> str:
    """Return the ISO week after the current one."""
    return iso_week(date.today() + timedelta(weeks=1))
