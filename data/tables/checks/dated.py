"""Checks of what holds for a time only, or time and again: terms of buddies, appointments that repeat."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import combinations

from data.base.dates import iso_week
from data.base.message import message
from data.model.problem import Horizon
from data.tables.checks.tables import one_shift_a_day, place_of
from data.tables.entities import appointment_of, occurring_of
from data.tables.rows import Row, Tables
from data.tables.times import WEEKDAYS

AHEAD_WEEKS = 52
"""So far ahead is told what falls out."""
SAID_BY_TERMS = ("hours_per_week", *WEEKDAYS, "max_companies", "max_care_hours")


def check_terms(tables: Tables) -> None:
    """Check that a term says something, and that no two of a buddy say the same for one day."""
    of_buddy: dict[str, list[Row]] = defaultdict(list)
    for row in tables["terms"]:
        one_shift_a_day(row)
        if not any(row.written(column) for column in SAID_BY_TERMS):
            row.warn("buddy", message("term_says_nothing"), message("fill_or_remove"))
        of_buddy[row["buddy"]].append(row)
    for rows in of_buddy.values():
        for before, row in combinations(rows, 2):
            if not _overlap(before, row):
                continue
            for column in SAID_BY_TERMS:
                if before.written(column) and row.written(column):
                    row.warn(column, message("second_term", row=place_of(before, row)), message("end_either"))


def check_repeated(tables: Tables, state: str, closed_days: Collection[date], first: date) -> None:
    """Check that appointments repeat up to a day that comes, and tell which of the next year fall out."""
    horizon = Horizon(first_week=iso_week(first), weeks=AHEAD_WEEKS)
    occurring = occurring_of(tables, state, closed_days, horizon)
    for row in tables["appointments"]:
        if row.broken or not (row["every_weeks"] or row["until"]):
            continue
        if not row["every_weeks"]:
            row.warn("until", message("does_not_repeat"), message("give_every_weeks"))
        elif row["until"] and row["until"] < row["start"].date():
            row.error("until", message("before_other", other="start"), message("swap"))
        elif out := occurring.off(appointment_of(row), row["every_weeks"], row["until"]):
            row.warn("start", message("occurrences_fall_out", days=out), message("enter_one_instead"))


def _overlap(one: Row, other: Row) -> bool:
    first, last = (
        max(row["from"] or date.min for row in (one, other)),
        min(row["to"] or date.max for row in (one, other)),
    )
    return first <= last
