"""`buddyplan serve`: one process that only keeps two others running, the web server and the worker."""

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from api.service.settings import SETUP_CODE_FILE, Settings, environment_of
from data.store.database.store import Store
from data.store.people.users import any_user

PARTS = {"web": "api.web", "worker": "api.jobs.worker"}
"""Each part and the module of its process."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 5.0
STEADY_S = 10.0
"""A part that ran for this long is restarted at once; one that dies sooner waits twice as long each time."""
GRACE_S = 20.0
"""How long a part has to end before it is killed."""
POLL_S = 0.1
log = structlog.get_logger()


@dataclass
class Part:
    """One process to keep running: when it was started, and how long to wait before the next start."""

    name: str
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    begin_at: float = 0.0
    wait_s: float = FIRST_WAIT_S
    begun: float = field(default=0.0)

    def keep_going(self) -> None:
        """Start it if it is due, and check whether it has died."""
        now = time.monotonic()
        if self.process is None and now >= self.begin_at:
            command = [sys.executable, "-P", "-m", PARTS[self.name], str(os.getpid())]
            self.process, self.begun = subprocess.Popen(command, env=self.environment), now
            log.info("part_begins", kind=self.name, pid=self.process.pid)
        elif self.process is not None and self.process.poll() is not None:
            steady = now - self.begun > STEADY_S
            self.wait_s = FIRST_WAIT_S if steady else min(LONGEST_WAIT_S, 2 * self.wait_s)
            self.begin_at = now + self.wait_s
            log.warning("part_died", kind=self.name, code=self.process.returncode, seconds=self.wait_s)
            self.process = None

    def end(self) -> None:
        """Ask the process to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def await_end(self, until: float) -> None:
        """Wait until it ends, and kill it if that takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(settings: Settings) -> None:
    """Keep web and worker running until SIGTERM or SIGINT; then requests finish and jobs are requeued."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: stop.set())
    environment = {**os.environ, **environment_of(settings)}
    parts = [Part(name, environment) for name in PARTS]
    while not stop.is_set():
        for part in parts:
            part.keep_going()
        stop.wait(POLL_S)
    for part in parts:
        part.end()
    until = time.monotonic() + GRACE_S
    for part in parts:
        part.await_end(until)
    log.info("service_ended")


def setup_code(store: Store, folder: Path) -> str | None:
    """Return the code that lets somebody create the first user, or None if there is one.

    The code stays the same until it is used; only the current system user can read its file.
    """
    kept = folder / SETUP_CODE_FILE
    with store.reading() as c:
        begun = any_user(c)
    if begun:
        kept.unlink(missing_ok=True)
        return None
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(16) + "\n")
    return kept.read_text(encoding="utf-8").strip()
