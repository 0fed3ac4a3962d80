"""Sessions of signed-in users: the browser has a secret, the store its hash."""

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from data.store.people.tokens import Holder, TokenKind, new_secret, revoke_all, secret_hash
from data.store.people.users import stored_user
from data.store.tables import schema as s
from data.store.tables.utc import now


def begin_session(c: Connection, user: str, lasts: timedelta) -> str:
    """Create a session and return its secret; expired sessions are deleted at the same time."""
    secret, moment = new_secret(), now()
    c.execute(delete(s.session).where(s.session.c.expires_at <= moment))
    c.execute(insert(s.session).values(hash=secret_hash(secret), user=user, expires_at=moment + lasts))
    return secret


def session_holder(c: Connection, secret: str) -> Holder | None:
    """Return the holder of a session, None if there never was one."""
    asked = (
        select(s.user, s.session.c.expires_at)
        .join(s.session, s.session.c.user == s.user.c.id)
        .where(s.session.c.hash == secret_hash(secret), s.user.c.active)
    )
    row = c.execute(asked).first()
    return Holder(stored_user(row), row.expires_at) if row else None


def end_session(c: Connection, secret: str) -> None:
    """Delete a session, if it exists."""
    c.execute(delete(s.session).where(s.session.c.hash == secret_hash(secret)))


def end_sessions_of(c: Connection, user: str) -> None:
    """Delete all sessions of a user."""
    c.execute(delete(s.session).where(s.session.c.user == user))


def end_what_is_open(c: Connection, user: str, feeds_too: bool = False) -> None:
    """End all sessions and keys of a user, as a new password does, and calendar links where that is said."""
    end_sessions_of(c, user)
    revoke_all(c, user, *(TokenKind if feeds_too else (TokenKind.API,)))
