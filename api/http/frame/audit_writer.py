"""Writes audit rows of many requests in one commit, so that a row for every read costs next to nothing."""

import threading
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from data.store.database.store import Store
from data.store.people.audit import AuditRow, keep_audit

MOST_IN_A_COMMIT = 500


class AuditWriter:
    """One thread that commits whatever has come in; a request waits until its own row is kept.

    The thread begins with the first row, so that an app which is only looked at has none.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: SimpleQueue[tuple[AuditRow, Future[None]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def write(self, row: AuditRow) -> "Future[None]":
        """Hand in a row; the future is done when it is on the disk, or has the error that kept it out."""
        kept: Future[None] = Future()
        self._waiting.put((row, kept))
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()
        return kept

    def close(self) -> None:
        """Commit what has come in and stop."""
        with self._starting:
            if self._thread is not None and self._thread.is_alive():
                self._waiting.put(None)
                self._thread.join()

    def _run(self) -> None:
        while True:
            batch, last = self._batch()
            if batch:
                self._commit(batch)
            if last:
                return

    def _batch(self) -> tuple[list[tuple[AuditRow, "Future[None]"]], bool]:
        """Wait for a row and take all that are there with it; the second is whether to stop."""
        batch = []
        handed = self._waiting.get()
        while handed is not None:
            batch.append(handed)
            if len(batch) == MOST_IN_A_COMMIT:
                return batch, False
            try:
                handed = self._waiting.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[tuple[AuditRow, "Future[None]"]]) -> None:
        # Nobody waits any more for a row of a request that was given up, but it is kept all the same.
        waited = [kept for _, kept in batch if kept.set_running_or_notify_cancel()]
        try:
            with self._store.writing(shown=False) as c:
                keep_audit(c, [row for row, _ in batch])
        except Exception as error:
            for kept in waited:
                kept.set_exception(error)
            return
        for kept in waited:
            kept.set_result(None)
