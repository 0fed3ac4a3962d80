"""Parse dates, times, hours and weekdays in a table."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from data.base.dates import DAY_MIN, LAST_YEAR, ZONE, aware
from data.base.message import message
from data.model.findings import Severity
from data.model.vocabulary import Window
from data.tables.cells import CellError, Kind, Noted

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_WORDS = (
    "mon mo monday mondays montag montags",
    "tue tues di tuesday tuesdays dienstag dienstags",
    "wed mi wednesday wednesdays mittwoch mittwochs",
    "thu thur thurs do thursday thursdays donnerstag donnerstags",
    "fri fr friday fridays freitag freitags",
    "sat sa saturday saturdays samstag samstags sonnabend sonnabends",
    "sun so sunday sundays sonntag sonntags",
)
WEEKDAY_NAMES = {name: i for i, names in enumerate(DAY_WORDS) for name in names.split()}
"""The number of each weekday by its names, in English and German."""
SEVERAL_DAYS = {
    "werktags": range(5),
    "wochentags": range(5),
    "täglich": range(7),
    "weekdays": range(5),
    "daily": range(7),
}
MONTHS = (
    "januar january jan jän", "februar february feb", "märz march mär mrz mar", "april apr", "mai may",
    "juni june jun", "juli july jul", "august aug", "september sep sept", "oktober october okt oct",
    "november nov", "dezember december dez dec",
)  # fmt: skip
MONTH_NAMES = {name: i for i, names in enumerate(MONTHS, start=1) for name in names.split()}
LAST_SHORT_YEAR = 69
"""A year of two digits is one of this century up to here."""
CLOSED = {"-", "–", "—", "closed", "geschlossen", "geschl", "zu", "frei", "ruhetag", "kein", "keine", "nein"}
FIRST_YEAR = 1990
DAY_ZERO, FIRST_NUMBER, LAST_NUMBER = datetime(1899, 12, 30), 36_526, 73_051
"""Spreadsheets count days from here; these numbers are the days of the years 2000 to 2099."""
CLOCK = r"(\d{1,2})(?:[:.]?(\d{2})(?::\d{2})?)?(?!\d)"
UHR = r"(?:\s*(?:Uhr|h)\b)?"
RANGE = re.compile(rf"(?:von\s+|from\s+)?{CLOCK}{UHR}\s*(?:-|–|—|bis|to)\s*{CLOCK}{UHR}", re.IGNORECASE)
MOMENT_TEXT = re.compile(
    r"(.+?)(?:[T ]|,\s*|\s+um\s+)(\d{1,2})(?:[:.](\d{2})(?::00(?:\.0+)?)?(?:\s*(?:Uhr|h))?|\s*(?:Uhr|h))",
    re.IGNORECASE,
)
DAYS_APART = re.compile(r"(?:[\s,;|/&+]|\bund\b|\bu\.|\band\b)+")
BETWEEN = re.compile(r"(?:[\s,;|/&+]|\bund\b|\bu\.|\band\b|\bsowie\b)+", re.IGNORECASE)
"""What stands between two spans of a day."""


def _date(text: str) -> date | Noted:
    """Parse a date, or the number that a spreadsheet has for it where the cell shows no date."""
    if moment := _numbered(text):
        return Noted(moment.date(), message("number_of_day"), message("read_as_day", day=moment.date()))
    return _day(text)


def _numbered(text: str) -> datetime | None:
    """Return the local time that a spreadsheet's number of a day of this century stands for."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text) or not FIRST_NUMBER <= float(text) < LAST_NUMBER:
        return None
    return DAY_ZERO + timedelta(minutes=round(float(text) * DAY_MIN))


