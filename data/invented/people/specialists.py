"""The foreign specialists of an invented company, and how much care they need."""

from dataclasses import dataclass
from datetime import date
from random import Random

from data.invented.draws import Weighted, draw
from data.invented.figures import Figures

OLDEST_MONTHS = 36
APPRENTICES = 0.2
# Visits in four weeks by months since the latest arrival: frequent at first, then less. Our assumption.
VISITS_BY_MONTHS: tuple[tuple[int, Weighted[int]], ...] = (
    (6, [(1, 5), (2, 50), (4, 43), (8, 2)]),
    (18, [(1, 15), (2, 65), (4, 20)]),
    (OLDEST_MONTHS, [(1, 40), (2, 52), (4, 8)]),
)
VISIT_MIN = [(45, 15), (60, 40), (75, 30), (90, 15)]
CALL_MIN = [(0, 70), (20, 20), (30, 10)]


@dataclass(frozen=True)
class Group:
    """Specialists of one company who share alternative languages, such as `uk/ru`."""

    languages: str
    count: int
    arrived: date
    kind: str


@dataclass(frozen=True)
class Need:
    """Visits in four weeks (1, 2, 4 or 8), their minutes, and the minutes of a monthly call (0: none)."""

    visits: int
    visit_min: int
    call_min: int

    @property
    def period_days(self) -> int:
        """Days from one visit to the next."""
        return 28 // self.visits


def groups(rng: Random, employees: int, monday: date, figures: Figures) -> tuple[Group, ...]:
    """Return one to three groups with different languages; in larger companies larger, and more often new."""
    found: dict[str, Group] = {}
    for _ in range(draw(rng, [(1, 55), (2, 33), (3, 12)])):
        languages = draw(rng, figures.languages)
        months = int(OLDEST_MONTHS * rng.random() ** 1.4)
        most = 2 + employees // 20
        found[languages] = Group(
            languages=languages,
            count=rng.randint(1, min(most, 8)),
            arrived=_months_before(monday, months),
            kind="apprentice" if rng.random() < APPRENTICES else "specialist",
        )
    return tuple(found.values())


def need(rng: Random, of: tuple[Group, ...], monday: date) -> Need:
    """Return the care of a company: the more recent the latest arrivals, the more visits."""
    latest = max(group.arrived for group in of)
    months = (monday.year - latest.year) * 12 + monday.month - latest.month
    visits = next(choices for limit, choices in VISITS_BY_MONTHS if months <= limit)
    return Need(draw(rng, visits), draw(rng, VISIT_MIN), draw(rng, CALL_MIN))


def _months_before(day: date, months: int) -> date:
    """Return the first day of a day's month, or of the month so many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
