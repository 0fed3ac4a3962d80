"""The judge of a cadence plan: recheck every contact against rhythm, drift, gap and open days.

It uses no solver, and none of the code that lists candidates: it follows each chain from the last contact
that took place, day by day, and adds up the cost of the choice.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from data.base.dates import days_of
from data.base.status import Status, Violation
from data.model.problem import Request
from data.model.vocabulary import CareMode, RequestKind
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan
from scheduling.cadence.choose import Cadence
from scheduling.cadence.contacts import Contact
from scheduling.cadence.rhythm import WEEK_DAYS, Chain, Due

Found = Iterator[tuple[str, str]]
"""Broken rules, each with details."""


def check_cadence(cadence: Cadence, buddy: str, plan: CadencePlan) -> list[Violation]:
    """Return every rule that a cadence plan breaks, and every wrong figure."""
    companies = cadence.matching.companies_of.get(buddy, ())
    chains = [chain for company in sorted(companies) for chain in cadence.chains.of(company)]
    found, known = list[Violation](), list[PlannedContact]()
    for chain in chains:
        contacts = contacts_of(chain, plan)
        known += contacts
        walk = _Walk(cadence, buddy, chain)
        for contact in contacts:
            where = f"{buddy} {contact.week} {contact.id}"
            found += [Violation(rule=rule, where=where, detail=detail) for rule, detail in walk.step(contact)]
        found += [
            Violation(rule=rule, where=f"{buddy} {chain.company}", detail=detail)
            for rule, detail in walk.rest()
        ]
    ids = [contact.id for contact in plan.contacts]
    for contact in plan.contacts:
        if contact not in known or ids.count(contact.id) > 1:
            where = f"{buddy} {contact.week} {contact.id}"
            found.append(Violation(rule="cadence_unknown", where=where, detail="nothing asks for it"))
    if not found:
        found += _figures(cadence, buddy, plan)
    return found


def contacts_of(chain: Chain, plan: CadencePlan) -> list[PlannedContact]:
    """Return the contacts of a plan that belong to a chain, sorted by day."""
    request = chain.request.id if chain.request else None
    own = [
        contact
        for contact in plan.contacts
        if contact.company == chain.company
        and contact.mode is chain.mode
        and (contact.request == request if contact.request else contact.row == chain.row is not None)
    ]
    return sorted(own, key=lambda contact: (contact.day, contact.id))


class _Walk:
    """Follows one chain from contact to contact."""

    def __init__(self, cadence: Cadence, buddy: str, chain: Chain) -> None:
        self.cadence, self.buddy, self.chain = cadence, buddy, chain
        self.begin = cadence.contacts.monday
        self.end = self.begin + WEEK_DAYS * len(cadence.weeks)
        self.asked = chain.request
        counted = chain.begin if chain.last is None else chain.last
        self.counted, self.before = Fraction(counted), chain.last

    def step(self, contact: PlannedContact) -> Found:
        """Check a contact, and continue from it."""
        days = days_of(contact.week)
        last_day = contact.last_day or days[-1]
        if contact.week not in self.cadence.weeks or contact.day not in days:
            yield "cadence_week", f"{contact.day} is no day of it"
        if contact.possible and not self._open(contact.day.toordinal()):
            yield "cadence_closed", f"buddy and company are not both there on {contact.day}"
        if not contact.first_day <= contact.day <= last_day:
            yield "cadence_days", f"{contact.day} does not lie between its first and last day"
        if self.asked is not None:
            yield from self._request(contact, self.asked)
        elif contact.request or self.chain.rhythm is None:
            yield "cadence_unknown", "was asked for once"
        else:
            yield from self._care(contact, self.chain.rhythm.after(self.counted))
        self.before = last_day.toordinal()

    def rest(self) -> Found:
        """Yield what is missing after the last contact."""
        if self.asked is not None:
            if self.chain.request_due < self.end:
                yield "cadence_missing", f"{self.asked.id} is due in the horizon"
        elif self.chain.rhythm and self.chain.rhythm.after(self.counted).day < self.end:
            yield "cadence_missing", "one more contact is due in the horizon"

    def _care(self, contact: PlannedContact, due: Due) -> Found:
        """Check a contact of regular care against drift and gap; a late one must precede the next due day."""
        day, on, never = contact.day.toordinal(), int(due.day), self.before is None
        first = self.begin if self.before is None else max(on - due.drift, self.before + due.gap)
        until = max(due.day, Fraction(self.begin)) + max(due.step, Fraction(WEEK_DAYS))
        if contact.first_day.toordinal() < first:
            yield "cadence_early", f"may begin on {contact.first_day}; allowed is {date.fromordinal(first)}"
        if contact.possible and day <= on + due.drift and not _ends_by(contact, on + due.drift):
            yield "cadence_late", f"may last beyond the {due.drift} days of drift"
        if contact.possible and day > until and not never:
            yield "cadence_late", "comes when the next one is due"
        if not contact.possible and self._opens(first, int(until)):
            yield "cadence_closed", "is said to have no open day; there is one"
        off = max(0, day - on) if never else abs(day - on)
        yield from _said(contact, min(off, due.drift) if contact.possible else 0, day - on - due.drift)
        # A first contact has a deadline, no due day: the next counts from the day it takes place.
        self.counted = due.day if day == on and not never else Fraction(day)

    def _request(self, contact: PlannedContact, asked: Request) -> Found:
        """Check a request against its due day; urgent and overdue ones must come as soon as possible."""
        due, day = self.chain.request_due, contact.day.toordinal()
        late = due < self.begin
        at_once = late or asked.kind is RequestKind.URGENT
        until = self.end - 1 if late else due
        if contact.request != asked.id:
            yield "cadence_missing", f"{asked.id} comes first"
        if contact.possible and not late and not _ends_by(contact, due):
            yield "cadence_late", f"is due on {date.fromordinal(due)}"
        if contact.possible and at_once and self._opens(self.begin, day - 1):
            yield "cadence_late", "is possible on an earlier day"
        if not contact.possible and self._opens(self.begin, until):
            yield "cadence_closed", "is said to have no open day; there is one"
        off = 0 if at_once or not contact.possible else due - day
        yield from _said(contact, off, day - due if late else 0)
        self.asked, self.counted = None, Fraction(day)

    def _opens(self, first: int, last: int) -> bool:
        days = range(max(first, self.begin), min(last, self.end - 1) + 1)
        return any(self._open(day) for day in days)

    def _open(self, day: int) -> bool:
        """Return whether buddy or cover works and the company is open for the duration of the contact."""
        chain, calendar, on = self.chain, self.cadence.calendar, date.fromordinal(day)
        minutes = chain.minutes if chain.mode is CareMode.VISIT else 1
        windows = calendar.opening(chain.company, on)
        visitor = self.cadence.covers.visitor(chain.company, self.buddy, on)
        return calendar.shift(visitor, on) is not None and any(b - a >= minutes for a, b in windows)


def _ends_by(contact: PlannedContact, day: int) -> bool:
    return contact.last_day is not None and contact.last_day.toordinal() <= day


def _said(contact: PlannedContact, off: int, overdue: int) -> Found:
    if (contact.off_days, contact.overdue_days) != (off, max(0, overdue)):
        said = f"says {contact.off_days} days off and {contact.overdue_days} overdue"
        yield "cadence_figures", f"{said}; recomputed {off} and {max(0, overdue)}"


def _figures(cadence: Cadence, buddy: str, plan: CadencePlan) -> Iterator[Violation]:
    """The value must be the cost of the contacts, at least the bound, and optimal only if they are equal."""
    instance = cadence.instance(buddy, cadence.matching.companies_of.get(buddy, ()))
    placed = []
    for choice in instance.choices:
        own = contacts_of(choice.chain, plan)
        placed.append([_contact(cadence, buddy, contact) for contact in own])
    cost = instance.cost(placed)
    if plan.value != cost:
        detail = f"says {plan.value}; recomputed {cost}"
        yield Violation(rule="cadence_value", where=buddy, detail=detail)
    if plan.bound > plan.value or (plan.status is Status.OPTIMAL) != (plan.bound == plan.value):
        detail = f"{plan.status} with value {plan.value} and bound {plan.bound}"
        yield Violation(rule="cadence_bound", where=buddy, detail=detail)


def _contact(cadence: Cadence, buddy: str, contact: PlannedContact) -> Contact:
    visitor = cadence.covers.visitor(contact.company, buddy, contact.day)
    return Contact(
        week=cadence.weeks.index(contact.week),
        day=contact.day.toordinal(),
        basis=Fraction(contact.day.toordinal()),
        off_days=contact.off_days,
        overdue_days=contact.overdue_days,
        possible=contact.possible,
        covered=visitor != buddy,
    )
