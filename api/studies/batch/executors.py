"""Where a batch's parts are computed: in this process, in a pool of processes, or on many machines."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children

from data.base.errors import BuddyplanError
from data.base.message import message
from scheduling.plan.plan_weeks import process_pool

ANSWERS_WITHIN = "10s"
"""The time that a scheduler has for its first answer."""


class NoScheduler(BuddyplanError):
    """The scheduler cannot be used: `distributed` is not installed here, or it does not answer."""


@dataclass(frozen=True)
class Where:
    """A number of processes on this machine (None: one per processor), or a Dask scheduler by its address."""

    workers: int | None = None
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.scheduler and self.workers is not None:
            raise BuddyplanError(message("workers_or_scheduler"))

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """Yield the executor for the parts, None: this process, one after the other. Raises `NoScheduler`."""
        if self.scheduler:
            with _cluster(self.scheduler) as cluster:
                yield cluster
        else:
            with _pool(self.workers) as pool:
                yield pool


@contextmanager
def _pool(workers: int | None) -> Iterator[Executor | None]:
    """Yield a pool whose processes end at once when the work is interrupted."""
    others = set(active_children())
    with process_pool(workers) as pool:
        try:
            yield pool
        except BaseException:
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)
            # A part may take a minute; Ctrl-C must not wait for it.
            for process in set(active_children()) - others:
                process.terminate()
            raise


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    """Yield an executor that uses the workers of a Dask scheduler; see https://distributed.dask.org."""
    try:
        from distributed import Client
    except ImportError:
        raise NoScheduler(message("cluster_missing")) from None
    try:
        client = Client(scheduler, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError) as error:
        raise NoScheduler(message("no_scheduler", scheduler=scheduler, error=error)) from None
    with client:
        executor = client.get_executor()
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False)
            raise
