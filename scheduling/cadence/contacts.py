"""Candidate weeks of each contact: drift, gap, open days, due days.

The rules allow a few weeks for every contact, each with its day nearest to the due day. The choice among them
is made in `scheduling.cadence.solve`.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby

from data.base.dates import days_of
from data.model.calendar import Calendar
from data.model.covers import Covers
from data.model.problem import Request
from data.model.vocabulary import CareMode, RequestKind
from scheduling.cadence.rhythm import WEEK_DAYS, Chain, Due

CHOSEN_WEEKS = 4
"""Contacts due after these weeks are placed as near to their day as possible until the horizon moves on."""


@dataclass(frozen=True)
class Contact:
    """One way to place a contact: in a week (by position), at about the day `day`.

    The next contact counts from the day `basis`. `off_days` are the days between `day` and the due day within
    the drift, `overdue_days` those beyond it. `first_day` and `last_day` are the earliest and the latest day
    that the rules allow. A contact that is not `possible` has no open day; it stays where it is due so that
    it is not lost. One that is `covered` is made by somebody who stands in for the buddy on that day, and
    `deputised` if that is a deputy.
    """

    week: int
    day: int
    basis: Fraction
    off_days: int = 0
    overdue_days: int = 0
    first_day: int = 0
    last_day: int | None = None
    gap: int = 0
    possible: bool = True
    request: str = ""
    covered: bool = False
    deputised: bool = False

    @property
    def own(self) -> bool:
        """Whether it takes time of the company's own buddy."""
        return self.possible and not self.covered


@dataclass(frozen=True)
class OpenDays:
    """Consecutive days of a week (by position) with one visitor; `days` are those on which both are there."""

    week: int
    covered: bool
    days: tuple[int, ...]
    deputised: bool = False


