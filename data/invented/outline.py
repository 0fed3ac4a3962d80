"""The shared outline of an invented programme: who takes part, who looks after whom, and who is away."""

from dataclasses import dataclass
from datetime import date

from data.invented.possible_pairs import Pairs
from data.model.calendar import public_holidays


@dataclass(frozen=True)
class Tie:
    """A current main relation, by the positions of buddy and company in their lists."""

    buddy: int
    firm: int
    since: date


@dataclass(frozen=True)
class Outline:
    """What the parts of a programme share: ties by company, and first and last day of absences by buddy."""

    seed: int
    state: str
    monday: date
    pairs: Pairs
    ties: dict[int, Tie]
    away: dict[int, tuple[date, date]]

    def is_away(self, buddy: int, day: date) -> bool:
        """Return whether a buddy is away on a day, or not employed."""
        first, last = self.away.get(buddy, (date.max, date.min))
        return first <= day <= last or not self.pairs.staff[buddy].employed(day)

    def is_holiday(self, day: date) -> bool:
        """Return whether a day is a public holiday."""
        return day in public_holidays(self.state, day.year)

    def is_there(self, buddy: int) -> bool:
        """Return whether a buddy is available throughout the planned weeks."""
        colleague = self.pairs.staff[buddy]
        return buddy not in self.away and not colleague.begins and not colleague.ends
