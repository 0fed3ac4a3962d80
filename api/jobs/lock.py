"""Locks on a data folder, released when their process ends, even if it is killed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.base.errors import BuddyplanError

WORKER, NIGHTLY = "worker", "nightly"


class AtWork(BuddyplanError):
    """Another process of this kind already works in this data folder."""


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Hold the lock of a kind of process in a data folder; raises `AtWork` if another process holds it."""
    with (folder / f"{what}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AtWork(f"{folder}: a {what} is at work in this data folder already") from None
        yield


def at_work(folder: Path, what: str) -> bool:
    """Return whether a process of a kind works in a data folder."""
    try:
        with alone(folder, what):
            return False
    except AtWork:
        return True
