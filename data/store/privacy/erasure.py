"""Erase one person: name, address, contact, sign-in, and the name in all free texts.

Ids remain, so that stored problems, plans and their hashes stay intact. This module rewrites the rows;
`data.store.privacy.compaction` removes their bytes from disk.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    delete,
    or_,
    select,
    update,
)

from data.base.ids import OWNED
from data.model.identity import Identity
from data.store.database.record import insert_unless_there
from data.store.people.audit_seals import redact
from data.store.privacy.erased_rows import erase_contact_of_row, erase_row
from data.store.tables import schema as s
from data.store.work.programmes import CONTACT, known_programme

SHORTEST = 3
"""A shorter part of a name occurs in too many other words."""

PARTICLES = frozenset(("von", "vom", "van", "der", "den", "dem", "des", "zur", "zum", "und"))
"""Parts of names that are words of every sentence, besides all those that the name itself writes small."""

FREE_TEXTS = (
    s.pair_rule.c.reason,
    s.scenario.c.name,
    s.scenario.c.note,
    s.token.c.label,
    s.change_set.c.note,
    s.register_row.c.texts,
    s.register_text_change.c.before,
    s.register_text_change.c.after,
)
"""Columns with text written by people."""


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
    said = (who.name, who.contact_name, who.contact_email, who.contact_phone, *logins)
    _scrub(c, programme, said, on)
    theirs = (s.identity.c.id == key) | s.identity.c.id.startswith(f"{key}{OWNED}", autoescape=True)
    c.execute(delete(s.identity).where(s.identity.c.programme == programme, theirs))
    erase_row(c, programme, key)
    _record(c, programme, key, Erased.PERSON, by_user, on)


def erase_contact(c: Connection, programme: str, company: str, by_user: str, on: date) -> None:
    """Erase a company's contact person, but not its name and address; raises as `erase_person` does."""
    known_programme(c, programme)
    who = _identity(c, programme, company)
    _scrub(c, programme, (who.contact_name, who.contact_email, who.contact_phone), on)
    own = (s.identity.c.programme == programme) & (s.identity.c.id == company)
    c.execute(update(s.identity).where(own).values(**dict.fromkeys(CONTACT, "")))
    erase_contact_of_row(c, programme, company)
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
    for table in (s.session, s.token, s.recovery_code, s.invitation, s.idempotency):
        c.execute(delete(table).where(table.c.user.in_(ids)))
    c.execute(delete(s.user).where(s.user.c.id.in_(ids)))
    return [row.login for row in rows]


def _record(c: Connection, programme: str, key: str, what: Erased, by_user: str, on: date) -> None:
    row = {"programme": programme, "id": key, "what": what, "erased_on": on, "by_user": by_user}
    insert_unless_there(c, s.erasure, row)


def _scrub(c: Connection, programme: str, said: Iterable[str], on: date) -> None:
    """Remove words about a person from the programme's texts; stored answers that hold them are deleted."""
    parts = sorted({part for text in said for part in _parts(text)}, key=lambda part: (-len(part), part))
    if not parts:
        return
    for column in FREE_TEXTS:
        _scrub_column(c, column, _without(c, programme, column, parts))
    mine = select(s.identity.c.id).where(s.identity.c.programme == programme)
    ids = {key.casefold() for key in c.execute(mine).scalars()}
    # Values that may be ids; what is somebody's id stays.
    no_ids = [part for part in parts if part.casefold() not in ids]
    _scrub_column(c, s.job.c.error, _without(c, programme, s.job.c.error, no_ids))
    subjects = _without(c, programme, s.audit.c.subject, no_ids)
    redact(c, {number: text for (number,), text in subjects.items()}, on)
    kept = s.idempotency.c
    held = or_(_holds(kept.answer, parts), _holds(kept.headers, parts))
    c.execute(delete(s.idempotency).where(held, _of_programme(s.idempotency, programme)))


def _without(c: Connection, programme: str, column: Column[Any], parts: list[str]) -> dict[Any, str]:
    """Return the texts of a column in which a part of a name stands, without it, by the rows' keys."""
    if not parts:
        return {}
    table, found = column.table, _whole(parts, as_value=column is s.audit.c.subject)
    mine = _of_programme(table, programme)
    keys = list(table.primary_key.columns)
    rows = c.execute(select(*keys, column).where(_holds(column, parts), mine)).all()
    return {tuple(key): left for *key, text in rows if (left := found.sub("…", text)) != text}


def _scrub_column(c: Connection, column: Column[Any], left: dict[Any, str]) -> None:
    table = column.table
    for key, text in left.items():
        this = and_(*(name == value for name, value in zip(table.primary_key.columns, key, strict=True)))
        c.execute(update(table).where(this).values({column.name: text}))


def _whole(parts: list[str], as_value: bool) -> re.Pattern[str]:
    """Return what finds whole words, also in the genitive, or only values as in `buddy=anna week=…`."""
    words = "|".join(map(re.escape, parts))
    shape = rf"(?<==)(?:{words})(?!\S)" if as_value else rf"(?<!\w)(?:{words})(?:['’]?s)?(?!\w)"
    return re.compile(shape, re.IGNORECASE)


def _of_programme(table: FromClause, programme: str) -> ColumnElement[bool]:
    """Return the condition for rows of a programme: their own, or those of users who work in it."""
    if "programme" in table.c:
        return table.c.programme == programme
    elsewhere = select(s.user.c.id).where(s.user.c.programme.not_in((programme, "")))
    return table.c.user.not_in(elsewhere)


def _holds(column: Column[str], parts: list[str]) -> ColumnElement[bool]:
    """Check several spellings, since SQLite ignores case only for ASCII letters."""
    spelt = {each for part in parts for each in (part, part.lower(), part.upper(), part.capitalize())}
    return or_(*(column.contains(each, autoescape=True) for each in sorted(spelt)))


def _parts(text: str) -> list[str]:
    """Return a text and, if it is a name, its words but for those that stand in every sentence."""
    words = re.findall(r"[^\W\d_]+", text) if "@" not in text else []
    words = [word for word in words if text.islower() or not word.islower()]
    words = [word for word in words if word.casefold() not in PARTICLES]
    return [part for part in (text.strip(), *words) if len(part) >= SHORTEST]
