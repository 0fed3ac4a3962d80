"""In which weeks of the horizon a contact may lie: drift, gap, open days, due days.

The rules give every contact a few weeks, each with the day of it that is nearest to the due one. Which of
them it is to be is chosen elsewhere.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from data.base.dates import days_of
from data.model.calendar import Calendar
from data.model.problem import Request
from data.model.vocabulary import CareMode, RequestKind
from scheduling.cadence.rhythm import WEEK_DAYS, Chain, Due

CHOSEN_WEEKS = 4
"""What is due later than this stands as near to its day as it can, until the horizon has moved on."""


@dataclass(frozen=True)
class Contact:
    """One way to place a contact: in a week (its position), on about the day `day`.

    `basis` is the day from which the next one counts, `off_days` lie between the day and the due one within
    the drift, `overdue_days` beyond it. `first_day` is the earliest and `last_day` the latest that the rules
    allow. One that is not `possible` has no open day; it stays where it is due, so that it is seen.
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


class Contacts:
    """Answers for one horizon where the contacts of a chain may lie."""

    def __init__(self, calendar: Calendar, weeks: tuple[str, ...]) -> None:
        self.calendar, self.weeks = calendar, weeks
        self.monday = days_of(weeks[0])[0].toordinal()
        self.end = self.monday + WEEK_DAYS * len(weeks)
        self.open_days, self._shift = cache(self._find_open_days), cache(calendar.shift)

    def following(self, buddy: str, chain: Chain, before: Contact | None) -> tuple[Contact, ...]:
        """Return where the contact after `before` (None: the first) may lie, () if after the horizon."""
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
        """Return how many contacts the rhythm asks for in the horizon when none is moved.

        A company never seen may begin as late as its first contact is due.
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
        """On time in every week that the drift reaches; later ones up to the day the next would be due.

        Of what is due beyond the weeks that are chosen, only the nearest day.
        """
        if due.day >= self.end:
            return ()
        day, first = int(due.day), max(self.monday, int(due.day) - due.drift, before + due.gap)
        until = max(due.day, Fraction(self.monday)) + max(due.step, Fraction(WEEK_DAYS))
        found = list[Contact]()
        for w, days in enumerate(self.open_days(buddy, chain.company, chain.minutes, chain.mode)):
            possible = [d for d in days if first <= d <= until]
            in_time = [d for d in possible if d <= day + due.drift]
            if not possible:
                continue
            nearest = min(in_time, key=lambda d: (abs(d - day), d)) if in_time else possible[0]
            found.append(
                Contact(
                    week=w,
                    day=nearest,
                    basis=due.day if nearest == day else Fraction(nearest),
                    off_days=min(abs(nearest - day), due.drift),
                    overdue_days=max(0, nearest - day - due.drift),
                    first_day=first,
                    last_day=day + due.drift if in_time else None,
                    gap=due.gap,
                )
            )
        if due.day >= self.monday + WEEK_DAYS * CHOSEN_WEEKS:
            found = sorted(found, key=lambda contact: (contact.overdue_days, contact.off_days))[:1]
        return tuple(found) or (self._impossible(due, first, due.day),)

    def _first_contacts(self, buddy: str, chain: Chain, due: Due) -> tuple[Contact, ...]:
        """A company never seen may begin in any week before it is due; later ones as other contacts."""
        until = max(due.day, Fraction(self.monday)) + max(due.step, Fraction(WEEK_DAYS))
        found = list[Contact]()
        for w, days in enumerate(self.open_days(buddy, chain.company, chain.minutes, chain.mode)):
            in_time = [d for d in days if d < due.day]
            if not days or days[0] > until:
                continue
            day = in_time[len(in_time) // 2] if in_time else days[0]
            late = max(0, day - int(due.day))
            found.append(
                Contact(
                    week=w,
                    day=day,
                    basis=Fraction(day),
                    off_days=min(late, due.drift),
                    overdue_days=max(0, late - due.drift),
                    first_day=self.monday,
                    last_day=int(due.day) + due.drift if late <= due.drift else None,
                )
            )
        return tuple(found) or (self._impossible(due, self.monday, Fraction(self.monday)),)

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
        """By its due day; urgent ones and overdue ones in the first week that is possible."""
        due = chain.request_due
        if due >= self.end:
            return ()
        late, at_once = due < self.monday, request.kind is RequestKind.URGENT
        found = list[Contact]()
        for w, days in enumerate(self.open_days(buddy, chain.company, chain.minutes, chain.mode)):
            possible = [d for d in days if late or d <= due]
            if possible:
                day = possible[0] if late or at_once else possible[-1]
                found.append(
                    Contact(
                        week=w,
                        day=day,
                        basis=Fraction(day),
                        off_days=0 if late or at_once else due - day,
                        overdue_days=max(0, day - due) if late else 0,
                        first_day=self.monday,
                        last_day=None if late else due,
                        request=request.id,
                    )
                )
        if found:
            return tuple(found[:1] if late or at_once else found)
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
        self, buddy: str, company: str, minutes: int, mode: CareMode
    ) -> tuple[tuple[int, ...], ...]:
        """Return by week the days on which the buddy works and the company is open long enough."""
        least = minutes if mode is CareMode.VISIT else 1
        return tuple(
            tuple(
                day.toordinal()
                for day in days_of(week)
                if self._shift(buddy, day)
                and any(closes - opens >= least for opens, closes in self.calendar.opening(company, day))
            )
            for week in self.weeks
        )
