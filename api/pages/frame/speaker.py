"""Writes texts by key, and days, times and numbers in the form of a language."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.pages.words import WORDS
from api.run.planned_days import clock
from api.words.numbers import written_number
from api.words.reasons import Language
from data.base.dates import ZONE, minute_of

DAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
        "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
ZONES = {"de": ("MEZ", "MESZ"), "en": ("CET", "CEST")}
MINUS = "−"
HARD_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Speaker:
    """Writes everything in one language."""

    language: Language

    @property
    def english(self) -> bool:
        """Whether the language is English."""
        return self.language == "en"

    def t(self, key: str, /, **fields: object) -> str:
        """Return a text by its key with its fields filled in; raises KeyError for an unknown key."""
        return WORDS[key][self.english].format(**fields)

    def day(self, day: date) -> str:
        """`Montag, 30. November` or `Monday, 30 November`."""
        return f"{DAYS[self.language][day.weekday()]}, {self.day_and_month(day)}"

    def day_and_month(self, day: date) -> str:
        """`30. November` or `30 November`."""
        point = "" if self.english else "."
        return f"{day.day}{point}{HARD_SPACE}{MONTHS[self.language][day.month - 1]}"

    def full_date(self, day: date) -> str:
        """`30. November 2026` or `30 November 2026`."""
        return f"{self.day_and_month(day)} {day.year}"

    def time(self, minute: int) -> str:
        """`08:15 Uhr` or `08:15`, from minutes after midnight."""
        return self._of_clock(clock(minute))

    def times(self, first: int, last: int) -> str:
        """`08:15–09:15 Uhr` or `08:15–09:15`."""
        return self._of_clock(f"{clock(first)}–{clock(last)}")

    def _of_clock(self, shown: str) -> str:
        return shown if self.english else f"{shown}{HARD_SPACE}Uhr"

    def moment(self, moment: datetime) -> str:
        """`28. November, 20:15 Uhr` or `28 November, 20:15`, in local time."""
        day, minute = minute_of(moment)
        return f"{self.day_and_month(day)}, {self.time(minute)}"

    def zone(self, moment: datetime) -> str:
        """`MEZ`, `MESZ`, `CET` or `CEST`, the time zone in force at a moment."""
        return ZONES[self.language][bool(moment.astimezone(ZoneInfo(ZONE)).dst())]

    def number(self, value: float, decimals: int = 0) -> str:
        """`1.234,5` or `1,234.5`."""
        return f"{MINUS if value < 0 else ''}{written_number(abs(value), self.language, decimals)}"

    def km(self, distance_m: int) -> str:
        """`1.234,5 km` or `1,234.5 km`."""
        return f"{self.number(distance_m / 1000, 1)}{HARD_SPACE}km"

    def minutes(self, minutes: int) -> str:
        """`1 Std. 20 Min.` or `1 h 20 min`."""
        hours, rest = divmod(minutes, 60)
        names = ("h", "min") if self.english else ("Std.", "Min.")
        parts = [(self.number(hours), names[0])] if hours else []
        parts += [(str(rest), names[1])] if rest or not hours else []
        return HARD_SPACE.join(f"{count}{HARD_SPACE}{name}" for count, name in parts)

    def hours(self, minutes: int) -> str:
        """`1.234,5 Std.` or `1,234.5 h`."""
        return f"{self.number(minutes / 60, 1)}{HARD_SPACE}{'h' if self.english else 'Std.'}"

    def share(self, part: int, whole: int) -> str:
        """`93,4 %` or `93.4%`; only the whole is 100."""
        return self.percent(100 if part == whole else min(100 * part / whole, 99.9), 1)

    def percent(self, percent: float, decimals: int = 0) -> str:
        """`93 %` or `93%`."""
        shown = self.number(percent, decimals)
        return f"{shown}%" if self.english else f"{shown}{HARD_SPACE}%"
