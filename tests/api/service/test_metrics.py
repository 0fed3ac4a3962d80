"""The metrics about jobs: how many of each kind and state, and the progress of running ones."""

from datetime import timedelta
from pathlib import Path

from prometheus_client import generate_latest

from api.jobs.queue import submit
from api.service.metrics import Metrics
from data.store.work.jobs import claim, renew
from tests.api.jobs.small_service import match_job, service


def test_jobs_are_counted_when_they_are_asked_for(tmp_path: Path) -> None:
    opened = service("", tmp_path)
    metrics = Metrics(opened.store)

    def told() -> list[str]:
        return generate_latest(metrics.registry).decode().splitlines()

    assert 'buddyplan_jobs{kind="match",state="queued"} 0.0' in told()
    assert "buddyplan_jobs_wait_seconds 0.0" in told()
    key = submit(opened, match_job())
    waited = next(line for line in told() if line.startswith("buddyplan_jobs_wait_seconds "))
    assert float(waited.split()[1]) > 0
    assert 'buddyplan_jobs{kind="match",state="queued"} 1.0' in told()
    oldest = next(
        line for line in told() if line.startswith('buddyplan_jobs_oldest_wait_seconds{kind="match"}')
    )
    assert float(oldest.split()[1]) > 0
    with opened.store.writing() as c:
        claim(c, key, timedelta(seconds=60))
        renew(c, key, 1, timedelta(seconds=60), "match", 0.25)
    assert 'buddyplan_jobs{kind="match",state="running"} 1.0' in told()
    assert "buddyplan_jobs_wait_seconds 0.0" in told()
    assert 'buddyplan_stage_share{kind="match",stage="match"} 0.25' in told()
    opened.close()
