"""ISO weeks as people type them, checked."""

from data.calendar import parse_week
from data.errors import BuddyplanError


def week_that_is(text: str) -> str:
    """Return an ISO week such as `2026-W48`; raises `BuddyplanError` where there is none of that name."""
    try:
        parse_week(text)
    except ValueError as error:
        raise BuddyplanError(str(error)) from None
    return text
