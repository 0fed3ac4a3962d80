"""What buddies report of their visits: the outcome, and minutes in quarter hours.

Nothing tells when or where a report was written; travel is what the plan said, not what a device saw.
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
    """What is known of one visit, under an id that a correction changes."""

    id: str
    programme: str
    visit: str
    contact: Contact


def quarter_hours(minutes: int) -> int:
    """Return minutes as they are kept: the nearest quarter hour, at least one of what took any time."""
    return max(QUARTER_MIN, (minutes + 7) // QUARTER_MIN * QUARTER_MIN) if minutes else 0


def keep_contact(c: Connection, programme: str, visit: str, contact: Contact) -> StoredContact:
    """Enter what became of a visit; a former report of it is replaced.

    Minutes become quarter hours, and a topic is not kept, since it may say anything of anybody.
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
    """Return what was reported of some days, both included, of one buddy or of all, by day and visit."""
    own = s.contact.c
    chosen = select(s.contact).where(own.programme == programme, own.date.between(first, last))
    if buddy:
        chosen = chosen.where(own.buddy == buddy)
    return tuple(map(_stored, c.execute(chosen.order_by(own.date, own.visit))))


def _stored(row: Row[tuple[object, ...]]) -> StoredContact:
    values = {**row._mapping, "mode": CareMode(row.mode), "outcome": Outcome(row.outcome)}
    contact = Contact(**{name: values[name] for name in Contact.model_fields if name in values})
    return StoredContact(row.id, row.programme, row.visit, contact)
