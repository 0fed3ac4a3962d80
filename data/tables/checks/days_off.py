"""Check that those who are to come to an appointment on a day off work then."""

from collections.abc import Collection
from datetime import date

from data.base.message import message
from data.model.calendar import SUNDAY, holds, public_holidays
from data.model.dated import Availability
from data.model.vocabulary import AbsenceState, RelationRole
from data.tables.rows import Row, Tables
from data.tables.times import WEEKDAYS


def check_days_off(tables: Tables, state: str, closed_days: Collection[date]) -> None:
    """Check that those who are to come to an appointment on a Sunday, holiday or closed day work then.

    Without named buddies it is the company's, or any buddy while the company has none.
    """
    staff = {row["id"]: row for row in tables["buddies"]}
    for row in (row for row in tables["appointments"] if row["start"] is not None):
        day = row["start"].date()
        holiday = public_holidays(state, day.year).get(day)
        off = bool(holiday) or day in closed_days
        if (row["every_weeks"] and off) or (not off and day.weekday() != SUNDAY):
            continue  # one of several that is on a day off falls out
        named = set(row["buddies"] or _main_buddies(tables, row["company"], day)) & staff.keys()
        working = [_works_on_day_off(tables, staff[key], day) for key in named or staff]
        if not (all(working) if named else any(working)):
            free = message("on_sunday" if day.weekday() == SUNDAY else "on_closed_day")
            row.warn(
                "start", message("on_holiday", holiday=holiday) if holiday else free, message("move_or_open")
            )


def _main_buddies(tables: Tables, company: str, day: date) -> list[str]:
    lasting = (
        row
        for row in tables["relations"]
        if row["company"] == company and (row["from"] or date.min) <= day <= (row["to"] or date.max)
    )
    mains = [row["buddy"] for row in lasting if row["role"] is RelationRole.MAIN]
    return mains + [row["buddy"] for row in tables["companies"] if row["id"] == company]


def _works_on_day_off(tables: Tables, buddy: Row, day: date) -> bool:
    """Return whether availability opens a day off for a buddy and does not close the whole of it later."""
    works = False
    for row in tables["availability"]:
        if row["who"] != buddy["id"] or row.broken or row["state"] is not AbsenceState.CONFIRMED:
            continue
        span = {"first": row["from"], "last": row["to"] or row["from"]}
        if holds(Availability(who=row["who"], weekdays=row["weekdays"], weeks=row["weeks"], **span), day):
            if row["open"]:
                works = works or bool(row["hours"] or buddy[WEEKDAYS[day.weekday()]])
            else:
                works = works and bool(row["hours"])
    employed = (buddy["employed_from"] or date.min) <= day <= (buddy["employed_to"] or date.max)
    return works and employed