@lru_cache(maxsize=4096)
def _day(text: str) -> date | Noted:
    """Parse `2026-11-23`, `23.11.2026` or `23. November 2026`, without the midnight that spreadsheets add.

    A year of two digits is one of this century, and a month without a day is its first; both with a note.
    """
    day_only = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", day_only):
        return _in_calendar(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", day_only):
        return _in_calendar(int(match[3]), int(match[2]), int(match[1]))
    year, month, day, problem = _freely_written(day_only)
    found = _in_calendar(year, month, day)
    return Noted(found, message(problem), message("read_as_day", day=found)) if problem else found


def _freely_written(text: str) -> tuple[int, int, int, str]:
    """Return year, month and day of a date in words or with a short year, and what is to be noted."""
    bare = re.sub(r"^(am\s+|[^\W\d_]{2,10}[.,]+\s*(?=\d))", "", text, flags=re.IGNORECASE)
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", bare):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif match := re.fullmatch(r"(?:(\d{1,2})\.?\s+)?([^\W\d_]+)\.?\s+(\d{4})", bare):
        day, month, year = int(match[1] or 0), MONTH_NAMES.get(match[2].casefold(), 0), match[3]
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", bare):
        day, month, year = 0, int(match[1]), match[2]
    else:
        raise CellError(message("no_date"), message("write_date"))
    if not month or (len(year) == 2 and int(year) > LAST_SHORT_YEAR):
        raise CellError(message("no_date"), message("write_date"))
    if len(year) == 2:
        return 2000 + int(year), month, day, "short_year"
    return int(year), month, day or 1, "" if day else "only_a_month"


def _in_calendar(year: int, month: int, day: int) -> date:
    if (month, day) == (2, 29) and not _leap(year):
        raise CellError(message("no_leap_year", year=year), message("write_near_29", year=year))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        years = message("allowed_years", first=FIRST_YEAR, last=LAST_YEAR)
        raise CellError(message("out_of_range"), years)
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(message("not_in_calendar"), message("correct_day")) from None


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _moment(text: str) -> datetime | Noted:
    """Parse a day and a local time, a full ISO datetime with its offset, or a spreadsheet's number of it."""
    if numbered := _numbered(text):
        read = _moment(numbered.isoformat(" ", "minutes"))
        as_day = message("read_as_day", day=numbered.isoformat(" ", "minutes"))
        return read if isinstance(read, Noted) else Noted(read, message("number_of_day"), as_day)
    if re.search(r"\d(Z|[+-]\d{2}:?\d{2})$", text) and re.search(r"\d[T ]\d", text):
        try:
            moment = datetime.fromisoformat(text).astimezone(ZoneInfo(ZONE))
        except (ValueError, OverflowError):
            raise CellError(message("no_moment"), message("write_moment")) from None
        _day(moment.date().isoformat())
        return moment
    match = MOMENT_TEXT.fullmatch(text)
    if not match:
        raise CellError(message("no_moment"), message("write_moment"))
    found, minute = _day(match[1].strip(" ,")), _minute(match[2], match[3])
    day = found.value if isinstance(found, Noted) else found
    moment = aware(day, minute)
    if moment.hour * 60 + moment.minute != minute % DAY_MIN:
        raise CellError(message("clocks_forward"), message("follows", time=f"{moment:%H:%M}"))
    later = moment.replace(fold=1)
    if later.utcoffset() != moment.utcoffset():
        taken = message("first_is_taken", moment=moment.isoformat())
        return Noted(moment, message("clocks_back"), taken, Severity.WARNING)
    if isinstance(found, Noted):
        return Noted(moment, found.problem, message("read_as_day", day=moment.strftime("%Y-%m-%d %H:%M")))
    return moment


def _minute(hour: str, minute: str | None) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) >= 60 or total > DAY_MIN:
        raise CellError(message("no_time_of_day"), message("write_time_of_day"))
    return total


@lru_cache(maxsize=4096)
def _windows(text: str) -> tuple[Window, ...]:
    """Parse `08:00-12:00 13:00-16:00`; `-` or `closed` means no window."""
    if text.casefold().rstrip(".") in CLOSED:
        return ()
    found: list[Window] = []
    rest = text
    while rest:
        match = RANGE.match(rest)
        if not match:
            raise CellError(message("no_span"), message("write_spans"))
        start, end = _minute(match[1], match[2]), _minute(match[3], match[4])
        if end <= start:
            raise CellError(message("ends_before_start"), message("write_earlier_first"))
        found.append((start, end))
        rest = rest[match.end() :]
        if between := BETWEEN.match(rest):
            rest = rest[between.end() :]
    found.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise CellError(message("spans_overlap"), message("write_spans_apart"))
    return tuple(found)


def _hours(text: str) -> Window | None:
    windows = _windows(text)
    if len(windows) != 1:
        raise CellError(message("not_one_span"), message("write_one_span"))
    return windows[0]


def _weekdays(text: str) -> tuple[int, ...]:
    """Parse `mon wed` or `mon-fri`, in English or German."""
    spans = re.sub(r"\s*(?:[-–—]|\bbis\b|\bto\b)\s*", "-", text.casefold())
    found: set[int] = set()
    for item in (item.strip(".") for item in DAYS_APART.split(spans)):
        first, _, last = (part.strip(".") for part in item.partition("-"))
        if item in SEVERAL_DAYS:
            found.update(SEVERAL_DAYS[item])
        elif first in WEEKDAY_NAMES and (last or first) in WEEKDAY_NAMES:
            start, end = WEEKDAY_NAMES[first], WEEKDAY_NAMES[last or first]
            found.update((start + i) % 7 for i in range((end - start) % 7 + 1))
        else:
            raise CellError(message("no_weekday"), message("write_weekdays", days=" ".join(WEEKDAYS)))
    return tuple(sorted(found))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _span(window: Window) -> str:
    start, end = window
    return f"{_clock(start)}-{_clock(end)}"


def _spans(windows: tuple[Window, ...]) -> str:
    return " ".join(map(_span, windows)) or "-"


def _written_moment(moment: datetime) -> str:
    """Return local day and time, with the offset where the clock shows that time twice."""
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return moment.isoformat() if twice else f"{moment:%Y-%m-%d %H:%M}"


DATE = Kind("date: 2026-11-23 or 23.11.2026", _date)
MOMENT = Kind("date and time: 2026-11-23 10:00", _moment, write=_written_moment)
WINDOWS = Kind("spans of time: 08:00-12:00 13:00-16:00; - is closed", _windows, (), write=_spans)
HOURS = Kind("one span of time: 13:00-16:00", _hours, write=_span)
WEEKDAY_LIST = Kind(
    "weekdays: mon wed, or mon-fri",
    _weekdays,
    (),
    write=lambda days: " ".join(WEEKDAYS[day] for day in days),
)
