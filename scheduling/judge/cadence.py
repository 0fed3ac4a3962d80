"""The judge of a cadence plan: recheck every contact against rhythm, drift, gap and open days.

It uses no solver, and none of the code that lists candidates: it follows each chain from the last contact
that took place, day by day, and adds up the cost of the choice.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from data.base.dates import days_of
from data.base.message import message
from data.base.status import Status, Violation, violation
from data.model.problem import Request
from data.model.vocabulary import CareMode, RequestKind
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan
from scheduling.cadence.choose import Cadence
from scheduling.cadence.contacts import Contact
from scheduling.cadence.rhythm import WEEK_DAYS, Chain, Due

Found = Iterator[Violation]


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
            found += walk.step(contact)
        found += walk.rest()
    ids = [contact.id for contact in plan.contacts]
    for contact in plan.contacts:
        if contact not in known or ids.count(contact.id) > 1:
            found.append(violation("cadence_unknown", _place(buddy, contact), "judged_nothing_asks"))
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
        last_day, where = contact.last_day or days[-1], _place(self.buddy, contact)
        if contact.week not in self.cadence.weeks or contact.day not in days:
            yield violation("cadence_week", where, "judged_no_day_of_week", day=contact.day)
        if contact.possible and not self._open(contact.day.toordinal()):
            yield violation("cadence_closed", where, "judged_not_both_there", day=contact.day)
        if not contact.first_day <= contact.day <= last_day:
            yield violation("cadence_days", where, "judged_outside_its_days", day=contact.day)
        if self.asked is not None:
            yield from self._request(contact, self.asked)
        elif contact.request or self.chain.rhythm is None:
            yield violation("cadence_unknown", where, "judged_asked_once")
        else:
            yield from self._care(contact, self.chain.rhythm.after(self.counted))
        self.before = last_day.toordinal()

    def rest(self) -> Found:
        """Yield what is missing after the last contact."""
        where = f"{self.buddy} {self.chain.company}"
        if self.asked is not None:
            if self.chain.request_due < self.end:
                yield violation("cadence_missing", where, "judged_request_due", request=self.asked.id)
        elif self.chain.rhythm and self.chain.rhythm.after(self.counted).day < self.end:
            yield violation("cadence_missing", where, "judged_contact_due")

    def _care(self, contact: PlannedContact, due: Due) -> Found:
        """Check a contact of regular care against drift and gap; a late one must precede the next due day."""
        day, on, never = contact.day.toordinal(), int(due.day), self.before is None
        where = _place(self.buddy, contact)
        first = self.begin if self.before is None else max(on - due.drift, self.before + due.gap)
        first = max(first, due.first)
        until = max(due.day, Fraction(self.begin)) + max(due.step, Fraction(WEEK_DAYS))
        if contact.first_day.toordinal() < first:
            days = {"first_day": contact.first_day, "allowed": date.fromordinal(first)}
            yield violation("cadence_early", where, "judged_begins_early", **days)
        if contact.possible and day <= on + due.drift and not _ends_by(contact, on + due.drift):
            yield violation("cadence_late", where, "judged_beyond_drift", drift_days=due.drift)
        if contact.possible and day > until and not never:
            yield violation("cadence_late", where, "judged_when_next_due")
        if not contact.possible and self._opens(first, int(until)):
            yield violation("cadence_closed", where, "judged_open_day")
        off = max(0, day - on) if never else abs(day - on)
        yield from _stated(
            where, contact, min(off, due.drift) if contact.possible else 0, day - on - due.drift
        )
        # A first contact has a deadline, no due day: the next counts from the day it takes place.
        self.counted = due.day if day == on and not never else Fraction(day)

    def _request(self, contact: PlannedContact, asked: Request) -> Found:
        """Check a request against its due day; urgent and overdue ones must come as soon as possible."""
        due, day, where = self.chain.request_due, contact.day.toordinal(), _place(self.buddy, contact)
        late = due < self.begin
        at_once = late or asked.kind is RequestKind.URGENT
        until = self.end - 1 if late else due
        if contact.request != asked.id:
            yield violation("cadence_missing", where, "judged_request_first", request=asked.id)
        if contact.possible and not late and not _ends_by(contact, due):
            yield violation("cadence_late", where, "judged_due_on", day=date.fromordinal(due))
        if contact.possible and at_once and self._opens(self.begin, day - 1):
            yield violation("cadence_late", where, "judged_earlier_day")
        if not contact.possible and self._opens(self.begin, until):
            yield violation("cadence_closed", where, "judged_open_day")
        off = 0 if at_once or not contact.possible else due - day
        yield from _stated(where, contact, off, day - due if late else 0)
        self.asked, self.counted = None, Fraction(day)

    def _opens(self, first: int, last: int) -> bool:
        days = range(max(first, self.begin), min(last, self.end - 1) + 1)
        return any(self._open(day) for day in days)

    def _open(self, day: int) -> bool:
        """Return whether buddy or cover works and the company is open for the duration of the contact."""
        chain, calendar, on = self.chain, self.cadence.calendar, date.fromordinal(day)
        minutes = chain.minutes if chain.mode is CareMode.VISIT else 1
        windows = calendar.opening(chain.company, on)
        request = self.asked.id if self.asked else ""
        visitor = self.cadence.visitors.of(chain.company, self.buddy, on, request)
        return calendar.shift(visitor, on) is not None and any(b - a >= minutes for a, b in windows)


def _ends_by(contact: PlannedContact, day: int) -> bool:
    return contact.last_day is not None and contact.last_day.toordinal() <= day


def _place(buddy: str, contact: PlannedContact) -> str:
    return f"{buddy} {contact.week} {contact.id}"


def _stated(where: str, contact: PlannedContact, off: int, overdue: int) -> Found:
    """The days that a contact states, off its due day and overdue, must be those recomputed."""
    for stated, right, code in (
        (contact.off_days, off, "judged_off_days"),
        (contact.overdue_days, max(0, overdue), "judged_overdue_days"),
    ):
        if stated != right:
            yield violation("cadence_figures", where, code, stated=stated, right=right)


def _figures(cadence: Cadence, buddy: str, plan: CadencePlan) -> Iterator[Violation]:
    """The value must be the cost of the contacts, at least the bound, and optimal only if they are equal."""
    instance = cadence.instance(buddy, cadence.matching.companies_of.get(buddy, ()))
    placed = []
    for choice in instance.choices:
        own = contacts_of(choice.chain, plan)
        placed.append([_contact(cadence, buddy, contact) for contact in own])
    cost = instance.cost(placed)
    if plan.value != cost:
        yield violation("cadence_value", buddy, "judged_recomputed", stated=plan.value, right=cost)
    if plan.bound > plan.value or (plan.status is Status.OPTIMAL) != (plan.bound == plan.value):
        proved = {"status": message(f"status_{plan.status}"), "value": plan.value, "bound": plan.bound}
        yield violation("cadence_bound", buddy, "judged_cadence_bound", **proved)


def _contact(cadence: Cadence, buddy: str, contact: PlannedContact) -> Contact:
    visitor = cadence.visitors.of_contact(contact, buddy)
    return Contact(
        week=cadence.weeks.index(contact.week),
        day=contact.day.toordinal(),
        basis=Fraction(contact.day.toordinal()),
        off_days=contact.off_days,
        overdue_days=contact.overdue_days,
        possible=contact.possible,
        covered=visitor != buddy,
    )
