"""API keys and calendar feed tokens: shown once, stored as a hash, rotated and revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update

from data.base.message import message
from data.store.database.record import NotThere, new_id
from data.store.people.employment import access_ends, earlier
from data.store.people.users import StoredUser, stored_user
from data.store.tables import schema as s
from data.store.tables.utc import now


class TokenKind(StrEnum):
    """An API key acts for its user everywhere; a feed token opens one calendar."""

    API = "api"
    FEED = "feed"


class Scope(StrEnum):
    """What a key may do: read all that its user may read, or everything that its user may do."""

    READ = "read"
    WRITE = "write"


KEY_LASTS = timedelta(days=90)
LONGEST_DAYS = 365


@dataclass(frozen=True)
class StoredToken:
    """A token without its secret."""

    id: str
    user: str
    kind: TokenKind
    label: str
    scope: Scope
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def new_secret() -> str:
    """Return 256 random bits as text that is safe in headers and paths."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return the stored hash of a secret; a secret is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keep_token(
    c: Connection,
    user: str,
    kind: TokenKind,
    label: str,
    scope: Scope = Scope.READ,
    expires_at: datetime | None = None,
) -> tuple[StoredToken, str]:
    """Create a token and return it with its secret, shown this once; a key ends, in 90 days if unsaid."""
    key, secret, moment = new_id(), new_secret(), now()
    if kind is TokenKind.API:
        expires_at = expires_at or moment + KEY_LASTS
    c.execute(
        insert(s.token).values(
            id=key,
            user=user,
            kind=kind.value,
            hash=secret_hash(secret),
            label=label,
            scope=scope.value,
            created_at=moment,
            expires_at=expires_at,
        )
    )
    return token_of(c, key, user), secret


def token_of(c: Connection, key: str, user: str) -> StoredToken:
    """Return a user's own token; raises `NotThere`."""
    row = c.execute(select(s.token).where(s.token.c.id == key, s.token.c.user == user)).first()
    if row is None:
        raise NotThere(message("no_token", token=key))
    return _stored(row)


def tokens_of(c: Connection, user: str) -> list[StoredToken]:
    """Return a user's tokens that are not revoked, the newest first."""
    mine = (s.token.c.user == user) & s.token.c.revoked_at.is_(None)
    asked = select(s.token).where(mine).order_by(s.token.c.created_at.desc(), s.token.c.id)
    return [_stored(row) for row in c.execute(asked)]


def revoke_token(c: Connection, key: str, user: str) -> StoredToken:
    """Revoke a user's own token; raises `NotThere` if it does not exist or is already revoked."""
    token = token_of(c, key, user)
    if token.revoked_at is not None:
        raise NotThere(message("no_token", token=key))
    c.execute(update(s.token).where(s.token.c.id == key).values(revoked_at=now()))
    return token


def rotate_token(c: Connection, key: str, user: str) -> tuple[StoredToken, str]:
    """Revoke a token and create another of the same kind, label, scope and end; raises `NotThere`."""
    old = revoke_token(c, key, user)
    return keep_token(c, user, old.kind, old.label, old.scope, old.expires_at)


def revoke_all(c: Connection, user: str, *kinds: TokenKind) -> None:
    """Revoke all tokens of a user that are of these kinds."""
    mine = (s.token.c.user == user) & s.token.c.kind.in_(kinds) & s.token.c.revoked_at.is_(None)
    c.execute(update(s.token).where(mine).values(revoked_at=now()))


@dataclass(frozen=True)
class Owned:
    """A token of anybody, with its user's login."""

    token: StoredToken
    login: str


def tokens_in(c: Connection, programme: str, limit: int, after: str = "") -> list[Owned]:
    """Return the tokens that work of a programme's users (empty: of all), by id, starting after `after`."""
    works = s.token.c.revoked_at.is_(None) & or_(s.token.c.expires_at.is_(None), s.token.c.expires_at > now())
    asked = _with_user().where(works, s.token.c.id > after).order_by(s.token.c.id).limit(limit)
    if programme:
        asked = asked.where(s.user.c.programme == programme)
    return [Owned(_stored(row), row.login) for row in c.execute(asked)]


def owned_token(c: Connection, key: str, programme: str) -> Owned:
    """Return a token of a programme's users (empty: of all); raises `NotThere`."""
    row = c.execute(_with_user().where(s.token.c.id == key)).first()
    if row is None or programme not in ("", row.programme):
        raise NotThere(message("no_token", token=key))
    return Owned(_stored(row), row.login)


def _with_user() -> Select[Any]:
    return select(s.token, s.user.c.login, s.user.c.programme).join(s.user, s.user.c.id == s.token.c.user)


@dataclass(frozen=True)
class Holder:
    """The active user to whom a secret belongs, until it expires or they leave (None: until revoked)."""

    user: StoredUser
    until: datetime | None
    scope: Scope = Scope.WRITE

    @property
    def still(self) -> StoredUser | None:
        """Return the user, None once the secret has expired."""
        return self.user if self.until is None or self.until > now() else None


def token_holder(c: Connection, secret: str, kind: TokenKind) -> Holder | None:
    """Return the holder of a secret, None if it is not valid."""
    asked = (
        select(s.user, s.token.c.expires_at, s.token.c.scope)
        .join(s.token, s.token.c.user == s.user.c.id)
        .where(s.token.c.hash == secret_hash(secret), s.token.c.kind == kind.value)
        .where(s.token.c.revoked_at.is_(None), s.user.c.active)
    )
    row = c.execute(asked).first()
    if row is None:
        return None
    ends = earlier(row.expires_at, access_ends(c, row.programme, row.buddy))
    return Holder(stored_user(row), ends, Scope(row.scope))


def _stored(row: Row[Any]) -> StoredToken:
    values = {name: getattr(row, name) for name in StoredToken.__dataclass_fields__}
    return StoredToken(**values | {"kind": TokenKind(row.kind), "scope": Scope(row.scope)})
