"""Kill the real service at random moments, and check its jobs afterwards.

python -m tests.api.jobs.kills --kills 20     a longer run than the tests', on SQLite
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
    some_matching,
)

LONGEST_S = 3.0
"""The longest time between two kills."""
WEEK_OF_MATCH = "2026-W40"
"""Match and plan can run at once, since they write different weeks."""


@dataclass
class Killed:
    """What was killed, how often during a job of the worker, the jobs, and the faults found in the end."""

    kills: int = 0
    caught: int = 0
    jobs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def killed(url: str, folder: Path, kills: int, seed: int) -> Killed:
    """Serve, kill web, worker or both `kills` times, and check the result once all jobs have ended."""
    draws, told = random.Random(seed), Killed()
    opened = service(url, folder, port=free_port(), jobs=2, attempts=100)
    plan, matching = published(opened), some_matching(opened)
    before = _bytes(opened, plan)
    with serving(opened.settings, folder / "log") as supervisor:
        while told.kills < kills:
            _keep_busy(opened, told, matching)
            if told.kills % 2:
                # Some kills hit a process that is starting; every second one hits a running job.
                eventually(lambda: _runs(opened, told.jobs) or _all_ended(opened, told.jobs), 120)
            time.sleep(draws.uniform(0.1, LONGEST_S))
            whom = draws.choice((("api.web",), ("api.jobs.worker",), ("api.web", "api.jobs.worker")))
            told.caught += "api.jobs.worker" in whom and _runs(opened, told.jobs)
            running = children(supervisor.pid)
            for part in whom:
                with suppress(ProcessLookupError):
                    if part in running:
                        os.kill(running[part], signal.SIGKILL)
            told.kills += 1
        for key in told.jobs:
            eventually(lambda key=key: job(opened, key).state in ENDED, 240)  # type: ignore[misc]
        eventually(lambda: answers(opened.settings.port), 120)
    told.wrong += [fault for key in told.jobs for fault in _faults(opened, job(opened, key), kills)]
    if _bytes(opened, plan) != before:
        told.wrong.append("the published plan has changed")
    told.wrong += [f"published: {violation.rule}" for violation in broken(opened, plan)]
    opened.close()
    return told


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
        row = c.execute(select(s.plan).where(s.plan.c.id == plan)).one()
        weeks = [own.model_dump_json() for own in weeks_of_plan(c, plan)]
    return json.dumps([str(row), weeks])


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(killed("", Path(folder), words.kills, words.seed))
