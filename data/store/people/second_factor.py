"""The second factor of a user: since when, the last code that was used, and the hashes of recovery codes.

The secret itself is not stored: it is made of the salt here and of a key outside of the store, so that
neither the database nor a backup tells it.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from data.store.people.tokens import secret_hash
from data.store.tables import schema as s
from data.store.tables.utc import now


@dataclass(frozen=True)
class StoredFactor:
    """What a secret is made of, and whether its user has shown that it works."""

    salt: str
    is_on: bool


def factor_of(c: Connection, user: str) -> StoredFactor | None:
    """Return a user's second factor, None if none was ever begun."""
    row = c.execute(select(s.user.c.factor_salt, s.user.c.factor_since).where(s.user.c.id == user)).one()
    return StoredFactor(row.factor_salt, row.factor_since is not None) if row.factor_salt else None


def begin_factor(c: Connection, user: str) -> StoredFactor:
    """Create a second factor, which is on only after its user has shown a code."""
    drop_factor(c, user)
    salt = secrets.token_hex(16)
    c.execute(update(s.user).where(s.user.c.id == user).values(factor_salt=salt))
    return StoredFactor(salt, False)


def switch_factor_on(c: Connection, user: str, recovery_codes: list[str]) -> None:
    """Require the second factor from now on."""
    c.execute(update(s.user).where(s.user.c.id == user).values(factor_since=now()))
    keep_recovery_codes(c, user, recovery_codes)


def keep_recovery_codes(c: Connection, user: str, codes: list[str]) -> None:
    """Replace a user's recovery codes; only their hashes are stored."""
    c.execute(delete(s.recovery_code).where(s.recovery_code.c.user == user))
    c.execute(insert(s.recovery_code), [{"user": user, "hash": secret_hash(code)} for code in codes])


def recovery_codes_left(c: Connection, user: str) -> int:
    """Return how many recovery codes a user has not used yet."""
    return len(c.execute(select(s.recovery_code.c.hash).where(s.recovery_code.c.user == user)).all())


def drop_factor(c: Connection, user: str) -> None:
    """Switch a second factor off, and forget it."""
    nothing = {"factor_salt": None, "factor_since": None, "factor_step": None}
    c.execute(update(s.user).where(s.user.c.id == user).values(**nothing))
    c.execute(delete(s.recovery_code).where(s.recovery_code.c.user == user))


def use_step(c: Connection, user: str, step: int) -> bool:
    """Note that the code of a time step was used; return whether neither it nor a later one was before."""
    newer = s.user.c.factor_step.is_(None) | (s.user.c.factor_step < step)
    done = c.execute(update(s.user).where(s.user.c.id == user, newer).values(factor_step=step))
    return done.rowcount == 1


def use_recovery_code(c: Connection, user: str, code: str) -> bool:
    """Use up a recovery code; return whether there was such a one."""
    mine = (s.recovery_code.c.user == user) & (s.recovery_code.c.hash == secret_hash(code))
    return c.execute(delete(s.recovery_code).where(mine)).rowcount == 1
