"""Count guesses at passwords and codes, so that guessing is slow and never locks out whom it is aimed at.

A guess is counted before it is checked and taken back where it was right, in transactions that take turns, so
that however many are made at once, no more are checked than the limit allows.
"""

import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, delete, insert, select, text

from data.store.tables import schema as s
from data.store.tables.utc import now

WINDOW = timedelta(minutes=15)
OF_STRANGERS, OF_ADDRESS, OF_KNOWN = 10, 50, 5
LONGEST_DELAY_S = 64
IPV6_BITS = 64
"""What one line usually gets: whoever has one of its addresses has all of them."""


@dataclass(frozen=True)
class Counter:
    """Whose failures count together, as a keyed hash, and how many are free of waiting within the window.

    After those, the next guess waits until the window has passed or, where it only `delays`, a time that
    doubles with each failure.
    """

    who: str
    free: int
    delays: bool = False

    def wait_seconds(self, failures: Sequence[datetime], moment: datetime) -> int:
        """Return for how long the next guess has to wait after these failures, the newest first."""
        over = len(failures) - self.free
        if over < 0:
            return 0
        if self.delays:
            ends = failures[0] + timedelta(seconds=min(2**over, LONGEST_DELAY_S))
        else:
            ends = failures[self.free - 1] + WINDOW
        return max(0, int((ends - moment).total_seconds()) + 1)


def of_strangers(key: bytes, what: str) -> Counter:
    """Return the counter that all unknown devices share which guess at one thing, such as a login."""
    return Counter(_keyed(key, "login", what), OF_STRANGERS)


def of_address(key: bytes, address: str) -> Counter:
    """Return the counter of an address, whatever is guessed at from there."""
    place = address
    with suppress(ValueError):
        if isinstance(ip_address(address), IPv6Address):
            place = str(ip_network(f"{address}/{IPV6_BITS}", strict=False))
    return Counter(_keyed(key, "address", place), OF_ADDRESS)


def of_known(key: bytes, whom: str) -> Counter:
    """Return the counter of a device, or of a signed-in user, that nobody else can add to."""
    return Counter(_keyed(key, "known", whom), OF_KNOWN, delays=True)


def _keyed(key: bytes, kind: str, text: str) -> str:
    return hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Guess:
    """A guess that was counted as a failure, in these rows, or one that has to wait so many seconds first."""

    rows: tuple[int, ...]
    wait_seconds: int = 0


def count_guess(c: Connection, counters: Sequence[Counter]) -> Guess:
    """Count a guess as a failure with every counter, unless one of them makes it wait."""
    _take_turns(c, counters)
    moment = now()
    c.execute(delete(s.sign_in_failure).where(s.sign_in_failure.c.at <= moment - WINDOW))
    wait = max(each.wait_seconds(_failures(c, each), moment) for each in counters)
    if wait:
        return Guess((), wait)
    rows = [{"who": each.who, "at": moment} for each in counters]
    return Guess(
        tuple(c.execute(insert(s.sign_in_failure).returning(s.sign_in_failure.c.id), rows).scalars())
    )


def take_back(c: Connection, guess: Guess) -> None:
    """Delete the failures of a guess that was right."""
    c.execute(delete(s.sign_in_failure).where(s.sign_in_failure.c.id.in_(guess.rows)))


def _failures(c: Connection, counter: Counter) -> list[datetime]:
    of = select(s.sign_in_failure.c.at).where(s.sign_in_failure.c.who == counter.who)
    return list(c.execute(of.order_by(s.sign_in_failure.c.at.desc())).scalars())


def _take_turns(c: Connection, counters: Sequence[Counter]) -> None:
    """Wait for others who count with the same counters; on SQLite every writer waits for all others."""
    if c.dialect.name == "postgresql":
        for each in sorted(int(each.who[:15], 16) for each in counters):
            c.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": each})
