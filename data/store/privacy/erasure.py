"""Erase one person: name, address, contact, sign-in, and the name in all free texts.

Ids remain, so that stored problems, plans and their hashes stay intact. This module rewrites the rows;
`data.store.privacy.compaction` removes their bytes from disk.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, Connection, delete, insert, or_, select, update

from data.model.identity import Identity
from data.store.tables import schema as s
from data.store.work.programmes import CONTACT, known_programme

SHORTEST = 3
"""A shorter part of a name occurs in too many other words."""

FREE_TEXTS = (
    s.pair_rule.c.reason,
    s.scenario.c.name,
    s.scenario.c.note,
    s.token.c.label,
    s.job.c.error,
    s.audit.c.subject,
)
"""Columns with text written by people, or derived from it."""


class Erased(StrEnum):
    """How much of an identity is erased."""

    PERSON = "person"  # all of it, with the person's sign-in
    CONTACT = "contact"  # the contact person of a company


def erase_person(c: Connection, programme: str, key: str, by_user: str, on: date) -> None:
    """Erase the identity of a buddy (or a company named after a person), again if it has come back.

    Raises `data.store.database.record.NotThere` for an unknown programme.
    """
    known_programme(c, programme)
    who = _identity(c, programme, key)
    logins = _remove_users(c, programme, key)
    _scrub(c, (who.name, who.contact_name, who.contact_email, who.contact_phone, *logins))
    c.execute(delete(s.identity).where(s.identity.c.programme == programme, s.identity.c.id == key))
    _record(c, programme, key, Erased.PERSON, by_user, on)


def erase_contact(c: Connection, programme: str, company: str, by_user: str, on: date) -> None:
    """Erase a company's contact person, but not its name and address; raises as `erase_person` does."""
    known_programme(c, programme)
    who = _identity(c, programme, company)
    _scrub(c, (who.contact_name, who.contact_email, who.contact_phone))
    own = (s.identity.c.programme == programme) & (s.identity.c.id == company)
    c.execute(update(s.identity).where(own).values(**dict.fromkeys(CONTACT, "")))
    _record(c, programme, company, Erased.CONTACT, by_user, on)


def _identity(c: Connection, programme: str, key: str) -> Identity:
    columns = [s.identity.c[name] for name in Identity.model_fields]
    own = (s.identity.c.programme == programme) & (s.identity.c.id == key)
    row = c.execute(select(*columns).where(own)).first()
    return Identity(**row._mapping) if row else Identity(id=key)


def _remove_users(c: Connection, programme: str, buddy: str) -> list[str]:
    """Remove a buddy's users with all their credentials, and return their logins."""
    mine = (s.user.c.programme == programme) & (s.user.c.buddy == buddy)
    rows = c.execute(select(s.user.c.id, s.user.c.login).where(mine)).all()
    ids = [row.id for row in rows]
    for table in (s.session, s.token, s.idempotency):
        c.execute(delete(table).where(table.c.user.in_(ids)))
    c.execute(delete(s.user).where(s.user.c.id.in_(ids)))
    return [row.login for row in rows]


def _record(c: Connection, programme: str, key: str, what: Erased, by_user: str, on: date) -> None:
    own = s.erasure.c
    same = (own.programme == programme) & (own.id == key) & (own.what == what)
    if c.execute(select(own.id).where(same)).first() is None:
        row = {"programme": programme, "id": key, "what": what, "erased_on": on, "by_user": by_user}
        c.execute(insert(s.erasure).values(**row))


def _scrub(c: Connection, said: Iterable[str]) -> None:
    """Remove strings about a person from all free texts; stored answers that contain them are deleted."""
    parts = sorted({part for text in said for part in _parts(text)}, key=lambda part: (-len(part), part))
    if not parts:
        return
    found = re.compile("|".join(rf"(?<!\w){re.escape(part)}\w*" for part in parts), re.IGNORECASE)
    for column in FREE_TEXTS:
        _scrub_column(c, column, parts, found)
    kept = s.idempotency.c
    c.execute(delete(s.idempotency).where(or_(_holds(kept.answer, parts), _holds(kept.headers, parts))))


def _scrub_column(c: Connection, column: Column[str], parts: list[str], found: re.Pattern[str]) -> None:
    table = column.table
    for key, text in c.execute(select(table.c.id, column).where(_holds(column, parts))).all():
        c.execute(update(table).where(table.c.id == key).values({column.name: found.sub("…", text)}))


def _holds(column: Column[str], parts: list[str]) -> ColumnElement[bool]:
    """Check several spellings, since SQLite ignores case only for ASCII letters."""
    spelt = {each for part in parts for each in (part, part.lower(), part.upper(), part.capitalize())}
    return or_(*(column.contains(each, autoescape=True) for each in sorted(spelt)))


def _parts(text: str) -> list[str]:
    """Return a text and, if it is a name, its words."""
    words = re.findall(r"[^\W\d_]+", text) if "@" not in text else []
    return [part for part in (text.strip(), *words) if len(part) >= SHORTEST]
