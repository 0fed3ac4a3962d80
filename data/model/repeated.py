"""Appointments that repeat: the days on which they take place, each an appointment with an id that stays.

The first has the id of its row, a later one the id, a dot and its day (`team.2026-12-14`). An appointment of
its own with such an id takes the place of that one, so it can be moved.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.base.dates import DAY_MIN, aware, minute_of
from data.model.calendar import holds, public_holidays
from data.model.dated import Appointment, Availability
from data.model.problem import Horizon

BEFORE_A_DAY = "."
"""Between the id of a row and the day of an occurrence."""


@dataclass(frozen=True)
class Occurring:
    """When appointments that repeat take place: what closes then, and the ids that rows of their own have."""

    state: str
    closed_days: Collection[date]
    rules: Collection[Availability]
    own_ids: Collection[str]
    horizon: Horizon

    def of(self, first: Appointment, every_weeks: int | None, until: date | None) -> tuple[Appointment, ...]:
        """Return the occurrences in the weeks of the horizon; one that does not repeat stays as it is."""
        if every_weeks is None:
            return (first,)
        return tuple(each for each in self._all(first, every_weeks, until) if not self.falls_out(each))

    def off(self, first: Appointment, every_weeks: int, until: date | None) -> tuple[date, ...]:
        """Return the days in the weeks of the horizon on which an appointment that repeats falls out."""
        out = (each for each in self._all(first, every_weeks, until) if self.falls_out(each))
        return tuple(minute_of(each.start)[0] for each in out)

    def _all(self, first: Appointment, every_weeks: int, until: date | None) -> Iterator[Appointment]:
        begin, end = self.horizon.days
        for each in repeated(first, every_weeks, min(end, until or end)):
            if minute_of(each.start)[0] >= begin and (each is first or each.id not in self.own_ids):
                yield each

    def falls_out(self, each: Appointment) -> bool:
        """Return whether one is on a public holiday, on a closed day, or while its place is closed."""
        day, minute = minute_of(each.start)
        if day in self.closed_days or day in public_holidays(self.state, day.year):
            return True
        return any(
            rule.who == each.place
            and not rule.open
            and holds(rule, day)
            and minute < (rule.hours or (0, DAY_MIN))[1]
            and (rule.hours or (0, DAY_MIN))[0] < minute + each.minutes
            for rule in self.rules
        )


def repeated(first: Appointment, every_weeks: int, last: date) -> Iterator[Appointment]:
    """Yield an appointment and its repetitions up to a day, all at the same time on the wall clock."""
    begun, minute = minute_of(first.start)
    for weeks in range(0, (last - begun).days // 7 + 1, every_weeks):
        day = begun + timedelta(weeks=weeks)
        key = f"{first.id}{BEFORE_A_DAY}{day.isoformat()}"
        yield first.replace(id=key, start=aware(day, minute)) if weeks else first
