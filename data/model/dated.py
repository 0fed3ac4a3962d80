"""Rows that hold at some time: appointments, availability, terms; when companies and care do.

Terms are hours and limits of a buddy that hold for a time only, such as part-time from March. What a term
does not say stays the buddy's own. Where several terms say it for one day, that begun last holds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from data.base.entity import Entity
from data.base.ids import AnyId, BuddyId, CompanyId, PlaceId, VisitId
from data.model.vocabulary import CompanyState, Weeks, Window

NOT_SAID: tuple[None, ...] = (None,) * 7
Shifts = Annotated[tuple[tuple[Window, ...] | None, ...], Field(min_length=7, max_length=7)]
"""The windows of Monday to Sunday; None where a term does not say."""
OF_A_BASE = "@"
"""Between a buddy's id and what tells an address of a base from others; no other id has it."""
LIMITS = ("week_work_min", "max_companies", "max_care_min")
"""What a term may say besides shifts, as the buddy's fields are called."""


class Appointment(Entity):
    """A fixed start (aware datetime) and place; without named buddies, the company's own attends."""

    id: VisitId
    start: AwareDatetime
    minutes: Annotated[int, Field(ge=1, le=600)]
    place: PlaceId = ""
    kind: str = ""
    company: CompanyId = ""
    buddies: tuple[BuddyId, ...] = ()


class Availability(Entity):
    """Opens or closes a buddy, company or place from `first` to `last` (inclusive); holds no reason.

    No weekdays: all of them. No hours: closes the whole day, or opens the usual hours of that weekday. Later
    rules override earlier ones.
    """

    who: AnyId
    first: date
    last: date
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    hours: Window | None = None
    weeks: Weeks = Weeks.ALL
    open: bool = False


class Term(Entity):
    """What a buddy has from `first` to `last` (None: no such end); None of the rest: the buddy's own."""

    buddy: BuddyId
    first: date | None = None
    last: date | None = None
    week_work_min: Annotated[int, Field(ge=0)] | None = None
    shifts: Shifts = NOT_SAID
    max_companies: Annotated[int, Field(ge=0)] | None = None
    max_care_min: Annotated[int, Field(ge=0)] | None = None

    def holds(self, day: date) -> bool:
        """Return whether a term holds on a day."""
        return (self.first or day) <= day <= (self.last or day)

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether a term holds on one of the days between two, both included."""
        return (self.first or first) <= last and first <= (self.last or last)


Held = Any
"""A buddy, company or care of `data.model.problem`; importing it here would be circular."""


def terms_by_buddy(terms: Iterable[Term]) -> Mapping[str, tuple[Term, ...]]:
    """Return the terms of each buddy who has any, the earliest begun first."""
    found = defaultdict[str, list[Term]](list)
    for term in sorted(terms, key=lambda term: term.first or date.min):
        found[term.buddy].append(term)
    return {key: tuple(held) for key, held in found.items()}


def under(buddy: Held, terms: Iterable[Term]) -> Held:
    """Return a buddy with what terms say, later ones overriding earlier ones."""
    said: dict[str, Any] = {}
    shifts = list(buddy.shifts)
    for term in terms:
        said |= {name: value for name in LIMITS if (value := getattr(term, name)) is not None}
        shifts = [own if held is None else held for own, held in zip(shifts, term.shifts, strict=True)]
    return buddy.replace(**said, shifts=tuple(shifts))


def saying(terms: Iterable[Term], buddies: Collection[str], values: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return terms in which those of some buddies say other values, where they say any."""
    return tuple(
        term.replace(**{k: v for k, v in values.items() if k in LIMITS and getattr(term, k) is not None})
        if term.buddy in buddies
        else term
        for term in terms
    )


def without_limits(term: Term) -> Term:
    """Return what a term says of shifts."""
    return term.replace(**dict.fromkeys(LIMITS))


def tightest(buddy: Held, terms: Iterable[Term], first: date, last: date) -> Held:
    """Return a buddy with the lowest limits that hold on any day between two; shifts stay the buddy's own.

    No lower limit is above the upper one then.
    """
    held = [term for term in terms if term.overlaps(first, last)]
    starts = {first, *(term.first for term in held if term.first and term.first > first)}
    starts |= {date.fromordinal(term.last.toordinal() + 1) for term in held if term.last and term.last < last}
    on_days = [under(buddy, [term for term in held if term.holds(day)]) for day in starts]
    lowest: dict[str, Any] = {name: min(getattr(each, name) for each in on_days) for name in LIMITS}
    lowest["min_care_min"] = min(buddy.min_care_min, lowest["max_care_min"])
    return buddy.replace(**lowest)


def active_on(company: Held, day: date) -> bool:
    """Return whether a company is looked after on a day: by its state, its pause and its end.

    A pause without a first or last day has begun, or does not end. A company that is to end on a day is
    looked after until then; one that is paused without any day is not.
    """
    if company.state is CompanyState.PROSPECT or (company.ended_on and day > company.ended_on):
        return False
    if company.state is CompanyState.ENDED and company.ended_on is None:
        return False
    if company.paused_from or company.paused_until:
        return not (company.paused_from or day) <= day <= (company.paused_until or day)
    return company.state is not CompanyState.PAUSED


def active_within(company: Held, first: date, last: date) -> bool:
    """Return whether a company is looked after on one of the days between two, both included."""
    again = company.paused_until and company.paused_until + timedelta(days=1)
    return active_on(company, first) or bool(again and first < again <= last and active_on(company, again))


def lasts(row: Held, first: date, last: date) -> bool:
    """Return whether care or a relation lasts on one of the days between two, both included."""
    return (row.since or first) <= last and first <= (row.until or last)


def busiest(rows: tuple[Held, ...], first: date, last: date) -> tuple[Held, ...]:
    """Return the care rows that last together on the day between two on which they take the most time."""
    if all((row.since or first) <= first and (row.until or last) >= last for row in rows):
        return rows
    starts = sorted({first, *(row.since for row in rows if row.since and row.since > first)})
    together = [tuple(row for row in rows if lasts(row, day, day)) for day in starts]
    return max(together, key=lambda held: sum(Fraction(c.times * c.minutes, c.every_weeks) for c in held))


def overriding(base: Held) -> tuple[date, int]:
    """Return by what bases are ordered, so that later ones override earlier ones."""
    return base.since or date.min, -len(base.weekdays or range(7))


def by_company(companies: Iterable[str], rows: Iterable[Held]) -> dict[str, tuple[Held, ...]]:
    """Return rows by company; every company has an entry."""
    grouped: dict[str, tuple[Held, ...]] = dict.fromkeys(companies, ())
    for row in rows:
        grouped[row.company] += (row,)
    return grouped
