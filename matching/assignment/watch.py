"""End a running solve at its deadline or when it is cancelled."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, wait
from contextlib import contextmanager
from typing import Literal

import numpy as np

Progress = Callable[[int | None, int], None]
"""Called with the value of the best solution so far (None: none) and a bound."""
Ended = Literal["seconds", "work", "cancelled"] | None
"""The limit that ended a solve before its proof; None if it finished."""
POLL_S = 0.02
"""How often a waiting thread checks the clock."""


class Watch:
    """Checks the clock and `cancel` while kernels run; `flag[0]` tells them to stop."""

    def __init__(self, deadline: float | None = None, cancel: threading.Event | None = None) -> None:
        self.deadline = deadline
        self.cancel = cancel
        self.flag = np.zeros(1, dtype=np.int64)

    @property
    def ended(self) -> Ended:
        """The limit that has been reached; sets the flag if there is one."""
        ended: Ended = None
        if self.cancel is not None and self.cancel.is_set():
            ended = "cancelled"
        elif self.deadline is not None and time.monotonic() >= self.deadline:
            ended = "seconds"
        if ended:
            self.flag[0] = 1
        return ended

    def extend(self, deadline: float | None) -> None:
        """Give it another deadline, after an earlier one has passed."""
        self.deadline = deadline
        self.flag[0] = 0

    @contextmanager
    def part(self, share: float) -> Iterator[None]:
        """Bring the deadline forward to a share of the time left, within a `with` block."""
        deadline = self.deadline
        if deadline is not None:
            now = time.monotonic()
            self.deadline = now + share * (deadline - now)
        yield
        self.extend(deadline)

    def run(self, pool: Executor, tasks: Sequence[Callable[[], None]]) -> None:
        """Run the tasks until all have ended, which is soon after the flag is set; exceptions are raised."""
        running = [pool.submit(task) for task in tasks]
        while wait(running, timeout=POLL_S).not_done:
            _ = self.ended
        for each in running:
            each.result()
