"""Contacts as rows of the register: those of lists and of the desk, and buddies' reports on planned visits.

Nothing reveals when or where a report was written; minutes are quarter hours, and travel is what a plan said.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.model.history import Contact
from data.model.vocabulary import Outcome, RequestState
from data.register.changes.operations import Act, Operation
from data.register.rows.kinds import KINDS
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow, in_order

QUARTER_MIN = 15
VISIT = "planned_visit"
NOT_REPORTED = ("topic", "travel_min", "distance_m")
"""Columns of which a report usually says nothing, so that a list's values stay."""


@dataclass(frozen=True)
class ContactRow:
    """A contact with the id of its row; `visit` is empty unless it reports a planned one."""

    id: str
    visit: str
    contact: Contact


def quarter_hours(minutes: int) -> int:
    """Return minutes rounded to quarter hours, at least one if any time was spent."""
    return max(QUARTER_MIN, (minutes + 7) // QUARTER_MIN * QUARTER_MIN) if minutes else 0


def contact_of(row: RegisterRow) -> ContactRow:
    """Return what a row of the history is."""
    held = {name: row.parsed[name] for name in Contact.model_fields}
    return ContactRow(row.id, row.parsed[VISIT], Contact(**held))


def contacts_of(
    register: Register, first: date = date.min, last: date = date.max, buddy: str = "", company: str = ""
) -> tuple[ContactRow, ...]:
    """Return the contacts of some days (inclusive), of one buddy or company or of all, by day and visit."""
    begin, end = first.isoformat(), last.isoformat()
    rows = [
        contact_of(row)
        for row in register.of("history")
        if begin <= row.values["date"] <= end
        and buddy in ("", row.values.get("buddy"))
        and company in ("", row.values["company"])
    ]
    return tuple(sorted(rows, key=lambda each: (each.contact.date, each.visit, each.id)))


class Reports:
    """What reports on visits make of a register, one after the other.

    A report takes the place of the earlier one on the same visit, else of a contact that a list has of the
    same company, day, buddy and mode.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._at = defaultdict[str, list[RegisterRow]](list)
        for row in register.of("history"):
            self._at[row.values["company"]].append(row)

    def operations(self, visit: str, contact: Contact, key: str = "") -> Iterator[Operation]:
        """Yield what enters a report, under an id if one is given; a request whose visit was made is done.

        If a correction says that it was not made, the request is open again. The topic is not kept.
        """
        there = self._at[contact.company]
        earlier = next((row for row in there if row.values.get(VISIT) == visit), None)
        found = earlier or next((row for row in in_order(there) if _is_listed(row, contact)), None)
        if found is None:
            yield Operation(Act.ENTER, "history", key, _values(visit, contact))
        else:
            there.remove(found)  # a further report is of another contact
            yield Operation(Act.CHANGE, "history", found.id, _values(visit, contact))
        yield from self._of_request(visit, contact, earlier)

    def _of_request(self, visit: str, contact: Contact, earlier: RegisterRow | None) -> Iterator[Operation]:
        request = self._register.row("requests", visit)
        if request is None or request.values["company"] != contact.company:
            return
        done, state = contact.outcome is Outcome.DONE, request.parsed["state"]
        was_done = earlier is not None and earlier.parsed["outcome"] is Outcome.DONE
        if done and state is RequestState.OPEN:
            yield _settled(request, RequestState.DONE)
        elif was_done and not done and state is RequestState.DONE:
            yield _settled(request, RequestState.OPEN)


def _is_listed(row: RegisterRow, contact: Contact) -> bool:
    """Return whether a row that reports no visit is of the same day, buddy and mode."""
    if VISIT in row.values or row.values["date"] != contact.date.isoformat():
        return False
    return (row.parsed["buddy"], row.parsed["mode"]) == (contact.buddy, contact.mode)


def _values(visit: str, contact: Contact) -> dict[str, str]:
    """Return the texts of a report, minutes in quarter hours; planned travel only where there is some."""
    kept = contact.replace(minutes=quarter_hours(contact.minutes), topic="")
    return {VISIT: visit} | {
        column.name: column.kind.write(getattr(kept, column.name))
        for column in KINDS["history"].columns
        if column.field and (column.name not in NOT_REPORTED or getattr(kept, column.name))
    }


def _settled(request: RegisterRow, state: RequestState) -> Operation:
    return Operation(Act.CHANGE, "requests", request.id, {"state": state.value})
