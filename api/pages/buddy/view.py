"""A published week as the buddy's pages show it: days in order, every stop with what happened there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from api.http.frame.state import AppState
from api.published.own_week import OwnWeek, own_week
from api.run.names import address_of
from api.run.waiting import waits
from data.access import OwnBuddy
from data.base.dates import days_of, minute_of
from data.base.message import message
from data.model.identity import Identity
from data.model.vocabulary import CareMode, Outcome
from data.register.contacts import contacts_of
from data.results.promise import Promise
from data.results.solution import DayRoute
from data.store.database.record import NotThere
from data.store.tables.utc import now


@dataclass(frozen=True)
class StopView:
    """A visit, an appointment, or (without times) a call or video about a day.

    `instead_of` is the name of the company's main buddy for whom it is made.
    """

    visit: str
    place: str
    who: Identity
    mode: CareMode
    day: date
    times: tuple[int, int, int] | None = None
    promise: Promise | None = None
    outcome: Outcome | None = None
    instead_of: str = ""

    @property
    def name(self) -> str:
        """The name of the company or place."""
        return self.who.name or self.place

    @property
    def address(self) -> str:
        """Street, postcode and town, as far as known."""
        return address_of(self.who)

    @property
    def arrive(self) -> int:
        """Minute of the day of the buddy's arrival."""
        return self.times[0] if self.times else 0

    @property
    def start(self) -> int:
        """Minute of the day at which the stop begins."""
        return self.times[1] if self.times else 0

    @property
    def end(self) -> int:
        """Minute of the day at which the stop ends."""
        return self.times[2] if self.times else 0


@dataclass(frozen=True)
class PauseView:
    """A break or waiting, in minutes of its day; `key` is its name in the catalogue."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class DayView:
    """A day with its stops, waiting and breaks in order; `route` is None on a day without visits."""

    day: date
    route: DayRoute | None
    entries: tuple[StopView | PauseView, ...] = ()
    starts_at: str = ""

    @property
    def stops(self) -> tuple[StopView, ...]:
        """Only the stops."""
        return tuple(entry for entry in self.entries if isinstance(entry, StopView))


@dataclass(frozen=True)
class WeekView:
    """A week; `own` is None if none is published."""

    week: str
    own: OwnWeek | None
    days: tuple[DayView, ...] = ()
    calls: tuple[StopView, ...] = field(default=())

    def day(self, day: date) -> DayView:
        """Return a day of the week, an empty one if nothing is planned."""
        return next((each for each in self.days if each.day == day), DayView(day, None))

    def stop(self, visit: str) -> StopView:
        """Return a stop or call; raises `NotThere`."""
        stops = (stop for day in self.days for stop in day.stops)
        for each in (*stops, *self.calls):
            if each.visit == visit:
                return each
        raise NotThere(message("no_visit_in_week"))


def today() -> date:
    """Return the current local date."""
    return minute_of(now())[0]


def week_view(c: Connection, app_state: AppState, by: OwnBuddy, week: str) -> WeekView:
    """Return the buddy's own week with what the register knows of its visits."""
    try:
        own = own_week(c, by.programme, by.buddy, week)
    except NotThere:
        return WeekView(week, None)
    dates, register = days_of(week), app_state.programmes.registers.of(c, by.programme)
    told = contacts_of(register, dates[0], dates[-1], by.buddy)
    outcomes = {each.visit: each.contact.outcome for each in told if each.visit}
    return WeekView(week, own, tuple(_days(own, outcomes)), tuple(_calls(own, outcomes)))


def _days(own: OwnWeek, outcomes: Mapping[str, Outcome]) -> Iterator[DayView]:
    promises = {each.promise.visit: each.promise for each in own.promises}
    for day, route in zip(days_of(own.week.week), own.week.days, strict=True):
        if route is None:
            continue
        stops = [
            StopView(
                visit=stop.id,
                place=stop.place,
                who=own.names.of(stop.place),
                mode=stop.mode,
                day=day,
                times=(stop.arrive, stop.start, stop.end),
                promise=promises.get(stop.id),
                outcome=outcomes.get(stop.id),
                instead_of=_main(own, stop.instead_of),
            )
            for stop in route.stops
        ]
        entries: list[StopView | PauseView] = [
            *stops,
            *(PauseView(rest.start, rest.end, "day_break") for rest in route.breaks),
            *(PauseView(off.start, off.end, "day_off") for off in route.off),
            *(PauseView(wait.start, wait.end, "day_waiting") for wait in waits(route)),
        ]
        place = own.names.name(route.starts_at) if route.starts_at else ""
        yield DayView(day, route, tuple(sorted(entries, key=lambda entry: (entry.start, entry.end))), place)


def _calls(own: OwnWeek, outcomes: Mapping[str, Outcome]) -> Iterator[StopView]:
    for call in own.calls:
        yield StopView(
            visit=call.id,
            place=call.company,
            who=own.names.of(call.company),
            mode=call.mode,
            day=call.day,
            outcome=outcomes.get(call.id),
            instead_of=_main(own, call.instead_of),
        )


def _main(own: OwnWeek, buddy: str | None) -> str:
    return own.names.name(buddy) if buddy else ""
