"""Who works in a data folder: locks that go with their process, even with a killed one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.base.errors import BuddyplanError

WORKER, NIGHTLY = "worker", "nightly"


class AtWork(BuddyplanError):
    """A process of this kind works in this data folder already."""


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Be the only one of a kind in a data folder; raises `AtWork` where there is one."""
    with (folder / f"{what}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AtWork(f"{folder}: a {what} is at work in this data folder already") from None
        yield


def at_work(folder: Path, what: str) -> bool:
    """Tell whether a process of a kind works in a data folder."""
    try:
        with alone(folder, what):
            return False
    except AtWork:
        return True
