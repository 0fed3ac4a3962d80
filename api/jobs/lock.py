"""Locks on a data folder, released when their process ends, even if it is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data.base.errors import BuddyplanError
from data.base.message import message

WORKER, NIGHTLY = "worker", "nightly"


class AtWork(BuddyplanError):
    """Another process of this kind already works in this data folder."""


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Hold the lock of a kind of process in a data folder; raises `AtWork` if another process holds it."""
    # A soft lock, the fallback where a file system has no others, would outlive a killed holder.
    lock = FileLock(folder / f"{what}.lock", blocking=False, fallback_to_soft=False)
    try:
        held = lock.acquire()
    except Timeout:
        raise AtWork(message("at_work", folder=folder, what=message(f"process_{what}"))) from None
    with held:
        yield


def at_work(folder: Path, what: str) -> bool:
    """Return whether a process of a kind works in a data folder."""
    try:
        with alone(folder, what):
            return False
    except AtWork:
        return True
