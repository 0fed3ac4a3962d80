"""Who works in a data folder: locks that go with their process, even with a killed one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data.base.errors import BuddyplanError

WORKER, NIGHTLY = "worker", "nightly"


class AtWork(BuddyplanError):
    """A process of this kind works in this data folder already."""


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Be the only one of a kind in a data folder; raises `AtWork` where there is one."""
    # A soft lock, the fallback where a file system has no others, would outlive a killed holder.
    lock = FileLock(folder / f"{what}.lock", blocking=False, fallback_to_soft=False)
    try:
        held = lock.acquire()
    except Timeout:
        raise AtWork(f"{folder}: a {what} is at work in this data folder already") from None
    with held:
        yield


def at_work(folder: Path, what: str) -> bool:
    """Tell whether a process of a kind works in a data folder."""
    try:
        with alone(folder, what):
            return False
    except AtWork:
        return True
