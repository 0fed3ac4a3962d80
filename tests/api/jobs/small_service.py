"""A small programme in a store, and helpers to run jobs on it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from api.run.stored import StoredRuns
from api.service.settings import Settings, environment_of
from api.service.wiring import Service, wired
from data.base.status import Violation
from data.model.identity import Identities, Identity
from data.model.problem import Horizon, Problem
from data.store.work.jobs import JobKind, NewJob, StoredJob, job_of
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, keep_draft, publish
from data.store.work.problems import keep_problem, packed
from data.store.work.programmes import keep_programme
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.builders import WEEK, times
from tests.scheduling.programmes import two_buddies

PROBLEM = two_buddies(horizon=Horizon(first_week=WEEK, weeks=4))
MATCHING = match(PROBLEM, times(PROBLEM))
ENDED = ("done", "failed", "cancelled")


def service(url: str, folder: Path, **fields: object) -> Service:
    """A service on a database, with its programme stored."""
    asked = Settings.model_validate(
        {"database_url": url, "data_dir": folder, "workers": 1, "lease_seconds": 2.0} | fields
    )
    opened = wired(asked)
    enter(opened, PROBLEM)
    return opened


def enter(opened: Service, problem: Problem) -> None:
    people = Identities(people=(Identity(id="anna", name="Anna Albrecht"),))
    with opened.store.writing() as c:
        keep_programme(c, problem.programme, people)
        keep_problem(c, packed(problem, times(problem), None))


def match_job(problem: Problem = PROBLEM, week: str = WEEK, explain: int = 0) -> NewJob:
    asked = {"problem": problem.hash, "explain": explain}
    return NewJob(problem.programme.id, JobKind.MATCH, week, 1, asked, "u")


def plan_job(matching: str, weeks: int = 2) -> NewJob:
    asked = {"matching": matching, "first_week": WEEK, "weeks": weeks}
    return NewJob(PROBLEM.programme.id, JobKind.PLAN, WEEK, weeks, asked, "u")


def some_matching(opened: Service) -> str:
    """Store a matching that no job made, and return its id."""
    with opened.store.writing() as c:
        return keep_matching(c, PROBLEM.programme.id, MATCHING, None, None, "u")


def published(opened: Service) -> str:
    """Publish a plan of the first week, and return its id."""
    weeks, key = plan_weeks(PROBLEM, MATCHING, times(PROBLEM), 1), some_matching(opened)
    with opened.store.writing() as c:
        plan = keep_draft(c, NewPlan(PROBLEM.programme.id, key, WEEK, 1, weeks, "u"))
        publish(c, plan, "u")
    return plan


def job(opened: Service, key: str) -> StoredJob:
    with opened.store.reading() as c:
        return job_of(c, key)


def eventually(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until a condition holds; fail if it takes too long."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def broken(opened: Service, plan: str) -> list[Violation]:
    """The violations that the judge finds in a stored plan."""
    from api.planning.check_run import check_run
    from data.store.work.plans import plan_of

    with opened.store.reading() as c:
        return check_run(StoredRuns().of_plan(c, plan), plan_of(c, plan).complete)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def serving(settings: Settings, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real `buddyplan serve`, as a process of its own."""
    command = [Path(sys.executable).with_name("buddyplan"), "serve"]
    with log.open("ab") as errors:
        process = subprocess.Popen(command, env={**os.environ, **environment_of(settings)}, stderr=errors)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def children(parent: int) -> dict[str, int]:
    """The process ids of a supervisor's parts, by name."""
    return {name: key for key, name in _started_by(parent)}


def solvers_of(worker: int) -> list[int]:
    """The process ids of a worker's solvers."""
    return [key for key, name in _started_by(worker) if name == "api.jobs.solver"]


def _started_by(parent: int) -> Iterator[tuple[int, str]]:
    """Processes that are told their parent, and the module that each runs."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if words[-2:-1] == [str(parent)] and words[1:3] == ["-P", "-m"]:
                yield int(folder.name), words[3]