class Contacts:
    """Finds where the contacts of a chain may be placed within one horizon."""

    def __init__(self, calendar: Calendar, covers: Covers, weeks: tuple[str, ...]) -> None:
        self.calendar, self.covers, self.weeks = calendar, covers, weeks
        self.monday = days_of(weeks[0])[0].toordinal()
        self.end = self.monday + WEEK_DAYS * len(weeks)
        self.open_days, self._shift = cache(self._find_open_days), cache(calendar.shift)

    def following(self, buddy: str, chain: Chain, before: Contact | None) -> tuple[Contact, ...]:
        """Return the candidates for the contact after `before` (None: the first), () if after the horizon."""
        if before is None and chain.request is not None:
            return self._request_contacts(buddy, chain, chain.request)
        if chain.rhythm is None:
            return ()
        if before is not None:
            return self._contacts(buddy, chain, chain.rhythm.after(before.basis), before.day)
        if chain.last is not None:
            return self._contacts(buddy, chain, chain.rhythm.after(Fraction(chain.last)), chain.last)
        return self._first_contacts(buddy, chain, chain.rhythm.after(Fraction(chain.begin)))

    def asked(self, chain: Chain) -> int:
        """Return how many contacts the rhythm requires in the horizon if none is moved.

        A company without any contact so far may start as late as its first contact is due.
        """
        count = 0
        if chain.request is not None:
            count, day = int(chain.request_due < self.end), Fraction(chain.request_due)
        elif chain.last is not None or chain.rhythm is None:
            day = Fraction(chain.last or 0)
        else:
            count, day = 1, chain.rhythm.after(Fraction(chain.begin)).day - 1
        while chain.rhythm is not None:
            due = chain.rhythm.after(max(day, self.monday - chain.rhythm.step)).day
            if due >= self.end:
                break
            count, day = count + 1, due
        return count

    def _contacts(self, buddy: str, chain: Chain, due: Due, before: int) -> tuple[Contact, ...]:
        """Return one candidate per week: on time within the drift, or late but before the next would be due.

        A week in which a cover begins or ends has one for each visitor. For contacts due after the chosen
        weeks, only the nearest day.
        """
        if due.day >= self.end:
            return ()
        day, first = int(due.day), max(self.monday, int(due.day) - due.drift, before + due.gap, due.first)
        until = max(due.day, Fraction(self.monday)) + max(due.step, Fraction(WEEK_DAYS))
        found = list[Contact]()
        for open_days in self.open_days(buddy, chain.company, chain.minutes, chain.mode):
            possible = [d for d in open_days.days if first <= d <= until]
            in_time = [d for d in possible if d <= day + due.drift]
            if not possible:
                continue
            nearest = min(in_time, key=lambda d: (abs(d - day), d)) if in_time else possible[0]
            found.append(
                Contact(
                    week=open_days.week,
                    day=nearest,
                    basis=due.day if nearest == day else Fraction(nearest),
                    off_days=min(abs(nearest - day), due.drift),
                    overdue_days=max(0, nearest - day - due.drift),
                    first_day=first,
                    last_day=day + due.drift if in_time else None,
                    gap=due.gap,
                    covered=open_days.covered,
                    deputised=open_days.deputised,
                )
            )
        found = own_first(found)
        if due.day >= self.monday + WEEK_DAYS * CHOSEN_WEEKS:
            found = sorted(found, key=lambda contact: (contact.overdue_days, contact.off_days))[:1]
        return tuple(found) or (self._impossible(due, first, due.day),)

    def _first_contacts(self, buddy: str, chain: Chain, due: Due) -> tuple[Contact, ...]:
        """Return any week until the due day for the first contact of a company; late ones as for others."""
        until = max(due.day, Fraction(self.monday)) + max(due.step, Fraction(WEEK_DAYS))
        found = list[Contact]()
        for open_days in self.open_days(buddy, chain.company, chain.minutes, chain.mode):
            possible = [d for d in open_days.days if d >= due.first]
            in_time = [d for d in possible if d < due.day]
            if not possible or possible[0] > until:
                continue
            day = in_time[len(in_time) // 2] if in_time else possible[0]
            late = max(0, day - int(due.day))
            found.append(
                Contact(
                    week=open_days.week,
                    day=day,
                    basis=Fraction(day),
                    off_days=min(late, due.drift),
                    overdue_days=max(0, late - due.drift),
                    first_day=max(self.monday, due.first),
                    last_day=int(due.day) + due.drift if late <= due.drift else None,
                    covered=open_days.covered,
                    deputised=open_days.deputised,
                )
            )
        first = max(self.monday, due.first)
        return tuple(own_first(found)) or (self._impossible(due, first, Fraction(first)),)

    def _impossible(self, due: Due, first: int, day: Fraction) -> Contact:
        held = int(min(max(day, Fraction(self.monday)), Fraction(self.end - 1)))
        return Contact(
            week=(held - self.monday) // WEEK_DAYS,
            day=held,
            basis=max(day, Fraction(self.monday)),
            overdue_days=max(0, held - int(due.day) - due.drift),
            first_day=first,
            last_day=max(held, int(due.day) + due.drift),
            gap=due.gap,
            possible=False,
        )

    def _request_contacts(self, buddy: str, chain: Chain, request: Request) -> tuple[Contact, ...]:
        """Return weeks until the due day; for urgent and overdue requests the first week that is possible."""
        due = chain.request_due
        if due >= self.end:
            return ()
        late, at_once = due < self.monday, request.kind is RequestKind.URGENT
        found = list[Contact]()
        for open_days in self.open_days(buddy, chain.company, chain.minutes, chain.mode, request):
            possible = [d for d in open_days.days if late or d <= due]
            if possible:
                day = possible[0] if late or at_once else possible[-1]
                found.append(
                    Contact(
                        week=open_days.week,
                        day=day,
                        basis=Fraction(day),
                        off_days=0 if late or at_once else due - day,
                        overdue_days=max(0, day - due) if late else 0,
                        first_day=self.monday,
                        last_day=None if late else due,
                        request=request.id,
                        covered=open_days.covered,
                        deputised=open_days.deputised,
                    )
                )
        if found:
            return tuple(found[:1] if late or at_once else own_first(found))
        day = self.monday if late or at_once else due
        stays = Contact(
            week=(day - self.monday) // WEEK_DAYS,
            day=day,
            basis=Fraction(day),
            overdue_days=max(0, self.monday - due),
            first_day=self.monday,
            last_day=None if late else due,
            possible=False,
            request=request.id,
        )
        return (stays,)

    def _find_open_days(
        self, buddy: str, company: str, minutes: int, mode: CareMode, request: Request | None = None
    ) -> tuple[OpenDays, ...]:
        """Return by week and visitor the days on which the visitor works and the company is open long enough.

        The visitor is the cover of that day, else the buddy; for what cannot wait a deputy of the buddy.
        """
        least = minutes if mode is CareMode.VISIT else 1
        found = list[OpenDays]()

        def visitor_on(day: date) -> str:
            waits = self.covers.waits(company, day, request)
            return self.covers.visitor(company, buddy, day, waits)

        for w, week in enumerate(self.weeks):
            for visitor, days in groupby(days_of(week), visitor_on):
                possible = [
                    day
                    for day in days
                    if self._shift(visitor, day)
                    and any(closes - opens >= least for opens, closes in self.calendar.opening(company, day))
                ]
                covered = visitor != buddy
                deputised = covered and any(self.covers.on(company, day) is None for day in possible)
                found.append(OpenDays(w, covered, tuple(day.toordinal() for day in possible), deputised))
        return tuple(found)


def own_first(found: list[Contact]) -> list[Contact]:
    """Return candidates without those of deputies if another one is in time: these take what cannot wait."""
    others = [contact for contact in found if not contact.deputised]
    return others if any(not contact.overdue_days for contact in others) else found
