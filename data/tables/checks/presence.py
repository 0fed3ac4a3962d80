"""Check that enough buddies are there: after absences in each district, and for companies of who leaves."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.base.message import message
from data.model.calendar import SUNDAY, holds, public_holidays
from data.model.dated import Availability
from data.model.policy import Policy
from data.model.vocabulary import AbsenceState
from data.tables.rows import Row, Tables
from data.tables.times import WEEKDAYS

MOST_DAYS = 366
Works = Callable[[str, date], bool]
"""Whether a buddy works on a day."""


@dataclass(frozen=True)
class LowDay:
    """A day on which fewer buddies of a district are there than there should be."""

    district: str
    day: date
    present: int


def low_days(
    least: int,
    away: str,
    days: Iterable[date],
    districts: Mapping[str, Collection[str]],
    usual: Works,
    works: Works,
) -> Iterator[LowDay]:
    """Yield the days on which an absence of `away` leaves fewer than `least` buddies in a district of theirs.

    `districts` are those of each buddy. `works` knows of the absence, `usual` of none: a day on which the
    buddy would not work anyway is not the absence's doing.
    """
    for day in days if least else ():
        if not usual(away, day):
            continue
        for district in districts[away]:
            there = (key for key, own in districts.items() if district in own and works(key, day))
            present = sum(1 for key in there if key != away)
            if present < least:
                yield LowDay(district, day, present)


def check_presence(tables: Tables, policy: Policy, state: str, districts: Sequence[str], today: date) -> None:
    """Warn of each absence, asked for or confirmed, that would leave too few buddies from `today` on."""
    least = policy.least_presence or 0
    if not least:
        return
    there = _There(tables, state, policy.closed_days)
    own = {row["id"]: _districts(row, districts) for row in tables["buddies"]}
    for row in tables["availability"]:
        if row.broken or row["who"] not in own or row["state"] is AbsenceState.DECLINED or not _closes(row):
            continue
        days = (day for day in _days(row) if day >= today)
        low = list(low_days(least, row["who"], days, own, there.usually, there.on))
        if low:
            first = low[0]
            said = {"district": first.district, "day": first.day, "present": first.present, "least": least}
            problem = message("too_few_present", **said)
            if len(low) > 1:
                problem = message("too_few_present_further", **said, count=len(low) - 1)
            row.warn("from", problem, message("other_days_or_more_buddies"))


class _There:
    """Who is there by the rows of a programme: hours, employment, holidays, confirmed absences."""

    def __init__(self, tables: Tables, state: str, closed: Collection[date]) -> None:
        self._buddies = {row["id"]: row for row in tables["buddies"]}
        self._state, self._closed = state, frozenset(closed)
        self._absences = defaultdict[str, list[Availability]](list)
        for row in tables["availability"]:
            if not row.broken and _closes(row) and row["state"] is AbsenceState.CONFIRMED:
                self._absences[row["who"]].append(_rule(row))

    def usually(self, buddy: str, day: date) -> bool:
        row = self._buddies[buddy]
        employed = (row["employed_from"] or day) <= day <= (row["employed_to"] or day)
        free = day.weekday() == SUNDAY or day in self._closed or day in public_holidays(self._state, day.year)
        return employed and not free and bool(row[WEEKDAYS[day.weekday()]])

    def on(self, buddy: str, day: date) -> bool:
        return self.usually(buddy, day) and not any(holds(rule, day) for rule in self._absences[buddy])


def _districts(row: Row, every: Sequence[str]) -> Sequence[str]:
    """Return the districts of a buddy: one without districts and sectors works in all of them."""
    found: Sequence[str] = row["districts"] or (() if row["sectors"] else every)
    return found


def _closes(row: Row) -> bool:
    return not row["open"] and not row["hours"]


def _rule(row: Row) -> Availability:
    return Availability(
        who=row["who"],
        first=row["from"],
        last=row["to"] or row["from"],
        weekdays=row["weekdays"],
        weeks=row["weeks"],
    )


def _days(row: Row) -> Iterator[date]:
    rule = _rule(row)
    for number in range(min((rule.last - rule.first).days + 1, MOST_DAYS)):
        if holds(rule, day := rule.first + timedelta(days=number)):
            yield day


def check_departures(tables: Tables, first: date, last: date) -> None:
    """Check that nobody leaves between two days who is named as the buddy of a company."""
    having = {row["buddy"] for row in tables["companies"]}
    having |= {row["buddy"] for row in tables["relations"] if (row["to"] or last) >= last}
    for row in tables["buddies"]:
        leaves = row["employed_to"]
        if leaves is not None and first <= leaves < last and row["id"] in having:
            row.warn("employed_to", message("leaves_with_companies"), message("name_successor"))
