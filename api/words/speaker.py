"""Writes texts by key, and days, times and numbers in the form of a language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from api.run.planned_days import clock
from api.words.catalogue import languages, pattern
from data.base.dates import ZONE, minute_of

COUNT = "count"
"""The field that decides between singular and plural."""
MINUS = "−"
HARD_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Speaker:
    """Writes everything in one language.

    Names of days, months, languages and the signs within numbers are those of the CLDR (Babel); their order
    is a pattern of the catalogue, such as `day`.
    """

    language: str

    def t(self, key: str, /, **fields: object) -> str:
        """Return a text by its key with its fields filled in; raises KeyError for an unknown key.

        The field `count` decides between singular and plural.
        """
        said = self.filled(key, fields)
        if said is None:
            raise KeyError(key)
        return said[:-1] if said.endswith("..") else said  # a company's name may end in a full stop

    def filled(self, key: str, fields: Mapping[str, object]) -> str | None:
        """Return a text with its fields filled in, in the form for `count` if it has several, or None."""
        count = fields.get(COUNT)
        if not isinstance(count, int):
            found = pattern(key, self.language)
            return None if found is None else found.format_map(fields)
        found = pattern(key, self.language, count) or pattern(key, self.language)
        return None if found is None else found.format_map({**fields, COUNT: self.number(count)})

    def day(self, day: date) -> str:
        """`Montag, 30. November` or `Monday, 30 November`."""
        return self._date(day, "format_day")

    def weekday(self, weekday: int) -> str:
        """`Montag` or `Monday`, from 0 for Monday to 6."""
        return _weekdays(self.language)[weekday]

    def short_day(self, day: date) -> str:
        """`Di 24.11.` or `Tue 24 Nov`."""
        return self._date(day, "format_short_day")

    def weekday_and_date(self, day: date) -> str:
        """`Montag, 30.11.` or `Monday, 30 Nov`."""
        return self._date(day, "format_weekday_and_date")

    def day_and_month(self, day: date) -> str:
        """`30. November` or `30 November`."""
        return self._date(day, "format_day_and_month")

    def month(self, day: date) -> str:
        """`Nov` or `Nov`: the month of a day."""
        return self._date(day, "format_month")

    def full_date(self, day: date) -> str:
        """`30. November 2026` or `30 November 2026`."""
        return self._date(day, "format_full_date")

    def short_date(self, day: date) -> str:
        """`30.11.2026` or `30 Nov 2026`."""
        return self._date(day, "format_short_date")

    def span(self, first: date, last: date) -> str:
        """`23.11. – 27.11.2026` or `23 Nov – 27 Nov 2026`."""
        return f"{self._date(first, 'format_day_in_year')} – {self.short_date(last)}"

    def _date(self, day: date, shape: str) -> str:
        from babel.dates import format_date

        return format_date(day, self.t(shape), locale=self.language)

    def time(self, minute: int) -> str:
        """`08:15 Uhr` or `08:15`, from minutes after midnight."""
        return self.t("format_clock", clock=clock(minute))

    def times(self, first: int, last: int) -> str:
        """`08:15–09:15 Uhr` or `08:15–09:15`."""
        return self.t("format_clock", clock=f"{clock(first)}–{clock(last)}")

    def moment(self, moment: datetime) -> str:
        """`28. November, 20:15 Uhr` or `28 November, 20:15`, in local time."""
        day, minute = minute_of(moment)
        return f"{self.day_and_month(day)}, {self.time(minute)}"

    def zone(self, moment: datetime) -> str:
        """`MEZ`, `MESZ`, `CET` or `CEST`, the time zone in force at a moment."""
        return self.t("zone_summer" if moment.astimezone(ZoneInfo(ZONE)).dst() else "zone_winter")

    def number(self, value: float, decimals: int = 0) -> str:
        """`1.234,5` or `1,234.5`."""
        group, point = self._signs()
        text = f"{abs(value):,.{decimals}f}".translate({ord(","): group, ord("."): point})
        return f"{MINUS if value < 0 else ''}{text}"

    def _signs(self) -> tuple[str, str]:
        """Return what separates thousands and what decimals."""
        return _signs(self.language)

    def signed(self, value: int) -> str:
        """`+1.234`, `−5` or `+0`."""
        return f"{'' if value < 0 else '+'}{self.number(value)}"

    def km(self, distance_m: int) -> str:
        """`1.234,5 km` or `1,234.5 km`."""
        return f"{self.number(distance_m / 1000, 1)}{HARD_SPACE}km"

    def minutes(self, minutes: int) -> str:
        """`1 Std. 20 Min.` or `1 h 20 min`."""
        hours, rest = divmod(minutes, 60)
        parts = [self.t("format_hours", hours=self.number(hours))] if hours else []
        parts += [self.t("format_minutes", minutes=rest)] if rest or not hours else []
        return HARD_SPACE.join(parts)

    def hours(self, minutes: int) -> str:
        """`1.234,5 Std.` or `1,234.5 h`."""
        return self.t("format_hours", hours=self.number(minutes / 60, 1))

    def share(self, part: int, whole: int) -> str:
        """`93,4 %` or `93.4%`; nothing of nothing is the whole."""
        return self.percent(100 * part / whole if whole else 100, 1)

    def percent(self, percent: float, decimals: int = 0) -> str:
        """`93 %` or `93%`, and never 100 for a share that is not complete."""
        shown = min(percent, 100 - 10**-decimals) if percent < 100 else percent
        return _percent_shape(self.language).replace("#,##0", self.number(shown, decimals))

    def language_name(self, code: str) -> str:
        """Return the name of a language (ISO 639-1), or its code if it has none."""
        return _language_names(self.language).get(code, code)

    def either(self, names: Iterable[str]) -> str:
        """`Arabisch, Russisch oder Türkisch`, in the order of the language's alphabet."""
        *first, last = sorted(names)
        return self.t("either_of", one=", ".join(first), other=last) if first else last


def each_speaker() -> tuple[Speaker, ...]:
    """Return a speaker for each language, German first."""
    return tuple(map(Speaker, languages()))


@cache
def _signs(language: str) -> tuple[str, str]:
    """Return what separates thousands and what decimals."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_group_symbol(language), get_decimal_symbol(language)


@cache
def _percent_shape(language: str) -> str:
    """Return how a language writes a percentage: `#,##0 %` or `#,##0%`."""
    from babel import Locale

    return str(Locale.parse(language).percent_formats[None].pattern)


@cache
def _weekdays(language: str) -> dict[int, str]:
    from babel.dates import get_day_names

    return dict(get_day_names("wide", locale=language))


@cache
def _language_names(language: str) -> dict[str, str]:
    from babel import Locale

    return {code: name[:1].upper() + name[1:] for code, name in Locale.parse(language).languages.items()}
