"""Processes that solve what a request asks for while it waits, so that their Python holds up no page.

Each is started when it is first needed, reads a stored run by its id, and keeps the latest few. What a
reader may see is checked in the web process, before and after. A process that dies is replaced, and its
question asked once more; they end with the web process.
"""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from threading import Lock
from typing import Any, ClassVar, Literal, TypeVar, cast

import structlog

from api.jobs.heartbeat import watch_parent
from api.run.run import Run
from api.run.stored import StoredRuns
from api.service.logs import lines_of, start_logging
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.store import Store
from data.store.database.trouble import trouble

Answer = TypeVar("Answer")
Question = tuple[Literal["plan", "matching"], str, Callable[[Run], Any]]
"""The kind of a result, its id, and what is to be made of its run."""
PROCESSES, RUNS = 2, 2
"""How many there are at most, and how many runs each of them keeps."""
MOST_S, WAIT_S = 120.0, 5
"""After how long a question is given up, and after how long one may try again. The engines have limits of
work, so that they end sooner."""
log = structlog.get_logger()


class NotAnswered(BuddyplanError):
    """What was asked could not be computed, but may be later."""

    http_status: ClassVar[int] = 503
    kind: ClassVar[str] = "not_available"
    wait_seconds: ClassVar[int] = WAIT_S


class Answering:
    """The processes of one app, each with one question at a time; more wait for the next that is free."""

    def __init__(self, url: str, nice: int) -> None:
        self._url, self._nice = url, nice
        self._lock, self._closed = Lock(), False
        self._all = [_Place() for _ in range(PROCESSES)]
        # The one that was used last has the run at hand.
        self._free: LifoQueue[_Place] = LifoQueue()
        for place in self._all:
            self._free.put(place)

    def of_plan(self, plan: str, solve: Callable[[Run], Answer]) -> Answer:
        """Return what a function, which is sent by its name, makes of a stored plan's run, without names.

        Raises `NotAnswered`, and what the function raises.
        """
        return cast(Answer, self._answer(("plan", plan, solve)))

    def of_matching(self, matching: str, solve: Callable[[Run], Answer]) -> Answer:
        """Return what a function makes of a stored matching's run; as `of_plan`."""
        return cast(Answer, self._answer(("matching", matching, solve)))

    def _answer(self, question: Question) -> Any:
        place = self._free.get()
        try:
            for _ in range(2):
                self._start(place)
                done, found = place.asked(question)
                if done:
                    return found
                if isinstance(found, Exception):
                    raise found
        finally:
            self._free.put(place)
        raise NotAnswered(message("not_computed", seconds=WAIT_S))

    def _start(self, place: "_Place") -> None:
        """Start the process of a place unless it runs."""
        spawned = get_context("spawn")
        with self._lock:  # so that none begins while all are ended
            if self._closed:
                raise NotAnswered(message("not_computed", seconds=WAIT_S))
            if place.running is not None:
                return
            here, there = spawned.Pipe()
            given = (there, os.getpid(), self._url, self._nice)
            process = spawned.Process(target=_answer_until_told, args=given, daemon=True)
            process.start()
            there.close()
            place.running = process, here
        log.info("answering_begins", pid=process.pid)

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._closed = True
            for place in self._all:
                place.end()


class _Place:
    """One process at a time."""

    def __init__(self) -> None:
        self.running: tuple[BaseProcess, Connection] | None = None

    def asked(self, question: Question) -> tuple[bool, Any]:
        """Return whether it was answered, with the answer or the error; None: the process died.

        Raises `NotAnswered` if it takes too long.
        """
        if self.running is None:  # ended with all others
            return False, None
        process, line = self.running
        try:
            line.send(question)
            if line.poll(MOST_S):
                answer: tuple[bool, Any] = line.recv()
                return answer
        except (EOFError, OSError):
            log.warning("answering_died", pid=process.pid)
            self.end()
            return False, None
        log.warning("answering_too_long", pid=process.pid)
        self.end()
        raise NotAnswered(message("not_computed", seconds=WAIT_S))

    def end(self) -> None:
        """End the process, whatever it is at."""
        running, self.running = self.running, None
        if running is not None:
            process, _ = running
            process.kill()
            process.join()


def _answer_until_told(line: Connection, parent: int, url: str, nice: int) -> None:
    """Answer questions until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    os.nice(nice)
    watch_parent(parent, lambda: os._exit(1))
    start_logging("answering")
    store, runs = Store(url), StoredRuns(RUNS)
    while True:
        try:
            question: Question = line.recv()
        except EOFError:
            return
        line.send(answered_of(store, runs, question))


def answered_of(store: Store, runs: StoredRuns, question: Question) -> tuple[bool, Any]:
    """Return whether a question was answered, with the answer or with the error to raise."""
    of, key, solve = question
    try:
        with store.reading() as c:
            run = runs.nameless(c, key) if of == "plan" else runs.nameless_matching(c, key)
        return True, solve(run)
    except BuddyplanError as error:
        return False, error
    except Exception as error:
        code = trouble(error)
        if code is not None:
            return False, NotAnswered(message(code))
        log.exception("answer_broke", error=type(error).__name__, lines=lines_of(error))
        return False, RuntimeError(type(error).__name__)
