"""Checks of what holds for a time only: terms of buddies."""

from collections import defaultdict
from datetime import date
from itertools import combinations

from data.base.message import message
from data.tables.checks.tables import Tables, one_shift_a_day, place_of
from data.tables.rows import Row
from data.tables.times import WEEKDAYS

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


def _overlap(one: Row, other: Row) -> bool:
    first, last = (
        max(row["from"] or date.min for row in (one, other)),
        min(row["to"] or date.max for row in (one, other)),
    )
    return first <= last
