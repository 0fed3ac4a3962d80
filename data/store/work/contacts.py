"""Buddies' reports on their visits: the outcome, and minutes in quarter hours.

Nothing reveals when or where a report was written; travel is what the plan said, not what a device measured.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, insert, select

from data.model.history import Contact
from data.model.vocabulary import CareMode, Outcome
from data.store.database.record import new_id
from data.store.tables import schema as s
from data.store.work.programmes import lock_programme

QUARTER_MIN = 15


@dataclass(frozen=True)
class StoredContact:
    """The report on one visit, under an id that changes with each correction."""

    id: str
    programme: str
    visit: str
    contact: Contact


def quarter_hours(minutes: int) -> int:
    """Return minutes rounded to quarter hours, at least one if any time was spent."""
    return max(QUARTER_MIN, (minutes + 7) // QUARTER_MIN * QUARTER_MIN) if minutes else 0


def keep_contact(c: Connection, programme: str, visit: str, contact: Contact) -> StoredContact:
    """Store the report on a visit, replacing an earlier one.

    Minutes are rounded to quarter hours. The topic is not stored, since it is free text that may name
    somebody.
    """
    lock_programme(c, programme)
    kept = contact.replace(minutes=quarter_hours(contact.minutes), topic="")
    c.execute(delete(s.contact).where(s.contact.c.programme == programme, s.contact.c.visit == visit))
    stored = StoredContact(new_id(), programme, visit, kept)
    row = kept.model_dump(exclude={"topic"})
    c.execute(insert(s.contact).values(id=stored.id, programme=programme, visit=visit, **row))
    return stored


def contacts_of(
    c: Connection, programme: str, first: date = date.min, last: date = date.max, buddy: str = ""
) -> tuple[StoredContact, ...]:
    """Return the reports of some days (inclusive), of one buddy or of all, by day and visit."""
    own = s.contact.c
    chosen = select(s.contact).where(own.programme == programme, own.date.between(first, last))
    if buddy:
        chosen = chosen.where(own.buddy == buddy)
    return tuple(map(_stored, c.execute(chosen.order_by(own.date, own.visit))))


def _stored(row: Row[tuple[object, ...]]) -> StoredContact:
    values = {**row._mapping, "mode": CareMode(row.mode), "outcome": Outcome(row.outcome)}
    contact = Contact(**{name: values[name] for name in Contact.model_fields if name in values})
    return StoredContact(row.id, row.programme, row.visit, contact)
