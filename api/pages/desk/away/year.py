"""A year of absences: buddies by weeks, with public holidays; asked for and confirmed are told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from api.pages.desk.frame.elements import data
from api.pages.desk.register.wording import Wording
from data.base.dates import days_of, weeks_from
from data.model.calendar import holds, public_holidays
from data.model.dated import Availability
from data.model.vocabulary import AbsenceState
from data.register.rows.row import RegisterRow
from data.tables.times import WEEKDAYS

GRID = "absence-year"


@dataclass
class WeekOff:
    """The days of work of one buddy's week that are taken, and those that are asked for."""

    confirmed: int = 0
    asked: int = 0


@dataclass(frozen=True)
class Year:
    """The weeks of a year in which some of its days are, and who is away in them."""

    words: Wording
    year: int
    state: str
    buddies: tuple[RegisterRow, ...]
    off: Mapping[tuple[str, str], WeekOff] = field(default_factory=dict)

    @property
    def weeks(self) -> tuple[str, ...]:
        """The ISO weeks of the year."""
        last = date(self.year, 12, 28).isocalendar().week
        return tuple(weeks_from(f"{self.year}-W01", last))

    def holidays(self, week: str) -> list[tuple[date, str]]:
        """Return the public holidays of a week."""
        return [
            (day, name) for day in days_of(week) if (name := public_holidays(self.state, day.year).get(day))
        ]

    def markup(self) -> str:
        """Return the table: a row a buddy, a button a week; arrow keys move among them."""
        say = self.words.say
        heads = "".join(self._head(week) for week in self.weeks)
        rows = "".join(self._row(number, buddy) for number, buddy in enumerate(self.buddies))
        label = data(say.t("desk_absences_table", year=self.year))
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
            f'<table class="{GRID}"><thead>{self._months()}<tr><th scope="col">'
            f"{data(say.t('desk_buddy'))}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _months(self) -> str:
        say, spans = self.words.say, list[list[int]]()
        for week in self.weeks:
            month = days_of(week)[3].month
            if spans and spans[-1][0] == month:
                spans[-1][1] += 1
            else:
                spans.append([month, 1])
        cells = "".join(
            f'<th scope="colgroup" colspan="{count}">{data(say.month(date(self.year, month, 1)))}</th>'
            for month, count in spans
        )
        return f'<tr class="months"><td></td>{cells}</tr>'

    def _head(self, week: str) -> str:
        say, free = self.words.say, self.holidays(week)
        told = "; ".join(f"{say.short_day(day)} {name}" for day, name in free)
        mark = '<span class="free" aria-hidden="true">●</span>' if free else ""
        title = f' title="{data(told)}"' if told else ""
        spoken = f'<span class="unseen"> {data(told)}</span>' if told else ""
        return f'<th scope="col"{title}>{int(week[6:])}{mark}{spoken}</th>'

    def _row(self, number: int, buddy: RegisterRow) -> str:
        name = self.words.title(buddy)
        cells = "".join(self._cell(number, n, buddy, week) for n, week in enumerate(self.weeks))
        return f'<tr><th scope="row">{data(name)}</th>{cells}</tr>'

    def _cell(self, row: int, column: int, buddy: RegisterRow, week: str) -> str:
        say, off = self.words.say, self.off.get((buddy.id, week), WeekOff())
        classes = ["is-confirmed"] * bool(off.confirmed) + ["is-asked"] * bool(off.asked)
        shown = f"{off.confirmed or ''}{f'{off.asked}?' if off.asked else ''}"
        days = days_of(week)
        parts = [
            say.t("desk_absences_week", number=int(week[6:]), span=say.span(days[0], days[-1])),
            *([say.t("desk_absences_confirmed", count=off.confirmed)] if off.confirmed else []),
            *([say.t("desk_absences_asked", count=off.asked)] if off.asked else []),
        ]
        told = say.t("desk_absences_cell", buddy=self.words.title(buddy), told=", ".join(parts))
        tab = 0 if (row, column) == (0, 0) else -1
        return (
            f'<td class="{" ".join(classes)}"><button type="button" tabindex="{tab}" data-act="week" '
            f'data-id="{data(buddy.id)}" data-at="{week}" data-row="{row}" data-column="{column}" '
            f'aria-label="{data(told)}">{shown}</button></td>'
        )


def year_of(words: Wording, year: int, state: str) -> Year:
    """Return the absences of all visible buddies who are employed on some day of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    buddies = [
        row
        for row in words.rows("buddies")
        if (row.parsed["employed_from"] or first) <= last and (row.parsed["employed_to"] or last) >= first
    ]
    buddies.sort(key=lambda row: words.title(row).casefold())
    found = Year(words, year, state, tuple(buddies))
    return Year(words, year, state, tuple(buddies), dict(_taken(found)))


def absences_of(words: Wording, *states: AbsenceState) -> list[RegisterRow]:
    """Return the absences of whole days of visible buddies in some states, the earliest first."""
    buddies = {row.id for row in words.rows("buddies")}
    rows = [
        row
        for row in words.rows("availability")
        if row.values["who"] in buddies
        and row.parsed["state"] in states
        and not (row.parsed["open"] or row.parsed["hours"])
    ]
    return sorted(rows, key=lambda row: (row.parsed["from"], row.id))


def _taken(year: Year) -> Iterator[tuple[tuple[str, str], WeekOff]]:
    weeks = year.weeks
    begin, end = days_of(weeks[0])[0], days_of(weeks[-1])[-1]
    found: dict[tuple[str, str], WeekOff] = {}
    usual = {row.id: row for row in year.buddies}
    seen: set[tuple[str, date]] = set()
    for row in absences_of(year.words, AbsenceState.CONFIRMED, AbsenceState.ASKED):
        if row.values["who"] not in usual:
            continue
        for day in _days(row, begin, end):
            free = not usual[row.values["who"]].parsed[WEEKDAYS[day.weekday()]]
            if free or public_holidays(year.state, day.year).get(day) or (row.values["who"], day) in seen:
                continue
            seen.add((row.values["who"], day))
            calendar = day.isocalendar()
            key = row.values["who"], f"{calendar.year}-W{calendar.week:02}"
            off = found.setdefault(key, WeekOff())
            if row.parsed["state"] is AbsenceState.CONFIRMED:
                off.confirmed += 1
            else:
                off.asked += 1
    yield from found.items()


def _days(row: RegisterRow, begin: date, end: date) -> Iterator[date]:
    held = row.parsed
    first, last = held["from"], held["to"] or held["from"]
    rule = Availability(
        who=held["who"], first=first, last=last, weekdays=held["weekdays"], weeks=held["weeks"]
    )
    day = max(first, begin)
    while day <= min(last, end):
        if holds(rule, day):
            yield day
        day += timedelta(days=1)
