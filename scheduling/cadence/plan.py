"""Turn a choice of weeks into planned contacts, with ids and the days between which they may be.

Neighbouring contacts of a chain share the days between them beyond the minimum gap, so that the gap holds
whichever of its days each one takes.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan
from scheduling.cadence.contacts import Contact
from scheduling.cadence.model import CadenceInstance
from scheduling.cadence.rhythm import Chain
from scheduling.cadence.solve import Chosen


def planned(instance: CadenceInstance, chosen: Chosen, weeks: Sequence[str]) -> CadencePlan:
    """Return the chosen contacts; visits to the same company in a week are numbered."""
    number = Counter[tuple[str, int]]()
    found = []
    for choice, contacts in zip(instance.choices, chosen.placed, strict=True):
        for contact, (first, last) in zip(contacts, _between(contacts), strict=True):
            key = (choice.chain.company, contact.week)
            number[key] += 1
            name = contact.request or f"{choice.chain.company}-{weeks[contact.week]}-{number[key]}"
            found.append(_planned(name, choice.chain, contact, weeks[contact.week], first, last))
    return CadencePlan(
        status=chosen.status,
        value=chosen.value,
        bound=chosen.bound,
        contacts=tuple(sorted(found, key=lambda contact: (contact.week, contact.id))),
    )


def _planned(
    name: str, chain: Chain, contact: Contact, week: str, first: int, last: int | None
) -> PlannedContact:
    return PlannedContact(
        id=name,
        company=chain.company,
        week=week,
        mode=chain.mode,
        row=None if contact.request else chain.row,
        request=contact.request,
        day=date.fromordinal(contact.day),
        first_day=date.fromordinal(first),
        last_day=None if last is None else date.fromordinal(last),
        off_days=contact.off_days,
        overdue_days=contact.overdue_days,
        possible=contact.possible,
    )


def _between(contacts: Sequence[Contact]) -> list[tuple[int, int | None]]:
    """Return the first and last day of each contact of a chain."""
    days: list[tuple[int, int | None]] = []
    for k, contact in enumerate(contacts):
        first, last = contact.first_day, contact.last_day
        if k:
            spare = contact.day - contacts[k - 1].day - contact.gap
            first = max(first, contact.day - spare // 2)
            before_first, before_last = days[-1]
            latest = contacts[k - 1].day + spare - spare // 2
            days[-1] = (before_first, latest if before_last is None else min(before_last, latest))
        days.append((first, last))
    return days
