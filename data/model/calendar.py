"""Public holidays; who works and what is open on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from data.base.dates import DAY_MIN
from data.base.status import ReasonCode
from data.model.dated import Availability, active_on, terms_by_buddy, under
from data.model.problem import Buddy, Problem
from data.model.vocabulary import Weeks, Window

WHOLE_DAY: tuple[Window, ...] = ((0, DAY_MIN),)
SUNDAY = 6
STATES = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


@lru_cache(maxsize=256)
def public_holidays(state: str, year: int) -> Mapping[date, str]:
    """Return the public holidays of a German state (`ST`, `BY` …) in a year, with their German names.

    Raises ValueError for an unknown state.
    """
    if state not in STATES:
        raise ValueError(f'"{state}" is no German state; the states are {", ".join(STATES)}')
    import holidays

    found = holidays.country_holidays("DE", subdiv=state, years=year, language="de")
    return MappingProxyType(dict(sorted(found.items())))


class Calendar:
    """Who works and what is open on each day of one problem. Windows are minutes after midnight.

    The usual hours of the weekday apply, for buddies those of the terms of that day (`data.model.dated`),
    except that companies are closed on public holidays, and buddies work neither on those, nor on Sundays,
    nor on days that the policy closes, nor outside their employment and the grant of their host. Then the
    rules of `problem.availability` apply in order, later ones overriding earlier ones: a closing rule removes
    its hours (none: the whole day), an opening rule adds its hours (none: the usual hours of that weekday,
    also on Sundays, holidays and closed days).
    """

    def __init__(self, problem: Problem) -> None:
        self._state = problem.programme.state
        self._closed = frozenset(problem.policy.closed_days)
        self._rules: dict[str, list[Availability]] = {}
        for rule in problem.availability:
            self._rules.setdefault(rule.who, []).append(rule)
        self._buddies, self._hosts = problem.buddy, problem.host
        self._terms = terms_by_buddy(problem.terms)
        self._under = cache(under)
        self._dated = {
            company.id: company
            for company in problem.companies
            if company.paused_from or company.paused_until or company.ended_on
        }
        self._opening = {company.id: company.opening for company in problem.companies}

    def is_holiday(self, day: date) -> bool:
        """Return whether a day is a public holiday in the programme's state."""
        return day in public_holidays(self._state, day.year)

    def holiday_name(self, day: date) -> str:
        """Return the German name of a public holiday, empty for other days."""
        return public_holidays(self._state, day.year).get(day, "")

    def buddy_on(self, buddy_id: str, day: date) -> Buddy:
        """Return a buddy with the usual hours and limits of a day."""
        own = self._buddies[buddy_id]
        held = tuple(term for term in self._terms.get(buddy_id, ()) if term.holds(day))
        return self._under(own, held) if held else own

    def shift(self, buddy_id: str, day: date) -> Window | None:
        """Return the window from the beginning to the end of a buddy's day of work, None if there is none."""
        windows = self.on_duty(buddy_id, day)
        return (windows[0][0], windows[-1][1]) if windows else None

    def on_duty(self, buddy_id: str, day: date) -> tuple[Window, ...]:
        """Return the windows in which a buddy works on a day, earliest first; off duty between them."""
        if self._without_contract(buddy_id, day):
            return ()
        return self._windows(buddy_id, self._usual(buddy_id, day), day, self._free(day))

    def _usual(self, buddy_id: str, day: date) -> tuple[Window, ...]:
        return self.buddy_on(buddy_id, day).shifts[day.weekday()]

    def away(self, buddy_id: str, day: date) -> ReasonCode | None:
        """Return why a buddy does not work on a day that is usually worked; None otherwise."""
        usual = self._usual(buddy_id, day)
        windows = self._windows(buddy_id, usual, day, self._free(day))
        if not windows and (self._free(day) or not usual):
            return None
        return self._without_contract(buddy_id, day) or (None if windows else ReasonCode.ABSENT)

    def _without_contract(self, buddy_id: str, day: date) -> ReasonCode | None:
        """Return why a buddy cannot work on a day at all: employment, and the grant of the host."""
        buddy, host = self._buddies[buddy_id], self._hosts.get(self._buddies[buddy_id].host)
        if buddy.employed_from and day < buddy.employed_from:
            return ReasonCode.NOT_YET_EMPLOYED
        if buddy.employed_to and day > buddy.employed_to:
            return ReasonCode.LEFT
        if host and not (host.grant_from or day) <= day <= (host.grant_to or day):
            return ReasonCode.HOST_WITHOUT_GRANT
        return None

    def _free(self, day: date) -> bool:
        return day.weekday() == SUNDAY or day in self._closed or self.is_holiday(day)

    def opening(self, company_id: str, day: date) -> tuple[Window, ...]:
        """Return the windows in which a company can be visited on a day, earliest first; empty if closed.

        A company whose pause or end has a day is closed while it is not looked after.
        """
        if company_id in self._dated and not active_on(self._dated[company_id], day):
            return ()
        usual = self._opening[company_id][day.weekday()]
        return self._windows(company_id, usual, day, self.is_holiday(day))

    def place_opening(self, place_id: str, day: date) -> tuple[Window, ...]:
        """Return the windows in which a place is open on a day: the whole day unless a rule closes it."""
        return self._windows(place_id, WHOLE_DAY, day, self.is_holiday(day))

    def absent_for(self, buddy_id: str, days: Sequence[date]) -> bool:
        """Return whether a buddy has no shift on any of the days."""
        return all(self.shift(buddy_id, day) is None for day in days)

    def _windows(self, who: str, usual: tuple[Window, ...], day: date, free: bool) -> tuple[Window, ...]:
        windows = () if free else usual
        for rule in self._rules.get(who, ()):
            if not holds(rule, day):
                continue
            if rule.open:
                windows = _joined(windows, (rule.hours,) if rule.hours else usual)
            else:
                windows = _without(windows, rule.hours or (0, DAY_MIN))
        return windows


def holds(rule: Availability, day: date) -> bool:
    """Return whether a rule is about a day."""
    if not rule.first <= day <= rule.last or (rule.weekdays and day.weekday() not in rule.weekdays):
        return False
    return rule.weeks is Weeks.ALL or (rule.weeks is Weeks.ODD) == bool(day.isocalendar().week % 2)


def _joined(windows: Sequence[Window], more: Sequence[Window]) -> tuple[Window, ...]:
    """Return the sorted union, with touching windows merged."""
    union: list[Window] = []
    for start, end in sorted(window for window in (*windows, *more) if window[0] < window[1]):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return tuple(union)


def _without(windows: Sequence[Window], hours: Window) -> tuple[Window, ...]:
    """Return what is left of the windows outside `hours`, without empty windows."""
    if hours[0] == hours[1]:  # an empty interval must not split a window
        return tuple(windows)
    pieces = (
        (s, e)
        for start, end in windows
        for s, e in ((start, min(end, hours[0])), (max(start, hours[1]), end))
    )
    return tuple((start, end) for start, end in pieces if start < end)
