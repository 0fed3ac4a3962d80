"""Count failed sign-ins by keyed hashes of login and address, to slow down guessing."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from data.store.tables import schema as s
from data.store.tables.utc import now

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Tried:
    """Who attempts to sign in, as keyed hashes, and how many failures each may have within the window."""

    login: str
    address: str
    most_of_login: int = 10
    most_of_address: int = 50


def tried(key: bytes, login: str, address: str) -> Tried:
    """Return an attempt for a login from an address; neither can be recovered from it."""

    def keyed(kind: str, text: str) -> str:
        return hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()

    return Tried(keyed("login", login), keyed("address", address))


def wait_seconds(c: Connection, attempt: Tried) -> int:
    """Return for how many seconds sign-in is blocked, 0 if an attempt may be made now."""
    moment = now()
    longest = 0
    for who, most in ((attempt.login, attempt.most_of_login), (attempt.address, attempt.most_of_address)):
        recent = (s.sign_in_failure.c.who == who) & (s.sign_in_failure.c.at > moment - WINDOW)
        asked = select(s.sign_in_failure.c.at).where(recent).order_by(s.sign_in_failure.c.at.desc())
        at = c.execute(asked.offset(most - 1).limit(1)).scalar()
        if at is not None:
            longest = max(longest, int((at + WINDOW - moment).total_seconds()) + 1)
    return longest


def note_failure(c: Connection, attempt: Tried) -> None:
    """Count a failure for login and address; those before the window are deleted."""
    moment = now()
    c.execute(delete(s.sign_in_failure).where(s.sign_in_failure.c.at <= moment - WINDOW))
    rows = [{"who": attempt.login, "at": moment}, {"who": attempt.address, "at": moment}]
    c.execute(insert(s.sign_in_failure), rows)


def forgive_login(c: Connection, attempt: Tried) -> None:
    """Delete the failures of a login after a successful sign-in; those of the address stay."""
    c.execute(delete(s.sign_in_failure).where(s.sign_in_failure.c.who == attempt.login))
