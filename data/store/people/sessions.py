"""Sessions of signed-in users: the browser has a secret, the store its hash."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.employment import access_ends, earlier
from data.store.people.invitations import end_invitation
from data.store.people.tokens import TokenKind, new_secret, revoke_all, secret_hash
from data.store.people.users import StoredUser, stored_user
from data.store.tables import schema as s
from data.store.tables.utc import now


@dataclass(frozen=True)
class Held:
    """The active user to whom a session belongs, when it ends, and when it was used last."""

    user: StoredUser
    until: datetime
    seen_at: datetime


@dataclass(frozen=True)
class StoredSession:
    """A session without its secret: which browser and system, when it began, was used last, and ends."""

    id: str
    agent: str
    begun_at: datetime
    seen_at: datetime
    expires_at: datetime


def begin_session(c: Connection, user: str, lasts: timedelta, agent: str = "") -> str:
    """Create a session and return its secret; expired sessions are deleted at the same time."""
    secret, moment = new_secret(), now()
    c.execute(delete(s.session).where(s.session.c.expires_at <= moment))
    values = {"expires_at": moment + lasts, "agent": agent, "begun_at": moment, "seen_at": moment}
    c.execute(insert(s.session).values(hash=secret_hash(secret), user=user, **values))
    return secret


def session_held(c: Connection, secret: str) -> Held | None:
    """Return who holds a session, None if there never was one, or it is of a version that told no use."""
    asked = (
        select(s.user, s.session.c.expires_at, s.session.c.seen_at)
        .join(s.session, s.session.c.user == s.user.c.id)
        .where(s.session.c.hash == secret_hash(secret), s.user.c.active, s.session.c.seen_at.is_not(None))
    )
    row = c.execute(asked).first()
    if row is None:
        return None
    ends = earlier(row.expires_at, access_ends(c, row.programme, row.buddy))
    assert ends is not None, "a session expires"
    return Held(stored_user(row), ends, row.seen_at)


def note_seen(c: Connection, secret: str, moment: datetime) -> None:
    """Store when a session was used."""
    c.execute(update(s.session).where(s.session.c.hash == secret_hash(secret)).values(seen_at=moment))


def sessions_of(c: Connection, user: str) -> list[StoredSession]:
    """Return a user's sessions that have not ended, the one used last first."""
    mine = (s.session.c.user == user) & s.session.c.seen_at.is_not(None) & (s.session.c.expires_at > now())
    rows = c.execute(select(s.session).where(mine).order_by(s.session.c.seen_at.desc(), s.session.c.hash))
    return [
        StoredSession(_id(row.hash), row.agent, row.begun_at, row.seen_at, row.expires_at) for row in rows
    ]


def session_id(secret: str) -> str:
    """Return what names the session of a secret, which cannot be found by it."""
    return _id(secret_hash(secret))


def _id(hashed: str) -> str:
    return hashlib.sha256(f"session {hashed}".encode()).hexdigest()[:32]


def end_session(c: Connection, secret: str) -> None:
    """Delete a session, if it exists."""
    c.execute(delete(s.session).where(s.session.c.hash == secret_hash(secret)))


def end_session_of(c: Connection, user: str, key: str) -> None:
    """Delete a user's own session by its id; raises `NotThere`."""
    hashes = c.execute(select(s.session.c.hash).where(s.session.c.user == user)).scalars()
    found = next((each for each in hashes if _id(each) == key), None)
    if found is None:
        raise NotThere(message("no_session", session=key))
    c.execute(delete(s.session).where(s.session.c.hash == found))


def end_sessions_of(c: Connection, user: str) -> None:
    """Delete all sessions of a user."""
    c.execute(delete(s.session).where(s.session.c.user == user))


def end_what_is_open(c: Connection, user: str, feeds_too: bool = False) -> None:
    """End all sessions, keys and invitations of a user, as a new password does, and calendar links if so."""
    end_sessions_of(c, user)
    end_invitation(c, user)
    revoke_all(c, user, *(TokenKind if feeds_too else (TokenKind.API,)))
