"""Writes the audit rows of many requests in one commit, so that a row for every read costs almost nothing."""

import threading
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from data.store.database.store import Store
from data.store.people.audit import AuditRow, keep_audit

MOST_IN_A_COMMIT = 500


class AuditWriter:
    """One thread that commits all rows that have arrived; a request waits until its own row is stored.

    The thread starts with the first row, so that an app that gets no request has none.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: SimpleQueue[tuple[AuditRow, Future[None]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def write(self, row: AuditRow) -> "Future[None]":
        """Queue a row; the future is done once the row is on disk, or holds the error that prevented it."""
        kept: Future[None] = Future()
        self._waiting.put((row, kept))
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()
        return kept

    def close(self) -> None:
        """Commit the queued rows and stop."""
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
        """Wait for a row and take all others in the queue with it; the second value is whether to stop."""
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
        # Nobody waits for the row of a cancelled request any more, but it is stored all the same.
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
