"""Kill the real service at random moments while clients write; check its jobs and their writes afterwards.

python -m tests.api.jobs.kills --kills 50     a longer run than the tests', on SQLite
"""

import argparse
import json
import os
import random
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from api.jobs.queue import submit
from api.service.wiring import Service
from data.store.tables import schema as s
from data.store.work.jobs import JobKind, JobState, StoredJob
from data.store.work.plans import weeks_of_plan
from tests.api.jobs.clients import Clients
from tests.api.jobs.small_service import (
    ENDED,
    answers,
    broken,
    children,
    eventually,
    free_port,
    job,
    match_job,
    plan_job,
    published,
    service,
    serving,
    solvers_of,
    some_matching,
)

LONGEST_S = 3.0
"""The longest time between two kills."""
WHOM = ("import", "all", "publish", "web", "worker", "solver")
"""Whom the kills hit in turn: the web process also while it imports or publishes; `all` are all processes."""
LONGEST_OF_JOB_S = 1.0
"""A kill during a job hits it within so long; a job that was shorter is followed by another one."""
TRIES = 20
LONGEST_REQUEST_S = 0.15
"""A kill during a request hits it within so long, or when it has just ended."""
WEEK_OF_MATCH = "2026-W40"
"""Match and plan can run at once, since they write different weeks."""


@dataclass
class Killed:
    """What was killed, how often during a job of the worker, the jobs, and the faults found in the end."""

    kills: int = 0
    caught: int = 0
    jobs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    writes: int = 0
    retries: int = 0
    faults: dict[str, int] = field(default_factory=dict)


def killed(url: str, folder: Path, kills: int, seed: int) -> Killed:
    """Serve, kill each of `WHOM` in turn, and check the result once all jobs have ended."""
    draws, told = random.Random(seed), Killed()
    opened = service(url, folder, port=free_port(), jobs=2, attempts=100)
    plan, matching = published(opened), some_matching(opened)
    before = _bytes(opened, plan)
    with opened.store.reading() as c:
        clients = Clients(opened, matching, weeks_of_plan(c, plan))
    with serving(opened.settings, folder / "log") as supervisor:
        clients.begin(folder / "files")
        while told.kills < kills:
            _keep_busy(opened, told, matching)
            _kill(opened, told, matching, clients, draws, supervisor.pid)
        for key in told.jobs:
            eventually(lambda key=key: job(opened, key).state in ENDED, 240)  # type: ignore[misc]
        eventually(lambda: answers(opened.settings.port), 120)
        clients.end()
    told.wrong += [fault for key in told.jobs for fault in _faults(opened, job(opened, key), kills)]
    if _bytes(opened, plan) != before:
        told.wrong.append("the first published plan has changed")
    told.wrong += [f"published: {violation.rule}" for violation in broken(opened, plan)]
    told.wrong += clients.refused
    told.writes, told.retries = sum(map(len, clients.acknowledged.values())), clients.retries
    told.faults = clients.faults()
    opened.close()
    return told


def _kill(
    opened: Service, told: Killed, matching: str, clients: Clients, draws: random.Random, supervisor: int
) -> None:
    """Wait for what the next kill is to hit, and kill it at a random moment of that."""
    whom = WHOM[told.kills % len(WHOM)]
    if whom != "all":  # which may hit processes that are just starting
        before = clients.answered()
        eventually(lambda: all(now > then for now, then in zip(clients.answered(), before, strict=True)), 240)
    if whom in ("import", "publish"):
        path = {"import": "/imports", "publish": "/plans/{plan}/publish"}[whom]
        eventually(lambda: clients.under_way[path] > 0, 120)
        time.sleep(draws.uniform(0, LONGEST_REQUEST_S))
    elif whom == "web":
        time.sleep(draws.uniform(0.1, LONGEST_S))
    else:
        _amid_a_job(opened, told, matching, draws)
    told.caught += whom in ("worker", "solver", "all") and _runs(opened, told.jobs)
    for process in _hit(whom, children(supervisor)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    told.kills += 1


def _amid_a_job(opened: Service, told: Killed, matching: str, draws: random.Random) -> None:
    """Wait until a random moment of a job that runs; where it was over by then, of another one."""
    for _ in range(TRIES):
        _keep_busy(opened, told, matching)
        eventually(lambda: _runs(opened, told.jobs) or _all_ended(opened, told.jobs), 120)
        time.sleep(draws.uniform(0, LONGEST_OF_JOB_S))
        if _runs(opened, told.jobs):
            return


def _hit(whom: str, running: dict[str, int]) -> list[int]:
    """Return the processes to kill; one that is just being started again is missed."""
    worker = running.get("api.jobs.worker", 0)
    web, both = ["api.web"], ["api.web", "api.jobs.worker"]
    parts = {"web": web, "import": web, "publish": web, "worker": both[1:], "all": both}
    found = [running[part] for part in parts.get(whom, []) if part in running]
    return [*found, *(solvers_of(worker) if worker and whom in ("solver", "all") else [])]


def _runs(opened: Service, jobs: list[str]) -> bool:
    return any(job(opened, key).state is JobState.RUNNING for key in jobs)


def _all_ended(opened: Service, jobs: list[str]) -> bool:
    return all(job(opened, key).state in ENDED for key in jobs)


def _keep_busy(opened: Service, told: Killed, matching: str) -> None:
    """Submit a match and a plan whenever the last one has ended."""
    under_way = {job(opened, key).kind for key in told.jobs if job(opened, key).state not in ENDED}
    if JobKind.MATCH not in under_way:
        told.jobs.append(submit(opened, match_job(week=WEEK_OF_MATCH)))
    if JobKind.PLAN not in under_way:
        told.jobs.append(submit(opened, plan_job(matching, weeks=4)))


def _faults(opened: Service, ended: StoredJob, kills: int) -> list[str]:
    """Return the faults of a job that has ended: it must be done once, with one complete result."""
    table = s.matching if ended.kind is JobKind.MATCH else s.plan
    with opened.store.reading() as c:
        rows = c.execute(select(table.c.id).where(table.c.job == ended.id)).scalars().all()
        halves = c.execute(
            select(func.count()).select_from(s.buddy_weeks).where(s.buddy_weeks.c.plan == ended.result)
        ).scalar_one()
    found = []
    if ended.state is not JobState.DONE:
        found.append(f"{ended.kind} is {ended.state}: {ended.error}")
    if rows != [ended.result]:
        found.append(f"{ended.kind} has {len(rows)} results")
    if not 1 <= ended.attempt <= kills + 1:
        found.append(f"{ended.kind} was taken up {ended.attempt} times")
    if ended.kind is JobKind.PLAN:
        found += [f"plan: {violation.rule}" for violation in broken(opened, ended.result)]
        found += [] if halves == 2 else [f"plan has weeks of {halves} buddies, not 2"]
    return found


def _bytes(opened: Service, plan: str) -> str:
    with opened.store.reading() as c:
        row = {**c.execute(select(s.plan).where(s.plan.c.id == plan)).one()._mapping, "state": ""}
        weeks = [own.model_dump_json() for own in weeks_of_plan(c, plan)]
    return json.dumps([str(row), weeks])


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(killed("", Path(folder), words.kills, words.seed))
